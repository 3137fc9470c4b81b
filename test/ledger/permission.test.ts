// What the platform does not allow never leaves; what it may allow later waits for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SendError } from '../../src/adapter.js';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import type { Store, Target } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';

const HOUR = 3600_000;
let folder = '';
let store: Store;
let platform: FakePlatform;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emcee-permission-'));
  store = await openSqlite(folder, { lock: true });
  platform = new FakePlatform();
  ledger = new Ledger({ store, log: silentLog, adapterOf: () => platform.adapter, online: () => ['fake'], timing: faster(TIMING, 100) });
  await ledger.start();
});
afterEach(async () => {
  await ledger.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (more: Partial<Target> = {}) => {
  const target = { channel: 'c', address: 'fake:person:ann', wire: 'hello', at: Date.now(), until: Date.now() + HOUR, ...more };
  return ledger.post({ id: `p${Math.random()}`, kind: 'reminder', by: 'rule' }, [target]);
};
const ends = async () => (await store.deliveries({ limit: 10 })).map(({ state, reason }) => `${state} ${reason ?? ''}`.trim());
const hears = (address = 'fake:person:ann') =>
  store.accept({ key: `fake:${Math.random()}`, address, member: address, now: Date.now(), opensWindow: true });

test('a platform that never lets the bot speak first: refused, or held where it may wait', async () => {
  platform.capabilities = { ...platform.capabilities, proactive: 'never' };
  await post();
  await until(async () => (await ends()).join() === 'refused not-allowed');
  await post({ channel: 'd', hold: true });
  await until(async () => (await ends())[1] === 'held not-allowed');
  expect(platform.arrived).toEqual([]);
});

test('a closed window: held until the member writes, then sent once', async () => {
  platform.capabilities = { ...platform.capabilities, proactive: { withinMs: HOUR } };
  await post({ hold: true });
  await until(async () => (await ends()).join() === 'held window-closed');
  await hears('fake:person:bob');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(platform.arrived).toEqual([]);
  await hears();
  await until(async () => (await ends()).join() === 'sent');
  expect(platform.texts()).toEqual(['hello']);
  await post({ channel: 'later', wire: 'in the open window' });
  await until(() => platform.texts().length === 2);
});

test('what is held too long is missed', async () => {
  platform.capabilities = { ...platform.capabilities, proactive: 'never' };
  await post({ hold: true, until: Date.now() + 150 });
  await until(async () => (await ends()).join() === 'missed not-allowed');
});

test('a used quota and a room on a platform without rooms are refused with their reason', async () => {
  platform.capabilities = { ...platform.capabilities, rooms: false, quota: () => ({ left: 0, resetsAt: new Date(Date.now() + HOUR) }) };
  await post({ channel: 'room', address: 'fake:room:1' });
  await post();
  await until(async () => (await ends()).join() === 'refused unknown-target,refused quota');
  platform.capabilities = { ...platform.capabilities, quota: () => ({ left: 0, resetsAt: new Date(Date.now() - 1) }) };
  await post({ channel: 'next day' });
  await until(() => platform.texts().length === 1);
});

test('where the platform can be asked, an unknown end is settled once it is quiet: sent, or sent again', async () => {
  const looked: string[] = [];
  platform.adapter.seen = async (_to, id) => {
    looked.push(id);
    const found = platform.arrived.find(({ deliveryId }) => deliveryId === id);
    return found ? { state: 'sent', platformId: 'found' } : { state: 'absent' };
  };
  platform.moods.push('cut', 'hang');
  await post({ channel: 'arrived', address: 'fake:room:1', wire: 'arrived' });
  await post({ channel: 'lost', address: 'fake:room:2', wire: 'lost' });
  await until(async () => (await ends()).join() === 'sent,sent');
  expect(platform.texts().sort()).toEqual(['arrived', 'lost']);
  expect(looked).toHaveLength(2);
});

test('a platform that cannot tell leaves it unknown and is not asked all the time', async () => {
  let asked = 0;
  platform.adapter.seen = async () => {
    asked += 1;
    return { state: 'cannot-tell' };
  };
  platform.moods.push('cut');
  await post();
  await until(() => asked === 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toBe(1);
  expect((await ends())[0]).toMatch(/^unknown/);
});

test('a platform whose search fails is asked again, and then it is known', async () => {
  let asked = 0;
  platform.adapter.seen = async () => {
    asked += 1;
    if (asked === 1) throw new Error('search is down');
    return { state: 'sent', platformId: 'found' };
  };
  platform.moods.push('cut');
  await post();
  await until(async () => (await ends()).join() === 'sent');
  expect(asked).toBe(2);
});

test('a post that is due in a channel’s quiet hours waits for their end', async () => {
  const soon = new Date(Date.now() + 3 * HOUR).toISOString().slice(11, 16);
  const before = new Date(Date.now() - HOUR).toISOString().slice(11, 16);
  const target = { channel: 'quiet', address: 'fake:person:ann', wire: 'x', at: Date.now(), until: Date.now() + 24 * HOUR } as const;
  await ledger.post({ id: 'q', kind: 'reminder', by: 'rule' }, [{ ...target, quiet: { hours: `${before}-${soon}`, zone: 'UTC' } }]);
  const [row] = await store.deliveries({ limit: 1 });
  expect(row?.state).toBe('pending');
  expect(new Date(row?.notBefore ?? 0).toISOString().slice(11, 16)).toBe(soon);
});

test('Retry-After for the whole app holds every address until then; for a target, that one only', async () => {
  const { adapter } = platform;
  const send = adapter.send.bind(adapter);
  let scope: 'adapter' | 'target' | undefined = 'adapter';
  adapter.send = (to, wire, options) => {
    if (!scope) return send(to, wire, options);
    const error = new SendError('rate-limited', 'slow down', { maybeSent: false, retryAfterMs: 400, retryScope: scope });
    scope = undefined;
    return Promise.reject(error);
  };
  await post({ channel: 'a', address: 'fake:room:1', wire: 'a' });
  await until(() => scope === undefined);
  await until(async () => (await ends())[0] === 'pending rate-limited');
  await post({ channel: 'b', address: 'fake:room:2', wire: 'b' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(platform.texts()).toEqual([]);
  await until(() => platform.texts().length === 2);

  scope = 'target';
  await post({ channel: 'c', address: 'fake:room:1', wire: 'c' });
  await until(() => scope === undefined);
  await post({ channel: 'd', address: 'fake:room:2', wire: 'd' });
  await until(() => platform.texts().length === 4);
  expect(platform.texts().slice(2)).toEqual(['d', 'c']);
});

test('a reply does not wait for the posts that were there before it', async () => {
  platform.sendMs = 20;
  const targets = Array.from({ length: 400 }, (_, i) => ({
    ...{ channel: `c${i}`, address: `fake:room:${i}` as const, wire: `post ${i}`, at: Date.now(), until: Date.now() + HOUR },
  }));
  await ledger.post({ id: 'many', kind: 'broadcast', by: 'x' }, targets);
  await until(() => platform.arrived.length > 20);
  const delivery = { id: 'reply:1', kind: 'reply', address: 'fake:person:ann', wire: 'the reply', forMs: HOUR } as const;
  await store.accept({ key: 'fake:1', address: 'fake:person:ann', member: 'fake:person:ann', now: Date.now(), delivery });
  const before = platform.arrived.length;
  ledger.resume(['fake']);
  await until(() => platform.texts().includes('the reply'));
  // What was under way already, and one claim's worth beside it.
  expect(platform.texts().indexOf('the reply') - before).toBeLessThan(3 * 64);
  await until(async () => (await store.open()).length === 0);
});

test('outside the platform’s hours posts wait, replies and notices go', async () => {
  const wall = (at: number) => new Date(at).toISOString().slice(11, 16);
  const later = { from: wall(Date.now() + HOUR), to: wall(Date.now() + 2 * HOUR), zone: 'UTC' };
  platform.capabilities = { ...platform.capabilities, hours: later };
  await post();
  await ledger.say('fake:person:ben', 'notice', []);
  await until(() => platform.texts().length === 1);
  expect(platform.texts()).toEqual(['notice']);
  platform.capabilities = { ...platform.capabilities, hours: { from: later.to, to: later.from, zone: 'UTC' } };
  await until(() => platform.texts().length === 2);
});

test('a platform that is stopped sends nothing; a stopped address holds up nobody else; afterwards all goes', async () => {
  platform.capabilities = { ...platform.capabilities, stopped: 'switched off' };
  await post({ channel: 'a', address: 'fake:room:1', wire: 'a' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await store.deliveries({ limit: 1 })).toMatchObject([{ state: 'pending', attempts: 0 }]);

  let held: string | undefined = 'the room has to be confirmed';
  const all = { ...platform.capabilities, stopped: undefined };
  platform.adapter.capabilities = (to) => (to === 'fake:room:1' ? { ...all, stopped: held } : all);
  await post({ channel: 'b', address: 'fake:room:2', wire: 'b' });
  await until(() => platform.texts().length === 1);
  expect(platform.texts()).toEqual(['b']);
  await until(async () => (await ends())[0] === 'pending the room has to be confirmed');
  expect(await store.deliveries({ limit: 1 })).toMatchObject([{ attempts: 0 }]);
  held = undefined;
  await until(() => platform.texts().length === 2);
});

test('the gap of a platform is drawn anew for each message, and survives the process', async () => {
  platform.capabilities = { ...platform.capabilities, limits: [{ scope: 'adapter', count: 1, per: [40, 80] }] };
  for (const wire of ['a', 'b', 'c', 'd']) await post({ channel: wire, address: `fake:room:${wire}`, wire });
  await until(() => platform.texts().length === 4);
  const gaps = platform.arrived.slice(1).map(({ at }, index) => at - (platform.arrived[index]?.at ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(38);
});
