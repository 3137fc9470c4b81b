// What organizers and operators did.
import type { AuditEntry } from '../desk.js';
import { json, type Operation, sql } from '../statement.js';

export function* writeAudit({ who, did, about }: Omit<AuditEntry, 'at'>, now: number): Operation<void> {
  yield* sql('INSERT INTO audit (at, who, did, about) VALUES (?, ?, ?, ?)', now, who, did, JSON.stringify(about));
}

export function* readAudit(limit: number): Operation<AuditEntry[]> {
  const rows = yield* sql('SELECT * FROM audit ORDER BY id DESC LIMIT ?', limit);
  return rows.map(({ at, who, did, about }) => ({
    at: Number(at),
    who: String(who),
    did: String(did),
    about: json(about) as Record<string, unknown>,
  }));
}
