/**
 * Invitations: a code that is said in a direct chat makes its sender an organizer. It lasts ten minutes and five tries, and takes one
 * account of each platform.
 */
import type { Address } from '../adapter.js';
import { cleanText } from '../render/index.js';
import type { Joined } from '../store/desk.js';
import type { Store } from '../store/port.js';
import { type Code, newCode, proofOf, shownCode } from './secrets.js';

const MINUTE_MS = 60_000;
export const INVITE_MS = 10 * MINUTE_MS;
const TRIES = 5;
/** So long a code that is over is told from one that never was. */
const KEPT_MS = 24 * 60 * MINUTE_MS;
/** Wrong codes of one sender, whichever invitations they were meant for. */
const MOST_WRONG = 10;
const LONGEST_NAME = 60;

export interface Invitation {
  code: string;
  id: string;
  expiresAt: number;
}

export interface Invited {
  /** Who invites: `cli:alice`, or a person. */
  by: string;
  /** Whose further account it is to be; not given: a new organizer's. */
  person?: string;
}

/** Makes an invitation; only its hash is kept. */
export async function invite(store: Pick<Store, 'propose'>, { by, person }: Invited, now: number): Promise<Invitation> {
  for (;;) {
    const code = newCode();
    const madeBy = `invite:${by}:${now}:${code.id}`;
    const expiresAt = now + INVITE_MS;
    const kept = await store.propose(
      {
        ...{ id: code.id, madeBy, kind: 'invite', person: by, value: person === undefined ? {} : { person } },
        ...{ proof: await proofOf(code), tries: TRIES, expiresAt, keptUntil: now + KEPT_MS },
      },
      now,
    );
    // The id may be another one's still.
    if (kept.madeBy === madeBy) return { code: shownCode(code), id: code.id, expiresAt };
  }
}

export interface Sender {
  /** Of the message: a redelivery is no further try. */
  key: string;
  address: Address;
  name?: string;
}

export type Said = Joined | { is: 'too-many' };

type InvitesStore = Pick<Store, 'propose' | 'proposals' | 'join' | 'discard' | 'writeAudit'>;

export class Invites {
  readonly #store: InvitesStore;
  readonly #now: () => number;
  readonly #said = new Map<string, { at: number; result: Promise<Said> }>();
  readonly #links = new Map<string, { at: number; made: Promise<Invitation>; isAudited: boolean }>();
  readonly #wrong = new Map<Address, Set<{ at: number }>>();

  constructor(store: InvitesStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** A code for a further account of a person: of one message always the same. */
  async link(key: string, { person, account }: { person: string; account: Address }): Promise<string> {
    this.#forget();
    const link = this.#links.get(key) ?? {
      ...{ at: this.#now(), isAudited: false },
      made: invite(this.#store, { by: person, person }, this.#now()),
    };
    this.#links.set(key, link);
    link.made.catch(() => this.#links.delete(key));
    const { code, id } = await link.made;
    if (!link.isAudited) await this.#store.writeAudit({ who: person, did: 'invited', about: { invite: id, person, account } }, this.#now());
    link.isAudited = true;
    return code;
  }

  /** Somebody says a code in a direct chat of theirs. */
  say(code: Code, sender: Sender): Promise<Said> {
    this.#forget();
    const before = this.#said.get(sender.key);
    if (before) return before.result.then((said) => (said.is === 'joined' ? { ...said, again: true } : said));
    const result = this.#try(code, sender);
    this.#said.set(sender.key, { at: this.#now(), result });
    // What could not be looked up may be said again.
    result.catch(() => this.#said.delete(sender.key));
    return result;
  }

  /** A code that everybody could read is good for nobody. Whether it was one. */
  async spoil(code: Code, sender: Address): Promise<boolean> {
    this.#forget();
    if (this.#hasTriedEnough(sender)) return false;
    const takeBack = this.#countWrong(sender);
    const invitation = await this.#find(code);
    if (!invitation || invitation.proof !== (await proofOf(code))) return false;
    takeBack();
    return this.#store.discard(code.id, invitation.person, this.#now());
  }

  async #try(code: Code, { address, name }: Sender): Promise<Said> {
    if (this.#hasTriedEnough(address)) return { is: 'too-many' };
    // Counted before it is known: many at once are many.
    const takeBack = this.#countWrong(address);
    const shown = name === undefined ? null : cleanText(name).replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME) || null;
    const found = (await this.#find(code)) !== undefined;
    const joined: Joined = found
      ? await this.#store.join({ id: code.id, proof: await proofOf(code), address, name: shown }, this.#now())
      : { is: 'gone', why: 'unknown' };
    if (joined.is === 'joined') takeBack();
    return joined;
  }

  async #find({ id }: Code) {
    return (await this.#store.proposals({ kind: 'invite' }, this.#now())).find((each) => each.id === id);
  }

  #hasTriedEnough(address: Address): boolean {
    return (this.#wrong.get(address)?.size ?? 0) >= MOST_WRONG;
  }

  #countWrong(address: Address): () => void {
    const tries = this.#wrong.get(address) ?? new Set();
    const mine = { at: this.#now() };
    this.#wrong.set(address, tries.add(mine));
    return () => void tries.delete(mine);
  }

  #forget(): void {
    const since = this.#now() - INVITE_MS;
    for (const [key, { at }] of this.#said) if (at <= since) this.#said.delete(key);
    for (const [key, { at }] of this.#links) if (at <= since) this.#links.delete(key);
    for (const [address, tries] of this.#wrong) {
      for (const each of tries) if (each.at <= since) tries.delete(each);
      if (tries.size === 0) this.#wrong.delete(address);
    }
  }
}
