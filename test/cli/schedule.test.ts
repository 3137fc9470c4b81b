// The schedule as processes: what an organizer writes, what the platform gets, and a bot that is killed in between.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ChatServer, startChatServer } from '../fakes/chat-server.mjs';
import { until } from '../fakes/platform.js';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';
import { emcee, SAMPLE, type StartedBot, startBot, temporaryFolder } from './emcee.js';

const ADAPTER = fileURLToPath(new URL('../fakes/chat-adapter.mjs', import.meta.url));
const MINUTE = 60_000;

let folder: ReturnType<typeof temporaryFolder>;
let chat: ChatServer;
let bots: StartedBot[] = [];
beforeAll(async () => {
  chat = await startChatServer({ targets: Array.from({ length: 12 }, (_, at) => `room:${at}`) });
});
afterAll(() => chat.close());
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.kill('SIGKILL')));
  bots = [];
  folder.remove();
  chat.posts.length = 0;
});

/** Wall time in UTC so many minutes from now. */
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString().slice(0, 16).replace('T', ' ');

function community(settings: string, pages: Record<string, string>): Record<string, string> {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'events'));
  const channels = chat.settings.targets.map(
    (target) => `  - { name: ${target.replace(':', '-')}, address: 'chat:${target}', tags: [announce] }`,
  );
  folder.write('emcee.yaml', `community: C\ntimezone: UTC\nlanguage: en\nchannels:\n${channels.join('\n')}\n${settings}`);
  for (const [name, front] of Object.entries(pages)) folder.write(`events/${name}.md`, `---\n${front}\n---\n`);
  return { EMCEE_CONTENT: folder.path, EMCEE_DATA: join(folder.path, 'data'), EMCEE_ADAPTERS: ADAPTER, CHAT_URL: chat.url };
}

async function start(env: Record<string, string>): Promise<StartedBot> {
  const bot = await startBot(env);
  bots.push(bot);
  return bot;
}

const deliveries = async (env: Record<string, string>) =>
  JSON.parse((await emcee(['deliveries', '--json'], { env })).stdout) as { post: string; channel: string; state: string }[];

test('a reminder goes to every channel; a start that moves shows in the calendar, in the feed, and as one notice', async () => {
  const page = (minutes: number) => `title: Soon\nstart: ${inMinutes(minutes)}\ncodes: [soon]`;
  const env = community('reminders: [{ before: 1h, to: [announce] }]\nchangesAfter: 1s\n', { soon: page(50) });
  const bot = await start(env);
  await until(() => chat.posts.length === 12, 'the reminders');
  expect(chat.posts[0]?.text).toMatch(/^Starts in (49|50) minutes:/);
  folder.write('events/soon.md', `---\n${page(55)}\n---\n`);
  await until(() => chat.posts.length === 24, 'the notices');
  expect(chat.posts.at(-1)?.text).toMatch(/^This has changed/);
  const ics = await (await fetch(`${bot.url}/calendar.ics`)).text();
  expect(ics).toContain('SEQUENCE:1\r\n');
  await wait(2_500);
  expect(chat.posts).toHaveLength(24);
  const rows = await deliveries(env);
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['sent']));
  expect(new Set(rows.map(({ channel }) => channel)).size).toBe(12);
});

test('killed at any moment around the tick, each channel gets each post once', async () => {
  const pages = Object.fromEntries(
    Array.from({ length: 5 }, (_, at) => [`e${at}`, `title: Event ${at}\nstart: ${inMinutes((12 + at) * 24 * 60)}`]),
  );
  const env = { ...community('reminders: [{ before: 30d, late: 29d, to: [announce] }]\n', pages), EMCEE_READBACK_AFTER: '500ms' };
  for (const ms of [0, 300, 700, 950, 1_050, 1_200]) {
    const bot = await start(env);
    await wait(ms);
    await bot.kill('SIGKILL');
  }
  await start(env);
  // What a kill left unknown is looked for on the platform.
  const sent = async () => (await deliveries(env)).filter(({ state }) => state === 'sent').length;
  await expect.poll(sent, { timeout: 60_000, interval: 250 }).toBe(60);
  expect(new Set(chat.posts.map(({ key }) => key)).size).toBe(60);
  expect(chat.posts).toHaveLength(60);
}, 120_000);

const server = await serverUrl();
if (!server) console.warn('skipped: no PostgreSQL answers; set TEST_DATABASE_URL to try two replicas');
describe.skipIf(!server)('two replicas', () => {
  test('post each thing once, also when both tick at the same moment and one is killed', async () => {
    const database = await freshDatabase(server ?? '');
    try {
      const pages = Object.fromEntries(
        Array.from({ length: 5 }, (_, at) => [`e${at}`, `title: Event ${at}\nstart: ${inMinutes((12 + at) * 24 * 60)}`]),
      );
      const env = {
        ...community('reminders: [{ before: 30d, late: 29d, to: [announce] }]\nchangesAfter: 1s\n', pages),
        DATABASE_URL: database.url,
      };
      const [one] = await Promise.all([start(env), start({ ...env, EMCEE_DATA: join(folder.path, 'other') })]);
      await until(() => chat.posts.length >= 60, 'all posts');
      folder.write('events/e0.md', `---\ntitle: Event 0\nstart: ${inMinutes(12 * 24 * 60 + 5)}\n---\n`);
      await until(() => chat.posts.length >= 72, 'the notices');
      await one?.kill('SIGKILL');
      await wait(1_500);
      expect(chat.posts).toHaveLength(72);
    } finally {
      await Promise.all(bots.map((bot) => bot.kill('SIGKILL')));
      await database.drop();
    }
  });
});

describe('emcee calendar', () => {
  const rules = `reminders:
  - { before: 1d, to: [announce] }
  - { at: start, to: [announce], text: { en: '{title} begins {when} {where}', zh: '{title}' } }
digests: [{ cron: '0 9 * * 1', to: [announce], zone: Asia/Tokyo }]
`;
  const pages = {
    one: 'title: One\nstart: 2027-06-02 14:00\nend: 2027-06-02 16:00\ntimezone: America/New_York',
    two: 'title: Two\nstart: 2027-06-03\nstatus: cancelled',
    three: 'title: Three\nstart: 2027-06-04\nlocation: Hall\nreminders: [2d, { after: 1d, to: announce }]',
  };

  test('lists every post, half open, with neither clock nor ledger', async () => {
    const env = community(rules, pages);
    const run = await emcee(['calendar', '--from', '2027-05-31T00:00:00Z', '--days', '6', '--json'], { env });
    expect(run.code).toBe(0);
    const rows = JSON.parse(run.stdout) as { at: string; rule: string; event: string | null; channel: string; text: string }[];
    const first = rows.filter(({ channel }) => channel === 'room-0');
    expect(rows).toHaveLength(12 * first.length);
    expect(first.map(({ at, rule, event }) => [at, rule, event])).toEqual([
      ['2027-05-31T00:00:00.000Z', 'cron: 0 9 * * 1', null],
      ['2027-06-01T18:00:00.000Z', 'before: 1d', 'one'],
      ['2027-06-02T09:00:00.000Z', 'before: 2d', 'three'],
      ['2027-06-02T18:00:00.000Z', 'at: start', 'one'],
      ['2027-06-05T09:00:00.000Z', 'after: 1d', 'three'],
    ]);
    expect(first.map(({ text }) => text)).toEqual([
      expect.stringMatching(/One[\s\S]*Three/),
      expect.stringMatching(/^Tomorrow:[\s\S]*One/),
      expect.stringMatching(/^In 2 days:[\s\S]*Three/),
      expect.stringMatching(/^One begins .*2027.*New_York/),
      expect.stringMatching(/^Looking back:[\s\S]*Three/),
    ]);
    const next = await emcee(['calendar', '--from', '2027-06-06T00:00:00Z', '--days', '1', '--json'], { env });
    expect(JSON.parse(next.stdout)).toEqual([]);
  });

  test('as text, as a calendar file, and with the wrong use', async () => {
    const env = community(rules, pages);
    const text = await emcee(['calendar', '--from', '2027-06-01'], { env });
    expect(text.stdout).toMatch(/2027-06-01 Tue\n {2}18:00 {2}before: 1d → room-0\n/);
    const ics = await emcee(['calendar', '--from', '2027-06-01', '--ics'], { env });
    expect(ics.stdout).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*SUMMARY:\[room-0\] before: 1d One\r\n[\s\S]*END:VCALENDAR\r?\n$/);
    for (const args of [
      ['--days', '0'],
      ['--days', 'x'],
      ['--from', 'soon'],
    ])
      expect((await emcee(['calendar', ...args], { env })).code).toBe(2);
  });

  test('the sample shows at a glance what would be posted', async () => {
    folder = temporaryFolder();
    const { stdout } = await emcee(['calendar', '--days', '30', '--from', '2026-11-21'], {
      env: { EMCEE_CONTENT: SAMPLE, EMCEE_DATA: folder.path },
    });
    expect(stdout).toMatch(
      /sample content: shown here, and not posted[\s\S]*2036-05-16 周五\n {2}14:00 {2}before: 1d → 终端\n[\s\S]*深圳站/,
    );
  });

  test('rules with mistakes are named with file and line', async () => {
    const env = community("reminders: [{ before: 1d, to: [announce], text: 'Soon: {titel}' }]\n", {
      one: 'title: One\nstart: 2027-06-02 14:00\nreminders:\n  - { before: soon }',
    });
    const { stdout, code } = await emcee(['check'], { env });
    expect(code).toBe(1);
    expect(stdout).toMatch(/emcee\.yaml:\d+ error: reminders\[1\]\.text .*\{title\}/);
    expect(stdout).toMatch(/events\/one\.md:4 error: reminders\[1\] 'before: soon' should be a span/);
  });
});

test('the calendar over HTTP: by tag, by city, and not sent again while nothing changes', async () => {
  const env = community('', {
    one: "title: One\nstart: 2027-06-02 14:00\nlocation: 成都市\ntags: ['A b']",
    two: 'title: Two\nstart: 2019-06-02 14:00\nlocation: Shenzhen',
  });
  const bot = await start(env);
  const get = (path: string, headers = {}) => fetch(`${bot.url}${path}`, { headers });
  await until(async () => (await (await get('/calendar.ics')).text()).includes('SEQUENCE:0'));
  const uids = async (path: string) => [...(await (await get(path)).text()).matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid);
  expect(await uids('/calendar.ics')).toEqual(['two', 'one']);
  expect(await uids('/calendar.ics?city=chengdu')).toEqual(['one']);
  expect(await uids('/calendar.ics?tag=a%20B')).toEqual(['one']);
  expect(await uids('/calendar.ics?tag=none')).toEqual([]);
  expect((await get('/calendar.ics?city=Atlantis')).status).toBe(404);
  await wait(1_500);
  const response = await get('/calendar.ics');
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const again = await get('/calendar.ics', { 'If-None-Match': response.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
});
