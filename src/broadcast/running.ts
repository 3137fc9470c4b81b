// What becomes of broadcasts that were confirmed: how far they are, and what did not arrive.
import type { DeskStore } from '../store/desk.js';
import type { DeliveryState, Store } from '../store/port.js';
import { broadcastOf, type PastRow, past } from './past.js';
import type { Report, RunningBroadcast } from './types.js';

/** From here on the pace that it has tells more than the estimate. */
const ENOUGH_DONE = 20;
const PAGE = 1_000;
const MOST_FAILURES = 50;
const MOST_LISTED = 20;
const NOT_ARRIVED: readonly DeliveryState[] = ['refused', 'unknown', 'missed', 'cancelled', 'held'];

export async function progressOf(row: PastRow, store: Pick<DeskStore, 'progress'>, now: number): Promise<RunningBroadcast> {
  const counts = await store.progress(row.id);
  const { at, total, takesMs } = row.note;
  const open = (counts.pending ?? 0) + (counts.sending ?? 0);
  const done = total - open;
  const began = Math.max(at, row.createdAt);
  const each = done >= ENOUGH_DONE && now > began ? (now - began) / done : takesMs / Math.max(1, total);
  const state = open === 0 ? (row.stoppedAt === null ? 'done' : 'stopped') : at > now ? 'waiting' : 'running';
  return { ...broadcastOf(row), counts, open, leftMs: open === 0 ? 0 : Math.max(0, at - now) + Math.ceil(open * each), state };
}

/** The newest first. @param since neither made nor due before it */
export async function listed(
  store: Pick<DeskStore, 'posts' | 'progress'>,
  now: number,
  { limit = MOST_LISTED, since = 0 }: { limit?: number; since?: number } = {},
): Promise<RunningBroadcast[]> {
  const rows = (await past(store, limit)).filter(({ note, createdAt }) => Math.max(note.at, createdAt) >= since);
  return Promise.all(rows.map((row) => progressOf(row, store, now)));
}

export async function reportOf(row: PastRow, store: Pick<Store, 'progress' | 'deliveries'>, now: number): Promise<Report> {
  const progress = await progressOf(row, store, now);
  const failures: { channel: string; state: DeliveryState; reason: string }[] = [];
  let failed = 0;
  for (const state of NOT_ARRIVED) {
    const count = progress.counts[state] ?? 0;
    failed += count;
    const wanted = Math.min(count, MOST_FAILURES - failures.length);
    if (wanted <= 0) continue;
    for (const { channel, address, reason } of await store.deliveries({ state, post: row.id, limit: Math.min(wanted, PAGE) }))
      failures.push({ channel: channel ?? address, state, reason: reason ?? '' });
  }
  return { ...progress, failures, failed };
}
