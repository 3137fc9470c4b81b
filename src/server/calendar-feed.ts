// /calendar.ics: all events, or those of a tag or a city. Made once for each catalog, however many programs look.
import { createHash } from 'node:crypto';
import { cityNamed, cityOf } from '../answer/cities.js';
import { fold } from '../answer/fold.js';
import type { Catalog, Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { type FeedEntry, feed } from '../schedule/ics/feed.js';

interface Feed {
  body: string;
  etag: string;
}

const MOST_FEEDS = 100;

export class CalendarFeeds {
  readonly #feeds = new Map<string, Feed | undefined>();
  #entries: readonly FeedEntry[] | undefined;
  #catalog: Catalog | undefined;

  /** Undefined: there is no such city. */
  get(
    query: URLSearchParams,
    language: Language,
    { entries, catalog, community }: { entries: readonly FeedEntry[]; catalog: Catalog; community: Community },
  ): Feed | undefined {
    if (entries !== this.#entries || catalog !== this.#catalog || this.#feeds.size > MOST_FEEDS) this.#feeds.clear();
    this.#entries = entries;
    this.#catalog = catalog;
    const [tag, city] = [query.get('tag') ?? '', query.get('city') ?? ''].map((each) => each.slice(0, 100));
    const key = JSON.stringify([language, tag, city]);
    if (!this.#feeds.has(key)) this.#feeds.set(key, made(entries, community, language, { tag: tag ?? '', city: city ?? '' }));
    return this.#feeds.get(key);
  }
}

const unmet = new WeakMap<Catalog, FeedEntry[]>();

/** What the events are before the schedule has met them. */
export function entriesOf(catalog: Catalog): FeedEntry[] {
  const known = unmet.get(catalog) ?? catalog.events.map((event) => ({ event, id: event.id, sequence: 0, changedAt: 0 }));
  unmet.set(catalog, known);
  return known;
}

function made(
  entries: readonly FeedEntry[],
  community: Community,
  language: Language,
  only: { tag: string; city: string },
): Feed | undefined {
  const city = only.city === '' ? undefined : cityNamed(only.city);
  if (only.city !== '' && !city) return undefined;
  const tag = fold(only.tag);
  const chosen = entries.filter(
    ({ event }) => (tag === '' || event.tags.some((each) => fold(each) === tag)) && (city === undefined || cityOf(event) === city),
  );
  const name = [community.name, only.tag, city?.[language]].filter(Boolean).join(' · ');
  const body = feed(chosen, community, language, name);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}
