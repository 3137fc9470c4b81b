// Stop, resume and retry, said once and delivered twice.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { handledText } from '../../src/broadcast/words.js';
import { DAY, maker, meetup, openScene, type Scene, sent, wish } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

test('a word that is delivered again does nothing more, whatever has happened since, and is answered as before', async () => {
  const older = await sent(scene, wish());
  scene.now += 1_000;
  const { id } = await sent(scene, wish());
  const stop = maker();
  const said = await scene.broadcasts.stop(undefined, stop);
  expect(said).toMatchObject({ broadcast: { id }, count: 2 });
  expect(await scene.broadcasts.stop(undefined, stop)).toEqual({ ...said, broadcast: { ...said?.broadcast, stoppedAt: scene.now } });
  expect((await scene.broadcasts.progress(older.id))?.state).toBe('running');
  await scene.broadcasts.resume(id, maker());
  await scene.broadcasts.stop(undefined, stop);
  expect((await scene.broadcasts.progress(id))?.state).toBe('running');
  expect((await scene.store.readAudit(20)).filter(({ did }) => did === 'stopped')).toHaveLength(1);
});

test('what was stopped because its event was cancelled or moved is not gone on with, and that is said', async () => {
  scene.now -= 3 * DAY;
  const { id } = await sent(scene, wish({ say: { event: 'meetup' }, at: scene.now + DAY }));
  scene.pages(meetup({ status: 'cancelled' }));
  await scene.broadcasts.pagesChanged();
  const resumed = await scene.broadcasts.resume(id, maker());
  expect(resumed).toMatchObject({ count: 0, stale: 'cancelled' });
  expect(handledText('resumed', resumed, 'en')).toMatch(/was cancelled/);
  // The event takes place after all.
  scene.pages(meetup());
  expect(await scene.broadcasts.resume(id, maker())).toMatchObject({ count: 2 });
});

test('retry of what has nothing refused, and stop of what has gone out, change nothing', async () => {
  const { id, post } = await sent(scene, wish());
  await scene.broadcasts.stop(id, maker());
  await scene.broadcasts.retry(id, maker());
  expect((await scene.broadcasts.progress(id))?.state).toBe('stopped');
  await scene.broadcasts.resume(id, maker());
  const claims = await scene.store.claim({ owner: 'bot', instance: 'slack', limits: [], leaseMs: DAY, most: 9, now: scene.now });
  await scene.store.record(
    claims.map(({ id: delivery, fence }) => ({ id: delivery, fence, outcome: { state: 'sent' } })),
    scene.now,
  );
  expect(await scene.broadcasts.stop(id, maker())).toMatchObject({ count: 0, broadcast: { post } });
  expect((await scene.broadcasts.progress(id))?.state).toBe('done');
});
