// What the store's operations (port.ts) take and give.
import type { Limit, RetryScope } from '../adapter.js';

/**
 * pending → sending → sent | refused | unknown; sending → pending only when it was certainly not sent;
 * unknown → sent | pending by read-back or by hand; pending → held | cancelled | refused; held → pending | refused | missed.
 */
export type DeliveryState = 'pending' | 'held' | 'sending' | 'sent' | 'refused' | 'unknown' | 'cancelled' | 'missed';

/** reply: the answer to a message; notice: something for organizers; post: what the bot says by itself. */
export type DeliveryKind = 'reply' | 'notice' | 'post';

/** A delivery about to be made: what the platform will get (`wire`, JSON) and where. */
export interface NewDelivery {
  id: string;
  kind: DeliveryKind;
  address: string;
  wire: unknown;
  /** Not sent any more after this many milliseconds: it is then refused as expired, or missed. */
  forMs: number;
  /** The platform's id of the message that is answered. */
  inReplyTo?: string;
}

/** One target of a post; (post, channel) is there once. */
export interface Target {
  /** The channel's name; for the ledger's reader. */
  channel: string;
  address: string;
  wire: unknown;
  /** Not sent before. */
  at: number;
  /** Not sent after. */
  until: number;
  /** Where the address may not be spoken to, it waits for the member's next message instead of being refused. */
  hold?: boolean;
  /** It never goes out: it came too late, or an organizer has stopped it. Recorded at once. */
  end?: { state: 'missed' | 'cancelled'; reason: string };
}

export interface NewPost {
  id: string;
  /** reminder, broadcast, … */
  kind: string;
  /** What was announced (start, place, status), as JSON. */
  facts?: unknown;
  /** The event that it is about, by the id it was first posted under. */
  about?: string;
  /** `cli:alice`, `slack:person:U01`, or the rule. */
  by: string;
  /** What its maker wants to remember of it, as JSON. */
  note?: unknown;
}

export interface Delivery {
  id: string;
  kind: DeliveryKind;
  post: string | null;
  channel: string | null;
  address: string;
  wire: unknown;
  inReplyTo?: string;
  state: DeliveryState;
  reason: string | null;
  platformId: string | null;
  /** What the platform said of it: accepted, waiting, delivered. */
  receipt: string | null;
  counts: Record<string, number> | null;
  attempts: number;
  fence: number;
  createdAt: number;
  /** Not tried before this instant. */
  notBefore: number;
  expiresAt: number;
  changedAt: number;
  /** When the last attempt was over: its answer, its timeout, or the end of a dead process's lease. */
  attemptEndedAt: number | null;
}

/** A delivery that is ours to make now. A receipt counts only with the fence it was claimed under. */
export interface Claim extends Delivery {
  hold: boolean;
  /** When somebody last wrote from this address, where the platform limits who may be answered when. */
  heardAt: number | null;
}

/** A limit whose span is settled. */
export interface SettledLimit extends Limit {
  per: number | 'day' | 'month';
}

export interface Claiming {
  /** The process. */
  owner: string;
  instance: string;
  limits: readonly SettledLimit[];
  /** Posts rest now; replies and notices go. */
  withoutPosts?: boolean;
  leaseMs: number;
  most: number;
  now: number;
}

/** What became of an attempt. `pending` gives the delivery back: certainly not sent, to be tried again. */
export type Outcome = (
  | { state: 'sent'; platformId?: string; receipt?: string; counts?: Record<string, number> }
  | {
      state: 'refused' | 'unknown' | 'held';
      reason: string;
      /** A sentence for organizers; not kept. */
      detail?: string;
    }
  | {
      state: 'pending';
      reason: string;
      waitMs: number;
      scope?: RetryScope;
      /** It was not even tried: it counts neither as an attempt nor for the platform's limits. */
      untried?: true;
    }
) & {
  /** The address rests so long after this. */
  gapMs?: number;
};

export type Attempt = { id: string; fence: number; outcome: Outcome };

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
  /** Claims the delivery in the same commit, where its lane is free and no other reply waits. Not for instances with limits. */
  claim?: { owner: string; leaseMs: number };
  /** The platform allows only who has written lately: what was held for this address may go now. */
  opensWindow?: boolean;
  /** null forgets; undefined leaves the member's memory as it is. */
  memory?: unknown;
  /** Notices that the reply carried: they are told now. */
  toldNotices?: number[];
  /** Something organizers want counted: `code-without-link` 20231104. */
  tally?: { about: string; what: string };
}

export interface Accepted {
  first: boolean;
  /** Where the message was accepted before: what was answered then. */
  reply?: unknown;
  /** The delivery is claimed, under this fence. */
  fence?: number;
}

/** What a receipt has changed. */
export interface Recorded {
  /** False: the lease was lost; a late `sent` then still wins over `unknown`. */
  kept: boolean;
  /** In how many milliseconds the next delivery to that address may go; null: none waits, or that is not ours to say. */
  nextInMs: number | null;
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

export interface DeliveryFilter {
  id?: string;
  state?: DeliveryState;
  post?: string;
  /** Replies and notices too. */
  replies?: boolean;
  limit: number;
  /** After the delivery with this place in the order of creation. */
  after?: number;
}

export interface Open {
  instance: string;
  state: DeliveryState;
  count: number;
  /** When the oldest of them was due; of those that wait for room within limits: when there may be some. */
  oldest: number;
}

/** An event as the schedule has met it; `value` is the schedule's own, as JSON. */
export interface KnownEvent {
  id: string;
  firstSeen: number;
  value: unknown;
  /** What the value was worked out from: it is written only where that still holds. Without it, it is written whatever was there. */
  was?: unknown;
}

/** A delivery of a post about an event. */
export interface Told {
  about: string;
  post: string;
  kind: string;
  facts: unknown;
  channel: string;
  address: string;
  state: DeliveryState;
  /** In the order of creation. */
  place: number;
}

export interface Subscription {
  address: string;
  topic: string;
  language?: 'zh' | 'en';
}
