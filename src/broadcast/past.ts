// Broadcasts that were confirmed, as the store keeps them: a post with a note.
import type { Address } from '../adapter.js';
import type { Language } from '../content/types.js';
import type { DeskStore, PostRow } from '../store/desk.js';
import type { NewPost, Target } from '../store/port.js';
import { type DraftRow, KIND } from './drafts.js';
import type { Prepared } from './plan.js';
import type { Broadcast, Maker } from './types.js';

/** Nobody asks for what is longer ago; `emcee deliveries` knows it. */
const MOST_PAST = 1_000;

/** What is remembered of a broadcast beside its deliveries. */
export interface Note {
  draft: string;
  /** The message that confirmed it. */
  confirmedBy: string;
  person: string;
  number: string;
  /** The messages that made the draft. */
  said: readonly string[];
  label: string;
  total: number;
  at: number;
  timezone: string;
  takesMs: number;
  language: Language;
  reportTo?: Address;
}

export type PastRow = PostRow & { note: Note };

/** The newest first. */
export async function past(store: Pick<DeskStore, 'posts'>, limit = MOST_PAST): Promise<PastRow[]> {
  return (await store.posts({ kinds: [KIND], limit })).filter(({ note }) => isNote(note)) as PastRow[];
}

/** Those of which something has not left. */
export async function open(store: Pick<DeskStore, 'posts' | 'openPosts'>): Promise<PastRow[]> {
  const ids = new Set(await store.openPosts());
  return ids.size === 0 ? [] : (await past(store)).filter(({ id }) => ids.has(id));
}

/** By its draft's id or the post's; without one the newest. */
export async function pastOne(store: Pick<DeskStore, 'posts'>, id: string | undefined): Promise<PastRow | undefined> {
  const rows = await past(store);
  const wanted = id?.trim();
  return wanted === undefined ? rows[0] : rows.find((row) => row.id === wanted || row.note.draft === wanted.toLowerCase());
}

export function broadcastOf({ id, by, createdAt, stoppedAt, note }: PastRow): Broadcast {
  const { draft, label, total, at, timezone, language, reportTo } = note;
  return { id: draft, post: id, by, label, total, at, timezone, createdAt, stoppedAt, language, ...(reportTo && { reportTo }) };
}

/** What is committed with the word: the post, and a row for each target with its frozen text. */
export function committed(
  { id, createdAt, value }: DraftRow,
  { plan, wires, event, until }: Prepared,
  maker: Maker,
  about: { now: number; event: { id: string; facts: unknown } | undefined },
): { post: NewPost; targets: Target[]; row: PastRow } {
  const note: Note = {
    ...{ draft: id, confirmedBy: maker.key, person: maker.person, number: value.number, said: value.said },
    ...{
      label: plan.label,
      total: plan.targets.length,
      at: Math.max(about.now, plan.at ?? 0),
      timezone: plan.timezone,
      takesMs: plan.takesMs,
    },
    language: value.language,
    ...(value.reportTo && { reportTo: value.reportTo }),
  };
  const post: NewPost = {
    // A draft's id may come again after years; a post's never.
    id: `${KIND}:${id}:${createdAt.toString(36)}`,
    kind: KIND,
    by: maker.person,
    note,
    ...(event && about.event && { about: about.event.id, facts: about.event.facts }),
  };
  const targets = plan.targets.map(({ channel, address, rendering, notBefore }): Target => {
    // Who may not be spoken to now gets it with the answer to the next question.
    return { channel, address, wire: wires[rendering], at: notBefore, until, hold: address.split(':', 2)[1] === 'person' };
  });
  const row = { id: post.id, kind: KIND, by: post.by, createdAt: about.now, stoppedAt: null, note, about: post.about ?? null };
  return { post, targets, row };
}

function isNote(note: unknown): note is Note {
  return typeof note === 'object' && note !== null && typeof (note as Note).draft === 'string' && typeof (note as Note).total === 'number';
}
