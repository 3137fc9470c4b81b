/** An organizer's broadcast: proposed, shown, confirmed, followed, stopped. Knows no surface. */
import type { AdapterModule, Address, Capabilities } from '../adapter.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import { BROADCAST_PHRASES } from '../phrases/broadcast.js';
import type { Store } from '../store/port.js';
import { Drafting } from './drafting.js';
import { broadcastOf, open, type PastRow, pastOne } from './past.js';
import { listed, progressOf, reportOf } from './running.js';
import { stopStale } from './stale.js';
import type {
  Broadcast,
  Change,
  Confirmed,
  KeptDraft,
  Maker,
  Plan,
  Proposed,
  Refusal,
  Report,
  RunningBroadcast,
  Wanted,
  Word,
} from './types.js';

const DAY_MS = 24 * 3600_000;

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

type Handled = { broadcast: Broadcast; count: number } | undefined;

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

  /** The newest first, finished ones too. */
  list(limit?: number): Promise<RunningBroadcast[]> {
    return listed(this.#parts.store, this.#parts.now(), limit);
  }

  /** What is going out now, or waits for its time. */
  async running(): Promise<RunningBroadcast[]> {
    const { store, now } = this.#parts;
    const all = await Promise.all((await open(store)).map((row) => progressOf(row, store, now())));
    return all.filter(({ state }) => state === 'running' || state === 'waiting');
  }

  /** `id`: a draft's or a post's; without it the newest. Undefined: there is none. */
  async progress(id?: string): Promise<RunningBroadcast | undefined> {
    const row = await pastOne(this.#parts.store, id);
    return row && progressOf(row, this.#parts.store, this.#parts.now());
  }

  async report(id?: string): Promise<Report | undefined> {
    const row = await pastOne(this.#parts.store, id);
    return row && reportOf(row, this.#parts.store, this.#parts.now());
  }

  /** What has not left does not leave any more; gives how many. Undefined: there is no such broadcast. */
  stop(id: string | undefined, maker: Maker): Promise<Handled> {
    return this.#handle(id, maker, 'stopped', (post, now) => this.#parts.store.cancel(post, now));
  }

  /** What was stopped goes after all. */
  resume(id: string | undefined, maker: Maker): Promise<Handled> {
    return this.#handle(id, maker, 'resumed', (post, now, until) => this.#parts.store.resumePost(post, until, now));
  }

  /** What was refused goes once more; what is unknown stays so. */
  retry(id: string | undefined, maker: Maker): Promise<Handled> {
    return this.#handle(id, maker, 'retried', (post, now, until) => this.#parts.store.retryPost(post, until, now));
  }

  /** Pages have changed: an announcement that has not gone out, of an event that was cancelled or moved, is stopped. */
  async pagesChanged(): Promise<void> {
    const { store, now, catalog, idOf, notify } = this.#parts;
    const eventOf = async (id: string) => {
      for (const event of catalog().events) if ((await idOf(event)) === id) return event;
      return undefined;
    };
    for (const { broadcast, why } of await stopStale({ store, now: now(), eventOf })) {
      await store.writeAudit({ who: 'emcee', did: 'stopped', about: { broadcast: broadcast.id, post: broadcast.post, why } }, now());
      const { id, label } = broadcast;
      notify?.({ zh: BROADCAST_PHRASES.zh.stale[why](id, label), en: BROADCAST_PHRASES.en.stale[why](id, label) });
    }
  }

  async #handle(
    id: string | undefined,
    maker: Maker,
    did: 'stopped' | 'resumed' | 'retried',
    work: (post: string, now: number, until: number) => Promise<number>,
  ): Promise<Handled> {
    const { store, now, wake } = this.#parts;
    const row = id === undefined ? await this.#likeliest(did) : await pastOne(store, id);
    if (!row) return undefined;
    const count = await work(row.id, now(), Math.max(now(), row.note.at) + DAY_MS);
    await this.#audit(maker, did, { broadcast: row.note.draft, post: row.id, targets: count });
    wake?.();
    return { broadcast: broadcastOf(row), count };
  }

  /** Whoever names none means the one that this can be done to; whoever stops means what is under way. */
  async #likeliest(did: 'stopped' | 'resumed' | 'retried'): Promise<PastRow | undefined> {
    const fits = ({ state, counts }: RunningBroadcast) => {
      if (did === 'stopped') return state === 'running' || state === 'waiting';
      return did === 'resumed' ? state === 'stopped' : (counts.refused ?? 0) > 0;
    };
    const found = (await (did === 'stopped' ? this.running() : this.list())).find(fits);
    return found && pastOne(this.#parts.store, found.post);
  }

  #audit({ person, account }: Maker, did: string, about: Record<string, unknown>): Promise<void> {
    return this.#parts.store.writeAudit({ who: account ?? person, did, about }, this.#parts.now());
  }
}
