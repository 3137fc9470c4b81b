import { createRequire } from 'node:module';
import type MiniSearch from 'minisearch';
import type { CommunityEvent } from '../content/catalog.js';
import { otherCityNames } from './cities.js';
import { foldLine, foldWords } from './fold.js';

/** Where more than this share of the index is of events that are gone, it is made anew. */
const MOST_GONE = 0.2;
/** Of the words asked for, how many a guess must hold at least. */
const PART_OF_WORDS = 0.6;

interface Document {
  id: number;
  /** Title, place, speakers, tags: what an event is known by. */
  head: string;
  talks: string;
}

const WORD = /\p{Script=Han}+|[\p{L}\p{N}+#.]+/gu;
const LETTERS = /^[a-z]+$/;
const HAN = /^\p{Script=Han}/u;

export interface Hit {
  event: CommunityEvent;
  /** Every word is one that the event is known by, none only in the title of a talk. */
  head: boolean;
}

/** Full-text search over events. Built at the first question; a reload takes over what has not changed. */
export class EventSearch {
  readonly #index: MiniSearch<Document> = new (miniSearch())({
    fields: ['head', 'talks'],
    tokenize: tokens,
    processTerm: (term) => term,
    autoVacuum: false,
    searchOptions: { boost: { head: 2 } },
  });
  readonly #ids = new Map<CommunityEvent, number>();
  readonly #events = new Map<number, CommunityEvent>();
  #gone = 0;
  #next = 0;

  /** The index of `events`; made out of `previous`, which must not be used afterwards. */
  static of(events: readonly CommunityEvent[], previous?: EventSearch): EventSearch {
    const present = new Set(events);
    const search = previous && previous.#goneAfter(present) <= MOST_GONE * events.length ? previous : new EventSearch();
    for (const event of [...search.#ids.keys()]) if (!present.has(event)) search.#remove(event);
    for (const event of events) if (!search.#ids.has(event)) search.#add(event);
    return search;
  }

  /** Events that hold every word, the best first. */
  all(words: readonly string[]): Hit[] {
    return this.#search(words, 'AND', 1);
  }

  /** Events that hold most of the words, or words that look much like them: to be asked back, never to be answered with. */
  some(words: readonly string[], most: number): CommunityEvent[] {
    const hits = this.#search(words, 'OR', PART_OF_WORDS);
    return hits.slice(0, most).map(({ event }) => event);
  }

  #search(words: readonly string[], combineWith: 'AND' | 'OR', part: number): Hit[] {
    const asked = new Set(tokens(words.join(' ')));
    if (asked.size === 0) return [];
    const results = this.#index.search([...asked].join(' '), {
      combineWith,
      tokenize: (text) => text.split(' '),
      prefix: (term) => (HAN.test(term) ? [...term].length === 1 : term.length >= 3),
      fuzzy: (term) => (combineWith === 'OR' && term.length >= 5 && LETTERS.test(term) ? 1 : false),
    });
    return results.flatMap(({ id, queryTerms, match }) => {
      const event = this.#events.get(id);
      if (!event || new Set(queryTerms).size < part * asked.size) return [];
      return [{ event, head: Object.values(match).every((fields) => fields.includes('head')) }];
    });
  }

  #goneAfter(present: ReadonlySet<CommunityEvent>): number {
    let gone = this.#gone;
    for (const event of this.#ids.keys()) if (!present.has(event)) gone++;
    return gone;
  }

  #add(event: CommunityEvent): void {
    const id = this.#next++;
    this.#ids.set(event, id);
    this.#events.set(id, event);
    const people = event.talks.flatMap(({ speakers }) => speakers.flatMap(({ name, affiliation }) => [name, affiliation ?? '']));
    const place = [event.location ?? '', ...otherCityNames(foldWords(`${event.title} ${event.location ?? ''}`))];
    this.#index.add({
      id,
      head: [event.title, ...Object.values(event.titles), ...place, ...people, ...event.organizers, ...event.tags].join('\n'),
      talks: event.talks.map(({ title }) => title).join('\n'),
    });
  }

  #remove(event: CommunityEvent): void {
    const id = this.#ids.get(event);
    if (id === undefined) return;
    this.#index.discard(id);
    this.#ids.delete(event);
    this.#events.delete(id);
    this.#gone++;
  }
}

// Loaded at the first search: most bots are asked for codes long before.
function miniSearch(): typeof MiniSearch {
  return createRequire(import.meta.url)('minisearch') as typeof MiniSearch;
}

/** Chinese as pairs of neighbouring signs, a lone sign as itself; everything else by words. */
export function tokens(text: string): string[] {
  const found: string[] = [];
  for (const [word] of foldLine(text.replaceAll('\n', ' | ')).matchAll(WORD)) {
    const signs = HAN.test(word) ? [...word] : undefined;
    if (signs && signs.length > 1) for (let at = 0; at + 1 < signs.length; at++) found.push(`${signs[at]}${signs[at + 1]}`);
    else if (word !== '.') found.push(word.endsWith('.') ? word.slice(0, -1) : word);
  }
  return found;
}
