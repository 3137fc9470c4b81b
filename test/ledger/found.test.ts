// What the random schedules (model.test.ts) have found, each as the shortest story that shows it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SettledLimit, Target } from '../../src/store/port.js';
import { ModelStore } from './model-store.js';

let store: ModelStore;
beforeEach(() => {
  store = new ModelStore();
});
afterEach(() => store.close());

const MEMBER = 'a:person:1';
const target = (address: string, at = 0): Target => ({ channel: address, address, wire: 0, at, until: 10_000 });
const post = (targets: Target[], now = 0) => store.run.post({ id: 'p', kind: 'reminder', by: 'test' }, targets, now);
const claim = (now: number, limits: SettledLimit[] = []) =>
  store.run.claim({ owner: 'o', instance: 'a', limits, leaseMs: 30, most: 64, now });
const state = (id: string) => store.deliveries().get(id)?.state;
const readyAt = () => store.lanes().map(({ ready_at }) => ready_at);

test('the lanes of a cancelled post are not looked at by every claim from then on', () => {
  post([target('a:person:1'), target('a:person:2')]);
  expect(store.run.cancel('p', 1)).toBe(2);
  expect(readyAt()).toEqual([null, null]);
});

test('a post of many thousands can be cancelled, and given up, at once: a statement takes so many values and no more', () => {
  const targets = Array.from({ length: 17_000 }, (_, i) => target(`a:person:${i}`));
  post(targets);
  expect(store.run.cancel('p', 1)).toBe(17_000);
  store.run.post({ id: 'q', kind: 'broadcast', by: 'test' }, targets, 2);
  expect(store.run.expire(10_000)).toEqual({ unknown: 0, expired: 17_000 });
});

test('nor is the lane of a target that a post had already', () => {
  post([target(MEMBER)]);
  store.run.cancel('p', 1);
  expect(post([target(MEMBER)], 2)).toBe(0);
  expect(readyAt()).toEqual([null]);
});

test('when a platform asks for a pause of one address, a reply to it waits as well', () => {
  post([target(MEMBER)]);
  const [first] = claim(0);
  const outcome = { state: 'pending', reason: 'rate-limited', waitMs: 50, scope: 'target' } as const;
  store.run.record([{ id: first?.id ?? '', fence: first?.fence ?? 0, outcome }], 1);
  store.run.say({ id: 'r', kind: 'reply', address: MEMBER, wire: 0, forMs: 1_000 }, 2, []);
  expect(claim(50)).toEqual([]);
  expect(claim(51).map(({ id }) => id)).toEqual(['r']);
});

test('read-back that answers late does not give a newer attempt back', () => {
  post([target(MEMBER)]);
  const id = `p/${MEMBER}`;
  claim(0);
  store.run.expire(30);
  const looked = { state: 'pending' as const, fence: 1 };
  // Another process was quicker: it has given the delivery back and sent it, and its end is unknown again.
  store.run.resolve(id, looked, 100);
  claim(100);
  store.run.expire(130);
  expect(store.run.resolve(id, looked, 131)).toBe(false);
  expect(state(id)).toBe('unknown');
});

// The platform may take it only now, however long the limit's span is.
test('an attempt that is still under way counts for the limit of its platform', () => {
  const limits: SettledLimit[] = [{ scope: 'adapter', count: 1, per: 10 }];
  post([target('a:person:1'), target('a:person:2')]);
  expect(claim(0, limits)).toHaveLength(1);
  expect(claim(11, limits)).toHaveLength(0);
});
