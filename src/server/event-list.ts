// Which events a page of the list shows, and what it can be narrowed to. Pure: the instant comes in.
import { type City, cityNamed, cityOf } from '../answer/cities.js';
import { phaseOf, spanOf } from '../answer/time.js';
import type { Catalog, CommunityEvent } from '../content/catalog.js';

const EVENTS_PER_PAGE = 30;

interface Known {
  event: CommunityEvent;
  city: City | undefined;
  year: string | undefined;
  /** The wall time as a number, whatever the zone; NaN without a date. */
  wall: number;
}

/** What stays true of a catalog whatever the time is. */
interface Overview {
  /** The last one first. */
  events: readonly Known[];
  cities: ReadonlySet<City>;
  years: ReadonlySet<string>;
}

export interface Section {
  name: 'upcoming' | 'past' | 'undated';
  events: CommunityEvent[];
}

export interface EventList {
  city: City | undefined;
  year: string | undefined;
  /** Each with its number of events in the chosen year; the one with most events first. */
  cities: { city: City; count: number }[];
  /** Each with its number of events in the chosen city; the last year first. */
  years: { year: string; count: number }[];
  /** What is on this page; no section is empty. */
  sections: Section[];
  page: number;
  pages: number;
}

const overviews = new WeakMap<Catalog, Overview>();

/** The page of the list that a query asks for, or what of it there is not. */
export function listEvents(catalog: Catalog, query: URLSearchParams, now: number): EventList | 'city' | 'year' | 'page' {
  const overview = overviewOf(catalog);
  const asked = { city: query.get('city') ?? '', year: query.get('year') ?? '', page: query.get('page') || '1' };
  const city = asked.city === '' ? undefined : cityNamed(asked.city);
  if (asked.city !== '' && !(city && overview.cities.has(city))) return 'city';
  const year = asked.year === '' ? undefined : asked.year;
  if (year !== undefined && !overview.years.has(year)) return 'year';

  const inYear = year === undefined ? overview.events : overview.events.filter((known) => known.year === year);
  const inCity = city === undefined ? overview.events : overview.events.filter((known) => known.city === city);
  const chosen = city === undefined ? inYear : inYear.filter((known) => known.city === city);
  const pages = Math.max(1, Math.ceil(chosen.length / EVENTS_PER_PAGE));
  const page = /^[1-9]\d{0,8}$/.test(asked.page) ? Number(asked.page) : Number.POSITIVE_INFINITY;
  if (page > pages) return 'page';
  return {
    city,
    year,
    cities: counted(
      inYear.map((known) => known.city),
      city,
    )
      .map(([city, count]) => ({ city, count }))
      .sort((a, b) => b.count - a.count || (a.city.key < b.city.key ? -1 : 1)),
    years: counted(
      inCity.map((known) => known.year),
      year,
    )
      .map(([year, count]) => ({ year, count }))
      .sort((a, b) => (a.year < b.year ? 1 : -1)),
    sections: pageOf(sectionsOf(chosen, now), (page - 1) * EVENTS_PER_PAGE),
    page,
    pages,
  };
}

function overviewOf(catalog: Catalog): Overview {
  let overview = overviews.get(catalog);
  if (!overview) {
    const events = catalog.events.map((event): Known => ({ event, city: cityOf(event), year: yearOf(event), wall: wallOf(event) }));
    overview = {
      events: events.sort(lastFirst),
      cities: new Set(events.flatMap(({ city }) => city ?? [])),
      years: new Set(events.flatMap(({ year }) => year ?? [])),
    };
    overviews.set(catalog, overview);
  }
  return overview;
}

// Instants are slow to work out, and most events of a community share a zone.
function lastFirst(a: Known, b: Known): number {
  if (a.event.timezone === b.event.timezone || Number.isNaN(a.wall + b.wall)) return (b.wall || 0) - (a.wall || 0);
  return (spanOf(b.event)?.startAt ?? 0) - (spanOf(a.event)?.startAt ?? 0);
}

function wallOf({ start }: CommunityEvent): number {
  return start === null ? Number.NaN : Date.parse(start.length > 10 ? `${start}Z` : `${start}T00:00Z`);
}

function yearOf(event: CommunityEvent): string | undefined {
  return Number.isNaN(wallOf(event)) ? undefined : event.start?.slice(0, 4);
}

/** How often each value is there; the chosen one also when it is not. */
function counted<T>(values: readonly (T | undefined)[], chosen: T | undefined): [T, number][] {
  const counts = new Map<T, number>(chosen === undefined ? [] : [[chosen, 0]]);
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

function sectionsOf(chosen: readonly Known[], now: number): Section[] {
  const upcoming: CommunityEvent[] = [];
  const past: CommunityEvent[] = [];
  const undated: CommunityEvent[] = [];
  for (const { event } of chosen) {
    const phase = phaseOf(event, now);
    (phase === undefined ? undated : phase === 'past' ? past : upcoming).push(event);
  }
  return [
    { name: 'upcoming', events: upcoming.reverse() },
    { name: 'past', events: past },
    { name: 'undated', events: undated },
  ];
}

function pageOf(sections: readonly Section[], from: number): Section[] {
  let before = 0;
  return sections.flatMap(({ name, events }) => {
    const first = from - before;
    before += events.length;
    const shown = events.slice(Math.max(0, first), Math.max(0, first + EVENTS_PER_PAGE));
    return shown.length > 0 ? [{ name, events: shown }] : [];
  });
}
