// Headings that are only a place and a day: `New York - September 29, 2016`.
import type { Source } from '../types.js';
import { findDays } from './date-words.js';
import { zoneOfPlace } from './places.js';
import { plain } from './talk-text.js';
import { isSpan } from './when-parts.js';
import { readWhen, type When } from './when-text.js';

export interface Placed {
  place: string;
  when: When;
  line: number;
}

const LONGEST = 70;
const LONGEST_PLACE = 36;
/** `CEST` may follow the hour. */
const LONGEST_ZONE = 5;
const MERIDIEM = /\d\s?[ap]\.?m\b/i;
const HAS_YEAR = /20\d\d/;
const EDGES = /^[\s\-–—·|,，:：/@()（）]+|[\s\-–—·|,，:：/@()（）]+$/g;
const WORDS_AROUND = /\b(?:on|at|in)\b\s*$|(?:sun|mon|tues|wednes|thurs|fri|satur)day|[（(]?(?:周|星期).[)）]?/gi;

const NO_OCCASION = /outage|incident|post-?mortem|release|changelog|故障|宕机/i;
const AROUND_HOUR =
  /(?:\b(?:on|at|from|to|till?|until|starting|[ap]\.?m)\b\.?|(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?\b|[\d\s:.,;@|·()–—~-])/gi;

/** Headings that are only a day in English and an hour: `Thursday, March 5th, 2026 @ 7PM`. */
export function timedHeadings({ lines }: Source): { when: When; line: number }[] {
  const found: { when: When; line: number }[] = [];
  for (const line of lines) {
    if (line.kind !== 'heading' || line.text.length > LONGEST || !HAS_YEAR.test(line.text) || !MERIDIEM.test(line.text)) continue;
    const text = plain(line.text).normalize('NFKC');
    const [day, ...others] = findDays(text);
    if (!day || others.length || day.year === null) continue;
    const rest = `${text.slice(0, day.from)} ${text.slice(day.to)}`.replace(AROUND_HOUR, '');
    const when = readWhen(text);
    if (rest.length <= LONGEST_ZONE && isSpan(when.clock)) found.push({ when, line: line.number });
  }
  return found;
}

/** A title that gives day, year and hour in English names an occasion. */
export function isTimedTitle(title: string | null, when: When): boolean {
  return title !== null && MERIDIEM.test(title) && isSpan(when.clock) && when.day?.year != null && !NO_OCCASION.test(title);
}

/** Every such heading; on the page of one event there is one. */
export function placedHeadings({ lines }: Source): Placed[] {
  const found: Placed[] = [];
  for (const line of lines) {
    if (line.kind !== 'heading' || line.text.length > LONGEST || !HAS_YEAR.test(line.text)) continue;
    const text = plain(line.text).normalize('NFKC');
    const [day, ...others] = findDays(text);
    if (!day || others.length || day.year === null) continue;
    const rest = `${text.slice(0, day.from)} ${text.slice(day.to)}`.replace(WORDS_AROUND, '').replace(EDGES, '');
    if (rest.length > LONGEST_PLACE || /\d/.test(rest) || zoneOfPlace(rest) === null) continue;
    found.push({ place: rest, when: readWhen(text), line: line.number });
  }
  return found;
}
