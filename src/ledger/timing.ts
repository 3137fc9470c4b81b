/** Every span that the ledger waits, in milliseconds. One value, passed in: tests use a hundredth. */
export interface Timing {
  /** A claimed delivery is ours so long; found `sending` after it, it is `unknown`. */
  lease: number;
  /** Leases are lengthened this often; a process that cannot do that sends nothing more. */
  heartbeat: number;
  /** A request to a platform is given up after this: below the lease. */
  request: number;
  /** Replies older than this are not sent any more. */
  replyLimit: number;
  noticeLimit: number;
  /** First wait before a refused connection is tried again; doubled each time. */
  retry: number;
  /** An unknown delivery is looked for so long after its attempt ended: by then it has arrived, or never will. */
  quiet: number;
  /** And so long after nobody could tell. */
  recheck: number;
  /** What must not be sent now is looked at again after this. */
  stopped: number;
  /** How long a stop waits for what is under way. */
  drain: number;
  /** How often the store is asked for what others have put there: another replica, a command. */
  poll: number;
  /** How often leases that have ended, and what is too late, are looked for. */
  sweep: number;
}

export const TIMING: Timing = {
  lease: 30_000,
  heartbeat: 10_000,
  request: 10_000,
  replyLimit: 10 * 60_000,
  noticeLimit: 24 * 3600_000,
  retry: 1_000,
  quiet: 60_000,
  recheck: 5 * 60_000,
  stopped: 30_000,
  drain: 10_000,
  poll: 500,
  sweep: 5_000,
};

/** The same proportions, n times as fast. */
export function faster(timing: Timing, n: number): Timing {
  return Object.fromEntries(Object.entries(timing).map(([span, ms]) => [span, ms / n])) as unknown as Timing;
}
