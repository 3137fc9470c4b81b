/** An organizer's broadcast: proposed, shown, confirmed, followed, stopped. Knows no surface. */
import type { AdapterModule, Address, Capabilities } from '../adapter.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import type { Store } from '../store/port.js';
import type { Broadcast, Change, Confirmed, KeptDraft, Maker, Proposed, Report, RunningBroadcast, Wanted, Word } from './types.js';

/** A platform as a broadcast sees it. */
export interface PlatformView {
  module: Pick<AdapterModule, 'name' | 'format' | 'preview' | 'rest'>;
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
}

export interface Broadcasts {
  propose(wanted: Wanted, maker: Maker): Promise<Proposed>;
  /** Shows a draft anew, with a new number: ten minutes more. */
  again(id: string, maker: Maker): Promise<Proposed>;
  edit(id: string, change: Change, maker: Maker): Promise<Proposed>;
  /** The newest first. */
  drafts(person: string): Promise<KeptDraft[]>;
  /** False: there is none. */
  discard(id: string, maker: Maker): Promise<boolean>;
  /** Without `id` the draft is the person's with that number, else their newest. */
  confirm(word: Word, maker: Maker): Promise<Confirmed>;
  /** The newest first, finished ones too. */
  list(limit?: number): Promise<RunningBroadcast[]>;
  /** What is going out now, or waits for its time. */
  running(): Promise<RunningBroadcast[]>;
  /** `id`: a draft's, a post's; without it the newest. Undefined: there is none. */
  progress(id?: string): Promise<RunningBroadcast | undefined>;
  report(id?: string): Promise<Report | undefined>;
  /** How many will not go out. Undefined: there is no such broadcast. */
  stop(id: string | undefined, maker: Maker): Promise<{ broadcast: Broadcast; count: number } | undefined>;
  /** What was stopped goes after all. */
  resume(id: string | undefined, maker: Maker): Promise<{ broadcast: Broadcast; count: number } | undefined>;
  /** Those that were refused once more; what is unknown stays so. */
  retry(id: string | undefined, maker: Maker): Promise<{ broadcast: Broadcast; count: number } | undefined>;
}
