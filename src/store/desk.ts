/**
 * What emcee asks of its store for organizers: who they are, what waits for a word of theirs, what they have written in a chat, and what
 * becomes of a broadcast. Part of the port (port.ts): atomic, asynchronous, instants in milliseconds since 1970.
 */
import type { DeliveryState, NewPost, Target } from './port.js';

/** One account of an organizer. */
export interface OrganizerRow {
  /** `slack:person:U01` */
  address: string;
  /** Whose account it is: accounts that were linked have the same. The address that the person was first known by. */
  person: string;
  name: string | null;
  addedAt: number;
  /** `invite:<id>`; who made that invitation is in the audit log. */
  addedBy: string;
}

export interface AuditEntry {
  at: number;
  /** `slack:person:U01`, `cli:alice`, `emcee` */
  who: string;
  /** A word: invited, joined, removed, signed-in, proposed, confirmed, stopped, resumed, retried, slides, alias … */
  did: string;
  /** What it was done to; never a secret. */
  about: Record<string, unknown>;
}

/** For the audit log, in the commit of what was done: the one does not happen without the other. */
export type Done = Pick<AuditEntry, 'did' | 'about'>;

/** Something that waits for a person's word: a broadcast, a slides link, an invitation. */
export interface NewProposal {
  id: string;
  /** The message that asked for it: a redelivery makes no second one, and changes nothing. */
  madeBy: string;
  kind: string;
  /** Whose word it waits for (`OrganizerRow.person`, `cli:alice`); for an invitation: who gave it. */
  person: string;
  /** JSON. */
  value: unknown;
  /** What has to be said, hashed or plain as its kind wants it; null: it cannot be confirmed as it is. */
  proof: string | null;
  tries: number;
  /** The word counts until then. */
  expiresAt: number;
  /** It is listed, and can be proposed again, until then. */
  keptUntil: number;
}

export interface Proposal extends NewProposal {
  createdAt: number;
  /** The message that confirmed it. */
  takenBy: string | null;
}

/** What became of a word. `again`: the same message has come before. */
export type Taken =
  | { is: 'taken'; value: unknown; again: boolean }
  | { is: 'wrong'; triesLeft: number }
  /** There is none, it is somebody else's, its time or its tries are over, or another word was quicker. */
  | { is: 'gone'; why: 'unknown' | 'expired' | 'no-tries' | 'taken' };

export type Joined =
  | { is: 'joined'; person: string; again: boolean }
  | { is: 'wrong'; triesLeft: number }
  | { is: 'gone'; why: 'unknown' | 'expired' | 'no-tries' | 'used' };

/** What organizers have written in a chat and what lives in memory of every replica. */
export interface KeptRow {
  kind: 'slides' | 'alias' | 'pause';
  /** The code as written, the alias, or the platform that is paused. */
  name: string;
  value: unknown;
  by: string;
  changedAt: number;
}

export interface PostRow {
  id: string;
  kind: string;
  by: string;
  createdAt: number;
  stoppedAt: number | null;
  /** What its maker wants to remember of it, JSON. */
  note: unknown;
  about: string | null;
}

/** How many deliveries of a post are in each state. */
export type Progress = Partial<Record<DeliveryState, number>>;

export interface Used {
  address: string;
  count: number;
}

export interface DeskStore {
  organizers(): Promise<OrganizerRow[]>;
  /**
   * An invitation's code is said by an account: it becomes an organizer's. One code takes one account of each platform; they are one
   * person's. `proof`: as in NewProposal; `value.person` of the invitation: whose further account it is to be. Writes its own audit.
   */
  join(invite: { id: string; proof: string; address: string; name: string | null }, now: number): Promise<Joined>;
  /** Ends these accounts, their persons' sessions and whatever waits for a word of theirs; gives those that were there. */
  removeOrganizers(addresses: readonly string[]): Promise<string[]>;

  writeAudit(entry: Omit<AuditEntry, 'at'>, now: number): Promise<void>;
  /** The newest first. */
  readAudit(limit: number): Promise<AuditEntry[]>;

  /** Adds a proposal, or replaces that of the same id; a taken one, and one that the same message has made, stays. Gives what is there now. */
  propose(proposal: NewProposal, now: number, done?: Done): Promise<Proposal>;
  /** Those that are kept and not taken, of one person or of all; the newest first. */
  proposals(filter: { kind: string; person?: string }, now: number): Promise<Proposal[]>;
  /**
   * A word: counts a try, and takes the proposal when it is right. `post`: what is posted in the same commit. `by`: the message that
   * says it; said again by the same message it is the same word.
   */
  take(
    word: { id: string; kind: string; person: string; proof: string; by: string },
    now: number,
    post?: { post: NewPost; targets: readonly Target[] },
  ): Promise<Taken>;
  /** Whether there was one. */
  discard(id: string, person: string, now: number, done?: Done): Promise<boolean>;

  openSession(session: { hash: string; person: string }, now: number): Promise<void>;
  /** Whose session it is; it lasts on from now. Undefined: there is none, or it was over. */
  session(hash: string, limits: { idleMs: number; longestMs: number }, now: number): Promise<string | undefined>;
  closeSession(hash: string): Promise<void>;
  /** All of a person's; how many there were. */
  closeSessions(person: string): Promise<number>;

  /** null as value: it is taken away. */
  keep(row: Omit<KeptRow, 'changedAt'>, now: number): Promise<void>;
  kept(): Promise<KeptRow[]>;
  /** Changes whenever organizers or what is kept have changed, whoever did it. */
  revision(): Promise<string>;

  /** What was stopped may go after all, until `until`, but not to the addresses `without`; how many. */
  resumePost(post: string, until: number, now: number, without?: readonly string[]): Promise<number>;
  /** What was refused goes once more; how many. What is unknown stays so. */
  retryPost(post: string, until: number, now: number, without?: readonly string[]): Promise<number>;
  /** The newest first. */
  posts(filter: { kinds: readonly string[]; limit: number }): Promise<PostRow[]>;
  progress(post: string): Promise<Progress>;
  /** The posts of which something waits, is held or is under way. */
  openPosts(): Promise<string[]>;
  /** What has left an instance within a span of time (or may have), and what waits to leave within it, by address; `of: 'posts'`: without replies. */
  used(span: { instance: string; from: number; to: number; of?: 'posts' }): Promise<Used[]>;
  /** When somebody last wrote from these addresses, where that is kept. */
  heardAt(addresses: readonly string[]): Promise<{ address: string; at: number }[]>;
}
