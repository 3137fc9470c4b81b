// Rules and digests as communities write and change them over a year.
import { afterEach, expect, test } from 'vitest';
import { announce, chengdu, closeScenes, meetup, openScene, type Scene, settings } from './scene.js';

afterEach(closeScenes);
const sent = ({ platform }: Scene) => platform.arrived.map(({ to, text }) => `${to} ${text.split('\n').join(' / ')}`);

// They are one post, with one id.
test('two rules of one span: each tag gets its own words', async () => {
  const reminders = [
    { before: '1d', to: ['announce'], text: 'For all: {title}' },
    { before: '1d', to: ['成都'], text: 'For Chengdu: {title}' },
  ];
  const it = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ channels: [announce, chengdu], reminders }) });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-06-01T06:00:00Z');
  expect(sent(it).sort()).toEqual(['fake:room:1 For all: Meetup', 'fake:room:2 For Chengdu: Meetup']);
});

test('two digests of one instant: each in its own language, with its own words', async () => {
  const digests = [
    { cron: '0 9 * * 1', to: ['announce'], language: 'zh' as const, text: '本周' },
    { cron: '0 9 * * 1', to: ['成都'], language: 'en' as const, text: 'This week' },
  ];
  const it = await openScene({
    now: '2027-05-20T00:00:00Z',
    community: settings({ channels: [announce, chengdu], reminders: [], digests }),
  });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-24T01:00:00Z');
  expect(sent(it).sort()).toEqual([expect.stringMatching(/^fake:room:1 本周/), expect.stringMatching(/^fake:room:2 This week/)]);
});

test('a digest that waits for the end of quiet hours does not keep the next one back', async () => {
  const digests = [
    { cron: '0 7 * * 1', to: ['announce'] },
    { cron: '30 7 * * 1', to: ['成都'] },
  ];
  const channels = [{ ...announce, quiet: '22:00-08:00' }, chengdu];
  const it = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ channels, reminders: [], digests }) });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-23T23:00:00Z');
  await it.tickAt('2027-05-23T23:30:30Z');
  expect(it.platform.arrived.map(({ to }) => to)).toEqual(['fake:room:2']);
});

// Nothing has gone out for a month, and nothing was missed.
test('a digest rule that is added later has missed nothing before it was there', async () => {
  const it = await openScene({ now: '2027-05-01T00:00:00Z', community: settings({ reminders: [] }) });
  await it.tickAt('2027-05-01T00:00:00Z');
  await it.tickAt('2027-05-29T00:00:00Z');
  it.settings({ digests: [{ cron: '0 9 * * 1', to: ['announce'] }] });
  await it.tickAt('2027-05-29T00:00:01Z');
  expect([it.notices, await it.rows()]).toEqual([[], []]);
});

// The bot ran all the time and had seen to everything.
test('a reminder rule that is added later has missed nothing', async () => {
  const it = await openScene({ now: '2027-05-01T00:00:00Z' });
  await it.tickAt('2027-05-01T00:00:00Z');
  await it.tickAt('2027-05-31T00:00:00Z');
  it.settings({ reminders: [{ before: '7d', to: ['announce'] }, ...it.community.reminders] });
  await it.tickAt('2027-05-31T00:00:01Z');
  expect([it.notices, await it.rows()]).toEqual([[], []]);
});

// A week before the new day the event was not on that day.
test('an event that is moved to a nearer day has missed no reminders of that day', async () => {
  const reminders = [
    { before: '7d', to: ['announce'] },
    { before: '1h', to: ['announce'] },
  ];
  const it = await openScene({
    now: '2027-05-01T00:00:00Z',
    events: [meetup({ start: '2027-07-20T14:00', end: null })],
    community: settings({ reminders }),
  });
  await it.tickAt('2027-05-01T00:00:00Z');
  await it.tickAt('2027-06-01T00:00:00Z');
  it.pages([meetup({ end: null })]);
  await it.tickAt('2027-06-01T00:00:01Z');
  expect([it.notices, await it.rows()]).toEqual([[], []]);
});

// By its id it is another post: the expression is part of that.
test('a digest that is put an hour later goes out once that day', async () => {
  const it = await openScene({
    now: '2027-05-20T00:00:00Z',
    community: settings({ reminders: [], digests: [{ cron: '0 9 * * 1', to: ['announce'] }] }),
  });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-24T01:00:00Z');
  it.settings({ digests: [{ cron: '0 10 * * 1', to: ['announce'] }] });
  await it.tickAt('2027-05-24T08:00:00Z');
  expect(it.platform.texts()).toHaveLength(1);
});

// Else it goes out at an odd hour.
test('a digest that had nothing to tell is not made up for after a restart', async () => {
  const it = await openScene({
    now: '2027-05-20T00:00:00Z',
    events: [],
    community: settings({ reminders: [], digests: [{ cron: '0 9 * * 1', to: ['announce'] }] }),
  });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-24T01:00:00Z');
  it.pages([meetup()]);
  await it.tickAt('2027-05-24T08:00:00Z');
  expect(it.platform.texts()).toEqual([]);
  await it.restart();
  await it.tickAt('2027-05-24T08:05:00Z');
  expect(it.platform.texts()).toEqual([]);
});

test('a page that is written when its event is over is not announced as new', async () => {
  const it = await openScene({
    now: '2027-05-20T00:00:00Z',
    events: [],
    community: settings({ reminders: [{ on: 'published', to: ['announce'] }] }),
  });
  await it.tickAt('2027-05-20T00:00:00Z');
  it.pages([meetup()]);
  await it.tickAt('2027-06-03T03:00:00Z');
  expect(it.platform.texts()).toEqual([]);
});

// Due and too late fall on one instant: there is a moment for it all the same.
test.each([
  ['on the morning of a day without an hour', meetup({ start: '2027-06-02', end: null }), { before: '0d' }, '2027-06-02T01:00:00Z'],
  ['at the start', meetup(), { before: '0m' }, '2027-06-02T06:00:00Z'],
  ['in time or not at all', meetup(), { before: '1h', late: '0m' }, '2027-06-02T05:00:00Z'],
])('a span of nothing: %s', async (_name, event, rule, due) => {
  const it = await openScene({
    now: '2027-05-20T00:00:00Z',
    events: [event],
    community: settings({ reminders: [{ ...rule, to: ['announce'] }] }),
  });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt(due);
  expect(it.platform.texts()).toHaveLength(1);
});

test('a digest that is put an hour later while the bot is down goes out once that day, and the next week', async () => {
  const it = await openScene({
    now: '2027-05-20T00:00:00Z',
    community: settings({ reminders: [], digests: [{ cron: '0 9 * * 1', to: ['announce'] }] }),
  });
  await it.tickAt('2027-05-20T00:00:00Z');
  await it.tickAt('2027-05-24T01:00:00Z');
  it.community = settings({ reminders: [], digests: [{ cron: '0 10 * * 1', to: ['announce'] }] });
  await it.restart();
  await it.tickAt('2027-05-24T02:30:00Z');
  expect(it.platform.texts()).toHaveLength(1);
  await it.tickAt('2027-05-31T02:00:00Z');
  expect(it.platform.texts()).toHaveLength(2);
});
