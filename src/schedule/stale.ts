/** Reminders that wait in the ledger for their platform: what is not planned any more is stopped, and goes on when it is planned again. */
import type { Store, Told } from '../store/port.js';

/**
 * The page is gone, a draft or unreadable; the event is cancelled, unsure or on another day; or the rule is gone: it is not planned.
 * @param planned until when each post is worth sending
 * @returns the rows as they are then
 */
export async function settleWaiting(
  rows: readonly Told[],
  planned: ReadonlyMap<string, number>,
  store: Pick<Store, 'cancel' | 'resumePost'>,
  now: number,
): Promise<Told[]> {
  const states = new Map<string, Told['state']>();
  for (const { post, kind, state } of rows) {
    if (kind !== 'reminder' || states.has(post)) continue;
    const until = planned.get(post);
    if (until === undefined && isWaiting(state)) {
      await store.cancel(post, now);
      states.set(post, 'cancelled');
    } else if (state === 'cancelled' && until !== undefined && until > now) {
      await store.resumePost(post, now, now);
      states.set(post, 'pending');
    }
  }
  const isOpen = ({ state }: Told) => isWaiting(state) || state === 'cancelled';
  return rows.map((row) => ({ ...row, state: (isOpen(row) && states.get(row.post)) || row.state }));
}

const isWaiting = (state: Told['state']) => state === 'pending' || state === 'held';
