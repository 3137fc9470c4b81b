// Announcements that were confirmed and have not gone out: where the event was cancelled or moved since, what they say holds no more.
import type { CommunityEvent } from '../content/catalog.js';
import type { Facts } from '../schedule/facts.js';
import type { Store } from '../store/port.js';
import { broadcastOf, open } from './past.js';
import type { Broadcast } from './types.js';

export interface StaleParts {
  store: Pick<Store, 'posts' | 'openPosts' | 'told' | 'cancel'>;
  now: number;
  /** By the id that it was first met under. */
  eventOf(id: string): Promise<CommunityEvent | undefined>;
}

/** Stops them; other edits change nothing, for what was confirmed is what goes out. Gives those of which something was stopped. */
export async function stopStale({ store, now, eventOf }: StaleParts): Promise<{ broadcast: Broadcast; why: 'cancelled' | 'moved' }[]> {
  const rows = (await open(store)).filter(({ about, stoppedAt }) => about !== null && stoppedAt === null);
  if (rows.length === 0) return [];
  const told = await store.told([...new Set(rows.map(({ about }) => about as string))]);
  const stopped: { broadcast: Broadcast; why: 'cancelled' | 'moved' }[] = [];
  for (const row of rows) {
    const own = told.filter(({ post }) => post === row.id);
    if (!own.some(({ state }) => state === 'pending' || state === 'held')) continue;
    const event = await eventOf(row.about as string);
    const facts = own[0]?.facts as Facts | undefined;
    // A page that is gone may come back: it is being moved, or its folder is not mounted.
    if (!event || !facts) continue;
    const isMoved = event.start !== facts.start || event.timezone !== facts.timezone;
    if (event.status !== 'cancelled' && !isMoved) continue;
    if ((await store.cancel(row.id, now)) > 0)
      stopped.push({ broadcast: broadcastOf(row), why: event.status === 'cancelled' ? 'cancelled' : 'moved' });
  }
  return stopped;
}
