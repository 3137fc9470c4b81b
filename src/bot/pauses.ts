/** The kill switch: a platform that an organizer has paused sends nothing until it is resumed, over restarts and in every replica. */
import type { Logger } from '../adapter.js';
import type { Store } from '../store/port.js';

const LOOK_MS = 500;

export class Pauses {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #instances: readonly string[];
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  /** Instance → who paused it. */
  readonly #paused = new Map<string, string>();

  /** @param instances those that are on */
  constructor(store: Store, log: Logger, instances: readonly string[], now: () => number) {
    this.#store = store;
    this.#log = log;
    this.#instances = instances;
    this.#now = now;
    // A command beside the bot, or another replica, may change it.
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    this.#timer.unref();
  }

  /** Why it sends nothing; for the ledger's reader. */
  of(instance: string): string | undefined {
    const by = this.#paused.get(instance);
    return by === undefined ? undefined : `paused by ${by}`;
  }

  /** Never rejects: while the store cannot be asked, what was known counts. */
  async look(): Promise<void> {
    try {
      for (const instance of this.#instances) this.#learn(instance, await this.#store.kvGet(keyOf(instance), this.#now()));
    } catch (error) {
      this.#log.debug({ err: error }, 'whether a platform is paused cannot be looked up');
    }
  }

  async pause(instance: string, by: string): Promise<void> {
    await this.#store.kvSet(keyOf(instance), by, null);
    this.#learn(instance, by);
  }

  async resume(instance: string): Promise<void> {
    await this.#store.kvDelete(keyOf(instance));
    this.#learn(instance, undefined);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #learn(instance: string, by: string | undefined): void {
    if (by === undefined) this.#paused.delete(instance);
    else this.#paused.set(instance, by);
  }
}

/** One for each: two that are paused at the same moment are both paused. */
const keyOf = (instance: string): string => `pauses:${instance}`;
