// Pages as they are edited: what members are told of it, what they are not, and in which words.
import { afterEach, expect, test } from 'vitest';
import { differences, type Facts, factsOf } from '../../src/schedule/facts.js';
import { closeScenes, meetup, saidAfter, TOLD, told } from './scene.js';

afterEach(closeScenes);
const MINUTE = 60_000;

// Else people travel to a place where nobody is.
test('an event that goes online is a change', async () => {
  const it = await told(meetup({ location: '成都市高新区' }));
  expect(await saidAfter(it, [meetup({ location: null, online: true })])).toEqual([
    expect.stringMatching(/^This has changed[\s\S]*online/),
  ]);
});

// Else people wait in front of their screens.
test('an event that was online and gets a place is a change', async () => {
  const it = await told(meetup({ online: true }));
  expect(await saidAfter(it, [meetup({ online: false, location: '成都市高新区' })])).toHaveLength(1);
});

// One name begins with the other.
test('another hall is another place', async () => {
  const it = await told(meetup({ location: 'Hall 1' }));
  expect(await saidAfter(it, [meetup({ location: 'Hall 12' })])).toHaveLength(1);
});

// Members were never told of 19:00.
test('a change that was stopped and then taken back is told to nobody', async () => {
  const it = await told();
  it.pages([meetup({ start: '2027-06-02T19:00', end: null })]);
  await it.tickAt(TOLD + 1_000);
  expect(await it.schedule.decide('meetup', 'stop')).toBe(true);
  expect(await saidAfter(it, [meetup()])).toEqual([]);
});

test('an event that is on again is said to be on again', async () => {
  const it = await told();
  const [, again] = await saidAfter(it, [meetup({ status: 'cancelled' })], [meetup()]);
  expect(again).toMatch(/takes place|is on|not cancelled/);
});

test('organizers are not told that the time has changed when an event is on again', async () => {
  const it = await told();
  await saidAfter(it, [meetup({ status: 'cancelled' })], [meetup()]);
  expect(it.notices.at(-1)).not.toMatch(/The time has changed; it is now:\./);
});

// Two o'clock in Shanghai is two o'clock in Singapore, and six o'clock in UTC.
test.each([{ timezone: 'Asia/Singapore' }, { timezone: 'UTC', start: '2027-06-02T06:00', end: '2027-06-02T09:00' }])(
  'the same instants by another clock are no change: %j',
  async (clock) => {
    const it = await told();
    expect(await saidAfter(it, [meetup(clock)])).toEqual([]);
  },
);

// There are no ten minutes left to wait.
test('a cancellation just before the start is told before the start', async () => {
  const it = await told();
  it.pages([meetup({ status: 'cancelled' })]);
  await it.tickAt('2027-06-02T05:52:00Z');
  await it.tickAt('2027-06-02T05:59:59Z');
  expect(it.platform.texts().at(-1)).toMatch(/is cancelled/);
});

// No tick in the minutes before it, and another page is saved after the start: late, but told.
test('a cancellation just before the start is told at all', async () => {
  const it = await told();
  it.pages([meetup({ status: 'cancelled' })]);
  await it.tickAt('2027-06-02T05:52:00Z');
  it.pages([meetup({ status: 'cancelled' }), meetup({ id: 'other', title: 'Other', start: '2028-01-01T10:00', end: null })]);
  await it.tickAt('2027-06-02T06:01:00Z');
  await it.tickAt('2027-06-02T06:15:00Z');
  expect(it.platform.texts().at(-1)).toMatch(/is cancelled/);
});

// Nothing goes out that no organizer was asked about.
test('a change that was taken back and comes again is proposed to organizers again', async () => {
  const it = await told(meetup({ end: null }));
  const later = meetup({ start: '2027-06-02T16:00', end: null });
  for (const [minute, event] of [
    [1, later],
    [3, meetup({ end: null })],
    [300, later],
  ] as const) {
    it.pages([event]);
    await it.tickAt(TOLD + minute * MINUTE);
  }
  expect(it.notices.filter((notice) => /has changed/.test(notice))).toHaveLength(2);
});

const place = (location: string | null, online: boolean | null = null) => ({ location, online });
test.each([
  ['成都市', '成都市高新区天府五街', false],
  ['Hall 1', 'Hall 1, second floor', false],
  ['Room A', 'Room AB', true],
  ['1 号楼', '11 号楼', true],
  ['Chengdu', 'Chengdu Tianfu Street 5', false],
  ['成都市高新区', 'High-tech Zone, Chengdu', false],
  ['成都市高新区', 'Shanghai Tower', true],
  [place('Hall 1', false), place('Hall 1', true), false],
  [place('Hall 1', true), place('Hall 1', false), true],
  [place('Hall 1', true), place(null, true), false],
  [place(null, true), place('Hall 1', true), false],
  [place(null), place('Hall 1', false), false],
])('from %j to %j is another place: %s', (before, now, isOther) => {
  const [a, b] = [before, now].map((each) => factsOf(meetup(typeof each === 'string' ? { location: each } : each)));
  expect(differences(a as Facts, b as Facts)).toEqual(isOther ? ['place'] : []);
});
