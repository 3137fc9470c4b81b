import type { Host } from '../../src/adapter.js';

/** So many in a row, with none that is right, are not a replay but a clock. */
const ENOUGH = 3;
const TELL_EVERY_MS = 3600_000;

/** A clock that is more than five minutes wrong has every message of WeChat refused: organizers have to know. */
export class SkewedClock {
  readonly #host: Pick<Host, 'tell' | 'log'>;
  #inARow = 0;
  #last = 0;
  #told = Number.NEGATIVE_INFINITY;

  constructor(host: Pick<Host, 'tell' | 'log'>) {
    this.#host = host;
  }

  /** `timestamp`: of a well-signed request that was refused for its time, in seconds; undefined: one was in time. `now` in milliseconds. */
  heard(timestamp: number | undefined, now: number): void {
    if (timestamp === undefined) this.#inARow = 0;
    // The same request over and over is a replay.
    if (timestamp === undefined || !Number.isSafeInteger(timestamp) || timestamp === this.#last) return;
    this.#last = timestamp;
    this.#inARow += 1;
    if (this.#inARow < ENOUGH || now - this.#told < TELL_EVERY_MS) return;
    this.#told = now;
    const seconds = Math.round(now / 1000 - timestamp);
    this.#host.log.warn({ seconds }, 'messages of WeChat are refused: their time and the clock of this machine do not agree');
    const apart = Math.abs(seconds);
    this.#host.tell({
      en: `The clock of this machine is ${apart} seconds ${seconds > 0 ? 'ahead of' : 'behind'} WeChat's, so every message is refused. Set the clock (NTP).`,
      zh: `这台机器的时钟比微信${seconds > 0 ? '快' : '慢'} ${apart} 秒，公众号的消息都被拒收了。请校准时间（NTP）。`,
    });
  }
}
