/**
 * Tells the organizer who confirmed a broadcast how far it is: one message that changes in place where the platform can, and a report at
 * the end. Both have ids of their own in the ledger, so that restarts and replicas say neither twice.
 */
import { createHash } from 'node:crypto';
import type { AdapterModule, Address, Logger } from '../adapter.js';
import type { Broadcasts } from '../broadcast/index.js';
import type { Broadcast, RunningBroadcast } from '../broadcast/types.js';
import { progressText, reportText } from '../broadcast/words.js';
import type { Ledger } from '../ledger/index.js';
import type { Store } from '../store/port.js';

/** How often it is looked at while something is going out, and while nothing is known to. */
const LOOK_MS = 1_000;
const IDLE_LOOK_MS = 30_000;
/** Slack lets a message be changed about once a second; a reader needs no more than this. */
const EDIT_MS = 3_000;
/** What ended longer ago has been told, or nobody waits for it any more. */
const RECENT_MS = 24 * 3600_000;
/** What is over sooner needs no progress. */
const WORTH_TELLING_MS = 5_000;

export interface FollowerParts {
  broadcasts: Pick<Broadcasts, 'running' | 'list' | 'report'>;
  ledger: Pick<Ledger, 'say' | 'edit'>;
  store: Pick<Store, 'deliveries'>;
  log: Logger;
  moduleOf(address: string): AdapterModule | undefined;
  now(): number;
  /** Milliseconds between looks. */
  lookMs?: number;
}

export class Follower {
  readonly #parts: FollowerParts;
  /** What is going out, by its post. */
  readonly #followed = new Map<string, { editedAt: number; shown: string }>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** Also what was going out, or came to its end, when a process ended. */
  async start(): Promise<void> {
    const { broadcasts, log, now } = this.#parts;
    try {
      for (const broadcast of await broadcasts.list()) if (broadcast.at > now() - RECENT_MS) this.#add(broadcast);
    } catch (error) {
      log.warn({ err: error }, 'earlier broadcasts cannot be looked at');
    }
    this.#plan(0);
  }

  follow(broadcast: Pick<Broadcast, 'post' | 'reportTo'>): void {
    this.#add(broadcast);
    this.#plan(this.#lookMs);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #plan(ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms);
    this.#timer.unref();
  }

  #add({ post, reportTo }: Pick<Broadcast, 'post' | 'reportTo'>): void {
    if (reportTo !== undefined && !this.#followed.has(post)) this.#followed.set(post, { editedAt: this.#parts.now(), shown: '' });
  }

  async #look(): Promise<void> {
    let nextMs = IDLE_LOOK_MS;
    try {
      // Others' too: the replica that it was confirmed on may have ended.
      const open = (await this.#parts.broadcasts.running()).filter(({ reportTo }) => reportTo !== undefined);
      for (const broadcast of open) {
        this.#add(broadcast);
        if (broadcast.state === 'running') await this.#tellProgress(broadcast);
        nextMs = Math.min(nextMs, Math.max(this.#lookMs, broadcast.at - this.#parts.now()));
      }
      const posts = new Set(open.map(({ post }) => post));
      for (const post of this.#followed.keys()) if (!posts.has(post)) await this.#tellEnd(post);
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'the progress of a broadcast could not be told; it is tried again');
    }
    this.#plan(nextMs);
  }

  get #lookMs(): number {
    return this.#parts.lookMs ?? LOOK_MS;
  }

  async #tellProgress(broadcast: RunningBroadcast): Promise<void> {
    const { post, reportTo, leftMs, language } = broadcast;
    const { ledger, store, now } = this.#parts;
    const followed = this.#followed.get(post) ?? { editedAt: 0, shown: '' };
    const text = progressText(broadcast, language);
    const wire = this.#wire(reportTo, text);
    if (reportTo === undefined || wire === undefined || text === followed.shown || now() - followed.editedAt < EDIT_MS) return;
    const id = `notice:progress:${post}`;
    const [said] = await store.deliveries({ id, replies: true, limit: 1 });
    if (!said && leftMs < WORTH_TELLING_MS) return;
    followed.editedAt = now();
    if (!said) await ledger.say(reportTo, wire, [], id);
    else if (said.platformId === null || !(await ledger.edit(reportTo, said.platformId, wire))) return;
    followed.shown = text;
  }

  async #tellEnd(post: string): Promise<void> {
    const { broadcasts, ledger, store } = this.#parts;
    const report = await broadcasts.report(post);
    // It was gone on with meanwhile.
    if (report?.state === 'running') return;
    this.#followed.delete(post);
    const { reportTo, language } = report ?? {};
    if (!report || !reportTo || !language) return;
    const [said] = await store.deliveries({ id: `notice:progress:${post}`, replies: true, limit: 1 });
    const progress = this.#wire(reportTo, progressText(report, language));
    if (said?.platformId && progress !== undefined) await ledger.edit(reportTo, said.platformId, progress);
    const text = reportText(report, language);
    const wire = this.#wire(reportTo, text);
    // Another end, after some were sent once more, is another report.
    const end = createHash('sha256').update(JSON.stringify(report.counts)).digest('hex').slice(0, 8);
    if (wire !== undefined) await ledger.say(reportTo, wire, [], `notice:report:${post}:${end}`);
  }

  #wire(to: Address | undefined, text: string): unknown {
    return to === undefined ? undefined : this.#parts.moduleOf(to)?.format({ text });
  }
}
