import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations/index.js';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { emcee, startBot, temporaryFolder } from './emcee.js';

let folder: ReturnType<typeof temporaryFolder>;
const env = () => ({ EMCEE_DATA: folder.path });
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openSqlite(folder.path, { lock: false });
  await work(store);
  await store.close();
}

const target = (channel: string, at = 0) => ({ channel, address: `gone:room:${channel}`, wire: channel, at, until: 4e12 });

/** One post to three channels, one of them of unknown end. */
const prepare = () =>
  withStore(async (store) => {
    await store.post(
      { id: 'p1', kind: 'broadcast', by: 'cli:ann' },
      ['a', 'b', 'c'].map((each) => target(each)),
      Date.now(),
    );
    const [claim] = await store.claim({ owner: 'x', instance: 'gone', limits: [], leaseMs: 30_000, most: 1, now: Date.now() });
    await store.record([{ id: claim?.id ?? '', fence: claim?.fence ?? 0, outcome: { state: 'unknown', reason: 'reset' } }], Date.now());
  });

test('deliveries are listed beside a running bot and without one, as lines and as one JSON value', async () => {
  await prepare();
  const bot = await startBot(env());
  const beside = await emcee(['deliveries', '--json'], { env: env() });
  await bot.kill();
  const rows = JSON.parse(beside.stdout);
  expect(rows.map(({ channel, state }: { channel: string; state: string }) => [channel, state])).toEqual([
    ['a', 'unknown'],
    ['b', 'pending'],
    ['c', 'pending'],
  ]);
  expect(rows[0]).toMatchObject({ id: 'p1/a', post: 'p1', reason: 'reset', platformId: null, attempts: 1 });
  expect(new Date(rows[0].at).getTime()).toBeGreaterThan(Date.now() - 60_000);
  const alone = await emcee(['deliveries', '--state', 'unknown'], { env: env() });
  expect(alone.stdout).toMatch(/unknown\s+a\s+p1\/a\s+\(reset\)/);
});

test('thousands come out whole, also into a pipe', async () => {
  await withStore(
    async (store) =>
      void (await store.post(
        { id: 'p', kind: 'broadcast', by: 'x' },
        Array.from({ length: 3_500 }, (_, i) => target(`c${i}`)),
        0,
      )),
  );
  expect(JSON.parse((await emcee(['deliveries', '--json'], { env: env() })).stdout)).toHaveLength(3_500);
});

test('a person settles what nobody else can tell; only once, and only what is unknown', async () => {
  await prepare();
  const resolve = (...args: string[]) => emcee(['deliveries', 'resolve', ...args], { env: env() });
  expect((await resolve('p1/a', 'maybe')).code).toBe(2);
  expect(await resolve('p1/b', 'sent')).toMatchObject({ code: 2, stderr: expect.stringContaining('--state unknown') });
  expect(await resolve('p1/a', 'again')).toMatchObject({ code: 0, stdout: expect.stringContaining('sent again') });
  expect((await resolve('p1/a', 'again')).code).toBe(2);
  await withStore(async (store) => expect((await store.deliveries({ limit: 1 }))[0]?.state).toBe('pending'));
});

test('wrong use is said in words', async () => {
  expect(await emcee(['deliveries', '--state', 'lost'], { env: env() })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('unknown'),
  });
  expect(await emcee(['backup', join(folder.path, 'x.db')], { env: env() })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('first starts'),
  });
  const wrong = await emcee(['deliveries'], { env: { DATABASE_URL: 'postgres://u:hush-hush-secret@127.0.0.1:1/x' } });
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('DATABASE_URL');
  expect(wrong.stderr).not.toContain('hush-hush');
  expect((await emcee(['start'], { env: { DATABASE_URL: 'mysql://x' } })).code).toBe(2);
});

test('a copy taken while the bot runs is whole, private, and overwrites nothing', async () => {
  await prepare();
  const bot = await startBot(env());
  const file = join(folder.path, 'copy.db');
  expect(await emcee(['backup', file], { env: env() })).toMatchObject({ code: 0 });
  expect((await emcee(['backup', file], { env: env() })).code).toBe(2);
  await bot.kill();
  expect(statSync(file).mode & 0o077).toBe(0);
  const copy = new DatabaseSync(file);
  expect(copy.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(copy.prepare('SELECT count(*) AS n FROM delivery').get()).toEqual({ n: 3 });
  copy.close();
});

test('a store of the first version is copied, then brought up to date with all that waits in it', async () => {
  const old = new DatabaseSync(join(folder.path, 'emcee.db'));
  old.exec(MIGRATIONS[0]?.sqlite ?? '');
  old.exec(`PRAGMA user_version = 1;
    INSERT INTO inbox VALUES ('slack:1', 'slack:room:C1', 1000, '{"text":"kept"}');
    INSERT INTO delivery (id, kind, address, wire, in_reply_to, state, created_at, changed_at)
      VALUES ('reply:1', 'reply', 'slack:room:C1', '"w"', '1', 'pending', 1000, 1000), ('reply:2', 'reply', 'slack:room:C1', '"x"', '2', 'sent', 1000, 1000)`);
  old.close();
  await withStore(async (store) => {
    expect(await store.accept({ key: 'slack:1', address: 'slack:room:C1', member: 'm', now: 2_000 })).toEqual({
      first: false,
      reply: { text: 'kept' },
    });
    const claims = await store.claim({ owner: 'a', instance: 'slack', limits: [], leaseMs: 1, most: 9, now: 2_000 });
    expect(claims).toMatchObject([{ id: 'reply:1', wire: 'w', inReplyTo: '1' }]);
  });
  expect(existsSync(join(folder.path, 'backup-1.db'))).toBe(true);
});
