import { expect, test, vi } from 'vitest';
import type { AdapterModule } from '../../src/adapter.js';
import { Platforms } from '../../src/bot/platforms.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';

const parts = (changed: (name: string, state: string) => void = () => undefined) => ({
  log: silentLog,
  sessions: () => ({ get: async () => undefined, set: async () => undefined, delete: async () => false }),
  about: () => ({ name: 'emcee', language: 'en' as const, welcome: { zh: '', en: '' } }),
  receive: async () => ({}),
  settle: () => undefined,
  tell: () => undefined,
  changed: (platform: { instance: string; state: { is: string } }) => changed(platform.instance, platform.state.is),
});

test('one adapter that cannot be created or does not connect leaves the others alone', async () => {
  const good = new FakePlatform('good');
  const away = new FakePlatform('away');
  away.connectErrors.push(new Error('no route'));
  const broken: AdapterModule = {
    ...good.module,
    name: 'broken',
    create: () => {
      throw new TypeError('a fault');
    },
  };
  const platforms = new Platforms(parts());
  for (const module of [broken, away.module, good.module]) platforms.add(module, {});
  await platforms.connect();
  expect(platforms.of('good:room:1')?.adapter).toBe(good.adapter);
  expect(platforms.of('away:room:1')).toBeUndefined();
  expect(platforms.all.find(({ instance }) => instance === 'away')?.state).toMatchObject({ is: 'offline', reason: 'no route' });
  await platforms.close();
});

test('it is tried again, ever less often, and what changed is told once', async () => {
  vi.useFakeTimers();
  try {
    const told: string[] = [];
    const away = new FakePlatform('away');
    away.connectErrors.push(new Error('1'), new Error('2'));
    const platforms = new Platforms(parts((name, state) => told.push(`${name} ${state}`)));
    platforms.add(away.module, {});
    await platforms.connect();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(platforms.of('away:room:1')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(platforms.of('away:room:1')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(platforms.of('away:room:1')).toBeDefined();
    expect(told).toEqual(['away offline', 'away online']);
    await platforms.close();
  } finally {
    vi.useRealTimers();
  }
});

test('an adapter that loses its connection later reports it itself', async () => {
  const told: string[] = [];
  const fake = new FakePlatform('fake');
  const platforms = new Platforms(parts((name, state) => told.push(`${name} ${state}`)));
  platforms.add(fake.module, {});
  await platforms.connect();
  fake.host?.report({ is: 'offline', reason: 'socket closed' });
  expect(platforms.of('fake:room:1')).toBeUndefined();
  fake.host?.report({ is: 'online' });
  await until(() => platforms.of('fake:room:1') !== undefined);
  expect(told).toEqual(['fake online', 'fake offline', 'fake online']);
  await platforms.close();
});
