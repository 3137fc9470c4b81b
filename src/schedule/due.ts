// When a rule's post about an event is due, and until when it is worth sending. Pure; instants in milliseconds.
import type { CommunityEvent } from '../content/catalog.js';
import type { ReminderRule } from '../content/reminder-rules.js';
import { instantOf, isZone, wallTime } from '../content/time-zone.js';
import { DAY_MS, dayPlus, daysFrom, elapsed, HOUR_MS, spanOf } from './spans.js';

/** A rule such as `before: 0m` or `late: 0m` still has its post: the clock ticks once a second, and a tick may be late. */
const LEAST_MS = 90_000;

export interface Due {
  at: number;
  /** Not sent any more from here on. */
  until: number;
}

type When = 'before' | 'at' | 'after' | 'published';

export function whenOf(rule: ReminderRule): { when: When; written: string } {
  if (rule.before !== undefined) return { when: 'before', written: rule.before };
  if (rule.after !== undefined) return { when: 'after', written: rule.after };
  return rule.at === undefined ? { when: 'published', written: rule.on ?? '' } : { when: 'at', written: rule.at };
}

/** As an organizer wrote it: `before: 1d`. */
export function nameOf(rule: ReminderRule): string {
  const { when, written } = whenOf(rule);
  return `${when === 'published' ? 'on' : when}: ${written}`;
}

export function zoneOf({ timezone }: Pick<CommunityEvent, 'timezone'>): string {
  return isZone(timezone) ? timezone : 'UTC';
}

/**
 * Undefined: the rule says nothing about this event, such as "an hour before" where the page tells only the day.
 * @param remindAt the hour at which a day without an hour is reminded of
 * @param publishedAt when the event was first seen, where that is known and worth telling
 */
export function dueOf(event: CommunityEvent, rule: ReminderRule, remindAt: string, publishedAt?: number): Due | undefined {
  const { start } = event;
  if (start === null || Number.isNaN(Date.parse(`${start.slice(0, 10)}T00:00Z`))) return undefined;
  const zone = zoneOf(event);
  const { when, written } = whenOf(rule);
  const late = rule.late === undefined ? (when === 'before' || when === 'at' ? HOUR_MS : DAY_MS) : elapsed(rule.late);
  const inTime = (at: number, until: number): Due => ({ at, until: until > at ? until : at + LEAST_MS });
  if (when === 'after') {
    const at = after(event.end ?? start, written, zone, remindAt);
    return inTime(at, at + late);
  }
  const startAt = instantOf(start, zone);
  // A day without an hour begins at some time of that day.
  const begun = hasHour(start) ? startAt : instantOf(dayPlus(start, 1), zone);
  if (when === 'published') {
    if (publishedAt === undefined || publishedAt >= begun) return undefined;
    return inTime(publishedAt, Math.min(publishedAt + late, begun));
  }
  const at =
    when === 'at' ? (hasHour(start) ? startAt : daysFrom(start, remindAt, 0, zone)) : before(start, startAt, written, zone, remindAt);
  if (at === undefined) return undefined;
  // A reminder is worth nothing once it has begun.
  return inTime(at, when === 'before' ? Math.min(at + late, begun) : at + late);
}

const hasHour = (wall: string) => wall.length > 10;

function before(start: string, startAt: number, written: string, zone: string, remindAt: string): number | undefined {
  const span = spanOf(written);
  if ('days' in span) return daysFrom(start.slice(0, 10), hasHour(start) ? start.slice(11) : remindAt, -span.days, zone);
  return hasHour(start) ? startAt - span.ms : undefined;
}

/** Where the page tells no hour, the last day ends at midnight; nobody is told anything before `remindAt`. */
function after(end: string, written: string, zone: string, remindAt: string): number {
  const span = spanOf(written);
  const day = end.slice(0, 10);
  if ('days' in span) return daysFrom(day, hasHour(end) ? end.slice(11) : remindAt, span.days, zone);
  if (hasHour(end)) return instantOf(end, zone) + span.ms;
  const at = instantOf(dayPlus(day, 1), zone) + span.ms;
  return Math.max(at, daysFrom(wallTime(at, zone).slice(0, 10), remindAt, 0, zone));
}
