/** An organizer's broadcast: proposed, shown, confirmed, followed, stopped. Knows no surface. */
import type { AdapterModule, Address, Capabilities } from '../adapter.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import { BROADCAST_PHRASES } from '../phrases/broadcast.js';
import type { Store } from '../store/port.js';
import { Drafting } from './drafting.js';
import { gone } from './gone.js';
import { isOld, likeliest } from './likeliest.js';
import { open, pastOne } from './past.js';
import { listed, progressOf, reportOf } from './running.js';
import { staleness, stopStale } from './stale.js';
import { type Did, type Handled, steer } from './steering.js';
import type { Change, Confirmed, KeptDraft, Maker, Plan, Proposed, Refusal, Report, RunningBroadcast, Wanted, Word } from './types.js';

/** A platform as a broadcast sees it. */
export interface PlatformView {
  module: Pick<AdapterModule, 'format' | 'preview' | 'rest'>;
  /** False: it waits until the platform is back. */
  online: boolean;
  capabilities(to: Address): Capabilities | undefined;
}

export interface BroadcastsParts {
  store: Store;
  now(): number;
  catalog(): Catalog;
  /** With every address that is known by now in place of its name. */
  community(): Community;
  /** By the first word of an address; undefined: it is not on. */
  platform(instance: string): PlatformView | undefined;
  /** The id that an event was first met under. */
  idOf(event: CommunityEvent): Promise<string> | string;
  /** Something is to go out: the ledger may look. */
  wake?(): void;
  /** Something that organizers have to know. */
  notify?(text: Record<'zh' | 'en', string>): void;
}

export class Broadcasts {
  readonly #parts: BroadcastsParts;
  readonly #drafting: Drafting;

  constructor(parts: BroadcastsParts) {
    this.#parts = parts;
    this.#drafting = new Drafting(parts);
  }

  /** What it would be; nothing is kept. */
  preview(wanted: Wanted, maker: Maker): Promise<{ is: 'planned'; plan: Plan } | { is: 'refused'; why: Refusal }> {
    return this.#drafting.preview(wanted, maker);
  }

  propose(wanted: Wanted, maker: Maker): Promise<Proposed> {
    return this.#drafting.propose(wanted, maker);
  }

  /** Shows a draft anew, with a new number: ten minutes more. */
  again(id: string, maker: Maker): Promise<Proposed> {
    return this.#drafting.again(id, maker);
  }

  edit(id: string, change: Change, maker: Maker): Promise<Proposed> {
    return this.#drafting.edit(id, change, maker);
  }

  /** The newest first. */
  drafts(person: string): Promise<KeptDraft[]> {
    return this.#drafting.drafts(person);
  }

  /** False: there is none. */
  discard(id: string, maker: Maker): Promise<boolean> {
    return this.#drafting.discard(id, maker);
  }

  /**
   * Without `id` the draft is the person's with that number, else their newest: a slip is a try on it. The maker's key is that of the
   * message that confirms, never of the one that proposed.
   */
  confirm(word: Word, maker: Maker): Promise<Confirmed> {
    return this.#drafting.confirm(word, maker);
  }

  /** The newest first, finished ones too. @param which `since`: neither made nor due before it */
  list(which: { limit?: number; since?: number } = {}): Promise<RunningBroadcast[]> {
    return listed(this.#parts.store, this.#parts.now(), which);
  }

  /** What is going out now, or waits for its time. */
  async running(): Promise<RunningBroadcast[]> {
    const { store, now } = this.#parts;
    const all = await Promise.all((await open(store)).map((row) => progressOf(row, store, now())));
    return all.filter(({ state }) => state === 'running' || state === 'waiting');
  }

  /** `id`: a draft's or a post's; without it the newest that is going out, else the newest. Undefined: there is none. */
  async progress(id?: string): Promise<RunningBroadcast | undefined> {
    const goingOut = id === undefined ? (await this.running()).find(({ state }) => state === 'running') : undefined;
    if (goingOut) return goingOut;
    const row = await pastOne(this.#parts.store, id);
    return row && progressOf(row, this.#parts.store, this.#parts.now());
  }

  async report(id?: string): Promise<Report | undefined> {
    const row = await pastOne(this.#parts.store, id);
    return row && reportOf(row, this.#parts.store, this.#parts.now());
  }

  /** What has not left does not leave any more; gives how many. Undefined: there is no such broadcast. */
  stop(id: string | undefined, maker: Maker): Promise<Handled | undefined> {
    return this.#steer('stopped', id, maker);
  }

  /** What was stopped goes after all. */
  resume(id: string | undefined, maker: Maker): Promise<Handled | undefined> {
    return this.#steer('resumed', id, maker);
  }

  /** What was refused goes once more; what is unknown stays so. */
  retry(id: string | undefined, maker: Maker): Promise<Handled | undefined> {
    return this.#steer('retried', id, maker);
  }

  /** Pages have changed: an announcement that has not gone out, of an event that was cancelled or moved, is stopped. */
  async pagesChanged(): Promise<void> {
    const { store, now, notify } = this.#parts;
    const eventOf = (about: string) => this.#eventOf(about);
    for (const { broadcast, why } of await stopStale({ store, now: now(), eventOf })) {
      await store.writeAudit({ who: 'emcee', did: 'stopped', about: { broadcast: broadcast.id, post: broadcast.post, why } }, now());
      const { id, label } = broadcast;
      notify?.({ zh: BROADCAST_PHRASES.zh.stale[why](id, label), en: BROADCAST_PHRASES.en.stale[why](id, label) });
    }
  }

  async #steer(did: Did, id: string | undefined, maker: Maker): Promise<Handled | undefined> {
    const { store, now, wake, community } = this.#parts;
    const find = async (named: string | undefined) => {
      if (named !== undefined) return pastOne(store, named);
      const all = await (did === 'stopped' ? this.running() : this.list());
      const found = likeliest(did, all, maker.person, now());
      return found && pastOne(store, found.post);
    };
    const handled = await steer(did, maker, {
      ...{ store, now: now() },
      find: (post) => find(post ?? id),
      isOld: (broadcast) => id === undefined && did !== 'stopped' && isOld(broadcast, now()),
      gone: (post) => (did === 'stopped' ? [] : gone(post, did === 'resumed' ? 'cancelled' : 'refused', store, community())),
      staleness: (row) => staleness(row, { store, eventOf: (about) => this.#eventOf(about) }),
    });
    wake?.();
    return handled;
  }

  async #eventOf(about: string): Promise<CommunityEvent | undefined> {
    for (const event of this.#parts.catalog().events) if ((await this.#parts.idOf(event)) === about) return event;
    return undefined;
  }
}
