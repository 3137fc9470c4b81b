import { type Adapter, type Address, type Receipt, SendError } from '../adapter.js';
import type { Claim, Outcome } from '../store/port.js';
import { outcomeOf } from './outcome.js';
import type { Timing } from './timing.js';

/** A delivery that is claimed. */
export type Claimed = Pick<Claim, 'id' | 'kind' | 'address' | 'wire' | 'inReplyTo' | 'attempts' | 'fence' | 'hold' | 'heardAt'>;

/** Sends it. Never rejects. `late` is called when the adapter says "sent" after its time was up. */
export async function send(adapter: Adapter, claim: Claimed, timing: Timing, late: (outcome: Outcome) => Promise<void>): Promise<Outcome> {
  // Its own timer, so that it ends with the attempt: thousands of signals that wait for nothing are tens of megabytes.
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timing.request);
  const { signal } = timeout;
  try {
    const sending = adapter.send(claim.address as Address, claim.wire, { deliveryId: claim.id, inReplyTo: claim.inReplyTo, signal });
    return sent(await withinTime(sending, signal, (receipt) => late(sent(receipt))));
  } catch (error) {
    return outcomeOf(error, claim.attempts, timing);
  } finally {
    clearTimeout(timer);
  }
}

function sent({ platformId, state, counts }: Receipt): Outcome {
  return { state: 'sent', platformId, receipt: state, counts };
}

/** An adapter that never settles must not hold its lane: after the request time its outcome is unknown. */
function withinTime<Value>(sending: Promise<Value>, signal: AbortSignal, late: (value: Value) => Promise<void>): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new SendError('unreachable', 'no answer in time', { maybeSent: true })));
    sending.then((value) => (signal.aborted ? late(value).catch(() => undefined) : resolve(value)), reject);
  });
}
