/** What is still to go out, or was missed, from the pages, the rules and what was seen to. The ledger's rows decide the rest. */
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Community } from '../content/catalog.js';
import type { Store } from '../store/port.js';
import { digestsBegun } from './begun.js';
import { digestKey, nextDigestAt, planDigests } from './digests.js';
import { type Planned, planEvents, planPersonal, recent, type Subject, sendAt } from './plan.js';
import type { Item } from './queue.js';
import type { Roll } from './roster.js';
import { DAY_MS, elapsed } from './spans.js';
import { subscribersOf } from './subscribers.js';

/** So many events are planned in one go; messages are answered in between. */
const PLANNED_AT_ONCE = 50;

export interface Derived {
  items: Item[];
  /** Until when each post about an event is worth sending. */
  planned: Map<string, number>;
  /** Digests after this instant are not among the items yet. */
  plannedTo: number;
}

interface About {
  roll: Roll;
  community: Community;
  /** Up to here everything was seen to: what was worth sending longer, was not sent, and is too late now, was missed. */
  seenTo: number;
  now: number;
}

type PlanStore = Pick<Store, 'kvGet' | 'kvSet' | 'subscriptions'>;

export async function derive(store: PlanStore, { roll, community, seenTo, now }: About): Promise<Derived> {
  const firstSeen = new Map(roll.met.map(({ known }) => [known.id, known.firstSeen]));
  const events = await plannedEvents(store, recent(roll.subjects, community, seenTo), community);
  const { digests, plannedTo } = await plannedDigests(store, { roll, community, seenTo, now });
  const open = [
    ...events.filter((planned) => isOpen(planned, firstSeen.get(planned.subject?.id ?? '') ?? now)),
    ...digests.filter((planned) => isOpen(planned, roll.since)),
  ];
  const items = open.flatMap((planned) =>
    planned.channels.map((channel): Item => ({ planned, channel, at: sendAt(planned, channel, community) })),
  );
  return { items, planned: new Map(events.map(({ post, until }) => [post, until])), plannedTo };

  /** Still to be sent, or missed while nobody was there; what was over before it was ever seen is neither. */
  function isOpen({ at, until }: Planned, since: number): boolean {
    return until > now || (at >= since && until > seenTo);
  }
}

async function plannedEvents(store: PlanStore, subjects: readonly Subject[], community: Community): Promise<Planned[]> {
  const subscribers = subscribersOf(await store.subscriptions());
  const planned: Planned[] = [];
  for (let from = 0; from < subjects.length; from += PLANNED_AT_ONCE) {
    if (from > 0) await otherWork();
    const some = subjects.slice(from, from + PLANNED_AT_ONCE);
    planned.push(...planEvents(some, community), ...planPersonal(some, community, subscribers));
  }
  return planned;
}

/** Up to the next one. One that was due while nobody was there may still be in time, or is missed. */
async function plannedDigests(
  store: PlanStore,
  { roll, community, seenTo, now }: About,
): Promise<{ digests: Planned[]; plannedTo: number }> {
  const begun = await digestsBegun(store, community, { now, isFirst: roll.since === now });
  const next = nextDigestAt(community, now);
  const plannedTo = next + 1;
  const digests = community.digests.flatMap((digest) => {
    const late = digest.late === undefined ? DAY_MS : elapsed(digest.late);
    const from = Math.max(seenTo - late, begun[digestKey(digest, community)] ?? now);
    return planDigests({ ...community, digests: [digest] }, from, Number.isFinite(plannedTo) ? plannedTo : now + 1);
  });
  return { digests, plannedTo };
}
