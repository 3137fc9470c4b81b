// What the schedule will post by itself, for quotas. Pure.
import type { Catalog, Community } from '../content/catalog.js';
import { planDigests } from '../schedule/digests.js';
import { planEvents, recent, sendAt } from '../schedule/plan.js';

/** How many posts each address gets from one instant up to another, which is not included. */
export function scheduled(
  { catalog, community }: { catalog: Catalog; community: Community },
  [from, to]: readonly [number, number],
): Map<string, number> {
  const counts = new Map<string, number>();
  // The content that came with emcee posts nothing.
  if (community.sample || from >= to) return counts;
  const subjects = recent(
    catalog.events.map((event) => ({ event, id: event.id })),
    community,
    from,
  );
  for (const planned of [...planEvents(subjects, community), ...planDigests(community, from, to)])
    for (const channel of planned.channels) {
      const at = sendAt(planned, channel, community);
      if (at >= from && at < to) counts.set(channel.address, (counts.get(channel.address) ?? 0) + 1);
    }
  return counts;
}
