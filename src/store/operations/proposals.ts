// What waits for a person's word.
import type { Done, NewProposal, Proposal, Taken } from '../desk.js';
import type { NewPost, Target } from '../port.js';
import { changed, first, json, type Operation, type Row, sql } from '../statement.js';
import { writeAudit } from './audit.js';
import { post as addPost } from './enqueue.js';

export function* propose(proposal: NewProposal, now: number, done?: Done): Operation<Proposal> {
  const { id, madeBy, kind, person, value, proof, tries, expiresAt, keptUntil } = proposal;
  const written = yield* changed(
    `INSERT INTO proposal (id, made_by, kind, person, value, proof, tries, expires_at, kept_until, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET made_by = excluded.made_by, value = excluded.value, proof = excluded.proof, tries = excluded.tries,
       expires_at = excluded.expires_at, kept_until = excluded.kept_until, created_at = excluded.created_at
     WHERE proposal.taken_by IS NULL AND proposal.made_by <> excluded.made_by AND proposal.person = excluded.person
       AND proposal.kind = excluded.kind
     RETURNING 1`,
    ...[id, madeBy, kind, person, JSON.stringify(value), proof, tries, expiresAt, keptUntil, now],
  );
  if (done && written > 0) yield* writeAudit({ who: person, ...done }, now);
  return proposalOf((yield* first('SELECT * FROM proposal WHERE id = ?', id)) as Row);
}

export function* proposals({ kind, person }: { kind: string; person?: string }, now: number): Operation<Proposal[]> {
  const rows = yield* sql(
    `SELECT * FROM proposal WHERE kind = ? AND person = COALESCE(?, person) AND taken_by IS NULL AND kept_until > ?
     ORDER BY created_at DESC, id`,
    ...[kind, person ?? null, now],
  );
  return rows.map(proposalOf);
}

export function* take(
  { id, kind, person, proof, by }: { id: string; kind: string; person: string; proof: string; by: string },
  now: number,
  commit?: { post: NewPost; targets: readonly Target[] },
): Operation<Taken> {
  // Written to be held: of two words that come at once, the second waits.
  const row = yield* first('UPDATE proposal SET tries = tries WHERE id = ? AND kind = ? AND person = ? RETURNING *', id, kind, person);
  if (!row) return { is: 'gone', why: 'unknown' };
  if (row.taken_by === by) return { is: 'taken', value: json(row.value), again: true };
  if (row.taken_by !== null) return { is: 'gone', why: 'taken' };
  const why = overBy(row, now);
  if (why) return { is: 'gone', why };
  if (row.proof === null || row.proof !== proof) return { is: 'wrong', triesLeft: yield* triesAfter(id) };
  yield* sql('UPDATE proposal SET taken_by = ? WHERE id = ?', by, id);
  if (commit) yield* addPost(commit.post, commit.targets, now);
  return { is: 'taken', value: json(row.value), again: false };
}

export function* discard(id: string, person: string, now: number, done?: Done): Operation<boolean> {
  const gone = yield* changed('DELETE FROM proposal WHERE id = ? AND person = ? AND taken_by IS NULL RETURNING 1', id, person);
  if (done && gone > 0) yield* writeAudit({ who: person, ...done }, now);
  return gone > 0;
}

export function overBy({ expires_at, tries }: Row, now: number): 'expired' | 'no-tries' | undefined {
  if (Number(expires_at) <= now) return 'expired';
  return Number(tries) <= 0 ? 'no-tries' : undefined;
}

/** A wrong word was said: how many are left. */
export function* triesAfter(id: string): Operation<number> {
  return Number((yield* first('UPDATE proposal SET tries = tries - 1 WHERE id = ? RETURNING tries', id))?.tries ?? 0);
}

function proposalOf(row: Row): Proposal {
  return {
    id: String(row.id),
    madeBy: String(row.made_by),
    kind: String(row.kind),
    person: String(row.person),
    value: json(row.value),
    proof: row.proof === null ? null : String(row.proof),
    tries: Number(row.tries),
    expiresAt: Number(row.expires_at),
    keptUntil: Number(row.kept_until),
    createdAt: Number(row.created_at),
    takenBy: row.taken_by === null ? null : String(row.taken_by),
  };
}
