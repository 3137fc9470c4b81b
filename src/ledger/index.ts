/**
 * Everything the bot says leaves through here: intent (claim) → send → receipt.
 * States: pending → sending → sent | refused | unknown; sending → pending only when it was certainly not sent.
 * An unknown delivery is never repeated unless read-back has shown that it did not arrive (read-back.ts).
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Adapter, Address, Capabilities, Logger } from '../adapter.js';
import type { Acceptance, Claim, NewDelivery, NewPost, Outcome, Store, Target } from '../store/port.js';
import { inTime } from './in-time.js';
import { refusalOf } from './permission.js';
import { outsideQuietHours, type QuietHours } from './quiet.js';
import { readBack } from './read-back.js';
import { Receipts } from './receipts.js';
import { between, restOf, settled } from './rest.js';
import { type Claimed, send } from './send.js';
import { TIMING, type Timing } from './timing.js';
import { Wakes } from './wakes.js';

/** Deliveries of one platform under way at once in this process: at most so many are unknown after a crash. */
const MOST_UNDER_WAY = 64;
const WORTH_CLAIMING = 32;
/** The store's clock counts whole milliseconds. */
const CLOCK_SLACK_MS = 2;
const NOT_SENT: Outcome = { state: 'pending', reason: 'not sent', waitMs: 0, untried: true };

export interface LedgerParts {
  store: Store;
  log: Logger;
  /** The adapter of an address's instance while it is running. */
  adapterOf(address: string): Adapter | undefined;
  /** Instances that can be sent through now. */
  online(): string[];
  /** Why an organizer has stopped an instance; undefined: it may send. */
  paused?(instance: string): string | undefined;
  /** An attempt has ended, after so many milliseconds. */
  ended?(instance: string, attempt: Claimed, outcome: Outcome, tookMs: number): void;
  now?: () => number;
  timing?: Timing;
}

export class Ledger {
  readonly #parts: LedgerParts;
  readonly #owner = randomUUID();
  readonly #timing: Timing;
  readonly #now: () => number;
  /** Instance → what it is sending. */
  readonly #underWay = new Map<string, Set<string>>();
  readonly #wanted = new Set<string>();
  /** Instances whose last claim took all the room there was. */
  readonly #crowded = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #wakes = new Wakes((instance) => this.resume([instance]));
  readonly #receipts: Receipts;
  #filling = false;
  #stopped = false;
  /** False while leases cannot be lengthened: whoever may have lost them sends nothing. */
  #leased = true;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#timing = parts.timing ?? TIMING;
    this.#now = parts.now ?? Date.now;
    this.#receipts = new Receipts({ store: parts.store, log: parts.log, retryMs: this.#timing.retry, now: this.#now });
  }

  /** Takes up what a crash left unsent, and looks again and again. Call it when the store is open. */
  async start(): Promise<void> {
    try {
      await this.#sweep(this.#parts.store.alone);
    } catch (error) {
      // Another replica may hold what is looked at; the next look is soon.
      this.#parts.log.error({ err: error }, 'the ledger cannot look through its store yet');
    }
    this.#every(this.#timing.sweep, () => this.#sweep());
    this.#every(this.#timing.heartbeat, () => this.#beat());
    this.#every(this.#timing.poll, () => this.resume());
    this.resume();
  }

  /** Looks for deliveries that wait: something was added, or an adapter has come online. */
  resume(instances: readonly string[] = this.#parts.online()): void {
    // It may be a reply: it takes any place there is.
    for (const instance of instances) this.#crowded.delete(instance);
    this.#look(instances);
  }

  /** Something emcee says without having been asked, to one address. `noticeIds` are told by it; with an `id` of its own it is said once. */
  async say(address: Address, wire: unknown, noticeIds: number[], id = `notice:${randomUUID()}`): Promise<void> {
    await this.#parts.store.say({ id, kind: 'notice', address, wire, forMs: this.#timing.noticeLimit }, this.#now(), noticeIds);
    this.resume();
  }

  /** Whether a message that was sent there can be changed. */
  canEdit(address: Address): boolean {
    return this.#parts.adapterOf(address)?.edit !== undefined;
  }

  /** Puts something else in the place of a message that was sent: at best, and once. False: it stays as it was. */
  async edit(address: Address, platformId: string, wire: unknown): Promise<boolean> {
    const adapter = this.#parts.adapterOf(address);
    if (!adapter?.edit) return false;
    try {
      await inTime(adapter.edit(address, platformId, wire), this.#timing.request);
      return true;
    } catch (error) {
      this.#parts.log.debug({ err: error }, 'a message could not be changed');
      return false;
    }
  }

  /**
   * Something the bot says by itself, to several channels; a (post, channel) that is there already stays as it is. A target that is due
   * in its channel's quiet hours goes at their end, or just before they begin. Returns how many were added.
   */
  async post(post: NewPost, targets: readonly (Target & { quiet?: QuietHours })[]): Promise<number> {
    const shifted = targets.map(({ quiet, ...target }) => ({ ...target, at: outsideQuietHours(target.at, target.until, quiet) }));
    const added = await this.#parts.store.post(post, shifted, this.#now());
    this.resume();
    return added;
  }

  /** Claims a reply while its message is accepted, where there is room for it now: one commit less before it leaves. */
  claiming(instance: string): Acceptance['claim'] {
    const room = MOST_UNDER_WAY - (this.#underWay.get(instance)?.size ?? 0);
    if (room <= 0 || this.#stopped || !this.#leased || this.#isPaced(instance) || !this.#parts.adapterOf(`${instance}:`)) return undefined;
    return { owner: this.#owner, leaseMs: this.#timing.lease };
  }

  /** Sends a reply that was claimed so, under this fence; `asked`: when (performance.now) that was asked for. */
  deliver(instance: string, reply: NewDelivery, fence: number, asked: number): void {
    void this.#deliver(instance, { ...reply, fence, attempts: 1, hold: false, heardAt: null }, asked);
  }

  /** How long an answer is worth sending. */
  get replyLimit(): number {
    return this.#timing.replyLimit;
  }

  /** A result that comes after the send has settled (Host.settle). A late "sent" wins over unknown. */
  async settle(deliveryId: string, outcome: Outcome): Promise<void> {
    await this.#parts.store.settle(deliveryId, outcome, this.#now());
  }

  /** Something is being claimed, sent or recorded just now. */
  get busy(): boolean {
    return this.#filling || this.#wanted.size > 0 || this.#receipts.busy || this.#sum() > 0;
  }

  /** Stops claiming; what is under way may end, and its receipt is kept. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#wakes.stop();
    const until = performance.now() + this.#timing.drain;
    while (this.busy && performance.now() < until) await wait(Math.min(5, this.#timing.drain));
  }

  #look(instances: readonly string[]): void {
    for (const instance of instances) this.#wanted.add(instance);
    void this.#fill();
  }

  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (const instance of this.#wanted) {
        this.#wanted.delete(instance);
        const room = MOST_UNDER_WAY - (this.#underWay.get(instance)?.size ?? 0);
        if (room <= 0 || this.#stopped || !this.#leased) continue;
        // Where more is waiting than fits, a claim for each single place would cost more than it wins.
        if (this.#crowded.has(instance) && room < WORTH_CLAIMING) continue;
        const asked = performance.now();
        const claims = await this.#claim(instance, room);
        if (claims.length === room) this.#crowded.add(instance);
        else this.#crowded.delete(instance);
        for (const claim of claims) void this.#deliver(instance, claim, asked);
      }
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the ledger cannot use its store; deliveries wait');
    } finally {
      this.#filling = false;
    }
  }

  async #claim(instance: string, most: number): Promise<Claim[]> {
    const capabilities = this.#capabilities(`${instance}:`);
    const now = this.#now();
    const rest = capabilities && restOf(capabilities, now);
    if (!capabilities || rest === 'all') return [];
    const limits = capabilities.limits.map(settled);
    const { lease: leaseMs } = this.#timing;
    return this.#parts.store.claim({ owner: this.#owner, instance, limits, withoutPosts: rest === 'posts', leaseMs, most, now });
  }

  async #deliver(instance: string, claim: Claimed, asked: number): Promise<void> {
    const underWay = this.#underWay.get(instance) ?? new Set();
    this.#underWay.set(instance, underWay.add(claim.id));
    const began = performance.now();
    const outcome = await this.#attempt(claim, asked);
    this.#parts.ended?.(instance, claim, outcome, performance.now() - began);
    const untried = outcome.state === 'pending' && outcome.untried;
    const gapMs = untried ? 0 : between(this.#capabilities(claim.address)?.gapMs ?? [0, 0]);
    if (outcome.state !== 'sent') {
      const detail = 'detail' in outcome ? outcome.detail : undefined;
      this.#parts.log.warn({ delivery: claim.id, state: outcome.state, reason: outcome.reason, detail }, 'a message did not go out');
    }
    const nextInMs = await this.#receipts.keep({ id: claim.id, fence: claim.fence, outcome: { ...outcome, gapMs } });
    underWay.delete(claim.id);
    // Its place is free, or room within the platform's limits; else only its own address can have something new to send.
    if (nextInMs === 0 || this.#crowded.has(instance) || this.#hasLimits(instance)) this.#look([instance]);
    if (nextInMs !== null) this.#wakes.plan(nextInMs + CLOCK_SLACK_MS, instance);
    // It keeps its place: what is due behind it does not go before it does.
    if (outcome.state === 'pending') this.#wakes.plan(outcome.waitMs + CLOCK_SLACK_MS, instance);
  }

  #attempt(claim: Claimed, asked: number): Promise<Outcome> | Outcome {
    const adapter = this.#parts.adapterOf(claim.address);
    const capabilities = this.#capabilities(claim.address);
    if (!adapter || !capabilities || this.#stopped) return NOT_SENT;
    if (capabilities.stopped !== undefined)
      return { state: 'pending', reason: capabilities.stopped, waitMs: this.#timing.stopped, untried: true };
    // A process that was paused may no longer own what it has claimed: nothing leaves that the lease does not outlive.
    if (performance.now() - asked > this.#timing.lease - this.#timing.request) return NOT_SENT;
    const refusal = refusalOf(claim, capabilities, this.#now());
    return refusal ?? send(adapter, claim, this.#timing, (outcome) => this.settle(claim.id, outcome));
  }

  async #sweep(othersAreDead = false): Promise<void> {
    const { store, log } = this.#parts;
    const { unknown, expired } = await store.expire(this.#now(), { othersAreDead });
    if (unknown > 0) log.warn({ unknown }, 'deliveries were under way when a process ended: whether they arrived is not known yet');
    if (expired > 0) log.warn({ expired }, 'deliveries could not be made in time and are given up');
    for (const instance of this.#parts.online()) {
      const adapter = this.#parts.adapterOf(`${instance}:`);
      if (adapter && (await readBack({ store, log, adapter, instance, timing: this.#timing, now: this.#now })) > 0) this.resume([instance]);
    }
  }

  async #beat(): Promise<void> {
    this.#leased = false;
    const ids = [...this.#underWay.values()].flatMap((each) => [...each]);
    await this.#parts.store.heartbeat(this.#owner, ids, this.#timing.lease, this.#now());
    this.#leased = true;
  }

  #every(ms: number, work: () => unknown): void {
    let running = false;
    const timer = setInterval(async () => {
      if (running) return;
      running = true;
      try {
        await work();
      } catch (error) {
        this.#parts.log.error({ err: error }, 'the ledger cannot use its store');
      }
      running = false;
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  /** A reply cannot be claimed while its message is accepted. */
  #isPaced(instance: string): boolean {
    return this.#hasLimits(instance) || this.#capabilities(`${instance}:`)?.stopped !== undefined;
  }

  #hasLimits(instance: string): boolean {
    return (this.#capabilities(`${instance}:`)?.limits.length ?? 0) > 0;
  }

  #capabilities(address: string): Capabilities | undefined {
    try {
      const capabilities = this.#parts.adapterOf(address)?.capabilities(address as Address);
      const paused = this.#parts.paused?.(address.slice(0, address.indexOf(':')));
      return capabilities && paused !== undefined ? { ...capabilities, stopped: paused } : capabilities;
    } catch (error) {
      this.#parts.log.error({ err: error, instance: address.split(':', 1)[0] }, 'an adapter cannot tell what it can do');
      return undefined;
    }
  }

  #sum(): number {
    return [...this.#underWay.values()].reduce((sum, { size }) => sum + size, 0);
  }
}
