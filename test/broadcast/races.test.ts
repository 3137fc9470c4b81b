// Several words at once, from several processes: exactly one wins, and whatever went out is what somebody has seen.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Confirmed } from '../../src/broadcast/types.js';
import type { Store } from '../../src/store/port.js';
import { openPostgres } from '../../src/store/postgres/index.js';
import { silentLog } from '../fakes/platform.js';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';
import { channel, draftOf, maker, openScene, rooms, type Scene, wish } from './scene.js';

const ROUNDS = 200;
const OLGA = 'slack:person:olga';

const server = await serverUrl();
const stores: [string, string | undefined][] = [['SQLite', undefined]];
if (server) stores.push(['PostgreSQL', server]);
else test.skip('no PostgreSQL answers (TEST_DATABASE_URL): races over it are not tried', () => undefined);

describe.each(stores)('over %s', (_name, url) => {
  let scene: Scene;
  let store: Store | undefined;
  let drop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    if (url) {
      const database = await freshDatabase(url);
      drop = database.drop;
      store = await openPostgres(database.url, { log: silentLog, clock: 'given' });
    }
    scene = await openScene({ ...(store && { store }) });
  });
  afterAll(async () => {
    await scene.close();
    await store?.close();
    await drop?.();
  });

  /** What each round plays; gives the texts that went out. */
  const rounds = async (count: number, play: (round: number) => Promise<void>) => {
    for (let round = 0; round < count; round += 1) {
      // A person of its own each round: a draft of one round is no other's business.
      scene.now += 1_000;
      await play(round);
    }
  };
  const propose = async (person: string, text: string) => draftOf(await scene.broadcasts.propose(wish({ say: { text } }), maker(person)));
  const gone = async (post: string) =>
    (await scene.store.deliveries({ post, limit: 1_000 })).map(({ wire, state }) => `${(wire as { text: string }).text} ${state}`);

  test(`${ROUNDS} rounds: two confirmations, an edit, a discard and a double click at once`, async () => {
    const ends: Record<string, number> = {};
    await rounds(ROUNDS, async (round) => {
      const person = `${OLGA}${round}`;
      const { id, number } = await propose(person, `first ${round}`);
      const other = scene.another();
      const click = maker(person);
      const results = await Promise.all([
        scene.broadcasts.confirm({ id, number }, click),
        other.confirm({ id, number }, click),
        other.confirm({ id, number }, maker(person)),
        ...(round % 2 === 0 ? [scene.broadcasts.edit(id, { say: { text: `second ${round}` } }, maker(person))] : []),
        ...(round % 4 === 3 ? [other.discard(id, maker(person))] : []),
      ]);
      const confirmed = results.slice(0, 3) as Confirmed[];
      const winners = confirmed.filter((each) => each.is === 'confirmed' && !each.again);
      expect(winners.length).toBeLessThanOrEqual(1);
      for (const each of confirmed) ends[each.is] = (ends[each.is] ?? 0) + 1;
      const posts = (await scene.store.posts({ kinds: ['broadcast'], limit: 500 })).filter(({ by }) => by === person);
      expect(posts).toHaveLength(winners.length);
      const [post] = posts;
      // Whoever was not the one is told so; the text is the one that was shown with the number.
      if (post) expect(await gone(post.id)).toEqual([`first ${round} pending`, `first ${round} pending`]);
      for (const each of confirmed) expect(['confirmed', 'taken', 'changed', 'gone', 'wrong', 'not-yours']).toContain(each.is);
    });
    expect(ends.confirmed).toBeGreaterThan(0);
  }, 60_000);

  test('fifty wrong words at once: five count, and nothing goes out', async () => {
    const person = `${OLGA}wrong`;
    const { id, number } = await propose(person, 'x');
    const wrong = number === '1111' ? '1112' : '1111';
    const results = await Promise.all(Array.from({ length: 50 }, () => scene.broadcasts.confirm({ id, number: wrong }, maker(person))));
    expect(results.filter(({ is }) => is === 'wrong')).toHaveLength(4);
    expect(await scene.broadcasts.confirm({ id, number }, maker(person))).toMatchObject({ is: 'gone', why: 'no-tries' });
  });

  test('stopped, gone on with and confirmed at once: never more rows than targets, never one twice', async () => {
    scene.channels(...rooms(20));
    await rounds(20, async (round) => {
      const person = `${OLGA}stop${round}`;
      const { id, number } = await propose(person, `stop ${round}`);
      const other = scene.another();
      const [confirmed] = await Promise.all([
        scene.broadcasts.confirm({ id, number }, maker(person)),
        other.stop(id, maker(person)),
        other.resume(id, maker(person)),
        other.stop(id, maker(person)),
      ]);
      expect(confirmed.is).toBe('confirmed');
      const { post } = (confirmed as Confirmed & { is: 'confirmed' }).broadcast;
      const progress = await scene.store.progress(post);
      expect((progress.pending ?? 0) + (progress.cancelled ?? 0)).toBe(20);
      await other.stop(id, maker(person));
      expect(await scene.store.progress(post)).toEqual({ cancelled: 20 });
    });
    scene.channels(channel('one'), channel('two'));
  });
});
