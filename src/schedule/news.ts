/**
 * Changes that members have to hear of: noticed when a page is read, told when it has been still for a while, to exactly the channels
 * that were told before. An organizer can stop a notice or send it at once. What is to be told is derived from the ledger each time.
 */
import type { AdapterModule } from '../adapter.js';
import { phaseOf, spanOf } from '../answer/time.js';
import { titleOf } from '../answer/view.js';
import type { Catalog, Channel, Community } from '../content/catalog.js';
import { outsideQuietHours } from '../ledger/quiet.js';
import { sayToOrganizers } from '../phrases/schedule.js';
import type { NewPost, Store, Target, Told } from '../store/port.js';
import { changeMessage, changeNews } from './change-message.js';
import { type Change, changeOf, staleReminders } from './changes.js';
import { factsOf } from './facts.js';
import type { Met } from './known.js';
import { viewerOf } from './message.js';
import { isSure } from './plan.js';
import type { Post } from './sender.js';
import { DAY_MS, elapsed, HOUR_MS, MINUTE_MS } from './spans.js';

const STILL_MS = 10 * MINUTE_MS;
/** A change is proposed to organizers once in this time. */
const PROPOSED_MS = 7 * DAY_MS;

export interface NewsParts {
  store: Pick<Store, 'told' | 'once' | 'cancel'>;
  post: Post;
  catalog(): Catalog;
  community(): Community;
  moduleOf(address: string): AdapterModule | undefined;
  notify(text: Record<'zh' | 'en', string>): void;
}

interface Pending {
  change: Change;
  since: number;
  /** Quiet hours end then. */
  notBefore?: number;
}

export class News {
  readonly #parts: NewsParts;
  readonly #pending = new Map<string, Pending>();

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  /** When the next notice is due. */
  get nextAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.#pending.values()].map((pending) => this.#dueAt(pending)));
  }

  /** Looks at all events again. @param touched pages that have just changed: whoever is at work on one is not done yet */
  async look(met: readonly Met[], touched: ReadonlySet<string>, now: number): Promise<void> {
    const ahead = met.filter((each) => isToCome(each, now));
    const told = ahead.length > 0 ? await this.#parts.store.told(ahead.map(({ known }) => known.id)) : [];
    const byEvent = new Map<string, Told[]>();
    for (const row of told) {
      const rows = byEvent.get(row.about);
      if (rows) rows.push(row);
      else byEvent.set(row.about, [row]);
    }
    const seen = new Set<string>();
    for (const { event, known } of ahead) {
      const rows = byEvent.get(known.id);
      if (!rows) continue;
      for (const post of staleReminders(known.id, event, rows)) await this.#parts.store.cancel(post, now);
      const change = changeOf(known.id, event, rows);
      if (!change) continue;
      seen.add(known.id);
      await this.#propose(
        change,
        event.pages.some((page) => touched.has(page)),
        now,
      );
    }
    for (const id of this.#pending.keys()) if (!seen.has(id)) this.#pending.delete(id);
  }

  async sendDue(now: number): Promise<void> {
    for (const [id, pending] of this.#pending) if (this.#dueAt(pending) <= now) await this.#tell(id, pending, now, 'due');
  }

  /** Events whose notice waits. */
  get waiting(): string[] {
    return [...this.#pending.keys()];
  }

  /** An organizer sends the notice, or wants nobody to get it. False: there is none any more. */
  async decide(id: string, what: 'send' | 'stop', now: number): Promise<boolean> {
    const pending = this.#pending.get(id);
    return pending !== undefined && this.#tell(id, pending, now, what);
  }

  async #tell(id: string, pending: Pending, now: number, why: 'due' | 'send' | 'stop'): Promise<boolean> {
    const { store, post, moduleOf, catalog, community } = this.#parts;
    const { event } = pending.change;
    // Another replica, or another organizer, may have been quicker.
    const change = changeOf(id, event, await store.told([id]));
    this.#pending.delete(id);
    if (!change) return false;
    const scene = { catalog: catalog(), community: community(), now };
    const until = Math.max(now + HOUR_MS, Math.min(now + DAY_MS, spanOf(event)?.startAt ?? now + DAY_MS));
    const targets: Target[] = [];
    let later = Number.POSITIVE_INFINITY;
    for (const { channel: name, address, before, what } of change.channels) {
      const channel = this.#channel(name, address);
      const { quiet } = channel;
      const at = quiet === undefined ? now : outsideQuietHours(now, until, { hours: quiet, zone: scene.community.timezone });
      const module = moduleOf(address);
      if (!module) continue;
      if (why === 'due' && at > now) {
        later = Math.min(later, at);
        continue;
      }
      const wire = module.format(changeMessage({ event, before, what }, channel, scene));
      const end = why === 'stop' ? { end: { state: 'cancelled' as const, reason: 'stopped' } } : {};
      targets.push({ channel: name, address, wire, at: now, until, ...end });
    }
    if (targets.length > 0) await post(noticeOf(change), targets);
    // Where it is night, it is told in the morning, unless it has changed again by then.
    if (Number.isFinite(later)) this.#pending.set(id, { ...pending, notBefore: later });
    return true;
  }

  #dueAt({ since, notBefore }: Pending): number {
    return Math.max(since + this.#stillMs(), notBefore ?? 0);
  }

  async #propose(change: Change, isTouched: boolean, now: number): Promise<void> {
    const { store, notify, community } = this.#parts;
    const before = this.#pending.get(change.id);
    const isSame = before && JSON.stringify(factsOf(before.change.event)) === JSON.stringify(factsOf(change.event));
    this.#pending.set(change.id, { change, since: isSame && !isTouched ? before.since : now });
    const key = `schedule:proposed:${change.id}:${change.place}:${JSON.stringify(factsOf(change.event))}`;
    if (isSame || !(await store.once(key, '', now + PROPOSED_MS, now))) return;
    const { event, channels } = change;
    const [first] = channels;
    if (!first) return;
    notify(
      sayToOrganizers((say, language) => {
        const viewer = viewerOf(language, { community: community(), now });
        const news = changeNews({ event, before: first.before, what: first.what }, viewer);
        return say.willTell(
          titleOf(event, viewer),
          news,
          channels.length,
          Math.ceil(this.#stillMs() / MINUTE_MS),
          event.codes[0] ?? event.id,
        );
      }),
    );
  }

  #stillMs(): number {
    const { changesAfter } = this.#parts.community();
    return changesAfter === undefined ? STILL_MS : elapsed(changesAfter);
  }

  #channel(name: string, address: string): Channel {
    return this.#parts.community().channels.find((each) => each.name === name) ?? { name, address, tags: [] };
  }
}

/** Only of what is still to come; and a start that is a guess is told to nobody. */
function isToCome({ event }: Met, now: number): boolean {
  return phaseOf(event, now) === 'upcoming' && (event.status === 'cancelled' || isSure(event));
}

function noticeOf({ id, event, place }: Change): NewPost {
  return { id: `${id}:changed:${place}`, kind: 'changed', by: 'page changed', about: id, facts: factsOf(event) };
}
