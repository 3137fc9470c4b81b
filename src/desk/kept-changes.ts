/**
 * A change of what is kept, from the question to the store: it waits for the word of the one who asked, ten minutes at most, and what
 * comes again (a redelivery, a second tap, a replica) changes nothing.
 */
import { createHash } from 'node:crypto';
import type { Link } from '../adapter.js';
import { keptLinks } from '../content/kept.js';
import type { Language } from '../content/types.js';
import type { KeptRow, Proposal } from '../store/desk.js';
import type { Store } from '../store/port.js';

const KIND = 'kept';
const LASTS_MS = 10 * 60_000;
/** So long a late word is told that it is late. */
const LISTED_MS = 60 * 60_000;
/** As long as a message may come again. */
const REMEMBERED_MS = 24 * 60 * 60_000;

/** null as value: it is taken away. */
export type KeptChange = Pick<KeptRow, 'kind' | 'name' | 'value'>;

/** Who asks: the message, the person and the account. */
export interface Asking {
  key: string;
  person: string;
  account: string;
}

export type WordTaken = { is: 'kept' | 'dropped' | 'late'; change: KeptChange; language: Language } | { is: 'replaced' };

export interface KeptChangesParts {
  store: Pick<Store, 'propose' | 'proposals' | 'take' | 'keep' | 'writeAudit' | 'kvGet' | 'kvSet'>;
  /** Puts into service here what has just been kept. */
  read(): Promise<void>;
  now(): number;
}

interface Waiting {
  change: KeptChange;
  language: Language;
}

export class KeptChanges {
  readonly #parts: KeptChangesParts;

  constructor(parts: KeptChangesParts) {
    this.#parts = parts;
  }

  /** Asks for the person's word; what they were asked before is void. The token stands for this change and no other. */
  async ask(asking: Asking, change: KeptChange, language: Language): Promise<string> {
    const token = tokenOf(asking.key, change);
    const mine = await this.#propose(asking, { change, language }, token);
    for (const other of await this.#open(asking.person))
      if (other.id !== mine.id && other.createdAt < mine.createdAt) await this.#void(other, mine.id);
    return token;
  }

  /** Links that wait for the code that they are meant for. */
  async draft(asking: Asking, links: readonly Link[]): Promise<string> {
    await this.#propose(asking, { links }, null);
    return tokenOf(asking.key, 'draft');
  }

  async drafted({ person }: Asking, token: string): Promise<Link[] | undefined> {
    const listed = await this.#parts.store.proposals({ kind: KIND, person }, this.#parts.now());
    const draft = listed.find(({ proof, madeBy }) => proof === null && tokenOf(madeBy, 'draft') === token);
    return draft && keptLinks({ kind: 'slides', value: draft.value });
  }

  /** The word of a person. Undefined: nothing of theirs waits for one. */
  async word(asking: Asking, word: 'yes' | 'no', token: string | undefined): Promise<WordTaken | undefined> {
    const { store, now } = this.#parts;
    const { key, person } = asking;
    const said = await this.#saidBefore(key);
    const open = said ? [] : await this.#open(person);
    const newest = said ?? open[0];
    if (!newest) return token === undefined ? undefined : { is: 'replaced' };
    if (!newest.proof || (token !== undefined && token !== newest.proof)) return { is: 'replaced' };
    const { id, proof } = newest;
    // Which change this message has meant has to be known when it comes again, for what was taken is listed no more.
    if (!said) await this.#remember(key, { id, proof, word, isDone: false });
    const taken = await store.take({ id, kind: KIND, person, proof, by: `${said?.word ?? word}:${key}` }, now());
    if (taken.is !== 'taken') {
      const waiting = (newest as Partial<Proposal>).value as Waiting | undefined;
      return taken.is === 'gone' && taken.why === 'expired' && waiting ? { is: 'late', ...waiting } : { is: 'replaced' };
    }
    const { change, language } = taken.value as Waiting;
    if ((said?.word ?? word) === 'no') return { is: 'dropped', change, language };
    if (!said?.isDone) await this.#carryOut(asking, change, { id, proof });
    for (const other of open.slice(1)) await this.#void(other, id);
    return { is: 'kept', change, language };
  }

  /** For what can be taken back by one word as well: without asking. */
  async atOnce(asking: Asking, change: KeptChange, language: Language): Promise<void> {
    const said = await this.#saidBefore(asking.key);
    if (said?.isDone) return;
    const proof = tokenOf(asking.key, change);
    const { id } = await this.#propose(asking, { change, language }, proof);
    const { store, now } = this.#parts;
    const taken = await store.take({ id, kind: KIND, person: asking.person, proof, by: `yes:${asking.key}` }, now());
    if (taken.is === 'taken') await this.#carryOut(asking, change, { id, proof });
  }

  async #carryOut({ key, person, account }: Asking, change: KeptChange, { id, proof }: { id: string; proof: string }): Promise<void> {
    await writeKept(this.#parts.store, person, change, this.#parts.now(), account);
    await this.#remember(key, { id, proof, word: 'yes', isDone: true });
    // It is kept: every replica, this one too, finds it within a second even if reading fails now.
    await this.#parts.read().catch(() => undefined);
  }

  #propose({ key, person }: Asking, value: Waiting | { links: readonly Link[] }, proof: string | null): Promise<Proposal> {
    const now = this.#parts.now();
    return this.#parts.store.propose(
      {
        ...{ id: `${KIND}:${key}`, madeBy: key, kind: KIND, person, value, proof, tries: 1 },
        ...{ expiresAt: now + LASTS_MS, keptUntil: now + LISTED_MS },
      },
      now,
    );
  }

  /** The newest first. */
  async #open(person: string): Promise<Proposal[]> {
    return (await this.#parts.store.proposals({ kind: KIND, person }, this.#parts.now())).filter(({ proof }) => proof !== null);
  }

  /** Taken, not deleted: the message that asked for it may come again, and must not bring it back. */
  async #void({ id, person, proof }: Proposal, by: string): Promise<void> {
    if (proof !== null) await this.#parts.store.take({ id, kind: KIND, person, proof, by: `void:${by}` }, this.#parts.now());
  }

  async #saidBefore(key: string): Promise<Said | undefined> {
    const said = await this.#parts.store.kvGet(`${KIND}:word:${key}`, this.#parts.now());
    return said === undefined ? undefined : (JSON.parse(said) as Said);
  }

  #remember(key: string, said: Said): Promise<void> {
    return this.#parts.store.kvSet(`${KIND}:word:${key}`, JSON.stringify(said), this.#parts.now() + REMEMBERED_MS);
  }
}

interface Said {
  id: string;
  proof: string;
  word: 'yes' | 'no';
  isDone: boolean;
}

/** Keeps it, and who did it. `account`: which of the person's. */
export async function writeKept(
  store: Pick<Store, 'keep' | 'writeAudit'>,
  who: string,
  change: KeptChange,
  now: number,
  account?: string,
): Promise<void> {
  await store.writeAudit({ who, did: change.kind, about: { ...aboutOf(change), ...(account !== undefined && { account }) } }, now);
  await store.keep({ ...change, by: who }, now);
}

/** Without passwords, and without what stands behind the question mark of an address, for that may be one. */
function aboutOf({ kind, name, value }: KeptChange): Record<string, unknown> {
  const named = kind === 'slides' ? { code: name } : { alias: name };
  if (value === null) return { ...named, removed: true };
  if (kind === 'alias') return { ...named, ...(value as object) };
  return {
    ...named,
    links: keptLinks({ kind, value }).map(({ url }) => {
      const { origin, pathname } = new URL(url);
      return origin + pathname;
    }),
  };
}

function tokenOf(key: string, meant: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([key, meant]))
    .digest('hex')
    .slice(0, 8);
}
