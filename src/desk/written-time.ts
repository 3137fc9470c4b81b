/** The instant that an organizer has written. Pure. */
import { localDay } from '../answer/time.js';
import { instantOf } from '../content/time-zone.js';
import type { WrittenTime } from './broadcast-texts.js';

const DAY_MS = 24 * 3600_000;

/** NaN: there is no such day or time. */
export function writtenInstant({ day, time }: WrittenTime, now: number, timezone: string): number {
  // Days of the calendar: some have 23 or 25 hours.
  const date = typeof day === 'number' ? dayOf(Date.parse(localDay(now, timezone)) + day * DAY_MS) : day;
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  return isTime && date !== undefined && dayOf(Date.parse(date)) === date ? instantOf(`${date}T${time}`, timezone) : Number.NaN;
}

/** undefined: there is none. The thirtieth of February comes out as another day. */
function dayOf(utc: number): string | undefined {
  return Number.isNaN(utc) ? undefined : new Date(utc).toISOString().slice(0, 10);
}
