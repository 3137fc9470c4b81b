/**
 * Changes that members have to hear of: noticed when a page is read, told when it has been still for a while, to exactly the channels
 * that were told before. An organizer can stop a notice or send it at once. What is to be told is derived from the ledger each time.
 */
import { phaseOf, spanOf } from '../answer/time.js';
import { titleOf } from '../answer/view.js';
import type { Channel } from '../content/catalog.js';
import { outsideQuietHours } from '../ledger/quiet.js';
import { sayToOrganizers } from '../phrases/schedule.js';
import type { Store, Subscription, Target, Told } from '../store/port.js';
import { changeMessage, changeNews } from './change-message.js';
import { type Change, changeOf, isNear, noticeOf, soonest, withSubscribers } from './changes.js';
import { factsOf } from './facts.js';
import type { Met } from './known.js';
import { viewerOf } from './message.js';
import { isSure } from './plan.js';
import type { Roll } from './roster.js';
import { isPerson, type SenderParts } from './sender.js';
import { DAY_MS, elapsed, HOUR_MS, MINUTE_MS } from './spans.js';
import { settleWaiting } from './stale.js';

const STILL_MS = 10 * MINUTE_MS;
/** Whoever is on the way to the old place or hour can still turn round. */
const BEFORE_START_MS = 5 * MINUTE_MS;
/** What was taken back, as it seems: a replica whose pages are behind reads the same, and has time to catch up. */
const BACK_MS = 2 * HOUR_MS;

export interface NewsParts extends Omit<SenderParts, 'store' | 'log'> {
  store: Pick<Store, 'told' | 'once' | 'kvDelete' | 'cancel' | 'resumePost' | 'subscriptions'>;
}

interface Pending {
  change: Change;
  since: number;
  dueAt: number;
  isBack: boolean;
  /** Under which organizers were told of it, once, whichever replica saw it first. */
  key: string;
}

export class News {
  readonly #parts: NewsParts;
  readonly #pending = new Map<string, Pending>();

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  /** When the next notice is due. */
  get nextAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.#pending.values()].map(({ dueAt }) => dueAt));
  }

  /**
   * Looks at all events again.
   * @param planned until when each post is worth sending
   * @param touched pages that have just changed: whoever is at work on one is not done yet
   */
  async look(
    { met, gone }: Pick<Roll, 'met' | 'gone'>,
    { planned, touched, now }: { planned: ReadonlyMap<string, number>; touched: ReadonlySet<string>; now: number },
  ): Promise<void> {
    const { store } = this.#parts;
    const near = [
      ...met.filter(({ event }) => isNear(event, now)).map(({ known }) => known.id),
      ...gone.filter(({ value }) => isNear(value.facts, now)).map(({ id }) => id),
    ];
    const told = near.length > 0 ? await settleWaiting(await store.told(near), planned, store, now) : [];
    const byEvent = new Map<string, Told[]>();
    for (const row of told) {
      const rows = byEvent.get(row.about);
      if (rows) rows.push(row);
      else byEvent.set(row.about, [row]);
    }
    const subscriptions = told.length > 0 ? await store.subscriptions() : [];
    const seen = new Set<string>();
    for (const { event, known } of met) {
      const rows = byEvent.get(known.id);
      if (!rows || !this.#isToCome({ event, known }, now)) continue;
      const change = withSubscribers(changeOf(known.id, event, rows, now), this.#parts.community(), subscriptions);
      if (!change) continue;
      seen.add(known.id);
      const isTouched = event.pages.some((page) => touched.has(page));
      await this.#propose(change, isTouched, now);
    }
    for (const [id, { key }] of this.#pending) {
      if (seen.has(id)) continue;
      this.#pending.delete(id);
      // The same change may come again: then organizers hear of it again.
      await store.kvDelete(key);
    }
  }

  async sendDue(now: number): Promise<void> {
    for (const [id, { dueAt }] of this.#pending) if (dueAt <= now) await this.#tell(id, now, 'due');
  }

  /** Events whose notice waits. */
  get waiting(): string[] {
    return [...this.#pending.keys()];
  }

  /** An organizer sends the notice, or wants nobody to get it. False: there is none any more, or somebody else was quicker. */
  decide(id: string, what: 'send' | 'stop', now: number): Promise<boolean> {
    return this.#tell(id, now, what);
  }

  async #tell(id: string, now: number, why: 'due' | 'send' | 'stop'): Promise<boolean> {
    const pending = this.#pending.get(id);
    // Taken at once: of two who decide at the same moment, one is too late.
    if (!pending || !this.#pending.delete(id)) return false;
    try {
      return await this.#post(pending, now, why);
    } catch (error) {
      if (!this.#pending.has(id)) this.#pending.set(id, pending);
      throw error;
    }
  }

  async #post(pending: Pending, now: number, why: 'due' | 'send' | 'stop'): Promise<boolean> {
    const { store, post, moduleOf, catalog, community } = this.#parts;
    const { id, event } = pending.change;
    const scene = { catalog: catalog(), community: community(), now };
    const subscriptions = await store.subscriptions();
    // Another replica, or another organizer, may have been quicker.
    const change = withSubscribers(changeOf(id, event, await store.told([id]), now), scene.community, subscriptions);
    if (!change) return false;
    const until = Math.max(now + HOUR_MS, Math.min(now + DAY_MS, spanOf(event)?.startAt ?? now + DAY_MS));
    const inTime = Math.min(until, soonest(change, now));
    const targets: Target[] = [];
    let later = Number.POSITIVE_INFINITY;
    for (const { channel: name, address, before, what } of change.channels) {
      const channel = this.#channel(name, address, subscriptions);
      const { quiet } = channel;
      const at = quiet === undefined ? now : outsideQuietHours(now, inTime, { hours: quiet, zone: scene.community.timezone });
      const module = moduleOf(address);
      if (!module) continue;
      if (why === 'due' && at > now) {
        later = Math.min(later, at);
        continue;
      }
      const wire = module.format(changeMessage({ event, before, what }, channel, scene));
      const end = why === 'stop' ? { end: { state: 'cancelled' as const, reason: 'stopped' } } : {};
      targets.push({ channel: name, address, wire, at: now, until, hold: isPerson(address), ...end });
    }
    const added = targets.length > 0 ? await post(noticeOf(change), targets) : 0;
    // Where it is night, it is told in the morning, unless it has changed again by then.
    if (Number.isFinite(later)) this.#pending.set(id, { ...pending, dueAt: later });
    return added > 0;
  }

  async #propose(change: Change, isTouched: boolean, now: number): Promise<void> {
    const { store, notify, community } = this.#parts;
    const before = this.#pending.get(change.id);
    const facts = JSON.stringify(factsOf(change.event));
    const isSame = before !== undefined && JSON.stringify(factsOf(before.change.event)) === facts;
    const isBack = !isTouched && (isSame ? before.isBack : change.channels.some((channel) => channel.isBack));
    // A clock that was put back does not make it wait the longer.
    const since = isSame && !isTouched ? Math.min(before.since, now) : now;
    const waitMs = isBack ? BACK_MS : this.#stillMs();
    const dueAt = Math.max(since, Math.min(since + waitMs, soonest(change, since) - BEFORE_START_MS));
    const key = isSame ? before.key : `schedule:proposed:${change.id}:${change.place}:${facts}`;
    const pending = { change, since, dueAt, isBack, key };
    if (before && !isSame) await store.kvDelete(before.key);
    if (!isSame && (await store.once(key, '', dueAt + HOUR_MS, now))) {
      const minutes = Math.max(1, Math.ceil((dueAt - now) / MINUTE_MS));
      notify(
        sayToOrganizers((say, language) => {
          const viewer = viewerOf(language, { community: community(), now });
          const { event, channels } = change;
          const [first] = channels as [Change['channels'][number]];
          const news = changeNews({ event, before: first.before, what: first.what }, viewer);
          return say.willTell(titleOf(event, viewer), news, channels.length, minutes, event.codes[0] ?? event.id);
        }),
        { urgent: true },
      );
    }
    // Not before organizers are asked: where the store has failed, they are at the next look.
    this.#pending.set(change.id, pending);
  }

  #stillMs(): number {
    const { changesAfter } = this.#parts.community();
    return changesAfter === undefined ? STILL_MS : elapsed(changesAfter);
  }

  #channel(name: string, address: string, subscriptions: readonly Subscription[]): Pick<Channel, 'quiet' | 'language'> {
    const { channels } = this.#parts.community();
    const known = channels.find((each) => each.address === address) ?? channels.find((each) => each.name === name);
    return known ?? { language: subscriptions.find((each) => each.address === address && each.language)?.language };
  }

  /** Only of what is still to come; and a start that is a guess is told to nobody. What begins while its notice waits is told yet. */
  #isToCome({ event, known }: Met, now: number): boolean {
    if (event.status !== 'cancelled' && !isSure(event)) return false;
    if (phaseOf(event, now) === 'upcoming') return true;
    return this.#pending.has(known.id) && (spanOf(event)?.startAt ?? 0) + HOUR_MS > now;
  }
}
