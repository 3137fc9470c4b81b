// Announcements that were confirmed and have not gone out: where the event was cancelled or moved since, what they say holds no more.
import type { CommunityEvent } from '../content/catalog.js';
import type { Facts } from '../schedule/facts.js';
import type { Store } from '../store/port.js';
import { broadcastOf, open, type PastRow } from './past.js';
import type { Broadcast } from './types.js';

export interface StaleParts {
  store: Pick<Store, 'posts' | 'openPosts' | 'told' | 'cancel'>;
  now: number;
  /** By the id that it was first met under. */
  eventOf(id: string): Promise<CommunityEvent | undefined>;
}

type Why = 'cancelled' | 'moved';

/** Stops them; other edits change nothing, for what was confirmed is what goes out. Gives those of which something was stopped. */
export async function stopStale(parts: StaleParts): Promise<{ broadcast: Broadcast; why: Why }[]> {
  const { store, now } = parts;
  const stopped: { broadcast: Broadcast; why: Why }[] = [];
  for (const row of await open(store)) {
    const why = row.stoppedAt === null ? await staleness(row, parts) : undefined;
    if (why && (await store.cancel(row.id, now)) > 0) stopped.push({ broadcast: broadcastOf(row), why });
  }
  return stopped;
}

/** Why what it announces holds no more; undefined: it does, or it announces nothing. */
export async function staleness({ id, about }: PastRow, { store, eventOf }: Omit<StaleParts, 'now'>): Promise<Why | undefined> {
  if (about === null) return undefined;
  const told = (await store.told([about])).find(({ post }) => post === id);
  const facts = told?.facts as Facts | undefined;
  const event = facts && (await eventOf(about));
  // A page that is gone may come back: it is being moved, or its folder is not mounted.
  if (!event) return undefined;
  if (event.status === 'cancelled') return 'cancelled';
  return event.start !== facts.start || event.timezone !== facts.timezone ? 'moved' : undefined;
}
