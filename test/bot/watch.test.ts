import { expect, test } from 'vitest';
import type { Platform } from '../../src/bot/platforms.js';
import { look } from '../../src/bot/watch.js';
import { WATCH_WORDS } from '../../src/phrases/organizers.js';
import type { Open } from '../../src/store/port.js';
import { FakePlatform } from '../fakes/platform.js';

const MINUTE = 60_000;
test('each trouble is told once, and again only after it was over', async () => {
  const fake = new FakePlatform('slack');
  fake.capabilities = { ...fake.capabilities, silentAfterMs: 60 * MINUTE };
  const platform: Platform = {
    ...{ instance: 'slack', module: fake.module, adapter: fake.adapter, state: { is: 'online' } },
    ...{ senders: 'account' as const, since: 0, lastHeard: 0, lastSent: null },
  };
  let now = 0;
  let open: Open[] = [];
  const told: string[] = [];
  const memory = new Set<string>();
  const parts = {
    ...{ store: { open: async () => open }, platforms: () => [platform], words: WATCH_WORDS, now: () => now },
    notify: (text: { en: string }) => void told.push(text.en),
  };
  const looks = () => look(parts, memory, 0);

  open = [
    { instance: 'slack', state: 'pending', count: 3, oldest: 0 },
    { instance: 'slack', state: 'unknown', count: 2, oldest: 0 },
  ];
  now = 10 * MINUTE;
  await looks();
  expect(told).toEqual([]);
  now = 31 * MINUTE;
  await looks();
  await looks();
  expect(told).toEqual([
    expect.stringMatching(/^3 messages for slack wait, the oldest for 31 minutes/),
    expect.stringMatching(/^Of 2 messages/),
  ]);
  now = 61 * MINUTE;
  open = [];
  await looks();
  expect(told[2]).toMatch(/said nothing for 61 minutes/);
  open = [{ instance: 'slack', state: 'pending', count: 1, oldest: 0 }];
  platform.lastHeard = now;
  await looks();
  expect(told).toHaveLength(4);
});

test('what waits while the platform is paused is not stuck', async () => {
  const fake = new FakePlatform('slack');
  const platform: Platform = {
    ...{ instance: 'slack', module: fake.module, adapter: fake.adapter, state: { is: 'online' } },
    ...{ senders: 'account' as const, since: 0, lastHeard: null, lastSent: null },
  };
  const told: string[] = [];
  const parts = {
    ...{ store: { open: async (): Promise<Open[]> => [{ instance: 'slack', state: 'pending', count: 3, oldest: 0 }] } },
    ...{
      platforms: () => [platform],
      words: WATCH_WORDS,
      now: () => 60 * MINUTE,
      notify: (text: { en: string }) => void told.push(text.en),
    },
  };
  await look({ ...parts, paused: () => 'paused by ann' }, new Set(), 0);
  expect(told).toEqual([]);
  await look(parts, new Set(), 0);
  expect(told).toHaveLength(1);
});

test('what waits for the platform’s hours, or for its turn in a batch, is not stuck; what waits while nothing leaves is', async () => {
  const fake = new FakePlatform('wechaty');
  const day = { from: '09:00', to: '21:00', zone: 'UTC' };
  fake.capabilities = { ...fake.capabilities, hours: day, limits: [{ scope: 'adapter', count: 20, per: 10 * MINUTE }] };
  const platform: Platform = {
    ...{ instance: 'wechaty', module: fake.module, adapter: fake.adapter, state: { is: 'online' } },
    ...{ senders: 'account' as const, since: 0, lastHeard: null, lastSent: null },
  };
  const told: string[] = [];
  const open: Open[] = [{ instance: 'wechaty', state: 'pending', count: 40, oldest: 0 }];
  const lookAt = (time: string, sentMinutesAgo: number) => {
    const now = Date.parse(`2027-03-01T${time}Z`);
    platform.lastSent = now - sentMinutesAgo * MINUTE;
    const store = { open: async () => open };
    const notify = (text: { en: string }) => void told.push(text.en);
    return look({ store, platforms: () => [platform], words: WATCH_WORDS, now: () => now, notify }, new Set(), now);
  };
  await lookAt('22:30', 90);
  await lookAt('10:00', 9);
  expect(told).toEqual([]);
  await lookAt('10:30', 39);
  expect(told).toHaveLength(1);
});
