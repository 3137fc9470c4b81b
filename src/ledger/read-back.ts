import type { Adapter, Address, Logger } from '../adapter.js';
import type { Delivery, Store } from '../store/port.js';
import { inTime } from './in-time.js';
import type { Timing } from './timing.js';

const AT_ONCE = 20;

/** not-asked: no answer, or an error instead of one. */
type Found = Awaited<ReturnType<NonNullable<Adapter['seen']>>> | { state: 'not-asked' };

export interface ReadBackParts {
  store: Store;
  log: Logger;
  adapter: Adapter;
  instance: string;
  timing: Timing;
  now(): number;
}

/**
 * Looks for unknown deliveries on the platform, once it is quiet: what arrived is sent, what did not may go again. Where the platform
 * cannot tell they stay unknown, for an organizer to decide. Returns how many may go again.
 */
export async function readBack({ store, log, adapter, instance, timing, now }: ReadBackParts): Promise<number> {
  if (!adapter.seen) return 0;
  const before = { endedBefore: now() - timing.quiet, checkedBefore: now() - timing.recheck };
  const unknown = await store.unresolved(instance, before, AT_ONCE);
  let again = 0;
  for (const delivery of unknown) {
    const found = await look(adapter, delivery, log, timing.request);
    if (found.state === 'sent') await store.resolve(delivery.id, found, now());
    else if (found.state === 'cannot-tell') await store.resolve(delivery.id, { state: 'unknown' }, now());
    // A platform that is away for a moment is asked again sooner than one that has said that it cannot tell.
    else if (found.state === 'not-asked')
      await store.resolve(delivery.id, { state: 'unknown', agoMs: timing.recheck - Math.min(timing.quiet, timing.recheck) }, now());
    // Another replica may have looked, sent, and be in doubt again meanwhile: that attempt has not been quiet yet.
    else if (await store.resolve(delivery.id, { state: 'pending', fence: delivery.fence }, now())) again += 1;
    log.info({ delivery: delivery.id, found: found.state }, 'a delivery whose end was unknown was looked for');
  }
  return again;
}

async function look(adapter: Adapter, { id, address, attemptEndedAt, inReplyTo }: Delivery, log: Logger, limitMs: number): Promise<Found> {
  try {
    const asked = adapter.seen?.(address as Address, id, new Date(attemptEndedAt ?? 0), inReplyTo);
    return (await inTime(asked, limitMs)) ?? { state: 'cannot-tell' };
  } catch (error) {
    log.warn({ err: error, delivery: id }, 'the platform cannot be asked whether a message arrived');
    return { state: 'not-asked' };
  }
}
