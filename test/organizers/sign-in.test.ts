// From an organizer's chat to the signed-in web chat and out again, over HTTP.
import { afterEach, describe, expect, test } from 'vitest';
import web from '../../adapters/web/index.js';
import type { AdapterModule } from '../../src/adapter.js';
import { openPostgres } from '../../src/store/postgres/index.js';
import { say } from '../fakes/http.js';
import { FakePlatform, silentLog } from '../fakes/platform.js';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';
import { type House, type HouseOptions, openHouse } from './house.js';

const MINUTE = 60_000;
const VISITOR = 'emcee=AAAAAAAAAAAAAAAAAAAAAA';
const HTTPS = { 'X-Forwarded-Proto': 'https' };
const SECURE_VISITOR = `__Host-${VISITOR}`;
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

let slack: FakePlatform;
let count = 0;
async function start(options: Partial<HouseOptions> = {}): Promise<House> {
  slack = new FakePlatform('slack');
  const adapters = [{ module: web as AdapterModule, settings: { WEB_CHAT: 'on' } }, { module: slack.module }];
  const house = await openHouse({ adapters, organizers: ['slack:person:Olga'], ...options });
  open.push(() => house.close());
  return house;
}
const behindTls = () => start({ publicUrl: 'https://bot.example.org', trustProxy: ['loopback'] });

async function olgaSays(house: House, text: string): Promise<string> {
  const before = slack.arrived.length;
  await slack.host?.receive({
    ...{ id: `m${++count}`, where: 'slack:person:Olga', sender: { id: 'Olga', isBot: false }, text, addressed: true, at: new Date() },
  });
  await house.quiet();
  return slack.arrived[before]?.text ?? '';
}
const tokenOf = async (house: House): Promise<string> => /sign-in#([\w-]{43})$/.exec(await olgaSays(house, 'sign in'))?.[1] ?? 'no token';

function post(house: House, path: string, value: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return fetch(house.url + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
}
const cookieOf = (response: Response): string => response.headers.getSetCookie().find((each) => each.includes('organizer')) ?? 'no cookie';
const pair = (cookie: string): string => cookie.split(';', 1)[0] ?? '';

/** The cookie of an organizer who has signed in. */
async function signedIn(house: House, headers: Record<string, string> = {}): Promise<string> {
  const response = await post(house, '/sign-in', { token: await tokenOf(house) }, headers);
  expect([response.status, await response.json()]).toEqual([200, { name: 'slack:person:Olga' }]);
  return pair(cookieOf(response));
}
/** As whom a message with these cookies is taken. */
async function roleOf(house: House, cookies: string, more: Parameters<typeof say>[1] = {}): Promise<string | undefined> {
  const before = house.errands.length;
  await say(house.url, { cookie: cookies, text: 'hello', ...more });
  return house.errands[before]?.role;
}

describe('a sign-in link', () => {
  test('is used by pressing the button, once; looking at it changes nothing', async () => {
    const house = await start();
    const token = await tokenOf(house);
    for (const path of ['/sign-in', `/sign-in?token=${token}`, '/sign-in/', `/sign-in?${token}`])
      for (const method of ['GET', 'HEAD']) {
        const page = await fetch(house.url + path, { method, headers: { 'User-Agent': 'Slackbot-LinkExpanding 1.0' } });
        expect([page.status, page.headers.getSetCookie()]).toEqual([200, []]);
        expect(page.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'");
        expect(await page.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
      }
    const tries = await Promise.all(Array.from({ length: 10 }, () => post(house, '/sign-in', { token })));
    expect(tries.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(401)]);
    expect((await post(house, '/sign-in', { token })).status).toBe(401);
    expect((await house.store.readAudit(10)).map(({ who, did }) => [who, did])).toEqual([['slack:person:Olga', 'signed-in']]);
  });

  test('is good for ten minutes, and only while its person is an organizer', async () => {
    const house = await start();
    const [old, orphan] = [await tokenOf(house), await tokenOf(house)];
    house.organizers.length = 0;
    expect((await post(house, '/sign-in', { token: orphan })).status).toBe(401);
    house.organizers.push('slack:person:Olga');
    house.later(10 * MINUTE);
    expect((await post(house, '/sign-in', { token: old })).status).toBe(401);
  });

  test('tells with every later message since when its person is signed in, however long they stay', async () => {
    const house = await start();
    const began = Date.now();
    const cookies = `${await signedIn(house)}; ${VISITOR}`;
    const since = async () => {
      expect(await roleOf(house, cookies)).toBe('organizer');
      return house.errands.at(-1)?.signedInAt ?? 0;
    };
    const at = await since();
    expect(at).toBeGreaterThanOrEqual(began);
    house.later(20 * MINUTE);
    expect(await since()).toBe(at);
    await olgaSays(house, 'hello');
    expect(house.errands.at(-1)?.signedInAt).toBeUndefined();
  });

  test('is taken from emcee’s own page only, as JSON', async () => {
    const house = await start();
    const token = await tokenOf(house);
    const refused: [number, unknown, Record<string, string>?][] = [
      [403, { token }, { Origin: 'https://evil.example' }],
      [403, { token }, { Origin: 'null' }],
      [403, { token }, { 'Sec-Fetch-Site': 'cross-site' }],
      [403, { token }, { 'Sec-Fetch-Site': 'same-site' }],
      [415, { token }, { 'Content-Type': 'text/plain' }],
      [415, `token=${token}`, { 'Content-Type': 'application/x-www-form-urlencoded' }],
      [403, { token }, { Host: 'bot.example.org' }],
      [400, 'null'],
      [400, { token: [token] }],
      [400, 'token'],
      [413, { token, padding: 'x'.repeat(1_000) }],
    ];
    for (const [status, value, headers] of refused) {
      const response = await (headers?.Host ? viaHost(house, headers.Host, { token }) : post(house, '/sign-in', value, headers));
      expect(response.status, JSON.stringify([value, headers])).toBe(status);
      expect(cookieOf(response as Response)).toBe('no cookie');
    }
    expect((await post(house, '/sign-in', { token }, { Origin: house.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  test('needs https, or this very machine', async () => {
    expect(await olgaSays(await start({ publicUrl: 'http://bot.example.org' }), 'sign in')).toMatch(/begins with https/);
    expect(await olgaSays(await start({ publicUrl: 'http://localhost:3000' }), 'sign in')).toContain('http://localhost:3000/sign-in#');
    expect(await olgaSays(await behindTls(), 'sign in')).toContain('https://bot.example.org/sign-in#');
  });
});

describe('a session', () => {
  test('its cookie is for this host, https, the server and same-site requests only, and holds 256 bits that no table has', async () => {
    const house = await behindTls();
    const before = await tokenOf(house);
    const cookie = cookieOf(await post(house, '/sign-in', { token: before }, HTTPS));
    const [first = '', ...attributes] = cookie.split('; ');
    expect(first).toMatch(/^__Host-emcee-organizer=[\w-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict', 'Secure']);
    const secret = first.split('=')[1] ?? '';
    expect(await house.store.session(secret, { idleMs: 1e9, longestMs: 1e9 }, Date.now())).toBeUndefined();
    expect(await roleOf(house, `${SECURE_VISITOR}; ${first}`, { headers: HTTPS })).toBe('organizer');
    // By the name that is for this machine it does not count.
    expect(await roleOf(house, `${SECURE_VISITOR}; emcee-organizer=${secret}`, { headers: HTTPS })).toBe('member');
    const everything = JSON.stringify([
      house.logged,
      await house.store.readAudit(100),
      await house.store.proposals({ kind: 'sign-in' }, 0),
    ]);
    for (const each of [secret, before]) expect(everything).not.toContain(each);
  });

  test('on plain http it is for this machine: under another host’s name it is nobody’s', async () => {
    const house = await start();
    const cookie = await signedIn(house);
    expect(cookie).toMatch(/^emcee-organizer=[\w-]{43}$/);
    expect(await roleOf(house, `${VISITOR}; ${cookie}`)).toBe('organizer');
    const before = house.errands.length;
    const { status } = await viaHost(
      house,
      'bot.example.org',
      { id: 'over-another-host', text: 'organizers' },
      '/api/chat/messages',
      `${VISITOR}; ${cookie}`,
    );
    expect([status, house.errands[before]?.role]).toEqual([200, 'member']);
  });

  test('is shown on the page, and nowhere else', async () => {
    const house = await start();
    const cookie = await signedIn(house);
    const page = async (cookies: string) => (await fetch(house.url, { headers: { Cookie: cookies } })).text();
    expect(await page(`${VISITOR}; ${cookie}`)).toContain('data-organizer="slack:person:Olga"');
    expect(await page(VISITOR)).toContain('data-organizer=""');
    expect((await say(house.url, { cookie: `${VISITOR}; ${cookie}` })).body).toMatchObject({ organizer: 'slack:person:Olga' });
    expect((await say(house.url, { cookie: VISITOR })).body).not.toHaveProperty('organizer');
  });

  test('is needed to see what has to be scanned for a platform to sign in', async () => {
    const house = await start();
    const cookie = await signedIn(house);
    const scan = (cookies: string) => fetch(`${house.url}/scan`, { headers: { Cookie: cookies } });
    const shown = await scan(`${VISITOR}; ${cookie}`);
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await shown.text()).toContain(`data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}`);
    for (const others of [VISITOR, '', `${VISITOR}; emcee-organizer=${'F'.repeat(43)}`]) {
      const refused = await scan(others);
      expect(refused.status).toBe(401);
      expect(await refused.text()).not.toContain('svg');
    }
    house.later(31 * MINUTE);
    expect((await scan(`${VISITOR}; ${cookie}`)).status).toBe(401);
  });

  test('each sign-in makes a new one, and ends the one before in that browser', async () => {
    const house = await start();
    const first = await signedIn(house);
    const second = await signedIn(house, { Cookie: first });
    expect(second).not.toBe(first);
    expect(await roleOf(house, `${VISITOR}; ${first}`)).toBe('member');
    expect(await roleOf(house, `${VISITOR}; ${second}`)).toBe('organizer');
    // A value that was put there before the sign-in is never taken over.
    const fixed = `emcee-organizer=${'F'.repeat(43)}`;
    expect(await signedIn(house, { Cookie: fixed })).not.toBe(fixed);
    expect(await roleOf(house, `${VISITOR}; ${fixed}`)).toBe('member');
  });

  test('ends after half an hour without use, and after twelve hours with it', async () => {
    const house = await start();
    const idle = await signedIn(house);
    house.later(30 * MINUTE);
    const { body, headers } = await say(house.url, { cookie: `${VISITOR}; ${idle}` });
    expect(body).toMatchObject({ organizer: null });
    expect(headers.getSetCookie()).toEqual(['emcee-organizer=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict']);
    const used = await signedIn(house);
    for (let minutes = 0; minutes < 12 * 60 - 29; minutes += 29) {
      expect(await roleOf(house, `${VISITOR}; ${used}`, { cookie: `${`emcee=${String(minutes).padStart(22, 'v')}`}; ${used}` })).toBe(
        'organizer',
      );
      house.later(29 * MINUTE);
    }
    house.later(MINUTE);
    house.later(20 * MINUTE);
    expect(await roleOf(house, `${VISITOR}; ${used}`)).toBe('member');
  });

  test('signing out ends it, on this browser or everywhere; so does removal', async () => {
    const house = await start();
    const [one, two, three] = [await signedIn(house), await signedIn(house), await signedIn(house)];
    const foreign = await post(house, '/sign-out', {}, { Cookie: one, Origin: 'https://evil.example' });
    expect([foreign.status, await roleOf(house, `${VISITOR}; ${one}`)]).toEqual([403, 'organizer']);
    expect((await fetch(`${house.url}/sign-out`, { headers: { Cookie: one } })).status).toBe(404);
    const out = await post(house, '/sign-out', '', { Cookie: one });
    expect([out.status, cookieOf(out)]).toEqual([204, 'emcee-organizer=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict']);
    expect(await roleOf(house, `${VISITOR}; ${one}`)).toBe('member');
    expect(await roleOf(house, `${VISITOR}; ${two}`)).toBe('organizer');
    expect(await olgaSays(house, 'sign out')).toMatch(/signed out everywhere/);
    expect(await roleOf(house, `${VISITOR}; ${two}`)).toBe('member');
    expect(await roleOf(house, `${VISITOR}; ${three}`)).toBe('member');
    const last = await signedIn(house);
    house.organizers.length = 0;
    expect(await roleOf(house, `${VISITOR}; ${last}`)).toBe('member');
  });

  test('does not outlive itself: nobody is let in or thrown out from the web, and no new link is given there', async () => {
    const house = await start();
    const cookie = `${VISITOR}; ${await signedIn(house)}`;
    const answer = async (text: string) => (await say(house.url, { cookie, text })).body.reply?.text;
    for (const text of ['sign in', 'link', 'remove slack:person:Olga'])
      expect(await answer(text), text).toMatch(/cannot be done from the web/);
    expect(await answer('organizers')).toContain('slack:person:Olga');
    expect(await answer('sign out')).toMatch(/signed out everywhere/);
    expect(await answer('organizers')).toBe('ordinary: organizers');
  });

  test('speaks for nobody in a frame or in a form of another site', async () => {
    const house = await start();
    const cookie = `${VISITOR}; ${await signedIn(house)}`;
    const framed = JSON.stringify({ id: 'in-a-frame', text: 'organizers', framed: true });
    expect(await roleOf(house, cookie, { body: framed })).toBe('member');
    const form = await say(house.url, { cookie, headers: { 'Content-Type': 'text/plain' } });
    const foreign = await say(house.url, { cookie, headers: { Origin: 'https://evil.example' } });
    expect([form.status, foreign.status]).toEqual([415, 403]);
  });

  test('a store that fails makes nobody an organizer, and keeps nobody from an answer', async () => {
    const house = await start();
    const cookie = `${VISITOR}; ${await signedIn(house)}`;
    house.store.session = () => Promise.reject(new Error('the store is away'));
    const { status, body, headers } = await say(house.url, { cookie, text: 'organizers' });
    expect([status, body.reply?.text, headers.getSetCookie()]).toEqual([200, 'ordinary: organizers', []]);
    expect((await fetch(house.url, { headers: { Cookie: cookie } })).status).toBe(200);
  });
});

const server = await serverUrl();
if (!server) console.warn('skipped: no PostgreSQL answers; sessions over several replicas are not tried');

test.skipIf(!server)('signing out and removing end a session on every replica', async () => {
  const { url, drop } = await freshDatabase(server ?? '');
  open.push(drop);
  const stores = await Promise.all([1, 2].map(() => openPostgres(url, { log: silentLog })));
  for (const store of stores) open.push(() => store.close());
  const two = await start({ store: stores[1], organizers: [] });
  const one = await start({ store: stores[0], organizers: [] });
  const code = await one.invite();
  const joins = { id: 'joins', where: 'slack:person:Olga', sender: { id: 'Olga', isBot: false }, text: code, addressed: true } as const;
  await slack.host?.receive({ ...joins, at: new Date() });
  await two.people.read();
  const cookies = [await signedIn(one), await signedIn(one)].map((each) => `${VISITOR}; ${each}`);
  const roles = async (cookie: string) => [await roleOf(one, cookie), await roleOf(two, cookie)];
  for (const cookie of cookies) expect(await roles(cookie)).toEqual(['organizer', 'organizer']);
  await post(two, '/sign-out', {}, { Cookie: cookies[0] ?? '' });
  expect(await roles(cookies[0] ?? '')).toEqual(['member', 'member']);
  const [found] = two.people.list();
  if (found) await two.people.remove(found);
  expect(await roles(cookies[1] ?? '')).toEqual(['member', 'member']);
});

/** A request under another host's name, which fetch would not send. */
async function viaHost(
  house: House,
  host: string,
  value: unknown,
  path = '/sign-in',
  cookie = '',
): Promise<{ status: number; headers: Headers }> {
  const { request } = await import('node:http');
  const body = JSON.stringify(value);
  return new Promise((resolve, reject) => {
    const headers = { Host: host, Cookie: cookie, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const sent = request(house.url + path, { method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(Object.entries(response.headers).map(([name, each]): [string, string] => [name, String(each)])),
        }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
