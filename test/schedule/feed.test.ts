// The calendar, read back by two programs that know nothing of emcee.
import ICAL from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';
import { describe, expect, test } from 'vitest';
import type { CommunityEvent } from '../../src/content/catalog.js';
import { instantOf } from '../../src/content/time-zone.js';
import { feed } from '../../src/schedule/ics/feed.js';
import { community, talk } from '../answer/scene.js';
import { meetup } from './scene.js';

const LONG = `${'云原生社区 Meetup，第 12 期；分享 \\ 交流, 与 😀 '.repeat(12)}尾`;
const EVENTS: CommunityEvent[] = [
  meetup({
    title: LONG,
    location: '成都市；高新区, 1 号\\2',
    tags: ['成都', 'a,b'],
    talks: [talk('题目; 一', '李雷')],
    url: 'https://example.org/a?b=1&c=2',
  }),
  meetup({ id: 'new-york', title: 'Gap', start: '2027-03-14T02:30', end: '2027-03-14T05:00', timezone: 'America/New_York' }),
  meetup({ id: 'lord-howe', title: 'Half an hour', start: '2027-04-04T01:45', end: '2027-04-04T09:00', timezone: 'Australia/Lord_Howe' }),
  meetup({ id: 'cairo', title: 'Midnight', start: '2027-04-30T00:30', end: '2027-04-30T03:00', timezone: 'Africa/Cairo' }),
  meetup({ id: 'dublin', title: 'Winter', start: '2027-12-01T19:00', end: '2027-12-01T21:00', timezone: 'Europe/Dublin' }),
  meetup({ id: 'utc', title: 'UTC', start: '2027-05-01T10:00', end: '2027-05-01T11:00', timezone: 'UTC' }),
  meetup({
    id: 'old',
    title: 'Old',
    start: '2009-06-01T14:00',
    end: '2009-06-01T16:00',
    timezone: 'America/New_York',
    status: 'cancelled',
  }),
  meetup({ id: 'guess', title: 'Guess', start: '2027-09-01T14:00', end: '2027-09-01T15:00', startBasis: 'guess' }),
];
const DAYS = meetup({ id: 'days', title: 'Two days', start: '2027-10-01', end: '2027-10-02' });
const entries = [...EVENTS, DAYS].map((event, sequence) => ({ event, id: event.id, sequence, changedAt: Date.UTC(2027, 0, 1, 2, 3, 4) }));
const file = feed(entries, community({ name: 'C; D' }), 'zh');

const seen = (wall: string, zone: string) => instantOf(wall, zone);

describe('ical.js', () => {
  const root = new ICAL.Component(ICAL.parse(file));
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const found = new Map(
    root.getAllSubcomponents('vevent').map((each) => [String(each.getFirstPropertyValue('uid')), new ICAL.Event(each)]),
  );

  test.each(EVENTS)('$id', (event) => {
    const entry = found.get(event.id) as InstanceType<typeof ICAL.Event>;
    expect(entry.summary).toBe(event.title.trim().slice(0, entry.summary.length - 1) + entry.summary.slice(-1));
    expect(entry.startDate.toJSDate().getTime()).toBe(seen(event.start as string, event.timezone));
    expect(entry.endDate.toJSDate().getTime()).toBe(seen(event.end as string, event.timezone));
    expect(entry.sequence).toBe(EVENTS.indexOf(event));
    expect(entry.location ?? null).toBe(event.location);
    const status = event.status === 'cancelled' ? 'CANCELLED' : event.startBasis === 'guess' ? 'TENTATIVE' : 'CONFIRMED';
    expect(entry.component.getFirstPropertyValue('status')).toBe(status);
    expect(entry.component.getFirstPropertyValue('url') ?? null).toBe(event.url);
    if (event.tags.length > 0) expect(entry.component.getFirstProperty('categories')?.getValues()).toEqual(event.tags);
  });

  test('whole days end on the day after', () => {
    const entry = found.get('days') as InstanceType<typeof ICAL.Event>;
    expect([entry.startDate.isDate, entry.startDate.toString(), entry.endDate.toString()]).toEqual([true, '2027-10-01', '2027-10-03']);
  });
});

describe('node-ical', () => {
  const found = nodeIcal.sync.parseICS(file) as Record<string, VEvent>;

  test.each(EVENTS)('$id', (event) => {
    const entry = found[event.id] as VEvent;
    expect(new Date(entry.start).getTime()).toBe(seen(event.start as string, event.timezone));
    expect(new Date(entry.end).getTime()).toBe(seen(event.end as string, event.timezone));
    expect(Number(entry.sequence)).toBe(EVENTS.indexOf(event));
    expect(entry.location ?? null).toBe(event.location);
  });
});

test('lines are at most 75 octets long, end with CRLF, and cut no sign in two', () => {
  const lines = file.split('\r\n');
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  expect(file).not.toContain('\ufffd');
  expect(file).toContain('TZID:America/New_York');
});

test('an empty calendar is a calendar', () => {
  expect(new ICAL.Component(ICAL.parse(feed([], community(), 'en'))).name).toBe('vcalendar');
});
