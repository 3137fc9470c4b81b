import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import type { NewDelivery, Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';

const timing = faster(TIMING, 100);
let folder = '';
let store: Store;
let platform: FakePlatform;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emcee-ledger-'));
  store = await openSqlite(folder, { lock: true });
  platform = new FakePlatform();
  ledger = newLedger();
});
afterEach(async () => {
  await ledger.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const newLedger = () => new Ledger({ store, log: silentLog, adapterOf: () => platform.adapter, online: () => ['fake'], timing });

/** Nothing is waiting or under way any more. */
const finished = () => until(async () => !ledger.busy && (await store.open()).every(({ state }) => state === 'unknown'));

async function accept(id: string, address = 'fake:room:1'): Promise<NewDelivery> {
  const delivery: NewDelivery = { id: `reply:${id}`, kind: 'reply', address, wire: id, inReplyTo: id, forMs: timing.replyLimit };
  await store.accept({ key: `fake:${id}`, address, member: 'fake:person:1', now: Date.now(), reply: { text: id }, delivery });
  return delivery;
}
const states = async () =>
  Object.fromEntries((await store.deliveries({ replies: true, limit: 1_000 })).map(({ inReplyTo, id, state }) => [inReplyTo ?? id, state]));

test('a reply goes out once and its receipt is kept', async () => {
  await accept('a');
  ledger.resume();
  await finished();
  expect(platform.arrived).toMatchObject([{ text: 'a', deliveryId: 'reply:a' }]);
  expect(await store.deliveries({ replies: true, limit: 1 })).toMatchObject([{ state: 'sent', platformId: 'p1', attempts: 1 }]);
});

test('one at a time and in order per address; addresses do not wait for each other', async () => {
  platform.sendMs = 5;
  for (let i = 0; i < 20; i += 1)
    for (const room of ['fake:room:1', 'fake:room:2']) {
      await accept(`${room}-${i}`, room);
      ledger.resume();
    }
  await finished();
  for (const room of ['fake:room:1', 'fake:room:2'])
    expect(platform.texts().filter((text) => text.startsWith(room))).toEqual(Array.from({ length: 20 }, (_, i) => `${room}-${i}`));
  expect(platform.mostUnderWay).toBe(2);
});

test('a delivery that is looked for several times goes out once', async () => {
  await accept('a');
  ledger.resume();
  ledger.resume();
  await finished();
  ledger.resume();
  await finished();
  expect(platform.texts()).toEqual(['a']);
});

test('what certainly did not arrive is tried again; what is refused is not', async () => {
  platform.moods.push('no-connection', { retryAfterMs: 20 }, 'fine', 'refuse');
  await accept('a');
  ledger.resume();
  await accept('b');
  ledger.resume();
  await finished();
  expect(platform.texts()).toEqual(['a']);
  expect(await states()).toEqual({ a: 'sent', b: 'refused' });
});

test('it gives up after six attempts', async () => {
  platform.moods.push(...Array.from({ length: 10 }, () => ({ retryAfterMs: 1 })));
  await accept('a');
  ledger.resume();
  await finished();
  expect(await store.deliveries({ replies: true, limit: 1 })).toMatchObject([{ state: 'refused', reason: 'rate-limited', attempts: 6 }]);
  expect(platform.moods).toHaveLength(4);
});

test('what may have arrived is unknown and never repeated, also not by a restart; the lane goes on', async () => {
  platform.moods.push('cut', 'hang');
  for (const id of ['cut', 'hang', 'after']) {
    await accept(id);
    ledger.resume();
  }
  await finished();
  expect(await states()).toEqual({ cut: 'unknown', hang: 'unknown', after: 'sent' });
  await ledger.stop();
  ledger = newLedger();
  await ledger.start();
  await finished();
  expect(platform.texts()).toEqual(['cut', 'after']);
});

test('a reply that was saved but not sent before a crash is sent at the next start, if it is not too old', async () => {
  await accept('young');
  await store.accept({
    key: 'fake:old',
    address: 'fake:room:1',
    member: 'm',
    now: Date.now() - timing.replyLimit - 1_000,
    delivery: { id: 'reply:old', kind: 'reply', address: 'fake:room:1', wire: 'old', inReplyTo: 'old', forMs: timing.replyLimit },
  });
  await ledger.start();
  await finished();
  expect(platform.texts()).toEqual(['young']);
  expect(await states()).toEqual({ young: 'sent', old: 'refused' });
});

test('a stop lets what is under way end and keeps the rest for the next start', async () => {
  platform.sendMs = 30;
  for (const id of ['1', '2', '3']) {
    await accept(id);
    ledger.resume();
  }
  await until(() => platform.underWay === 1);
  await ledger.stop();
  expect(await states()).toEqual({ 1: 'sent', 2: 'pending', 3: 'pending' });
  ledger = newLedger();
  await ledger.start();
  await finished();
  expect(platform.texts()).toEqual(['1', '2', '3']);
});

test('the gap that the platform wants is kept, counted from the last answer', async () => {
  platform.capabilities = { ...platform.capabilities, gapMs: [60, 60] };
  for (const id of ['1', '2', '3']) {
    await accept(id);
    ledger.resume();
  }
  await finished();
  const [first = 0, second = 0, third = 0] = platform.arrived.map(({ at }) => at);
  expect(second - first).toBeGreaterThanOrEqual(58);
  expect(third - second).toBeGreaterThanOrEqual(58);
});

test('an error of the adapter that is no SendError counts as unknown', async () => {
  platform.adapter.send = () => Promise.reject(new TypeError('a fault in the adapter'));
  await accept('a');
  ledger.resume();
  await finished();
  expect(await store.deliveries({ replies: true, limit: 1 })).toMatchObject([
    { state: 'unknown', reason: 'the adapter failed: a fault in the adapter' },
  ]);
});

test('a receipt that comes after the time is up still counts', async () => {
  platform.sendMs = timing.request + 60;
  await accept('a');
  ledger.resume();
  await finished();
  expect(await states()).toEqual({ a: 'unknown' });
  await until(async () => (await states()).a === 'sent');
  expect(platform.texts()).toEqual(['a']);
});

test('an adapter that cannot tell its pace loses no receipt', async () => {
  const { capabilities } = platform;
  let asked = 0;
  platform.adapter.capabilities = () => {
    asked += 1;
    if (asked > 2) throw new Error('a fault');
    return capabilities;
  };
  await accept('a');
  ledger.resume();
  await finished();
  expect(await states()).toEqual({ a: 'sent' });
});

test('deliveries accepted in the same instant keep their order over a crash', async () => {
  const at = Date.now();
  for (let i = 1; i <= 12; i += 1)
    await store.accept({
      key: `fake:${i}`,
      address: 'fake:room:1',
      member: 'm',
      now: at,
      delivery: {
        id: `reply:${i}`,
        kind: 'reply',
        address: 'fake:room:1',
        wire: String(i),
        inReplyTo: String(i),
        forMs: timing.replyLimit,
      },
    });
  await ledger.start();
  await finished();
  expect(platform.texts()).toEqual(Array.from({ length: 12 }, (_, i) => String(i + 1)));
});

test('a late result settles what was unknown', async () => {
  platform.moods.push('cut');
  await accept('a');
  ledger.resume();
  await finished();
  await ledger.settle('reply:a', { state: 'sent', platformId: 'later' });
  expect(await store.deliveries({ replies: true, limit: 1 })).toMatchObject([{ state: 'sent', platformId: 'later' }]);
});
