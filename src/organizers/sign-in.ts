/**
 * The way from an organizer's chat to the signed-in web chat: a link that is good once, for ten minutes. Its token stands behind the #,
 * which browsers keep to themselves: no server, proxy or preview sees it before somebody presses the button.
 */

import type { OrganizerSessions } from '../adapter.js';
import type { Store } from '../store/port.js';
import { type People, SESSION_LIMITS, sinceKey } from './people.js';
import { hashOf, isToken, newToken } from './secrets.js';

const LINK_MS = 10 * 60_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
export const SIGN_IN_PATH = '/sign-in';

export interface SignInParts {
  store: Pick<Store, 'propose' | 'proposals' | 'take' | 'openSession' | 'closeSession' | 'closeSessions' | 'writeAudit' | 'kvSet'>;
  people: People;
  publicUrl: string | undefined;
  /** Where this process listens; undefined: not yet. */
  ownUrl(): string | undefined;
  /** The web chat is on. */
  hasPage(): boolean;
  now(): number;
}

export type SignInLink = { url: string } | { cannot: 'no-page' | 'no-address' | 'no-https' };

export class SignIn implements Omit<OrganizerSessions, 'pictures'> {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** A link for a person, and for nobody else. */
  async link(person: string): Promise<SignInLink> {
    const { store, now } = this.#parts;
    const base = this.#base();
    if (typeof base === 'object') return base;
    const token = newToken();
    await store.propose(
      {
        ...{ id: idOf(token), madeBy: idOf(token), kind: 'sign-in', person, value: {}, proof: hashOf(token), tries: 1 },
        ...{ expiresAt: now() + LINK_MS, keptUntil: now() + LINK_MS },
      },
      now(),
    );
    return { url: `${base}${SIGN_IN_PATH}#${token}` };
  }

  async signIn(token: string): Promise<{ session: string; name: string } | undefined> {
    const { store, people, now } = this.#parts;
    if (!isToken(token)) return undefined;
    const id = idOf(token);
    const found = (await store.proposals({ kind: 'sign-in' }, now())).find((each) => each.id === id);
    if (!found || !people.has(found.person)) return undefined;
    const { person } = found;
    // Each use is a word of its own: the second finds it taken.
    const taken = await store.take({ id, kind: 'sign-in', person, proof: hashOf(token), by: newToken() }, now());
    if (taken.is !== 'taken') return undefined;
    const session = newToken();
    await store.kvSet(sinceKey(session), String(now()), now() + SESSION_LIMITS.longestMs);
    await store.openSession({ hash: hashOf(session), person }, now());
    await store.writeAudit({ who: person, did: 'signed-in', about: {} }, now());
    return { session, name: people.nameOf(person) };
  }

  async signedIn(session: string): Promise<{ name: string } | undefined> {
    const person = await this.#parts.people.personOfSession(session);
    return person === undefined ? undefined : { name: this.#parts.people.nameOf(person) };
  }

  async signOut(session: string): Promise<void> {
    if (!isToken(session)) return;
    const { store, people, now } = this.#parts;
    const person = await people.personOfSession(session);
    await store.closeSession(hashOf(session));
    if (person !== undefined) await store.writeAudit({ who: person, did: 'signed-out', about: {} }, now());
  }

  /** On every device. */
  async signOutAll(person: string): Promise<number> {
    const { store, now } = this.#parts;
    const count = await store.closeSessions(person);
    if (count > 0) await store.writeAudit({ who: person, did: 'signed-out', about: { sessions: count } }, now());
    return count;
  }

  /** Without https only this very machine: else whoever shares the network could read the session. */
  #base(): string | { cannot: 'no-page' | 'no-address' | 'no-https' } {
    const { publicUrl, ownUrl, hasPage } = this.#parts;
    if (!hasPage()) return { cannot: 'no-page' };
    if (publicUrl !== undefined) return isSafe(publicUrl) ? publicUrl : { cannot: 'no-https' };
    const own = ownUrl();
    return own !== undefined && isSafe(own) ? own : { cannot: 'no-address' };
  }
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || LOOPBACK.test(hostname);
}

/** What a link is kept under; the token cannot be made from it. */
function idOf(token: string): string {
  return `sign-in:${hashOf(`id ${token}`).slice(0, 22)}`;
}
