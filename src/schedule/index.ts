/**
 * The running schedule. node-cron only ticks; what is due is derived from the pages, the rules and the ledger's rows, so that a restart,
 * a sleep, a clock that jumps, a second replica and a double tick are one case: a (post, channel) that is there is never made again.
 */
import type { CommunityEvent } from '../content/catalog.js';
import type { ContentChange } from '../content/library.js';
import type { Store } from '../store/port.js';
import { type Ahead, nextPosts } from './ahead.js';
import { nextDigestAt, planDigests } from './digests.js';
import type { FeedEntry } from './ics/feed.js';
import type { Met } from './known.js';
import { News } from './news.js';
import { Notices } from './notices.js';
import { type Planned, planEvents, planPersonal, recent, sendAt } from './plan.js';
import { type Item, keyOf, Queue } from './queue.js';
import { callRoll, type Roll } from './roster.js';
import { type SenderParts, sendDue } from './sender.js';
import { DAY_MS, elapsed } from './spans.js';
import { subscribersOf } from './subscribers.js';

const THROUGH = 'schedule:through';
/** After the store has failed. */
const AGAIN_MS = 1_000;

export interface ScheduleParts extends SenderParts {
  store: Pick<Store, 'knownEvents' | 'meetEvents' | 'keepEvents' | 'kvGet' | 'kvSet' | 'once' | 'told' | 'cancel' | 'subscriptions'>;
  now(): number;
}

export class Schedule {
  readonly #parts: ScheduleParts;
  readonly #queue = new Queue();
  readonly #news: News;
  readonly #notices: Notices;
  /** What this process has handed over; the ledger knows the rest. */
  readonly #done = new Set<string>();
  readonly #touched = new Set<string>();
  #roll: Roll | undefined;
  #entries: readonly FeedEntry[] | undefined;
  /** Whatever was due until then was seen to; what was due since, and is too late now, was missed. */
  #through: number | undefined;
  #nextAt = Number.NEGATIVE_INFINITY;
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
  }

  /** The pages, the settings, an address or a subscription have changed: at the next tick all is derived anew. */
  changed({ changed }: Pick<ContentChange, 'changed'> = { changed: [] }): void {
    for (const file of changed) this.#touched.add(file);
    this.#isStale = true;
    this.#nextAt = Number.NEGATIVE_INFINITY;
  }

  /** Returns at once while nothing is due. Never rejects. */
  tick(now = this.#parts.now()): Promise<void> | undefined {
    if (now < this.#nextAt || this.#running) return this.#running;
    this.#running = this.#run(now).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** For the calendar that members subscribe to. Undefined before the events were met: under which ids they are known is not known yet. */
  get entries(): readonly FeedEntry[] | undefined {
    return this.#entries;
  }

  get #met(): readonly Met[] {
    return this.#roll?.met ?? [];
  }

  /** The next posts, one line a post. */
  ahead(count: number): Ahead[] {
    return nextPosts(this.#queue.inOrder(), count);
  }

  /** When something is to be done next. */
  get nextAt(): number {
    return this.#nextAt;
  }

  /** The id that an event was first met under. */
  idOf(event: CommunityEvent): string {
    return this.#met.find((each) => each.event.id === event.id)?.known.id ?? event.id;
  }

  /** An organizer says that the start is as it was understood. */
  async confirm(event: CommunityEvent): Promise<void> {
    const known = this.#met.find((each) => each.event.id === event.id)?.known;
    if (!known) return;
    await this.#parts.store.keepEvents([{ ...known, value: { ...known.value, confirmed: event.start } }]);
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

  async #run(now: number): Promise<void> {
    try {
      if (this.#isStale) await this.#derive(now);
      await this.#sendDue(now);
      await this.#news.sendDue(now);
      await this.#notices.tellDue(now);
      if (!this.#isStale) this.#nextAt = Math.min(this.#queue.nextAt, this.#news.nextAt, this.#notices.nextAt);
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the schedule cannot use its store; it is tried again');
      this.#isStale = true;
      this.#nextAt = now + AGAIN_MS;
    }
  }

  async #derive(now: number): Promise<void> {
    this.#isStale = false;
    const { store, catalog: catalogNow, community: communityNow } = this.#parts;
    const [catalog, community] = [catalogNow(), communityNow()];
    if (community.sample) {
      // Nothing of it is kept: it makes room for the community's own.
      this.#entries = catalog.events.map((event) => ({ event, id: event.id, sequence: 0, changedAt: now }));
      return this.#queue.replace([]);
    }
    const touched = new Set(this.#touched);
    this.#touched.clear();
    const roll = await callRoll(store, catalog, now);
    this.#roll = roll;
    this.#entries = roll.met.map(({ event, known: { id, value } }) => ({
      event,
      id,
      sequence: value.sequence,
      changedAt: value.changedAt,
    }));
    this.#through ??= Number((await store.kvGet(THROUGH, now)) ?? roll.since);
    const firstSeen = new Map(roll.met.map(({ known }) => [known.id, known.firstSeen]));
    const subscribers = subscribersOf(await store.subscriptions());
    const subjects = recent(roll.subjects, community, Math.min(now, this.#through));
    const events = [...planEvents(subjects, community), ...planPersonal(subjects, community, subscribers)].filter((planned) =>
      this.#isOpen(planned, firstSeen.get(planned.subject?.id ?? '') ?? now, now),
    );
    // A digest that was due while nobody was there may still be in time, or is missed.
    const longest = Math.max(DAY_MS, ...community.digests.map(({ late }) => (late === undefined ? 0 : elapsed(late))));
    const from = Math.min(this.#through ?? now, now - longest);
    const digests = planDigests(community, from, nextAfter(nextDigestAt(community, now))).filter((planned) =>
      this.#isOpen(planned, roll.since, now),
    );
    const items = [...events, ...digests].flatMap((planned) =>
      planned.channels.map((channel): Item => ({ planned, channel, at: sendAt(planned, channel, community) })),
    );
    const keys = new Set(items.map(keyOf));
    for (const key of this.#done) if (!keys.has(key)) this.#done.delete(key);
    this.#queue.replace(items.filter((item) => !this.#done.has(keyOf(item))));
    await this.#news.look(roll.met, touched, now);
    this.#notices.look(roll, { catalog, community, now });
  }

  /** Still to be sent, or missed while nobody was there; what was over before it was ever seen is neither. */
  #isOpen({ at, until, when }: Planned, since: number, now: number): boolean {
    if (until > now) return true;
    // A recap may have waited for its slides until the very end.
    return at >= since && (when === 'after' ? until : at) > (this.#through ?? now);
  }

  async #sendDue(now: number): Promise<void> {
    const due = this.#queue.takeDue(now);
    if (due.length === 0) return;
    const { again, done } = await sendDue(due, now, this.#parts);
    this.#queue.putBack(again);
    for (const key of done) this.#done.add(key);
    if (done.length === 0) return;
    // Backwards too: a clock that was put right must not leave out what it has not seen.
    this.#through = now;
    await this.#parts.store.kvSet(THROUGH, String(now), null);
    // The digest after this one is not in the queue yet.
    if (due.some(({ planned }) => planned.when === 'digest')) this.changed();
  }
}

/** Of a span whose end is not included. */
const nextAfter = (instant: number) => (Number.isFinite(instant) ? instant + 1 : 0);
