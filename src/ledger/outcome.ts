import { SendError } from '../adapter.js';
import type { Outcome } from '../store/port.js';
import type { Timing } from './timing.js';

const MOST_ATTEMPTS = 6;

/** What an error while sending means for the delivery. Anything that may have reached the platform is unknown. */
export function outcomeOf(error: unknown, attempts: number, now: number, timing: Timing): Outcome {
  if (!(error instanceof SendError) && !isSendError(error))
    return { state: 'unknown', reason: `the adapter failed: ${String((error as Error)?.message ?? error)}` };
  if (error.maybeSent) return { state: 'unknown', reason: error.message || error.reason };
  const again = error.reason === 'rate-limited' || error.reason === 'unreachable';
  if (!again || attempts >= MOST_ATTEMPTS) return { state: 'refused', reason: error.reason };
  const wait = error.retryAfterMs ?? timing.retry * 2 ** (attempts - 1);
  return { state: 'pending', reason: error.reason, notBefore: now + Math.max(0, wait) };
}

/** Adapters that live elsewhere may carry a copy of the class: its shape counts. */
function isSendError(error: unknown): error is SendError {
  const shape = error as Partial<SendError> | null;
  return (
    typeof shape === 'object' && shape?.name === 'SendError' && typeof shape.reason === 'string' && typeof shape.maybeSent === 'boolean'
  );
}
