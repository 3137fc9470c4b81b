// Stop, resume, retry: one word does it once, however often it is delivered, and whatever fails in between.
import type { Store } from '../store/port.js';
import type { Gone } from './gone.js';
import { lineOf } from './line.js';
import { broadcastOf, type PastRow } from './past.js';
import type { Broadcast, Maker } from './types.js';

const DAY_MS = 24 * 3600_000;

export type Did = 'stopped' | 'resumed' | 'retried';

export interface Handled {
  broadcast: Broadcast;
  count: number;
  /** Nothing was done: what it announces was cancelled or moved. */
  stale?: 'cancelled' | 'moved';
  /** Nothing was done: it is more than a day old, and was not named. */
  isOld?: true;
  /** Channels that have left emcee.yaml since: they do not get it. */
  gone?: readonly string[];
}

interface Word {
  post: string;
  /** Undefined: it is not known whether it was done. */
  count?: number;
  gone?: string[];
  /** It stands in the audit log. */
  isWritten?: boolean;
}

export interface SteeringParts {
  store: Pick<Store, 'kvGet' | 'kvSet' | 'cancel' | 'resumePost' | 'retryPost' | 'writeAudit'>;
  now: number;
  /** The broadcast that is meant; undefined: there is none. */
  find(post?: string): Promise<PastRow | undefined>;
  /** Too long ago to be meant by who has not named it. */
  isOld(broadcast: Broadcast): boolean;
  /** What is to go once more, but whose channels are no more. */
  gone(post: string): Promise<readonly Gone[]> | readonly Gone[];
  staleness(row: PastRow): Promise<'cancelled' | 'moved' | undefined>;
}

export async function steer(did: Did, maker: Maker, parts: SteeringParts): Promise<Handled | undefined> {
  const { store, now, find } = parts;
  const { person, key } = maker;
  const kept = `broadcast:word:${person}:${key}`;
  const before = JSON.parse((await store.kvGet(kept, now)) ?? 'null') as Word | null;
  const row = await find(before?.post);
  if (!row) return undefined;
  const broadcast = broadcastOf(row);
  const keep = (word: Word) => store.kvSet(kept, JSON.stringify(word), now + DAY_MS);
  let word = before;
  if (word?.count === undefined) {
    if (!word && parts.isOld(broadcast)) return { broadcast, count: 0, isOld: true };
    const stale = did === 'stopped' ? undefined : await parts.staleness(row);
    if (stale) return { broadcast, count: 0, stale };
    // Which one it means is settled first: said again, it must not mean another.
    await keep({ post: row.id });
    const gone = await parts.gone(row.id);
    const without = gone.map(({ address }) => address);
    const until = Math.max(now, row.note.at) + DAY_MS;
    const count = await {
      stopped: () => store.cancel(row.id, now),
      resumed: () => store.resumePost(row.id, until, now, without),
      retried: () => store.retryPost(row.id, until, now, without),
    }[did]();
    word = { post: row.id, count, ...(gone.length > 0 && { gone: gone.map(({ channel }) => channel) }) };
    // Before the audit log: where that fails, it is still known what was done.
    await keep(word);
  }
  const { count = 0, gone } = word;
  if (!word.isWritten) {
    await store.writeAudit({ who: person, ...lineOf(maker, did, { broadcast: broadcast.id, post: row.id, targets: count }) }, now);
    await keep({ ...word, isWritten: true });
  }
  return { broadcast, count, ...(gone && { gone }) };
}
