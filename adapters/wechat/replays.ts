import { createHash } from 'node:crypto';
import type { Fields } from './meaning.js';

/** Signatures are good for five minutes before and after: what was seen in two such spans is remembered. */
const SPAN_MS = 10 * 60_000;
/** More than 150 a second for ten minutes: the oldest are then forgotten early. */
const MOST_IN_SPAN = 100_000;

/**
 * Which message came under which timestamp and nonce. In plain mode a signature does not cover the body: whoever caught one
 * could else send any message with it. So all that the message says counts, not an id that the body may choose for itself.
 */
export class Replays {
  #current = new Map<string, string>();
  #before = new Map<string, string>();
  #since = 0;

  /** True when nothing came under this timestamp and nonce yet, or this very message (`digestOf`). `now` in milliseconds. */
  admits(timestamp: string, nonce: string, message: string, now: number): boolean {
    if (now - this.#since > SPAN_MS || this.#current.size >= MOST_IN_SPAN) this.#turn(now);
    const key = `${timestamp} ${nonce}`;
    const seen = this.#current.get(key) ?? this.#before.get(key);
    if (seen !== undefined) return seen === message;
    this.#current.set(key, message);
    return true;
  }

  #turn(now: number): void {
    this.#before = now - this.#since > 2 * SPAN_MS ? new Map() : this.#current;
    this.#current = new Map();
    this.#since = now;
  }
}

/** Of the message as it was opened: a redelivery that is sealed anew is still the same. */
export function digestOf(fields: Fields): string {
  return createHash('sha256')
    .update(JSON.stringify([...fields].sort(([one], [other]) => (one < other ? -1 : 1))))
    .digest('base64url');
}
