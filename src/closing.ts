import { setTimeout } from 'node:timers/promises';
import type { Logger } from './adapter.js';

const CLOSE_MS = 12_000;

/** One part that does not end, or fails to, must not keep the others from ending. */
export async function closeInTime(close: () => unknown, log: Logger): Promise<void> {
  try {
    await Promise.race([close(), setTimeout(CLOSE_MS, undefined, { ref: false })]);
  } catch (error) {
    log.error({ err: error }, 'something did not close as it should');
  }
}

/** However often it is asked for. */
export function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
