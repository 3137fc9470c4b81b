import { type RetryScope, SendError } from '../adapter.js';
import type { Outcome } from '../store/port.js';
import type { Timing } from './timing.js';

const MOST_ATTEMPTS = 6;
/** Longer than this nobody waits; a platform that says so means something else. */
const LONGEST_WAIT_MS = 24 * 3600_000;

/** What an error while sending means for the delivery. Anything that may have reached the platform is unknown. */
export function outcomeOf(error: unknown, attempts: number, timing: Timing): Outcome {
  if (!(error instanceof SendError) && !isSendError(error))
    return { state: 'unknown', reason: `the adapter failed: ${String((error as Error)?.message ?? error)}` };
  if (error.maybeSent) return { state: 'unknown', reason: error.message || error.reason };
  const again = error.reason === 'rate-limited' || error.reason === 'unreachable';
  if (!again || attempts >= MOST_ATTEMPTS) return { state: 'refused', reason: error.reason, detail: error.message };
  const wanted = Number(error.retryAfterMs ?? timing.retry * 2 ** (attempts - 1));
  const waitMs = Number.isFinite(wanted) ? Math.min(Math.max(0, wanted), LONGEST_WAIT_MS) : timing.retry;
  return { state: 'pending', reason: error.reason, waitMs, ...scopeOf(error) };
}

/** A platform that says how long to wait means everything that goes there, not this message alone. */
function scopeOf({ retryAfterMs, retryScope }: SendError): { scope?: RetryScope } {
  return retryAfterMs === undefined ? {} : { scope: retryScope ?? 'target' };
}

/** Adapters that live elsewhere may carry a copy of the class: its shape counts. */
function isSendError(error: unknown): error is SendError {
  const shape = error as Partial<SendError> | null;
  return (
    typeof shape === 'object' && shape?.name === 'SendError' && typeof shape.reason === 'string' && typeof shape.maybeSent === 'boolean'
  );
}
