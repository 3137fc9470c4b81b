// Posts of which nobody knows whether they arrived, mended from a chat.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Errand } from '../../src/bot/errand.js';
import { UnknownPostsDesk } from '../../src/desk/unknown-posts.js';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';

const ID = 'b1/main hall';
let folder: string;
let store: Store;
let woken = 0;
let desk: UnknownPostsDesk;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emcee-unknown-'));
  store = await openSqlite(folder, { lock: true });
  desk = new UnknownPostsDesk({ store, now: Date.now, wake: () => void woken++ });
  await store.post(
    { id: 'b1', kind: 'broadcast', by: 'cli:ann' },
    [{ channel: 'main hall', address: 'slack:room:1', wire: 'x', at: 0, until: 4e12 }],
    Date.now(),
  );
  await becomesUnknown();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function becomesUnknown(): Promise<void> {
  const [claim] = await store.claim({ owner: 'x', instance: 'slack', limits: [], leaseMs: 30_000, most: 1, now: Date.now() });
  await store.record([{ id: claim?.id ?? '', fence: claim?.fence ?? 0, outcome: { state: 'unknown', reason: 'reset' } }], Date.now());
}

async function say(text: string, more: Partial<Errand> = {}): Promise<string | undefined> {
  const errand: Errand = {
    ...{ key: text, text, where: 'slack:person:U1', isDirect: true, addressed: true, sender: 'slack:person:U1', role: 'organizer' },
    ...{ person: 'slack:person:Olga', capabilities: { proactive: 'always', choices: false } },
    ...more,
  };
  return (await desk.run(errand))?.reply?.text;
}
const state = async () => (await store.deliveries({ id: ID, limit: 1 }))[0]?.state;
const audit = async () => (await store.readAudit(9)).map(({ who, did, about }) => [who, did, about]);

test('what arrived is so recorded, once', async () => {
  for (let i = 0; i < 2; i++) expect(await say(`到了 ${ID}`)).toBe('好的，发往 main hall 的这条记为已送到。');
  expect(await state()).toBe('sent');
  expect(await audit()).toEqual([['slack:person:Olga', 'resolved-sent', { delivery: ID, account: 'slack:person:U1' }]]);
  expect(await say(`again ${ID}`)).toMatch(/known already/);
  expect(await state()).toBe('sent');
});

test('what did not arrive goes once more; the same message again means no later attempt', async () => {
  expect(await say(`没到 ${ID}`)).toMatch(/再发一次/);
  expect(await state()).toBe('pending');
  expect(woken).toBeGreaterThan(0);
  await becomesUnknown();
  await say(`没到 ${ID}`);
  expect(await state()).toBe('unknown');
  expect(await say(`没到 ${ID}`, { key: 'another' })).toMatch(/再发一次/);
  expect(await state()).toBe('pending');
});

test('members, rooms and other words are left alone', async () => {
  expect(await say(`到了 ${ID}`, { role: 'member', person: undefined })).toBeUndefined();
  expect(await say(`到了 ${ID}`, { isDirect: false })).toBeUndefined();
  expect(await say('到了 会场怎么走')).toBeUndefined();
  expect(await say('again please')).toBeUndefined();
  expect(await state()).toBe('unknown');
});
