// The next posts, for whoever asks what comes: one line a post, however many channels get it.
import type { Catalog, Community } from '../content/catalog.js';
import { planDigests } from './digests.js';
import { planEvents, recent, sendAt } from './plan.js';
import type { Item } from './queue.js';
import { DAY_MS } from './spans.js';

export interface Ahead {
  post: string;
  /** When the first of its channels gets it. */
  at: number;
  /** `before: 1d`; of a digest its name. */
  rule: string;
  /** Of the event; null: a digest. */
  title: string | null;
  channels: number;
}

/** @param items in the order of their instants */
export function nextPosts(items: Iterable<Item>, count: number): Ahead[] {
  const posts = new Map<string, Ahead>();
  for (const { planned, at } of items) {
    const known = posts.get(planned.post);
    if (known) known.channels++;
    else if (posts.size < count) {
      const { post, rule, subject } = planned;
      posts.set(post, { post, at, rule, title: subject?.event.title ?? null, channels: 1 });
    }
  }
  return [...posts.values()];
}

/** So far a digest is looked for. */
const DIGESTS_MS = 62 * DAY_MS;

/** The same from the pages alone, for commands beside a bot. Reminders that members have asked for are not among them. */
export function plannedAhead({ catalog, community }: { catalog: Catalog; community: Community }, now: number, count: number): Ahead[] {
  if (community.sample) return [];
  const subjects = catalog.events.map((event) => ({ event, id: event.id }));
  const planned = [...planEvents(recent(subjects, community, now), community), ...planDigests(community, now, now + DIGESTS_MS)];
  const items = planned.flatMap((each) =>
    each.channels.map((channel) => ({ planned: each, channel, at: sendAt(each, channel, community) })),
  );
  return nextPosts(
    items.filter(({ at }) => at > now).sort((a, b) => a.at - b.at),
    count,
  );
}
