// Notices for organizers, and what is counted for them.
import type { Notice, Tally } from '../port.js';
import { first, json, marks, type Operation, sql } from '../statement.js';

/** No more different questions are counted than this; the rarest unasked ones give way first. */
const MOST_TALLIES = 10_000;

export function* addNotice(text: Notice['text'], now: number): Operation<void> {
  yield* sql('INSERT INTO notice (text, created_at) VALUES (?, ?)', JSON.stringify(text), now);
}

export function* untoldNotices(limit: number): Operation<Notice[]> {
  const rows = yield* sql('SELECT * FROM notice WHERE told = 0 ORDER BY id LIMIT ?', limit);
  return rows.map((row) => ({ id: Number(row.id), text: json(row.text) as Notice['text'], createdAt: Number(row.created_at) }));
}

export function* markTold(ids: readonly number[]): Operation<void> {
  if (ids.length > 0) yield* sql(`UPDATE notice SET told = 1 WHERE id IN (${marks(ids)})`, ...ids);
}

export function* tallies(about: string, limit: number): Operation<Tally[]> {
  const rows = yield* sql('SELECT * FROM tally WHERE about = ? ORDER BY count DESC, last_at DESC LIMIT ?', about, limit);
  return rows.map((row) => ({ about, what: String(row.what), count: Number(row.count), lastAt: Number(row.last_at) }));
}

export function* count(about: string, what: string, now: number): Operation<void> {
  yield* sql(
    `INSERT INTO tally (about, what, count, last_at) VALUES (?, ?, 1, ?)
     ON CONFLICT (about, what) DO UPDATE SET count = tally.count + 1, last_at = excluded.last_at`,
    ...[about, what, now],
  );
  const rows = yield* first('SELECT count(*) AS n FROM tally');
  if (Number(rows?.n) > MOST_TALLIES)
    yield* sql('DELETE FROM tally WHERE (about, what) IN (SELECT about, what FROM tally ORDER BY count, last_at LIMIT 100)');
}
