import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../adapter.js';
import type { Attempt, Store } from '../store/port.js';

export interface ReceiptsParts {
  store: Store;
  log: Logger;
  retryMs: number;
  now(): number;
}

/** The ends of attempts on their way into the store. Those that come while others are written are written together. */
export class Receipts {
  readonly #parts: ReceiptsParts;
  #waiting: { attempt: Attempt; endedAt: number; written(nextInMs: number | null): void }[] = [];
  #writing: Promise<void> | undefined;

  constructor(parts: ReceiptsParts) {
    this.#parts = parts;
  }

  get busy(): boolean {
    return this.#writing !== undefined;
  }

  /**
   * Settles when it is written, with how long the address's next delivery has to wait (null: there is none); one that cannot be written is
   * tried until it can, for nothing else knows what became of it.
   */
  keep(attempt: Attempt): Promise<number | null> {
    return new Promise((written) => {
      this.#waiting.push({ attempt, endedAt: performance.now(), written });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    const { store, log, retryMs, now } = this.#parts;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const began = performance.now();
        const recorded = await store.record(
          batch.map(({ attempt, endedAt }) => rested(attempt, began - endedAt)),
          now(),
        );
        for (const [index, { attempt, written }] of batch.entries()) {
          const { kept, nextInMs } = recorded[index] ?? { kept: false, nextInMs: null };
          if (!kept) log.warn({ delivery: attempt.id, state: attempt.outcome.state }, 'a receipt came after the lease had ended');
          written(nextInMs);
        }
      } catch (error) {
        log.error({ err: error, receipts: batch.length }, 'receipts cannot be written; they are tried again');
        this.#waiting.unshift(...batch);
        await wait(retryMs, undefined, { ref: false });
      }
    }
    // At once, not in a later turn: a receipt that comes in between would wait for the next one to take it along.
    this.#writing = undefined;
  }
}

/** The platform's gap counts from the end of the attempt, not from when that is written. */
function rested(attempt: Attempt, sinceMs: number): Attempt {
  const { outcome } = attempt;
  return outcome.gapMs ? { ...attempt, outcome: { ...outcome, gapMs: Math.max(0, Math.ceil(outcome.gapMs - sinceMs)) } } : attempt;
}
