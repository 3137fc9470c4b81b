// Posts as a whole: what was posted, and how far it is.
import type { PostRow, Progress, Used } from '../desk.js';
import { json, marks, type Operation, padded, sql } from '../statement.js';

/** A statement takes 32,766 values in SQLite. */
const MOST_AT_ONCE = 1_024;

export function* posts({ kinds, limit }: { kinds: readonly string[]; limit: number }): Operation<PostRow[]> {
  const rows = yield* sql(`SELECT * FROM post WHERE kind IN (${marks(kinds)}) ORDER BY created_at DESC, id LIMIT ?`, ...[...kinds, limit]);
  return rows.map((row) => ({
    id: String(row.id),
    kind: String(row.kind),
    by: String(row.made_by),
    createdAt: Number(row.created_at),
    stoppedAt: row.stopped_at === null ? null : Number(row.stopped_at),
    note: json(row.note) ?? null,
    about: row.about === null ? null : String(row.about),
  }));
}

export function* progress(post: string): Operation<Progress> {
  const rows = yield* sql('SELECT state, count(*) AS n FROM delivery WHERE post = ? GROUP BY state', post);
  return Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));
}

/** One part a state: each reads an index of what is open, however long the history is. */
export function* openPosts(): Operation<string[]> {
  const of = (state: string) => `SELECT DISTINCT post FROM delivery WHERE state = '${state}' AND post IS NOT NULL`;
  return (yield* sql(`${of('pending')} UNION ${of('sending')} UNION ${of('held')}`)).map(({ post }) => String(post));
}

/** Those that have left within a span of time, or may have, and those that wait to leave within it. */
export function* used({ instance, from, to, of }: { instance: string; from: number; to: number; of?: 'posts' }): Operation<Used[]> {
  const rows = yield* sql(
    `SELECT address, count(*) AS n FROM delivery
     WHERE instance = ? ${of === 'posts' ? "AND kind <> 'reply' " : ''}AND (
       (state IN ('sent', 'sending', 'unknown') AND COALESCE(attempt_ended_at, changed_at) >= ? AND COALESCE(attempt_ended_at, changed_at) < ?)
       OR (state IN ('pending', 'held') AND not_before < ? AND expires_at > ?))
     GROUP BY address`,
    ...[instance, from, to, to, from],
  );
  return rows.map(({ address, n }) => ({ address: String(address), count: Number(n) }));
}

export function* heardAt(addresses: readonly string[]): Operation<{ address: string; at: number }[]> {
  if (addresses.length === 0) return [];
  const listed = padded(addresses.slice(0, MOST_AT_ONCE));
  const rows = yield* sql(`SELECT address, heard_at FROM lane WHERE heard_at IS NOT NULL AND address IN (${marks(listed)})`, ...listed);
  const found = rows.map(({ address, heard_at }) => ({ address: String(address), at: Number(heard_at) }));
  return [...found, ...(yield* heardAt(addresses.slice(MOST_AT_ONCE)))];
}
