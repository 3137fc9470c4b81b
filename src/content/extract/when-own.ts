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
const LONG_EVENT = 3000;
const LONG_ARTICLE = 1200;
const SOME_TEXT = 800;
const FOREIGN_HEADING = /相关|推荐|更多|预告|近期|社区活动|欢迎报名|加入我们|联系我们|关于我们|福利|related|upcoming|join us/i;
const FIRST_LINES = 12;

export function isDigest(title: string | null): boolean {
  if (!title || !DIGEST.test(title)) return false;
  const head = title.split(/[|｜:：—–]/, 1)[0] ?? '';
  return !OCCASION.test(DIGEST.test(head) ? head : title);
}

/** Lines below a whole article, or further down under a heading that leads to something else. */
export function linesOfOthers(lines: Source['lines'], written: readonly Written[], isEventTitle: boolean): Set<Written> {
  const others = new Set<Written>();
  const longest = isEventTitle ? LONG_EVENT : LONG_ARTICLE;
  let signs = 0;
  let at = 0;
  for (const line of written) {
    for (; at < line.at; at++) if (lines[at]?.kind !== 'code') signs += lines[at]?.text.length ?? 0;
    const heading = lines[line.section]?.text ?? '';
    if (signs > longest || (signs > SOME_TEXT && FOREIGN_HEADING.test(heading))) others.add(line);
  }
  return others;
}

/** `会议时间` in the first lines is the page's own; a bare `时间` of another day further down is not. */
export function ownByName(dated: readonly Written[]): readonly Written[] {
  const first = dated[0];
  if (!first?.isOccasion || first.at > FIRST_LINES) return dated;
  return dated.filter(
    ({ when, isOccasion }) => isOccasion || (when.day?.month === first.when.day?.month && when.day?.day === first.when.day?.day),
  );
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
