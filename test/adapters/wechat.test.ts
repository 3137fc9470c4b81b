import { describe, expect, test } from 'vitest';
import wechat from '../../adapters/wechat/index.js';
import type { Adapter, Outgoing } from '../../src/adapter.js';
import { readAdapterSettings, SettingsError } from '../../src/config/environment.js';
import { adapterContract } from '../contracts/adapter.js';
import { request, TOKEN, text } from '../fakes/wechat/account.js';

let adapter: Adapter;
const say = async (said: string) => {
  const { query, body } = request({ token: TOKEN }, text(said));
  await adapter.webhook?.handle({
    method: 'POST',
    path: '/hooks/wechat',
    query: new URLSearchParams(query).toString(),
    headers: {},
    body: Buffer.from(body),
    signal: new AbortController().signal,
  });
};
for (const { name, run } of adapterContract({
  module: wechat as never,
  create() {
    adapter = wechat.create({ WECHAT_TOKEN: TOKEN, WECHAT_HINTS: 'hourly', WECHAT_API_URL: 'http://127.0.0.1:9' }, 'wechat');
    return adapter;
  },
  address: 'wechat:person:oMember',
  arrived: () => [],
  say,
}))
  test(name, run);

const shown = (message: Outgoing) => wechat.preview(wechat.format(message));
const bytes = (text: string) => Buffer.byteLength(text);
const LINK = 'https://pan.example/s/1abc?pwd=x&y=1';

describe('what a member sees', () => {
  test('the slides first and bare, then the password, the advice, the title, talks and recordings', () => {
    const message: Outgoing = {
      text: 'PPT 在这里：',
      card: {
        title: '云原生 Meetup',
        asked: 1,
        lines: ['时间：2023-11-04'],
        links: [
          { label: 'PPT', url: LINK, password: 'ks11' },
          { label: '从零到一 — 李雷', url: 'https://video.example/1' },
        ],
      },
    };
    expect(shown(message).split('\n')).toEqual([
      LINK,
      '提取码：ks11',
      '手机打不开请复制到电脑浏览器',
      '↑ PPT 在这里',
      '',
      '云原生 Meetup',
      '时间：2023-11-04',
      '',
      '从零到一 — 李雷',
      'https://video.example/1',
    ]);
    expect(shown({ ...message, text: 'Here are the slides:' })).toContain('copy it into a browser on a computer');
  });

  test('a notice to an organizer stands in the answer to a code too', () => {
    const message: Outgoing = {
      text: 'Slack 断开了。\n\nPPT 在这里：',
      card: { title: 't', asked: 1, links: [{ label: 'PPT', url: LINK }] },
    };
    expect(shown(message)).toMatch(/^https:\/\/pan[\s\S]*Slack 断开了。/);
  });

  test('several links keep their labels', () => {
    const links = ['甲', '乙', '丙'].map((name, index) => ({ label: `PPT：${name}`, url: `${LINK}${index}` }));
    const text = shown({ text: 'PPT 在这里：', card: { title: 't', asked: 3, links } });
    expect(text.startsWith(`${LINK}0\n↑ PPT：甲\n\n${LINK}1\n↑ PPT：乙`)).toBe(true);
  });

  test('choices are numbered; the one that turns the page is said', () => {
    const choices = [
      { label: '2023-11-04 成都', say: 'a' },
      { label: '更多', say: '更多' },
    ];
    expect(shown({ text: '共 9 场活动：', choices })).toBe('共 9 场活动：\n\n1. 2023-11-04 成都\n\n回复 更多 看下一页');
  });

  test('a picture and a page make a card, when there is nothing to copy or to choose', () => {
    const card = {
      title: '深圳站',
      page: 'https://c.example/1',
      image: 'https://c.example/1.png',
      lines: ['时间：…'],
      links: [{ label: '活动页面', url: 'https://c.example/1' }],
    };
    const news = (message: Outgoing) => (wechat.format(message) as { news?: object }).news;
    expect(news({ text: '下一场活动：', card })).toEqual({
      title: '深圳站',
      description: '下一场活动：\n时间：…',
      image: 'https://c.example/1.png',
      url: 'https://c.example/1',
    });
    expect(shown({ text: '', card })).toContain('https://c.example/1');
    const others: Outgoing[] = [
      { text: '', card: { ...card, links: [...card.links, { label: '报名', url: 'https://c.example/r' }] } },
      { text: '欢迎！\n\n下一场活动：', card },
      { text: '', card: { ...card, asked: 1 } },
      { text: '', card, choices: [{ label: 'a', say: 'a' }] },
      { text: '', card: { ...card, image: undefined } },
      { text: '', card: { ...card, image: 'mailto:x@example.org' } },
      { text: '', card: { ...card, page: undefined } },
    ];
    for (const message of others) expect(news(message)).toBeUndefined();
  });
});

describe('no markup survives', () => {
  const EVIL = [
    '<a href="http://evil">客服</a>',
    '<A HREF=http://evil>x</A>',
    '<a\nhref="http://evil">x</a>',
    '< a href="http://evil">',
    '&lt;a href="http://evil"&gt;x&lt;/a&gt;',
    '&#60;a href="http://evil"&#62;',
    '&#x3C;a href="http://evil"&#x3E;',
    '<a data-miniprogram-appid="wx1" href="x">y</a>',
    'weixin://bizmsgmenu?msgmenucontent=a&msgmenuid=1',
    '<a href="weixin://bizmsgmenu?msgmenucontent=a&msgmenuid=1">a</a>',
    '<script>alert(1)</script>',
    '\u202e<a href="http://evil">\u0000x</a>',
  ];
  test.each(EVIL)('%s', (evil) => {
    const places: Outgoing[] = [
      { text: evil },
      { text: `[${evil}](https://example.org)` },
      { text: 'x', card: { title: evil, lines: [evil], links: [{ label: evil, url: LINK, password: evil, note: evil }], asked: 1 } },
      { text: 'x', card: { title: 't', links: [{ label: evil, url: evil }] } },
      { text: 'x', choices: [{ label: evil, say: evil }] },
    ];
    for (const place of places) expect(shown(place)).not.toMatch(/<\s*[a-z/!?]|&(?:lt|#60|#x3c);|weixin:\/\/|[\u0000\u202e]/i);
  });

  test('what is no tag stays', () => expect(shown({ text: '1 < 2, I <3 you & me' })).toBe('1 < 2, I <3 you & me'));
});

describe('2,048 bytes', () => {
  const talks = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => ({
      label: `${index} ${'议题👩‍👩‍👧‍👦'.repeat(length)}`,
      url: `https://video.example/${index}`,
    }));
  const pages = (message: Outgoing): string[] => {
    const rest = wechat.rest?.(message);
    return [shown(message), ...(rest ? pages(rest) : [])];
  };

  test.each([
    [1, 1],
    [8, 3],
    [8, 7],
    [8, 20],
    [60, 1],
    [60, 9],
    [3, 200],
  ])('%d talks with titles of %d: every page fits, every link is on one of them, whole', (count, length) => {
    const links = [{ label: 'PPT', url: LINK, password: 'ks11' }, ...talks(count, length)];
    const message: Outgoing = { text: 'PPT 在这里：', card: { title: '活动', lines: ['时间：…'], links, asked: 1 } };
    const all = pages(message);
    for (const [index, page] of all.entries()) {
      expect(bytes(page)).toBeLessThanOrEqual(2048);
      expect(page).not.toMatch(/\p{Surrogate}|\u200d$/mu);
      expect(page.endsWith('回复 更多 看下一页')).toBe(index < all.length - 1);
    }
    const lines = all.flatMap((page) => page.split('\n'));
    for (const { url } of links) expect(lines).toContain(url);
  });

  test('a long text of organizers goes on too', () => {
    const text = Array.from({ length: 200 }, (_, index) => `第 ${index} 行，**重要**，[链接](https://example.org/${index})`).join('\n');
    const all = pages({ text });
    expect(all.length).toBeGreaterThan(2);
    for (const page of all) expect(bytes(page)).toBeLessThanOrEqual(2048);
    for (let index = 0; index < 200; index += 1) expect(all.join('\n')).toContain(`https://example.org/${index}`);
    expect(all.join('\n')).not.toContain('**');
  });

  test('one line of 90 kB, links that are too long, and many long choices end', () => {
    const endless: Outgoing[] = [
      { text: '长'.repeat(30_000) },
      { text: `${'👩‍👩‍👧‍👦'.repeat(1_000)}` },
      {
        text: 'x',
        card: { title: '题'.repeat(3_000), links: [{ label: 'l', url: `https://e.example/${'a'.repeat(3_000)}` }, ...talks(3, 1)] },
      },
      {
        text: 'x',
        card: {
          title: 't',
          asked: 2,
          links: Array.from({ length: 2 }, (_, i) => ({ label: 'l', url: `https://e.example/${i}${'a'.repeat(1_900)}` })),
        },
      },
      { text: 'x'.repeat(5_000), choices: Array.from({ length: 7 }, (_, index) => ({ label: `${index}${'标'.repeat(200)}`, say: 'x' })) },
    ];
    for (const message of endless) {
      const all = pages(message);
      expect(all.length).toBeLessThan(250);
      for (const page of all) expect(bytes(page)).toBeLessThanOrEqual(2048);
    }
    const choices = shown(endless[4] as Outgoing);
    for (let number = 1; number <= 7; number += 1) expect(choices).toMatch(new RegExp(`^${number}\\. `, 'm'));
  });
});

describe('settings', () => {
  const read = (variables: Record<string, string>) => {
    try {
      return readAdapterSettings([wechat as never], variables).map(({ values }) => values);
    } catch (error) {
      if (error instanceof SettingsError) return error.mistakes.join('\n');
      throw error;
    }
  };
  const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
  test.each([
    [{ WECHAT_TOKEN: 'spamtest' }],
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_AES_KEY: key, WECHAT_APP_ID: 'wx1234' }],
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_AES_KEY: key, WECHAT_MODE: 'plain' }],
  ])('%j is enough', (variables) => {
    expect(read(variables)).toHaveLength(1);
  });
  test.each([
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_MODE: 'safe' }, /WECHAT_AES_KEY/],
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_AES_KEY: key }, /WECHAT_APP_ID/],
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_AES_KEY: `${key}=` }, /43/],
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_APP_SECRET: 'secret-one' }, /WECHAT_APP_ID/],
    [{ WECHAT_TOKEN: 'a b' }, /WECHAT_TOKEN/],
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_MODE: 'secure' }, /plain, compatible, safe/],
    [{ WECHAT_AES_KEY: key }, /WECHAT_TOKEN is missing/],
    [{ WECHAT_TOKEN: 'spamtest', WECHAT_API_URL: 'ftp://x' }, /https/],
  ])('%j is a mistake, told without the secrets', (variables, says) => {
    const told = read(variables);
    expect(told).toMatch(says);
    expect(told).not.toMatch(/abcdefghij|secret-one/);
  });
  test('nothing set: off', () => expect(read({})).toEqual([]));
});
