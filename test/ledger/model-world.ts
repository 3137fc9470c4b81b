// What all processes of a schedule share: time, chance, the platform and what it will take late.
import type { Capabilities } from '../../src/adapter.js';
import type { Outcome, SettledLimit } from '../../src/store/port.js';
import { Laws } from './model-laws.js';
import { type ModelStore, type Operations, random } from './model-store.js';

export const LEASE = 30;
export const QUIET = 60;
/** The platform takes a message no later than this after it was sent: less than the quiet time, which is the ledger's promise. */
const LATEST = 45;
const LIMITS: SettledLimit[][] = [
  ...[[], []],
  [{ scope: 'adapter', count: 2, per: 25 }],
  [{ scope: 'target', count: 1, per: 40 }],
  [
    { scope: 'adapter', count: 3, per: 30 },
    { scope: 'target', count: 2, per: 50 },
  ],
];

/** Deliveries that have arrived after their process had given up on them. */
export type Late = string[];

export class World {
  readonly log: string[] = [];
  readonly run: Operations;
  readonly laws: Laws;
  readonly limits: SettledLimit[];
  readonly gapMs: number;
  readonly capabilities: Capabilities;
  /** Without it nothing unknown may ever be repeated. */
  readonly readBack: boolean;
  readonly organizer: boolean;
  now = 1_000;
  /** No more trouble: whatever is sent arrives, and its answer too. */
  calm = false;
  readonly #random: () => number;
  readonly #trace: boolean;
  #onTheWay: { id: string; at: number; late: Late }[] = [];

  constructor(store: ModelStore, seed: number, trace: boolean) {
    this.run = store.run;
    this.#random = random(seed);
    this.#trace = trace;
    this.limits = this.one(LIMITS) as SettledLimit[];
    this.gapMs = this.below(2) * 5;
    const proactive = this.below(3) === 0 ? { withinMs: 40 } : ('always' as const);
    this.capabilities = { proactive, rooms: true, choices: false, limits: this.limits, gapMs: [this.gapMs, this.gapMs] };
    this.readBack = this.below(6) > 0;
    this.organizer = this.readBack && this.below(4) === 0;
    this.laws = new Laws(store, this.limits, this.gapMs);
  }

  /** What the platform makes of a message, and what its sender hears of it. */
  answer(id: string, late: Late): Outcome {
    this.laws.leaves(id);
    const dice = this.calm ? 0 : this.below(20);
    if (dice < 10) this.laws.accepted(id);
    if (dice < 8) return { state: 'sent', platformId: id };
    if (dice < 10) return { state: 'unknown', reason: 'arrived, its answer was lost' };
    if (dice < 12) return { state: 'unknown', reason: 'lost on the way' };
    if (dice < 13) return { state: 'refused', reason: 'invalid' };
    if (dice < 15)
      return { state: 'pending', reason: 'rate-limited', waitMs: 5 + this.below(40), scope: dice === 13 ? 'adapter' : 'target' };
    if (dice < 17) return { state: 'pending', reason: 'unreachable', waitMs: 2 };
    this.#onTheWay.push({ id, at: this.now + 1 + this.below(LATEST), late });
    return { state: 'unknown', reason: 'arrives late' };
  }

  wait(ms: number): void {
    this.now += ms;
    this.say('it is', this.now);
    for (const { id, at, late } of this.#onTheWay) {
      if (at > this.now) continue;
      this.say('the platform takes', id, 'at', at);
      this.laws.accepted(id);
      late.push(id);
    }
    this.#onTheWay = this.#onTheWay.filter(({ at }) => at > this.now);
  }

  below(most: number): number {
    return Math.floor(this.#random() * most);
  }

  one<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  say(...words: unknown[]): void {
    if (this.#trace) this.log.push(`${this.now} ${words.join(' ')}`);
  }
}
