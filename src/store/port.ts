/**
 * What emcee asks of its store. Every operation is atomic and asynchronous; no SQL leaves src/store.
 * Instants are milliseconds since 1970. `now` comes in from outside, so that tests need not wait; where several replicas share a
 * database, its clock is used instead.
 */
import type { DeskStore } from './desk.js';
import type {
  Acceptance,
  Accepted,
  Attempt,
  Claim,
  Claiming,
  Delivery,
  DeliveryFilter,
  KnownEvent,
  NewDelivery,
  NewPost,
  Notice,
  Open,
  Outcome,
  Recorded,
  Subscription,
  Tally,
  Target,
  Told,
} from './values.js';

export type * from './values.js';

export interface Store extends DeskStore {
  /** No other process makes deliveries from this store: at the start, whoever still holds one is dead. */
  readonly alone: boolean;

  /** Commits an incoming message, its reply, the intent to send it and the member's memory; whoever comes second gets the first one's reply. */
  accept(message: Acceptance): Promise<Accepted>;
  memory(member: string): Promise<unknown>;

  /** Adds a delivery that answers no message (a notice) and marks the notices that it tells. */
  say(delivery: NewDelivery, now: number, toldNotices: number[]): Promise<void>;
  /** Adds a post with its targets; a (post, channel) that is there already stays as it is. Returns how many were added. */
  post(post: NewPost, targets: readonly Target[], now: number): Promise<number>;
  /** Stops a post: cancels what of it has not left, and whatever of it comes back; returns how many. */
  cancel(post: string, now: number): Promise<number>;

  /** Makes due deliveries ours, the first of each address that has none under way, replies first: committed before the first byte leaves. */
  claim(claiming: Claiming): Promise<Claim[]>;
  /** Records the ends of attempts. */
  record(attempts: readonly Attempt[], now: number): Promise<Recorded[]>;
  /** A result that comes after its attempt: `sent` wins over unknown, and adds what the platform says of it. */
  settle(id: string, outcome: Outcome, now: number): Promise<boolean>;
  /** Lengthens the leases of what this process has under way, and shows that the store answers. */
  heartbeat(owner: string, ids: readonly string[], leaseMs: number, now: number): Promise<void>;
  /**
   * Deliveries found `sending` after their lease become `unknown`; what is too late is refused as expired, or missed.
   * `othersAreDead`: whoever holds a lease has ended; no need to wait for it.
   */
  expire(now: number, options?: { othersAreDead?: boolean }): Promise<{ unknown: number; expired: number }>;
  /** Unknown deliveries whose attempt ended long enough ago to be looked for. */
  unresolved(instance: string, before: { endedBefore: number; checkedBefore: number }, most: number): Promise<Delivery[]>;
  /**
   * What became of an unknown delivery: it arrived, it certainly did not, or nobody can tell yet. `fence`: of the attempt that was looked
   * for; another attempt since then is not meant. `agoMs`: it counts as looked for so long ago, to be looked for again the sooner.
   */
  resolve(
    id: string,
    found:
      | { state: 'sent'; platformId?: string }
      | { state: 'pending'; forMs?: number; fence?: number }
      | { state: 'unknown'; agoMs?: number },
    now: number,
  ): Promise<boolean>;
  deliveries(filter: DeliveryFilter): Promise<(Delivery & { place: number })[]>;
  /** What is not final, for health and metrics. */
  open(): Promise<Open[]>;

  addNotice(text: Notice['text'], now: number): Promise<void>;
  untoldNotices(limit: number): Promise<Notice[]>;
  tallies(about: string, limit: number): Promise<Tally[]>;

  knownEvents(): Promise<KnownEvent[]>;
  /** Adds events that were met for the first time; one that another replica has met before stays as it is. */
  meetEvents(events: readonly KnownEvent[]): Promise<void>;
  /** Writes what is known of events; when they were first seen stays. Returns how many were written. */
  keepEvents(events: readonly KnownEvent[]): Promise<number>;
  /** The deliveries of posts about these events, in the order of creation. */
  told(about: readonly string[]): Promise<Told[]>;
  /** True for the first who asks for a key, of all replicas, until it expires. */
  once(key: string, value: string, expiresAt: number, now: number): Promise<boolean>;
  /** Whether it is new. */
  subscribe(subscription: Subscription): Promise<boolean>;
  /** One topic, or all; how many there were. */
  unsubscribe(address: string, topic?: string): Promise<number>;
  subscriptions(): Promise<Subscription[]>;

  /** Removes inbox rows, final deliveries and memories older than their limits. */
  forget(before: { inbox: number; deliveries: number; memory: number; now: number }): Promise<void>;

  /** The key-value face for keyv: values are strings, `expiresAt` null means never. */
  kvGet(key: string, now: number): Promise<string | undefined>;
  kvSet(key: string, value: string, expiresAt: number | null): Promise<void>;
  kvDelete(key: string): Promise<boolean>;
  kvClear(prefix: string): Promise<void>;

  close(): Promise<void>;
}

/** The store could not be opened or does not answer; the message says how to mend it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
