// Who joins one of the channels that SLACK_WELCOME names is welcomed, once.
import type { Host } from '../../src/adapter.js';
import type { Directory } from './directory.js';
import { noWelcome } from './words.js';

const KEY = 'welcomed channels';

/** Ids of the channels by now: kept, so that a new name changes nothing and no join waits for Slack. */
export class WelcomeChannels {
  readonly #names: readonly string[];
  readonly #host: Host;
  readonly #ids = new Map<string, string>();

  constructor(names: readonly string[], host: Host) {
    this.#names = names.map((name) => (/^[CG][A-Z0-9]{2,}$/.test(name) || name.startsWith('#') ? name : `#${name}`));
    this.#host = host;
  }

  has(channel: string): boolean {
    return [...this.#ids.values()].includes(channel);
  }

  /** Never rejects: while Slack cannot be asked, what was found before counts. */
  async look(directory: Directory): Promise<void> {
    if (this.#names.length === 0) return;
    try {
      const kept = (await this.#host.sessions.get<Record<string, string>>(KEY)) ?? {};
      for (const [name, id] of Object.entries(kept)) if (this.#names.includes(name)) this.#ids.set(name, id);
      for (const name of this.#names.filter((each) => !this.#ids.has(each))) {
        const address = await directory.resolve(name);
        if (address) this.#ids.set(name, address.slice(address.lastIndexOf(':') + 1));
      }
      await this.#host.sessions.set(KEY, Object.fromEntries(this.#ids));
      const missing = this.#names.filter((name) => !this.#ids.has(name));
      if (missing.length > 0) this.#host.tell(noWelcome(missing));
    } catch (error) {
      this.#host.log.warn({ err: error }, 'the channels of SLACK_WELCOME cannot be looked up');
    }
  }
}
