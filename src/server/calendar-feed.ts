// /calendar.ics: all events, or those of a tag or a city. Made once for each version of the events, however many programs look.
import { createHash } from 'node:crypto';
import { cityNamed, cityOf } from '../answer/cities.js';
import { fold } from '../answer/fold.js';
import type { Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { cutCharacters } from '../render/index.js';
import { type FeedEntry, feed } from '../schedule/ics/feed.js';

interface Feed {
  body: string;
  etag: string;
}

const MOST_FEEDS = 100;
const LONGEST_NAME = 100;

export class CalendarFeeds {
  readonly #feeds = new Map<string, Feed | undefined>();
  #entries: readonly FeedEntry[] | undefined;
  #community: Community | undefined;

  /** Undefined: there is no such city. */
  get(
    query: URLSearchParams,
    language: Language,
    { entries, community }: { entries: readonly FeedEntry[]; community: Community },
  ): Feed | undefined {
    if (entries !== this.#entries || community !== this.#community || this.#feeds.size > MOST_FEEDS) this.#feeds.clear();
    this.#entries = entries;
    this.#community = community;
    const [tag = '', city = ''] = [query.get('tag'), query.get('city')].map((each) => cutCharacters(each ?? '', LONGEST_NAME, ''));
    const key = JSON.stringify([language, tag, city]);
    if (!this.#feeds.has(key)) this.#feeds.set(key, made(entries, community, language, { tag, city }));
    return this.#feeds.get(key);
  }
}

/** Whether the one who asks has this version already: `If-None-Match` is a list, and proxies mark tags as weak. */
export function isKnownTag(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
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
