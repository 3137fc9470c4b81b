// Calendar days: checked, compared, written. No clock, no zone.

export interface Day {
  year: number;
  month: number;
  day: number;
}

/** A day as a page writes it: the year may be missing. */
export interface WrittenDay {
  year: number | null;
  month: number;
  day: number;
}

const MS_PER_DAY = 86_400_000;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const stamp = ({ year, month, day }: Day) => Date.UTC(year, month - 1, day);

/** True for a day that exists; 29 February passes while the year is not known. */
export function isDay({ year, month, day }: WrittenDay): boolean {
  if (year !== null && (year < FIRST_YEAR || year > LAST_YEAR)) return false;
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= (DAYS[month - 1] ?? 0) && (month !== 2 || day < 29 || year === null || isLeap(year));
}

/** 0 is Sunday. */
export const weekdayOf = (day: Day) => new Date(stamp(day)).getUTCDay();

export const daysBetween = (from: Day, to: Day) => Math.round((stamp(to) - stamp(from)) / MS_PER_DAY);

export const sameDay = (one: Day, other: WrittenDay) =>
  one.month === other.month && one.day === other.day && (other.year === null || other.year === one.year);

export function nextDay(day: Day): Day {
  const next = new Date(stamp(day) + MS_PER_DAY);
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2024-05-25`. */
export const writeDay = ({ year, month, day }: Day) => `${year}-${two(month)}-${two(day)}`;
