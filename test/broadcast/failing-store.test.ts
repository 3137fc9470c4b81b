// Confirming, discarding and stopping while the store fails at each single call, and the message comes again.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Broadcasts } from '../../src/broadcast/index.js';
import { handledText } from '../../src/broadcast/words.js';
import type { Store } from '../../src/store/port.js';
import { draftOf, maker, openScene, type Scene, sent, wish } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const audit = async () => (await scene.store.readAudit(50)).map(({ did }) => did).reverse();

/** Broadcasts over a store that fails at its nth call, before or after it has done what it was asked; `calls` counts them. */
function failing(nth: number, when: 'before' | 'after'): { broadcasts: Broadcasts; calls(): number } {
  let calls = 0;
  const store = new Proxy(scene.store, {
    get: (target, name) => {
      const real = Reflect.get(target, name);
      if (typeof real !== 'function') return real;
      return async (...args: unknown[]) => {
        calls += 1;
        const isIt = calls === nth;
        if (isIt && when === 'before') throw new Error('the store is away');
        const result = await real.apply(target, args);
        if (isIt) throw new Error('the answer of the store is lost');
        return result;
      };
    },
  }) as Store;
  const broadcasts = new Broadcasts({
    ...{ store, now: () => scene.now, catalog: () => scene.catalog, community: () => scene.community },
    platform: (instance) => scene.platforms.get(instance),
    idOf: (event) => event.id,
  });
  return { broadcasts, calls: () => calls };
}

/** Plays a word once for each call of the store that it makes, with that call failing, and once more as it should be. */
async function atEachCall(
  play: (broadcasts: Broadcasts, again: boolean, round: string) => Promise<unknown>,
  check: (round: string) => Promise<void>,
) {
  for (const when of ['before', 'after'] as const)
    for (let nth = 1; nth < 40; nth += 1) {
      const round = `${when} ${nth}`;
      scene.now += 1_000;
      const faulty = failing(nth, when);
      const failed = await play(faulty.broadcasts, false, round).then(
        () => false,
        () => true,
      );
      if (!failed) break;
      await play(scene.broadcasts, true, round);
      await check(round);
    }
}

test('a confirmation goes out once and is written down once or, where only the line’s own mark failed, twice', async () => {
  const seen: Record<string, { number: string; key: string; id: string }> = {};
  await atEachCall(
    async (broadcasts, again, round) => {
      const person = `slack:person:${round}`;
      if (!again) {
        const { number, id } = draftOf(await scene.broadcasts.propose(wish(), maker(person)));
        seen[round] = { number, id, key: `confirm ${round}` };
      }
      const { number = '', key = '' } = seen[round] ?? {};
      const result = await broadcasts.confirm({ number }, { ...maker(person), key });
      expect(result.is).toBe('confirmed');
    },
    async (round) => {
      const { id } = seen[round] as { id: string };
      const posts = (await scene.store.posts({ kinds: ['broadcast'], limit: 500 })).filter(
        ({ note }) => (note as { draft: string }).draft === id,
      );
      expect([round, posts.length]).toEqual([round, 1]);
      const lines = (await scene.store.readAudit(500)).filter(({ did, about }) => did === 'confirmed' && about.broadcast === id);
      expect([round, lines.length >= 1]).toEqual([round, true]);
    },
  );
});

test('each draft has its line "proposed", whichever call of the store fails', async () => {
  await atEachCall(
    (broadcasts, _again, round) => broadcasts.propose(wish(), { ...maker(`slack:person:${round}`), key: round }),
    async (round) => {
      const lines = (await scene.store.readAudit(500)).filter(({ who, did }) => did === 'proposed' && who === `slack:person:${round}`);
      expect([round, lines.length]).toEqual([round, 1]);
    },
  );
});

test('"discard" whose line fails is done, and told, when it comes again', async () => {
  const { id } = draftOf(await scene.broadcasts.propose(wish(), maker()));
  const word = maker();
  const real = scene.store.writeAudit.bind(scene.store);
  scene.store.writeAudit = () => Promise.reject(new Error('the store is away'));
  await scene.broadcasts.discard(id, word).catch(() => undefined);
  scene.store.writeAudit = real;
  expect(await scene.broadcasts.discard(id, word)).toBe(true);
  expect(await audit()).toContain('discarded');
});

test('"stop" whose line fails tells the truth when it comes again', async () => {
  const { id } = await sent(scene, wish());
  const word = maker();
  const real = scene.store.writeAudit.bind(scene.store);
  scene.store.writeAudit = () => Promise.reject(new Error('the store is away'));
  await scene.broadcasts.stop(id, word).catch(() => undefined);
  scene.store.writeAudit = real;
  expect(handledText('stopped', await scene.broadcasts.stop(id, word), 'en')).not.toMatch(/gone out/);
});

test('"stop" said twice does not tell that it has gone out', async () => {
  const { id } = await sent(scene, wish());
  await scene.broadcasts.stop(id, maker());
  expect(handledText('stopped', await scene.broadcasts.stop(id, maker()), 'en')).not.toMatch(/gone out/);
});

test('the audit log tells which person has used a signed-in web chat', async () => {
  const web = () => maker('slack:person:olga', { account: 'web:person:0f3a9c' });
  const { number } = draftOf(await scene.broadcasts.propose(wish(), web()));
  await scene.broadcasts.confirm({ number }, web());
  const lines = await scene.store.readAudit(10);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatchObject({ who: 'slack:person:olga', about: { account: 'web:person:0f3a9c' } });
});
