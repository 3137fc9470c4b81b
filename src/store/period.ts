import { instantOf, wallTime } from '../content/time-zone.js';

/** The first instant of the next calendar day or month in a zone. */
export function endOfPeriod(now: number, period: 'day' | 'month', zone: string): number {
  const [year = 0, month = 0, day = 0] = wallTime(now, zone).slice(0, 10).split('-').map(Number);
  const next = period === 'day' ? new Date(Date.UTC(year, month - 1, day + 1)) : new Date(Date.UTC(year, month, 1));
  return instantOf(`${next.toISOString().slice(0, 10)}T00:00`, zone);
}

/** The first instant of the calendar day or month that an instant lies in. */
export function startOfPeriod(now: number, period: 'day' | 'month', zone: string): number {
  const day = wallTime(now, zone).slice(0, 10);
  return instantOf(`${period === 'day' ? day : `${day.slice(0, 8)}01`}T00:00`, zone);
}
