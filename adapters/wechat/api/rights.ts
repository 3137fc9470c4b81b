// What the account may do: looked for, kept for a day, and learnt from what WeChat refuses.
import type { Host } from '../../../src/adapter.js';
import type { Client } from './client.js';
import { ApiError } from './errors.js';
import { probe } from './probe.js';

const HOUR_MS = 3600_000;
/** What was found out is good for so long; what another process found out is looked up more often, for nobody knows its age. */
const KNOWN_MS = 24 * HOUR_MS;
const READ_AGAIN_MS = HOUR_MS;
/** After a second failure; the first may be chance. */
const LOOK_AGAIN_MS = 10 * 60_000;
const BANNED_MS = HOUR_MS;
const TELL_EVERY_MS = HOUR_MS;

/** Which part of the API a message needs. */
export type Part = 'custom' | 'mass';

export class Rights {
  readonly #host: Pick<Host, 'sessions' | 'tell'>;
  readonly #client: Client;
  readonly #closed = new Set<Part>();
  /** Error code → when organizers were told. */
  readonly #told = new Map<number, number>();
  #bannedUntil = 0;
  #looking: Promise<void> | undefined;
  #lookAt = 0;
  #failures = 0;

  constructor(host: Pick<Host, 'sessions' | 'tell'>, client: Client) {
    this.#host = host;
    this.#client = client;
  }

  has(part: Part): boolean {
    return !this.#closed.has(part) && Date.now() >= this.#bannedUntil;
  }

  /** What was found out before. */
  async recall(): Promise<void> {
    const closed = await this.#host.sessions.get<Part[]>('closed').catch(() => undefined);
    for (const part of closed ?? []) this.#closed.add(part);
  }

  /** When there is time: what the account may not do is better known before somebody plans with it. */
  async look(): Promise<void> {
    if (Date.now() < this.#lookAt) return;
    this.#looking ??= this.#findOut().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Learns from what WeChat refused; `part`: what the request needed. */
  note(error: unknown, part?: Part): void {
    if (!(error instanceof ApiError)) return;
    if (error.code === 48001 && part) {
      this.#closed.add(part);
      void this.#host.sessions.set('closed', [...this.#closed], KNOWN_MS).catch(() => undefined);
    }
    if (error.code === 48004 || error.code === 50002) this.#bannedUntil = Date.now() + BANNED_MS;
    const last = this.#told.get(error.code) ?? Number.NEGATIVE_INFINITY;
    if (!error.mend || Date.now() - last < TELL_EVERY_MS) return;
    this.#told.set(error.code, Date.now());
    this.#host.tell({ en: `WeChat: ${error.says.en}`, zh: `公众号：${error.says.zh}` });
  }

  async #findOut(): Promise<void> {
    const { sessions } = this.#host;
    try {
      const known = await sessions.get<Part[]>('closed');
      const closed = known ?? (await probe(this.#client));
      this.#closed.clear();
      for (const part of closed) this.#closed.add(part);
      this.#failures = 0;
      this.#lookAt = Date.now() + (known ? READ_AGAIN_MS : KNOWN_MS);
      // Only what is new: else an account that starts anew every day would never be looked at again.
      if (!known) await sessions.set('closed', closed, KNOWN_MS);
    } catch (error) {
      this.#failures += 1;
      if (this.#failures > 1) this.#lookAt = Date.now() + LOOK_AGAIN_MS;
      this.note(error);
    }
  }
}
