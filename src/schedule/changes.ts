/** What members were told and holds no more. Derived from the ledger, so that every replica and every restart sees the same. Pure. */
import { phaseOf, spanOf } from '../answer/time.js';
import type { Community, CommunityEvent } from '../content/catalog.js';
import type { NewPost, Subscription, Told } from '../store/port.js';
import { type Difference, differences, type Facts, factsOf } from './facts.js';
import { DAY_MS } from './spans.js';

export interface ChangedFor {
  channel: string;
  address: string;
  before: Facts;
  what: Difference[];
  /** It was told before what holds now, and something else since: taken back, or read from pages that are behind. */
  isBack: boolean;
}

/** A change that channels have not heard of. */
export interface Change {
  id: string;
  event: CommunityEvent;
  /** The last delivery about the event: the notice's id rests on it, so that each change has one notice. */
  place: number;
  channels: ChangedFor[];
}

const NEVER_HEARD = ['missed', 'refused', 'cancelled'];

/** Where the last word that a channel heard about an event differs from what holds now, and nobody has decided that it is not told. */
export function changeOf(id: string, event: CommunityEvent, told: readonly Told[], now: number): Change | undefined {
  // By address: a channel may be called otherwise since.
  const heard = new Map<string, Told[]>();
  const decided = new Map<string, Told>();
  let place = 0;
  for (const row of told) {
    if (row.about !== id || !row.facts) continue;
    place = Math.max(place, row.place);
    if (!NEVER_HEARD.includes(row.state)) heard.set(row.address, [...(heard.get(row.address) ?? []), row]);
    // A notice that was stopped or refused was not heard, and is not tried again and again.
    else if (row.kind === 'changed') decided.set(row.address, row);
  }
  const facts = factsOf(event);
  const differs = (row: Told) => differences(row.facts as Facts, facts).length > 0;
  const channels = [...heard].flatMap(([address, rows]): ChangedFor[] => {
    const last = rows.at(-1) as Told;
    const before = last.facts as Facts;
    const settled = decided.get(address);
    if (settled && settled.place > last.place && !differs(settled)) return [];
    // Whoever was there has heard of that event all there is to hear.
    if (!differs(last) || isOver(event, before, now)) return [];
    return [{ channel: last.channel, address, before, what: differences(before, facts), isBack: rows.some((row) => !differs(row)) }];
  });
  return channels.length > 0 ? { id, event, place, channels } : undefined;
}

/** Whether an event is over as it was told, or kept. */
export function isOver(event: CommunityEvent, { start, end, timezone }: Facts, now: number): boolean {
  return phaseOf({ ...event, start, end, timezone }, now) === 'past';
}

/** Without the members who have unsubscribed. Each of them is a channel that is called by its address, and stands in no settings. */
export function withSubscribers(
  change: Change | undefined,
  { channels: configured }: Pick<Community, 'channels'>,
  subscriptions: readonly Subscription[],
): Change | undefined {
  if (!change) return undefined;
  const wants = ({ topic }: Subscription) => topic === `event:${change.id}` || topic.startsWith('city:');
  const wanted = new Set([...configured, ...subscriptions.filter(wants)].map(({ address }) => address));
  const channels = change.channels.filter(({ channel, address }) => channel !== address || wanted.has(address));
  return channels.length > 0 ? { ...change, channels } : undefined;
}

/** The first start after an instant that somebody goes by: as it was told, or as it is. */
export function soonest({ event, channels }: Change, after: number): number {
  const starts = [factsOf(event), ...channels.map(({ before }) => before)].map((facts) => startOf(event, facts));
  return Math.min(Number.POSITIVE_INFINITY, ...starts.filter((at) => at > after));
}

const startOf = (event: CommunityEvent, { start, end, timezone }: Facts) => spanOf({ ...event, start, end, timezone })?.startAt ?? 0;

/** Something about it may wait for its platform: it is to come, or a recap is. */
export function isNear({ start, end }: Pick<Facts, 'start' | 'end'>, now: number): boolean {
  return Date.parse((end ?? start ?? '').slice(0, 10)) > now - 7 * DAY_MS;
}

export function noticeOf({ id, event, place }: Change): NewPost {
  return { id: `${id}:changed:${place}`, kind: 'changed', by: 'page changed', about: id, facts: factsOf(event) };
}
