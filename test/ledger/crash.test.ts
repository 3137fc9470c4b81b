// The ledger's promise while processes are killed, paused and stopped, and while the store fails: nothing twice, nothing lost.
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { BAD_DAY, draw } from '../fakes/chat-faults.mjs';
import { until } from '../fakes/platform.js';
import { serverUrl } from '../fakes/postgres.js';
import { FAST, play, type Scene, TROUBLE } from '../soak/scene.js';
import type { Sender } from '../soak/senders.mjs';

const POINTS = ['claim', 'send', 'record', 'expire', 'heartbeat', 'unresolved', 'resolve', 'settle'].flatMap((name) => [
  `${name}.before`,
  `${name}.after`,
]);
/** Every n takes minutes (TEST_THOROUGH=1); otherwise ever larger steps after the first few. */
const THOROUGH = process.env.TEST_THOROUGH === '1';
const next = (n: number) => (THOROUGH ? n + 1 : Math.ceil(n * 1.5));
/** What comes again and again while nothing happens: later calls are the same as these. */
const MOST_CALLS = THOROUGH ? 30 : 12;
/** Where nothing may become unknown by itself. */
const CALM = { ...FAST, lease: 20_000, request: 10_000, quiet: 30_000, drain: 15_000 };
const DELIVERIES = 20;

async function batch(scene: Scene): Promise<void> {
  scene.server.settings.next.splice(0, Number.POSITIVE_INFINITY, ...TROUBLE);
  await scene.post(DELIVERIES);
}

/** Whether the point was reached. A batch can look done a moment before the kill, where the point is its last call: the next one tells. */
async function killedIn(batches: number, scene: Scene, sender: Sender): Promise<boolean> {
  for (let i = 0; i < batches; i += 1) {
    await batch(scene);
    if (!(await scene.finished(sender))) return true;
  }
  return false;
}

/** n = 1, 2, … until a batch is done before the point was reached so often. Gives the number of kills. */
async function killAtEvery(point: string, scene: Scene): Promise<number> {
  let sender = await scene.start();
  let kills = 0;
  for (let n = 1; n <= MOST_CALLS; n = next(n)) {
    await sender.arm({ crash: `${point}:${n}` });
    if (!(await killedIn(n === 1 ? 5 : 1, scene, sender))) break;
    kills += 1;
    expect(await sender.ended).toBe('SIGKILL');
    sender = await scene.start();
    if (!(await scene.finished(sender))) throw new Error(`the next one ended too: ${sender.log()}`);
  }
  return kills;
}

/** The same with one process, in which the n-th call of the store rejects. Gives the number of failed calls. */
async function failAtEvery(when: 'fail' | 'fail-after', scene: Scene): Promise<number> {
  const sender = await scene.start();
  let fails = 0;
  for (let n = 1; ; n = next(n)) {
    await sender.arm({ [when]: String(n) });
    await batch(scene);
    if (!(await scene.finished(sender))) throw new Error(`a failed call has ended the process: ${sender.log()}`);
    if ((await sender.arm({})) < n) return fails;
    fails += 1;
  }
}

const server = await serverUrl();
const stores: [string, string | undefined][] = [['SQLite', undefined]];
if (server) stores.push(['PostgreSQL', server]);
else test.skip('no PostgreSQL answers (TEST_DATABASE_URL): crashes over it are not tried', () => undefined);

describe.each(stores)('over %s', (_name, database) => {
  test('killed before and after the n-th call of every point, the next process finishes: nothing twice, nothing lost', async () => {
    const kills: Record<string, number> = {};
    await Promise.all(
      POINTS.map((point) =>
        play(database, { sender: { deaf: point.startsWith('settle') } }, async (scene) => {
          kills[point] = await killAtEvery(point, scene);
          await scene.judge();
        }),
      ),
    );
    for (const point of POINTS) expect(kills[point], point).toBeGreaterThan(0);
  }, 120_000);

  test('the n-th call of the store fails, before or after it was done: nothing twice, nothing lost, no crash', async () => {
    await Promise.all(
      (['fail', 'fail-after'] as const).map((when) =>
        play(database, {}, async (scene) => {
          expect(await failAtEvery(when, scene)).toBeGreaterThan(8);
          await scene.judge();
        }),
      ),
    );
  }, 120_000);

  test('killed at random, with a platform that has a bad day', async () => {
    await play(database, { targetCount: 60, faults: BAD_DAY, seed: 7, lateMs: 400 }, async (scene) => {
      let inFlight = 0;
      await scene.post(2_000);
      for (let kills = 0; ; kills += 1) {
        const sender = await scene.start();
        const delay = 200 + 500 * draw(7, 'kill', kills);
        const done = await Promise.race([scene.finished(sender).catch(() => false), wait(delay, false)]);
        if (done) break;
        inFlight += 64;
        await sender.end('SIGKILL');
      }
      expect(inFlight).toBeGreaterThan(0);
      await scene.judge();
    });
  }, 120_000);

  test('SIGTERM under load: it ends within the drain, and nothing is unknown', async () => {
    await play(database, { targetCount: 30, timing: CALM }, async (scene) => {
      await scene.post(600);
      let posted = 0;
      for (let stops = 0; stops < 5; stops += 1) {
        const sender = await scene.start();
        await until(() => scene.server.posts.length > posted + 20, 'posts');
        const began = performance.now();
        expect(await sender.end('SIGTERM')).toBe(0);
        expect(performance.now() - began).toBeLessThan(CALM.drain + 10_000);
        expect(await scene.states()).not.toMatchObject({ unknown: expect.anything() });
        expect(await scene.states()).not.toMatchObject({ sending: expect.anything() });
        posted = scene.server.posts.length;
      }
      await scene.finished(await scene.start());
      await scene.judge({ order: true });
    });
  }, 120_000);

  test('a platform that cannot tell what arrived: unknown stays unknown, and nothing comes twice', async () => {
    await play(database, { targetCount: 10, faults: BAD_DAY, seed: 3, lateMs: 400, sender: { readBack: false } }, async (scene) => {
      await scene.post(300);
      for (let n = 5; n <= 20; n += 5) expect(await (await scene.start(`--crash=send.after:${n}`)).ended).toBe('SIGKILL');
      const sender = await scene.start();
      await scene.finished(sender);
      const { unknown } = await scene.states();
      await wait(2 * (FAST.quiet + FAST.recheck));
      expect((await scene.states()).unknown).toBe(unknown);
      expect(unknown).toBeGreaterThanOrEqual(4);
      await scene.judge({ unknown: 'may-stay', ambiguous: scene.server.counts.ambiguous, killedInFlight: 4 * 10 });
    });
  }, 120_000);
});
