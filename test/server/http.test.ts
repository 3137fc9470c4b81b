// The HTTP port of a started bot, as browsers, proxies and curl see it.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { emcee, SAMPLE, type StartedBot } from '../cli/emcee.js';
import { newCookie, newId, say } from '../fakes/http.js';
import { severalBots } from './bots.js';

const { folder, start } = severalBots();
let bot: StartedBot;
let proxied: StartedBot;
beforeAll(async () => {
  bot = await start();
  proxied = await start({ EMCEE_TRUST_PROXY: 'loopback', WEB_EMBED_ORIGINS: 'https://a.example, https://b.example:8443' });
});

const HTTPS = { 'X-Forwarded-Proto': 'https' };
const asset = async (url: string) => /\/assets\/[^"]+\.js/.exec(await (await fetch(url)).text())?.[0] ?? 'no asset';

/** One request for each kind of answer, with the status it gets. */
async function everyKind(url: string): Promise<[path: string, status: number, init?: RequestInit][]> {
  return [
    ['/', 200],
    ['/events', 200],
    ['/events/', 200],
    ['/healthz', 200],
    ['/readyz', 200],
    ['/favicon.ico', 200],
    [await asset(url), 200],
    ['/assets/none.js', 404],
    ['/nowhere', 404],
    ['/hooks/unknown', 404],
    ['/embed', url === bot.url ? 404 : 200],
    ['/api/chat/posts', 200],
    ['/healthz', 405, { method: 'POST' }],
    ['/%E0%A4%A', 400],
    ['/hooks/%E0%A4%A', 404],
    ['/api/chat/messages', 404],
    ['/api/chat/messages', 400, { method: 'POST' }],
    ['/api/chat/messages', 413, { method: 'POST', body: 'x'.repeat(40_000) }],
    ['/api/chat/messages', 403, { method: 'POST', body: '{}', headers: { Origin: 'https://evil.example' } }],
    ['/api/chat/forget', 204, { method: 'POST' }],
    ['/sign-in', 200],
    ['/sign-in', 415, { method: 'POST' }],
    ['/sign-in', 403, { method: 'POST', body: '{}', headers: { Origin: 'https://evil.example' } }],
    ['/sign-in', 401, { method: 'POST', body: '{"token":"x"}', headers: { 'Content-Type': 'application/json' } }],
    ['/sign-out', 404],
    ['/sign-out', 204, { method: 'POST' }],
    ['/sign-out', 403, { method: 'POST', headers: { Origin: 'https://evil.example' } }],
  ];
}

describe('headers', () => {
  test('every kind of answer is safe, and tells no software and no other origin', async () => {
    for (const [path, status, init] of await everyKind(bot.url)) {
      const response = await fetch(bot.url + path, init);
      await response.arrayBuffer();
      const header = (name: string) => response.headers.get(name);
      expect([path, response.status]).toEqual([path, status]);
      for (const rule of ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(header('content-security-policy'), path).toContain(rule);
      expect(header('x-content-type-options'), path).toBe('nosniff');
      expect(header('referrer-policy'), path).toBe('no-referrer');
      expect(header('cross-origin-opener-policy'), path).toBe('same-origin');
      expect(header('cache-control'), path).toMatch(/^(no-store|public, max-age=31536000, immutable|max-age=86400)$/);
      for (const name of ['x-powered-by', 'server', 'strict-transport-security', 'access-control-allow-origin'])
        expect(header(name), `${name} of ${path}`).toBeNull();
    }
  });

  test('a preflight of another site is granted nothing', async () => {
    const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
    const response = await fetch(`${bot.url}/api/chat/messages`, { method: 'OPTIONS', headers });
    expect(response.status).toBe(404);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('browsers come back with https where the settings say that the bot has it, and only there', async () => {
    const hsts = async (url: string) => (await fetch(url, { headers: HTTPS })).headers.get('strict-transport-security');
    const secure = await start({ EMCEE_PUBLIC_URL: 'https://bot.example' });
    for (const path of ['/', '/events', '/nowhere', '/api/chat/posts', '/healthz', '/readyz', '/hooks/unknown', '/%E0%A4%A']) {
      expect(await hsts(secure.url + path), path).toContain('max-age=');
      expect(await hsts(bot.url + path), path).toBeNull();
    }
    await secure.kill();
  });

  test('only the configured sites may frame the chat, and only /embed', async () => {
    const policy = async (path: string) => (await fetch(proxied.url + path)).headers.get('content-security-policy');
    expect(await policy('/embed')).toMatch(/frame-ancestors https:\/\/a\.example https:\/\/b\.example:8443$/);
    for (const path of ['/', '/events', '/embed.js', '/nowhere']) expect(await policy(path), path).toMatch(/frame-ancestors 'none'$/);
    for (const path of ['/embed', '/embed.js']) expect((await fetch(bot.url + path)).status).toBe(404);
  });

  test('assets come compressed to whoever takes that, and are kept for good', async () => {
    const path = await asset(bot.url);
    const plain = await fetch(bot.url + path, { headers: { 'Accept-Encoding': 'identity' } });
    const zipped = await fetch(bot.url + path, { headers: { 'Accept-Encoding': 'gzip' } });
    expect([plain.headers.get('content-encoding'), zipped.headers.get('content-encoding')]).toEqual([null, 'gzip']);
    expect(await zipped.text()).toBe(await plain.text());
    expect((await fetch(bot.url + path, { method: 'HEAD' })).headers.get('cache-control')).toContain('immutable');
  });
});

describe('a message', () => {
  test('is answered in its response, the same id the same way, and each visitor for themselves', async () => {
    const [ann, bob, id] = [newCookie(), newCookie(), newId()];
    const first = await say(bot.url, { cookie: ann, id, text: 'whoami' });
    expect(first).toMatchObject({ status: 200, body: { id } });
    expect(first.body.reply?.text).toContain('web:person:');
    expect(first.body.reply?.text).not.toContain(ann.slice(6));
    expect((await say(bot.url, { cookie: ann, id, text: 'help' })).body).toEqual(first.body);
    const other = await say(bot.url, { cookie: bob, id, text: 'whoami' });
    expect(other.status).toBe(200);
    expect(other.body.reply?.text).toContain('web:person:');
    expect(other.body.reply?.text).not.toBe(first.body.reply?.text);
    const code = await say(bot.url, { cookie: bob, text: '20231104' });
    expect(JSON.stringify(code.body.reply)).toContain('https://example.org/slides/20231104');
  });

  test('of somebody new brings a cookie: HttpOnly, of this site, and __Host- with https', async () => {
    const cookie = async (url: string, headers = {}) => (await say(url, { cookie: '', headers })).headers.getSetCookie();
    expect(await cookie(bot.url)).toEqual([expect.stringMatching(/^emcee=[\w-]{22}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/)]);
    const secure = /^__Host-emcee=[\w-]{22}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure$/;
    expect(await cookie(proxied.url, HTTPS)).toEqual([expect.stringMatching(secure)]);
    const framed = (await fetch(`${proxied.url}/embed`, { headers: HTTPS })).headers.getSetCookie();
    expect(framed).toEqual([expect.stringMatching(/^__Host-emcee-frame=.*; HttpOnly; SameSite=None; Partitioned; Secure$/)]);
    expect((await say(bot.url, { cookie: newCookie() })).headers.getSetCookie()).toEqual([]);
    // A cookie that was set without https is nobody's with https.
    expect((await say(proxied.url, { cookie: newCookie(), headers: HTTPS })).headers.getSetCookie()).toHaveLength(1);
  });

  test('leaves neither text nor cookie in the log and no cookie in the data, which is its owner’s only', async () => {
    const cookie = 'emcee=canaryCookie0123456789';
    await say(bot.url, { cookie, text: 'canary-text 20360517' });
    await say(bot.url, { cookie, body: '{"canary-body' });
    await fetch(`${bot.url}/events?canary-query`);
    expect(bot.log()).not.toMatch(/canary/i);
    expect(statSync(join(folder.path, 'data0')).mode & 0o077).toBe(0);
    const files = readdirSync(join(folder.path, 'data0'), { withFileTypes: true }).filter((file) => file.isFile());
    for (const { name } of files) expect(readFileSync(join(folder.path, 'data0', name), 'latin1'), name).not.toContain('canaryCookie');
  });
});

describe('settings', () => {
  test('without the web chat / leads to the events, and there is no API', async () => {
    const silent = await start({ WEB_CHAT: 'off' });
    const home = await fetch(silent.url, { redirect: 'manual' });
    expect([home.status, home.headers.get('location')]).toEqual([302, '/events']);
    for (const path of ['/api/chat/posts', '/api/chat/stream', '/embed']) expect((await fetch(silent.url + path)).status).toBe(404);
    expect((await say(silent.url)).status).toBe(404);
    await silent.kill();
  });

  // The core's own routes come after the adapters', outside the guard: the whole site is gone, not that one route.
  test('an adapter that wants a path of the core leaves all other pages alone', async () => {
    const rest = `capabilities: () => ({ limits: [], gapMs: [0, 0] }), connect: async () => {}, close: async () => {}, send: async () => {}`;
    const routes = `routes: [{ method: 'GET', path: '/events', handle: async () => ({ status: 200, body: 'mine' }) }]`;
    const make = `settings: { GREEDY: { description: '' } }, format: String, preview: String, create: () => ({ ${routes}, ${rest} })`;
    const file = folder.write('greedy.mjs', `export default { name: 'greedy', ${make} };`);
    const greedy = await start({ EMCEE_ADAPTERS: file, GREEDY: '1' });
    for (const path of ['/', '/events', '/api/chat/posts']) expect([path, (await fetch(greedy.url + path)).status]).toEqual([path, 200]);
  });

  test.each([
    ['EMCEE_TRUST_PROXY', ['yes', 'true', '10.0.0.0/99', '0.0.0.0/0', '1.2.3.4,,']],
    ['EMCEE_PUBLIC_URL', ['bot.example', 'ftp://bot.example', 'https://bot.example/path', 'https://me@bot.example']],
    [
      'WEB_EMBED_ORIGINS',
      ['a.example', 'https://a.example/page', 'javascript:alert(1)', "https://a.example 'unsafe'", 'https://a.example;'],
    ],
    ['WEB_CHAT', ['yes', '0']],
  ])('a wrong %s is told in words', async (name, values) => {
    for (const value of values) {
      const run = await emcee(['start'], {
        env: { EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, 'none'), PORT: '0', [name]: value },
      });
      expect([value, run.code, run.stderr.includes(`${name}: `)]).toEqual([value, 2, true]);
    }
  });
});
