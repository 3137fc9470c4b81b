/** The kill switch: a platform that an organizer has paused sends nothing until it is resumed, over restarts and in every replica. */
import type { Logger } from '../adapter.js';
import { keyvOver } from '../store/keyv.js';
import type { Store } from '../store/port.js';

const LOOK_MS = 500;
const KEY = 'paused';

/** Instance → who paused it. */
type Paused = Record<string, string>;

export class Pauses {
  readonly #kept;
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  #paused: Paused = {};

  constructor(store: Store, log: Logger, now: () => number) {
    this.#kept = keyvOver(store, 'pauses', now);
    this.#log = log;
    // A command beside the bot, or another replica, may change it.
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    this.#timer.unref();
  }

  /** Why it sends nothing; for the ledger's reader. */
  of(instance: string): string | undefined {
    const by = this.#paused[instance];
    return by === undefined ? undefined : `paused by ${by}`;
  }

  /** Never rejects: while the store cannot be asked, what was known counts. */
  async look(): Promise<void> {
    try {
      this.#paused = (await this.#kept.get<Paused>(KEY)) ?? {};
    } catch (error) {
      this.#log.debug({ err: error }, 'whether a platform is paused cannot be looked up');
    }
  }

  async pause(instance: string, by: string): Promise<void> {
    await this.#change((paused) => ({ ...paused, [instance]: by }));
  }

  async resume(instance: string): Promise<void> {
    await this.#change(({ [instance]: _, ...others }) => others);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #change(change: (paused: Paused) => Paused): Promise<void> {
    const paused = change((await this.#kept.get<Paused>(KEY)) ?? {});
    await this.#kept.set(KEY, paused);
    this.#paused = paused;
  }
}
