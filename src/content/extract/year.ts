// The year of a day that is written without one.
import { type Day, daysBetween, isDay, sameDay, type WrittenDay, weekdayOf } from './dates.js';

export interface Hints {
  /** Days that the page writes in full. */
  days: readonly Day[];
  /** The page's `date`, mostly its publication: events are near it. */
  published: Day | null;
  /** A year that stands alone in the title or in the name of the file. */
  year: number | null;
}

const NEAR = 150;
/** A matching weekday tells more than nearness does. */
const NEAR_WITH_WEEKDAY = 200;

/** Null when nothing on the page tells the year, or the weekday speaks against it. */
export function withYear(written: WrittenDay, weekday: number | null, hints: Hints): Day | null {
  if (written.year !== null) return { ...written, year: written.year };
  const twin = hints.days.find((day) => sameDay(day, written));
  if (twin) return { ...twin };
  const fits = (day: Day) => isDay(day) && (weekday === null || weekdayOf(day) === weekday);
  const { published } = hints;
  if (published) {
    const near = [0, 1, -1]
      .map((years) => ({ ...written, year: published.year + years }))
      .filter((day) => fits(day) && Math.abs(daysBetween(published, day)) <= (weekday === null ? NEAR : NEAR_WITH_WEEKDAY))
      .sort((one, other) => Math.abs(daysBetween(published, one)) - Math.abs(daysBetween(published, other)));
    return near[0] ?? null;
  }
  const year = hints.year ?? onlyYear(hints.days);
  if (year === null) return null;
  const day = { ...written, year };
  return fits(day) ? day : null;
}

function onlyYear(days: readonly Day[]): number | null {
  const years = new Set(days.map((day) => day.year));
  return years.size === 1 ? (days[0]?.year ?? null) : null;
}
