// Spans of time as rules write them: days and weeks are calendar days in a zone, hours and minutes elapsed time.
import { instantOf } from '../content/time-zone.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

type Span = { days: number } | { ms: number };

/** `7d`, `2 h`, `30min`: checked where it was read. */
export function spanOf(written: string): Span {
  const [, number = '0', unit = 'm'] = /^(\d+)\s?([a-z]+)$/.exec(written) ?? [];
  const count = Number(number);
  if (unit === 'd') return { days: count };
  if (unit === 'w') return { days: 7 * count };
  return { ms: count * (unit === 'h' ? HOUR_MS : unit === 's' ? 1_000 : MINUTE_MS) };
}

/** The same as elapsed time, for limits. */
export function elapsed(written: string): number {
  const span = spanOf(written);
  return 'days' in span ? span.days * DAY_MS : span.ms;
}

/** A wall time, or a day with an hour given beside it, so many calendar days later (or earlier), as an instant. */
export function daysFrom(day: string, hour: string, days: number, zone: string): number {
  return instantOf(`${dayPlus(day, days)}T${hour}`, zone);
}

export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
