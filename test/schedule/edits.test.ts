import { afterEach, expect, test } from 'vitest';
import { problem } from '../../src/content/problems.js';
import type { Page } from '../../src/content/types.js';
import { at, meetup, openScene, type Scene, settings } from './scene.js';

let scene: Scene;
afterEach(() => scene.close());

test('pages that are edited 50 times a second while the clock ticks: each reminder once, then one notice', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }) });
  const begin = at('2027-06-01T05:59:58Z');
  await scene.tickAt(begin - 60_000);
  const ticks: (Promise<void> | undefined)[] = [];
  for (let edit = 0; edit < 250; edit += 1) {
    scene.pages([meetup({ title: `Meetup ${edit % 7}`, location: edit % 2 ? '成都市' : '深圳市' })]);
    // Not waited for: a tick may find the one before at work.
    if (edit % 10 === 0) ticks.push(scene.schedule.tick(begin + edit * 20));
    if (edit % 25 === 0) await ticks.at(-1);
  }
  await Promise.all(ticks);
  const still = at('2027-06-01T06:00:10Z');
  await scene.tickAt(still);
  expect(scene.platform.texts()).toHaveLength(1);
  const told = scene.platform.texts()[0]?.includes('成都市') ? '深圳市' : '成都市';
  scene.pages([meetup({ location: told })]);
  await scene.tickAt(still + 1_000);
  await scene.tickAt(still + 11 * 60_000);
  expect(scene.platform.texts()).toHaveLength(2);
  expect(scene.platform.texts()[1]).toMatch(/^This has changed/);
});

test('a page that cannot be read holds its posts until it is mended; organizers hear of it once', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z' });
  await scene.tickAt('2027-05-20T00:00:00Z');
  const file = 'events/meetup.md';
  const broken = [problem(2, 'error', 'front-matter-yaml', 'This is no YAML at all.', '这不是 YAML。')];
  scene.catalog = { ...scene.catalog, pages: [{ file, problems: broken } as unknown as Page] };
  scene.schedule.changed({ changed: [file] });
  await scene.tickAt('2027-06-01T06:00:00Z');
  await scene.tickAt('2027-06-01T06:00:05Z');
  expect(scene.platform.texts()).toEqual([]);
  expect(scene.notices).toEqual([expect.stringMatching(/"Meetup", events\/meetup\.md, cannot be read now/)]);
  scene.pages([meetup()]);
  await scene.tickAt('2027-06-01T06:20:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
});

test('jitter: each channel at an instant of its own, never too late, the same after a restart', async () => {
  const channels = Array.from({ length: 20 }, (_, number) => ({ name: `c${number}`, address: `fake:room:${number}`, tags: ['announce'] }));
  const community = settings({ channels, jitter: '10m', reminders: [{ before: '1d', to: ['announce'] }] });
  scene = await openScene({ now: '2027-05-20T00:00:00Z', community });
  await scene.tickAt('2027-05-20T00:00:00Z');
  const due = at('2027-06-01T06:00:00Z');
  await scene.tickAt(due + 5 * 60_000);
  const half = scene.platform.texts().length;
  expect(half).toBeGreaterThan(2);
  expect(half).toBeLessThan(18);
  await scene.restart();
  await scene.tickAt(due + 5 * 60_000);
  expect(scene.platform.texts()).toHaveLength(half);
  await scene.tickAt(due + 10 * 60_000);
  expect(scene.platform.texts()).toHaveLength(20);
});

test('a store that fails for a while costs nothing but the while', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z' });
  await scene.tickAt('2027-05-20T00:00:00Z');
  const { told } = scene.store;
  scene.store.told = () => Promise.reject(new Error('away'));
  scene.pages([meetup({ title: 'Renamed' })]);
  await scene.tickAt('2027-06-01T06:00:00Z');
  scene.store.told = told;
  await scene.tickAt('2027-06-01T06:00:30Z');
  expect(scene.platform.texts()).toEqual([expect.stringContaining('Renamed')]);
});

test('a page may have rules of its own, with words of its own', async () => {
  const text = { en: 'Tonight: {title}\nRegister: {register}\n{code} {where}', zh: '今晚' };
  const events = [
    meetup({
      location: 'Hall *1*',
      reminders: [
        { before: '2h', to: ['announce'], text },
        { before: '1h', text: 'Soon! {when}' },
      ],
    }),
  ];
  scene = await openScene({ now: '2027-06-01T00:00:00Z', events, community: settings() });
  await scene.tickAt('2027-06-02T04:00:00Z');
  await scene.tickAt('2027-06-02T05:00:00Z');
  expect(scene.platform.texts()).toEqual([
    'Tonight: Meetup\n20270602 Hall *1*',
    'Meetup\nSoon! 2027-06-02 (Wed) 14:00–17:00 (Asia/Shanghai, UTC+8)',
  ]);
});
