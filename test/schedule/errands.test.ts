import { afterEach, expect, test } from 'vitest';
import type { Outgoing } from '../../src/adapter.js';
import { createAnswerer } from '../../src/answer/index.js';
import { Errands } from '../../src/bot/errands.js';
import type { CommunityEvent } from '../../src/content/catalog.js';
import { plainText } from '../../src/render/index.js';
import { announce, at, meetup, openScene, type Scene, settings } from './scene.js';

let scene: Scene;
afterEach(() => scene.close());

async function open(events: CommunityEvent[], changes: Parameters<typeof settings>[0] = {}) {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', events, community: settings({ reminders: [], ...changes }) });
  const errands = new Errands({
    store: scene.store,
    catalog: () => scene.catalog,
    community: () => scene.community,
    find: (text, language) =>
      createAnswerer(scene.catalog, scene.community).answer({
        ...{ text, language, place: 'direct', addressed: true, role: 'member', sender: '' },
        now: new Date('2027-05-20T00:00:00Z'),
      }),
    idOf: (event) => scene.schedule.idOf(event),
    confirm: (event) => scene.schedule.confirm(event),
    decide: (id, what) => scene.schedule.decide(id, what),
    waiting: () => scene.schedule.waiting,
    changed: () => scene.schedule.changed(),
    calendarUrl: 'https://bot.example.org/calendar.ics',
    now: () => at('2027-05-20T00:00:00Z'),
  });
  await scene.tickAt('2027-05-20T00:00:00Z');
  return async (
    text: string,
    about: { as?: 'organizer'; room?: boolean; addressed?: boolean; proactive?: 'never' | { withinMs: number } } = {},
  ) => {
    const answer = await errands.run({
      ...{ key: `fake:${text}`, sender: 'fake:person:ann' as const, text },
      where: about.room ? 'fake:room:9' : 'fake:person:ann',
      isDirect: !about.room,
      addressed: about.addressed ?? !about.room,
      role: about.as ?? 'member',
      capabilities: { proactive: about.proactive ?? 'always', choices: false },
    });
    return answer && plainText(answer.reply as Outgoing);
  };
}

test('a member is reminded of an event, and of all in a city, until they want it no more', async () => {
  const suzhou = meetup({
    id: 'suzhou',
    title: '苏州站',
    start: '2027-07-10T14:00',
    end: null,
    codes: ['sz2027'],
    location: '苏州市工业园区',
  });
  const say = await open([meetup(), suzhou]);
  expect(await say('提醒我 20270602')).toMatch(/Meetup开始之前会提醒你[\s\S]*calendar\.ics/);
  expect(await say('remind me 20270602')).toMatch(/already/);
  expect(await say('提醒我苏州')).toMatch(/苏州的每场活动开始之前/);
  await scene.tickAt('2027-06-01T06:00:00Z');
  await scene.tickAt('2027-06-02T05:00:00Z');
  expect(scene.platform.arrived.map(({ to, text }) => [to, text.split('\n')[0]])).toEqual([
    ['fake:person:ann', '就在明天：'],
    ['fake:person:ann', '还有 1 小时就开始：'],
  ]);
  await scene.tickAt('2027-07-09T06:00:00Z');
  expect(scene.platform.texts()[2]).toContain('苏州站');
  expect(await say('退订')).toMatch(/已退订/);
  expect(await say('unsubscribe')).toMatch(/no reminders/);
  await scene.tickAt('2027-07-10T05:00:00Z');
  expect(scene.platform.texts()).toHaveLength(3);
});

test('who unsubscribes from one thing hears what is left', async () => {
  const suzhou = meetup({ id: 'suzhou', title: 'In Suzhou', codes: ['sz2027'], location: '苏州市工业园区' });
  const over = meetup({ id: 'over', title: 'Over', codes: ['over1'], start: '2027-05-21T14:00', end: null });
  const say = await open([meetup(), suzhou, over]);
  for (const topic of ['20270602', 'sz2027', 'over1', 'Suzhou']) await say(`remind me ${topic}`);
  scene.pages([meetup(), suzhou, { ...over, status: 'cancelled' }]);
  expect(await say('unsubscribe 20270602')).toBe(
    'Done: no more reminders of Meetup. Still on: Suzhou, In Suzhou. Send only "unsubscribe" to stop them all.',
  );
  expect(await say('退订 20270602')).toBe('你没有订过Meetup的提醒。还订着：苏州、In Suzhou。全部不要了就只回复“退订”。');
  expect(await say('退订 sz2027')).toMatch(/^In Suzhou属于苏州的活动/);
  expect(await say('unsubscribe Suzhou')).toBe('Done: no more reminders for you.');
  expect(await say('unsubscribe')).toMatch(/^(?:Done|You have no reminders)/);
  expect(await say('unsubscribe')).toBe('You have no reminders here.');
});

test('one that is told of a change again is whoever was reminded', async () => {
  const say = await open([meetup()], { changesAfter: '1m' });
  await say('remind me 20270602');
  await scene.tickAt('2027-06-01T06:00:00Z');
  scene.pages([meetup({ status: 'cancelled' })]);
  await scene.tickAt('2027-06-01T06:01:00Z');
  await scene.tickAt('2027-06-01T06:02:01Z');
  expect(scene.platform.texts().at(-1)).toMatch(/Meetup (?:is cancelled|已取消)/);
});

test.each([
  ['提醒我 20270602', { proactive: 'never' }, /不允许机器人主动[\s\S]*calendar\.ics/],
  ['remind me 20270602', { proactive: { withinMs: 1 } }, /does not let bots speak first/],
  ['remind me', {}, /Tell me which event/],
  ['remind me of nothing-like-it', {}, /There is no event/],
  ['提醒我 20270602', { room: true, addressed: true }, /私聊/],
  ['提醒我 20270602', { room: true }, undefined],
  ['subscribe pattern in the talk of last year', {}, undefined],
  ['订阅者模式', { room: true, addressed: true }, undefined],
  ['订阅日历', {}, /calendar\.ics/],
  ['20270602', {}, undefined],
  ['提醒', {}, undefined],
  ['确认 20270602', {}, undefined],
  ['现在发 20270602', {}, undefined],
] as const)('%s %j', async (text, about, expected) => {
  const say = await open([meetup()]);
  const heard = await say(text, about);
  if (expected === undefined) expect(heard).toBeUndefined();
  else expect(heard).toMatch(expected);
  await scene.tickAt('2027-06-01T06:00:00Z');
  expect(scene.platform.texts()).toEqual([]);
});

test('an organizer confirms a start by one word; moved again it is a guess again', async () => {
  const say = await open([meetup({ startBasis: 'guess' })], { reminders: [{ before: '1d', to: ['announce'] }], channels: [announce] });
  await scene.tickAt('2027-05-25T06:00:00Z');
  expect(scene.notices).toHaveLength(1);
  expect(await say('confirm 20270602', { as: 'organizer' })).toMatch(/confirmed: 2027-06-02/);
  await scene.tickAt('2027-06-01T06:00:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
  scene.pages([meetup({ startBasis: 'guess', start: '2027-06-12T14:00', end: null })]);
  await scene.tickAt('2027-06-11T06:00:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
});

test('an organizer stops the notice of a change with one word', async () => {
  const say = await open([meetup()], { reminders: [{ before: '1d', to: ['announce'] }] });
  await scene.tickAt('2027-06-01T06:00:00Z');
  scene.pages([meetup({ start: '2027-06-02T16:00' })]);
  await scene.tickAt('2027-06-01T06:01:00Z');
  expect(await say('不发 20270602', { as: 'organizer' })).toMatch(/不通知/);
  expect(await say('现在发', { as: 'organizer' })).toMatch(/没有等待/);
  expect(await say('确认一下时间', { as: 'organizer' })).toBeUndefined();
  scene.pages([meetup({ start: '2027-06-02T18:00' })]);
  await scene.tickAt('2027-06-01T06:02:00Z');
  expect(await say('别发', { as: 'organizer' })).toMatch(/不通知/);
  await scene.tickAt('2027-06-01T06:30:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
});
