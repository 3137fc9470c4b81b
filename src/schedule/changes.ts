/** What members were told and holds no more. Derived from the ledger, so that every replica and every restart sees the same. Pure. */
import type { CommunityEvent } from '../content/catalog.js';
import type { Told } from '../store/port.js';
import { type Difference, differences, type Facts, factsOf } from './facts.js';

/** A change that channels have not heard of. */
export interface Change {
  id: string;
  event: CommunityEvent;
  /** The last delivery about the event: the notice's id rests on it, so that each change has one notice. */
  place: number;
  channels: { channel: string; address: string; before: Facts; what: Difference[] }[];
}

const NEVER_HEARD = ['missed', 'refused', 'cancelled'];

/** Where a channel's last word about an event differs from what holds now. */
export function changeOf(id: string, event: CommunityEvent, told: readonly Told[]): Change | undefined {
  const last = new Map<string, Told>();
  let place = 0;
  for (const row of told) {
    if (row.about !== id || !row.facts) continue;
    place = Math.max(place, row.place);
    // A notice counts even where it was stopped or refused: it is not tried again and again.
    if (NEVER_HEARD.includes(row.state) && row.kind !== 'changed') continue;
    const known = last.get(row.channel);
    if (!known || known.place < row.place) last.set(row.channel, row);
  }
  const now = factsOf(event);
  const channels = [...last.values()].flatMap(({ channel, address, facts }) => {
    const before = facts as Facts;
    const what = differences(before, now);
    return what.length > 0 ? [{ channel, address, before, what }] : [];
  });
  return channels.length > 0 ? { id, event, place, channels } : undefined;
}

/** Posts that wait in the ledger and must not go out: the event is cancelled, or has moved to another day. */
export function staleReminders(id: string, event: CommunityEvent, told: readonly Told[]): string[] {
  const day = event.start?.slice(0, 10);
  const waiting = told.filter(({ about, kind, state }) => about === id && kind === 'reminder' && (state === 'pending' || state === 'held'));
  const stale = waiting.filter(({ post }) => {
    const itsDay = /:(\d{4}-\d\d-\d\d)$/.exec(post)?.[1];
    return event.status === 'cancelled' || (itsDay !== undefined && itsDay !== day);
  });
  return [...new Set(stale.map(({ post }) => post))];
}
