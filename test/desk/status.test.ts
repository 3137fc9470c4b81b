import { afterEach, describe, expect, test } from 'vitest';
import { cleanedQuestion } from '../../src/desk/cleaned-question.js';
import { StatusDesk, type StatusDeskParts } from '../../src/desk/status.js';
import { statusFacts } from '../../src/desk/status-facts.js';
import { plannedAhead } from '../../src/schedule/ahead.js';
import type { Target } from '../../src/store/port.js';
import { catalog, community, event, season } from '../answer/scene.js';
import { at, DAY, meetup, openScene, settings } from '../schedule/scene.js';
import { type DeskScene, openDesk } from './scene.js';

let scene: DeskScene;
afterEach(() => scene?.close());

async function open(changes: Partial<StatusDeskParts> = {}, options: Parameters<typeof openDesk>[0] = {}): Promise<DeskScene> {
  scene = await openDesk({
    ...options,
    further: (opened) => {
      const desk = new StatusDesk({
        store: opened.store,
        platforms: () => [
          { instance: 'slack', state: { is: 'online' } },
          { instance: 'web', state: { is: 'online' } },
        ],
        nextPosts: () => [],
        catalog: () => opened.kept.catalog(),
        community: () => community(),
        troubles: () => opened.kept.troubles(),
        now: opened.now,
        ...changes,
      });
      return (errand) => desk.run(errand);
    },
  });
  return scene;
}

const target = (channel: string, more: Partial<Target> = {}): Target => ({
  ...{ channel, address: `gone:room:${channel}`, wire: channel, at: 0, until: 4e12 },
  ...more,
});

async function misfortunes({ store, now }: DeskScene): Promise<void> {
  const missed = target('announce', { end: { state: 'missed', reason: 'too late' } });
  const posts = ['before-1d', 'before-1h'].map((rule) => `meetup-chengdu-20231104:${rule}:2023-11-04`);
  for (const id of posts) await store.post({ id, kind: 'reminder', by: 'rule' }, [missed], now());
  await store.post(
    { id: 'b1', kind: 'broadcast', by: 'cli:ann', note: { draft: 'kxyz', label: '周末见' } },
    ['a', 'b', 'c'].map((each) => target(each)),
    now(),
  );
  const [claim] = await store.claim({ owner: 'x', instance: 'gone', limits: [], leaseMs: 30_000, most: 1, now: now() });
  await store.record([{ id: claim?.id ?? '', fence: claim?.fence ?? 0, outcome: { state: 'unknown', reason: 'reset' } }], now());
}

test('all is well, and says so in a few lines', async () => {
  await open({}, { catalog: catalog([]) });
  expect(await scene.say('状态')).toBe('状态\n平台：slack、web 正常\n没有需要处理的事。\n\n接下来没有要自动发的消息。');
  expect(await scene.say('status')).toMatch(/^Status\nPlatforms: slack, web online\nThere is nothing to mend\./);
});

test('what is wrong comes first, each with how to mend it', async () => {
  await open({
    platforms: () => [
      { instance: 'slack', state: { is: 'offline', reason: 'connection refused' }, since: at('2027-06-01T06:00:00Z') },
      { instance: 'wechaty', state: { is: 'waiting-for-login', scan: 'https://login.example/qr' } },
      { instance: 'web', state: { is: 'online' } },
    ],
  });
  await misfortunes(scene);
  const first = await statusText();
  expect(first).toMatch(
    /⚠ slack 连接不上（从 2027-06-01（周二）14:00 起）：connection refused[\s\S]*⚠ wechaty 等待扫码登录：.*\/scan[\s\S]*⏸ telegram 已暂停.*“恢复 telegram”[\s\S]*平台：web 正常/,
  );
  // Whoever scans it decides whose account the bot is.
  expect(first).not.toContain('login.example');
  expect(first).toMatch(/不知道有没有送到：1 条。[\s\S]*a：b1，.*“到了 b1\/a”.*“没到 b1\/a”/);
  expect(first).toMatch(/错过时间没有发：2 条[\s\S]*announce：云原生 Meetup 成都站（before 1h）[\s\S]*群发 @频道/);
  expect(first).toMatch(/kxyz 周末见（.*）：已发 0\/3，不确定 1，进行中。回复“进度 kxyz”或“停止 kxyz”/);
  expect(first.indexOf('不知道有没有送到')).toBeLessThan(first.indexOf('群发'));
});

/** Rows of a platform that is not there stay open, which the scene would wait for. */
async function statusText(): Promise<string> {
  const desk = new StatusDesk({
    store: scene.store,
    platforms: () => [
      { instance: 'slack', state: { is: 'offline', reason: 'connection refused' }, since: at('2027-06-01T06:00:00Z') },
      { instance: 'wechaty', state: { is: 'waiting-for-login', scan: 'https://login.example/qr' } },
      { instance: 'telegram', state: { is: 'online' }, paused: true },
      { instance: 'web', state: { is: 'online' } },
    ],
    ...{ nextPosts: () => [], catalog: () => scene.kept.catalog(), community: () => community(), troubles: () => [], now: scene.now },
  });
  const answer = await desk.run({
    ...{
      key: 'k',
      text: '状态',
      where: 'fake:person:olga',
      isDirect: true,
      addressed: true,
      sender: 'fake:person:olga',
      role: 'organizer',
    },
    capabilities: { proactive: 'always', choices: false },
  });
  return answer?.reply?.text.replaceAll('**', '') ?? '';
}

test('codes without links of events that are over, asked for most first; one that is set is gone from the list', async () => {
  const soon = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10);
  const recently = new Date(Date.now() - 10 * DAY).toISOString().slice(0, 10);
  const events = [
    event({ title: 'Old', start: '2019-01-01', codes: ['old2019'] }),
    event({ title: 'Wanted', start: '2020-01-01', codes: ['want2020', 'want 2020'] }),
    event({ title: 'Recent', start: recently, codes: ['recent1'] }),
    event({ title: 'To come', start: soon, codes: ['soon1234'] }),
    event({ title: 'Cancelled', start: recently, codes: ['cancel1'], status: 'cancelled' }),
    event({ title: 'On the page', start: recently, codes: ['page1234'], slides: ['https://a.example/1'] }),
  ];
  await open({}, { catalog: catalog(events) });
  for (const text of ['want2020', 'WANT 2020', 'soon1234']) await scene.say(text, { as: 'ann' });
  await scene.store.keep({ kind: 'alias', name: 'x2', value: { code: 'recent1' }, by: 'x' }, 1);
  await scene.kept.read();
  const text = await scene.say('状态');
  expect(text).toMatch(/还没有课件链接：2 场\n• want2020 Wanted，被问过 2 次\n• recent1 Recent\n补上：课件 want2020 https/);
  await scene.say('课件 want2020 https://a.example/2');
  await scene.say('是');
  expect(await scene.say('status')).toMatch(/no link to slides yet: 1\n• recent1 Recent\n/);
});

test('the commonest unanswered questions, without what tells who asked; an alias mends them', async () => {
  await open({}, { catalog: season() });
  for (const text of [
    '能报销吗',
    '能报销吗？',
    '能 报销 吗',
    '电话13812345678转告我',
    '我的微信wxid_a1b2c3d4e5',
    'ann@example.org',
    '怎么赞助',
  ])
    await scene.say(text, { as: 'ann' });
  const text = await scene.say('状态');
  expect(text).toMatch(/问得最多的\n• 能报销吗（3 次） → 别名 能报销吗 = 口令/);
  expect(text).not.toMatch(/1381234|wxid|a1b2c3|example\.org/);
  await scene.say('别名 能报销吗 = 20231104');
  expect(await scene.say('状态')).not.toContain('能报销吗');
});

test('aliases that do not work', async () => {
  await open();
  await scene.store.keep({ kind: 'alias', name: '成都ppt', value: { code: 'gone1' }, by: 'x' }, 1);
  await scene.kept.read();
  expect(await scene.say('状态')).toMatch(/不起作用的别名\n• 成都ppt = gone1：gone1 不是口令了/);
});

test('what is long comes in parts, the rest with 更多', async () => {
  await open({
    nextPosts: () =>
      Array.from({ length: 5 }, (_, n) => ({
        post: `p${n}`,
        at: at('2027-06-01T06:00:00Z'),
        rule: 'before: 1d',
        title: '很长的标题'.repeat(12),
        channels: 3,
      })),
  });
  for (let n = 0; n < 10; n++) await scene.say(`这个问题没有人能够回答得上来${'甲乙丙丁戊己庚辛壬癸'[n]}对不对`, { as: 'ann' });
  const first = await scene.say('状态');
  expect(Buffer.byteLength(first)).toBeLessThan(2_000);
  expect(first).toMatch(/接下来要发的（Asia\/Shanghai）\n• 2027-06-01（周二）14:00 很长[\s\S]*3 个频道[\s\S]*1\. 更多$/);
  expect(await scene.say('更多')).toMatch(/^没答上来、问得最多的\n• 这个问题/);
  await scene.say('状态');
  expect(await scene.say('1')).toMatch(/^没答上来/);
});

test('for organizers in a direct chat only; a code stays a code', async () => {
  await open({}, { catalog: catalog([event({ title: 'Odd', codes: ['status'] })]) });
  expect(await scene.say('状态', { as: 'ann' })).not.toMatch(/平台/);
  expect(await scene.say('状态', { room: true, addressed: true })).toMatch(/私聊/);
  expect(await scene.say('状态', { room: true })).toBe('');
  expect(await scene.say('status')).toContain('Odd');
});

test('the next posts of a running schedule, a line a post, and the same from the pages alone', async () => {
  const running = await openScene({ now: '2027-05-20T00:00:00Z' });
  await running.tickAt('2027-05-20T00:00:00Z');
  const next = running.schedule.ahead(2);
  expect(next).toEqual([
    { post: 'meetup:before-1d:2027-06-02', at: at('2027-06-01T06:00:00Z'), rule: 'before: 1d', title: 'Meetup', channels: 1 },
    { post: 'meetup:before-1h:2027-06-02', at: at('2027-06-02T05:00:00Z'), rule: 'before: 1h', title: 'Meetup', channels: 1 },
  ]);
  expect(plannedAhead({ catalog: catalog([meetup()]), community: settings() }, at('2027-05-20T00:00:00Z'), 2)).toEqual(next);
  await running.close();
});

test('ten thousand codes and as many rows are no burden', async () => {
  const events = Array.from({ length: 10_000 }, (_, n) => event({ id: `e${n}`, title: `E${n}`, start: '2023-01-01', codes: [`code${n}`] }));
  await open({}, { catalog: catalog(events) });
  const { store, kept, now } = scene;
  const missed = Array.from({ length: 1_200 }, (_, n) => target(`c${n}`, { end: { state: 'missed', reason: 'too late' } }));
  await store.post({ id: 'p', kind: 'reminder', by: 'x' }, missed, now());
  const began = performance.now();
  const facts = await statusFacts({ store, now, nextPosts: () => [], catalog: () => kept.catalog(), troubles: () => [] });
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(facts.missed.count).toBe(1_200);
  expect(facts.missed.newest.map(({ channel }) => channel)).toEqual(['c1199', 'c1198', 'c1197']);
});

describe('a question without what tells who asked', () => {
  test.each([
    ['成都ppt在哪', '成都ppt在哪'],
    ['20231105的ppt', '20231105的ppt'],
    ['我电话13812345678', '我电话…'],
    ['+4915112345678', undefined],
    ['身份证51010119900101123x', '身份证…'],
    ['ann@example.org', undefined],
    ['联系ann.b@example.org谢谢', '联系…谢谢'],
    ['@张三', undefined],
    ['https://example.org/a?b=1', undefined],
    ['看https://pan.baidu.com/s/1abc密码ab12', undefined],
    ['我的微信zhangsan88', '我的…'],
    ['请找u01abcdef2吗', '请找…吗'],
    ['kubecon2018见闻', 'kubecon2018见闻'],
    ['k8s升级', 'k8s升级'],
    ['wxida1b2c3d4', undefined],
    ['obcdefghij1234567890klmn', undefined],
    ['我的密码是hunter2', '我的…'],
    ['我叫张三', undefined],
    ['我叫张三,怎么报名', '…,怎么报名'],
    ['我叫张三想报名', '…想报名'],
    ['我叫欧阳小明怎么报名', '…怎么报名'],
    ['你好我是李小龙,能报销吗', '你好…,能报销吗'],
    ['mynameisann,canisignup', '…,canisignup'],
    ['我是谁的组织者', '我是谁的组织者'],
    ['我是学生能来吗', '我是学生能来吗'],
    ['？', undefined],
    ['很'.repeat(64), `${'很'.repeat(39)}…`],
  ])('%s → %s', (text, expected) => {
    expect(cleanedQuestion(text)).toBe(expected);
  });

  test.each(['我叫张三怎么报名', 'my name is jane doe how do i register'])('%s tells no name', (text) => {
    expect(cleanedQuestion(text) ?? '').not.toMatch(/张三|jane/);
  });
});
