// When an event is, as instants. Wall times stay what the page says; the instant is worked out late, from the zone.
import type { CommunityEvent } from '../content/catalog.js';
import { instantOf as instantOfWall, isZone } from '../content/time-zone.js';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** Further from an event's wall time than this it is over, or still to come, whatever its zone. */
const FAR_MS = 3 * DAY_MS;
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

export type Phase = 'past' | 'now' | 'upcoming';

/** A phase and the instants between which it holds. */
export interface PhaseSpan {
  phase: Phase | undefined;
  from: number;
  until: number;
}

/** Whether an event is over, still to come, or under way at `now`; undefined when its page does not say when it is. */
export function phaseOf(event: CommunityEvent, now: number): Phase | undefined {
  return phaseSpan(event, now).phase;
}

/** The same, with how long it holds. Far from now no zone is looked up: that is most events, and zones are slow. */
export function phaseSpan(event: CommunityEvent, now: number): PhaseSpan {
  const rough = event.start === null ? Number.NaN : Date.parse(utc(event.start));
  if (Number.isNaN(rough)) return { phase: undefined, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  if (now < rough - FAR_MS) return { phase: 'upcoming', from: Number.NEGATIVE_INFINITY, until: rough - FAR_MS };
  const roughEnd = event.end === null ? rough : Date.parse(utc(event.end));
  const over = Math.max(rough, roughEnd) + FAR_MS;
  if (now >= over) return { phase: 'past', from: over, until: Number.POSITIVE_INFINITY };
  const span = spanOf(event);
  if (!span || now < span.startAt) return { phase: span ? 'upcoming' : undefined, from: rough - FAR_MS, until: span?.startAt ?? over };
  if (now < span.endAt) return { phase: 'now', from: span.startAt, until: span.endAt };
  return { phase: 'past', from: span.endAt, until: Number.POSITIVE_INFINITY };
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

function instantOf(wall: string, zone: string, later = 0): number | undefined {
  const local = Date.parse(utc(wall)) + later;
  if (Number.isNaN(local)) return undefined;
  return instantOfWall(new Date(local).toISOString().slice(0, 16), isZone(zone) ? zone : 'UTC');
}

function utc(wall: string): string {
  return wall.length > 10 ? `${wall}Z` : `${wall}T00:00Z`;
}

function offset(zone: string, at: number): number {
  // `11/4/2023, 14:00:00`: reading the string is several times faster than asking for its parts.
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = formatOf(zone)
    .format(at)
    .split(/[/,: ]+/)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
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
