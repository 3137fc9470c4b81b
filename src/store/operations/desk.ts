// Organizers and their sessions.
import type { Joined, OrganizerRow } from '../desk.js';
import { changed, first, json, marks, type Operation, type Row, sql } from '../statement.js';
import { writeAudit } from './audit.js';
import { touchKept } from './kept.js';
import { overBy, triesAfter } from './proposals.js';
import { instanceOf } from './rows.js';

export function* organizers(): Operation<OrganizerRow[]> {
  return (yield* sql('SELECT * FROM organizer ORDER BY added_at, address')).map(organizerOf);
}

export function* join(
  { id, proof, address, name }: { id: string; proof: string; address: string; name: string | null },
  now: number,
): Operation<Joined> {
  // Written to be held: of two that come at once, the second waits.
  const invite = yield* first(`UPDATE proposal SET tries = tries WHERE id = ? AND kind = 'invite' RETURNING *`, id);
  if (!invite) return { is: 'gone', why: 'unknown' };
  const addedBy = `invite:${id}`;
  // Ids are short: an earlier invitation may have had this one.
  const joined = (yield* sql(
    'SELECT * FROM organizer WHERE added_by = ? AND added_at >= ? ORDER BY added_at, address',
    addedBy,
    Number(invite.created_at),
  )).map(organizerOf);
  const before = joined.find((each) => instanceOf(each.address) === instanceOf(address));
  if (before?.address === address && invite.proof === proof) return { is: 'joined', person: before.person, again: true };
  const why = overBy(invite, now);
  if (why) return { is: 'gone', why };
  if (invite.proof !== proof) return { is: 'wrong', triesLeft: yield* triesAfter(id) };
  if (before) return { is: 'gone', why: 'used' };
  const known = yield* first('SELECT person FROM organizer WHERE address = ?', address);
  const person = (json(invite.value) as { person?: string } | null)?.person ?? joined[0]?.person ?? String(known?.person ?? address);
  yield* sql(
    `INSERT INTO organizer (address, person, name, added_at, added_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (address) DO UPDATE SET person = excluded.person, name = excluded.name, added_at = excluded.added_at, added_by = excluded.added_by`,
    // A clock that was set back must not hide it from those who say the code after it.
    ...[address, person, name, Math.max(now, Number(invite.created_at)), addedBy],
  );
  yield* touchKept();
  // In the same commit: nobody becomes an organizer without a trace, whenever the process ends.
  yield* writeAudit({ who: person, did: 'joined', about: { account: address, invite: id } }, now);
  return { is: 'joined', person, again: false };
}

export function* removeOrganizers(addresses: readonly string[]): Operation<string[]> {
  if (addresses.length === 0) return [];
  const gone = yield* sql(`DELETE FROM organizer WHERE address IN (${marks(addresses)}) RETURNING address, person, added_by`, ...addresses);
  const persons = [...new Set([...gone.map(({ person }) => String(person)), ...addresses])];
  yield* sql(`DELETE FROM session WHERE person IN (${marks(persons)})`, ...persons);
  // Neither the code they came by, nor one they have asked for, nor a sign-in link lets them in again.
  const invites = ['', ...gone.map(({ added_by }) => String(added_by).replace(/^invite:/, ''))];
  yield* sql(
    `UPDATE proposal SET tries = 0 WHERE taken_by IS NULL
       AND (person IN (${marks(persons)}) OR (kind = 'invite' AND id IN (${marks(invites)})))`,
    ...[...persons, ...invites],
  );
  if (gone.length > 0) yield* touchKept();
  return gone.map(({ address }) => String(address));
}

export function* openSession({ hash, person }: { hash: string; person: string }, now: number): Operation<void> {
  yield* sql('INSERT INTO session (hash, person, created_at, seen_at) VALUES (?, ?, ?, ?)', hash, person, now, now);
}

export function* session(
  hash: string,
  { idleMs, longestMs }: { idleMs: number; longestMs: number },
  now: number,
): Operation<string | undefined> {
  yield* sql('DELETE FROM session WHERE created_at <= ? OR seen_at <= ?', now - longestMs, now - idleMs);
  const row = yield* first('UPDATE session SET seen_at = ? WHERE hash = ? RETURNING person', now, hash);
  return row && String(row.person);
}

export function* closeSession(hash: string): Operation<void> {
  yield* sql('DELETE FROM session WHERE hash = ?', hash);
}

export function* closeSessions(person: string): Operation<number> {
  return yield* changed('DELETE FROM session WHERE person = ? RETURNING 1', person);
}

function organizerOf({ address, person, name, added_at, added_by }: Row): OrganizerRow {
  return {
    address: String(address),
    person: String(person),
    name: name === null ? null : String(name),
    addedAt: Number(added_at),
    addedBy: String(added_by),
  };
}
