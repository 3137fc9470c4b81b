import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations/index.js';
import { operations } from '../../src/store/operations/index.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { storeContract } from '../contracts/store.js';
import { deskContract } from '../contracts/store-desk.js';
import { postsContract } from '../contracts/store-posts.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emcee-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openSqlite(folder, { lock: false });
for (const { name, run } of [...storeContract(open), ...deskContract(open), ...postsContract(open)]) test(`sqlite: ${name}`, run);

test('what was accepted is there after the store is opened again', async () => {
  const first = await openSqlite(folder, { lock: true });
  await first.accept({ key: 'a:1', address: 'a:room:1', member: 'a:person:1', now: 1, reply: { text: 'kept' } });
  await first.close();
  const second = await openSqlite(folder, { lock: true });
  expect(await second.accept({ key: 'a:1', address: 'a:room:1', member: 'a:person:1', now: 2, reply: { text: 'other' } })).toEqual({
    first: false,
    reply: { text: 'kept' },
  });
  await second.close();
});

test('the file is readable by its owner only', async () => {
  const store = await openSqlite(folder, { lock: true });
  expect(statSync(join(folder, 'emcee.db')).mode & 0o077).toBe(0);
  await store.close();
});

test('a second bot on a folder is refused; a command beside it is not; a killed bot leaves no lock', async () => {
  const index = fileURLToPath(new URL('../../dist/src/store/sqlite/index.js', import.meta.url));
  const script = `import(${JSON.stringify(index)}).then(({ openSqlite }) => openSqlite(${JSON.stringify(folder)}, { lock: true })).then(() => { console.log('open'); setInterval(() => {}, 1000); })`;
  const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  await expect(openSqlite(folder, { lock: true, lockWaitMs: 100 })).rejects.toThrow(/another emcee is running/);
  const command = await openSqlite(folder, { lock: false });
  await command.close();
  other.kill('SIGKILL');
  await once(other, 'exit');
  const next = await openSqlite(folder, { lock: true, lockWaitMs: 1_000 });
  await next.close();
});

test('a file that is no database, or of a newer emcee, is refused with a sentence', async () => {
  writeFileSync(join(folder, 'emcee.db'), 'this is no database, but it is long enough to look at as one '.repeat(100));
  await expect(openSqlite(folder, { lock: false })).rejects.toThrow(/Move it away/);
  await expect(openSqlite(join(folder, 'emcee.db', 'below-a-file'), { lock: false })).rejects.toThrow(/EMCEE_DATA/);
  rmSync(join(folder, 'emcee.db'));
  const db = new DatabaseSync(join(folder, 'emcee.db'));
  db.exec('PRAGMA user_version = 999');
  db.close();
  await expect(openSqlite(folder, { lock: false })).rejects.toThrow(/newer emcee/);
});

test('calls made together commit together, and one that fails does not take the others with it', async () => {
  const store = await openSqlite(folder, { lock: false });
  const calls = Array.from({ length: 500 }, (_, i) =>
    store
      .accept({
        key: `a:${i}`,
        address: i === 250 ? (undefined as never) : 'a:room:1',
        member: 'a:person:1',
        now: i,
        reply: { text: String(i) },
      })
      .then(
        () => 'kept',
        () => 'refused',
      ),
  );
  const ended = await Promise.all(calls);
  expect(ended.filter((end) => end === 'refused')).toHaveLength(1);
  expect(ended.filter((end) => end === 'kept')).toHaveLength(499);
  await store.close();
});

test('what cannot travel to the thread fails alone; the store goes on', async () => {
  const store = await openSqlite(folder, { lock: false });
  const odd = store.accept({ key: 'a:1', address: 'a:room:1', member: 'a:person:1', now: 1, reply: cyclic() });
  const good = store.accept({ key: 'a:2', address: 'a:room:1', member: 'a:person:1', now: 1, reply: { text: 'y' } });
  await expect(odd).rejects.toThrow(/cannot be stored/);
  expect(await good).toMatchObject({ first: true });
  expect(await store.accept({ key: 'a:1', address: 'a:room:1', member: 'a:person:1', now: 2 })).toMatchObject({ first: true });
  await store.close();
});

function cyclic(): object {
  const value: { self?: object } = {};
  value.self = value;
  return value;
}

test('what is open is read from indexes, however long the history is', () => {
  const db = new DatabaseSync(':memory:');
  for (const { sqlite } of MIGRATIONS) db.exec(sqlite);
  const { text } = operations({ lockFree: () => '' })
    .open()
    .next().value as { text: string };
  const steps = (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(({ detail }) => detail);
  const scans = steps.filter((step) => /delivery/.test(step));
  expect(scans).toHaveLength(4);
  for (const step of scans) expect(step).toMatch(/USING (?:COVERING )?INDEX delivery_(?:due|lane|late|held|leased|unknown)/);
  db.close();
});
