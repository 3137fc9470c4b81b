/**
 * Everything the bot says leaves through here: intent (claim) → send → receipt.
 * States: pending → sending → sent | refused | unknown; sending → pending only when it was certainly not sent.
 * An unknown delivery is never repeated by itself.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Adapter, type Address, type Logger, SendError } from '../adapter.js';
import type { Claim, NewDelivery, Outcome, Store } from '../store/port.js';
import { Lanes } from './lanes.js';
import { outcomeOf } from './outcome.js';
import { TIMING, type Timing } from './timing.js';

export interface LedgerParts {
  store: Store;
  log: Logger;
  /** The adapter of an address's instance while it is running. */
  adapterOf(address: string): Adapter | undefined;
  /** Instances that can be sent through now. */
  online(): string[];
  now?: () => number;
  timing?: Timing;
}

export class Ledger {
  readonly #parts: LedgerParts;
  readonly #owner = randomUUID();
  readonly #lanes = new Lanes();
  readonly #timing: Timing;
  readonly #now: () => number;
  readonly #stopping = new AbortController();
  /** When an address may be written to again: the platform's gap, counted from the answer to the last send. */
  readonly #freeAt = new Map<string, number>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#timing = parts.timing ?? TIMING;
    this.#now = parts.now ?? Date.now;
  }

  /** Takes up what a crash left unsent, now and then again. Call it when the adapters are connected. */
  async start(): Promise<void> {
    await this.#sweep();
    this.#sweeper = setInterval(() => this.resume(), this.#timing.sweep);
    this.#sweeper.unref();
  }

  /** Looks for deliveries that wait: an adapter has come online. */
  resume(): void {
    this.#sweep().catch((error) => this.#parts.log.error({ err: error }, 'the ledger cannot read its store'));
  }

  /** Sends a delivery that the store holds as pending, after those to the same address that came before it. */
  push(delivery: Pick<NewDelivery, 'id' | 'address'>): void {
    this.#lanes.add(delivery.address, delivery.id, () =>
      this.#deliver(delivery.id, delivery.address).catch((error) =>
        this.#parts.log.error(
          { err: error, delivery: delivery.id },
          'the ledger cannot use its store; the delivery stays as it is recorded',
        ),
      ),
    );
  }

  /** Something emcee says without having been asked, to one address. `noticeIds` are told by it. */
  async say(address: Address, wire: unknown, noticeIds: number[]): Promise<void> {
    const delivery: NewDelivery = { id: `notice:${randomUUID()}`, kind: 'notice', address, wire };
    await this.#parts.store.say(delivery, this.#now(), noticeIds);
    this.push(delivery);
  }

  /** A result that comes after the send has settled (Host.settle). A late "sent" wins over unknown. */
  async settle(deliveryId: string, outcome: Outcome): Promise<void> {
    await this.#parts.store.record(deliveryId, -1, outcome, this.#now());
  }

  get queued(): number {
    return this.#lanes.size;
  }

  /** Stops sending; what has not left goes back to pending, what is under way may end. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#stopping.abort();
    const timeout = setTimeout(this.#timing.drain, undefined, { ref: false });
    await Promise.race([this.#lanes.idle(), timeout]);
  }

  async #sweep(): Promise<void> {
    const { store, log } = this.#parts;
    const { unknown, expired } = await store.expire(this.#now(), { replyMs: this.#timing.replyLimit, noticeMs: this.#timing.noticeLimit });
    if (unknown > 0) log.warn({ unknown }, 'deliveries were under way when a process ended: whether they arrived is unknown');
    if (expired > 0) log.warn({ expired }, 'deliveries could not be made in time and are given up');
    for (const [address, at] of this.#freeAt) if (at < this.#now()) this.#freeAt.delete(address);
    for (const delivery of await store.pending(this.#parts.online(), 1_000)) this.push(delivery);
  }

  async #deliver(id: string, address: string): Promise<void> {
    const { store, log } = this.#parts;
    for (;;) {
      const adapter = this.#parts.adapterOf(address);
      if (!adapter) return;
      await this.#pause((this.#freeAt.get(address) ?? 0) - this.#now());
      if (this.#stopping.signal.aborted) return;
      const claim = await store.claim(id, this.#owner, this.#now(), this.#timing.lease);
      if (!claim) return;
      const outcome = await this.#attempt(adapter, claim);
      const kept = await store.record(id, claim.fence, outcome, this.#now());
      this.#keepGap(adapter, address);
      if (!kept) log.warn({ delivery: id, state: outcome.state }, 'a receipt came after the lease had ended');
      if (outcome.state !== 'pending') {
        if (outcome.state !== 'sent') log.warn({ delivery: id, state: outcome.state, reason: outcome.reason }, 'a message did not go out');
        return;
      }
      await this.#pause(outcome.notBefore - this.#now());
    }
  }

  async #attempt(adapter: Adapter, claim: Claim): Promise<Outcome> {
    const signal = AbortSignal.timeout(this.#timing.request);
    try {
      const sending = adapter.send(claim.address as Address, claim.wire, { deliveryId: claim.id, inReplyTo: claim.inReplyTo, signal });
      const receipt = await withinTime(sending, signal, (late) => this.settle(claim.id, { state: 'sent', platformId: late.platformId }));
      return { state: 'sent', platformId: receipt.platformId };
    } catch (error) {
      return outcomeOf(error, claim.attempts, this.#now(), this.#timing);
    }
  }

  #keepGap(adapter: Adapter, address: string): void {
    try {
      const [gap] = adapter.capabilities().gapMs;
      if (gap > 0) this.#freeAt.set(address, this.#now() + gap);
    } catch (error) {
      this.#parts.log.error({ err: error, instance: address.split(':', 1)[0] }, 'an adapter cannot tell its pace');
    }
  }

  async #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.#stopping.signal.aborted) return;
    await setTimeout(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

/** An adapter that never settles must not hold its lane: after the request time its outcome is unknown. A late "sent" wins over that. */
function withinTime<Value>(sending: Promise<Value>, signal: AbortSignal, late: (value: Value) => Promise<void>): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new SendError('unreachable', 'no answer in time', { maybeSent: true })));
    sending.then((value) => (signal.aborted ? late(value).catch(() => undefined) : resolve(value)), reject);
  });
}
