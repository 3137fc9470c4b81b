// What must never happen, whatever the schedule. A broken law throws; its message says which delivery.
import type { Limit } from '../../src/adapter.js';
import type { Claimed } from '../../src/ledger/send.js';
import type { Attempt } from '../../src/store/port.js';
import { type Delivery, type ModelStore, type Picture, wrongWith } from './model-store.js';

export class Laws {
  readonly #store: ModelStore;
  readonly #limits: readonly Limit[];
  readonly #gapMs: number;
  /** Deliveries that an organizer has decided: repeats and untruths are theirs. */
  readonly byHand = new Set<string>();
  readonly #accepted = new Map<string, number>();
  readonly #cancelled = new Set<string>();
  /** Posts that were stopped, at least once. */
  readonly #stopped = new Set<string>();
  readonly #claims: { scope: string; at: number }[] = [];
  readonly #restsUntil = new Map<string, number>();
  readonly #left = new Set<string>();
  #before: Picture = new Map();
  #changes = -1;

  constructor(store: ModelStore, limits: readonly Limit[], gapMs: number) {
    this.#store = store;
    this.#limits = limits;
    this.#gapMs = gapMs;
  }

  /** The rows are looked at after each operation. */
  hold(): void {
    const changes = this.#store.changes();
    if (changes === this.#changes) return;
    this.#changes = changes;
    const after = this.#store.deliveries();
    const wrong = wrongWith(this.#before, after, this.#store.lanes());
    if (wrong) throw new Error(wrong);
    this.#before = after;
  }

  cancelled(post: string): void {
    this.hold();
    this.#stopped.add(post);
    for (const { id, state } of this.#before.values()) if (state === 'cancelled') this.#cancelled.add(id);
  }

  /** `fresh`: made in the same commit. */
  claimed(claims: readonly Claimed[], now: number, fresh?: Delivery): void {
    const before = this.#before;
    for (const claim of claims) {
      const row = fresh ?? before.get(claim.id);
      if (row?.state !== 'pending') throw new Error(`${claim.id} was claimed while ${row?.state}`);
      if (row.not_before > now) throw new Error(`${claim.id} was claimed too early`);
      if (row.expires_at <= now) throw new Error(`${claim.id} was claimed too late`);
      if (claim.fence <= row.fence) throw new Error(`${claim.id} was claimed under an old fence`);
      const earlier = [...before.values()].find((other) => goesBefore(other, row, now));
      if (earlier) throw new Error(`${claim.id} was claimed before ${earlier.id}`);
      for (const who of ['a', row.address])
        if ((this.#restsUntil.get(who) ?? 0) > now)
          throw new Error(`${claim.id} was claimed while ${who} rests until ${this.#restsUntil.get(who)}`);
      this.#spend(claim, now);
    }
    this.hold();
  }

  /** No span as long as the limit's, ending now, has more claims in it than the limit allows. */
  #spend({ id, address }: Claimed, now: number): void {
    for (const [index, { scope, count, per }] of this.#limits.entries()) {
      const key = `${scope === 'adapter' ? 'a' : address} ${index}`;
      this.#claims.push({ scope: key, at: now });
      const inSpan = this.#claims.filter((claim) => claim.scope === key && claim.at > now - Number(per)).length;
      if (inSpan > count) throw new Error(`${id} is one more than ${count} per ${per} for ${key}`);
    }
  }

  /** The first byte leaves. */
  leaves(id: string): void {
    if (this.#cancelled.has(id)) throw new Error(`${id} was sent after it had been cancelled`);
    this.#left.add(id);
  }

  /** The platform has taken it, whether anybody hears of that or not. */
  accepted(id: string): void {
    const times = (this.#accepted.get(id) ?? 0) + 1;
    this.#accepted.set(id, times);
    if (times > 1 && !this.byHand.has(id)) throw new Error(`${id} has arrived twice`);
  }

  arrived(id: string): boolean {
    return this.#accepted.has(id);
  }

  recorded(attempts: readonly Attempt[], kept: readonly boolean[], now: number): void {
    const before = this.#before;
    this.hold();
    for (const [index, { id, fence, outcome }] of attempts.entries()) {
      const was = before.get(id) as Delivery;
      const is = this.#before.get(id) as Delivery;
      if (attempts.some((other) => other.id === id && other.fence !== fence)) continue;
      const valid = was.state === 'sending' && was.fence === fence;
      if (kept[index] !== valid) throw new Error(`a receipt of ${id} under fence ${fence} was ${valid ? 'lost' : 'kept'}`);
      const isStopped =
        is.state === 'cancelled' && ['pending', 'held'].includes(outcome.state) && this.#stopped.has(id.split('/')[0] ?? '');
      if (isStopped) this.#cancelled.add(id);
      if (valid && is.state !== outcome.state && !isStopped) throw new Error(`${id} was recorded ${outcome.state} and is ${is.state}`);
      if (!valid && is.state !== was.state && outcome.state !== 'sent') throw new Error(`an old receipt has made ${id} ${is.state}`);
      if (!valid && outcome.state === 'sent' && was.state === 'unknown' && is.state !== 'sent')
        throw new Error(`${id} arrived and stays unknown`);
      if (valid) this.#rest(was.address, now + this.#gapMs);
      if (outcome.state !== 'pending' || !outcome.scope) continue;
      if (outcome.scope === 'adapter') this.#rest('a', now + outcome.waitMs);
      else if (valid) this.#rest(was.address, now + outcome.waitMs);
    }
  }

  #rest(who: string, until: number): void {
    if (until > (this.#restsUntil.get(who) ?? 0)) this.#restsUntil.set(who, until);
  }

  /** Whether a claim is still under way, as the rows say. */
  underWay({ id, fence }: Claimed): boolean {
    const row = this.#before.get(id);
    return row?.state === 'sending' && row.fence === fence;
  }

  unknown(): string[] {
    return [...this.#before.values()].filter(({ state }) => state === 'unknown').map(({ id }) => id);
  }

  any(state: string): boolean {
    for (const row of this.#before.values()) if (row.state === state) return true;
    return false;
  }

  /** Something can still happen by itself. */
  open(readBack: boolean): boolean {
    return this.any('pending') || this.any('held') || this.any('sending') || (readBack && this.any('unknown'));
  }

  atTheEnd(readBack: boolean): void {
    if (this.open(readBack))
      throw new Error(`never final: ${[...this.#before.values()].map(({ id, state }) => `${id} ${state}`).join(', ')}`);
    for (const { id, state } of this.#before.values()) {
      if (this.byHand.has(id)) continue;
      if (state === 'sent' && !this.#accepted.has(id)) throw new Error(`${id} is sent and has not arrived`);
      if (this.#accepted.has(id) && state !== 'sent' && state !== 'unknown') throw new Error(`${id} has arrived and is ${state}`);
    }
    for (const id of this.#accepted.keys()) if (!this.#left.has(id)) throw new Error(`${id} has arrived and was never sent`);
    // A lane that waits for nothing would be looked at by each claim, for ever.
    for (const { address, ready_at } of this.#store.lanes()) if (ready_at !== null) throw new Error(`lane ${address} is ready and empty`);
  }
}

/** Both are due and have not been tried; what was given back keeps its place by itself. */
function goesBefore(other: Delivery, row: Delivery, now: number): boolean {
  if (other.address !== row.address || other.state !== 'pending' || other.not_before > now || other.expires_at <= now) return false;
  return other.priority < row.priority || (other.priority === row.priority && other.seq < row.seq);
}
