// Stop, resume, retry: one word does it once, however often it is delivered, and whatever fails in between.
import type { Store } from '../store/port.js';
import { broadcastOf, type PastRow } from './past.js';
import type { Broadcast, Maker } from './types.js';

const DAY_MS = 24 * 3600_000;

export type Did = 'stopped' | 'resumed' | 'retried';

export interface Handled {
  broadcast: Broadcast;
  count: number;
  /** Nothing was done: what it announces was cancelled or moved. */
  stale?: 'cancelled' | 'moved';
}

interface Word {
  post: string;
  /** Undefined: it is not known whether it was done. */
  count?: number;
}

export interface SteeringParts {
  store: Pick<Store, 'kvGet' | 'kvSet' | 'cancel' | 'resumePost' | 'retryPost' | 'writeAudit'>;
  now: number;
  /** The broadcast that is meant; undefined: there is none. */
  find(post?: string): Promise<PastRow | undefined>;
  staleness(row: PastRow): Promise<'cancelled' | 'moved' | undefined>;
}

export async function steer(did: Did, { person, account, key }: Maker, parts: SteeringParts): Promise<Handled | undefined> {
  const { store, now, find } = parts;
  const kept = `broadcast:word:${person}:${key}`;
  const before = JSON.parse((await store.kvGet(kept, now)) ?? 'null') as Word | null;
  const row = await find(before?.post);
  if (!row) return undefined;
  const broadcast = broadcastOf(row);
  if (before?.count !== undefined) return { broadcast, count: before.count };
  const stale = did === 'stopped' ? undefined : await parts.staleness(row);
  if (stale) return { broadcast, count: 0, stale };
  const keep = (word: Word) => store.kvSet(kept, JSON.stringify(word), now + DAY_MS);
  // Which one it means is settled first: said again, it must not mean another.
  await keep({ post: row.id });
  const until = Math.max(now, row.note.at) + DAY_MS;
  const count = await {
    stopped: () => store.cancel(row.id, now),
    resumed: () => store.resumePost(row.id, until, now),
    retried: () => store.retryPost(row.id, until, now),
  }[did]();
  await store.writeAudit({ who: account ?? person, did, about: { broadcast: row.note.draft, post: row.id, targets: count } }, now);
  await keep({ post: row.id, count });
  return { broadcast, count };
}
