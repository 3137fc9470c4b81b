// What is not final: leases, what is too late, what is unknown; and reading the ledger.
import type { Delivery, DeliveryFilter, Open } from '../port.js';
import { changed, first, marks, type Operation, sql, type Value } from '../statement.js';
import { cancelStopped } from './enqueue.js';
import { joinLane, refreshLanes } from './lanes.js';
import { freeLanes } from './record.js';
import { deliveryOf } from './rows.js';

export function* heartbeat(owner: string, ids: readonly string[], leaseMs: number, now: number): Operation<void> {
  if (ids.length > 0)
    yield* sql(
      `UPDATE delivery SET lease_until = ? WHERE state = 'sending' AND owner = ? AND id IN (${marks(ids)})`,
      ...[now + leaseMs, owner, ...ids],
    );
}

export function* expire(now: number, { othersAreDead = false } = {}): Operation<{ unknown: number; expired: number }> {
  const dead = yield* sql(
    `UPDATE delivery SET state = 'unknown', reason = 'the process ended while sending', owner = NULL, lease_until = NULL, changed_at = ?,
       attempt_ended_at = CASE WHEN lease_until < ? THEN lease_until ELSE ? END
     WHERE state = 'sending' AND lease_until <= ? RETURNING address`,
    ...[now, now, now, othersAreDead ? Number.MAX_SAFE_INTEGER : now],
  );
  yield* freeLanes(dead.map(({ address }) => ({ address: String(address) })));
  const late = yield* sql(
    `UPDATE delivery SET state = CASE state WHEN 'held' THEN 'missed' ELSE 'refused' END,
       reason = CASE state WHEN 'held' THEN reason ELSE 'expired' END, changed_at = ?
     WHERE state IN ('pending', 'held') AND expires_at <= ? RETURNING address`,
    ...[now, now],
  );
  yield* refreshLanes([...new Set(late.map(({ address }) => String(address)))]);
  return { unknown: dead.length, expired: late.length };
}

export function* unresolved(
  instance: string,
  { endedBefore, checkedBefore }: { endedBefore: number; checkedBefore: number },
  most: number,
): Operation<Delivery[]> {
  const rows = yield* sql(
    `SELECT * FROM delivery WHERE state = 'unknown' AND instance = ? AND attempt_ended_at <= ? AND (checked_at IS NULL OR checked_at <= ?)
     ORDER BY seq LIMIT 0 + ?`,
    ...[instance, endedBefore, checkedBefore, most],
  );
  return rows.map(deliveryOf);
}

export function* resolve(
  id: string,
  found:
    | { state: 'sent'; platformId?: string }
    | { state: 'pending'; forMs?: number; fence?: number }
    | { state: 'unknown'; agoMs?: number },
  now: number,
): Operation<boolean> {
  if (found.state === 'unknown')
    return (
      (yield* changed(`UPDATE delivery SET checked_at = ? WHERE id = ? AND state = 'unknown' RETURNING 1`, now - (found.agoMs ?? 0), id)) >
      0
    );
  if (found.state === 'sent')
    return (
      (yield* changed(
        `UPDATE delivery SET state = 'sent', reason = NULL, platform_id = COALESCE(?, platform_id), changed_at = ?
         WHERE id = ? AND state = 'unknown' RETURNING 1`,
        ...[found.platformId ?? null, now, id],
      )) > 0
    );
  // With the fence of the attempt that was looked for: a later one, unknown in its turn, may have arrived.
  const row = yield* first(
    `UPDATE delivery SET state = 'pending', reason = NULL, checked_at = NULL, not_before = ?, changed_at = ?,
       expires_at = CASE WHEN expires_at < ? THEN ? ELSE expires_at END
     WHERE id = ? AND state = 'unknown' AND fence = COALESCE(CAST(? AS BIGINT), fence) RETURNING address, priority`,
    ...[now, now, now + (found.forMs ?? 0), now + (found.forMs ?? 0), id, found.fence ?? null],
  );
  if (row) {
    // A lane in which nothing moved for long has been forgotten.
    yield* joinLane(String(row.address), Number(row.priority), now);
    yield* cancelStopped([id], now);
    yield* refreshLanes([String(row.address)]);
  }
  return row !== undefined;
}

export function* deliveries({ id, state, post, replies, limit, after }: DeliveryFilter): Operation<(Delivery & { place: number })[]> {
  const conditions: [string, Value][] = [['seq > ?', after ?? 0]];
  if (id !== undefined) conditions.push(['id = ?', id]);
  if (state !== undefined) conditions.push(['state = ?', state]);
  if (post !== undefined) conditions.push(['post = ?', post]);
  if (!replies) conditions.push(['kind = ?', 'post']);
  const where = conditions.map(([text]) => text).join(' AND ');
  const rows = yield* sql(`SELECT * FROM delivery WHERE ${where} ORDER BY seq LIMIT ?`, ...conditions.map(([, value]) => value), limit);
  return rows.map((row) => ({ ...deliveryOf(row), place: Number(row.seq) }));
}

/** What waits for room within its platform's limits is due when there may be some. */
const DUE = 'CASE WHEN l.ready_at > d.not_before THEN l.ready_at ELSE d.not_before END';
/** One part a state: each reads an index of what is open; asked for all at once, a database reads the whole history. */
const OPEN = (['pending', 'held', 'sending', 'unknown'] as const)
  .map((state) => {
    const [oldest, lane] = state === 'pending' ? [DUE, ' LEFT JOIN lane l ON l.address = d.address'] : ['d.not_before', ''];
    return `SELECT d.instance, '${state}' AS state, count(*) AS n, min(${oldest}) AS oldest FROM delivery d${lane} WHERE d.state = '${state}' GROUP BY d.instance`;
  })
  .join(' UNION ALL ');

export function* open(): Operation<Open[]> {
  const rows = yield* sql(OPEN);
  return rows.map((row) => ({
    instance: String(row.instance),
    state: row.state as Open['state'],
    count: Number(row.n),
    oldest: Number(row.oldest),
  }));
}
