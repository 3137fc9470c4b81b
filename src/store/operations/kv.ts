// keyv's face, and forgetting what is old.
import { changed, first, type Operation, sql } from '../statement.js';

export function* kvGet(key: string, now: number): Operation<string | undefined> {
  const row = yield* first('SELECT value FROM kv WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)', key, now);
  return row && String(row.value);
}

export function* kvSet(key: string, value: string, expiresAt: number | null): Operation<void> {
  yield* sql(
    `INSERT INTO kv (key, value, expires_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`,
    ...[key, value, expiresAt],
  );
}

export function* kvDelete(key: string): Operation<boolean> {
  return (yield* changed('DELETE FROM kv WHERE key = ? RETURNING 1', key)) > 0;
}

export function* kvClear(prefix: string): Operation<void> {
  yield* sql('DELETE FROM kv WHERE substr(key, 1, length(CAST(? AS TEXT))) = ?', prefix, prefix);
}

/** Longer than a year: what happened at the last meetup of the same month can still be looked up. */
const AUDIT_MS = 400 * 24 * 3600_000;
/** No session lasts longer, whatever limits it is read with. */
const SESSION_MS = 24 * 3600_000;

export function* forget(before: { inbox: number; deliveries: number; memory: number; now: number }): Operation<void> {
  yield* sql('DELETE FROM inbox WHERE received_at < ?', before.inbox);
  // While it could still go out, the row is what says that it need not.
  yield* sql(
    `DELETE FROM delivery WHERE state IN ('sent', 'refused', 'cancelled', 'missed') AND changed_at < ?
       AND (kind <> 'post' OR expires_at < ?)`,
    ...[before.deliveries, before.now],
  );
  yield* sql('DELETE FROM post WHERE created_at < ? AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.post = post.id)', before.deliveries);
  yield* sql(
    `DELETE FROM lane WHERE sending IS NULL AND ready_at IS NULL AND free_at < ? AND (heard_at IS NULL OR heard_at < ?)`,
    ...[before.now, before.deliveries],
  );
  yield* sql('DELETE FROM spent WHERE ends_at < ?', before.now);
  yield* sql('DELETE FROM memory WHERE changed_at < ?', before.memory);
  yield* sql('DELETE FROM kv WHERE expires_at IS NOT NULL AND expires_at < ?', before.now);
  yield* sql('DELETE FROM notice WHERE told = 1 AND created_at < ?', before.deliveries);
  yield* sql('DELETE FROM proposal WHERE kept_until < ?', before.now);
  yield* sql('DELETE FROM session WHERE created_at < ?', before.now - SESSION_MS);
  yield* sql('DELETE FROM audit WHERE at < ?', before.now - AUDIT_MS);
}
