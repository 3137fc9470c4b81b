/** The calendar that members subscribe to: one entry an event, past ones too. Pure; the same events give the same file. */
import { oneLine, placeText, titleOf, type Viewer } from '../../answer/view.js';
import type { Community, CommunityEvent } from '../../content/catalog.js';
import { instantOf, wallTime } from '../../content/time-zone.js';
import type { Language } from '../../content/types.js';
import { PHRASES } from '../../phrases/index.js';
import { POST_PHRASES } from '../../phrases/posts.js';
import { safeUrl } from '../../render/index.js';
import { zoneOf } from '../due.js';
import { slidesCode } from '../message.js';
import { isSure } from '../plan.js';
import { dayPlus, HOUR_MS } from '../spans.js';
import { calendarFile, escaped, text, utc, wall } from './text.js';
import { zoneComponent } from './zone.js';

export interface FeedEntry {
  event: CommunityEvent;
  /** The id it was first met under: an entry that changes stays the same entry. */
  id: string;
  sequence: number;
  changedAt: number;
}

/** By how much clocks are put back. */
const OVERLAPS_MS = [HOUR_MS / 2, HOUR_MS, 2 * HOUR_MS];
/** So often a program that has subscribed should look again. */
const LOOK_AGAIN = 'PT1H';

export function feed(entries: readonly FeedEntry[], community: Community, language: Language, name: string = community.name): string {
  const dated = entries.filter(({ event }) => event.start !== null).sort(byStart);
  const head = [text('NAME', name), text('X-WR-CALNAME', name), `X-WR-TIMEZONE:${community.timezone}`];
  const again = [`REFRESH-INTERVAL;VALUE=DURATION:${LOOK_AGAIN}`, `X-PUBLISHED-TTL:${LOOK_AGAIN}`];
  const components = dated.map((entry) => component(entry, { language, say: PHRASES[language], community, now: 0 }));
  return calendarFile(['METHOD:PUBLISH', ...head, ...again], [...zones(dated), ...components]);
}

function byStart(a: FeedEntry, b: FeedEntry): number {
  const [left, right] = [a.event.start ?? '', b.event.start ?? ''];
  return left === right ? (a.id < b.id ? -1 : 1) : left < right ? -1 : 1;
}

function component({ event, id, sequence, changedAt }: FeedEntry, viewer: Viewer): string[] {
  const status = event.status === 'cancelled' ? 'CANCELLED' : isSure(event) ? 'CONFIRMED' : 'TENTATIVE';
  const place = placeText(event, viewer.say);
  const url = event.url === null ? undefined : safeUrl(event.url);
  const tags = event.tags.map((tag) => escaped(oneLine(tag))).filter(Boolean);
  const about = description(event, viewer);
  return [
    'BEGIN:VEVENT',
    text('UID', id),
    `DTSTAMP:${utc(changedAt)}`,
    `LAST-MODIFIED:${utc(changedAt)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${status}`,
    text('SUMMARY', titleOf(event, viewer)),
    ...times(event),
    ...(place === '' ? [] : [text('LOCATION', place)]),
    ...(about === '' ? [] : [text('DESCRIPTION', about)]),
    ...(url === undefined ? [] : [`URL:${url}`]),
    ...(tags.length > 0 ? [`CATEGORIES:${tags.join(',')}`] : []),
    'END:VEVENT',
  ];
}

/** Whole days where the page tells no hour; the end of a day is not included. */
function times(event: CommunityEvent): string[] {
  const { start, end } = event;
  if (start === null) return [];
  if (start.length === 10) {
    const last = end === null || end.slice(0, 10) < start ? start : end.slice(0, 10);
    return [`DTSTART;VALUE=DATE:${wall(start)}`, `DTEND;VALUE=DATE:${wall(dayPlus(last, 1))}`];
  }
  const moment = end === null ? null : end.length > 10 ? end : `${end}T23:59`;
  return [local('DTSTART', start, event), ...(moment !== null && moment > start ? [local('DTEND', moment, event)] : [])];
}

function local(name: string, written: string, event: CommunityEvent): string {
  const zone = zoneOf(event);
  const instant = instantOf(written, zone);
  // A wall time that the clock leaves out, or shows twice, is read in two ways: the first is moved on, the second told as an instant.
  const shown = wallTime(instant, zone);
  const isTwice = OVERLAPS_MS.some((ms) => wallTime(instant + ms, zone) === shown);
  return zone === 'UTC' || isTwice ? `${name}:${utc(instant)}` : `${name};TZID=${zone}:${wall(shown)}`;
}

function description(event: CommunityEvent, { say, language }: Viewer): string {
  const code = slidesCode(event);
  const talks = event.talks.map(({ title, speakers }) =>
    oneLine(
      say.talk(
        title,
        speakers.map((speaker) => speaker.name),
      ),
    ),
  );
  const register = event.register === null ? undefined : safeUrl(event.register);
  return [
    ...talks.map((talk) => `- ${talk}`),
    register === undefined ? '' : `${say.register}: ${register}`,
    code === undefined ? '' : POST_PHRASES[language].getSlides(code).replaceAll('*', ''),
  ]
    .filter(Boolean)
    .join('\n');
}

function zones(entries: readonly FeedEntry[]): string[][] {
  const spans = new Map<string, { from: number; to: number }>();
  for (const { event } of entries) {
    const zone = zoneOf(event);
    if (event.start === null || event.start.length === 10 || zone === 'UTC') continue;
    const from = instantOf(event.start, zone);
    const to = Math.max(from, event.end === null ? from : instantOf(event.end.length > 10 ? event.end : `${event.end}T23:59`, zone));
    const known = spans.get(zone) ?? { from, to };
    spans.set(zone, { from: Math.min(known.from, from), to: Math.max(known.to, to) });
  }
  return [...spans].map(([zone, { from, to }]) => zoneComponent(zone, from, to));
}
