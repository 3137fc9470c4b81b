/** What an organizer has to know of the bot, gathered from its parts: read only, and from the store as little as is shown. */
import type { ConnectionState } from '../adapter.js';
import { fold } from '../answer/fold.js';
import { phaseOf } from '../answer/time.js';
import { open } from '../broadcast/past.js';
import type { Catalog, CodeEntry, CommunityEvent } from '../content/catalog.js';
import type { KeptTrouble } from '../content/kept.js';
import type { Ahead } from '../schedule/ahead.js';
import type { PostRow, Progress } from '../store/desk.js';
import type { Delivery, DeliveryState, Store, Tally } from '../store/port.js';
import { cleanedQuestion } from './cleaned-question.js';
import { isCode } from './code-finder.js';

const DAY_MS = 24 * 3600_000;
const NEXT_POSTS = 5;
const NEWEST = 3;
const MOST_CODES = 8;
const MOST_QUESTIONS = 10;
const BROADCASTS = 3;
/** Older than this a broadcast is no news. */
const BROADCAST_MS = 7 * DAY_MS;
/** What was missed longer ago cannot be made good. */
const MISSED_MS = 14 * DAY_MS;
/** So long after an event slides that nobody has asked for are still looked for. */
const UNASKED_MS = 60 * DAY_MS;
const QUESTION_MS = 90 * DAY_MS;
const PAGE = 500;
const MOST_PAGES = 40;
const TALLIES = 1_000;

export interface PlatformStatus {
  instance: string;
  state: ConnectionState;
  /** Of its present state, where that is known. */
  since?: number | undefined;
  lastHeard?: number | null;
  /** An organizer has paused it. */
  paused?: boolean;
}

export interface StatusParts {
  /** Undefined: no bot runs in this process. */
  platforms?(): readonly PlatformStatus[];
  nextPosts(count: number): readonly Ahead[];
  store: Pick<Store, 'deliveries' | 'tallies' | 'posts' | 'openPosts' | 'progress'>;
  /** With what is kept. */
  catalog(): Catalog;
  /** Aliases that are not served. */
  troubles(): readonly KeptTrouble[];
  now(): number;
}

export interface Stuck {
  count: number;
  /** The newest first. */
  newest: Pick<Delivery, 'id' | 'post' | 'channel' | 'address' | 'reason' | 'changedAt'>[];
}

export interface StatusFacts {
  platforms: readonly PlatformStatus[] | null;
  next: readonly Ahead[];
  held: Stuck;
  missed: Stuck;
  unknown: Stuck;
  broadcasts: { id: string; label: string; at: number; isWaiting: boolean; isRunning: boolean; isStopped: boolean; progress: Progress }[];
  /** Of events that are over; asked for most first. */
  codes: { code: string; title: string; asked: number }[];
  codeCount: number;
  questions: { text: string; count: number }[];
  aliases: readonly KeptTrouble[];
}

export async function statusFacts({ platforms, nextPosts, store, catalog, troubles, now }: StatusParts): Promise<StatusFacts> {
  const at = now();
  const [held, unknown, missed, broadcasts, planned, asked, unanswered] = await Promise.all([
    stuck(store, 'held', 0),
    stuck(store, 'unknown', 0),
    stuck(store, 'missed', at - MISSED_MS),
    broadcastsOf(store, at),
    plannedOf(store, at),
    store.tallies('code-without-link', TALLIES),
    store.tallies('no-answer', TALLIES),
  ]);
  const codes = codesWithoutLink(catalog(), asked, at);
  return {
    platforms: platforms?.() ?? null,
    next: [...nextPosts(NEXT_POSTS), ...planned].sort((a, b) => a.at - b.at).slice(0, NEXT_POSTS),
    ...{ held, unknown, missed, broadcasts },
    codes: codes.slice(0, MOST_CODES),
    codeCount: codes.length,
    questions: questionsOf(unanswered, catalog(), at),
    aliases: troubles(),
  };
}

/** Posts only: what a member was not answered is nothing to send later. */
async function stuck(store: StatusParts['store'], state: DeliveryState, since: number): Promise<Stuck> {
  let count = 0;
  let newest: Stuck['newest'] = [];
  for (let page = 0, after = 0; page < MOST_PAGES; page++) {
    const rows = await store.deliveries({ state, limit: PAGE, after });
    const recent = rows.filter(({ changedAt }) => changedAt >= since);
    count += recent.length;
    newest = [...newest, ...recent].slice(-NEWEST);
    after = rows.at(-1)?.place ?? 0;
    if (rows.length < PAGE) break;
  }
  const shown = newest.map(({ id, post, channel, address, reason, changedAt }) => ({ id, post, channel, address, reason, changedAt }));
  return { count, newest: shown.reverse() };
}

async function broadcastsOf(store: StatusParts['store'], now: number): Promise<StatusFacts['broadcasts']> {
  const posts = (await store.posts({ kinds: ['broadcast'], limit: BROADCASTS })).filter(({ createdAt }) => createdAt > now - BROADCAST_MS);
  return Promise.all(
    posts.map(async (post) => {
      const progress = await store.progress(post.id);
      const isOpen = post.stoppedAt === null && ((progress.pending ?? 0) > 0 || (progress.sending ?? 0) > 0);
      const about = named(post);
      const isWaiting = isOpen && about.at > now;
      return { ...about, isWaiting, isRunning: isOpen && !isWaiting, isStopped: post.stoppedAt !== null, progress };
    }),
  );
}

/** Broadcasts that wait for their time. */
async function plannedOf(store: StatusParts['store'], now: number): Promise<Ahead[]> {
  const waiting = (await open(store)).filter(({ stoppedAt, note }) => stoppedAt === null && note.at > now);
  return waiting.map(({ id, note: { at, label, total } }) => ({ post: id, at, rule: 'broadcast', title: label, channels: total }));
}

function named({ id, createdAt, note }: PostRow): { id: string; label: string; at: number } {
  const { draft, label, at } = (note ?? {}) as { draft?: unknown; label?: unknown; at?: unknown };
  return {
    id: typeof draft === 'string' ? draft : id,
    label: typeof label === 'string' ? label : '',
    at: typeof at === 'number' ? at : createdAt,
  };
}

function codesWithoutLink(catalog: Catalog, tallies: readonly Tally[], now: number): StatusFacts['codes'] {
  const asked = new Map<string, number>();
  for (const { what, count } of tallies) asked.set(fold(what), (asked.get(fold(what)) ?? 0) + count);
  const seen = new Set<string>();
  const found = [...catalog.codes].flatMap(([written, entry]) => {
    const [event] = entry.events;
    const folded = fold(entry.code);
    // An alias shows as its code; two spellings of a code are one.
    if (written !== entry.code || !event || hasLinks(entry) || seen.has(folded) || !isOver(event, now)) return [];
    seen.add(folded);
    const times = asked.get(folded) ?? 0;
    const startAt = Date.parse(event.start ?? '');
    return times > 0 || startAt > now - UNASKED_MS ? [{ code: entry.code, title: event.title, asked: times, startAt }] : [];
  });
  return found
    .sort((a, b) => b.asked - a.asked || b.startAt - a.startAt)
    .map(({ code, title, asked: times }) => ({ code, title, asked: times }));
}

function hasLinks({ links, events, isKept, purpose }: CodeEntry): boolean {
  if (links.length > 0 || isKept) return true;
  return purpose === 'slides' && events.some(({ slides, talks }) => slides.length > 0 || talks.some((talk) => talk.slides !== null));
}

function isOver(event: CommunityEvent, now: number): boolean {
  return event.status !== 'cancelled' && phaseOf(event, now) === 'past';
}

function questionsOf(tallies: readonly Tally[], catalog: Catalog, now: number): StatusFacts['questions'] {
  const counts = new Map<string, number>();
  for (const { what, count, lastAt } of tallies) {
    const text = lastAt < now - QUESTION_MS ? undefined : cleanedQuestion(what);
    if (text !== undefined && !isCode(catalog, text)) counts.set(text, (counts.get(text) ?? 0) + count);
  }
  return [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_QUESTIONS);
}
