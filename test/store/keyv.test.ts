import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyvOver } from '../../src/store/keyv.js';
import { openSqlite } from '../../src/store/sqlite/index.js';

test('keyv over the store: values of any shape, namespaces apart, a life that ends, kept over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-keyv-'));
  let now = Date.now();
  let store = await openSqlite(folder, { lock: true });
  const slack = keyvOver(store, 'session:slack', () => now);
  const wechat = keyvOver(store, 'session:wechat', () => now);
  await slack.set('cursor', { at: 1, list: ['成都'] });
  await wechat.set('cursor', 'other');
  await slack.set('__proto__', 'kept');
  expect(await slack.get('cursor')).toEqual({ at: 1, list: ['成都'] });
  expect(await slack.get('__proto__')).toBe('kept');
  expect(await slack.get('missing')).toBeUndefined();

  await slack.set('token', 'short', 1_000);
  expect(await slack.get('token')).toBe('short');
  now += 1_001;
  expect(await store.kvGet('session:slack:token', now)).toBeUndefined();

  await store.close();
  store = await openSqlite(folder, { lock: true });
  const again = keyvOver(store, 'session:slack', () => now);
  expect(await again.get('cursor')).toEqual({ at: 1, list: ['成都'] });
  await again.clear();
  expect(await again.get('cursor')).toBeUndefined();
  expect(await keyvOver(store, 'session:wechat', () => now).get('cursor')).toBe('other');
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
