// A store that fails once, at each of its calls; clocks that are wrong for a while; two schedules at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { announce, at, chengdu, DAY, meetup, openScene, type Scene, settings } from './scene.js';

const folders: string[] = [];
let scene: Scene | undefined;
let real: Store | undefined;
afterEach(async () => {
  await scene?.close();
  await real?.close();
  [scene, real] = [undefined, undefined];
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const CALLS = ['knownEvents', 'meetEvents', 'keepEvents', 'kvGet', 'kvSet', 'once', 'told', 'cancel', 'subscriptions', 'post'];
/** The schedule's store; its n-th call fails, before or after it has been carried out. */
async function failing(nth: number, when: 'before' | 'after' = 'before') {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-faults-'));
  folders.push(folder);
  real = await openSqlite(folder, { lock: true });
  const from = real as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const state = { calls: 0, failed: '' };
  const store = new Proxy(real, {
    get: (_, name: string) => {
      const call = from[name];
      if (!CALLS.includes(name) || !call) return Reflect.get(real as Store, name);
      return async (...given: unknown[]) => {
        state.calls += 1;
        const fails = state.calls === nth;
        if (fails) state.failed = name;
        if (fails && when === 'before') throw new Error('away');
        const value = await call.apply(real, given);
        if (fails) throw new Error('away');
        return value;
      };
    },
  });
  return { store, state };
}

/** Announced, reminded, moved, told so: each step with a restart after it. */
async function season(nth: number, when: 'before' | 'after' = 'before') {
  const { store, state } = await failing(nth, when);
  const reminders = [
    { on: 'published', to: ['announce'] },
    { before: '1d', to: ['announce'] },
  ];
  const community = settings({ channels: [announce, chengdu], reminders, digests: [{ cron: '0 9 1 6 *', to: ['成都'] }] });
  scene = await openScene({ now: '2027-05-31T00:00:00Z', events: [], community, store });
  const it = scene;
  const step = async (instant: string, events?: Parameters<Scene['pages']>[0], restarts = true) => {
    if (events) it.pages(events);
    await it.tickAt(instant);
    await it.tickAt(at(instant) + 2_000);
    if (restarts) await it.restart();
  };
  await step('2027-05-31T00:00:00Z');
  await step('2027-05-31T00:01:00Z', [meetup()]);
  await step('2027-06-01T01:00:00Z');
  await step('2027-06-01T06:00:00Z');
  await step('2027-06-01T06:01:00Z', [meetup({ start: '2027-06-03T14:00', end: null })], false);
  await step('2027-06-01T06:12:00Z');
  const texts = it.platform.arrived.map(({ to, text }) => `${to} ${text.split('\n')[0]}`);
  const notices = [...it.notices];
  await it.close();
  await real?.close();
  [scene, real] = [undefined, undefined];
  return { texts, notices, state };
}

test('each call of the store fails once: the same posts, each once', { timeout: 120_000 }, async () => {
  const good = await season(0);
  expect(good.texts).toHaveLength(4);
  const other: unknown[] = [];
  for (let nth = 1; nth <= good.state.calls; nth += 1) {
    const run = await season(nth, nth % 2 === 0 ? 'after' : 'before');
    if (JSON.stringify(run.texts) !== JSON.stringify(good.texts)) other.push([nth, run.state.failed, run.texts]);
  }
  expect(other).toEqual([]);
});

// Nothing goes out that no organizer was asked about.
test('organizers hear of a change also where the store failed when they were to be told', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }) });
  await scene.tickAt('2027-06-01T06:00:00Z');
  const { once } = scene.store;
  scene.store.once = () => Promise.reject(new Error('away'));
  scene.pages([meetup({ start: '2027-06-02T16:00', end: null })]);
  await scene.tickAt('2027-06-01T06:01:00Z');
  scene.store.once = once.bind(scene.store);
  await scene.tickAt('2027-06-01T06:01:05Z');
  expect(scene.notices).toEqual([expect.stringMatching(/has changed/)]);
});

// The notice still waits.
test('an organizer who stops a notice while the store is away can stop it a moment later', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }) });
  await scene.tickAt('2027-06-01T06:00:00Z');
  scene.pages([meetup({ start: '2027-06-02T16:00', end: null })]);
  await scene.tickAt('2027-06-01T06:01:00Z');
  const { post } = scene.store;
  scene.store.post = () => Promise.reject(new Error('away'));
  await expect(scene.schedule.decide('meetup', 'stop')).rejects.toThrow('away');
  scene.store.post = post.bind(scene.store);
  expect(await scene.schedule.decide('meetup', 'stop')).toBe(true);
});

test('of two organizers who decide at once, one is told that there is nothing to decide', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }) });
  await scene.tickAt('2027-06-01T06:00:00Z');
  scene.pages([meetup({ start: '2027-06-02T16:00', end: null })]);
  await scene.tickAt('2027-06-01T06:01:00Z');
  const answers = await Promise.all([scene.schedule.decide('meetup', 'send'), scene.schedule.decide('meetup', 'stop')]);
  expect(answers.filter(Boolean)).toHaveLength(1);
});

// The tick has read what is known a moment before, and writes it a moment after.
test('a start that is confirmed while pages change stays confirmed', async () => {
  const guess = (changes = {}) => meetup({ startBasis: 'guess', ...changes });
  scene = await openScene({
    now: '2027-05-20T00:00:00Z',
    events: [guess()],
    community: settings({ reminders: [{ before: '1d', to: ['announce'] }] }),
  });
  await scene.tickAt('2027-05-20T00:00:00Z');
  const [it, { knownEvents }] = [scene, scene.store];
  scene.store.knownEvents = async () => {
    const known = await knownEvents.call(it.store);
    it.store.knownEvents = knownEvents.bind(it.store);
    await it.schedule.confirm(guess());
    return known;
  };
  scene.pages([guess({ title: 'Renamed' })]);
  await scene.tickAt('2027-05-20T01:00:00Z');
  await scene.tickAt('2027-06-01T06:00:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
});

const daily = settings({ reminders: [{ before: '1d', to: ['announce'] }] });

// What is recorded as missed stays so: a clock that has jumped is not believed at once.
test('a clock that is a day ahead for a second costs no reminder', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', community: daily });
  await scene.tickAt('2027-05-31T12:00:00Z');
  await scene.tickAt(at('2027-05-31T12:00:00Z') + DAY);
  await scene.tickAt('2027-05-31T12:00:02Z');
  await scene.tickAt('2027-06-01T06:00:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
});

test('a change that is seen while the clock is a day ahead is told ten minutes later all the same', async () => {
  scene = await openScene({
    now: '2027-05-20T00:00:00Z',
    events: [meetup({ start: '2027-06-12T14:00', end: null })],
    community: settings({ reminders: [{ before: '2w', to: ['announce'] }] }),
  });
  await scene.tickAt('2027-05-20T00:00:00Z');
  await scene.tickAt('2027-05-29T06:00:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
  scene.pages([meetup({ start: '2027-06-12T16:00', end: null })]);
  await scene.tickAt(at('2027-05-29T07:00:00Z') + DAY);
  await scene.tickAt('2027-05-29T07:00:02Z');
  await scene.tickAt('2027-05-29T07:20:00Z');
  expect(scene.platform.texts()).toHaveLength(2);
});

// The next try was set for a second after the wrong clock's instant.
test('a store that fails while the clock is a day ahead is tried again when the clock is right', async () => {
  scene = await openScene({ now: '2027-05-20T00:00:00Z', community: daily });
  await scene.tickAt('2027-05-20T00:00:00Z');
  const { knownEvents } = scene.store;
  scene.store.knownEvents = () => Promise.reject(new Error('away'));
  scene.schedule.changed();
  await scene.tickAt(at('2027-06-01T05:00:00Z') + DAY);
  scene.store.knownEvents = knownEvents;
  await scene.tickAt('2027-06-01T05:00:05Z');
  await scene.tickAt('2027-06-01T06:00:00Z');
  expect(scene.platform.texts()).toHaveLength(1);
});
