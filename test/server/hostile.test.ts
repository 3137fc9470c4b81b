import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedBot } from '../cli/emcee.js';
import { raw, say } from '../fakes/http.js';
import { toughBot } from './bots.js';

const tough = toughBot();
let bot: StartedBot;
beforeAll(() => {
  bot = tough();
});

const request = (line: string, headers: string[] = [], body = '') =>
  `${line} HTTP/1.1\r\n${['Host: x', ...headers].join('\r\n')}\r\n\r\n${body}`;
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
const statusesIn = (answers: string) => [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

describe('requests that are none', () => {
  const POST = 'POST /api/chat/messages';
  test.each([
    ['no request', 'hello\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two lengths', request(POST, ['Content-Length: 3', 'Content-Length: 4'], 'abcd')],
    ['a length and chunks', request(POST, ['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\nGET / HTTP/1.1\r\n\r\n')],
    ['an encoding nobody knows', request(POST, ['Transfer-Encoding: xchunked'])],
    ['chunked twice', request(POST, ['Transfer-Encoding: chunked, chunked'], '0\r\n\r\n')],
    ['a blank before the colon', request(POST, ['Transfer-Encoding : chunked'], '0\r\n\r\n')],
    ['a negative length', request(POST, ['Content-Length: -1'])],
    ['a length beyond all', request(POST, ['Content-Length: 99999999999999999999'])],
    ['a chunk beyond all', request(POST, ['Transfer-Encoding: chunked'], 'ffffffffffffffffff\r\nx')],
    ['a bare line feed in a header', request('GET /', ['X: a\n\nGET /x HTTP/1.1'])],
    ['a NUL in the path', request('GET /\0')],
    ['HTTP/2 in plain', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a path of 20 kB', request(`GET /?${'a'.repeat(20_000)}`)],
    ['an expectation nobody can meet', request('GET /', ['Expect: a miracle'])],
    ['a tunnel', request('CONNECT example.org:443')],
  ])('%s gets one refusal', async (_, bytes) => {
    const statuses = statusesIn(await raw(bot.url, bytes));
    expect(statuses.length).toBeLessThan(2);
    for (const status of statuses) expect(status).toSatisfy((code: number) => code >= 400 && code < 500);
  });

  // Node answers these itself, before there is a request.
  test.each([
    ['no request', 'hello\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a path of 20 kB', request(`GET /?${'a'.repeat(20_000)}`)],
    ['an expectation nobody can meet', request('GET /', ['Expect: a miracle'])],
  ])('the refusal of %s carries the security headers', async (_, bytes) => {
    expect(await raw(bot.url, bytes)).toMatch(/content-security-policy/i);
  });

  test.each([
    ...[
      '//events',
      '///',
      '/events//',
      '/assets/',
      '/assets/../../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/chat.html',
    ],
    ...[
      '/assets/__proto__',
      '/constructor',
      '/%00',
      '/hooks/',
      '/hooks/web',
      '/hooks/__proto__',
      '/hooks/..%2fhealthz',
      '/.env',
      '/%2e%2e/.env',
    ],
    ...['/chat.html', '/api/chat/messages/x', '/HEALTHZ', '/embed/../embed', `/assets/${'a'.repeat(5_000)}`, '/\\events', '/events%2f'],
  ])('there is nothing at %s', async (path) => {
    const answer = await raw(bot.url, request(`GET ${path}`), 150);
    expect(statusOf(answer)).toBe(404);
    expect(answer).not.toMatch(/"name"|devDependencies|Error|node_modules/);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH'])('%s does nothing', async (method) => {
    for (const path of ['/', '/events', '/healthz', '/api/chat/messages', '/api/chat/stream', '/hooks/web', '/assets/x.js']) {
      const status = statusOf(await raw(bot.url, request(`${method} ${path}`, ['Content-Length: 0', 'Connection: close'])));
      expect([path, status === 404 || status === 405]).toEqual([path, true]);
    }
  });

  test('odd headers change nothing', async () => {
    const plain = await (await fetch(`${bot.url}/events`)).text();
    for (const [name, value] of [
      ['Range', 'bytes=0-5'],
      ['Upgrade', 'websocket'],
      ['Accept-Language', `${'de;q=1,'.repeat(1_500)}`],
      ['Accept-Language', '__proto__, ;q=, *, -, zz-ZZ'],
      ['Accept-Encoding', `gzip;q=0, br, ${'x,'.repeat(1_000)}`],
      ['Cookie', '__proto__=x; constructor; =; ;;emcee; emcee=; emcee=%00; toString=1'],
      ['X-Forwarded-For', ','.repeat(5_000)],
      ['X-Forwarded-Host', 'evil.example'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['If-None-Match', '*'],
    ] as const) {
      const answer = await raw(bot.url, request('GET /events', [`${name}: ${value}`, 'Connection: close']));
      expect([name, statusOf(answer), Buffer.from(answer, 'latin1').toString().endsWith(plain)]).toEqual([name, 200, true]);
    }
    for (const query of ['?'.repeat(5_000), `city=${'%E0%A4%A'.repeat(500)}`, 'page=1e400&page=-1', `${'a=1&'.repeat(3_000)}`])
      expect((await fetch(`${bot.url}/events?${query}`)).status).toBeLessThan(500);
  });

  test('only the page itself may speak for its visitor', async () => {
    const host = new URL(bot.url).host;
    const headers: Record<string, string>[] = [
      ...['cross-site', 'same-site', '', 'Same-Origin', 'same-origin, cross-site'].map((from) => ({ 'Sec-Fetch-Site': from })),
      ...['https://evil.example', 'null', `http://${host}.evil.example`, `http://evil.example/${host}`, 'file://'].map((Origin) => ({
        Origin,
      })),
      { Origin: `http://${host}`, 'Sec-Fetch-Site': 'cross-site' },
    ];
    for (const each of headers) {
      expect([each, (await say(bot.url, { headers: each })).status]).toEqual([each, 403]);
      expect((await fetch(`${bot.url}/api/chat/forget`, { method: 'POST', headers: each })).status).toBe(403);
    }
    const own: Record<string, string>[] = [{ Origin: `http://${host}` }, { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }];
    for (const each of own) expect((await say(bot.url, { headers: each })).status).toBe(200);
    const two = ['Origin: http://x', 'Origin: https://evil.example', 'Content-Length: 2'];
    expect(statusOf(await raw(bot.url, request(POST, two, '{}')))).toBe(403);
  });
});
