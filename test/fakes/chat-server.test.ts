import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { FAULTS } from './chat-faults.mjs';
import { type ChatFault, type ChatServer, startChatServer } from './chat-server.mjs';
import { until } from './platform.js';

let server: ChatServer;
const start = async (options?: Parameters<typeof startChatServer>[0]) => {
  server = await startChatServer(options);
  return server;
};
afterEach(() => server?.close());

/** What a caller without much patience sees: a status and a body, or nothing. */
async function send(message: unknown, timeoutMs = 5_000): Promise<{ status: number; body: string; retryAfter: string | null } | 'nothing'> {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  try {
    const response = await fetch(`${server.url}/send`, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, body: await response.text(), retryAfter: response.headers.get('retry-after') };
  } catch {
    return 'nothing';
  }
}
const hello = (key: string, target = 'room:1') => ({ target, text: `hello ${key}`, key });
const history = async (key: string) => (await fetch(`${server.url}/history?key=${key}`)).json();

test('an accepted post is kept and can be read back, here and from another process', async () => {
  await start();
  expect(await send(hello('d1'))).toMatchObject({ status: 200, body: '{"id":"p1"}' });
  expect(server.posts).toMatchObject([{ id: 'p1', target: 'room:1', text: 'hello d1', key: 'd1', arrival: 1, at: expect.any(Number) }]);
  expect(await history('d1')).toEqual({ found: true, id: 'p1' });
  expect(await history('d2')).toEqual({ found: false });
  const lines = (await (await fetch(`${server.url}/posts`)).text()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(server.posts);
});

test('it has no key of its own: the same delivery sent again is posted again', async () => {
  await start();
  await send(hello('d1'));
  await send(hello('d1'));
  expect(server.posts.map(({ key }) => key)).toEqual(['d1', 'd1']);
});

test.each([
  [{ target: 'room:404', text: 'x' }, 200, 'unknown_target'],
  [{ target: 'room:1', text: '字'.repeat(4_001) }, 200, 'too_long'],
  [{ target: 'room:1' }, 400, 'malformed'],
  [{ target: 'room:1', text: '' }, 400, 'malformed'],
  ['{"target":', 400, 'malformed'],
  ['null', 400, 'malformed'],
])('%j is not taken', async (message, status, error) => {
  await start();
  const answer = await send(message);
  expect(answer).toMatchObject({ status, body: expect.stringContaining(error) });
  expect(server.posts).toEqual([]);
});

const SEEN: Partial<Record<ChatFault, unknown>> = {
  none: { status: 200, body: '{"id":"p1"}' },
  rateLimited: { status: 429, retryAfter: '1' },
  refused: { status: 200, body: '{"error":"not_in_room"}' },
  error500: { status: 500 },
  acceptedThen500: { status: 500 },
  html: { status: 200, body: expect.stringContaining('<html>') },
  acceptedThenHtml: { status: 200, body: expect.stringContaining('<html>') },
  fatal: { status: 200, body: '{"error":"fatal_error"}' },
  acceptedThenFatal: { status: 200, body: '{"error":"fatal_error"}' },
};
test.each(Object.keys(FAULTS) as ChatFault[])('%s does what it says', async (fault) => {
  await start({ next: [fault], refusals: ['not_in_room'], lateMs: 1_000, slowMs: 1_000 });
  const answer = await send(hello('d1'), SEEN[fault] ? 5_000 : 400);
  if (SEEN[fault]) expect(answer).toMatchObject(SEEN[fault]);
  else expect(answer).toBe('nothing');
  // Accepted late: after the caller has hung up.
  expect(server.posts.length).toBe(FAULTS[fault].accept && fault !== 'late' ? 1 : 0);
  if (fault === 'late') await until(() => server.posts.length === 1, 'the late post');
  const inDoubt = !['none', 'rateLimited', 'refused'].includes(fault);
  await until(() => server.counts.ambiguous === (inDoubt ? 1 : 0), 'the count of answers in doubt');
  // It recovers: the next one goes well, and who has hung up is not under way.
  expect(await send(hello('d2'))).toMatchObject({ status: 200 });
  expect(server.violations).toEqual([]);
});

test.each([
  ['room:1', { target: { count: 2, perMs: 800 } }],
  ['the app', { app: { count: 2, perMs: 800 } }],
])('more than the limit of %s is a 429 and a violation; later there is room again', async (whose, limits) => {
  await start({ limits });
  const targets = ['room:1', whose === 'the app' ? 'room:2' : 'room:1', 'room:1'];
  const answers = [];
  for (const [i, target] of targets.entries()) answers.push(await send(hello(`d${i}`, target)));
  expect(answers).toMatchObject([{ status: 200 }, { status: 200 }, { status: 429, retryAfter: '1' }]);
  expect(server.violations).toMatchObject([{ kind: 'rate', key: 'd2', why: expect.stringContaining(`2 in 800 ms for ${whose}`) }]);
  if (whose === 'room:1') expect(await send(hello('other', 'room:2'))).toMatchObject({ status: 200 });
  await new Promise((resolve) => setTimeout(resolve, 820));
  expect(await send(hello('d3'))).toMatchObject({ status: 200 });
});

test.each([
  ['missing', null],
  ['abc', 'abc'],
  ['-5', '-5'],
  ['3600', '3600'],
  ['date', expect.stringMatching(/GMT$/)],
])('Retry-After can be %s', async (retryAfter, seen) => {
  await start({ next: ['rateLimited'], retryAfter });
  expect(await send(hello('d1'))).toMatchObject({ status: 429, retryAfter: seen });
});

test('read-back lags and fails when told to; settings change while it runs, also over HTTP', async () => {
  await start({ historyLagMs: 500 });
  await send(hello('d1'));
  expect(await history('d1')).toEqual({ found: false });
  await until(async () => (await history('d1')).found, 'the read-back');
  await fetch(`${server.url}/settings`, { method: 'POST', body: JSON.stringify({ historyFault: 1 }) });
  expect(server.settings.historyFault).toBe(1);
  for (let i = 0; i < 10; i += 1) {
    const asked = fetch(`${server.url}/history?key=d1`, { signal: AbortSignal.timeout(100) });
    const said = await asked.then((response) => response.text()).catch(String);
    expect(said).not.toContain('found');
  }
});

test('two posts to one target at a time, and numbers that shrink, are noticed', async () => {
  await start({ next: ['slow'], slowMs: 400, order: '#(\\d+)' });
  await Promise.all([
    send({ ...hello('d2'), text: 'post #2' }),
    new Promise((resolve) => setTimeout(resolve, 100)).then(() => send(hello('d3'))),
  ]);
  await send({ ...hello('d1'), text: 'post #1' });
  await send({ ...hello('d0', 'room:2'), text: 'post #1' });
  expect(server.violations).toMatchObject([
    { kind: 'overlap', key: 'd3' },
    { kind: 'order', key: 'd1', why: 'number 1 came to room:1 after 2' },
  ]);
});

test('as a process of its own it says where it is and ends when asked to', async () => {
  const child = spawn(process.execPath, [new URL('./chat-server-main.mjs', import.meta.url).pathname, '{"targets":["room:9"]}']);
  const [line] = await once(child.stdout, 'data');
  const url = String(line).trim();
  const sent = await fetch(`${url}/send`, { method: 'POST', body: JSON.stringify(hello('d1', 'room:9')) });
  expect(await sent.json()).toEqual({ id: 'p1' });
  expect(await (await fetch(`${url}/report`)).json()).toEqual({ violations: [], counts: { requests: 1, ambiguous: 0 } });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
