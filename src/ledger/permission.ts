import type { Capabilities } from '../adapter.js';
import type { Outcome } from '../store/port.js';
import type { Claimed } from './send.js';

/** What the platform does not allow is refused before anything is sent, or waits for the member's next message; undefined: allowed. */
export function refusalOf(claim: Claimed, capabilities: Capabilities, now: number): Outcome | undefined {
  const reason = whyNot(claim, capabilities, now);
  return reason === undefined ? undefined : { state: claim.hold && reason !== 'quota' ? 'held' : 'refused', reason };
}

function whyNot({ kind, address, heardAt }: Claimed, { proactive, rooms, quota }: Capabilities, now: number): string | undefined {
  if (!rooms && address.split(':', 2)[1] === 'room') return 'unknown-target';
  // An answer to what was just said is no proactive message.
  if (kind !== 'reply') {
    if (proactive === 'never') return 'not-allowed';
    if (proactive !== 'always' && (heardAt === null || now - heardAt > proactive.withinMs)) return 'window-closed';
  }
  const left = quota?.();
  return left && left.left <= 0 && now < left.resetsAt.getTime() ? 'quota' : undefined;
}
