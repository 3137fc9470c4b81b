// Members who want to be reminded, and what they and organizers read.
import { afterEach, expect, test } from 'vitest';
import type { Outgoing } from '../../src/adapter.js';
import { createAnswerer } from '../../src/answer/index.js';
import { Errands } from '../../src/bot/errands.js';
import { readCommunity } from '../../src/config/community.js';
import type { CommunityEvent } from '../../src/content/catalog.js';
import { plainText } from '../../src/render/index.js';
import { at, meetup, openScene, type Scene, settings } from './scene.js';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

async function open(now: string, events: CommunityEvent[], changes: Parameters<typeof settings>[0] = {}) {
  const it = await openScene({ now, events, community: settings({ reminders: [], ...changes }) });
  scene = it;
  const errands = new Errands({
    store: it.store,
    catalog: () => it.catalog,
    community: () => it.community,
    find: (text, language) =>
      createAnswerer(it.catalog, it.community).answer({
        ...{ text, language, place: 'direct', addressed: true, role: 'member', sender: '', now: new Date(now) },
      }),
    idOf: (event) => it.schedule.idOf(event),
    confirm: (event) => it.schedule.confirm(event),
    decide: (id, what) => it.schedule.decide(id, what),
    waiting: () => it.schedule.waiting,
    changed: () => it.schedule.changed(),
    calendarUrl: undefined,
    now: () => at(now),
  });
  await it.tickAt(now);
  const say = async (text: string, role: 'member' | 'organizer' = 'member') => {
    const answer = await errands.run({
      ...{ key: `fake:${text}`, sender: 'fake:person:ann' as const },
      ...{
        text,
        where: 'fake:person:ann',
        isDirect: true,
        addressed: true,
        role,
        capabilities: { proactive: 'always' as const, choices: false },
      },
    });
    return answer && plainText(answer.reply as Outgoing);
  };
  return { it, say };
}

// The reminder of the day before, of somebody who asks half a day before the start.
test('who asks to be reminded when the first reminder is over has missed nothing', async () => {
  const { it, say } = await open('2027-05-20T00:00:00Z', [meetup()]);
  await it.tickAt('2027-06-01T18:00:00Z');
  await say('remind me 20270602');
  await it.tickAt('2027-06-01T18:00:01Z');
  expect([it.notices, await it.rows()]).toEqual([[], []]);
});

test('a change is told to a member in the language of their reminders', async () => {
  const { it, say } = await open('2027-05-20T00:00:00Z', [meetup()], { changesAfter: '1m', language: 'zh' });
  await say('remind me 20270602');
  await it.tickAt('2027-06-01T06:00:00Z');
  it.pages([meetup({ start: '2027-06-02T18:00', end: null })]);
  await it.tickAt('2027-06-01T06:01:00Z');
  await it.tickAt('2027-06-01T06:02:01Z');
  expect(it.platform.texts()).toEqual([expect.stringMatching(/^Tomorrow/), expect.stringMatching(/^This has changed/)]);
});

// They were told that nothing more would come.
test('who has unsubscribed hears nothing more, not of a change either', async () => {
  const { it, say } = await open('2027-05-20T00:00:00Z', [meetup()], { changesAfter: '1m' });
  await say('remind me 20270602');
  await it.tickAt('2027-06-01T06:00:00Z');
  expect(await say('unsubscribe')).toMatch(/no more reminders/);
  it.pages([meetup({ start: '2027-06-02T18:00', end: null })]);
  await it.tickAt('2027-06-01T07:00:00Z');
  await it.tickAt('2027-06-01T07:02:00Z');
  expect(it.platform.texts()).toHaveLength(1);
});

// The reminders of the city go on.
test('who unsubscribes from one of two topics is not told that nothing comes any more', async () => {
  const { say } = await open('2027-05-20T00:00:00Z', [meetup(), meetup({ id: 'sz', title: 'SZ', location: '苏州', codes: ['sz1'] })]);
  await say('remind me 20270602');
  await say('remind me Suzhou');
  expect(await say('unsubscribe 20270602')).not.toMatch(/no more reminders for you/);
});

// They have no reminders of this event, and yet one comes.
test('who unsubscribes from an event that comes with their city hears what to do', async () => {
  const { it, say } = await open('2027-05-20T00:00:00Z', [meetup({ location: '苏州' })]);
  await say('remind me Suzhou');
  const answer = await say('unsubscribe 20270602');
  await it.tickAt('2027-06-01T06:00:00Z');
  expect([answer, it.platform.texts().length]).not.toEqual(['You have no reminders here.', 1]);
});

test('a city does not begin', async () => {
  const { say } = await open('2027-05-20T00:00:00Z', [meetup()]);
  expect(await say('remind me Suzhou')).not.toMatch(/Suzhou begins/);
});

// Its first two signs are those of a wish.
test('a question that begins with 订阅 is answered as a question', async () => {
  const { say } = await open('2027-05-20T00:00:00Z', [meetup({ title: '订阅发布模式的实践' })]);
  expect(await say('订阅者模式那场的 PPT 在哪里')).toBeUndefined();
});

// Nothing of it goes out by itself.
test('a cancelled event cannot be confirmed', async () => {
  const { say } = await open('2027-05-20T00:00:00Z', [meetup({ status: 'cancelled' })]);
  expect(await say('confirm 20270602', 'organizer')).not.toMatch(/reminders go out/);
});

test('one post and one channel are told of in the singular', async () => {
  const { it } = await open('2027-05-20T00:00:00Z', [meetup()], { reminders: [{ before: '1d', to: ['announce'] }] });
  await it.restart();
  await it.tickAt('2027-06-01T12:00:00Z');
  expect(it.notices.at(-1)).not.toMatch(/\b1 posts/);
});

test('texts of pages stay texts: markup, names in braces, a title of 5,000 signs', async () => {
  const title = `{title} {when} *bold* _it_ [x](https://evil.example) <!channel> @all ${'长'.repeat(5_000)}`;
  const text = '{title}\n{where}\n{link}\n{register}';
  const event = meetup({
    title,
    location: '**{title}**\n# 标题',
    url: 'https://example.org/a_b_c*d',
    reminders: [{ before: '1d', to: ['announce'], text }],
  });
  const { it } = await open('2027-05-20T00:00:00Z', [event]);
  await it.tickAt('2027-06-01T06:00:00Z');
  const [said = ''] = it.platform.texts();
  expect(said.split('\n')).toEqual([
    expect.stringMatching(/^\{title\} \{when\} \*bold\* _it_ \[x\]\(https:\/\/evil\.example\) <!channel> @\u200ball 长+…$/),
    '**{title}** # 标题',
    'https://example.org/a_b_c*d',
  ]);
  expect(said.length).toBeLessThan(400);
});

// A digest's own words are no template: there is no one event that names could stand for.
test.each(["'Next: {title}'", "{ zh: 近期活动, en: 'Next: {titel}' }", "'Next }'"])(
  'braces in the words of a digest, %s, are a mistake',
  (text) => {
    const yaml = (words: string) => `community: C\ndigests: [{ cron: '0 9 * * 1', to: [announce], text: ${words} }]`;
    expect(readCommunity(yaml(text)).problems).toMatchObject([
      {
        level: 'error',
        line: 2,
        message: { en: expect.stringContaining('plain words without braces'), zh: expect.stringContaining('花括号') },
      },
    ]);
    expect(readCommunity(yaml("{ zh: 近期活动, en: 'Next (all of them):' }")).problems).toEqual([]);
  },
);
