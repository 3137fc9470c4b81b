// Posts as a whole: what was posted, and how far it is.
import type { PostRow, Progress } from '../desk.js';
import { json, marks, type Operation, sql } from '../statement.js';

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
