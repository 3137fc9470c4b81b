// Pace, hours and budgets as the store keeps them, each as the shortest story that could break a promise.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Capabilities } from '../../src/adapter.js';
import { quotaOf } from '../../src/broadcast/quota.js';
import type { PlannedTarget } from '../../src/broadcast/types.js';
import type { Claim, SettledLimit, Target } from '../../src/store/port.js';
import { ModelStore } from './model-store.js';

let store: ModelStore;
beforeEach(() => {
  store = new ModelStore();
});
afterEach(() => store.close());

const DAY = 86_400_000;
const ONE = 'a:room:1';
const TWO = 'a:room:2';
const target = (address: string, at = 0): Target => ({ channel: address, address, wire: 0, at, until: 10 * DAY });
const post = (id: string, targets: Target[], now = 0) => store.run.post({ id, kind: 'reminder', by: 'test' }, targets, now);
const reply = (id: string, address: string, now: number, forMs = 600_000) =>
  store.run.say({ id, kind: 'reply', address, wire: 0, forMs }, now, []);
const claim = (now: number, limits: SettledLimit[] = [], withoutPosts = false) =>
  store.run.claim({ owner: 'o', instance: 'a', limits, withoutPosts, leaseMs: 30_000, most: 64, now });
const ids = (claims: readonly Claim[]) => claims.map(({ id }) => id);
const untried = (claims: readonly Claim[], now: number) =>
  store.run.record(
    claims.map(({ id, fence }) => ({
      id,
      fence,
      outcome: { state: 'pending', reason: 'stopped', waitMs: 30_000, untried: true } as const,
    })),
    now,
  );
const sent = (claims: readonly Claim[], now: number) =>
  store.run.record(
    claims.map(({ id, fence }) => ({ id, fence, outcome: { state: 'sent', receipt: 'accepted' } as const })),
    now,
  );

const BUDGET: SettledLimit[] = [
  { scope: 'adapter', count: 5, per: 'day', zone: 'UTC', of: 'posts' },
  { scope: 'adapter', count: 1, per: 'day', zone: 'UTC', of: 'replies' },
];

// The room's first delivery is the answer; it has no room until midnight.
test('answers that have used up their budget hold up no post to the same room', () => {
  reply('r1', ONE, 0);
  sent(claim(1, BUDGET), 2);
  reply('r2', ONE, 10);
  expect(claim(11, BUDGET)).toEqual([]);
  post('p', [target(ONE, 12)], 12);
  expect(ids(claim(13, BUDGET))).toEqual([`p/${ONE}`]);
});

// Both were there before: the lane's turn is the earlier of both.
test('a post that was due first is not held up by an answer without a budget', () => {
  reply('r1', TWO, 0);
  sent(claim(1, BUDGET), 2);
  post('p', [target(ONE, 100)], 10);
  reply('r2', ONE, 20);
  claim(50, BUDGET);
  expect(ids(claim(100, BUDGET))).toEqual([`p/${ONE}`]);
});

// The lane counts as an answer's, its first delivery that is due is the post.
test('outside the hours no post goes, also while an answer to the same room waits for a moment', () => {
  reply('r1', ONE, 0);
  untried(claim(1), 2);
  post('p', [target(ONE, 3)], 3);
  expect(ids(claim(4, [], true))).toEqual([]);
});

const GAP: SettledLimit[] = [{ scope: 'adapter', count: 1, per: 5_000, of: 'posts' }];

// Held rooms do not eat the pace of the others.
test('what was claimed and not tried leaves its place to the next at once', () => {
  post('p', [target(ONE), target(TWO)]);
  const first = claim(1, GAP);
  expect(first).toHaveLength(1);
  untried(first, 2);
  expect(claim(3, GAP)).toHaveLength(1);
});

test('a higher daily budget counts within ten minutes', () => {
  const few: SettledLimit[] = [{ scope: 'adapter', count: 1, per: 'day', zone: 'UTC', of: 'posts' }];
  const more: SettledLimit[] = [{ scope: 'adapter', count: 9, per: 'day', zone: 'UTC', of: 'posts' }];
  post('p', [target(ONE), target(TWO)]);
  const first = claim(1, few);
  expect(first).toHaveLength(1);
  sent(first, 2);
  expect(claim(3, few)).toEqual([]);
  expect(claim(3 + 600_000, more)).toHaveLength(1);
});

test('a message that was tried once counts in the budget, also when its second claim is not tried', () => {
  const limits: SettledLimit[] = [{ scope: 'adapter', count: 1, per: 'day', zone: 'UTC', of: 'posts' }];
  const two: SettledLimit[] = [{ ...(limits[0] as SettledLimit), count: 2 }];
  post('p', [target(ONE)]);
  const first = claim(1, two);
  store.run.record(
    first.map(({ id, fence }) => ({ id, fence, outcome: { state: 'pending', reason: 'rate-limited', waitMs: 10 } as const })),
    2,
  );
  untried(claim(20, two), 21);
  post('q', [target(TWO, 22)], 22);
  expect(claim(23, limits)).toEqual([]);
});

test('answers to members use nothing up of what is kept for posts, also where a broadcast is planned', async () => {
  for (const member of ['ann', 'ben', 'cy']) reply(`r-${member}`, `a:person:${member}`, 1);
  sent(claim(2), 3);
  const limits = [{ scope: 'adapter' as const, count: 3, per: 'day' as const, zone: 'UTC', of: 'posts' as const }];
  const [line] = await quotaOf([{ channel: 'one', address: ONE } as unknown as PlannedTarget], 10, 10, {
    capabilities: () => ({ limits }) as unknown as Capabilities,
    used: async (span) => new Map(store.run.used({ ...span, instance: 'a' }).map(({ address, count }) => [address, count])),
    planned: () => new Map(),
  });
  expect(line).toMatchObject({ left: 3, fits: true });
});

test('what waits for the next day’s budget is not overdue; what nobody takes is', () => {
  const limits: SettledLimit[] = [{ scope: 'adapter', count: 1, per: 'day', zone: 'UTC', of: 'posts' }];
  post('p', [target(ONE), target(TWO)]);
  expect(store.run.open()).toMatchObject([{ state: 'pending', count: 2, oldest: 0 }]);
  sent(claim(1, limits), 2);
  for (let now = 3; now < 3600_000; now += 60_000) claim(now, limits);
  expect(store.run.open()[0]?.oldest).toBeGreaterThanOrEqual(3600_000);
});

test('what holds: no two posts closer than the gap over all rooms, answers in between; a budget over midnight', () => {
  post('p', [target(ONE), target(TWO)]);
  const first = claim(1, GAP);
  expect(first).toHaveLength(1);
  expect(claim(2, GAP)).toEqual([]);
  reply('r', 'a:person:ann', 3);
  expect(ids(claim(4, GAP))).toEqual(['r']);
  sent(first, 100);
  expect(claim(5_099, GAP)).toEqual([]);
  expect(claim(5_100, GAP)).toHaveLength(1);

  const day: SettledLimit[] = [{ scope: 'adapter', count: 1, per: 'day', zone: 'Asia/Shanghai', of: 'posts' }];
  post('q', [target('a:room:3', DAY), target('a:room:4', DAY)], DAY);
  expect(claim(DAY, day)).toHaveLength(1);
  expect(claim(DAY + 16 * 3600_000 - 1, day)).toEqual([]);
  expect(claim(DAY + 16 * 3600_000, day).length).toBe(1);
});
