/**
 * Tells the organizer who confirmed a broadcast how far it is: one message that changes in place where the platform can, and a report at
 * the end. Both have ids of their own in the ledger, so that restarts and replicas say neither twice.
 */
import { createHash } from 'node:crypto';
import type { AdapterModule, Address, Logger } from '../adapter.js';
import type { Broadcasts } from '../broadcast/index.js';
import type { RunningBroadcast } from '../broadcast/types.js';
import { progressText, reportText } from '../broadcast/words.js';
import type { Ledger } from '../ledger/index.js';
import type { Store } from '../store/port.js';

/** How often it is looked at while something is going out, and while nothing is known to. */
const LOOK_MS = 1_000;
const IDLE_LOOK_MS = 15_000;
/** Slack lets a message be changed about once a second; a reader needs no more than this. */
const EDIT_MS = 3_000;
/** What is over sooner needs no progress. */
const WORTH_TELLING_MS = 5_000;
/** What ended longer ago has been told, or nobody waits for it any more. */
const RECENT_MS = 24 * 3600_000;

export interface FollowerParts {
  broadcasts: Pick<Broadcasts, 'running' | 'list' | 'report'>;
  ledger: Pick<Ledger, 'say' | 'edit' | 'canEdit'>;
  store: Pick<Store, 'deliveries'>;
  log: Logger;
  /** Whoever is no organizer any more hears no more of it. */
  isOrganizer(person: string): boolean;
  moduleOf(address: string): AdapterModule | undefined;
  now(): number;
  /** Milliseconds between looks. */
  lookMs?: number;
}

export class Follower {
  readonly #parts: FollowerParts;
  /** The progress that was shown last, by post. */
  readonly #shown = new Map<string, { at: number; text: string }>();
  /** The end that was told last, by post. */
  readonly #ends = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** Looks from now on: also at what was going out when a process ended, and at what another one has confirmed or gone on with. */
  start(): void {
    this.#plan(0);
  }

  /** Something is going out since a moment ago. */
  follow(): void {
    this.#plan(this.#lookMs);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  get #lookMs(): number {
    return this.#parts.lookMs ?? LOOK_MS;
  }

  #plan(ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { broadcasts, log, now, isOrganizer } = this.#parts;
    let nextMs = IDLE_LOOK_MS;
    try {
      // Also one that was planned long ago: the newest are listed by when they were made.
      const since = now() - RECENT_MS;
      const all = [...(await broadcasts.running()), ...(await broadcasts.list({ since }))];
      for (const broadcast of new Map(all.map((each) => [each.post, each])).values()) {
        const { at, by, createdAt, reportTo, state } = broadcast;
        if (reportTo === undefined || !isOrganizer(by) || Math.max(at, createdAt) < since) continue;
        if (state === 'running') await this.#tellProgress(broadcast, reportTo);
        else if (state !== 'waiting') await this.#tellEnd(broadcast, reportTo);
        if (state === 'running' || state === 'waiting') nextMs = Math.min(nextMs, Math.max(this.#lookMs, at - now()));
      }
    } catch (error) {
      log.warn({ err: error }, 'the progress of a broadcast could not be told; it is tried again');
    }
    this.#plan(nextMs);
  }

  async #tellProgress(broadcast: RunningBroadcast, to: Address): Promise<void> {
    const { post, leftMs, language } = broadcast;
    const { ledger, store, now } = this.#parts;
    const shown = this.#shown.get(post) ?? { at: 0, text: '' };
    const text = progressText(broadcast, language);
    // A message for each step would be a flood: there "progress" has to do.
    const wire = ledger.canEdit(to) ? this.#wire(to, text) : undefined;
    if (wire === undefined || text === shown.text || now() - shown.at < EDIT_MS) return;
    const id = progressId(post);
    const [said] = await store.deliveries({ id, replies: true, limit: 1 });
    if (!said && leftMs < WORTH_TELLING_MS) return;
    this.#shown.set(post, { at: now(), text });
    if (!said) await ledger.say(to, wire, [], id);
    else if (said.platformId !== null) await ledger.edit(to, said.platformId, wire);
  }

  async #tellEnd({ post, counts, language }: RunningBroadcast, to: Address): Promise<void> {
    const { broadcasts, ledger, store } = this.#parts;
    // Another end, after some were sent once more, is another report.
    const end = createHash('sha256')
      .update(JSON.stringify(Object.entries(counts).sort()))
      .digest('hex')
      .slice(0, 8);
    if (this.#ends.get(post) === end) return;
    const report = await broadcasts.report(post);
    const wire = report && this.#wire(to, reportText(report, language));
    if (!report || wire === undefined || report.state === 'running') return;
    const [said] = await store.deliveries({ id: progressId(post), replies: true, limit: 1 });
    if (said?.platformId) await ledger.edit(to, said.platformId, this.#wire(to, progressText(report, language)));
    await ledger.say(to, wire, [], `notice:report:${post}:${end}`);
    this.#ends.set(post, end);
    this.#shown.delete(post);
  }

  #wire(to: Address, text: string): unknown {
    return this.#parts.moduleOf(to)?.format({ text });
  }
}

const progressId = (post: string) => `notice:progress:${post}`;
