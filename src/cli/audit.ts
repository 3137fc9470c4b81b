import { cleanText } from '../render/index.js';
import type { AuditEntry } from '../store/desk.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { withStore } from './with-store.js';

const MOST = 100_000;

/** `emcee audit`: what organizers and operators did, the newest last, so that it ends where one looks. */
export async function auditCommand({ limit, json }: { limit: string; json?: boolean }): Promise<Outcome> {
  const count = /^\d{1,6}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > MOST) throw new UsageError(`--limit: '${limit}' is no number from 1 to ${MOST}.`);
  return withStore(async (store) => {
    const entries = (await store.readAudit(count)).reverse();
    if (json) return jsonOutcome(entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })));
    return { lines: entries.length > 0 ? entries.map(line) : ['Nothing has been done yet.'] };
  });
}

/** One line each, whatever somebody's name holds. */
function line({ at, who, did, about }: AuditEntry): string {
  const rest = Object.entries(about).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return cleanText(`${new Date(at).toISOString()}  ${who}  ${did}  ${rest.join(' ')}`)
    .replace(/\n/g, ' ')
    .trimEnd();
}
