import type { Sessions } from '../../src/adapter.js';

const EVERY_MS = 3600_000;
/** The store may be slow; WeChat is not. */
const WAIT_MS = 500;
const MOST_KEPT = 10_000;

/**
 * Who says hello to friends on the account does not want the same hint under each message: at most one an hour and member, as the
 * account's own default reply does. Kept for all replicas, and in this process for when the store is slow.
 */
export class Courtesy {
  readonly #sessions: Sessions;
  readonly #kept = new Map<string, { message: string; at: number; allowed: Promise<boolean> }>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** Whether this member may get the hint now, in answer to this message. A repeat of a message gets what the first got. */
  async allows(member: string, message: string, now: number): Promise<boolean> {
    const own = this.#kept.get(member);
    if (own && now - own.at < EVERY_MS) return own.message === message && own.allowed;
    // The place is taken before anything is waited for: two messages may come at once.
    const allowed = this.#ask(`hint:${member}`, message);
    const mine = { message, at: now, allowed };
    this.#kept.delete(member);
    this.#kept.set(member, mine);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    // Another process gave the hint, nobody here knows when: the store does.
    if (!(await allowed) && this.#kept.get(member) === mine) this.#kept.delete(member);
    return allowed;
  }

  async #ask(key: string, message: string): Promise<boolean> {
    const last = await soon(this.#sessions.get<string>(key));
    if (last !== undefined) return last === message;
    await soon(this.#sessions.set(key, message, EVERY_MS));
    return true;
  }
}

/** What is not there in time, or not at all, is undefined. */
async function soon<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), WAIT_MS);
  });
  const value = await Promise.race([asked.catch(() => undefined), late]);
  clearTimeout(timer);
  return value;
}
