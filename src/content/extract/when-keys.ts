// Front matter keys that mean the event's start or end. `date` alone mostly means the day of publication.
import type { Source } from '../types.js';
import { readWhen, type When } from './when-text.js';

export interface KeyedWhen {
  start: When;
  end: When | null;
  line: number;
  /** False for a bare `date` beside keys that only events have. */
  isSure: boolean;
}

const START_DAY = new Set([
  ...['eventdate', 'startdate', 'meetingdate', 'meetupdate', 'start', 'startsat', 'startat', 'begin', 'begins', 'startsdate', 'dtstart'],
  ...['eventstart', 'eventstartdate', 'eventday', 'starts', 'when', 'datetime', 'eventdatetime', 'humandate', 'talkdate', 'livedate'],
  ...['活动时间', '活动日期', '开始时间', '会议时间', '直播时间', '举办时间'],
]);
const START_HOUR = new Set(['time', 'starttime', 'eventtime', 'startstime', 'humantime', 'meetingtime', 'eventstarttime', 'hour']);
const END_DAY = new Set(['enddate', 'end', 'endsat', 'endat', 'ends', 'eventend', 'eventenddate', 'dtend', 'finish', '结束时间']);
const END_HOUR = new Set(['endtime', 'eventendtime', 'endstime']);
/** A page with one of these is about an occasion, so that its `date` is the day of the occasion. */
const OCCASION_KEYS = new Set([
  'venue',
  'registration',
  'rsvp',
  'meetupurl',
  'meetupcom',
  'talks',
  'speakers',
  'agenda',
  'ticketurl',
  'eventbrite',
  'time',
  'starttime',
]);

const fold = (key: string) => key.toLowerCase().replace(/[\s_-]/g, '');

interface Bag {
  day: string | null;
  hour: string | null;
  endDay: string | null;
  endHour: string | null;
  date: string | null;
  line: number;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readBag(map: Record<string, unknown>, lineOf: (key: string) => number): Bag {
  const bag: Bag = { day: null, hour: null, endDay: null, endHour: null, date: null, line: 0 };
  for (const key of Object.keys(map)) {
    const name = fold(key);
    const value = map[key];
    if (isMap(value)) {
      if (name === 'date' || name === 'time' || name === 'when') readPair(value, bag, lineOf(key));
      continue;
    }
    const written = text(value);
    if (written === null) continue;
    if (START_DAY.has(name)) bag.day ??= written;
    else if (START_HOUR.has(name)) bag.hour ??= written;
    else if (END_DAY.has(name)) bag.endDay ??= written;
    else if (END_HOUR.has(name)) bag.endHour ??= written;
    else if (name === 'date') bag.date = written;
    else continue;
    if (name !== 'date' || !bag.line) bag.line = lineOf(key);
  }
  return bag;
}

function readPair(map: Record<string, unknown>, bag: Bag, line: number): void {
  bag.day ??= text(map.start) ?? text(map.begin) ?? text(map.from);
  bag.endDay ??= text(map.end) ?? text(map.to);
  bag.line = line;
}

/** The event's day and hour in front matter, at the top or one map down; null when no key means them. */
export function whenOfKeys({ data, keyLine }: Source): KeyedWhen | null {
  const top = readBag(data, keyLine);
  const own = combine(top, isOccasion(data));
  if (own) return own;
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (!isMap(value)) continue;
    const nested = readBag(value, () => keyLine(key));
    const found = combine(nested, /event|meetup/i.test(key));
    if (found) return found;
  }
  return null;
}

const isOccasion = (data: Record<string, unknown>) =>
  Object.keys(data).some((key) => OCCASION_KEYS.has(fold(key)) && data[key] !== null && data[key] !== '');

function combine(bag: Bag, isOccasionPage: boolean): KeyedWhen | null {
  const endDay = bag.endDay ? readWhen(bag.endDay) : null;
  const endHour = bag.endHour ? readWhen(bag.endHour) : null;
  const end = endDay ? joined(endDay, endHour) : endHour;
  const day = bag.day ? readWhen(bag.day) : null;
  const hour = bag.hour ? readWhen(bag.hour) : null;
  if (day && (day.day || day.isRecurring)) return { start: joined(day, hour), end, line: bag.line, isSure: true };
  if (hour?.day) return { start: hour, end, line: bag.line, isSure: true };
  if (!bag.date || !isOccasionPage) return null;
  const date = readWhen(bag.date);
  if (!date.day) return null;
  // A time beside `date` completes it; the hour within `date` itself is often that of writing.
  return { start: joined({ ...date, clock: null, offset: null }, hour), end, line: bag.line, isSure: hour !== null && isClock(hour) };
}

const isClock = (when: When) => when.clock !== null && when.clock !== 'unsure';

function joined(day: When, hour: When | null): When {
  if (!hour) return day;
  return {
    ...day,
    clock: day.clock ?? hour.clock,
    offset: day.offset ?? hour.offset,
    zone: day.zone ?? hour.zone,
    isOpen: day.isOpen || hour.isOpen,
    isRecurring: day.isRecurring || hour.isRecurring,
  };
}
