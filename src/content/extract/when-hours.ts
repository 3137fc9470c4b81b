// The hour of a start and the end that belongs to it.
import { isNextDay, type Span, writeClock } from './clock.js';
import { type Day, daysBetween, nextDay, sameDay, writeDay } from './dates.js';
import type { KeyedWhen } from './when-keys.js';
import { type Chosen, isSpan, type Written } from './when-parts.js';
import type { Mention } from './when-prose.js';
import type { When } from './when-text.js';
import { type Hints, withYear } from './year.js';

/** A line with only hours belongs to the day named at most so many lines before it. */
const LINES_APART = 6;

/** The chosen place may give only the day: its hour then stands on a line of its own, or where the same day is named again. */
export function hourOf(
  chosen: Chosen,
  others: readonly Written[],
  written: readonly Written[],
  mentions: readonly Mention[],
): { clock: When['clock']; source: When } {
  if (chosen.when.clock) return { clock: chosen.when.clock, source: chosen.when };
  const own = written.find(({ line }) => line === chosen.line);
  const sameDayAgain = [...others, ...mentions].find(({ when }) => when.clock && when.day && sameDay(chosen.day, when.day));
  const hoursOnly = written.filter(({ when }) => when.clock && !when.day && !when.isOpen);
  const near = own ? hoursOnly.find(({ at }) => Math.abs(at - own.at) <= LINES_APART) : hoursOnly.length === 1 ? hoursOnly[0] : undefined;
  const found = near ?? sameDayAgain;
  return { clock: found?.when.clock ?? null, source: found?.when ?? chosen.when };
}

/** A vaguer place has only the start: the same start elsewhere on the page may say when it ends. */
export function withEnd(clock: Span | null, day: Day, others: readonly Written[], mentions: readonly Mention[]): Span | null {
  if (!clock || clock.end !== null) return clock;
  const fuller = [...others, ...mentions].find(
    ({ when }) => when.day && sameDay(day, when.day) && isSpan(when.clock) && when.clock.start === clock.start && when.clock.end !== null,
  );
  return fuller && isSpan(fuller.when.clock) ? fuller.when.clock : clock;
}

/** Null when the page does not say, or the end would not lie after the start. */
export function endOf(chosen: Chosen, span: Span | null, keyed: KeyedWhen | null, hints: Hints): string | null {
  const { when, day } = chosen;
  if (keyed?.end && chosen.basis !== 'guess') {
    const lastDay = keyed.end.day ? withYear(keyed.end.day, null, hints) : day;
    const clock = isSpan(keyed.end.clock) ? keyed.end.clock.start : null;
    if (lastDay && (clock !== null || daysBetween(day, lastDay) > 0)) return write(lastDay, clock);
  }
  const last = when.lastDay ? withYear({ ...when.lastDay, year: when.lastDay.year ?? day.year }, null, hints) : null;
  const hour = when.lastClock ?? span?.end ?? null;
  if (last && daysBetween(day, last) > 0) return write(last, span ? hour : null);
  return hour === null ? null : write(isNextDay(hour) ? nextDay(day) : day, hour);
}

/** `2024-05-25T14:00`, or the day alone. */
export const write = (day: Day, clock: number | null) => (clock === null ? writeDay(day) : `${writeDay(day)}T${writeClock(clock)}`);
