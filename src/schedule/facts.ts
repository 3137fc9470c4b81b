// What members are told of an event that may change later, and whether something told differs from what holds now. Pure.
import { cityOf } from '../answer/cities.js';
import { fold, foldWords } from '../answer/fold.js';
import type { CommunityEvent } from '../content/catalog.js';
import { instantOf } from '../content/time-zone.js';
import type { EventStatus } from '../content/types.js';
import { zoneOf } from './due.js';

export interface Facts {
  title: string;
  start: string | null;
  end: string | null;
  timezone: string;
  location: string | null;
  /** Missing in what was told before this was kept. */
  online?: boolean | null;
  status: EventStatus;
}

export type Difference = 'start' | 'end' | 'place' | 'status';

export function factsOf({ title, start, end, timezone, location, online, status }: CommunityEvent): Facts {
  return { title, start, end, timezone, location, online, status };
}

/** What members who were told `before` have to know. What only became more exact, or is no longer read from the page, is no news. */
export function differences(before: Facts, now: Facts): Difference[] {
  const found: Difference[] = [];
  if ((before.status === 'cancelled') !== (now.status === 'cancelled')) found.push('status');
  const isMoved = isOther(before, now, 'start');
  if (isMoved) found.push('start');
  if (!isMoved && isOther(before, now, 'end')) found.push('end');
  if (isElsewhere(before, now)) found.push('place');
  return found;
}

/** The same instant by the clock of another zone is the same; a day without an hour is that day in any zone. */
function isOther(before: Facts, now: Facts, which: 'start' | 'end'): boolean {
  const [was, is] = [before[which], now[which]];
  if (was === null || is === null) return false;
  const shorter = Math.min(was.length, is.length);
  const isAlike = was.slice(0, shorter) === is.slice(0, shorter);
  if (shorter <= 10 || before.timezone === now.timezone) return !isAlike;
  if (Number.isNaN(Date.parse(was)) || Number.isNaN(Date.parse(is))) return !isAlike;
  return instantOf(was, zoneOf(before)) !== instantOf(is, zoneOf(now));
}

/** Whoever would wait in the wrong place, in a room or in front of a screen, has to know. */
function isElsewhere(before: Facts, now: Facts): boolean {
  if (before.online === true && now.online === false) return true;
  if (before.location === null) return false;
  if (now.location === null) return now.online === true && before.online !== true;
  return !isSamePlace(before.location, now.location);
}

/** One that says more of the same place is the same place. */
function isSamePlace(before: string, now: string): boolean {
  return isWithin(before, now) || isWithin(now, before) || isTranslated(before, now);
}

/** "Hall 1" is within "Hall 1, second floor", and not within "Hall 12": no number and no word may go on where it ends. */
function isWithin(part: string, whole: string): boolean {
  return (
    fold(part) === fold(whole) ||
    includesWhole(foldWords(whole).join(' '), foldWords(part).join(' ')) ||
    includesWhole(fold(whole), fold(part))
  );
}

function includesWhole(whole: string, part: string): boolean {
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const end = at + part.length;
    if (!goesOn(whole.charAt(at - 1), part.charAt(0)) && !goesOn(part.charAt(part.length - 1), whole.charAt(end))) return true;
    if (part === '') return true;
  }
  return false;
}

const goesOn = (left: string, right: string) => /[a-z0-9]/.test(left) && /[a-z0-9]/.test(right);

/** Whether the page in one language names a street that the other does not cannot be told; the city can. */
function isTranslated(before: string, now: string): boolean {
  if (/\p{Script=Han}/u.test(before) === /\p{Script=Han}/u.test(now)) return false;
  const [a, b] = [before, now].map((location) => cityOf({ location, title: '', titles: {}, tags: [] }));
  return a !== undefined && a === b;
}
