// What became of attempts. A receipt counts under the fence it was claimed with; a late "sent" still wins over unknown.
import type { Attempt, Outcome, Recorded } from '../port.js';
import { changed, type Dialect, first, marks, type Operation, padded, sql, type Value } from '../statement.js';
import { cancelStopped } from './enqueue.js';
import { refreshLanes } from './lanes.js';
import { attemptOf, instanceOf, restingPlace } from './rows.js';

const COLUMNS = ['TEXT', 'BIGINT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'BIGINT', 'INTEGER'];
/** Typed in the first row: a database that has to guess takes an empty column for text. */
const FIRST_ROW = `(${COLUMNS.map((type) => `CAST(? AS ${type})`).join(', ')})`;
const ROW = `(${marks(COLUMNS)})`;

/** Lanes of an instance in which something is due, and which wait for room within its limits. */
const turnedAway = (dialect: Dialect) => `
  SELECT l.address FROM lane l WHERE l.instance = ? AND l.sending IS NULL AND l.ready_at > ? AND l.free_at <= ?
    AND EXISTS (SELECT 1 FROM delivery d WHERE d.address = l.address AND d.state = 'pending' AND d.not_before <= ?)${dialect.lockFree('l')}`;

export function record(dialect: Dialect) {
  const lanes = turnedAway(dialect);
  return (attempts: readonly Attempt[], now: number) => recordAll(attempts, now, lanes);
}

function* recordAll(attempts: readonly Attempt[], now: number, turnedAway: string): Operation<Recorded[]> {
  if (attempts.length === 0) return [];
  const listed = padded(attempts);
  const values = listed.flatMap(({ id, fence, outcome }): Value[] => [
    ...[id, fence, outcome.state, reasonOf(outcome)],
    ...[sent(outcome)?.platformId ?? null, sent(outcome)?.receipt ?? null, counts(outcome)],
    outcome.state === 'pending' ? now + Math.max(0, outcome.waitMs) : null,
    isUntried(outcome) ? 1 : 0,
  ]);
  const rows = listed.map((_, index) => (index === 0 ? FIRST_ROW : ROW)).join(', ');
  const done = yield* sql(
    `WITH ended (id, fence, state, reason, platform_id, receipt, counts, not_before, untried) AS (VALUES ${rows})
     UPDATE delivery SET state = ended.state, reason = ended.reason, platform_id = ended.platform_id, receipt = ended.receipt,
       counts = ended.counts, not_before = COALESCE(ended.not_before, delivery.not_before), owner = NULL, lease_until = NULL,
       attempts = delivery.attempts - ended.untried, attempt_ended_at = ?, changed_at = ?
     FROM ended WHERE delivery.id = ended.id AND delivery.fence = ended.fence AND delivery.state = 'sending'
     RETURNING delivery.id, delivery.address`,
    ...[...values, now, now],
  );
  yield* cancelStopped(
    attempts.filter(({ outcome }) => outcome.state === 'pending' || outcome.state === 'held').map(({ id }) => id),
    now,
  );
  const gaps = new Map(attempts.map(({ id, outcome }) => [id, gapAfter(outcome) || undefined]));
  const next = yield* freeLanes(
    done.map(({ id, address }) => ({ address: String(address), freeAt: restsUntil(gaps.get(String(id)), now) })),
  );
  yield* sql(
    `UPDATE spent SET ends_at = rolling + ? WHERE rolling IS NOT NULL AND delivery IN (${marks(listed)})`,
    ...[now, ...listed.map(({ id, fence }) => attemptOf(id, fence))],
  );
  yield* giveBack(
    attempts.filter(({ outcome }) => isUntried(outcome)).map(({ id, fence }) => attemptOf(id, fence)),
    now,
    turnedAway,
  );
  const recorded = new Map(done.map(({ id, address }) => [String(id), next.get(String(address)) ?? null]));
  for (const { id, outcome } of attempts) {
    if (outcome.state === 'pending' && (outcome.scope === 'adapter' || outcome.scope === 'posts'))
      yield* rest(id, outcome.scope, now + Math.max(0, outcome.waitMs));
    if (!recorded.has(id) && outcome.state === 'sent') yield* settle(id, outcome, now);
  }
  return attempts.map(({ id }) => {
    const readyAt = recorded.get(id) ?? null;
    return { kept: recorded.has(id), nextInMs: readyAt === null ? null : Math.max(0, readyAt - now) };
  });
}

/** What was not tried has spent nothing: whoever was turned away meanwhile may have its place at once. */
function* giveBack(untried: readonly string[], now: number, turnedAway: string): Operation<void> {
  if (untried.length === 0) return;
  const listed = padded(untried);
  const places = yield* sql(`DELETE FROM spent WHERE delivery IN (${marks(listed)}) RETURNING scope`, ...listed);
  // Of a limit for one address nobody else has waited.
  const instances = new Set(places.map(({ scope }) => String(scope)).filter((scope) => !scope.includes(':')));
  for (const instance of new Set([...instances].map((scope) => scope.split(' ', 1)[0] as string)))
    yield* sql(`UPDATE lane SET ready_at = ? WHERE address IN (${turnedAway})`, now, instance, now, now, now);
}

/** A result that comes after its attempt. Also where read-back had given the delivery back: it arrived, and must not be sent again. */
export function* settle(id: string, outcome: Outcome, now: number): Operation<boolean> {
  if (outcome.state !== 'sent') {
    const reason = reasonOf(outcome);
    return (
      (yield* changed(
        `UPDATE delivery SET state = ?, reason = ?, changed_at = ? WHERE id = ? AND state = 'sent' AND receipt = 'waiting' RETURNING 1`,
        ...[outcome.state === 'refused' ? 'refused' : 'unknown', reason, now, id],
      )) > 0
    );
  }
  const row = yield* first(
    `UPDATE delivery SET state = 'sent', reason = NULL, platform_id = COALESCE(?, platform_id), receipt = COALESCE(?, receipt),
       counts = COALESCE(?, counts), changed_at = ?
     WHERE id = ? AND (state IN ('unknown', 'sent') OR (state = 'pending' AND attempts > 0)) RETURNING address`,
    ...[outcome.platformId ?? null, outcome.receipt ?? null, counts(outcome), now, id],
  );
  if (row) yield* refreshLanes([String(row.address)]);
  return row !== undefined;
}

/** The next of these lanes may go, after the gap that its platform wants: address → when. */
export function* freeLanes(lanes: readonly { address: string; freeAt?: number }[]): Operation<Map<string, number>> {
  if (lanes.length === 0) return new Map();
  const addresses = padded(lanes.map(({ address }) => address));
  yield* sql(`UPDATE lane SET sending = NULL WHERE address IN (${marks(addresses)})`, ...addresses);
  for (const freeAt of new Set(lanes.map((lane) => lane.freeAt))) {
    if (freeAt === undefined) continue;
    const resting = padded(lanes.filter((lane) => lane.freeAt === freeAt).map(({ address }) => address));
    yield* sql(`UPDATE lane SET free_at = ? WHERE address IN (${marks(resting)}) AND free_at < ?`, freeAt, ...resting, freeAt);
  }
  return yield* refreshLanes(
    lanes.map(({ address }) => address),
    true,
  );
}

/** Retry-After for the whole app, or for all of it but replies. */
function* rest(id: string, scope: 'adapter' | 'posts', until: number): Operation<void> {
  const row = yield* first('SELECT address FROM delivery WHERE id = ?', id);
  if (!row) return;
  const instance = instanceOf(String(row.address));
  yield* sql(
    `INSERT INTO lane (address, instance, free_at) VALUES (?, ?, ?)
     ON CONFLICT (address) DO UPDATE SET free_at = CASE WHEN lane.free_at > excluded.free_at THEN lane.free_at ELSE excluded.free_at END`,
    ...[restingPlace(instance, scope), instance, until],
  );
}

/** The gap that the address wants; Retry-After for the address holds up whatever else waits for it, too. */
const gapAfter = (outcome: Outcome): number =>
  Math.max(outcome.gapMs ?? 0, outcome.state === 'pending' && outcome.scope === 'target' ? outcome.waitMs : 0);
const restsUntil = (gapMs: number | undefined, now: number) => (gapMs === undefined ? undefined : now + gapMs);
const isUntried = (outcome: Outcome) => outcome.state === 'pending' && outcome.untried === true;
const sent = (outcome: Outcome) => (outcome.state === 'sent' ? outcome : undefined);
const reasonOf = (outcome: Outcome): string | null => (outcome.state === 'sent' ? null : outcome.reason);
const counts = (outcome: Outcome): string | null => {
  const given = sent(outcome)?.counts;
  return given ? JSON.stringify(given) : null;
};
