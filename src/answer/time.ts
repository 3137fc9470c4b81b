// When an event is, as instants. Wall times stay what the page says; the instant is worked out late, from the zone.
import type { CommunityEvent } from '../content/catalog.js';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** No zone is further from UTC: beyond this an event is over, or still to come, whatever its zone. */
const FAR_MS = 2 * DAY_MS;
const SHORTEST_MS = 6 * HOUR_MS;

export interface Span {
  startAt: number;
  endAt: number;
}

const spans = new WeakMap<CommunityEvent, Span | null>();
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * From the first to the last instant of an event; null when its page does not say when it is. Without an end it lasts to the
 * end of its local day, and six hours at least.
 */
export function spanOf(event: CommunityEvent): Span | null {
  let span = spans.get(event);
  if (span === undefined) {
    span = readSpan(event);
    spans.set(event, span);
  }
  return span;
}

/** Whether an event is over, still to come, or under way at `now`; undefined when its page does not say when it is. */
export function phaseOf(event: CommunityEvent, now: number): 'past' | 'now' | 'upcoming' | undefined {
  const rough = event.start === null ? Number.NaN : Date.parse(utc(event.start));
  if (Number.isNaN(rough)) return undefined;
  if (rough > now + FAR_MS) return 'upcoming';
  const roughEnd = event.end === null ? rough + DAY_MS : Date.parse(utc(event.end)) + DAY_MS;
  if (roughEnd < now - FAR_MS) return 'past';
  const span = spanOf(event);
  if (!span) return undefined;
  return now < span.startAt ? 'upcoming' : now < span.endAt ? 'now' : 'past';
}

/** The day in `zone` at an instant, as `YYYY-MM-DD`. */
export function localDay(at: number, zone: string): string {
  return new Date(at + offset(zone, at)).toISOString().slice(0, 10);
}

/** `UTC+8`, `UTC-3:30`: what a reader elsewhere can reckon with. */
export function offsetName(event: CommunityEvent): string {
  const span = spanOf(event);
  const minutes = Math.round(offset(event.timezone, span?.startAt ?? 0) / 60_000);
  const rest = Math.abs(minutes) % 60;
  const hours = Math.trunc(Math.abs(minutes) / 60);
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function readSpan(event: CommunityEvent): Span | null {
  if (event.start === null) return null;
  const startAt = instantOf(event.start, event.timezone);
  if (startAt === undefined) return null;
  const day = (event.end ?? event.start).slice(0, 10);
  const endOfDay = (instantOf(day, event.timezone, DAY_MS) ?? startAt) as number;
  if (event.end === null) return { startAt, endAt: Math.max(endOfDay, startAt + SHORTEST_MS) };
  const endAt = event.end.length > 10 ? instantOf(event.end, event.timezone) : endOfDay;
  return { startAt, endAt: endAt === undefined || endAt < startAt ? startAt + SHORTEST_MS : endAt };
}

/** Wall time → instant; in an overlap the first, in a gap the clock as it ran before. */
function instantOf(wall: string, zone: string, later = 0): number | undefined {
  const local = Date.parse(utc(wall)) + later;
  if (Number.isNaN(local)) return undefined;
  const before = local - offset(zone, local - DAY_MS);
  if (offset(zone, before) === local - before) return before;
  const after = local - offset(zone, local + DAY_MS);
  return offset(zone, after) === local - after ? after : before;
}

function utc(wall: string): string {
  return wall.length > 10 ? `${wall}Z` : `${wall}T00:00Z`;
}

function offset(zone: string, at: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at / 1000) * 1000;
}

// Making a format costs a hundred times what using it costs.
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    format = inZone(zone, fields) ?? inZone('UTC', fields) ?? new Intl.DateTimeFormat('en-US', fields);
    formats.set(zone, format);
  }
  return format;
}

function inZone(timeZone: string, fields: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, timeZone, hourCycle: 'h23' });
  } catch {
    return undefined;
  }
}
