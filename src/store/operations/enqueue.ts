// What is to go out: replies, notices and posts become deliveries; nothing is sent here.
import type { DeliveryKind, NewDelivery, NewPost, Target } from '../port.js';
import { changed, marks, type Operation, padded, sql } from '../statement.js';
import { joinLane, joinLanes, refreshLanes } from './lanes.js';
import { markTold } from './notices.js';
import { instanceOf } from './rows.js';

/** A statement a target would be ten thousand ways to a database and back. */
const ROWS_AT_ONCE = 250;
const TARGET_COLUMNS = [
  ...['post', 'channel', 'instance', 'address', 'priority', 'wire', 'hold', 'state', 'reason'],
  ...['not_before', 'expires_at', 'created_at', 'changed_at'],
];

/** Who goes first where both wait for one address. */
const PRIORITY: Record<DeliveryKind, number> = { reply: 0, notice: 1, post: 2 };

/** Whether it is new. */
export function* insertDelivery(delivery: NewDelivery, now: number): Operation<boolean> {
  const { id, kind, address, wire, forMs, inReplyTo } = delivery;
  const added = yield* changed(
    `INSERT INTO delivery (id, kind, instance, address, priority, wire, in_reply_to, state, not_before, expires_at, created_at, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1`,
    ...[id, kind, instanceOf(address), address, PRIORITY[kind], JSON.stringify(wire), inReplyTo ?? null],
    ...[now, now + forMs, now, now],
  );
  // Not for one that is there already: a lane that is ready for nothing is looked at by every claim from then on.
  if (added > 0) yield* joinLane(address, PRIORITY[kind], now);
  return added > 0;
}

export function* say(delivery: NewDelivery, now: number, toldNotices: number[]): Operation<void> {
  yield* insertDelivery(delivery, now);
  yield* markTold(toldNotices);
}

export function* post({ id, kind, facts, about, by, note }: NewPost, targets: readonly Target[], now: number): Operation<number> {
  yield* sql(
    'INSERT INTO post (id, kind, facts, about, made_by, created_at, note) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ...[id, kind, facts === undefined ? null : JSON.stringify(facts), about ?? null, by, now],
    note === undefined ? null : JSON.stringify(note),
  );
  let added = 0;
  for (let from = 0; from < targets.length; from += ROWS_AT_ONCE)
    added += yield* addTargets(id, targets.slice(from, from + ROWS_AT_ONCE), now);
  // What is added to a post that was stopped shall go.
  if (added > 0) yield* sql('UPDATE post SET stopped_at = NULL WHERE id = ? AND stopped_at IS NOT NULL', id);
  return added;
}

/** Returns how many are new. */
function* addTargets(post: string, targets: readonly Target[], now: number): Operation<number> {
  const listed = padded(targets);
  const rows = listed.map(() => `(?, 'post', ${marks(TARGET_COLUMNS)})`).join(', ');
  const added = yield* sql(
    `INSERT INTO delivery (id, kind, ${TARGET_COLUMNS.join(', ')}) VALUES ${rows} ON CONFLICT DO NOTHING RETURNING channel`,
    ...listed.flatMap(({ channel, address, wire, at, until, hold, end }) => [
      ...[`${post}/${channel}`, post, channel, instanceOf(address), address, PRIORITY.post, JSON.stringify(wire), hold ? 1 : 0],
      ...[end?.state ?? 'pending', end?.reason ?? null, at, until, now, now],
    ]),
  );
  const isNew = new Set(added.map(({ channel }) => String(channel)));
  const lanes = new Map<string, number>();
  for (const { channel, address, at, end } of targets)
    if (!end && isNew.has(channel)) lanes.set(address, Math.min(at, lanes.get(address) ?? at));
  yield* joinLanes(lanes, PRIORITY.post);
  return added.length;
}

export function* cancel(post: string, now: number): Operation<number> {
  // What is under way, or unknown, may come back. Of what has all ended nothing is left to stop.
  yield* sql(
    `UPDATE post SET stopped_at = ? WHERE id = ? AND EXISTS (
       SELECT 1 FROM delivery d WHERE d.post = post.id AND d.state IN ('pending', 'held', 'sending', 'unknown'))`,
    now,
    post,
  );
  const left = yield* sql(
    `UPDATE delivery SET state = 'cancelled', reason = 'stopped', changed_at = ? WHERE post = ? AND state IN ('pending', 'held') RETURNING address`,
    now,
    post,
  );
  yield* refreshLanes([...new Set(left.map(({ address }) => String(address)))]);
  return left.length;
}

/** Deliveries that have come back, and whose post was stopped while they were under way. */
export function* cancelStopped(ids: readonly string[], now: number): Operation<void> {
  if (ids.length === 0) return;
  const listed = padded(ids);
  yield* sql(
    `UPDATE delivery SET state = 'cancelled', reason = 'stopped', changed_at = ? WHERE id IN (${marks(listed)}) AND state IN ('pending', 'held')
       AND EXISTS (SELECT 1 FROM post p WHERE p.id = delivery.post AND p.stopped_at IS NOT NULL)`,
    ...[now, ...listed],
  );
}

/** What was stopped goes after all. */
export function* resumePost(post: string, until: number, now: number, without?: readonly string[]): Operation<number> {
  return yield* goAgain(post, `state = 'cancelled' AND reason = 'stopped'`, until, now, without);
}

export function* retryPost(post: string, until: number, now: number, without?: readonly string[]): Operation<number> {
  return yield* goAgain(post, `state = 'refused'`, until, now, without);
}

function* goAgain(post: string, which: string, until: number, now: number, without: readonly string[] = []): Operation<number> {
  const others = without.length > 0 ? padded(without) : [];
  const rows = yield* sql(
    `UPDATE delivery SET state = 'pending', reason = NULL, changed_at = ?,
       not_before = CASE WHEN not_before > ? THEN not_before ELSE ? END, expires_at = CASE WHEN expires_at > ? THEN expires_at ELSE ? END
     WHERE post = ? AND ${which}${others.length > 0 ? ` AND address NOT IN (${marks(others)})` : ''} RETURNING address, not_before`,
    ...[now, now, now, until, until, post, ...others],
  );
  if (rows.length === 0) return 0;
  yield* sql('UPDATE post SET stopped_at = NULL WHERE id = ?', post);
  const lanes = new Map<string, number>();
  for (const { address, not_before } of rows)
    lanes.set(String(address), Math.min(Number(not_before), lanes.get(String(address)) ?? Number.POSITIVE_INFINITY));
  yield* joinLanes(lanes, PRIORITY.post);
  return rows.length;
}
