// Several machines share the database; their clocks differ. What they give as "now" becomes the database's.
import type { Acceptance, Claiming } from '../port.js';

/** Where each operation has its `now` among its arguments. */
const LAST_NOW: Readonly<Record<string, number>> = {
  say: 1,
  post: 2,
  cancel: 1,
  record: 1,
  settle: 2,
  heartbeat: 3,
  expire: 0,
  resolve: 2,
  addNotice: 1,
  kvGet: 1,
  join: 1,
  writeAudit: 1,
  propose: 1,
  proposals: 1,
  take: 1,
  discard: 2,
  openSession: 1,
  session: 2,
  keep: 1,
  resumePost: 2,
  retryPost: 2,
};

export function withDatabaseClock(name: string, args: readonly unknown[], now: number): unknown[] {
  if (name === 'accept' || name === 'claim') return [{ ...(args[0] as Acceptance | Claiming), now }];
  const at = LAST_NOW[name];
  return at === undefined ? [...args] : args.map((arg, index) => (index === at ? now : arg));
}
