// Requests that are not WeChat's, or not as WeChat makes them. All are refused alike, and the bot lives on.
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StartedBot } from '../cli/emcee.js';
import { memoryOf, openSocket, raw } from '../fakes/http.js';
import {
  type Account,
  AES_KEY,
  APP_ID,
  cdata,
  type Faults,
  newNonce,
  nowSeconds,
  post,
  request,
  say,
  seal,
  sha1,
  TOKEN,
  text,
} from '../fakes/wechat/account.js';
import { severalBots } from '../server/bots.js';

const LINK = 'https://example.org/slides/20231104';
const PLAIN: Account = { token: TOKEN };
const SAFE: Account = { token: TOKEN, appId: APP_ID, aesKey: AES_KEY };
const COMPATIBLE: Account = { ...SAFE, mode: 'compatible' };
const bots = severalBots();
let plain: StartedBot;
let safe: StartedBot;
let compatible: StartedBot;
let listener: Server;
let connections = 0;

beforeAll(async () => {
  const sealed = { WECHAT_TOKEN: TOKEN, WECHAT_APP_ID: APP_ID, WECHAT_AES_KEY: AES_KEY };
  [plain, safe, compatible] = await Promise.all([
    bots.start({ WECHAT_TOKEN: TOKEN }, 'plain'),
    bots.start(sealed, 'safe'),
    bots.start({ ...sealed, WECHAT_MODE: 'compatible' }, 'compatible'),
  ]);
  listener = createServer((_, response) => response.end('<!ENTITY x "y">'));
  listener.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  listener.close();
  for (const [bot, account] of [
    [plain, PLAIN],
    [safe, SAFE],
    [compatible, COMPATIBLE],
  ] as const) {
    expect((await say(bot.url, account, text('20231104'))).fields.Content).toContain(LINK);
    expect(bot.log()).not.toMatch(/"level":"(error|fatal)"/);
    expect(await bot.kill()).toBe(0);
  }
  expect(connections).toBe(0);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});

/** Everything about a refusal that could tell one from another. */
async function refusal(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'connection' && name !== 'keep-alive');
  return JSON.stringify([response.status, headers, await response.text()]);
}
const send = (bot: StartedBot, query: string, body?: string | Buffer) =>
  fetch(`${bot.url}/hooks/wechat?${query}`, body === undefined ? {} : { method: 'POST', body: new Uint8Array(Buffer.from(body)) });
const search = (query: Record<string, string>) => new URLSearchParams(query).toString();

describe('signatures', () => {
  const timestamp = () => String(nowSeconds());
  const broken: [string, (right: string) => string][] = [
    ['none', () => ''],
    ['an empty one', () => 'signature='],
    ['three signs', () => 'signature=abc'],
    ['4,000 signs', () => `signature=${'a'.repeat(4_000)}`],
    ['not ASCII', () => `signature=${encodeURIComponent('签名'.repeat(20))}`],
    ['one that ends differently', (right) => `signature=${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`],
    ['capital letters', (right) => `signature=${right.replace(/[a-f]/g, 'A')}`],
    ['twice', (right) => `signature=${right}&signature=${right}`],
    ['a list', (right) => `signature[]=${right}`],
    ['an object', (right) => `signature[x]=${right}`],
    ['a broken escape', (right) => `signature=${right}%E0%A4%A`],
  ];
  test.each(broken)('%s is refused like all others, on GET and on POST, and nothing is echoed', async (_, spoil) => {
    const seen = new Set<string>();
    const [at, nonce] = [timestamp(), newNonce()];
    const query = `${spoil(sha1(TOKEN, at, nonce))}&timestamp=${at}&nonce=${nonce}&echostr=echo-of-ours`;
    const { query: good, body } = request(SAFE, text('20231104'));
    seen.add(await refusal(await send(plain, query)));
    seen.add(await refusal(await send(plain, query, text('20231104'))));
    const { signature = '', ...rest } = good;
    seen.add(await refusal(await send(safe, `${spoil(signature)}&${search(rest)}`, body)));
    const { msg_signature = '', ...others } = good;
    seen.add(await refusal(await send(safe, `${spoil(msg_signature).replaceAll('signature', 'msg_signature')}&${search(others)}`, body)));
    expect(seen.size).toBe(1);
    expect([...seen][0]).toMatch(/^\[403,/);
    expect([...seen][0]).not.toContain('echo-of-ours');
  });

  test.each([-301, -3_600, 301, 86_400])('signed %d s from now: refused', async (seconds) => {
    const { status, body } = await say(plain.url, PLAIN, text('20231104'), { timestamp: String(nowSeconds() + seconds) });
    expect([status, body]).toEqual([403, 'refused\n']);
    expect((await say(safe.url, SAFE, text('20231104'), { timestamp: String(nowSeconds() + seconds) })).status).toBe(403);
  });
  test.each(['NaN', '1e400', '-1', '', '0x5f', ' ', '99999999999999999999', 'Infinity'])('timestamp %j: refused', async (timestamp) => {
    expect((await say(plain.url, PLAIN, text('20231104'), { timestamp })).status).toBe(403);
  });
  test.each([-290, 290])('signed %d s from now: answered', async (seconds) => {
    expect((await say(safe.url, SAFE, text('20231104'), { timestamp: String(nowSeconds() + seconds) })).status).toBe(200);
  });

  test('a clock that is wrong is told once', async () => {
    const bot = await bots.start({ WECHAT_TOKEN: TOKEN });
    for (let ahead = 400; ahead < 410; ahead += 1) await say(bot.url, PLAIN, text('20231104'), { timestamp: String(nowSeconds() + ahead) });
    expect(bot.log().match(/the clock of this machine do not agree/g)).toHaveLength(1);
  });

  test('a captured signature does not carry another body', async () => {
    const { query } = request(SAFE, text('20231104'));
    expect((await post(safe.url, { query, body: request(SAFE, text('帮助')).body })).status).toBe(403);
    const first = request(PLAIN, text('20231104'));
    expect((await post(plain.url, first)).status).toBe(200);
    expect((await post(plain.url, { ...first, body: text('帮助') })).status).toBe(403);
  });
});

describe('the mode comes from the settings', () => {
  const downgrades: [string, (query: Record<string, string>) => Record<string, string>][] = [
    ['as it is', (query) => query],
    ['without encrypt_type', ({ encrypt_type: _, ...query }) => query],
    ['without msg_signature', ({ msg_signature: _, ...query }) => query],
    ['without both', ({ encrypt_type: _, msg_signature: __, ...query }) => query],
    ['with an empty msg_signature', (query) => ({ ...query, msg_signature: '' })],
    ['with encrypt_type=raw', (query) => ({ ...query, encrypt_type: 'raw' })],
    ['with encrypt_type=raw alone', ({ msg_signature: _, ...query }) => ({ ...query, encrypt_type: 'raw' })],
  ];
  test.each(downgrades)('plain text is refused where messages are sealed: %s', async (_, change) => {
    for (const [bot, account] of [
      [safe, SAFE],
      [compatible, COMPATIBLE],
    ] as const)
      expect((await post(bot.url, { query: change(request(account, text('20231104')).query), body: text('20231104') })).status).toBe(403);
  });
  test.each(downgrades.slice(1))('a sealed message is refused without the whole of its query: %s', async (_, change) => {
    const { query, body } = request(SAFE, text('20231104'));
    expect((await post(safe.url, { query: change(query), body })).status).toBe(403);
  });
  test('in compatible mode the sealed part counts, whatever stands beside it', async () => {
    const sealed = request(COMPATIBLE, text('20231104'));
    const body = sealed.body.replace('20231104', '帮助').replace('<![CDATA[oMember]]>', '<![CDATA[oOther]]>');
    const { fields } = await post(compatible.url, { ...sealed, body }, COMPATIBLE);
    expect(fields).toMatchObject({ ToUserName: 'oMember', Content: expect.stringContaining(LINK) });
  });
  test('a sealed message alone says nothing in plain mode', async () => {
    expect((await post(plain.url, request(SAFE, text('20231104')))).status).toBe(403);
  });
});

describe('envelopes', () => {
  const broken: [string, Faults | string][] = [
    ['another app id', { appId: 'wx0000000000000000' }],
    ['no app id', { appId: '' }],
    ['a longer app id', { appId: `${APP_ID}x` }],
    ['another key', { key: randomBytes(32).toString('base64').slice(0, 43) }],
    ['length one less', { lengthOff: -1 }],
    ['length one more', { lengthOff: 1 }],
    ['a length below nothing', { lengthOff: -1_000_000 }],
    ['a length beyond all', { lengthOff: 2_000_000_000 }],
    ['padding 0', { padding: Buffer.alloc(1) }],
    ['padding 33', { padding: Buffer.alloc(33, 33) }],
    ['padding 255', { padding: Buffer.alloc(16, 255) }],
    ['padding of two minds', { padding: Buffer.from([4, 3, 4, 4]) }],
    ['nothing', ''],
    ['one byte', Buffer.alloc(1).toString('base64')],
    ['15 bytes', Buffer.alloc(15).toString('base64')],
    ['16 bytes', Buffer.alloc(16).toString('base64')],
    ['31 bytes', Buffer.alloc(31).toString('base64')],
    ['32 bytes of nothing', Buffer.alloc(32).toString('base64')],
    ['no base64', '####'],
    ['base64 of URLs', seal(text('20231104'), {}).replace(/[+/]/g, '_')],
    ['base64 with a line end', seal(text('20231104'), {}).replace(/^.{8}/, '$&\n')],
    ['base64 cut', seal(text('20231104'), {}).slice(0, -3)],
  ];
  test('each fault, validly signed, gets the very same refusal', async () => {
    const seen = new Map<string, string[]>();
    for (const [name, fault] of broken) {
      const sealed = typeof fault === 'string' ? fault : seal(text('20231104'), SAFE, fault);
      const { query, body } = request(SAFE, '', { sealed });
      const answer = await refusal(await send(safe, search(query), body));
      seen.set(answer, [...(seen.get(answer) ?? []), name]);
    }
    // And where the signature is wrong too, it makes no difference what is inside.
    const { query, body } = request(SAFE, '', { sealed: seal(text('20231104'), SAFE, { padding: Buffer.alloc(33, 33) }) });
    seen.set(await refusal(await send(safe, search({ ...query, msg_signature: '0'.repeat(40) }), body)), ['wrongly signed']);
    expect([...seen.keys()]).toEqual([expect.stringMatching(/^\[403,/)]);
  });
});

describe('documents', () => {
  const lol = (count: number) =>
    `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: count }, (_, i) => `<!ENTITY lol${i} "${`&lol${i ? i - 1 : ''};`.repeat(10)}">`).join('')}]>`;
  const documents = (): [string, string | Buffer][] => {
    const good = text('20231104');
    const at = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/x`;
    return [
      ['a billion laughs', `${lol(9)}<xml><Content>&lol9;</Content></xml>`],
      ['50,000 entities of 50 kB', `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]><xml>${'&a;'.repeat(3_000)}</xml>`],
      ['an entity from the network', `<!DOCTYPE x [<!ENTITY a SYSTEM "${at}">]><xml><Content>&a;</Content></xml>`],
      ['an entity from a file', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'],
      ['a parameter entity', `<!DOCTYPE x [<!ENTITY % p SYSTEM "${at}"> %p;]>${good}`],
      ['a document type of the network', `<!DOCTYPE xml SYSTEM "${at}">${good}`],
      ['one in small letters', `<!doctype xml>${good}`],
      ['an inclusion', `<xml><xi:include href="${at}"/></xml>`],
      ['a style sheet', `<?xml-stylesheet href="${at}"?>${good}`],
      ['64 kB of references', `<xml><Content>${'&#65;'.repeat(13_000)}</Content></xml>`],
      ['20,000 levels', '<a>'.repeat(20_000)],
      ['20,000 levels under a root', `<xml>${'<a>'.repeat(10_000)}${'</a>'.repeat(3_000)}`],
      ['16,000 elements', `<xml>${'<a/>'.repeat(16_000)}</xml>`],
      ['no UTF-8', Buffer.concat([Buffer.from('<xml><Content>'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('</Content></xml>')])],
      ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le')],
      ['a NUL', good.replace('20231104', '2023\u00001104')],
      ['two senders', good.replace('</xml>', '<FromUserName>oOther</FromUserName></xml>')],
      ['no sender', good.replace(/<FromUserName>.*<\/FromUserName>/, '')],
      ['no account', good.replace(/<ToUserName>.*<\/ToUserName>/, '')],
      ['an empty sender', text('20231104', { FromUserName: '' })],
      ['a sender of 10 kB', text('20231104', { FromUserName: 'o'.repeat(10_000) })],
      ['no time', good.replace(/<CreateTime>.*<\/CreateTime>/, '')],
      ['a time that is none', text('20231104', { CreateTime: '1e9' })],
      ['no kind', text('20231104', { MsgType: '' })],
      ['tags that do not match', '<xml><a></b></xml>'],
      ['an open tag', good.slice(0, -6)],
      ['an open section', '<xml><Content><![CDATA[20231104</Content></xml>'],
      ['JSON', '{"Content":"20231104"}'],
      ['nothing', ''],
      ['a blank', ' '],
      ['<__proto__>', '<xml><__proto__><polluted>yes</polluted></__proto__></xml>'],
    ];
  };
  test('each is refused, plain and sealed, with one answer; nothing is fetched', async () => {
    const seen = new Set<string>();
    for (const [, document] of documents()) {
      const { query } = request(PLAIN, '');
      seen.add(await refusal(await send(plain, search(query), document)));
      if (typeof document !== 'string') continue;
      const sealed = request(SAFE, document);
      if (sealed.body.length < 65_000) seen.add(await refusal(await send(safe, search(sealed.query), sealed.body)));
      const outer = request(SAFE, text('20231104'));
      seen.add(await refusal(await send(safe, search(outer.query), document)));
    }
    expect([...seen]).toEqual([expect.stringMatching(/^\[403,/)]);
  });

  test('words that objects know pass through every field', async () => {
    for (const word of ['__proto__', 'constructor', 'hasOwnProperty', 'toString'])
      for (const name of ['Content', 'FromUserName', 'MsgType', 'Event', 'EventKey', 'MsgId']) {
        const { status } = await say(safe.url, SAFE, text('x', { MsgType: name === 'Event' ? 'event' : 'text', [name]: word }));
        expect([200, 403]).toContain(status);
        const named = text('x').replace('</xml>', `<${word}>1</${word}></xml>`);
        expect((await say(plain.url, PLAIN, named)).status).toBe(200);
      }
  });
});

describe('bodies and connections', () => {
  const query = () => search(request(PLAIN, '').query);

  test('more than 64 kB are refused, with a length and without, signed or not, and not kept', async () => {
    const before = memoryOf(plain.child.pid);
    for (const search of [query(), 'signature=x', query()]) {
      const answer = await raw(
        plain.url,
        `POST /hooks/wechat?${search} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n${'a'.repeat(70_000)}`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    }
    const chunk = `${(65_536).toString(16)}\r\n${'a'.repeat(65_536)}\r\n`;
    const answers = await raw(
      plain.url,
      `POST /hooks/wechat?${query()} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(128)}`,
    );
    expect(answers).toMatch(/^HTTP\/1\.1 413 |^$/);
    expect(memoryOf(plain.child.pid) - before).toBeLessThan(60);
  });

  test('a body of nearly 64 kB is read', async () => {
    const answer = await say(plain.url, PLAIN, text('20231104', { Padding: 'x'.repeat(60_000) }));
    expect(answer.fields.Content).toContain(LINK);
  });

  test('1,000 connections that never finish keep nobody waiting', async () => {
    const sockets = Array.from({ length: 1_000 }, (_, index) =>
      openSocket(
        plain.url,
        index % 2 ? 'POST /hooks/wechat HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx' : 'POST /hooks/wechat HTTP/1.1\r\nX',
      ),
    );
    try {
      for (let count = 0; count < 20; count += 1) expect((await say(plain.url, PLAIN, text('20231104'))).fields.Content).toContain(LINK);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])('%s is no method for it', async (method) => {
    const response = await fetch(`${plain.url}/hooks/wechat?${query()}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  test.each(['<script>alert(1)</script>', 'a b', 'a\r\nb', '', 'é', 'x'.repeat(12_000), '../..', '%00'])(
    'echostr %.12j is not echoed',
    async (echostr) => {
      const { signature = '', timestamp = '', nonce = '' } = request(PLAIN, '').query;
      const response = await send(plain, search({ signature, timestamp, nonce, echostr }));
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    },
  );

  test.each(['/hooks/wechat/x', '/hooks/wechat%2f', '/hooks/', '/hooks/WeChat', '/hooks/wechat/../slack'])(
    '%s is not found',
    async (path) => {
      expect(await raw(plain.url, `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 (404|403) /);
    },
  );
});

test('a document type inside what a member says is only text', async () => {
  expect((await say(safe.url, SAFE, text('<!DOCTYPE html> 20231104'))).status).toBe(200);
  const { query, body } = request(SAFE, text('20231104'));
  expect(
    (await post(safe.url, { query, body: body.replace('<xml>', `<xml>${cdata('Note', '<!DOCTYPE x>')}`) }, SAFE)).fields.Content,
  ).toContain(LINK);
});
