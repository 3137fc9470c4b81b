import type { Catalog, CommunityEvent } from '../content/catalog.js';
import { commandOf } from './commands.js';
import { fold } from './fold.js';
import { EventSearch } from './search.js';
import { phaseOf, spanOf } from './time.js';

/** The events of a catalog by time, title and words. Everything is made when it is first asked for. */
export class Events {
  readonly catalog: Catalog;
  #search: EventSearch | undefined;
  #inherited: EventSearch | undefined;
  #titles: Map<string, CommunityEvent[]> | undefined;

  /** `inherited` is the index of the catalog before: what has not changed is not indexed again. */
  constructor(catalog: Catalog, inherited?: EventSearch) {
    this.catalog = catalog;
    this.#inherited = inherited;
  }

  get search(): EventSearch {
    this.#search ??= EventSearch.of(this.catalog.events, this.#inherited);
    this.#inherited = undefined;
    return this.#search;
  }

  /** Gives the index away to the next catalog; this one would make its own again. */
  takeSearch(): EventSearch | undefined {
    const search = this.#search ?? this.#inherited;
    this.#search = undefined;
    this.#inherited = undefined;
    return search;
  }

  /** Under way, and still to come, the next one first; cancelled ones in neither. */
  upcoming(now: number): { now: CommunityEvent[]; ahead: CommunityEvent[] } {
    const held = this.catalog.events.filter(({ status }) => status !== 'cancelled');
    const byStart = (phase: 'now' | 'upcoming') =>
      sorted(
        held.filter((event) => phaseOf(event, now) === phase),
        (event) => spanOf(event)?.startAt ?? 0,
      );
    return { now: byStart('now'), ahead: byStart('upcoming') };
  }

  /** Over, the last one first; cancelled ones are left out. */
  past(now: number): CommunityEvent[] {
    const held = this.catalog.events.filter((event) => event.status !== 'cancelled' && phaseOf(event, now) === 'past');
    return this.inOrder(held, now);
  }

  /** What is to come, the next first, then what is over, the last first, then what has no date. */
  inOrder(events: readonly CommunityEvent[], now: number): CommunityEvent[] {
    const ahead = events.filter((event) => ['upcoming', 'now'].includes(phaseOf(event, now) ?? ''));
    const past = events.filter((event) => phaseOf(event, now) === 'past');
    const undated = events.filter((event) => phaseOf(event, now) === undefined);
    return [
      ...sorted(ahead, (event) => spanOf(event)?.startAt ?? 0),
      ...sorted(past, (event) => -Date.parse(event.start ?? '')),
      ...undated,
    ];
  }

  /** The event with this id, or the only one with this title. */
  named(text: string, folded: string): CommunityEvent | undefined {
    const [event, another] = this.#byTitle().get(folded) ?? [];
    return this.catalog.byId.get(text.trim()) ?? (another ? undefined : event);
  }

  /** What a member sends to get this event: its own code, else its title, else its id. */
  sayFor(event: CommunityEvent): string {
    const code = this.slidesCode(event);
    if (code !== undefined) return code;
    const folded = fold(event.title);
    return this.named(event.title, folded) === event && !commandOf(folded) && !this.catalog.codes.has(event.title) ? event.title : event.id;
  }

  /** The code that gets the slides of this event and of no other. */
  slidesCode(event: CommunityEvent): string | undefined {
    return event.codes.find((code) => {
      const entry = this.catalog.codes.get(code);
      return entry?.events.length === 1 && entry.events[0] === event && entry.purpose === 'slides';
    });
  }

  #byTitle(): Map<string, CommunityEvent[]> {
    if (this.#titles) return this.#titles;
    this.#titles = new Map();
    for (const event of this.catalog.events) {
      for (const title of new Set([event.title, ...Object.values(event.titles)].map(fold))) {
        const same = this.#titles.get(title);
        if (same) same.push(event);
        else if (title !== '') this.#titles.set(title, [event]);
      }
    }
    return this.#titles;
  }
}

function sorted(events: readonly CommunityEvent[], key: (event: CommunityEvent) => number): CommunityEvent[] {
  return events
    .map((event) => ({ event, at: key(event) }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}
