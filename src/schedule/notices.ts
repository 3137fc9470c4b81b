/** What organizers hear of the schedule without having asked, each thing once, whichever replica sees it first. */
import { titleOf } from '../answer/view.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import { instantOf } from '../content/time-zone.js';
import { sayToOrganizers } from '../phrases/schedule.js';
import type { Store } from '../store/port.js';
import { zoneOf } from './due.js';
import type { Known } from './known.js';
import { hasMaterial, slidesCode } from './message.js';
import { isSure, remindAtOf } from './plan.js';
import type { Roll } from './roster.js';
import { DAY_MS, daysFrom, MINUTE_MS } from './spans.js';

/** A page that is being moved is away for a moment. */
const GONE_MS = MINUTE_MS;
const TOLD_MS = 60 * DAY_MS;

export interface NoticesParts {
  store: Pick<Store, 'once' | 'kvDelete'>;
  notify(text: Record<'zh' | 'en', string>): void;
}

type Notice = { at: number; key: string; text: Record<'zh' | 'en', string> };

export class Notices {
  readonly #parts: NoticesParts;
  #ahead: Notice[] = [];
  /** Since when a page has been away. */
  readonly #goneSince = new Map<string, number>();
  /** Under which it was told that something holds now; when that is over, it can be told again. */
  #holding = new Set<string>();
  #over: string[] = [];

  constructor(parts: NoticesParts) {
    this.#parts = parts;
  }

  get nextAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#ahead.map(({ at }) => at));
  }

  look(roll: Roll, { catalog, community, now }: { catalog: Catalog; community: Community; now: number }): void {
    for (const id of this.#goneSince.keys()) if (!roll.gone.some((each) => each.id === id)) this.#goneSince.delete(id);
    // Where nothing is posted by itself, nothing is held.
    const isReminded = ({ reminders = community.reminders }: Pick<CommunityEvent, 'reminders'>) =>
      reminders.length > 0 && community.channels.length > 0;
    const gone = (isReminded({ reminders: undefined }) ? roll.gone : [])
      .filter((each) => isAhead(each.value.facts, now))
      .map((each) => this.#gone(each, now));
    const broken = roll.broken.filter(({ event }) => isReminded(event) && isAhead(event, now)).map(({ event }) => brokenNotice(event, now));
    const events = roll.subjects.map(({ event }) => event).filter(isReminded);
    const unsure = events
      .filter((event) => !isSure(event) && event.status !== 'cancelled' && isAhead(event, now))
      .map((event) => unsureNotice(event, now));
    const asks = events.flatMap((event) => askNotice(event, { catalog, community, now }) ?? []);
    this.#ahead = [...gone, ...broken, ...unsure, ...asks];
    const holding = new Set([...gone, ...broken].map(({ key }) => key));
    this.#over = [...this.#over, ...this.#holding].filter((key) => !holding.has(key));
    this.#holding = holding;
  }

  async tellDue(now: number): Promise<void> {
    for (let key = this.#over.at(-1); key !== undefined; key = this.#over.at(-1)) {
      await this.#parts.store.kvDelete(`schedule:${key}`);
      this.#over.pop();
    }
    const due = this.#ahead.filter(({ at }) => at <= now);
    this.#ahead = this.#ahead.filter(({ at }) => at > now);
    for (const { key, text } of due) if (await this.#parts.store.once(`schedule:${key}`, '', now + TOLD_MS, now)) this.#parts.notify(text);
  }

  #gone({ id, value }: Known, now: number): Notice {
    const since = Math.min(this.#goneSince.get(id) ?? now, now);
    this.#goneSince.set(id, since);
    const { title, start } = value.facts;
    return { at: since + GONE_MS, key: `gone:${id}:${start}`, text: sayToOrganizers((say) => say.held(title, value.pages[0] ?? id)) };
  }
}

function isAhead({ start, timezone }: Pick<CommunityEvent, 'start' | 'timezone'>, now: number): boolean {
  return start !== null && instantOf(start, zoneOf({ timezone })) > now;
}

function brokenNotice(event: CommunityEvent, now: number): Notice {
  const text = sayToOrganizers((say, language) => say.broken(titleOf(event, { language }), event.pages[0] ?? event.id));
  return { at: now, key: `broken:${event.id}:${event.start}`, text };
}

function unsureNotice(event: CommunityEvent, now: number): Notice {
  const { id, start, pages, codes } = event;
  const text = sayToOrganizers((say, language) => say.unsure(titleOf(event, { language }), start ?? '', pages[0] ?? id, codes[0] ?? id));
  return { at: now, key: `unsure:${id}:${start}`, text };
}

/** The day after an event: where are the slides? Only where a recap would wait for them. */
function askNotice(
  event: CommunityEvent,
  { catalog, community, now }: { catalog: Catalog; community: Community; now: number },
): Notice | undefined {
  if (event.start === null || event.status === 'cancelled' || !isSure(event)) return undefined;
  if (!(event.reminders ?? community.reminders).some(({ after }) => after !== undefined)) return undefined;
  const day = (event.end ?? event.start).slice(0, 10);
  // Zones are slow to look up, and most events are long over.
  if (Math.abs(Date.parse(day) - now) > 400 * DAY_MS || Date.parse(day) < now - 4 * DAY_MS) return undefined;
  const at = daysFrom(day, remindAtOf(community), 1, zoneOf(event));
  if (at + DAY_MS < now || hasMaterial(event, catalog)) return undefined;
  const text = sayToOrganizers((say, language) => say.askForSlides(titleOf(event, { language }), slidesCode(event)));
  return { at, key: `asked:${event.id}:${event.start}`, text };
}
