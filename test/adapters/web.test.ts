import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import web from '../../adapters/web/index.js';
import type { Adapter, Outgoing, RouteRequest } from '../../src/adapter.js';
import { adapterContract, testHost } from '../contracts/adapter.js';
import { until } from '../fakes/platform.js';

const VISITOR = 'emcee=AAAAAAAAAAAAAAAAAAAAAA';
/** Of another visitor. */
const OTHER = 'emcee=BBBBBBBBBBBBBBBBBBBBBB';

async function ask(adapter: Adapter, method: string, path: string, { cookie = VISITOR, body = '', query = '' } = {}) {
  const route = adapter.routes?.find((each) => each.method === method && each.path === path);
  if (!route) throw new Error(`no route ${method} ${path}`);
  const request: RouteRequest = {
    method,
    path,
    query,
    headers: { cookie },
    body: Buffer.from(body),
    signal: new AbortController().signal,
    ip: '127.0.0.1',
    origin: 'http://127.0.0.1:3000',
    secure: false,
  };
  return route.handle(request);
}

/** Opens the stream of a page and keeps what comes. */
async function openPage(adapter: Adapter, cookie = VISITOR, query = ''): Promise<{ text(): string; close(): void }> {
  const { body } = await ask(adapter, 'GET', '/api/chat/stream', { cookie, query });
  if (!(body instanceof Readable)) throw new Error('no stream');
  let text = '';
  body.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { text: () => text, close: () => void body.destroy() };
}

const create = () => web.create({ WEB_CHAT: 'on' }, 'web');
let count = 0;
const message = (text: string) => JSON.stringify({ id: `message-${++count}`, text });

let current: Adapter;
let page: { text(): string } | undefined;
for (const { name, run } of adapterContract({
  module: web as never,
  create: () => {
    current = create();
    page = undefined;
    return current;
  },
  address: 'web:audience:all',
  async arrived() {
    page ??= await openPage(current);
    await until(() => page?.text().includes('third') === true, 'the last message');
    return [page.text()];
  },
  say: async (text) => void (await ask(current, 'POST', '/api/chat/messages', { body: message(text) })),
}))
  test(name, run);

async function online(): Promise<Adapter> {
  const adapter = create();
  const replies: Record<string, Outgoing> = { hello: { text: 'hello to you' } };
  await adapter.connect(testHost(({ text }) => replies[text]));
  return adapter;
}

const addressOf = async (cookie: string): Promise<`web:person:${string}`> => {
  const adapter = create();
  const host = testHost();
  await adapter.connect(host);
  await ask(adapter, 'POST', '/api/chat/messages', { cookie, body: message('who am I') });
  const [heard] = await host.heard(1);
  await adapter.close();
  return heard?.where as `web:person:${string}`;
};

test('an answer rides on the response to its question; silence is null', async () => {
  const adapter = await online();
  const said = async (text: string) =>
    JSON.parse(String((await ask(adapter, 'POST', '/api/chat/messages', { body: message(text) })).body)).reply;
  expect(await said('hello')).toEqual({ text: 'hello to you' });
  expect(await said('...')).toBeNull();
  await adapter.close();
});

test('a post to one visitor reaches all their pages, open or opened later, and nobody else', async () => {
  const adapter = await online();
  const mine = await openPage(adapter);
  const second = await openPage(adapter);
  const theirs = await openPage(adapter, OTHER);
  await adapter.send(await addressOf(VISITOR), web.format({ text: 'for one' }), { deliveryId: 'd1' });
  await until(() => mine.text().includes('for one') && second.text().includes('for one'), 'the post');
  const later = await openPage(adapter);
  await until(() => later.text().includes('for one'), 'the post on a page opened later');
  expect(theirs.text()).not.toContain('for one');
  expect((await openPage(adapter, OTHER)).text()).not.toContain('for one');
  await adapter.close();
});

test('a page that comes back gets what it missed, once; the same delivery is never there twice', async () => {
  const adapter = await online();
  const first = await adapter.send('web:audience:all', web.format({ text: 'one' }), { deliveryId: 'd1' });
  expect(await adapter.send('web:audience:all', web.format({ text: 'one' }), { deliveryId: 'd1' })).toEqual(first);
  await adapter.send('web:audience:all', web.format({ text: 'two' }), { deliveryId: 'd2' });
  const seq = String(first.platformId).split(':')[1];
  const { body } = await ask(adapter, 'GET', '/api/chat/posts', { query: `after=${seq}` });
  expect(JSON.parse(String(body)).posts.map((post: { message: Outgoing }) => post.message.text)).toEqual(['two']);
  expect(await adapter.seen?.('web:audience:all', 'd1', new Date())).toEqual({ state: 'sent', platformId: first.platformId });
  expect(await adapter.seen?.('web:audience:all', 'd3', new Date())).toEqual({ state: 'absent' });
  await adapter.close();
});

test('a post that is changed is told to open pages and to those that come back, under its first number', async () => {
  const adapter = await online();
  const page = await openPage(adapter);
  const to = await addressOf(VISITOR);
  const { platformId = '' } = await adapter.send(to, web.format({ text: '1 of 9' }), { deliveryId: 'd1' });
  const first = Number(platformId.split(':').at(-1));
  for (const text of ['4 of 9', '9 of 9']) await adapter.edit?.(to, platformId, web.format({ text }));
  await until(() => page.text().includes('9 of 9'), 'the change');
  const { body } = await ask(adapter, 'GET', '/api/chat/posts', { query: `after=${first}` });
  expect(JSON.parse(String(body)).posts).toEqual([{ seq: expect.any(Number), first, message: { text: '9 of 9' } }]);
  expect(await adapter.seen?.(to, 'd1', new Date())).toEqual({ state: 'sent', platformId });
  await expect(adapter.edit?.(to, `${platformId}0`, web.format({ text: 'x' }))).rejects.toMatchObject({ reason: 'unknown-target' });
  await adapter.close();
});

test('somebody new sees the latest three posts only', async () => {
  const adapter = await online();
  for (const text of ['p1', 'p2', 'p3', 'p4', 'p5']) await adapter.send('web:audience:all', web.format({ text }));
  const { body } = await ask(adapter, 'GET', '/api/chat/posts', { cookie: '' });
  expect(JSON.parse(String(body)).posts.map((post: { message: Outgoing }) => post.message.text)).toEqual(['p3', 'p4', 'p5']);
  await adapter.close();
});

test.each(['web:room:1', 'web:person:short', 'web:audience:others', 'slack:person:AAAAAAAAAAAAAAAAAAAAAA'] as const)(
  '%s is nobody here: refused, certainly not sent',
  async (address) => {
    const adapter = await online();
    await expect(adapter.send(address, web.format({ text: 'x' }))).rejects.toMatchObject({ reason: 'unknown-target', maybeSent: false });
    await adapter.close();
  },
);

test('a link that leads nowhere safe is left out, a label that names another host is replaced', () => {
  const links = [
    { label: 'bad', url: 'javascript:alert(1)' },
    { label: 'https://bank.example', url: 'https://evil.example/x' },
  ];
  const wire = web.format({ text: '', card: { title: 't', links, image: 'https://elsewhere.example/i.png' } }) as Outgoing;
  expect(wire.card).toEqual({ title: 't', links: [{ label: 'https://evil.example/x', url: 'https://evil.example/x' }] });
});
