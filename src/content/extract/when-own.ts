// Which labelled lines speak of the page's own event: digests and articles also announce those of others.
import type { Source } from '../types.js';
import { type Day, daysBetween, sameDay } from './dates.js';
import type { Written } from './when-parts.js';
import type { Mention } from './when-prose.js';

/** A page that gathers what happened in a week or month; a weekly meeting is one occasion. */
const DIGEST =
  /\b(?:weekly|biweekly|monthly|newsletter|digest|round-?up)\b|周刊|[双週周]?周报|週報|月刊|月报|简报|快讯|每周精选|本周动态|新闻汇总/i;
const OCCASION = /meeting|meetup|\bcall\b|\bsync\b|workshop|webinar|会议|例会|周会|沙龙|直播课|交流会|分享会/i;
/** What stands below so much text was put at the end of an article. */
const LONG_ARTICLE = 3000;
const FIRST_LINES = 12;

export function isDigest(title: string | null): boolean {
  if (!title || !DIGEST.test(title)) return false;
  const head = title.split(/[|｜:：—–]/, 1)[0] ?? '';
  return !OCCASION.test(DIGEST.test(head) ? head : title);
}

/** The first line that stands below a whole article; infinite when none does. */
export function endOfArticle(lines: Source['lines'], written: readonly Written[]): number {
  const last = written.at(-1);
  if (!last || last.at < FIRST_LINES) return Number.POSITIVE_INFINITY;
  let signs = 0;
  for (let at = 0; at < last.at; at++) {
    const line = lines[at];
    if (line && line.kind !== 'code') signs += line.text.length;
    if (signs > LONG_ARTICLE) return at;
  }
  return Number.POSITIVE_INFINITY;
}

/** Another part of the page gives this day too; the day of publication does not count. */
export const isToldElsewhere = (written: Written, mentions: readonly Mention[]) =>
  mentions.some(
    ({ when, part, line, happens }) =>
      part !== 'date' &&
      (part !== 'body' || happens) &&
      line !== written.line &&
      when.day !== null &&
      written.when.day !== null &&
      when.day.month === written.when.day.month &&
      when.day.day === written.when.day.day,
  );

/** Days that are not the chosen one, and not within its span. */
export function rivalDays(day: Day, lastDay: Day | null, days: readonly (Day | null)[]): Day[] {
  return days.filter(
    (other) => other !== null && !sameDay(day, other) && !(lastDay && daysBetween(day, other) > 0 && daysBetween(other, lastDay) >= 0),
  ) as Day[];
}
