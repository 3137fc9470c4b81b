import type { CodeEntry, CommunityEvent } from '../content/catalog.js';
import type { CodeIndex } from './codes.js';
import { fallsOn, findDate } from './dates.js';
import type { Events } from './events.js';
import { fold, foldLine, foldWords } from './fold.js';
import { codeLike } from './request.js';
import { withoutAsking } from './words.js';

const MOST_SUGGESTIONS = 3;
const LONGEST_QUERY = 200;

export type Found =
  /** These are meant. `topic`: the words asked for. */
  | { is: 'events'; events: CommunityEvent[]; topic: string[] }
  /** Nothing fits exactly; these may have been meant. */
  | { is: 'guess'; suggestions: (CommunityEvent | CodeEntry)[] }
  /** A question for a list without any word to narrow it: all events. */
  | { is: 'all' }
  | { is: 'nothing'; dated: boolean };

/** What a text that is neither code nor command asks for: a day, a city, a talk, a speaker. */
export function find(text: string, events: Events, codes: CodeIndex, today: string): Found {
  if (text.length > LONGEST_QUERY) return { is: 'nothing', dated: false };
  const folded = fold(text);
  const line = foldLine(text);
  const date = findDate(line, today);
  const words = foldWords(date ? date.rest : line);
  const topic = withoutAsking(words);

  // One slip from a code is asked back, whatever else the words would find.
  const near = [...new Set([folded, ...codeLike(foldWords(line))])].flatMap((word) => codes.near(word));
  const fits = near.length > 0 && !date && /\p{N}/u.test(folded) ? [] : exactly();
  if (near.length > 0) return guess([...fits.slice(0, 1), ...near, ...fits.slice(1)]);
  if (fits.length === 1 && looksLikeCode()) return guess(fits);
  if (fits.length > 0) return { is: 'events', events: fits, topic };
  if (topic.length === 0)
    return date ? { is: 'nothing', dated: true } : words.some(isListWord) ? { is: 'all' } : { is: 'nothing', dated: false };
  const close = date ? events.catalog.events.filter((event) => fallsOn(date.when, event.start, event.end)) : [];
  const some = close.length > 0 ? close : date ? [] : events.search.some(topic, MOST_SUGGESTIONS);
  return some.length > 0 ? guess(some) : { is: 'nothing', dated: date !== undefined };

  function exactly(): CommunityEvent[] {
    const { when } = date ?? {};
    if (topic.length === 0) return when ? events.catalog.events.filter((event) => fallsOn(when, event.start, event.end)) : [];
    const all = events.search.all(words);
    const hits = all.length > 0 ? all : events.search.all(topic);
    const inTime = when ? hits.filter(({ event }) => fallsOn(when, event.start, event.end)) : hits;
    const heads = inTime.filter(({ head }) => head);
    return (heads.length > 0 ? heads : inTime).map(({ event }) => event);
  }

  function looksLikeCode(): boolean {
    return date ? date.compact : words.length === 1 && codeLike(words).length > 0;
  }
}

function guess(found: readonly (CommunityEvent | CodeEntry)[]): Found {
  const seen = new Set<unknown>();
  const suggestions = found.filter((each) => {
    const what = 'code' in each && each.events.length === 1 ? each.events[0] : each;
    return !seen.has(what) && seen.add(what);
  });
  return { is: 'guess', suggestions: suggestions.slice(0, MOST_SUGGESTIONS) };
}

function isListWord(word: string): boolean {
  return /活动|聚会|^(?:events?|meetups?)$/.test(word);
}
