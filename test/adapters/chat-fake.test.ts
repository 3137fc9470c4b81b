import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Adapter } from '../../src/adapter.js';
import { adapterContract, testHost } from '../contracts/adapter.js';
import chat from '../fakes/chat-adapter.mjs';
import { retryAfterMs } from '../fakes/chat-request.mjs';
import { type ChatFault, type ChatServer, startChatServer } from '../fakes/chat-server.mjs';

let server: ChatServer;
let adapter: Adapter;
const over = (url: string, changes: Partial<Parameters<typeof chat.create>[0]> = {}) => {
  adapter = chat.create({ CHAT_URL: url, CHAT_GAP_MS: 0, CHAT_READ_BACK: true, CHAT_TIMEOUT_MS: 5_000, ...changes }, 'chat');
  return adapter;
};
const hook = (body: string) =>
  adapter.webhook?.handle({
    method: 'POST',
    path: '/hooks/chat',
    query: '',
    headers: {},
    body: Buffer.from(body),
    signal: new AbortController().signal,
  });
afterEach(async () => {
  await adapter?.close();
  await server?.close();
});

let said = 0;
for (const { name, run } of adapterContract({
  module: chat as never,
  async create() {
    server = await startChatServer();
    return over(server.url);
  },
  address: 'chat:room:1',
  arrived: () => server.posts.map(({ text }) => text),
  say: async (text) => void (await hook(JSON.stringify({ id: `m${++said}`, from: 'ann', text }))),
  breakNextSend: () => void server.settings.next.push('reset'),
  close: () => server.close(),
}))
  test(name, run);

const inDoubt = { name: 'SendError', reason: 'unreachable', maybeSent: true };
const OUTCOMES: Partial<Record<ChatFault, object>> = {
  rateLimited: { name: 'SendError', reason: 'rate-limited', maybeSent: false, retryAfterMs: 1_000 },
  refused: { name: 'SendError', reason: 'not-allowed', maybeSent: false },
};
const ANSWERED: ChatFault[] = ['rateLimited', 'refused', 'reset', 'acceptedThenReset', 'acceptedThenCut', 'error500', 'acceptedThen500'];
const UNREADABLE: ChatFault[] = ['html', 'acceptedThenHtml', 'fatal', 'acceptedThenFatal'];
const SILENT: ChatFault[] = ['never', 'acceptedThenNever', 'late', 'slow'];
test.each([...ANSWERED, ...UNREADABLE, ...SILENT])('%s: the outcome is exact, on a fresh connection and on a kept one', async (fault) => {
  server = await startChatServer({ refusals: ['not_in_room'], lateMs: 1_000, slowMs: 1_000 });
  over(server.url, { CHAT_TIMEOUT_MS: SILENT.includes(fault) ? 400 : 5_000 });
  for (const key of ['d1', 'd2']) {
    server.settings.next.push(fault);
    const error = await adapter.send('chat:room:1', { text: 'x' }, { deliveryId: key }).catch((reason) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject(OUTCOMES[fault] ?? inDoubt);
    expect(await adapter.send('chat:room:1', { text: 'x' }, { deliveryId: `${key} again` })).toMatchObject({ state: 'accepted' });
  }
});

test.each([
  ['chat:room:404', 'x', 'unknown-target'],
  ['slack:room:1', 'x', 'unknown-target'],
  ['chat:room:1', 'x'.repeat(4_001), 'too-long'],
  ['chat:room:1', '', 'refused'],
] as const)('%s %.3s: %s, certainly not sent', async (address, text, reason) => {
  server = await startChatServer();
  await expect(over(server.url).send(address, { text })).rejects.toMatchObject({ reason, maybeSent: false });
});

test('nobody listens: certainly not sent; given up before it began: the same; given up on the way: in doubt', async () => {
  const port = await new Promise<number>((resolve) => {
    const free = createServer().listen(0, '127.0.0.1', () => {
      const { port } = free.address() as { port: number };
      free.close(() => resolve(port));
    });
  });
  const nobody = over(`http://127.0.0.1:${port}`);
  await expect(nobody.send('chat:room:1', { text: 'x' })).rejects.toMatchObject({ reason: 'unreachable', maybeSent: false });
  server = await startChatServer({ next: ['never'] });
  over(server.url);
  const before = adapter.send('chat:room:1', { text: 'x' }, { signal: AbortSignal.abort() });
  await expect(before).rejects.toMatchObject({ reason: 'unreachable', maybeSent: false });
  const onTheWay = adapter.send('chat:room:1', { text: 'x' }, { signal: AbortSignal.timeout(100) });
  await expect(onTheWay).rejects.toMatchObject(inDoubt);
  expect(server.counts.requests).toBe(1);
});

test.each([
  [undefined, 1_000],
  ['', 1_000],
  ['abc', 1_000],
  ['-5', 0],
  ['0', 0],
  ['2', 2_000],
  ['3600', 3_600_000],
  ['99999999', 3_600_000],
  ['Sat, 01 Jan 2000 00:00:05 GMT', 5_000],
  ['Fri, 31 Dec 1999 00:00:00 GMT', 0],
])('Retry-After %j means %d ms', (header, ms) => {
  expect(retryAfterMs(header, Date.parse('2000-01-01T00:00:00Z'))).toBe(ms);
});

test('read-back tells what was posted, or that it cannot tell; it is not there when switched off', async () => {
  server = await startChatServer();
  over(server.url);
  await adapter.send('chat:room:1', { text: 'x' }, { deliveryId: 'reply:a/b?c' });
  const seen = (key: string) => adapter.seen?.('chat:room:1', key, new Date());
  expect(await seen('reply:a/b?c')).toEqual({ state: 'sent', platformId: 'p1' });
  expect(await seen('other')).toEqual({ state: 'absent' });
  await adapter.close();
  over(server.url, { CHAT_TIMEOUT_MS: 500 });
  server.settings.historyFault = 1;
  const told = await Promise.all(Array.from({ length: 40 }, (_, i) => seen(`d${i}`)?.catch(() => 'rejected')));
  expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(new Set(['"rejected"', '{"state":"cannot-tell"}']));
  await adapter.close();
  expect(over(server.url, { CHAT_READ_BACK: false }).seen).toBeUndefined();
});

test('the webhook takes rooms and persons; what makes no sense is refused, what is not kept is asked for again', async () => {
  over('http://127.0.0.1:9');
  const host = testHost();
  await adapter.connect(host);
  expect(await hook('{"id":"1","from":"ann","room":"1","text":"@emcee help"}')).toEqual({ status: 200 });
  expect(await hook('{"id":"2","from":"ann","room":"1","text":"help"}')).toEqual({ status: 200 });
  for (const body of ['', 'null', '{"id":"3","from":"ann"}', '{"id":3,"from":"ann","text":"x"}'])
    expect(await hook(body)).toEqual({ status: 400 });
  expect(await host.heard(2)).toMatchObject([
    { where: 'chat:room:1', text: 'help', addressed: true },
    { where: 'chat:room:1', text: 'help', addressed: false },
  ]);
  await adapter.connect({ ...host, receive: () => Promise.reject(new Error('disk full')) });
  expect(await hook('{"id":"4","from":"ann","text":"x"}')).toEqual({ status: 503 });
});
