/** What is posted when: events × rules × channels. Pure: derived anew whenever the pages or the settings change. */
import type { Channel, Community, CommunityEvent } from '../content/catalog.js';
import type { OwnWords, ReminderRule } from '../content/reminder-rules.js';
import type { Language } from '../content/types.js';
import { outsideQuietHours } from '../ledger/quiet.js';
import { dueOf, nameOf, whenOf } from './due.js';
import { DAY_MS, elapsed } from './spans.js';

const REMIND_AT = '09:00';
const USUAL_RULES: readonly ReminderRule[] = [{ before: '1d' }, { before: '1h' }];

/** An event as the schedule sees it. */
export interface Subject {
  event: CommunityEvent;
  /** The id it was first posted under; its own while it was not. */
  id: string;
  /** First seen so, and not part of the first load. */
  publishedAt?: number;
}

export interface Planned {
  /** One id a (event, rule, local day of the start): what is there already is not made twice. */
  post: string;
  /** As an organizer wrote it: `before: 1d`. */
  rule: string;
  when: 'before' | 'at' | 'after' | 'published' | 'digest';
  at: number;
  until: number;
  /** null: a digest. */
  subject: Subject | null;
  text?: OwnWords;
  exact?: boolean;
  /** Whatever the channel's is. */
  language?: Language;
  channels: readonly Channel[];
}

export const remindAtOf = (community: Community): string => community.remindAt ?? REMIND_AT;

/** The bot speaks by itself only for a start that is sure (promise 8). */
export function isSure(event: CommunityEvent): boolean {
  return event.start !== null && (event.startBasis === 'key' || event.startBasis === 'agreed');
}

/** Everything that is posted about these events, whenever; the caller picks a span of time. */
export function planEvents(subjects: readonly Subject[], community: Community): Planned[] {
  const tagged = channelsByTags(community);
  const usual = usualTags(community);
  const remindAt = remindAtOf(community);
  return subjects.flatMap((subject) => {
    const { event } = subject;
    if (event.status === 'cancelled' || !isSure(event)) return [];
    return planned(subject, event.reminders ?? community.reminders, { tagged, usual, remindAt });
  });
}

/** Who wants reminders hears of what is to come by the event's own rules; where it has none, a day and an hour before. */
export function planPersonal(
  subjects: readonly Subject[],
  community: Community,
  subscribers: (subject: Subject) => readonly Channel[],
): Planned[] {
  const remindAt = remindAtOf(community);
  return subjects.flatMap((subject) => {
    const { event } = subject;
    if (event.status === 'cancelled' || !isSure(event)) return [];
    const channels = subscribers(subject);
    if (channels.length === 0) return [];
    const own = (event.reminders ?? community.reminders).filter(({ before, at }) => before !== undefined || at !== undefined);
    const rules = own.length > 0 ? own : USUAL_RULES;
    return planned(subject, rules, { tagged: () => channels, usual: [], remindAt });
  });
}

/** When this channel gets it: after its quiet hours, or before them, and at an instant of its own where jitter is on. */
export function sendAt({ post, at, until, exact }: Planned, channel: Channel, community: Community): number {
  if (exact) return at;
  const jitter = community.jitter === undefined ? 0 : elapsed(community.jitter) * fraction(`${post}/${channel.name}`);
  const due = Math.min(at + Math.floor(jitter), Math.max(at, until - 1));
  return channel.quiet === undefined ? due : outsideQuietHours(due, until, { hours: channel.quiet, zone: community.timezone });
}

/** Without the events that are so long over that no rule says anything more: zones are slow to look up, and most events are old. */
export function recent(subjects: readonly Subject[], { reminders }: Community, now: number): Subject[] {
  const longest = (rules: readonly ReminderRule[]) =>
    Math.max(
      0,
      ...rules.map(({ after, late }) => (after === undefined ? 0 : elapsed(after)) + (late === undefined ? DAY_MS : elapsed(late))),
    );
  const usual = longest(reminders);
  return subjects.filter(({ event: { start, end, reminders: own } }) => {
    const last = Date.parse(`${(end ?? start ?? '').slice(0, 10)}T00:00Z`);
    return last + 3 * DAY_MS + (own === undefined ? usual : longest(own)) >= now;
  });
}

export type Tagged = (tags: readonly string[]) => readonly Channel[];

/** The channels with any of some tags; each set of tags is looked up once. */
export function channelsByTags({ channels }: Community): Tagged {
  const known = new Map<string, readonly Channel[]>();
  return (tags) => {
    const key = tags.join('\0');
    const found = known.get(key) ?? channels.filter((channel) => channel.tags.some((tag) => tags.includes(tag)));
    known.set(key, found);
    return found;
  };
}

/** Where a page's own rules go when they do not say. */
function usualTags({ reminders }: Community): readonly string[] {
  const tags = [...new Set(reminders.flatMap(({ to }) => to ?? []))];
  return tags.length > 0 ? tags : ['announce'];
}

interface Settings {
  tagged: Tagged;
  usual: readonly string[];
  remindAt: string;
}

function planned(subject: Subject, rules: readonly ReminderRule[], { tagged, usual, remindAt }: Settings): Planned[] {
  const { event, id, publishedAt } = subject;
  const reached = new Map<string, Set<string>>();
  return rules.flatMap((rule) => {
    const due = dueOf(event, rule, remindAt, publishedAt);
    if (!due) return [];
    const { when, written } = whenOf(rule);
    // Moved to another day it is news again; that an event is there is told once.
    const day = when === 'published' ? '' : `:${event.start?.slice(0, 10)}`;
    const post = `${id}:${when}-${written.replace(/\s/g, '')}${day}`;
    const told = reached.get(post) ?? new Set();
    reached.set(post, told);
    const channels = tagged(rule.to ?? usual).filter(({ name }) => !told.has(name));
    for (const { name } of channels) told.add(name);
    if (channels.length === 0) return [];
    return [{ post, rule: nameOf(rule), when, ...due, subject, text: rule.text, exact: rule.exact, channels }];
  });
}

/** From 0 to 1, the same for a text at each start and on each replica. */
function fraction(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619) >>> 0;
  return hash / 2 ** 32;
}
