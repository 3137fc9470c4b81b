// What is said: texts by language, announcements from pages; and scarce messages.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { textFor, textsOf } from '../../src/broadcast/text.js';
import type { Plan, QuotaLine, Wanted } from '../../src/broadcast/types.js';
import { previewParts, previewText, progressText, reasonText, refusalText, reportText } from '../../src/broadcast/words.js';
import type { Language } from '../../src/content/types.js';
import { plainText } from '../../src/render/index.js';
import {
  channel,
  DAY,
  draftOf,
  FREE,
  fakeView,
  HOUR,
  maker,
  meetup,
  NOW,
  openScene,
  refusalOf,
  rooms,
  type Scene,
  sent,
  wish,
} from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const planOf = async (more: Partial<Wanted> = {}) => draftOf(await scene.broadcasts.propose(wish(more), maker())).plan;
const refusal = async (more: Partial<Wanted>) => refusalOf(await scene.broadcasts.propose(wish(more), maker()));
const shown = (plan: Plan) => Object.fromEntries(plan.renderings.map(({ language, text }) => [language, text]));

test('a text may hold a part for each language; what has none gets what is everybody’s', () => {
  const texts = textsOf('Hi\r\n[zh]\r\n你好\n\n再见\n【EN】\nHello');
  expect([textFor(texts, 'zh'), textFor(texts, 'en')]).toEqual(['你好\n\n再见', 'Hello']);
  expect(textFor(textsOf('Hi\n[zh]\n你好'), 'en')).toBe('Hi');
  expect(textFor(textsOf('[zh]\n你好'), 'en')).toBe('你好');
  expect(textFor(textsOf('see [zh] and [en]\n- [en](https://x.example)'), 'en')).toBe('see [zh] and [en]\n- [en](https://x.example)');
});

test('each channel gets its language’s text, and each platform its own rendering', async () => {
  scene.platforms.set('short', fakeView({}, { most: 4 }));
  scene.channels(...scene.community.channels, channel('cut', [], { address: 'short:room:1', language: 'en' }));
  const plan = await planOf({ say: { text: '[zh]\n**你好**\n[en]\nHello' } });
  expect(plan.renderings).toEqual([
    { platform: 'slack', language: 'zh', text: '你好', channels: 1, isCut: false },
    { platform: 'slack', language: 'en', text: 'Hello', channels: 1, isCut: false },
    { platform: 'short', language: 'en', text: 'Hell', channels: 1, isCut: true },
  ]);
});

test('nothing to say, and too much', async () => {
  for (const text of ['', ' \n ', '[zh]\n\n[en]']) expect(await refusal({ say: { text } })).toEqual({ is: 'no-text' });
  expect(await refusal({ say: { text: 'x'.repeat(20_001) } })).toMatchObject({ is: 'long-text', most: 20_000 });
});

test('an announcement is made from the page, in each channel’s language; code, id and title name it', async () => {
  for (const written of ['20270602', ' meetup ', '云原生 Meetup 成都站', 'cloud native meetup chengdu']) {
    const plan = await planOf({ say: { event: written } });
    expect(plan.label).toBe('云原生 Meetup 成都站');
    expect(shown(plan).zh).toMatch(/新活动预告[\s\S]*云原生 Meetup 成都站[\s\S]*2027-06-02/);
    expect(shown(plan).en).toMatch(/New event[\s\S]*Cloud Native Meetup Chengdu/);
  }
});

test('what is over, cancelled, undated or several is refused in words; a near miss is asked back', async () => {
  const { pages } = scene.catalog;
  const of = async (event: string, ...events: ReturnType<typeof meetup>[]) => {
    scene.pages(...events);
    return refusal({ say: { event } });
  };
  expect(await of('20270602', meetup({ status: 'cancelled' }))).toEqual({ is: 'event-cancelled', title: '云原生 Meetup 成都站' });
  expect(await of('20270602', meetup({ start: '2027-05-01T14:00', end: null }))).toMatchObject({ is: 'event-over' });
  expect(await of('20270602', meetup({ start: null, end: null }))).toMatchObject({ is: 'event-undated' });
  expect(await of('20270602', meetup(), meetup({ id: 'b', title: 'B' }))).toMatchObject({
    is: 'several-events',
    titles: ['云原生 Meetup 成都站', 'B'],
  });
  expect(await of('20270603', meetup())).toEqual({ is: 'unknown-event', text: '20270603', meant: '20270602' });
  expect(await of('meetupp', meetup())).toMatchObject({ is: 'unknown-event', meant: 'meetup' });
  expect(await of('', meetup())).toMatchObject({ is: 'unknown-event' });
  // Of two that share a code, the one that is still to come is meant.
  scene.pages(meetup({ id: 'old', title: 'Old', start: '2026-06-02T14:00', end: null }), meetup());
  expect((await planOf({ say: { event: '20270602' } })).label).toBe('云原生 Meetup 成都站');
  expect(await refusal({ say: { event: 'meetup' }, at: NOW + 10 * DAY })).toMatchObject({ is: 'event-over' });
  const draft = { ...pages[0], draft: true, id: 'wip', codes: [], title: 'Work' } as never;
  scene.catalog = { ...scene.catalog, pages: [draft] };
  expect(await refusal({ say: { event: 'work' } })).toEqual({ is: 'event-draft', title: 'Work' });
});

test('the post knows what it was about: channels hear of later changes; what waits is stopped when the event is cancelled or moved', async () => {
  const at = NOW + HOUR;
  const { post } = await sent(scene, wish({ say: { event: 'meetup' }, at }));
  const [row] = await scene.store.told(['first-meetup']);
  expect(row).toMatchObject({ post, kind: 'broadcast', facts: { title: '云原生 Meetup 成都站', start: '2027-06-02T14:00' } });
  const watching = () => scene.another().pagesChanged();
  scene.pages(meetup({ location: 'elsewhere' }));
  await watching();
  expect(await scene.store.progress(post)).toEqual({ pending: 2 });
  scene.pages();
  await watching();
  expect(await scene.store.progress(post)).toEqual({ pending: 2 });
  scene.pages(meetup({ start: '2027-06-03T14:00' }));
  await watching();
  expect(await scene.store.progress(post)).toEqual({ cancelled: 2 });
  expect((await scene.store.readAudit(1))[0]).toMatchObject({ who: 'emcee', did: 'stopped', about: { why: 'moved' } });
});

describe('scarce messages', () => {
  const fans = (address = 'wechat:audience:all') => channel('粉丝', ['wechat'], { address });
  const monthly = { scope: 'target', count: 4, per: 'month', zone: 'Asia/Shanghai' } as const;
  const use = (count: number) =>
    scene.store.post(
      { id: 'before', kind: 'broadcast', by: 'x' },
      Array.from({ length: count }, (_, i) => ({ channel: `${i}`, address: fans().address, wire: {}, at: NOW - HOUR, until: NOW + DAY })),
      NOW - HOUR,
    );
  beforeEach(() => {
    scene.platforms.set('wechat', fakeView({ limits: [monthly] }));
    scene.channels(fans());
  });

  test('what is left of this month, and what the schedule will use, is shown', async () => {
    await use(1);
    scene.community = {
      ...scene.community,
      reminders: [
        { before: '3h', to: ['wechat'] },
        { at: 'start', to: ['wechat'] },
      ],
    };
    const [line] = (await planOf()).quota;
    const expected: QuotaLine = {
      ...{ of: '粉丝', per: 'month', count: 4, left: 3, planned: 2, needs: 1, timezone: 'Asia/Shanghai', fits: true, channels: ['粉丝'] },
      resetsAt: Date.parse('2027-06-30T16:00:00Z'),
    };
    expect(line).toEqual(expected);
  });

  test('a plan that does not fit is refused, with what can be done', async () => {
    await use(2);
    scene.community = {
      ...scene.community,
      reminders: [
        { before: '3h', to: ['wechat'] },
        { at: 'start', to: ['wechat'] },
      ],
    };
    const why = await refusal({});
    expect(why).toMatchObject({ is: 'quota', lines: [{ left: 2, planned: 2, needs: 1, fits: false }] });
    expect(refusalText(why, 'en')).toMatch(/leave out 粉丝, or send it after 2027-07-01 00:00/);
    expect(refusalText(why, 'zh')).toMatch(/不发到 粉丝/);
    // Next month there is room again.
    expect((await planOf({ at: Date.parse('2027-06-30T17:00:00Z') })).quota).toMatchObject([{ left: 4, planned: 0, fits: true }]);
    scene.pages();
    expect((await planOf()).quota).toMatchObject([{ left: 2, planned: 0, fits: true }]);
  });

  test('a limit of the whole platform, and a quota that it counts itself', async () => {
    scene.platforms.set('wechat', fakeView({ limits: [{ scope: 'adapter', count: 3, per: 'day', zone: 'Asia/Shanghai' }] }));
    scene.channels(...Array.from({ length: 4 }, (_, i) => ({ ...fans(`wechat:audience:${i}`), name: `f${i}` })));
    expect(await refusal({})).toMatchObject({ is: 'quota', lines: [{ of: 'wechat', count: 3, left: 3, needs: 4 }] });
    expect((await planOf({ except: ['f0'] })).quota).toMatchObject([{ needs: 3, fits: true }]);
    scene.platforms.set('wechat', fakeView({ quota: () => ({ left: 2, resetsAt: new Date(NOW + HOUR) }) }));
    expect(await refusal({})).toMatchObject({ is: 'quota', lines: [{ left: 2, needs: 4 }] });
    expect((await planOf({ at: NOW + 2 * HOUR })).quota).toEqual([]);
  });

  test('an account with one mass send a day: what goes to single members does not count', async () => {
    const daily = { scope: 'adapter', count: 1, per: 'day', zone: 'Asia/Shanghai' } as const;
    const audiences = fakeView({}, { capabilities: (to) => ({ ...FREE, limits: to.includes(':audience:') ? [daily] : [] }) });
    scene.platforms.set('wechat', audiences);
    const to = (address: string) => ({ channel: address, address, wire: {}, at: NOW - 1, until: NOW + DAY });
    await scene.store.post({ id: 'p', kind: 'reminder', by: 'x' }, [to('wechat:person:ann')], NOW);
    expect((await planOf()).quota).toMatchObject([{ left: 1, fits: true }]);
    // Another tag takes the same one.
    await scene.store.post({ id: 'q', kind: 'reminder', by: 'x' }, [to('wechat:audience:2')], NOW);
    expect(await refusal({})).toMatchObject({ is: 'quota', lines: [{ of: 'wechat', left: 0 }] });
  });

  test('ten thousand channels with a limit each are asked for at once', async () => {
    scene.platforms.set('slack', fakeView({ limits: [monthly] }));
    scene.channels(...rooms(10_000));
    expect((await planOf()).quota).toHaveLength(5);
  });
});

test('how long it takes follows the platform’s pace', async () => {
  scene.platforms.set('slack', fakeView({ limits: [{ scope: 'adapter', count: 10, per: 1_000 }] }));
  scene.channels(...rooms(301));
  expect((await planOf()).takesMs).toBe(30_000);
});

test.each<Language>(['zh', 'en'])('every refusal, reason and state is a sentence (%s)', async (language) => {
  const plan = await planOf({ say: { text: 'a *b* [c](https://x.example)' }, at: NOW + HOUR });
  const draft = { id: 'b7k2m', wanted: wish(), plan, number: '4821', expiresAt: NOW, needsCount: true };
  expect(previewParts(draft, language).confirm).toContain('4821');
  const { text, rest } = previewText(draft, language);
  expect(plainText({ text })).toContain('2027-06-01 11:00 (Asia/Shanghai)');
  expect(rest).toBeUndefined();
  // Too long for one message: the count, what the limits cut most, and the rest with 更多.
  const renderings = [
    { platform: 'slack', language: 'zh', text: 'x'.repeat(900), channels: 7, isCut: false },
    { platform: 'wechat', language: 'zh', text: 'y'.repeat(700), channels: 2, isCut: true },
  ] as const;
  const long = previewText({ ...draft, plan: { ...plan, renderings } }, language);
  expect(long.text).toContain('yyy');
  expect(long.text).not.toContain('xxx');
  expect(long.rest).toContain('xxx');
  const told = [
    { is: 'no-text' },
    { is: 'long-text', characters: 2, most: 1 },
    { is: 'no-target' },
    { is: 'unknown-target', names: [{ name: 'a', meant: 'b' }, { name: 'c' }], known: [] },
    { is: 'nobody', unreachable: [{ channel: 'a', why: 'never', waits: false }] },
    { is: 'unknown-event', text: 'a' },
    { is: 'several-events', text: 'a', titles: ['b'] },
    { is: 'event-cancelled', title: 'a' },
    { is: 'event-over', title: 'a' },
    { is: 'event-undated', title: 'a' },
    { is: 'event-draft', title: 'a' },
    { is: 'past' },
    { is: 'far' },
    { is: 'everyone' },
  ] as const;
  const said = told.map((why) => refusalText(why, language));
  expect(new Set(said).size).toBe(told.length);
  for (const sentence of said) expect(sentence).not.toMatch(/undefined|\[object|NaN/);
  for (const reason of ['not-allowed', 'quota', 'an odd error', '__proto__'])
    expect(reasonText(reason, language)).not.toMatch(/undefined|object/);
});

test('progress and report: counts, time left, each failure in words', async () => {
  scene.channels(...rooms(4));
  const { id, post } = await sent(scene, wish({ say: { text: 'Hello **all**' } }));
  const claims = await scene.store.claim({ owner: 'bot', instance: 'slack', limits: [], leaseMs: HOUR, most: 3, now: scene.now });
  const outcomes = [
    { state: 'sent' },
    { state: 'refused', reason: 'not-allowed' },
    { state: 'unknown', reason: 'no answer in time' },
  ] as const;
  await scene.store.record(
    claims.map(({ id: delivery, fence }, i) => ({ id: delivery, fence, outcome: outcomes[i] as (typeof outcomes)[number] })),
    scene.now,
  );
  const running = await scene.broadcasts.progress(id);
  expect(running).toMatchObject({ open: 1, state: 'running', counts: { sent: 1, refused: 1, unknown: 1, pending: 1 } });
  expect(plainText({ text: progressText(running as never, 'en') })).toMatch(
    /^Broadcast \w+ "Hello all": 3\/4; 1 sent, 1 refused, 1 unknown; about 1 second left$/,
  );
  const report = await scene.broadcasts.report(post);
  const text = plainText({ text: reportText(report as never, 'zh') });
  expect(text).toMatch(/room1：|room1: 机器人没有在那里发言的权限/);
  expect(text).toContain(`重试 ${id}`);
  expect(report).toMatchObject({
    failed: 2,
    failures: [
      { channel: 'room1', state: 'refused' },
      { channel: 'room2', state: 'unknown' },
    ],
  });
  expect(await scene.broadcasts.retry(undefined, maker())).toMatchObject({ count: 1, broadcast: { id } });
  expect(await scene.broadcasts.stop(undefined, maker())).toMatchObject({ count: 2, broadcast: { id } });
  expect(await scene.broadcasts.stop(undefined, maker())).toBeUndefined();
  expect((await scene.broadcasts.progress())?.state).toBe('stopped');
  expect(await scene.broadcasts.resume(undefined, maker())).toMatchObject({ count: 2 });
  for (const missing of ['zzzzz', '', '__proto__']) expect(await scene.broadcasts.report(missing)).toBeUndefined();
});
