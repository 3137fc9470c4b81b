import type { Incoming } from '../adapter.js';
import type { Answer } from '../answer/types.js';

/** In a room without threads the same code is answered once in this time (design 3.5, Limits). */
const QUIET_MS = 2 * 60_000;
const MOST_KEPT = 10_000;

/** Remembers which code was answered in which room, so that twenty members sending it do not fill the room. */
export class Repeats {
  readonly #answered = new Map<string, number>();
  /** Repeats that were met with silence. */
  silenced = 0;

  /** True when this room heard this very answer within two minutes. A mention is always answered. */
  again(message: Incoming, answer: Answer, now: number): boolean {
    const key = keyOf(message, answer);
    const last = key === undefined ? undefined : this.#answered.get(key);
    if (last === undefined || now - last >= QUIET_MS) return false;
    this.silenced += 1;
    return true;
  }

  /** Notes an answer, once it is certain to go out. */
  answered(message: Incoming, answer: Answer, now: number): void {
    const key = keyOf(message, answer);
    if (key === undefined) return;
    this.#answered.delete(key);
    this.#answered.set(key, now);
    const oldest = this.#answered.keys().next().value;
    if (this.#answered.size > MOST_KEPT && oldest !== undefined) this.#answered.delete(oldest);
  }
}

/** What the room would hear, for two codes of one event may get different things; undefined where repeats do not matter. */
function keyOf(message: Incoming, { kind, reply }: Answer): string | undefined {
  if (kind !== 'code' || message.addressed || !reply) return undefined;
  return JSON.stringify([message.where, reply.text, reply.card?.title, reply.card?.links.map(({ url }) => url)]);
}
