/**
 * The running schedule. node-cron only ticks; what is due is derived from the pages, the rules and the ledger's rows, so that a restart,
 * a sleep, a clock that jumps, a second replica and a double tick are one case: a (post, channel) that is there is never made again.
 */
import type { CommunityEvent } from '../content/catalog.js';
import type { ContentChange } from '../content/library.js';
import type { Store } from '../store/port.js';
import { type Ahead, nextPosts } from './ahead.js';
import { derive } from './derive.js';
import type { FeedEntry } from './ics/feed.js';
import { News, type NewsParts } from './news.js';
import { Notices } from './notices.js';
import { keyOf, Queue } from './queue.js';
import { callRoll, entryOf, keepConfirmed } from './roster.js';
import { type SenderParts, sendDue } from './sender.js';
import { MINUTE_MS } from './spans.js';

const SEEN_TO = 'schedule:through';
/** After the store has failed. */
const AGAIN_MS = 1_000;
const KEEP_EVERY_MS = 10 * MINUTE_MS;
/** The clock ticks each second: after so long it was put forward, or this machine has slept. */
const JUMP_MS = MINUTE_MS;

export interface ScheduleParts extends SenderParts {
  store: SenderParts['store'] & NewsParts['store'] & Pick<Store, 'knownEvents' | 'meetEvents' | 'keepEvents' | 'kvGet' | 'kvSet'>;
  now(): number;
}

export class Schedule {
  readonly #parts: ScheduleParts;
  readonly #queue = new Queue();
  readonly #news: News;
  readonly #notices: Notices;
  /** What this process has handed to the ledger, which knows the rest. */
  readonly #handed = new Set<string>();
  /** Pages that have changed since the last look, and those that this look is about. */
  readonly #touched = new Set<string>();
  readonly #looking = new Set<string>();
  /** An event's id as its page has it → the one that it was first met under. */
  #ids: ReadonlyMap<string, string> = new Map();
  #entries: readonly FeedEntry[] | undefined;
  /** Up to here everything was seen to: what was worth sending longer, was not sent, and is too late now, was missed. */
  #seenTo: number | undefined;
  /** As it is in the store, which is told now and then. */
  #keptSeenTo = Number.NEGATIVE_INFINITY;
  /** Nothing failed at the last look, and nothing is in doubt: as time goes by, all of it is seen to. */
  #isSettled = false;
  #lastTick = Number.NaN;
  #nextAt = Number.NEGATIVE_INFINITY;
  /** The digests after this instant are not in the queue yet. */
  #plannedTo = Number.POSITIVE_INFINITY;
  #isStale = true;
  #running: Promise<void> | undefined;
  #ticks: { stop(): unknown } | undefined;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
    this.#news = new News(parts);
    this.#notices = new Notices(parts);
  }

  /** Ticks each second from now on. */
  async start(): Promise<void> {
    const { schedule } = await import('node-cron');
    this.#ticks = schedule('* * * * * *', () => void this.tick(), { suppressMissedWarning: true, unref: true });
  }

  async close(): Promise<void> {
    await this.#ticks?.stop();
    await this.#running;
    if (this.#isSettled) this.#seenTo = this.#lastTick;
    await this.#keepSeenTo().catch((error) => this.#parts.log.warn({ err: error }, 'the store could not be told what was seen to'));
  }

  /** The pages, the settings, an address or a subscription have changed: at the next tick all is derived anew. */
  changed({ changed }: Pick<ContentChange, 'changed'> = { changed: [] }): void {
    for (const file of changed) this.#touched.add(file);
    this.#isStale = true;
    this.#nextAt = Number.NEGATIVE_INFINITY;
  }

  /** Returns at once while nothing is due. Never rejects. */
  tick(now = this.#parts.now()): Promise<void> | undefined {
    if (this.#running) return this.#running;
    const last = this.#lastTick;
    this.#lastTick = now;
    if (now >= last && now < this.#nextAt) return undefined;
    if (this.#isSettled) this.#seenTo = last;
    if (now < last) {
      // The clock was ahead: nothing that was worked out from it holds.
      this.#isStale = true;
      if (this.#seenTo !== undefined) this.#seenTo = Math.min(this.#seenTo, now);
    }
    this.#running = this.#run(now, now - last > JUMP_MS).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** For the calendar that members subscribe to. Undefined before the events were met: under which ids they are known is not known yet. */
  get entries(): readonly FeedEntry[] | undefined {
    return this.#entries;
  }

  /** The next posts, one line a post. */
  ahead(count: number): Ahead[] {
    return nextPosts(this.#queue.inOrder(), count);
  }

  /** When something is to be said next. */
  get nextAt(): number {
    return Math.min(this.#queue.nextAt, this.#news.nextAt, this.#notices.nextAt);
  }

  /** The id that an event was first met under. */
  idOf(event: CommunityEvent): string {
    return this.#ids.get(event.id) ?? event.id;
  }

  /** An organizer says that the start is as it was understood. */
  async confirm(event: CommunityEvent): Promise<void> {
    await keepConfirmed(this.#parts.store, this.idOf(event), event.start);
    this.changed();
  }

  /** Events with a notice of a change that waits. */
  get waiting(): readonly string[] {
    return this.#news.waiting;
  }

  /** An organizer sends the notice of a change at once, or stops it. False: none is waiting. */
  decide(id: string, what: 'send' | 'stop'): Promise<boolean> {
    return this.#news.decide(id, what, this.#parts.now());
  }

  async #run(now: number, hasJumped: boolean): Promise<void> {
    this.#isSettled = false;
    try {
      if (this.#isStale || now >= this.#plannedTo) await this.#derive(now);
      const inDoubt = await this.#sendDue(now, hasJumped);
      await this.#news.sendDue(now);
      await this.#notices.tellDue(now);
      if (this.#isStale) return;
      this.#isSettled = !inDoubt;
      if (this.#isSettled) this.#seenTo = now;
      if (Math.abs(now - this.#keptSeenTo) >= KEEP_EVERY_MS) await this.#keepSeenTo();
      this.#nextAt = Math.min(this.nextAt, this.#plannedTo, this.#keptSeenTo + KEEP_EVERY_MS);
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the schedule cannot use its store; it is tried again');
      this.#isSettled = false;
      this.#isStale = true;
      this.#nextAt = now + AGAIN_MS;
    }
  }

  async #keepSeenTo(): Promise<void> {
    if (this.#seenTo === undefined || this.#seenTo === this.#keptSeenTo) return;
    const seenTo = this.#seenTo;
    await this.#parts.store.kvSet(SEEN_TO, String(seenTo), null);
    this.#keptSeenTo = seenTo;
  }

  async #derive(now: number): Promise<void> {
    this.#isStale = false;
    const { store, catalog: catalogNow, community: communityNow } = this.#parts;
    const [catalog, community] = [catalogNow(), communityNow()];
    this.#plannedTo = Number.POSITIVE_INFINITY;
    if (community.sample) {
      // Nothing of it is kept: it makes room for the community's own.
      this.#entries = catalog.events.map((event) => ({ event, id: event.id, sequence: 0, changedAt: now }));
      return this.#queue.replace([]);
    }
    for (const file of this.#touched) this.#looking.add(file);
    this.#touched.clear();
    const roll = await callRoll(store, catalog, now);
    this.#ids = new Map(roll.met.map((each) => [each.event.id, each.known.id]));
    this.#entries = roll.met.map(entryOf);
    this.#seenTo ??= Number((await store.kvGet(SEEN_TO, now)) ?? roll.since);
    const { items, planned, plannedTo } = await derive(store, { roll, community, seenTo: Math.min(this.#seenTo, now), now });
    const keys = new Set(items.map(keyOf));
    for (const key of this.#handed) if (!keys.has(key)) this.#handed.delete(key);
    this.#queue.replace(items.filter((item) => !this.#handed.has(keyOf(item))));
    this.#plannedTo = plannedTo;
    await this.#news.look(roll, { planned, touched: this.#looking, now });
    this.#notices.look(roll, { catalog, community, now });
    this.#looking.clear();
  }

  /** Hands over what is due. True: something seems too late by a clock that has just jumped, and is looked at again. */
  async #sendDue(now: number, hasJumped: boolean): Promise<boolean> {
    const due = this.#queue.takeDue(now);
    const { again, done, late } = await sendDue(due, now, this.#parts, hasJumped);
    this.#queue.putBack(again);
    for (const key of done) this.#handed.add(key);
    return late;
  }
}
