import type { Sessions } from '../../../src/adapter.js';

const SECOND = 1_000;
/** WeChat renews a token five minutes before its end, and both are good meanwhile. */
const EARLY_MS = 300 * SECOND;
const SPREAD_MS = 60 * SECOND;
/** What cannot be had now is not asked for again and again. */
const REST_MS = 60 * SECOND;

interface Kept {
  value: string;
  /** Milliseconds since 1970. */
  until: number;
  /** So much earlier at most: replicas do not all ask in the same moment. */
  spread?: number;
}

export interface TokensParts {
  appId: string;
  sessions: Sessions;
  /** Asks WeChat: the token and its life in seconds, as it says. */
  fetch(): Promise<{ token: string; seconds: number }>;
  now: () => number;
}

/** The account's access token: fetched once for all replicas, one request at a time, never by force. */
export class Tokens {
  readonly #parts: TokensParts;
  readonly #key: string;
  readonly #early = Math.random();
  #kept: Kept | undefined;
  #dead: string | undefined;
  #refreshing: Promise<string> | undefined;
  #failed: { error: unknown; until: number } | undefined;

  constructor(parts: TokensParts) {
    this.#parts = parts;
    this.#key = `token:${parts.appId}`;
  }

  /** @throws what `fetch` throws */
  async get(): Promise<string> {
    const now = this.#parts.now();
    if (this.#kept && this.#isGood(this.#kept, now)) return this.#kept.value;
    if (this.#failed && this.#failed.until > now) throw this.#failed.error;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** WeChat refuses this token: it is not used again. */
  drop(token: string): void {
    this.#dead = token;
    if (this.#kept?.value === token) this.#kept = undefined;
  }

  #isGood({ until, spread = SPREAD_MS }: Kept, now: number): boolean {
    return until - this.#early * spread > now;
  }

  async #refresh(): Promise<string> {
    const { sessions, fetch, now } = this.#parts;
    const shared = await sessions.get<Kept>(this.#key).catch(() => undefined);
    if (shared && this.#isGood(shared, now()) && shared.value !== this.#dead) {
      this.#kept = shared;
      return shared.value;
    }
    try {
      const { token, seconds } = await fetch();
      this.#failed = undefined;
      const { life, spread } = lifeOf(seconds);
      this.#kept = { value: token, until: now() + life, spread };
      await sessions.set(this.#key, this.#kept, life).catch(() => undefined);
      return token;
    } catch (error) {
      this.#failed = { error, until: now() + REST_MS };
      throw error;
    }
  }
}

/** Between a minute and two hours, whatever the answer says; renewed early. In milliseconds. */
function lifeOf(seconds: number): { life: number; spread: number } {
  const life = Math.min(Math.max(Number.isFinite(seconds) ? seconds : 0, 60), 7_200) * SECOND;
  return life > 2 * EARLY_MS ? { life: life - EARLY_MS, spread: SPREAD_MS } : { life: (life * 3) / 4, spread: life / 4 };
}
