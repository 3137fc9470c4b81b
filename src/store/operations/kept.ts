// What organizers have written in a chat, and a number that changes with it.
import type { KeptRow } from '../desk.js';
import { first, json, type Operation, sql } from '../statement.js';

const REVISION = 'kept:revision';

export function* keep({ kind, name, value, by }: Omit<KeptRow, 'changedAt'>, now: number): Operation<void> {
  if (value === null) yield* sql('DELETE FROM kept WHERE kind = ? AND name = ?', kind, name);
  else
    yield* sql(
      `INSERT INTO kept (kind, name, value, made_by, changed_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, made_by = excluded.made_by, changed_at = excluded.changed_at`,
      ...[kind, name, JSON.stringify(value), by, now],
    );
  yield* touchKept();
}

export function* kept(): Operation<KeptRow[]> {
  const rows = yield* sql('SELECT * FROM kept ORDER BY kind, name');
  return rows.map(({ kind, name, value, made_by, changed_at }) => ({
    kind: kind as KeptRow['kind'],
    name: String(name),
    value: json(value),
    by: String(made_by),
    changedAt: Number(changed_at),
  }));
}

export function* revision(): Operation<string> {
  return String((yield* first('SELECT value FROM kv WHERE key = ?', REVISION))?.value ?? '0');
}

/** Every replica looks at the revision, and reads again what lives in its memory. */
export function* touchKept(): Operation<void> {
  yield* sql(
    `INSERT INTO kv (key, value, expires_at) VALUES (?, '1', NULL)
     ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(kv.value AS BIGINT) + 1 AS TEXT)`,
    REVISION,
  );
}
