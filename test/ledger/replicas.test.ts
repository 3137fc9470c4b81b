// Two replicas over one PostgreSQL, one of them paused for longer than its lease: whatever it still believes when it goes on, nothing
// comes twice.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { BAD_DAY } from '../fakes/chat-faults.mjs';
import { until } from '../fakes/platform.js';
import { serverUrl } from '../fakes/postgres.js';
import { FAST, play, type Scene } from '../soak/scene.js';
import type { Sender } from '../soak/senders.mjs';

/** A lease is over by then, and the other replica has not yet looked: what had left the ledger, and not the process, may still leave. */
const SHORT_MS = FAST.lease + FAST.quiet / 3;
/**
 * By then the other replica has looked for what the paused one held, and has made it itself. Nothing can be promised for what such a
 * pause finds between the ledger and the wire (a connection being made): no sender can call that back, and no platform asks whose it is.
 */
const LONG_MS = 2 * (FAST.lease + FAST.quiet);

const server = await serverUrl();
if (!server) test.skip('no PostgreSQL answers (TEST_DATABASE_URL): replicas are not tried', () => undefined);

/** Posts that arrive only while the replica is paused come from the other one. */
async function pausedAt(point: string, scene: Scene): Promise<void> {
  const paused = await scene.start(`--pause=${point}`);
  await scene.post(100);
  await until(() => isStopped(paused), `a pause at ${point}`);
  // Paused within a transaction it keeps its locks, and the other one may be ready only when it goes on.
  const starting = scene.start();
  await wait(LONG_MS);
  await goOn(paused);
  const other = await starting;
  await scene.finished();
  // A request that it has left behind would arrive by now.
  await wait(2 * FAST.request);
  for (const each of [paused, other]) expect(each.running(), each.log()).toBe(true);
  await scene.judge();
}

/** Linux only, as these tests: the state is the word after the name. */
const isStopped = ({ child }: Sender) => /\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
const goOn = async (sender: Sender) => expect(sender.child.kill('SIGCONT')).toBe(true);

describe.runIf(server)('two replicas', () => {
  test.concurrent.each(['claimed:1', 'claimed:4', 'record.before:2', 'record.after:2', 'send.after:3'])(
    'one paused at %s',
    (point) => play(server, {}, (scene) => pausedAt(point, scene)),
    60_000,
  );

  test.concurrent.each(['absent:1', 'absent:3', 'resolve.before:1'])(
    'one paused at %s, while it looks for what is unknown',
    (point) => play(server, { faults: { error500: 0.2, acceptedThen500: 0.2 } }, (scene) => pausedAt(point, scene)),
    60_000,
  );

  test('what one has found absent, the other has sent meanwhile, and its end is unknown again: it is not sent a third time', async () => {
    await play(server, {}, async (scene) => {
      scene.server.settings.next.push('error500', 'acceptedThenReset');
      const paused = await scene.start('--pause=absent:1');
      await scene.post(1);
      await until(() => isStopped(paused), 'a pause');
      await scene.start();
      await until(() => scene.server.counts.acceptedThenReset === 1, 'the second attempt');
      await until(async () => (await scene.states()).unknown === 1, 'its end');
      await goOn(paused);
      await scene.finished();
      await scene.judge();
    });
  }, 60_000);

  test('paused at random, in turn, under load', async () => {
    await play(server, { targetCount: 40, faults: BAD_DAY, seed: 5, lateMs: 400 }, async (scene) => {
      const replicas = [await scene.start(), await scene.start()];
      for (let round = 0; round < 6; round += 1) {
        await scene.post(200);
        const before = scene.server.posts.length;
        await until(() => scene.server.posts.length > before + 10, 'posts');
        const replica = replicas[round % 2] as Sender;
        replica.child.kill('SIGSTOP');
        await wait(SHORT_MS);
        await goOn(replica);
      }
      await scene.finished();
      await wait(2 * FAST.request);
      await scene.judge();
    });
  }, 60_000);
});
