// Which deliveries are ours to make now. Committed before the first byte leaves.
import { endOfPeriod } from '../period.js';
import type { Claim, Claiming, NewDelivery, SettledLimit } from '../port.js';
import { changed, type Dialect, first, marks, type Operation, padded, type Row, sql } from '../statement.js';
import { refreshLanes } from './lanes.js';
import { attemptOf, deliveryOf, instanceOf, restingPlace } from './rows.js';

/** reply, notice, post: `PRIORITY` in enqueue.ts. */
const RANKS = [0, 1, 2];
const REPLIES = [0];
const NO_POSTS = [0, 1];
/** What finds no room is looked at again after this at the latest: limits may be set higher meanwhile. */
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * The lanes that are ready, each with its first delivery. What waits for a retry keeps its place at the head; what is planned for
 * later lets others pass. `0 +`: SQLite compiles a statement with a bare `LIMIT ?` anew each time that it is run.
 *
 * @param last while others rest: nothing behind this priority
 */
const readyLanes = (dialect: Dialect, last?: number) => `
  SELECT d.*, l.heard_at, l.address AS lane FROM lane l JOIN delivery d ON d.seq = (
    SELECT e.seq FROM delivery e WHERE e.address = l.address AND e.state = 'pending' AND (e.not_before <= ? OR e.attempts > 0)${last === undefined ? '' : ` AND e.priority <= ${last}`}
    ORDER BY e.priority, e.seq LIMIT 1)
  WHERE l.instance = ? AND l.rank = ? AND l.sending IS NULL AND l.ready_at <= ?
  ORDER BY l.ready_at LIMIT 0 + ?${dialect.lockFree('l, d')}`;

/** What else waits in a lane whose first delivery finds no room: beside a reply what is none, beside the others the reply. */
const firstOfOtherKind = (dialect: Dialect) => `
  SELECT d.* FROM delivery d
  WHERE d.address = ? AND d.state = 'pending' AND (d.kind = 'reply') <> (CAST(? AS TEXT) = 'reply') AND d.priority <= ? AND d.expires_at > ?
  ORDER BY CASE WHEN d.not_before <= ? OR d.attempts > 0 THEN 0 ELSE d.not_before END, d.priority, d.seq LIMIT 1${dialect.lockFree('d')}`;

export function claim(dialect: Dialect) {
  const ready = new Map(
    [RANKS, REPLIES, NO_POSTS].map((ranks) => [ranks, readyLanes(dialect, ranks === RANKS ? undefined : ranks.at(-1))]),
  );
  const otherKind = firstOfOtherKind(dialect);
  return function* ({ owner, instance, limits, withoutPosts, leaseMs, most, now }: Claiming): Operation<Claim[]> {
    // The platform has asked the whole app to wait, or all of it but replies.
    const resting = yield* sql(
      'SELECT address FROM lane WHERE address IN (?, ?) AND free_at > ?',
      ...[instance, restingPlace(instance, 'posts'), now],
    );
    if (resting.some(({ address }) => address === instance)) return [];
    const heads: Row[] = [];
    const ranks = resting.length > 0 ? REPLIES : withoutPosts ? NO_POSTS : RANKS;
    for (const rank of ranks)
      if (heads.length < most) heads.push(...(yield* sql(ready.get(ranks) as string, now, instance, rank, now, most - heads.length)));
    const due = yield* dueHeads(heads, now);
    const mine =
      limits.length === 0 ? due : yield* withinLimits(due, { instance, limits, leaseMs, now, otherKind, last: ranks.length - 1 });
    if (mine.length === 0) return [];
    const listed = padded(mine);
    const ids = listed.map(({ id }) => String(id));
    yield* sql(
      `UPDATE delivery SET state = 'sending', owner = ?, fence = fence + 1, lease_until = ?, attempts = attempts + 1, changed_at = ?
       WHERE id IN (${marks(ids)})`,
      ...[owner, now + leaseMs, now, ...ids],
    );
    yield* sql(
      `WITH mine (address, id) AS (VALUES ${listed.map(() => '(CAST(? AS TEXT), CAST(? AS TEXT))').join(', ')})
       UPDATE lane SET sending = mine.id FROM mine WHERE lane.address = mine.address`,
      ...listed.flatMap(({ address, id }) => [String(address), String(id)]),
    );
    return mine.map((row) => ({
      ...deliveryOf({ ...row, state: 'sending', fence: Number(row.fence) + 1, attempts: Number(row.attempts) + 1 }),
      hold: Number(row.hold) === 1,
      heardAt: row.heard_at === null ? null : Number(row.heard_at),
    }));
  };
}

/**
 * A reply that was just added: claimed without being looked for, where nothing is under way to its address, no other reply waits there,
 * and the platform has not asked to wait. Its fence, or undefined: then it is claimed like everything else.
 */
export function* claimReply(
  { id, address }: Pick<NewDelivery, 'id' | 'address'>,
  { owner, leaseMs }: Pick<Claiming, 'owner' | 'leaseMs'>,
  now: number,
): Operation<number | undefined> {
  const isFree = yield* changed(
    `UPDATE lane SET sending = ? WHERE address = ? AND sending IS NULL AND free_at <= ?
       AND NOT EXISTS (SELECT 1 FROM lane app WHERE app.address = ? AND app.free_at > ?)
       AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.address = lane.address AND d.state = 'pending' AND d.priority = ? AND d.id <> ?)
     RETURNING 1`,
    ...[id, address, now, instanceOf(address), now, REPLIES[0] as number, id],
  );
  if (isFree === 0) return undefined;
  const claimed = yield* first(
    `UPDATE delivery SET state = 'sending', owner = ?, fence = fence + 1, lease_until = ?, attempts = attempts + 1, changed_at = ?
     WHERE id = ? RETURNING fence`,
    ...[owner, now + leaseMs, now, id],
  );
  return Number(claimed?.fence);
}

/** Lanes whose first delivery is not due yet, or is too late, are put right; the others' deliveries come back. */
function* dueHeads(heads: readonly Row[], now: number): Operation<Row[]> {
  const late = heads.filter((row) => Number(row.expires_at) <= now);
  for (const { id } of late)
    yield* sql(`UPDATE delivery SET state = 'refused', reason = 'expired', changed_at = ? WHERE id = ?`, now, String(id));
  yield* refreshLanes(late.map(({ address }) => String(address)));
  const early = heads.filter((row) => Number(row.not_before) > now && !late.includes(row));
  for (const { address, not_before } of early)
    yield* sql('UPDATE lane SET ready_at = ? WHERE address = ?', Number(not_before), String(address));
  return heads.filter((row) => !late.includes(row) && !early.includes(row));
}

/** Those that the platform's limits leave room for; each takes its room until the span it counts in is over. */
function* withinLimits(
  rows: readonly Row[],
  claiming: Pick<Claiming, 'instance' | 'limits' | 'leaseMs' | 'now'> & { otherKind: string; last: number },
): Operation<Row[]> {
  const { instance, limits, leaseMs, now, otherKind, last } = claiming;
  // One replica after the other: two that count at once would both find the last place.
  yield* sql(
    'INSERT INTO lane (address, instance) VALUES (?, ?) ON CONFLICT (address) DO UPDATE SET free_at = lane.free_at',
    ...[instance, instance],
  );
  const mine: Row[] = [];
  const roomOf = (row: Row) =>
    limits
      .map((limit, index) => ({ limit, scope: `${limit.scope === 'adapter' ? instance : String(row.address)} ${index}` }))
      .filter(({ limit: { of } }) => of === undefined || of === (row.kind === 'reply' ? 'replies' : 'posts'));
  const hasShares = limits.some(({ of }) => of !== undefined);
  for (const head of rows) {
    let row = head;
    let freeAt = yield* roomAt(roomOf(row), now);
    // Answers that have used up their share hold up nothing else, and nothing else holds up answers.
    const other =
      freeAt > now && hasShares ? yield* first(otherKind, ...[String(head.address), head.kind as string, last, now, now]) : undefined;
    if (other) {
      const dueAt = Number(other.not_before);
      const otherAt = dueAt > now ? dueAt : yield* roomAt(roomOf(other), now);
      if (otherAt < freeAt) [row, freeAt] = [{ ...other, heard_at: head.heard_at ?? null }, otherAt];
    }
    if (freeAt > now) {
      yield* sql('UPDATE lane SET ready_at = ? WHERE address = ?', Math.min(freeAt, now + LOOK_AGAIN_MS), String(row.address));
      continue;
    }
    mine.push(row);
    for (const { limit, scope } of roomOf(row)) {
      const rolling = typeof limit.per === 'number' ? limit.per : null;
      // Its span begins when the platform has answered (record.ts); until then it counts as long as it may be under way.
      const endsAt = typeof limit.per === 'number' ? now + leaseMs + limit.per : endOfPeriod(now, limit.per, limit.zone ?? 'UTC');
      yield* sql(
        'INSERT INTO spent (scope, delivery, rolling, ends_at) VALUES (?, ?, ?, ?)',
        scope,
        attemptOf(row.id, Number(row.fence) + 1),
        rolling,
        endsAt,
      );
    }
  }
  return mine;
}

/** When all these limits have room, as far as can be told now: what is under way may free its place sooner than it holds it. */
function* roomAt(room: readonly { limit: SettledLimit; scope: string }[], now: number): Operation<number> {
  let at = now;
  for (const { limit, scope } of room) {
    // With `count` taken, the next has room when the one that long ago runs out.
    const taken = yield* first(
      'SELECT ends_at FROM spent WHERE scope = ? AND ends_at > ? ORDER BY ends_at DESC LIMIT 1 OFFSET ?',
      ...[scope, now, limit.count - 1],
    );
    if (taken) at = Math.max(at, typeof limit.per === 'number' ? Math.min(Number(taken.ends_at), now + limit.per) : Number(taken.ends_at));
  }
  return at;
}
