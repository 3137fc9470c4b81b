// Who is meant, and who can be reached.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choose } from '../../src/broadcast/targets.js';
import type { Plan, Unreachable } from '../../src/broadcast/types.js';
import { channel, DAY, draftOf, fakeView, HOUR, maker, NOW, openScene, refusalOf, type Scene, wish } from './scene.js';

const CHANNELS = [
  channel('成都群', ['城市']),
  channel('sichuan', ['Chengdu', 'announce']),
  channel('general', ['announce']),
  channel('粉丝', [], { address: 'wechat:audience:all' }),
  channel('New York', []),
];

const chosen = (to: string[], except: string[] = []) => {
  const result = choose({ channels: CHANNELS }, to, except);
  return result.is === 'chosen' ? result.channels.map(({ name }) => name) : result.why;
};

test('tags, names, platforms, cities in either language, addresses, and all', () => {
  expect(chosen(['announce'])).toEqual(['sichuan', 'general']);
  expect(chosen(['@Announce'])).toEqual(['sichuan', 'general']);
  expect(chosen(['general'])).toEqual(['general']);
  expect(chosen(['#general'])).toEqual(['general']);
  expect(chosen(['wechat'])).toEqual(['粉丝']);
  expect(chosen(['slack'])).toEqual(['成都群', 'sichuan', 'general', 'New York']);
  expect(chosen(['成都'])).toEqual(['sichuan']);
  expect(chosen(['chengdu'])).toEqual(['sichuan']);
  expect(chosen(['纽约'])).toEqual(['New York']);
  expect(chosen(['slack:room:general'])).toEqual(['general']);
  for (const all of ['all', '全部', '@all', ' ALL ']) expect(chosen([all])).toHaveLength(5);
  expect(chosen(['general', 'announce', 'slack:room:general'])).toEqual(['sichuan', 'general']);
});

test('exclusions win, in whatever way they are named', () => {
  expect(chosen(['all'], ['announce', 'wechat'])).toEqual(['成都群', 'New York']);
  expect(chosen(['announce'], ['成都'])).toEqual(['general']);
  expect(chosen(['general'], ['all'])).toEqual([]);
});

test('an unknown name refuses all, also as an exclusion, and names what there is', () => {
  expect(chosen([])).toEqual({ is: 'no-target' });
  expect(chosen([' ', '@'])).toEqual({ is: 'no-target' });
  expect(chosen(['anounce', 'nowhere'])).toEqual({
    is: 'unknown-target',
    names: [{ name: 'anounce', meant: 'announce' }, { name: 'nowhere' }],
    known: ['城市', 'Chengdu', 'announce', 'slack', 'wechat', '成都群', 'sichuan', 'general', '粉丝', '"New York"'],
  });
  expect(chosen(['all'], ['genral'])).toMatchObject({ is: 'unknown-target', names: [{ name: 'genral', meant: 'general' }] });
  // A city without a channel is no target, whatever cities there are.
  expect(chosen(['上海'])).toMatchObject({ is: 'unknown-target' });
});

test('nothing that is written breaks it', () => {
  for (const odd of ['__proto__', 'constructor', '%00', '\u202e', '['.repeat(500), '*', '💥'])
    expect(chosen([odd])).toMatchObject({ is: 'unknown-target' });
});

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const why = (unreachable: Plan['unreachable']) =>
  Object.fromEntries(unreachable.map((each) => [each.channel, each.waits ? `${each.why}, waits` : each.why])) as Record<
    string,
    Unreachable
  >;

test('who cannot be reached is named with the reason; who will be later is a target', async () => {
  scene.platforms.set('wechat', fakeView({ proactive: { withinMs: 48 * HOUR }, rooms: false }));
  scene.platforms.set('pull', fakeView({ proactive: 'never' }));
  scene.platforms.set('matrix', fakeView({}, { online: false }));
  scene.platforms.set(
    'broken',
    fakeView(
      {},
      {
        capabilities: () => {
          throw new Error('not connected');
        },
      },
    ),
  );
  await scene.store.accept({ key: 'wechat:1', address: 'wechat:person:ann', member: 'm', now: NOW - HOUR, opensWindow: true });
  await scene.store.accept({ key: 'wechat:2', address: 'wechat:person:bob', member: 'm', now: NOW - 3 * DAY, opensWindow: true });
  scene.channels(
    channel('fine'),
    channel('twice', [], { address: 'slack:room:fine' }),
    channel('fine', [], { address: 'slack:room:other' }),
    channel('named', [], { address: 'slack:#events' }),
    channel('gone', [], { address: 'irc:room:1' }),
    channel('ann', [], { address: 'wechat:person:ann' }),
    channel('bob', [], { address: 'wechat:person:bob' }),
    channel('no rooms', [], { address: 'wechat:room:1' }),
    channel('pull', [], { address: 'pull:person:1' }),
    channel('away', [], { address: 'matrix:room:1' }),
    channel('odd', [], { address: 'broken:room:1' }),
    channel('asleep', [], { quiet: '09:00-11:00' }),
  );
  const { plan } = draftOf(await scene.broadcasts.propose(wish(), maker()));
  expect(why(plan.unreachable)).toEqual({
    ...{ named: 'not-found', gone: 'not-on', 'no rooms': 'never', pull: 'never' },
    ...{ bob: 'window, waits', away: 'offline, waits', asleep: 'quiet, waits' },
  });
  // The same address counts once; two of one name are two lines in the ledger.
  expect(plan.targets.map((target) => target.channel)).toEqual(['fine', 'fine (slack:room:other)', 'ann', 'bob', 'away', 'odd', 'asleep']);
  expect(plan.targets.find((target) => target.channel === 'asleep')?.notBefore).toBe(NOW + HOUR);
});

test('when nobody can be reached there is nothing to confirm', async () => {
  scene.platforms.clear();
  const refusal = refusalOf(await scene.broadcasts.propose(wish(), maker()));
  expect(refusal).toMatchObject({ is: 'nobody', unreachable: [{ why: 'not-on', waits: false }, { why: 'not-on' }] });
  scene.channels();
  expect(refusalOf(await scene.broadcasts.propose(wish(), maker()))).toEqual({ is: 'unknown-target', names: [{ name: 'all' }], known: [] });
});

test('everybody excluded is nobody', async () => {
  expect(refusalOf(await scene.broadcasts.propose(wish({ except: ['all'] }), maker()))).toEqual({ is: 'nobody', unreachable: [] });
});
