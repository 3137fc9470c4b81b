// Words that name no broadcast, and targets with odd names: which one is meant, and who gets it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { handledText, refusalText } from '../../src/broadcast/words.js';
import { channel, DAY, draftOf, fakeView, HOUR, maker, openScene, refusalOf, type Scene, sent, wish } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

test('"stop" means what is going out, not what waits for tomorrow', async () => {
  const goingOut = await sent(scene, wish());
  scene.now += 1_000;
  await sent(scene, wish({ at: scene.now + DAY }));
  expect((await scene.broadcasts.stop(undefined, maker()))?.broadcast.id).toBe(goingOut.id);
});

test('"progress" means what is going out, not what waits for tomorrow', async () => {
  const goingOut = await sent(scene, wish());
  scene.now += 1_000;
  await sent(scene, wish({ at: scene.now + DAY }));
  expect((await scene.broadcasts.progress())?.id).toBe(goingOut.id);
});

test('"continue", said in passing, does not send what was stopped two months ago', async () => {
  const { id } = await sent(scene, wish());
  await scene.broadcasts.stop(id, maker());
  scene.now += 60 * DAY;
  const resumed = await scene.broadcasts.resume(undefined, maker());
  expect((await scene.broadcasts.progress(id))?.open).toBe(0);
  expect(handledText('resumed', resumed, 'en')).toMatch(new RegExp(`more than a day old.*"resume ${id}"`));
  expect(handledText('resumed', resumed, 'zh')).toContain(`继续 ${id}`);
  expect(await scene.broadcasts.resume(id, maker())).toMatchObject({ count: 2 });
});

test('what was stopped a moment ago is gone on with, however long ago it was confirmed', async () => {
  const { id } = await sent(scene, wish({ at: scene.now + 60 * DAY }));
  scene.now += 59 * DAY;
  await scene.broadcasts.stop(undefined, maker());
  expect(await scene.broadcasts.resume(undefined, maker())).toMatchObject({ broadcast: { id }, count: 2 });
});

test('"retry", said in passing, does not send what was refused two months ago', async () => {
  const { id } = await sent(scene, wish());
  const { store, now } = scene;
  const claims = await store.claim({ owner: 'bot', instance: 'slack', limits: [], leaseMs: HOUR, most: 10, now });
  await store.record(
    claims.map(({ id: delivery, fence }) => ({ id: delivery, fence, outcome: { state: 'refused' as const, reason: 'not-allowed' } })),
    now,
  );
  scene.now += 60 * DAY;
  await scene.broadcasts.retry(undefined, maker());
  expect((await scene.broadcasts.progress(id))?.open).toBe(0);
});

test('"resume" without a name means one’s own first', async () => {
  const mine = await sent(scene, wish(), 'slack:person:olga');
  await scene.broadcasts.stop(mine.id, maker());
  scene.now += 1_000;
  const theirs = await sent(scene, wish(), 'slack:person:oscar');
  await scene.broadcasts.stop(theirs.id, maker('slack:person:oscar'));
  expect((await scene.broadcasts.resume(undefined, maker('slack:person:olga')))?.broadcast.id).toBe(mine.id);
});

test('what is gone on with does not go to channels that are no more', async () => {
  const { id, post } = await sent(scene, wish());
  await scene.broadcasts.stop(id, maker());
  scene.channels(channel('general', ['announce'], { language: 'en' }));
  const word = maker();
  const resumed = await scene.broadcasts.resume(id, word);
  expect(handledText('resumed', resumed, 'en')).toMatch(/to 1 channel more\.\n.*emcee\.yaml.*成都群/);
  expect(await scene.broadcasts.resume(id, word)).toMatchObject({ count: 1, gone: ['成都群'] });
  const open = (await scene.store.deliveries({ post, limit: 10 })).filter(({ state }) => state === 'pending');
  expect(open.map((row) => row.channel)).toEqual(['general']);
});

test('a channel with a blank in its name is told as it has to be written', async () => {
  scene.channels(channel('main hall', []), channel('成都群', []));
  const why = refusalOf(await scene.broadcasts.propose(wish({ to: ['nowhere'] }), maker()));
  expect(why.is === 'unknown-target' && why.known.join('、')).toContain('"main hall"');
});

test('who leaves out everybody is told so', async () => {
  const why = refusalOf(await scene.broadcasts.propose(wish({ to: ['all'], except: ['all'] }), maker()));
  expect(refusalText(why, 'en')).not.toMatch(/can be reached/);
});

test('a channel whose room this process has not found yet is still there', async () => {
  const { id } = await sent(scene, wish());
  await scene.broadcasts.stop(id, maker());
  scene.channels(channel('general', [], { address: 'slack:#general' }), channel('成都群'));
  expect(await scene.broadcasts.resume(id, maker())).toMatchObject({ count: 2 });
});

test('odd names, all of them left out, one address twice, a tag that is a platform and a city', async () => {
  scene.platforms.set('chengdu', fakeView());
  scene.channels(
    ...[channel('a,b'), channel('-minus'), channel('１２'), channel('成都', ['chengdu'])],
    ...[channel('same'), channel('again', [], { address: 'slack:room:same' }), channel('all in one')],
  );
  const count = async (to: string[], except: string[] = []) => {
    const proposed = await scene.broadcasts.propose(wish({ to, except }), maker());
    return proposed.is === 'proposed' ? proposed.draft.plan.targets.length : refusalOf(proposed).is;
  };
  expect(await count(['all'])).toBe(6);
  expect(await count(['ALL'], ['全部'])).toBe('nobody');
  expect(await count(['a,b', '-minus', '12'])).toBe(3);
  expect(await count(['Chengdu'])).toBe(1);
  expect(await count(['same', 'again'])).toBe(1);
  expect(draftOf(await scene.broadcasts.propose(wish({ to: ['all in one'] }), maker())).plan.targets).toHaveLength(1);
});
