// What a stranger found wrong with the Official Account; each comment says what should happen instead.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { Jobs } from '../../adapters/wechat/api/jobs.js';
import { Tokens } from '../../adapters/wechat/api/tokens.js';
import { Envelope } from '../../adapters/wechat/envelope.js';
import wechat from '../../adapters/wechat/index.js';
import { Replays } from '../../adapters/wechat/replays.js';
import { readRules } from '../../adapters/wechat/rules.js';
import type { Adapter, Address, Incoming, Outgoing, Sessions } from '../../src/adapter.js';
import { compareRules } from '../../src/cli/auto-replies.js';
import type { Catalog } from '../../src/content/catalog.js';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import { keyvOver } from '../../src/store/keyv.js';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { emcee, temporaryFolder } from '../cli/emcee.js';
import { type TestHost, testHost } from '../contracts/adapter.js';
import { silentLog, until } from '../fakes/platform.js';
import { AES_KEY, APP_ID, event, request, seal, TOKEN, text } from '../fakes/wechat/account.js';
import { startWeChatApi, type WeChatApi } from '../fakes/wechat/api.js';

const MEMBER: Address = 'wechat:person:oMember';
const ALL: Address = 'wechat:audience:all';
const shown = (message: Outgoing) => wechat.preview(wechat.format(message));
const pages = (message: Outgoing): string[] => {
  const rest = wechat.rest?.(message);
  return [shown(message), ...(rest ? pages(rest) : [])];
};

describe('with the API', () => {
  let api: WeChatApi;
  let adapter: Adapter;
  let host: TestHost;
  const settings = () => ({
    WECHAT_TOKEN: TOKEN,
    WECHAT_APP_ID: api.appId,
    WECHAT_APP_SECRET: api.secret,
    WECHAT_HINTS: 'hourly' as const,
    WECHAT_API_URL: api.url,
  });
  const connect = async (changes: Partial<TestHost> = {}, answer: Outgoing = { text: 'answer' }) => {
    host = { ...testHost(() => answer), ...changes };
    adapter = wechat.create(settings(), 'wechat');
    await adapter.connect(host);
  };
  const handle = async (query: Record<string, string>, body: string) => {
    const search = new URLSearchParams(query).toString();
    const signal = new AbortController().signal;
    const response = await adapter.webhook?.handle({
      method: 'POST',
      path: '/hooks/wechat',
      query: search,
      headers: {},
      body: Buffer.from(body),
      signal,
    });
    response?.written?.(true);
    return { status: response?.status, body: String(response?.body) };
  };
  const arrives = (xml: string) => {
    const { query, body } = request({ token: TOKEN }, xml);
    return handle(query, body as string);
  };
  const asked = (name: string) => api.counts.get(name) ?? 0;

  beforeEach(async () => {
    api = await startWeChatApi();
    api.memberDoes('oMember', 'writes');
  });
  afterEach(async () => {
    await adapter?.close();
    await api.close();
  });

  // In plain mode the signature covers no body: what it carries is held fast by the replay memory alone.
  test('a captured signature of an event does not carry a text', async () => {
    await connect();
    const tap = { FromUserName: 'oVictim', CreateTime: '1700000000', EventKey: 'https://c.example' };
    const { query, body } = request({ token: TOKEN }, event('VIEW', tap));
    expect((await handle(query, body as string)).status).toBe(200);
    const forged = text('我是谁', { FromUserName: 'oOrganizer', MsgId: 'oVictim:1700000000:VIEW:https://c.example' });
    const { status } = await handle(query, forged);
    expect(host.messages).toEqual([]);
    expect(status).toBe(403);
  });

  test('nor does the signature of one report carry another', async () => {
    await connect();
    const report = { MsgID: '1', CreateTime: '1700000000', Status: 'send success' };
    const { query, body } = request({ token: TOKEN }, event('MASSSENDJOBFINISH', report));
    expect((await handle(query, body as string)).status).toBe(200);
    expect((await handle(query, body as string)).status).toBe(200);
    for (const change of [{ Status: 'err(20001)' }, { MsgID: '2' }])
      expect((await handle(query, event('MASSSENDJOBFINISH', { ...report, ...change }))).status).toBe(403);
  });

  test('an id that WeChat does not write is none', async () => {
    await connect();
    await arrives(text('a', { CreateTime: '1700000000', MsgId: 'oOther:1700000000:CLICK:x' }));
    expect((await host.heard(1))[0]?.id).toBe('oMember:1700000000:text');
  });

  test('who follows by way of a QR code gets what its scene says', async () => {
    await connect();
    await arrives(event('subscribe', { EventKey: 'qrscene_20231104' }));
    await arrives(event('subscribe', { EventKey: 'qrscene_12' }));
    expect((await host.heard(2)).map(({ text, arrived = false }) => [text, arrived])).toEqual([
      ['20231104', false],
      ['', true],
    ]);
  });

  test('a wrong mode is told in the log, once', async () => {
    const warned: object[] = [];
    await connect({ log: { ...silentLog, warn: (data) => void warned.push(data) } });
    for (let count = 0; count < 3; count += 1) {
      const { query, body } = request({ token: TOKEN, aesKey: AES_KEY, appId: APP_ID, mode: 'safe' }, text('a'));
      expect((await handle(query, body as string)).status).toBe(403);
    }
    expect(warned).toEqual([{ mode: 'plain' }]);
  });

  test('two messages at once get one hint', async () => {
    await connect({}, { text: 'how to ask', hint: true });
    const bodies = (await Promise.all([arrives(text('大家好')), arrives(text('在吗'))])).map(({ body }) => body);
    expect(bodies.filter((body) => body === 'success')).toHaveLength(1);
  });

  test('what the account may do is looked for again when the first look failed', async () => {
    api.kind = 'personal';
    api.next.push({ path: 'custom/send', fault: 'reset' });
    await connect();
    await arrives(text('a'));
    await until(() => asked('message/custom/send') === 1);
    await arrives(text('b'));
    await until(() => adapter.capabilities(ALL).proactive === 'never');
  });

  // “Busy” says nothing about the account.
  test('a busy API is not taken for a permission', async () => {
    api.kind = 'personal';
    api.next.push({ path: 'custom/send', fault: { errcode: -1 } }, { path: 'mass/get', fault: { errcode: -1 } });
    await connect();
    await arrives(text('a'));
    await until(() => asked('message/mass/get') === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await host.sessions.get('closed')).toBeUndefined();
  });

  test.each([48004, 50002, -1, 45009])('doctor does not call %d a yes', async (errcode) => {
    api.next.push({ path: 'custom/send', fault: { errcode } });
    const found = await wechat.examine?.(settings(), {});
    expect(found?.map(({ message }) => message).join('\n')).not.toMatch(/customer-service messages: yes/);
  });

  // Else an account that was verified meanwhile stays closed for ever when its bot starts once a day.
  test('a start does not renew what was found out before', async () => {
    await connect();
    const { sessions } = host;
    await sessions.set('closed', ['custom', 'mass'], 1_000);
    await adapter.close();
    const written: string[] = [];
    await connect({ sessions: { ...sessions, set: async (key, value) => void written.push(key, JSON.stringify(value)) } });
    await arrives(text('a'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(written).not.toContain('closed');
  });

  test('a report that comes twice is told once', async () => {
    await connect();
    await adapter.send(ALL, wechat.format({ text: 'hello' }), { deliveryId: 'd1' });
    const report = event('MASSSENDJOBFINISH', { MsgID: api.sent[0]?.msgId ?? '', Status: 'err(20001)' });
    await arrives(report);
    await until(() => host.told.length > 0);
    await arrives(report);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(host.told).toHaveLength(1);
  });

  // The preview should be what goes out: a post has no 更多.
  test.fails('the preview of a long post is its text', async () => {
    await connect();
    const wire = wechat.format({ text: Array.from({ length: 100 }, (_, index) => `第 ${index} 行，很长很长很长`).join('\n') });
    await adapter.send(MEMBER, wire, {});
    expect(wechat.preview(wire)).toBe(api.sent[0]?.text);
  });

  // A gateway answers so, say: whether the message left, nobody knows.
  test('JSON that says nothing is no acceptance', async () => {
    const gateway = createServer((asked, response) => {
      asked.resume();
      response.end(asked.url?.includes('stable_token') ? '{"access_token":"t","expires_in":7200}' : '{"error":"gateway"}');
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
    adapter = wechat.create({ ...settings(), WECHAT_API_URL: url }, 'wechat');
    await adapter.connect(testHost());
    try {
      await expect(adapter.send(MEMBER, wechat.format({ text: 'x' }), {})).rejects.toMatchObject({ maybeSent: true });
    } finally {
      gateway.close();
    }
  });

  describe('and the ledger', () => {
    let folder: ReturnType<typeof temporaryFolder>;
    let store: Store;
    let ledger: Ledger;
    beforeEach(async () => {
      folder = temporaryFolder();
      store = await openSqlite(folder.path, { lock: true });
      ledger = new Ledger({ store, log: silentLog, timing: faster(TIMING, 20), adapterOf: () => adapter, online: () => ['wechat'] });
      await connect({
        sessions: keyvOver(store, 'session:wechat'),
        receive: async (message: Incoming) => {
          const { id, where } = message;
          const accepted = { key: `wechat:${id}`, address: where, member: where, now: Date.now(), reply: { text: 'answer' } };
          await store.accept({ ...accepted, opensWindow: true });
          return { reply: { text: 'answer' } };
        },
        settle: (id, result) =>
          void ledger.settle(
            id,
            'reason' in result ? { state: 'refused', reason: result.reason } : { ...result, state: 'sent', receipt: result.state },
          ),
      });
      await ledger.start();
    });
    afterEach(async () => {
      await adapter.close();
      await ledger.stop();
      await store.close();
      folder.remove();
    });
    const post = (id: string, address: string) =>
      ledger.post({ id, kind: 'reminder', by: 'test' }, [
        { channel: id, address, wire: wechat.format({ text: id }), at: Date.now(), until: Date.now() + 60_000 },
      ]);
    const stateOf = async (id: string) => {
      const [found] = await store.deliveries({ post: id, limit: 1 });
      return `${found?.state} ${found?.reason ?? found?.receipt}`;
    };

    // The row is still `sending` then and takes no result.
    test('a report that comes before the answer of its request ends the delivery', async () => {
      const remembered = api.massById.set.bind(api.massById);
      api.massById.set = (key, value) => {
        void arrives(event('MASSSENDJOBFINISH', { MsgID: value.msgId, Status: 'err(20001)' }));
        return remembered(key, value);
      };
      await post('early', ALL);
      await until(async () => (await stateOf('early')).startsWith('sent') || (await stateOf('early')).startsWith('refused'));
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await stateOf('early')).toBe('refused refused');
    });

    // WeChat allows 100 previews a day; five in 48 hours is the rule for members.
    test('the sixth preview goes out', async () => {
      for (let count = 1; count <= 6; count += 1) await post(`preview${count}`, 'wechat:audience:preview:oMember');
      await until(async () => (await stateOf('preview5')).startsWith('sent'));
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await stateOf('preview6')).toBe('sent accepted');
    });

    test('five messages count from what the member wrote last', async () => {
      await arrives(text('20231104'));
      for (let count = 1; count <= 5; count += 1) await post(`p${count}`, MEMBER);
      await until(async () => (await stateOf('p5')).startsWith('sent'));
      api.memberDoes('oMember', 'writes');
      await arrives(text('20231104'));
      await post('p6', MEMBER);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await stateOf('p6')).toBe('sent accepted');
    });
  });
});

describe('without a platform', () => {
  // Whichever of the two writes first.
  test('a report that comes just as its request is answered is not lost', async () => {
    const kept = new Map<string, unknown>();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sessions: Sessions = {
      get: async <T>(key: string) => kept.get(key) as T | undefined,
      async set(key, value) {
        if (key.startsWith('finished:')) await gate;
        kept.set(key, value);
      },
      delete: async (key) => kept.delete(key),
    };
    const settled: string[] = [];
    const jobs = new Jobs({ sessions, settle: (id) => void settled.push(id), tell: () => {} });
    const report = jobs.finished({ id: '1', status: 'send success', counts: {} });
    await Promise.resolve();
    await jobs.began('1', 'd1');
    release();
    await report;
    expect(settled).toEqual(['d1']);
  });

  test('a short token is not used after its end', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    let now = 0;
    let fetched = 0;
    const sessions: Sessions = { get: async () => undefined, set: async () => undefined, delete: async () => true };
    const fetch = async () => ({ token: `t${++fetched}`, seconds: 60 });
    const tokens = new Tokens({ appId: 'wx1', sessions, fetch, now: () => now });
    vi.restoreAllMocks();
    await tokens.get();
    now = 61_000;
    expect(await tokens.get()).toBe('t2');
  });

  // What was escaped (a page’s own text) would become markup.
  test('the rest of a long text is not read as Markdown twice', () => {
    const text = Array.from(
      { length: 6 },
      (_, index) => `${'云'.repeat(300)} \\*\\*${index}\\*\\* \\[x\\](https://c.example/${index})`,
    ).join('\n');
    const all = pages({ text }).join('\n');
    for (let index = 0; index < 6; index += 1) expect(all).toContain(`**${index}** [x](https://c.example/${index})`);
  });

  // Signed addresses of a cloud are that long.
  test('a long address is not left out', () => {
    const url = `https://video.example/${'a'.repeat(1_100)}`;
    const card = {
      title: 't',
      asked: 1,
      links: [
        { label: 'PPT', url: 'https://pan.example/s/1', password: 'ab12' },
        { label: '录像', url },
      ],
    };
    expect(pages({ text: 'PPT 在这里：', card }).join('\n')).toContain(url);
  });

  test.each([0, 1])('a link of 1,900 bytes has a page of its own, a longer one is told in words; asked for: %d', (asked) => {
    const long = `https://video.example/${'a'.repeat(1_875)}`;
    const endless = `https://video.example/${'b'.repeat(3_000)}`;
    for (const url of [long, endless]) {
      const links = [
        { label: '录'.repeat(99), url, password: 'ab12', note: '注'.repeat(30) },
        { label: '官网', url: 'https://c.example' },
      ];
      const all = pages({ text: '活动：', card: { title: '题'.repeat(90), asked, lines: ['时间'], links } });
      expect(all.length).toBeLessThan(5);
      for (const page of all) expect(Buffer.byteLength(page)).toBeLessThanOrEqual(2_048);
      const page = all.find((each) => each.includes('ab12')) ?? '';
      expect(page).toContain(url === long ? url : '链接太长');
      expect(all.join('\n')).toContain('https://c.example');
    }
  });

  test('a long line that begins like a list stays one, and its rest stays one line', () => {
    const line = (start: string) => `${start}${'云'.repeat(900)}完`;
    for (const [start, shows] of [
      ['\\- ', '- '],
      ['- ', '• '],
      ['7\\) ', '7) '],
    ] as const) {
      const all = pages({ text: line(start) });
      expect(all[0]?.startsWith(shows)).toBe(true);
      expect(all).toHaveLength(2);
      expect(all.map((page) => page.replace(/\n[\s\S]*$/, '')).join('')).toBe(line(shows));
    }
  });

  test.each(['0.0.0.0', '100.64.0.1', '[fd00::1]', '[::ffff:10.0.0.1]', 'bot', 'bot.local'])(
    'doctor does not let http://%s be',
    async (host) => {
      const found = await wechat.examine?.(
        { WECHAT_TOKEN: TOKEN, WECHAT_HINTS: 'never', WECHAT_API_URL: 'http://127.0.0.1:9' },
        { publicUrl: `http://${host}` },
      );
      expect(found?.filter(({ level }) => level === 'error')).toHaveLength(1);
    },
  );

  // Names that anybody on the internet may have.
  test.each(['https://fcbot.example.org', 'https://fd.example.org', 'https://10.example.org', 'https://localhost.example.org'])(
    'doctor lets %s be',
    async (publicUrl) => {
      const found = await wechat.examine?.(
        { WECHAT_TOKEN: TOKEN, WECHAT_HINTS: 'never', WECHAT_API_URL: 'http://127.0.0.1:9' },
        { publicUrl },
      );
      expect(found?.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );
});

const rule = (keyword: string, content: string) => ({
  keyword_list_info: [{ type: 'text', match_mode: 'equal', content: keyword }],
  reply_list_info: [{ type: 'text', content }],
});
const rulesOf = (...list: object[]) => ({ is_autoreply_open: 1, keyword_autoreply_info: { list } });

describe('rules beside the pages', () => {
  const ours = { url: 'https://pan.example/s/1', label: 'PPT' };
  const entry = { code: '20231104', links: [ours], events: [], purpose: 'slides' };
  const catalog = { codes: new Map([['20231104', entry]]) } as unknown as Catalog;
  const compared = (content: string, keyword = '20231104') => compareRules(readRules(rulesOf(rule(keyword, content))), catalog)[0];

  // After the switch no member would get the password.
  test('the same link with a password that emcee lacks is not the same', () => {
    expect(compared('https://pan.example/s/1 提取码：ab12')?.state).not.toBe('same');
  });

  test('a reply without a link is not the same as a link', () => {
    expect(compared('讲稿下周上传，请先加群 12345')?.state).not.toBe('same');
  });

  test('a password before its link is found', () => {
    expect(compared('提取码：ab12，链接：https://pan.example/s/2', 'new')?.links).toMatchObject([{ password: 'ab12' }]);
  });
});

describe('emcee import wechat-rules', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let root = '';
  beforeEach(() => {
    folder = temporaryFolder();
    root = join(folder.path, 'content');
    mkdirSync(join(root, 'events'), { recursive: true });
    writeFileSync(join(root, 'emcee.yaml'), 'community: 社区\n');
  });
  afterEach(() => folder.remove());
  const run = (json: object) =>
    emcee(['import', 'wechat-rules', '--file', folder.write('rules.json', JSON.stringify(json))], {
      cwd: folder.path,
      env: { EMCEE_CONTENT: root, EMCEE_DATA: join(folder.path, 'data') },
    });

  // What cannot be read at all has one mistake, as it had before.
  test('an emcee.yaml with a mistake in it is not broken', async () => {
    writeFileSync(join(root, 'emcee.yaml'), '{community: 社区, bogus: 1}');
    await run({ ...rulesOf(), add_friend_autoreply_info: { type: 'text', content: '欢迎' } });
    expect(() => parse(readFileSync(join(root, 'emcee.yaml'), 'utf8'))).not.toThrow();
  });

  // A second key would make slides.yaml unreadable.
  test('a code without a link yet does not stop the others', async () => {
    writeFileSync(join(root, 'slides.yaml'), 'abc123:\n');
    const { stdout } = await run(rulesOf(rule('abc123', 'https://pan.example/s/1'), rule('def456', 'https://pan.example/s/2')));
    expect(stdout).toContain('def456');
    expect(readFileSync(join(root, 'slides.yaml'), 'utf8')).toContain('pan.example/s/2');
  });

  // Members get it no more after the switch.
  test('text beside a link does not vanish silently', async () => {
    const { stdout } = await run(rulesOf(rule('abc123', 'PPT https://pan.example/s/1\n报名下一场请加微信 emcee-helper')));
    expect(stdout).toContain('emcee-helper');
  });
});

describe('right, and seen by no test so far', () => {
  test('a timestamp and nonce are remembered over the end of a span, and the memory is bounded', () => {
    const replays = new Replays();
    const start = 1_000_000_000_000;
    expect(replays.admits('1', 'n', 'a', start)).toBe(true);
    expect(replays.admits('2', 'n', 'b', start + 599_000)).toBe(true);
    expect(replays.admits('3', 'n', 'c', start + 601_000)).toBe(true);
    expect(replays.admits('2', 'n', 'other', start + 602_000)).toBe(false);
    expect(replays.admits('2', 'n', 'b', start + 602_000)).toBe(true);
    for (let count = 0; count < 200_001; count += 1) replays.admits(String(count), 'm', 'x', start + 603_000);
    expect(replays.admits('2', 'n', 'other', start + 603_000)).toBe(true);
  });

  test('both schemes of the client’s own are shown as text', () => {
    expect(shown({ text: 'wechat://x WEIXIN://y' })).toBe('wechat:／／x WEIXIN:／／y');
  });

  test('slides that did not fit stand first on the next page too, bare and with their passwords; each line comes once', () => {
    const links = Array.from({ length: 9 }, (_, index) => ({
      label: `PPT ${index}`,
      url: `https://pan.example/${index}/${'a'.repeat(300)}`,
      password: `pw${index}`,
    }));
    const lines = Array.from({ length: 12 }, (_, index) => `- 第 ${index} 个议题${'很长'.repeat(30)}`);
    const all = pages({ text: 'PPT 在这里：', card: { title: '活动', asked: 9, links, lines } });
    expect(all.length).toBeGreaterThan(2);
    expect(all[1]).toMatch(/^https:\/\/pan\.example\/\d/);
    const printed = all.flatMap((page) => page.split('\n'));
    for (const { url, password } of links) {
      expect(printed.filter((line) => line === url)).toHaveLength(1);
      expect(printed.filter((line) => line === `提取码：${password}`)).toHaveLength(1);
    }
    for (const line of lines) expect(printed.filter((each) => each === line)).toHaveLength(1);
  });

  // The envelopes of wechat-hostile.test.ts put filler before a padding that does not end on a block, and so are refused for their app id.
  test.each([
    [10, Buffer.alloc(32, 32), true],
    [9, Buffer.alloc(33, 33), false],
    [6, Buffer.from([4, 3, 4, 4]), false],
    [6, Buffer.from([4, 4, 4, 4]), true],
  ])('a message of %d bytes with exactly this padding: %j', (length, padding, opens) => {
    const message = 'x'.repeat(length);
    const opened = new Envelope(AES_KEY, APP_ID).open(seal(message, {}, { padding }));
    expect(opened?.toString()).toBe(opens ? message : undefined);
  });
});
