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
    if (answer.kind !== 'code' || message.addressed || !answer.reply) return false;
    const key = `${message.where} ${answer.events.join(' ')} ${answer.reply.card?.title ?? answer.reply.text}`;
    const last = this.#answered.get(key);
    if (last !== undefined && now - last < QUIET_MS) {
      this.silenced += 1;
      return true;
    }
    this.#answered.delete(key);
    this.#answered.set(key, now);
    const oldest = this.#answered.keys().next().value;
    if (this.#answered.size > MOST_KEPT && oldest !== undefined) this.#answered.delete(oldest);
    return false;
  }
}
