/**
 * Channels that emcee.yaml knows by a platform's name (`slack:#events`): looked up when their platform is there, and kept by id, so
 * that a room that is renamed later stays the same channel.
 */
import type { Adapter, Logger, Sessions } from '../adapter.js';
import type { Channel, Community } from '../content/catalog.js';
import type { Notice } from '../store/port.js';

const ADDRESS = /^[\w-]+:(?:room|person|audience):/;
/** A room may be made, or the bot invited, after the name was written. */
const AGAIN_MS = 10 * 60_000;

export interface ChannelsParts {
  log: Logger;
  /** name → address, over restarts. */
  kept: Sessions;
  community(): Community;
  /** Undefined while it is not online. */
  adapterOf(instance: string): Adapter | undefined;
  /** Whether rooms there are bound by a code, not found by their names. */
  isBound(instance: string): boolean;
  notify(text: Notice['text']): void;
  words: {
    unknown(channel: string, name: string): Notice['text'];
    unbound(channel: string, name: string): Notice['text'];
    elsewhere(channel: string, name: string, address: string): Notice['text'];
  };
}

export class Channels {
  readonly #parts: ChannelsParts;
  readonly #addresses = new Map<string, string>();
  readonly #told = new Set<string>();
  #last: { from: Community; resolved: Community } | undefined;
  #looking: Promise<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(parts: ChannelsParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.look(), AGAIN_MS);
    this.#timer.unref();
  }

  /** The community with every address that is known by now in place of its name. */
  resolved(from: Community): Community {
    if (this.#last?.from === from) return this.#last.resolved;
    const channels = from.channels.map((channel) => ({ ...channel, address: this.#addresses.get(channel.address) ?? channel.address }));
    this.#last = { from, resolved: { ...from, channels } };
    return this.#last.resolved;
  }

  /** Whether one of the community's channels is there. */
  has(address: string): boolean {
    return this.resolved(this.#parts.community()).channels.some((channel) => channel.address === address);
  }

  /** Looks up the names that are not known yet: when a platform comes online, and when the settings change. Never rejects. */
  async look(): Promise<void> {
    const before = this.#looking;
    const mine = (async () => {
      await before;
      for (const channel of this.#parts.community().channels) await this.#find(channel);
    })();
    this.#looking = mine;
    await mine;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #find({ name: channel, address: written }: Channel): Promise<void> {
    if (ADDRESS.test(written) || this.#addresses.has(written)) return;
    const { log, kept, adapterOf, isBound, words } = this.#parts;
    const [instance = '', ...name] = written.split(':');
    const adapter = adapterOf(instance);
    if (!adapter) return;
    try {
      const earlier = await kept.get<string>(written);
      // What was found once counts at once, also while the platform cannot be asked.
      if (earlier !== undefined) this.#use(written, earlier);
      const found = await adapter.resolve?.(name.join(':'));
      if (found === undefined && earlier === undefined)
        return this.#tell(written, isBound(instance) ? words.unbound(channel, written) : words.unknown(channel, written));
      if (earlier !== undefined && found !== earlier) this.#tell(written, words.elsewhere(channel, written, earlier));
      if (earlier !== undefined || found === undefined) return;
      await kept.set(written, found);
      this.#use(written, found);
      log.info({ channel, address: found }, 'a channel was found');
    } catch (error) {
      log.warn({ err: error, channel }, 'a channel cannot be looked up; it is tried again');
    }
  }

  #use(written: string, address: string): void {
    this.#addresses.set(written, address);
    this.#last = undefined;
  }

  /** Once while the bot runs. */
  #tell(written: string, notice: Notice['text']): void {
    if (this.#told.has(written)) return;
    this.#told.add(written);
    this.#parts.notify(notice);
  }
}
