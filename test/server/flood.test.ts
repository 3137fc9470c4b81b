// Too much of everything: one visitor or network that floods, sockets that never finish, a thousand open pages.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Streams } from '../../adapters/web/streams.js';
import { SAMPLE, type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { memoryOf, newCookie, type OpenStream, openSocket, openStream, raw, say } from '../fakes/http.js';
import { until } from '../fakes/platform.js';

const folder = temporaryFolder();
let bot: StartedBot;
let proxied: StartedBot;
let slow: StartedBot;
let left: StartedBot;
/** Takes fifteen seconds, and so begins before everything else. */
let unfinished: Promise<string>[];
const HALF_HEADERS = 'GET / HTTP/1.1\r\nHost: x\r\nX-A';
const HALF_BODY = 'POST /api/chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"id"';
beforeAll(async () => {
  const start = (data: string, more = {}) => startBot({ EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, data), ...more });
  bot = await start('a');
  proxied = await start('b', { EMCEE_TRUST_PROXY: 'loopback' });
  slow = await start('c');
  left = await start('d');
  unfinished = ['', HALF_HEADERS, HALF_BODY].map((bytes) => raw(slow.url, bytes, 28_000));
});
afterAll(async () => {
  const codes = await Promise.all([bot.kill(), proxied.kill(), slow.kill(), left.kill()]);
  folder.remove();
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(bot.log() + proxied.log() + slow.log()).not.toMatch(/"level":"(error|fatal)"|Warning/);
});

/** How many of `count` requests got which status, `lanes` at a time. */
async function many(count: number, lanes: number, ask: (index: number) => Promise<{ status: number }>): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const { status } = await ask(next++);
      counts[status] = (counts[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return counts;
}

describe('limits', () => {
  test('one visitor has twenty messages, then has to wait; others have theirs', async () => {
    const cookie = newCookie();
    const counts = await many(60, 20, () => say(bot.url, { cookie }));
    expect(counts[200]).toBeGreaterThanOrEqual(20);
    expect((counts[200] ?? 0) + (counts[429] ?? 0)).toBe(60);
    const refused = await say(bot.url, { cookie });
    expect(refused).toMatchObject({ status: 429, body: { error: expect.any(String) } });
    expect(Number(refused.headers.get('retry-after'))).toSatisfy((wait: number) => wait >= 1 && wait <= 60);
    expect((await say(bot.url)).status).toBe(200);
  });

  const from = (address: string) => ({ 'X-Forwarded-For': address });
  test('one network has 1,200 whatever its cookies; what it forges before its address does not help, and others have theirs', async () => {
    const counts = await many(2_500, 50, (index) => say(proxied.url, { headers: from(`198.51.100.${index % 250}, 203.0.113.7`) }));
    expect(counts[200]).toBeGreaterThanOrEqual(1_200);
    expect(counts[429]).toBeGreaterThan(0);
    expect((counts[200] ?? 0) + (counts[429] ?? 0)).toBe(2_500);
    for (const address of ['203.0.113.8', '2001:db8::1', '10.0.0.1', 'nonsense'])
      expect((await say(proxied.url, { headers: from(address) })).status).toBe(200);
  });

  test('an address that no trusted proxy tells limits nobody', async () => {
    expect(await many(1_500, 50, () => say(bot.url, { headers: from('203.0.113.7') }))).toEqual({ 200: 1_500 });
  });

  // The first four parts of the shortened form are no /64: `2001:db8::1:2:3:4` is of 2001:db8:0:0.
  test('one IPv6 network is one, with zeros in its name too', async () => {
    const address = (index: number) => `2001:db8::${(index % 200) + 1}:2:3:4`;
    const counts = await many(2_500, 50, (index) => say(proxied.url, { headers: from(address(index)) }));
    expect(counts[429]).toBeGreaterThan(0);
  });

  test('a page that does not read is cut off', async () => {
    const streams = new Streams();
    const stream = await streams.open('visitor', undefined, async () => []);
    for (let seq = 0; seq < 20; seq++) streams.tell('visitor', { seq, at: 0, message: { text: 'x'.repeat(8_000) } });
    expect(stream?.destroyed).toBe(true);
    streams.close();
  });
});

describe('sockets', () => {
  test('a hundred that never finish their headers, and a hundred their bodies, keep nobody waiting', async () => {
    const sockets = Array.from({ length: 200 }, (_, index) => openSocket(bot.url, index % 2 ? HALF_HEADERS : HALF_BODY));
    await setTimeout(100);
    expect((await say(bot.url)).status).toBe(200);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  test('many requests on one are answered in their order, one that waits for 100-continue too', async () => {
    const paths = Array.from({ length: 50 }, (_, index) => ['/healthz', '/events', '/nowhere', '/hooks/none'][index % 4]);
    const bytes = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('');
    const got = await raw(bot.url, bytes, 1_000);
    const statuses = [...got.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
    expect(statuses).toEqual(paths.map((path) => (path === '/healthz' || path === '/events' ? 200 : 404)));
    const message = '{"id":"expect-100","text":"help"}';
    const head = `POST /api/chat/messages HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ${message.length}\r\n\r\n`;
    expect(await raw(bot.url, head + message)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  // Everything that one read of a socket holds is answered before anybody else's turn: 14 kB of each socket keep the bot for 100 ms.
  test('many requests on many sockets leave others their turn', { timeout: 60_000 }, async () => {
    const sockets = Array.from({ length: 60 }, () => openSocket(left.url, 'GET /events HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(400)).pause());
    await setTimeout(50);
    const answered = await Promise.race([fetch(`${left.url}/healthz`).then(({ status }) => status), setTimeout(20_000, 'not in 20 s')]);
    for (const socket of sockets) socket.destroy();
    await fetch(`${left.url}/healthz`);
    expect(answered).toBe(200);
  });

  const hangUp = async (bytes: string, index: number) => {
    const socket = openSocket(left.url, bytes);
    await setTimeout(index % 5);
    socket.resetAndDestroy();
  };

  test('those who leave a stream at any moment leave nothing behind', async () => {
    const cookie = newCookie();
    for (let index = 0; index < 100; index++) await hangUp(`GET /api/chat/stream HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`, index);
    await until(async () => {
      const stream = await openStream(left.url, cookie);
      stream.close();
      return stream.status === 200;
    }, 'a place for a stream');
  });

  // Six pages of one cookie, but without a cookie as many as there are connections, which the webhooks need too.
  test('one network cannot have all the streams', async () => {
    const head = 'GET /api/chat/stream HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.99\r\n\r\n';
    const sockets = Array.from({ length: 3_000 }, () => openSocket(proxied.url, head));
    const refused = await Promise.all(
      sockets.map((socket) => new Promise<boolean>((resolve) => socket.once('data', (got) => resolve(/^HTTP\/1.1 429/.test(String(got)))))),
    );
    for (const socket of sockets) socket.destroy();
    expect(refused).toContain(true);
  });

  // Of a socket that is gone request.ip is undefined, network() throws, and the log has a stack of it as an error, each time.
  test('nor do those who leave after their message fill the log', async () => {
    const message = '{"id":"gone-away","text":"help"}';
    const bytes = `POST /api/chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: ${message.length}\r\n\r\n${message}`;
    for (let index = 0; index < 1_500 && !left.log().includes('"level":"error"'); index++) await hangUp(bytes, index);
    expect(left.log()).not.toContain('"level":"error"');
  });
});

test.runIf(process.platform === 'linux')(
  'a thousand open pages and one that floods: everybody else is answered, and then all of it is gone',
  async () => {
    const sockets = () => readdirSync(`/proc/${bot.child.pid}/fd`).length;
    const before = { memory: memoryOf(bot.child.pid), sockets: sockets() };
    const streams: OpenStream[] = [];
    const opened = await many(1_000, 50, async () => {
      const stream = await openStream(bot.url, newCookie());
      streams.push(stream);
      return stream;
    });
    expect(opened).toEqual({ 200: 1_000 });
    const flooder = newCookie();
    const [flood, others] = await Promise.all([
      many(2_000, 100, () => say(bot.url, { cookie: flooder })),
      many(50, 5, () => say(bot.url, { text: '20231104' })),
    ]);
    expect(others).toEqual({ 200: 50 });
    expect(flood[429]).toBeGreaterThan(1_000);
    expect((flood[200] ?? 0) + (flood[429] ?? 0)).toBe(2_000);
    expect(streams.every((stream) => stream.text().includes('event: hello') && stream.posts().length === 0)).toBe(true);
    for (const stream of streams) stream.close();
    await until(() => sockets() < before.sockets + 150, 'the sockets to be closed');
    expect(memoryOf(bot.child.pid) - before.memory).toBeLessThan(150);
  },
  60_000,
);

test('sockets that never finish are closed, and do not hold up the end', async () => {
  for (const answer of await Promise.all(unfinished)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  for (const bytes of ['', HALF_HEADERS, HALF_BODY]) openSocket(slow.url, bytes);
  await setTimeout(100);
  expect(await slow.kill()).toBe(0);
}, 40_000);
