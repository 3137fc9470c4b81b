/**
 * What emcee asks of its store. Every operation is atomic and asynchronous; no SQL leaves src/store.
 * Instants are milliseconds since 1970; `now` comes in from outside, so that tests need not wait.
 */

export type DeliveryState = 'pending' | 'sending' | 'sent' | 'refused' | 'unknown' | 'cancelled';

/** A delivery about to be made: what the platform will get (`wire`, JSON) and where. */
export interface NewDelivery {
  id: string;
  /** reply: the answer to a message; notice: something for organizers. */
  kind: 'reply' | 'notice';
  address: string;
  wire: unknown;
  /** The platform's id of the message that is answered. */
  inReplyTo?: string;
}

export interface Delivery extends NewDelivery {
  state: DeliveryState;
  reason: string | null;
  platformId: string | null;
  attempts: number;
  createdAt: number;
  /** Not tried again before this instant. */
  notBefore: number;
}

/** A delivery that is ours to make now. A receipt counts only with the fence it was claimed under. */
export interface Claim extends Delivery {
  fence: number;
}

/** What became of an attempt. `pending` gives the delivery back: certainly not sent, to be tried again. */
export type Outcome =
  | { state: 'sent'; platformId?: string }
  | { state: 'refused'; reason: string }
  | { state: 'unknown'; reason: string }
  | { state: 'pending'; reason: string; notBefore: number };

export interface Acceptance {
  /** `<instance>:<id>` of the message: the same on every redelivery, shared by replicas. */
  key: string;
  address: string;
  /** `instance:person:id`: whose memory is written. */
  member: string;
  now: number;
  /** The reply as emcee says it (JSON); kept for redeliveries. */
  reply?: unknown;
  /** For adapters that push: the reply as the platform will get it. */
  delivery?: NewDelivery;
  /** null forgets; undefined leaves the member's memory as it is. */
  memory?: unknown;
  /** Notices that the reply carried: they are told now. */
  toldNotices?: number[];
  /** Something organizers want counted: `code-without-link` 20231104. */
  tally?: { about: string; what: string };
}

export interface Accepted {
  /** False: the message was accepted before, and `reply` is what was answered then. */
  first: boolean;
  reply?: unknown;
}

export interface Notice {
  id: number;
  text: { en: string; zh: string };
  createdAt: number;
}

export interface Tally {
  about: string;
  what: string;
  count: number;
  lastAt: number;
}

export interface Store {
  /** Commits an incoming message, its reply, the intent to send it and the member's memory; whoever comes second gets the first one's reply. */
  accept(message: Acceptance): Promise<Accepted>;
  memory(member: string): Promise<unknown>;

  /** Adds a delivery that answers no message (a notice) and marks the notices that it tells. */
  say(delivery: NewDelivery, now: number, toldNotices: number[]): Promise<void>;
  /** Makes a pending delivery ours for `leaseMs`: committed before the first byte leaves. undefined: not pending, or not yet due. */
  claim(id: string, owner: string, now: number, leaseMs: number): Promise<Claim | undefined>;
  /** Records an attempt's end. False: the lease was lost; a late `sent` then still wins over `unknown`. */
  record(id: string, fence: number, outcome: Outcome, now: number): Promise<boolean>;
  /** Deliveries found `sending` after their lease become `unknown`; pending ones older than their limit are refused as expired. */
  expire(now: number, limits: { replyMs: number; noticeMs: number }): Promise<{ unknown: number; expired: number }>;
  /** Pending deliveries of these instances, in the order they were accepted: what a crash left unsent. */
  pending(instances: readonly string[], limit: number): Promise<Delivery[]>;
  deliveries(filter: { state?: DeliveryState; limit: number }): Promise<Delivery[]>;

  addNotice(text: Notice['text'], now: number): Promise<void>;
  untoldNotices(limit: number): Promise<Notice[]>;
  tallies(about: string, limit: number): Promise<Tally[]>;

  /** Removes inbox rows, final deliveries and memories older than their limits. */
  forget(before: { inbox: number; deliveries: number; memory: number }): Promise<void>;

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
