// Labelled times that belong to one session of the event: its hour is not the hour at which the event starts.
import type { Line, Source } from '../types.js';
import { plain } from './talk-text.js';
import { isSpan, type Written } from './when-parts.js';

const NUMBERED = /^(?:\d{1,2}\s?[.、．)）]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．])/;
const SESSION =
  /^(?:(?:lightning )?(?:session|talk|keynote|track|topic)s?\s{0,2}(?:$|[\d#:：–—-]|[A-Z]\b|one\b|two\b|three\b)|(?:议题|分享|主题演讲|主题分享|演讲|话题|场次|环节|分论坛|圆桌)\s{0,2}(?:$|[\d一二三四五六七八九十①-⑨:：|｜])|第\s?[\d一二三四五六七八九十]{1,3}\s?[场讲课节])/i;
/** `一、活动时间`, `1. Details`: numbered parts of a page about the whole event. */
const GENERAL =
  /时间|時間|地点|日期|信息|概[况要览述]|详情|基本|活动|会议|安排|报名|参[与加会]|简介|\b(?:when|where|time|date|details?|info|information|about|event|logistics|venue|join|overview|schedule|meeting|meetup)\b/i;

/** The lines under the headings of sessions, and those that differ from heading to heading. */
export function linesOfSessions(lines: Source['lines'], written: readonly Written[], title: string | null): Set<Written> {
  const bare = written.filter(({ isOccasion, section }) => !isOccasion && isPart(lines[section], title));
  const sessions = bare.filter(({ section }) => isSession(lines[section] as Line));
  const open = bare.filter(({ section, when }) => (when.day || isSpan(when.clock)) && !GENERAL.test(lines[section]?.text ?? ''));
  const first = open[0];
  const isSpread = first && open.some((other) => other.section !== first.section && !isAlike(first, other));
  return new Set(isSpread ? [...sessions, ...open] : sessions);
}

const isPart = (heading: Line | undefined, title: string | null): heading is Line =>
  heading !== undefined && heading.level > 1 && plain(heading.text) !== title;

function isSession(heading: Line): boolean {
  const text = plain(heading.text);
  return SESSION.test(text) || (NUMBERED.test(text) && !GENERAL.test(text));
}

/** The same day and hour, as far as both give them. */
function isAlike({ when: one }: Written, { when: other }: Written): boolean {
  if (one.day && other.day && (one.day.month !== other.day.month || one.day.day !== other.day.day)) return false;
  return !isSpan(one.clock) || !isSpan(other.clock) || one.clock.start === other.clock.start;
}
