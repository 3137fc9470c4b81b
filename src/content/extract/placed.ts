// Headings that are only a place and a day: `New York - September 29, 2016`.
import type { Source } from '../types.js';
import { findDays } from './date-words.js';
import { zoneOfPlace } from './places.js';
import { plain } from './talk-text.js';
import { readWhen, type When } from './when-text.js';

export interface Placed {
  place: string;
  when: When;
  line: number;
}

const LONGEST = 70;
const LONGEST_PLACE = 36;
const HAS_YEAR = /20\d\d/;
const EDGES = /^[\s\-–—·|,，:：/@()（）]+|[\s\-–—·|,，:：/@()（）]+$/g;
const WORDS_AROUND = /\b(?:on|at|in)\b\s*$|(?:sun|mon|tues|wednes|thurs|fri|satur)day|[（(]?(?:周|星期).[)）]?/gi;

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
