/**
 * Who is an organizer: the accounts of emcee.yaml, and those that have joined by an invitation. Known by address only, sign for sign: a
 * name, a similar id or the same id of another instance is somebody else.
 */
import type { AdapterModule, Address, Logger } from '../adapter.js';
import type { Community } from '../content/catalog.js';
import type { OrganizerRow } from '../store/desk.js';
import type { Store } from '../store/port.js';
import { hashOf, isToken } from './secrets.js';

const MINUTE_MS = 60_000;
export const SESSION_LIMITS = { idleMs: 30 * MINUTE_MS, longestMs: 12 * 60 * MINUTE_MS };

/** Under which it is kept since when a session is. */
export const sinceKey = (session: string): string => `signed-in:${hashOf(session)}`;

/** changing: their ids do not last (AdapterModule.unstableIds), so that nobody can be known by one. */
export type Senders = NonNullable<AdapterModule['senders']> | 'changing';

export interface PeopleParts {
  store: Pick<Store, 'organizers' | 'removeOrganizers' | 'session' | 'closeSessions' | 'kvGet'>;
  log: Logger;
  community(): Pick<Community, 'organizers'>;
  /** What an instance's platform knows of its senders. Default: accounts. */
  sendersOf?(instance: string): Senders;
  now?: () => number;
}

export interface Account {
  address: Address;
  name: string | null;
  /** From emcee.yaml, and to be changed there only. */
  isWritten: boolean;
}

export interface Organizer {
  person: string;
  accounts: Account[];
}

/** Known by a session. */
export interface SignedIn {
  person: string;
  signedInAt: number;
}

export interface Removed {
  gone: string[];
  /** Accounts of the same person that stand in emcee.yaml, and stay. */
  written: string[];
}

export class People {
  readonly #parts: PeopleParts;
  readonly #now: () => number;
  #rows = new Map<string, OrganizerRow>();

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  /** Reads who there is: at the start, after a change of our own, and when the store's revision tells of one (watchRevision). */
  async read(): Promise<void> {
    this.#rows = new Map((await this.#parts.store.organizers()).map((row) => [row.address, row]));
  }

  /**
   * Whose account it is; undefined: no organizer's. `session`: what a signed-in page has shown. A session that cannot be looked up
   * makes nobody an organizer, and keeps no member from an answer.
   */
  personOf(account: string, session?: string): string | undefined | Promise<SignedIn | undefined> {
    const person = this.#personOf(account);
    if (person !== undefined || session === undefined) return person;
    return this.#signedIn(session).catch((error) => {
      this.#parts.log.error({ err: error }, 'a session could not be looked up');
      return undefined;
    });
  }

  async personOfSession(session: string): Promise<string | undefined> {
    if (!isToken(session)) return undefined;
    const person = await this.#parts.store.session(hashOf(session), SESSION_LIMITS, this.#now());
    return person !== undefined && this.has(person) ? person : undefined;
  }

  async #signedIn(session: string): Promise<SignedIn | undefined> {
    const person = await this.personOfSession(session);
    if (person === undefined) return undefined;
    // Where it is not known since when, it is long ago.
    return { person, signedInAt: Number((await this.#parts.store.kvGet(sinceKey(session), this.#now())) ?? 0) };
  }

  has(person: string): boolean {
    return this.list().some((each) => each.person === person);
  }

  /** As they were added; those of emcee.yaml first. */
  list(): Organizer[] {
    const found = new Map<string, Account[]>();
    for (const account of this.#accounts()) {
      const person = this.#rows.get(account.address)?.person ?? account.address;
      found.set(person, [...(found.get(person) ?? []), account]);
    }
    return [...found].map(([person, accounts]) => ({ person, accounts }));
  }

  /** Where organizers can be told something: not in a browser that anybody may sit at, unless emcee.yaml says so. */
  addresses(): Address[] {
    return this.#accounts()
      .filter(({ address, isWritten }) => isWritten || this.#knowsSender(address))
      .map(({ address }) => address);
  }

  /** How lists and the page name a person. */
  nameOf(person: string): string {
    const accounts = this.list().find((each) => each.person === person)?.accounts ?? [];
    return accounts.find(({ name }) => name)?.name ?? person;
  }

  /** Who is meant by an address of theirs, or by a name that only one of them has. */
  find(written: string): Organizer | undefined {
    const all = this.list();
    const byAddress = all.find(({ person, accounts }) => person === written || accounts.some(({ address }) => address === written));
    if (byAddress) return byAddress;
    const named = all.filter(({ accounts }) => accounts.some(({ name }) => name === written));
    return named.length === 1 ? named[0] : undefined;
  }

  /** Removes a person with all their accounts and sessions. What stands in emcee.yaml stays until it is taken out there. */
  async remove({ person, accounts }: Organizer): Promise<Removed> {
    const written = accounts.filter(({ isWritten }) => isWritten).map(({ address }) => address);
    if (written.length === accounts.length) return { gone: [], written };
    const gone = await this.#parts.store.removeOrganizers([...accounts.map(({ address }) => address)]);
    await this.#parts.store.closeSessions(person);
    await this.read();
    return { gone: gone.filter((address) => !written.includes(address as Address)), written };
  }

  #personOf(account: string): string | undefined {
    const isWritten = this.#parts.community().organizers.includes(account);
    const row = this.#rows.get(account);
    if (this.#sendersOf(account) === 'changing' || (!isWritten && !(row && this.#knowsSender(account)))) return undefined;
    return row?.person ?? account;
  }

  #knowsSender(address: string): boolean {
    return this.#sendersOf(address) === 'account';
  }

  #sendersOf(address: string): Senders {
    return this.#parts.sendersOf?.(address.slice(0, address.indexOf(':'))) ?? 'account';
  }

  #accounts(): Account[] {
    const { organizers } = this.#parts.community();
    const written = [...new Set(organizers)].map((address) => {
      return { address: address as Address, name: this.#rows.get(address)?.name ?? null, isWritten: true };
    });
    const joined = [...this.#rows.values()].filter(({ address }) => !organizers.includes(address));
    return [...written, ...joined.map(({ address, name }) => ({ address: address as Address, name, isWritten: false }))];
  }
}
