/** A broadcast from the wish to the report, free of any surface: a chat, the command line and a web page use the same. */
import type { Address } from '../adapter.js';
import type { Language } from '../content/types.js';
import type { Progress } from '../store/desk.js';
import type { DeliveryState } from '../store/port.js';

/** `event`: an id, a code or a title; its announcement is made from its page. */
export type Say = { text: string } | { event: string };

export interface Wanted {
  say: Say;
  /** Tags, names of channels, platforms, cities, or `all` / 全部. */
  to: readonly string[];
  except: readonly string[];
  /** Milliseconds since 1970; undefined: as soon as it is confirmed. */
  at?: number;
  /** Mentions everyone there. */
  everyone?: boolean;
}

/** `at: null`: as soon as it is confirmed. */
export type Change = Partial<Omit<Wanted, 'at'>> & { at?: number | null };

export interface Maker {
  /** Who is bound to a draft: `OrganizerRow.person`, `cli:alice`. */
  person: string;
  /** The account that speaks, where a person has several; for the audit log and for what that account alone may do. */
  account?: string;
  /** Of the message or the command: the same on every redelivery, which then makes no second draft and confirms nothing twice. */
  key: string;
  language: Language;
  /** Who wants the report, and where. */
  reportTo?: Address;
}

export type Unreachable =
  /** No platform of that name is on. */
  | 'not-on'
  /** It waits until the platform is back. */
  | 'offline'
  /** An organizer has paused it: it waits until it is resumed. */
  | 'paused'
  /** The name on the platform has not been found yet. */
  | 'not-found'
  /** The platform lets nobody be spoken to first, or knows no rooms. */
  | 'never'
  /** The platform allows only who has written lately: it waits for their next message. */
  | 'window'
  /** Its quiet hours: it gets it when they are over. */
  | 'quiet';

export interface PlannedTarget {
  channel: string;
  address: Address;
  language: Language;
  /** Its quiet hours are over then. */
  notBefore: number;
  /** Which of the plan's renderings it gets. */
  rendering: number;
}

/** What one platform shows, in one language. */
export interface Rendering {
  /** `slack` */
  platform: string;
  language: Language;
  text: string;
  /** So many channels get it. */
  channels: number;
  /** The platform's limits cut it. */
  isCut: boolean;
}

/** What a platform leaves of scarce messages in the period that runs. */
export interface QuotaLine {
  /** A channel, where each has a quota of its own; else the platform. */
  of: string;
  per: 'day' | 'month';
  /** undefined: the platform tells only what is left. */
  count?: number;
  left: number;
  /** What the schedule will use until `resetsAt`. */
  planned: number;
  /** What this broadcast uses. */
  needs: number;
  resetsAt: number;
  /** In which this period begins and ends. */
  timezone: string;
  fits: boolean;
  /** The channels that it is about. */
  channels: readonly string[];
}

export interface Plan {
  targets: readonly PlannedTarget[];
  /** Those that wait are among the targets. */
  unreachable: readonly { channel: string; why: Unreachable; waits: boolean }[];
  renderings: readonly Rendering[];
  /** About so long from the first to the last. */
  takesMs: number;
  /** What platforms that have to be careful say of their pace. */
  paces: readonly Record<Language, string>[];
  quota: readonly QuotaLine[];
  at: number | undefined;
  /** The community's, in which times are told. */
  timezone: string;
  everyone: boolean;
  /** What it is about, in a few words: the event's title, or how the text begins. */
  label: string;
  /** Over everything that goes out and everybody it goes to. */
  hash: string;
}

export interface Draft {
  /** Short, to be typed: `b7k2m`. */
  id: string;
  wanted: Wanted;
  plan: Plan;
  /** Four digits; never an event's code. */
  number: string;
  expiresAt: number;
  /** How many it goes to has to be said too. */
  needsCount: boolean;
}

/** A draft in a list. */
export interface KeptDraft {
  id: string;
  wanted: Wanted;
  label: string;
  targets: number;
  madeAt: number;
  /** Its number counts until then; after that it has to be shown again. */
  expiresAt: number;
}

export type Refusal =
  | { is: 'no-text' }
  | { is: 'long-text'; characters: number; most: number }
  | { is: 'no-target' }
  | { is: 'unknown-target'; names: readonly { name: string; meant?: string }[]; known: readonly string[] }
  | { is: 'nobody'; unreachable: Plan['unreachable'] }
  | { is: 'unknown-event'; text: string; meant?: string }
  | { is: 'several-events'; text: string; titles: readonly string[] }
  | { is: 'event-cancelled' | 'event-over' | 'event-undated' | 'event-draft'; title: string }
  | { is: 'past' | 'far' }
  | { is: 'everyone' }
  | { is: 'quota'; lines: readonly QuotaLine[] };

export type Proposed =
  | { is: 'proposed'; draft: Draft }
  | { is: 'refused'; why: Refusal }
  /** There is no such draft of this person, or it went out already. */
  | { is: 'gone'; why: 'unknown' }
  | { is: 'taken'; broadcast: Broadcast };

/** What is said to confirm a draft: its number, or the hash that a button carries; and how many it goes to, where that is asked for. */
export interface Word {
  id?: string;
  number?: string;
  /** Of the plan that a button was shown under; its first 12 signs suffice. */
  hash?: string;
  count?: number;
}

export type Confirmed =
  /** `again`: this message has confirmed it before. */
  | { is: 'confirmed'; broadcast: Broadcast; again: boolean }
  /** Pages, channels or the draft are not what was shown: nothing has gone out, and this is what it would be now. */
  | { is: 'changed'; draft: Draft }
  | { is: 'refused'; why: Refusal }
  | { is: 'count-needed'; draft: { id: string; number: string; count: number } }
  | { is: 'wrong'; triesLeft: number }
  | { is: 'gone'; why: 'unknown' | 'expired' | 'no-tries'; id?: string }
  | { is: 'not-yours'; by: string }
  /** Another word was quicker. */
  | { is: 'taken'; broadcast: Broadcast };

/** One that was confirmed. */
export interface Broadcast {
  /** As its draft was called. */
  id: string;
  /** The post's id, as `emcee deliveries --post` knows it. */
  post: string;
  by: string;
  label: string;
  total: number;
  at: number;
  /** In which times are told. */
  timezone: string;
  createdAt: number;
  stoppedAt: number | null;
  reportTo?: Address;
  language: Language;
}

export interface RunningBroadcast extends Broadcast {
  counts: Progress;
  /** What still goes out by itself: waits, is held or is under way. */
  open: number;
  /** About so long to the end; 0 when nothing is open. */
  leftMs: number;
  state: 'waiting' | 'running' | 'stopped' | 'done';
}

export interface Report extends RunningBroadcast {
  /** What did not arrive for sure, the first of them. */
  failures: readonly { channel: string; state: DeliveryState; reason: string }[];
  /** How many there are. */
  failed: number;
}
