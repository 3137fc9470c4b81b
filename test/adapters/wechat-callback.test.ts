// Members on an Official Account: requests as WeChat makes them, to a bot that runs.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedBot } from '../cli/emcee.js';
import {
  type Account,
  AES_KEY,
  APP_ID,
  event,
  messageXml,
  newMsgId,
  newNonce,
  nowSeconds,
  post,
  request,
  say,
  sha1,
  TOKEN,
  text,
} from '../fakes/wechat/account.js';
import { severalBots } from '../server/bots.js';

const LINK = 'https://example.org/slides/20231104';
const PLAIN: Account = { token: TOKEN };
const SAFE: Account = { token: TOKEN, appId: APP_ID, aesKey: AES_KEY };
const COMPATIBLE: Account = { ...SAFE, mode: 'compatible' };
const ACCOUNTS = { plain: PLAIN, safe: SAFE, compatible: COMPATIBLE };
const settingsOf = ({ token, appId, aesKey, mode }: Account) => ({
  WECHAT_TOKEN: token,
  ...(appId && { WECHAT_APP_ID: appId }),
  ...(aesKey && { WECHAT_AES_KEY: aesKey }),
  ...(mode && { WECHAT_MODE: mode }),
  // Nobody listens there: an answer needs no API.
  WECHAT_API_URL: 'http://127.0.0.1:9',
});
const bots = severalBots();
let members = 0;
/** A member whom the bot does not know yet. */
const newMember = () => ({ FromUserName: `oMember${++members}` });

describe.each(Object.entries(ACCOUNTS))('%s mode', (mode, account) => {
  let bot: StartedBot;
  beforeAll(async () => {
    bot = await bots.start(settingsOf(account));
  });

  test('the address is verified with the bare echostr', async () => {
    const timestamp = String(nowSeconds());
    const query = { signature: sha1(TOKEN, timestamp, '42'), timestamp, nonce: '42', echostr: '5837397520665436492' };
    const response = await fetch(`${bot.url}/hooks/wechat?${new URLSearchParams(query)}`);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/plain; charset=utf-8',
      query.echostr,
    ]);
  });

  test.each(['20231104', '２０２３１１０４', ' 20231104\n', '【20231104】'])('%j gets the slides, first and bare', async (code) => {
    const answer = await say(bot.url, account, text(code, newMember()));
    expect(answer.status).toBe(200);
    expect(answer.body.includes('<Encrypt>')).toBe(mode !== 'plain');
    expect(answer.body.includes(LINK)).toBe(mode === 'plain');
    expect(answer.fields).toMatchObject({ MsgType: 'text', FromUserName: 'gh_10f6c3c3ac5a', ToUserName: `oMember${members}` });
    expect(answer.fields.Content?.split('\n').slice(0, 3)).toEqual([LINK, '提取码：ks11', '手机打不开请复制到电脑浏览器']);
    expect(Math.abs(Number(answer.fields.CreateTime) - nowSeconds())).toBeLessThan(60);
  });

  test('help, a code and an unknown text have three answers', async () => {
    const member = newMember();
    const contents = [];
    for (const said of ['20231104', '帮助', '大家好']) contents.push((await say(bot.url, account, text(said, member))).fields.Content);
    expect(new Set(contents).size).toBe(3);
    expect(contents).not.toContain(undefined);
  });

  test('three redeliveries, also sealed or signed anew, get the same answer, and the message is counted once', async () => {
    const counted = async () =>
      Number(/emcee_answers_total\{adapter="wechat",kind="code"\} (\d+)/.exec(await (await fetch(`${bot.url}/metrics`)).text())?.[1] ?? 0);
    const xml = text('20231104', newMember());
    const first = request(account, xml);
    const before = await counted();
    const answers = [await post(bot.url, first, account), await post(bot.url, first, account)];
    const { timestamp = '', nonce = '' } = first.query;
    answers.push(await say(bot.url, account, xml, { timestamp, nonce }), await say(bot.url, account, xml));
    for (const { status, fields } of answers) expect([status, fields.Content]).toEqual([200, answers[0]?.fields.Content]);
    expect(answers[0]?.fields.Content).toContain(LINK);
    expect(await counted()).toBeGreaterThan(before);
  });

  test('the same timestamp and nonce with another message is refused', async () => {
    const [timestamp, nonce] = [String(nowSeconds()), newNonce()];
    expect((await say(bot.url, account, text('20231104'), { timestamp, nonce })).status).toBe(200);
    expect((await say(bot.url, account, text('20231104'), { timestamp, nonce })).status).toBe(403);
    expect((await say(bot.url, account, text('20231104'), { timestamp, nonce: newNonce() })).status).toBe(200);
  });

  test('two messages whose ids differ beyond 2^53 are two', async () => {
    const id = '740000000000000';
    const member = newMember();
    const one = await say(bot.url, account, text('20231104', { ...member, MsgId: `${id}01${members}` }));
    const other = await say(bot.url, account, text('帮助', { ...member, MsgId: `${id}02${members}` }));
    expect(one.fields.Content).not.toBe(other.fields.Content);
  });
});

describe('what members do besides typing', () => {
  let bot: StartedBot;
  beforeAll(async () => {
    bot = await bots.start(settingsOf(SAFE));
  });
  const said = async (xml: string) => say(bot.url, SAFE, xml);

  test('whoever follows is welcomed, with the next event', async () => {
    const xml = event('subscribe', newMember());
    const { fields } = await said(xml);
    expect(fields.Content).toContain('帮助');
    expect(fields.Content).toContain('深圳站');
    expect((await said(xml)).fields.Content).toBe(fields.Content);
  });

  test.each([
    ['CLICK', '20231104', LINK],
    ['CLICK', '下一场', '深圳站'],
    ['SCAN', '20231104', LINK],
    ['SCAN', '7', '深圳站'],
    ['subscribe', 'qrscene_123', '深圳站'],
  ])('%s of %s', async (name, EventKey, answer) => {
    expect((await said(event(name, { ...newMember(), EventKey }))).fields.Content).toContain(answer);
  });

  test('two clicks in the same second are two', async () => {
    const member = { ...newMember(), CreateTime: String(nowSeconds()) };
    const one = await said(event('CLICK', { ...member, EventKey: '20231104' }));
    const other = await said(event('CLICK', { ...member, EventKey: '帮助' }));
    expect(one.fields.Content).not.toBe(other.fields.Content);
  });

  test.each([
    event('unsubscribe'),
    event('VIEW', { EventKey: 'https://example.org' }),
    event('LOCATION', { Latitude: '23.1', Longitude: '113.3', Precision: '119.0' }),
    event('TEMPLATESENDJOBFINISH', { MsgID: '200163836', Status: 'success' }),
    event('MASSSENDJOBFINISH', {
      MsgID: '1000001625',
      Status: 'send success',
      TotalCount: '100',
      FilterCount: '80',
      SentCount: '75',
      ErrorCount: '5',
    }),
    event('something_new'),
  ])('%.160s is met with success', async (xml) => {
    expect(await said(xml)).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8', body: 'success' });
  });

  test.each([
    ['a voice message is heard', { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '20231104' }, LINK],
    ['a place is looked for', { MsgType: 'location', Location_X: '1', Location_Y: '2', Scale: '20', Label: '深圳' }, '深圳站'],
    ['an article by its title', { MsgType: 'link', Title: '20231104', Description: '', Url: 'https://example.org' }, LINK],
    ['a picture gets the hint', { MsgType: 'image', PicUrl: 'https://example.org', MediaId: 'm' }, '帮助'],
    ['a film too', { MsgType: 'video', MediaId: 'm', ThumbMediaId: 't' }, '帮助'],
    ['a sticker', { MsgType: 'text', Content: '【收到不支持的消息类型，暂无法显示】' }, '帮助'],
  ])('%s', async (_, fields, answer) => {
    const { fields: reply } = await said(messageXml({ ...fields, ...newMember(), MsgId: newMsgId() }));
    expect(reply.Content).toContain(answer);
  });

  test('the hint comes once an hour and member; codes, near misses and commands are always answered', async () => {
    const member = newMember();
    const chatter = text('大家好', member);
    expect((await said(chatter)).fields.Content).toMatch(/没有找到/);
    expect((await said(text('你们在吗', member))).body).toBe('success');
    expect((await said(messageXml({ MsgType: 'image', ...member, MsgId: newMsgId() }))).body).toBe('success');
    // What was answered is answered again.
    expect((await said(chatter)).fields.Content).toMatch(/没有找到/);
    for (const [asked, answer] of [
      ['20231104', LINK],
      ['20231105', '20231104'],
      ['帮助', '口令'],
      ['1', '序号'],
    ] as const)
      expect((await said(text(asked, member))).fields.Content ?? '', asked).toMatch(new RegExp(`${answer}|列表|成都`));
    expect((await said(text('大家好', newMember()))).fields.Content).toMatch(/没有找到/);
  });

  test('a choice is made by its number', async () => {
    const member = newMember();
    const list = (await said(text('活动', member))).fields.Content ?? '';
    expect(list).toMatch(/^1\. /m);
    const chosen = (await said(text('1', member))).fields.Content ?? '';
    expect(list).toContain(chosen.split('\n').find((line) => line.includes('Meetup')) ?? 'nothing');
  });

  test('whatever is said comes back as text, and nothing else', async () => {
    for (const evil of [
      ']]><a>x</a><![CDATA[',
      '<a href="http://evil">x</a>',
      '&lt;&amp;',
      '__proto__',
      'constructor',
      '\u202e😀👩‍👩‍👧‍👦',
      'a]]]]>>b',
      '%s%n$$',
    ])
      for (const name of ['Content', 'FromUserName', 'ToUserName']) {
        const answer = await said(text('我是谁', { ...newMember(), [name]: evil }));
        expect(answer.status).toBe(200);
        expect(Object.keys(answer.fields).filter(Boolean).sort()).toEqual([
          'Content',
          'CreateTime',
          'FromUserName',
          'MsgType',
          'ToUserName',
        ]);
        if (name === 'FromUserName') expect(answer.fields.ToUserName).toBe(evil);
        if (name === 'ToUserName') expect(answer.fields.FromUserName).toBe(evil);
        expect(answer.fields.Content).not.toMatch(/<a /);
      }
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});

test('WECHAT_HINTS=never: chatter is met with success, codes are answered', async () => {
  const bot = await bots.start({ ...settingsOf(PLAIN), WECHAT_HINTS: 'never' });
  expect((await say(bot.url, PLAIN, text('大家好'))).body).toBe('success');
  expect((await say(bot.url, PLAIN, text('20231104'))).fields.Content).toContain(LINK);
});

test('four deliveries at once get one answer; after a restart and a kill it is still the same', async () => {
  let bot = await bots.start(settingsOf(SAFE), 'shared');
  const xml = text('20231104', newMember());
  const four = await Promise.all([1, 2, 3, 4].map(() => say(bot.url, SAFE, xml)));
  const contents = new Set(four.map(({ fields }) => fields.Content));
  expect(contents.size).toBe(1);
  await bot.kill('SIGKILL');
  bot = await bots.start({ ...settingsOf(SAFE), WECHAT_HINTS: 'never' }, 'shared');
  contents.add((await say(bot.url, SAFE, xml)).fields.Content);
  expect([...contents]).toEqual([expect.stringContaining(LINK)]);
  expect(bot.log()).not.toMatch(/"level":"(error|fatal)"/);
});

test('neither logs nor refusals hold the token, the key or what members said', async () => {
  const bot = await bots.start({ ...settingsOf(SAFE), WECHAT_APP_SECRET: 'a-secret-of-ours', LOG_LEVEL: 'debug' });
  const answers = [await say(bot.url, SAFE, text('20231104')), await say(bot.url, { ...SAFE, token: 'wrong' }, text('20231104'))];
  expect(answers.map(({ status }) => status)).toEqual([200, 403]);
  const seen = bot.log() + bot.stdout() + answers.map(({ body }) => body).join('');
  expect(seen).not.toMatch(new RegExp([TOKEN, AES_KEY, 'a-secret-of-ours'].join('|')));
});

test('a page too long for one message goes on with 更多', async () => {
  const folder = bots.folder;
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(folder.path, 'long/events'), { recursive: true });
  const talks = Array.from({ length: 12 }, (_, index) => ({
    title: `第${index}个议题${'很长的题目'.repeat(20)}`,
    speakers: [{ name: '李雷' }],
    video: `https://video.example/${index}`,
  }));
  folder.write('long/emcee.yaml', 'community: 社区\nlanguage: zh\n');
  folder.write('long/slides.yaml', "'20250607': https://pan.example/s/1\n");
  folder.write(
    'long/events/a.md',
    `---\ntitle: 很长的活动\nstart: 2025-06-07\ncodes: ['20250607']\ntalks: ${JSON.stringify(talks)}\n---\n`,
  );
  const bot = await bots.start({ ...settingsOf(PLAIN), EMCEE_CONTENT: join(folder.path, 'long') });
  const member = newMember();
  const pages: string[] = [];
  for (let said = '20250607'; said; said = pages.at(-1)?.includes('回复 更多') ? '更多' : '') {
    pages.push((await say(bot.url, PLAIN, text(said, member))).fields.Content ?? '');
    expect(Buffer.byteLength(pages.at(-1) ?? '')).toBeLessThanOrEqual(2048);
    expect(pages.length).toBeLessThan(10);
  }
  expect(pages.length).toBeGreaterThan(2);
  for (let index = 0; index < talks.length; index += 1)
    expect(pages.filter((page) => page.split('\n').includes(`https://video.example/${index}`))).toHaveLength(1);
});
