// The one place of a page that is believed: a key, a labelled line, a sentence.
import type { Problem } from '../types.js';
import { daysBetween, sameDay, weekdayOf } from './dates.js';
import type { KeyedWhen } from './when-keys.js';
import { isToldElsewhere, rivalDays } from './when-own.js';
import type { Chosen, Written } from './when-parts.js';
import { say } from './when-problems.js';
import type { Mention } from './when-prose.js';
import { type Hints, withYear } from './year.js';

/** Days further apart belong to different events: the page is a list. */
const LONGEST_SERIES = 45;
/** A day told in prose this far from the page's own date belongs to a story about something else. */
const FAR = 120;
/** Within a month of it even the year is clear. */
const NEAR = 31;
/** What events are called. */
export const EVENT_TITLE =
  /meetup|回顾|沙龙|大会|峰会|直播|workshop|工作坊|分享会|[^网本]站(?:$|[^点])|webinar|conference|summit|论坛|活动|交流会|研讨会|发布会|开放日|马拉松|黑客松|hackathon|camp\b|\bday\b|线上|线下|第\s?[\d一二三四五六七八九十]{1,4}\s?[期届场]|#\d|recap|meeting|\bcall\b|live|talk|讲座|公开课|专场|fest\b/i;

/** Occasions, where the title gives a day too. */
const OCCASION_TITLE = /\b(?:session|hangout|party|hack ?night|social|gathering|sprint|study (?:group|night)|tutorial)\b/i;

/** The day that a key gives, once its year is known. */
export function ofKey(keyed: KeyedWhen | null, hints: Hints): Chosen | null {
  if (!keyed?.start.day || keyed.start.isOpen) return null;
  const day = withYear(keyed.start.day, keyed.start.weekday, hints);
  return day && { when: keyed.start, day, line: keyed.line, basis: keyed.isSure ? 'key' : 'guess' };
}

/** The first labelled line, unless the page names days of several events. */
export function ofLabels(dated: readonly Written[], hints: Hints, mentions: readonly Mention[], problems: Problem[]): Chosen | null {
  const resolved = dated.map(({ when, line }) => {
    const day = when.day && withYear(when.day, when.weekday, hints);
    if (!day) problems.push(say.noYear(line));
    return day && { when, day, line, basis: 'guess' as const };
  });
  const first = resolved[0];
  // Lines further down are often left over from another event: when the first cannot be told, none is taken.
  if (!first) return null;
  const apart = resolved.map((other) => (other ? Math.abs(daysBetween(first.day, other.day)) : 0));
  if (Math.max(...apart) > LONGEST_SERIES) {
    problems.push(say.several(first.line));
    return null;
  }
  const { lastDay } = first.when;
  const last = lastDay && withYear({ ...lastDay, year: lastDay.year ?? first.day.year }, null, hints);
  const rivals = rivalDays(
    first.day,
    last,
    resolved.map((other) => other?.day ?? null),
  );
  if (rivals.length && dated[0] && !isToldElsewhere(dated[0], mentions)) {
    problems.push(say.several(first.line));
    return null;
  }
  return first;
}

/** The sentence that says that something takes place; only on a page that is about an event. */
export function ofProse(mentions: readonly Mention[], hints: Hints, title: string | null): Chosen | null {
  const recorded = mentions.flatMap(({ isLabel, when, line }) => {
    const day = isLabel && when.day ? withYear(when.day, when.weekday, hints) : null;
    return day ? [{ when, day, line }] : [];
  })[0];
  const based = mentions.find(({ isBasis }) => isBasis);
  if (based) {
    const day = based.when.day && withYear(based.when.day, based.when.weekday, hints);
    return day && { when: based.when, day, line: based.line, basis: 'guess' };
  }
  if (recorded) return { ...recorded, basis: 'guess' };
  const placed = mentions.filter(({ isPlaced }) => isPlaced);
  if (placed.length === 1 && placed[0]?.when.day?.year)
    return { when: placed[0].when, day: { ...placed[0].when.day, year: placed[0].when.day.year }, line: placed[0].line, basis: 'guess' };
  const held = mentions.filter(({ isHeld }) => isHeld);
  const named = held.length === 1 && held[0] ? heldDay(held[0], hints) : null;
  if (named) return named;
  if (!title || !(EVENT_TITLE.test(title) || (OCCASION_TITLE.test(title) && mentions.some(({ part }) => part === 'title')))) return null;
  const told = mentions.filter(
    ({ part, when }) => (part === 'body' || part === 'summary' || part === 'title') && !when.isOpen && !when.isRecurring,
  );
  for (const mention of [...told.filter(({ happens }) => happens), ...told.filter(({ part }) => part === 'title')]) {
    const { when, line, part } = mention;
    const day = when.day && withYear(when.day, when.weekday, hints);
    if (!day || (when.weekday !== null && weekdayOf(day) !== when.weekday)) continue;
    const agrees = mentions.some((other) => other.part !== part && other.when.day && sameDay(day, other.when.day));
    const hasRival = told.some((other) => other.happens && other.when.day && !sameDay(day, other.when.day));
    const apart = hints.published ? Math.abs(daysBetween(hints.published, day)) : 0;
    const isTold = !hasRival && (when.day?.year !== null || apart <= NEAR);
    if (apart <= FAR && (agrees || isTold)) return { when, day, line, basis: 'guess' };
  }
  return null;
}

function heldDay({ when, line }: Mention, hints: Hints): Chosen | null {
  const day = when.day && withYear(when.day, when.weekday, hints);
  const isFar = day && hints.published && Math.abs(daysBetween(hints.published, day)) > FAR;
  return day && !isFar ? { when, day, line, basis: 'guess' } : null;
}
