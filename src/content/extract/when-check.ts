// Whether the other places on a page agree with the start that was chosen, or speak against it.
import type { Span } from './clock.js';
import { findDays } from './date-words.js';
import { type Day, sameDay, type WrittenDay } from './dates.js';
import { matchesOf } from './matches.js';
import { type Chosen, isSpan, type Written } from './when-parts.js';
import type { Mention } from './when-prose.js';
import type { When } from './when-text.js';

const YEARS = /(?<!\d)(20\d{2})(?!\d)/g;

/** Pages are copied from the last one: a year or day in the title that is not the start's is a sign of it. */
export function isOtherInTitle(day: Day, title: string | null): boolean {
  if (!title || !/\d/.test(title)) return false;
  const days = findDays(title.normalize('NFKC'));
  if (days.length === 1 && days[0] && !sameDay(day, days[0]) && !days[0].last) return true;
  const years = matchesOf(YEARS, title).map((match) => Number(match[1]));
  return years.length === 1 && Math.abs((years[0] ?? day.year) - day.year) >= 1;
}

/** The line that says otherwise. A key for the event outweighs a series of talks, but not a plain other day. */
export function contradiction(
  chosen: Chosen,
  span: Span | null,
  others: readonly Written[],
  rivals: readonly Written[],
  isSeries: boolean,
): number | null {
  if (rivals.length && !(isSeries && chosen.basis !== 'key')) {
    const agreeing = others.some((other) => other.when.day && sameDay(chosen.day, other.when.day));
    if (!agreeing) return rivals[0]?.line ?? null;
  }
  const clashing = others.find(
    ({ when }) => when.day && sameDay(chosen.day, when.day) && span && isSpan(when.clock) && when.clock.start !== span.start,
  );
  return clashing && !isSeries ? clashing.line : null;
}

/** Two other parts of the page agree on a day close by: this one was left over from the event before. */
export function outvoted(day: Day, mentions: readonly Mention[]): boolean {
  const votes = mentions.filter(({ when, part }) => part !== 'body' && when.day && when.day.year !== null && !sameDay(day, when.day));
  return votes.some(({ when, part }) =>
    votes.some((other) => other.part !== part && other.when.day && when.day && isSame(other.when.day, when.day)),
  );
}

const isSame = (one: WrittenDay, other: WrittenDay) => one.year === other.year && one.month === other.month && one.day === other.day;

/** True when a second place gives the same day, and no other hour. */
export function agrees(chosen: Chosen, span: Span | null, others: readonly Written[], mentions: readonly Mention[]): boolean {
  const same = (when: When) =>
    when.day !== null && !when.isOpen && sameDay(chosen.day, when.day) && (!span || !isSpan(when.clock) || when.clock.start === span.start);
  return (
    others.some(({ when }) => same(when)) ||
    mentions.some(({ when, line }) => line !== chosen.line && same(when)) ||
    mentions.some(({ when, part }) => part === 'title' && same(when) && chosen.line !== 0)
  );
}
