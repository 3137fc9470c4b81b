// `emcee broadcast` as an organizer runs it: beside a running bot, before there is one, and on a terminal.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keyvOver } from '../../src/store/keyv.js';
import { openPostgres } from '../../src/store/postgres/index.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { type ChatServer, startChatServer } from '../fakes/chat-server.mjs';
import { silentLog, until } from '../fakes/platform.js';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';
import { emcee, type StartedBot, startBot, temporaryFolder } from './emcee.js';

const ADAPTER = fileURLToPath(new URL('../fakes/chat-adapter.mjs', import.meta.url));
const BIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const ME = `cli:${userInfo().username}`;
const CHANNELS = 40;

let folder: ReturnType<typeof temporaryFolder>;
let chat: ChatServer;
let env: Record<string, string>;
let bot: StartedBot | undefined;

beforeEach(async () => {
  folder = temporaryFolder();
  const content = join(folder.path, 'content');
  mkdirSync(join(content, 'events'), { recursive: true });
  chat = await startChatServer({ targets: Array.from({ length: CHANNELS }, (_, i) => `room:${i}`) });
  const channels = Array.from(
    { length: CHANNELS },
    (_, i) => `  - { name: c${i}, address: 'chat:room:${i}', tags: [all-of-us${i < 2 ? ', 成都' : ''}] }`,
  );
  folder.write(
    'content/emcee.yaml',
    ['community: Test', 'language: en', 'timezone: Asia/Shanghai', 'channels:', ...channels, ''].join('\n'),
  );
  folder.write('content/events/meetup.md', '---\ntitle: Cloud Native Meetup\nstart: 2099-06-02T14:00\ncodes: [20990602]\n---\n\nHello.\n');
  env = {
    EMCEE_CONTENT: content,
    EMCEE_DATA: join(folder.path, 'data'),
    EMCEE_ADAPTERS: ADAPTER,
    CHAT_URL: chat.url,
    EMCEE_READBACK_AFTER: '1s',
  };
});
afterEach(async () => {
  await bot?.kill();
  bot = undefined;
  await chat.close();
  folder.remove();
});

const run = (...args: string[]) => emcee(['broadcast', ...args], { env });
const json = async (...args: string[]) => {
  const { stdout, stderr, code } = await run(...args, '--json');
  expect(stderr).toBe('');
  return { value: JSON.parse(stdout), code };
};
const states = async () => {
  const { stdout } = await emcee(['deliveries', '--json'], { env });
  return (JSON.parse(stdout) as { state: string }[]).map(({ state }) => state);
};

test('--yes --json --detach before there is a bot: one row a target; the next bot sends, each once', async () => {
  const { value, code } = await json('--to', 'all', '--text', 'Hello **all**', '--yes', '--detach');
  expect(code).toBe(0);
  expect(value).toMatchObject({ count: CHANNELS, by: ME, label: 'Hello all', post: expect.stringContaining(value.id) });
  expect(chat.posts).toEqual([]);
  expect(await states()).toEqual(Array(CHANNELS).fill('pending'));
  bot = await startBot(env);
  await until(() => chat.posts.length === CHANNELS, 'all posts');
  expect(new Set(chat.posts.map(({ target, text }) => `${target} ${text}`)).size).toBe(CHANNELS);
  await until(async () => (await json('report')).value.state === 'done', 'the end');
  expect((await json('report', value.id)).value).toMatchObject({ counts: { sent: CHANNELS }, failed: 0, failures: [] });
});

test('beside a running bot: followed to its end; a refused channel is told in words and tried again', async () => {
  bot = await startBot(env);
  chat.settings.targets.splice(1, 1);
  const { stdout, code } = await run('--to', '成都', '--announce', '20990602', '--yes');
  expect(stdout).toMatch(/"Cloud Native Meetup": 2\/2; 1 sent, 1 refused; finished/);
  expect(stdout).toMatch(/c1: there is no such room or person/);
  expect(code).toBe(1);
  expect(chat.posts.map(({ text }) => text)).toEqual([expect.stringContaining('Cloud Native Meetup')]);
  chat.settings.targets.push('room:1');
  const [id] = /emcee broadcast retry (\w+)/.exec(stdout)?.slice(1) ?? [];
  expect((await run('retry', id as string)).stdout).toMatch(/tried again in 1 channel/);
  await until(() => chat.posts.length === 2, 'the second post');
  await until(async () => (await run('report')).code === 0, 'a clean report');
});

test('stop, resume and list, with and without an id', async () => {
  expect((await run('list')).stdout).toBe('No broadcasts yet.\n');
  expect(await run('stop')).toMatchObject({ code: 2, stderr: expect.stringContaining('emcee broadcast list') });
  const { value } = await json('--to', 'all', '--except', 'c0', '--text', 'x', '--yes', '--detach');
  expect((await json('stop')).value).toMatchObject({ id: value.id, changed: CHANNELS - 1 });
  expect(await states()).toEqual(Array(CHANNELS - 1).fill('cancelled'));
  expect((await run('list')).stdout).toMatch(/39 stopped; stopped/);
  expect((await run('report')).code).toBe(1);
  expect((await json('resume', value.id)).value).toMatchObject({ changed: CHANNELS - 1 });
  expect((await json('list')).value).toMatchObject([{ id: value.id, state: 'running', open: CHANNELS - 1 }]);
  expect(await run('stop', 'zzzzz')).toMatchObject({ code: 2, stderr: 'There is no broadcast zzzzz: emcee broadcast list shows all.\n' });
  const { stdout } = await emcee(['audit', '--json'], { env });
  const did = (JSON.parse(stdout) as { who: string; did: string }[]).map((each) => `${each.who} ${each.did}`);
  expect(did.sort()).toEqual([`${ME} confirmed`, `${ME} proposed`, `${ME} resumed`, `${ME} stopped`]);
});

test('drafts are listed and discarded; progress is one line; one channel is one', async () => {
  expect((await run('drafts')).stdout).toBe('No drafts.\n');
  const store = await openSqlite(env.EMCEE_DATA as string, { lock: false });
  const value = { wanted: { say: { text: 'x' }, to: ['all'], except: [] }, number: '4711', label: 'x', targets: 1, said: [] };
  const waits = { madeBy: 'm', kind: 'broadcast', person: ME, value, proof: null, tries: 5, expiresAt: 0, keptUntil: Date.now() + 60_000 };
  await store.propose({ id: 'b7k2m', ...waits }, Date.now());
  await store.close();
  expect((await run('drafts')).stdout).toBe('b7k2m  x (1 channel; has to be shown again)\n');
  expect((await json('drafts')).value).toMatchObject([{ id: 'b7k2m', count: 1 }]);
  expect(await run('discard', 'zzzzz')).toMatchObject({ code: 2, stderr: expect.stringContaining('emcee broadcast drafts') });
  expect((await run('discard', 'b7k2m')).stdout).toBe('Draft b7k2m is discarded.\n');
  expect((await json('drafts')).value).toEqual([]);
  expect((await run('--to', 'c0', '--text', 'x', '--yes', '--detach')).stdout).toMatch(/to 1 channel goes out/);
  expect((await run('progress')).stdout).toMatch(/^Broadcast \w+ "x": 0\/1; about 1 second left\n$/);
  expect((await json('progress')).value).toMatchObject({ state: 'running', open: 1 });
  expect((await run('stop')).stdout).toMatch(/1 channel will not get it/);
});

test('--dry-run shows it and keeps nothing', async () => {
  const day = new Date(Date.now() + 3 * 24 * 3600_000).toISOString().slice(0, 10);
  const { stdout, code } = await run('--to', '成都', '--text', 'Hello', '--at', `${day} 18:00`, '--dry-run');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`To 2 channels: c0, c1[\\s\\S]*${day} 18:00 \\(Asia/Shanghai\\)`));
  expect((await json('--to', '成都', '--text', 'Hello', '--dry-run')).value).toMatchObject({
    count: 2,
    targets: [{ channel: 'c0' }, { channel: 'c1' }],
  });
  expect(await states()).toEqual([]);
  expect((await run('list')).stdout).toBe('No broadcasts yet.\n');
});

test.each<[string, string[], RegExp]>([
  ['nobody is there to confirm it', ['--to', 'all', '--text', 'x'], /add --yes/],
  ['nothing to say', ['--to', 'all', '--yes'], /--text TEXT, --file FILE or --announce EVENT/],
  ['two things to say', ['--to', 'all', '--text', 'x', '--announce', 'y', '--yes'], /in one way/],
  ['no file', ['--to', 'all', '--file', '/nowhere/x.md', '--yes'], /nowhere\/x\.md cannot be read \(ENOENT\)/],
  ['nowhere to', ['--text', 'x', '--yes'], /Please say where it goes/],
  ['an unknown tag', ['--to', 'all-of-uz', '--text', 'x', '--yes'], /Did you mean "all-of-us"/],
  ['an unknown exclusion', ['--to', 'all', '--except', 'nobody', '--text', 'x', '--yes'], /no tag, city, platform or channel "nobody"/],
  ['an unknown event', ['--to', 'all', '--announce', '20990603', '--yes'], /Did you mean "20990602"/],
  ['a time that has passed', ['--to', 'all', '--text', 'x', '--at', '2020-01-01 10:00', '--yes'], /has passed/],
  ['a time without an hour', ['--to', 'all', '--text', 'x', '--at', '2099-01-01', '--yes'], /tells no hour/],
  ['no time', ['--to', 'all', '--text', 'x', '--at', 'soon', '--yes'], /--at: 'soon'/],
  ['everyone, without being allowed to', ['--to', 'all', '--text', 'x', '--everyone', '--yes'], /You may not mention everyone/],
])('%s: exit 2 and a sentence', async (_, args, sentence) => {
  const { stderr, stdout, code } = await run(...args);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect([stdout, code]).toEqual(['', 2]);
});

test('a room by its name on the platform is the one that the bot has found', async () => {
  folder.write('content/emcee.yaml', "community: Test\nlanguage: en\nchannels:\n  - { name: events, address: 'chat:#events' }\n");
  expect((await run('--to', 'events', '--text', 'x', '--yes')).stderr).toMatch(/the room has not been found yet/);
  const store = await openSqlite(env.EMCEE_DATA as string, { lock: false });
  await keyvOver(store, 'channels').set('chat:#events', 'chat:room:7');
  await store.close();
  await json('--to', 'events', '--text', 'x', '--yes', '--detach');
  const { stdout } = await emcee(['deliveries', '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject([{ channel: 'events', address: 'chat:room:7' }]);
});

test('killed at any moment, it has committed all of it or nothing', async () => {
  for (let kills = 0; kills < 4; kills += 1) {
    const child = spawn(process.execPath, [BIN, 'broadcast', '--to', 'all', '--text', `x${kills}`, '--yes', '--detach'], {
      env: { ...process.env, ...env },
    });
    setTimeout(() => child.kill('SIGKILL'), 350 + 120 * kills);
    await once(child, 'exit');
  }
  expect((await states()).length % CHANNELS).toBe(0);
});

test.skipIf(spawnSync('script', ['--version']).status !== 0)(
  'on a terminal: the preview, a wrong number, the right one, and a bar',
  async () => {
    bot = await startBot(env);
    const command = `${process.execPath} ${BIN} broadcast --to 成都 --text Hello`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, ...env, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
    });
    await until(() => /Type \d{4} to send it/.test(seen), 'the question');
    expect(seen).toMatch(/To 2 channels: c0, c1/);
    child.stdin.write('0000\n');
    await until(() => /4 left; Enter alone ends it/.test(seen), 'the second question');
    expect(chat.posts).toEqual([]);
    child.stdin.write(`${/Type (\d{4}) to send/.exec(seen)?.[1]}\n`);
    const [code] = (await once(child, 'exit')) as [number];
    expect(seen).toMatch(/2\/2; 2 sent; finished/);
    expect([code, chat.posts.length]).toEqual([0, 2]);
  },
);

const server = await serverUrl();
describe.skipIf(!server)('over PostgreSQL', () => {
  test('beside a running bot', async () => {
    const { url, drop } = await freshDatabase(server as string);
    env = { ...env, DATABASE_URL: url };
    bot = await startBot(env);
    const { value, code } = await json('--to', 'all', '--text', 'Hello', '--yes');
    expect([value.counts, code]).toEqual([{ sent: CHANNELS }, 0]);
    await bot.kill();
    const store = await openPostgres(url, { log: silentLog });
    expect(await store.progress(value.post)).toEqual({ sent: CHANNELS });
    await store.close();
    await drop();
  });
});
