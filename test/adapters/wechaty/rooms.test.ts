// Which room is which channel: bound by a code, followed when it is renamed, asked about when its id has changed.
import { expect } from 'vitest';
import { plainText } from '../../../src/adapter.js';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import { again, BOUND, bound, MANY, open, stopped, toldOf, worldWith } from './rooms-scene.js';

const there = whereInstalled();

there('a code typed in a room binds it, once, however it is typed; a wrong one is an ordinary message', async () => {
  const world = worldWith(['@one', '成都群'], ['@two', '成都群']);
  const scene = await open(world);
  const { host, adapter, rooms } = scene;
  expect(await adapter.resolve('成都群')).toBeUndefined();
  const { say, forMs } = await rooms.bind('成都群');
  expect([forMs, say]).toEqual([30 * 60_000, expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)]);
  world.say('p1', 'ABCD-EFGH', '@two');
  world.say('p1', `绑定 ${say.toLowerCase()} `, '@one');
  await until(async () => (await adapter.resolve('成都群')) === BOUND);
  world.say('p1', say, '@two');
  world.say('p2', '20231104', '@one');
  const heard = await host.heard(3);
  const said = heard.map(({ where, text }) => `${where} ${text}`).toSorted();
  expect(said).toEqual(['wechaty:room:@two ABCD-EFGH', `wechaty:room:@two ${say}`, `${BOUND} 20231104`].toSorted());
  expect(host.told).toEqual(['The WeChat group "成都群" is now the channel "成都群".']);
  await adapter.send(BOUND, 'hello');
  expect(world.sentTo('@one')).toEqual(['hello']);
  expect(await rooms.list()).toEqual([{ channel: '成都群', topic: '成都群', state: 'bound', candidates: [] }]);
  await adapter.close();
});

there(
  'a room that is renamed is followed, also when that happened while the bot was away; another one with the old name is not',
  async () => {
    const scene = await bound(worldWith(['@one', '成都群']));
    scene.world.play({ is: 'room', id: '@fake', topic: '别的群', memberIdList: ['p1'] });
    scene.world.play({ is: 'topic', room: '@one', topic: '成都群（新）', by: 'p1' });
    await toldOf(scene, /renamed from "成都群" to "成都群（新）"/);
    scene.world.play({ is: 'topic', room: '@fake', topic: '成都群', by: 'p1' });
    await scene.adapter.send(BOUND, 'hello');
    expect(scene.world.sentTo('@one')).toEqual(['hello']);

    const next = await again(scene, worldWith(['@one', '成都 2027'], ['@fake', '成都群', ['p1']]));
    await toldOf(next, /to "成都 2027"/);
    await next.adapter.send(BOUND, 'again');
    expect(next.world.sentTo('@one')).toEqual(['again']);
    expect(next.world.sentTo('@fake')).toEqual([]);
    await next.adapter.close();
  },
);

there('another id: nothing goes there until an organizer has confirmed the one that looks like it', async () => {
  const scene = await bound(worldWith(['@one', '成都群'], ['@two', '深圳群', ['p1']]));
  const next = await again(scene, worldWith(['@other1', '成都群', MANY.slice(2).map(([id]) => id)], ['@other2', '深圳群', ['p1']]));
  expect(stopped(next)).toMatch(/looked for/);
  await toldOf(
    next,
    /has another id; this one looks like it: "成都群" \(18 members, 90% of the names are the same\).*confirm group 成都群/,
  );
  expect(stopped(next)).toMatch(/asked/);
  await expect(next.adapter.send(BOUND, 'x')).rejects.toMatchObject({ maybeSent: false });
  expect(await next.rooms.list()).toEqual([
    { channel: '成都群', topic: '成都群', state: 'asked', candidates: [{ topic: '成都群', members: 18 }] },
  ]);
  expect(await next.rooms.confirm('成都群')).toBe(true);
  await until(() => stopped(next) === undefined);
  await next.adapter.send(BOUND, 'hello');
  expect(next.world.sentTo('@other1')).toEqual(['hello']);
  expect(await next.rooms.confirm('成都群')).toBe(false);

  // Asked once more only when the ids have changed once more.
  const third = await again(next, worldWith(['@other1', '成都群']));
  await until(() => stopped(third) === undefined);
  expect(third.host.told).toEqual([]);
  await third.adapter.close();
});

there('two rooms look like it: only a code typed in the right one settles that', async () => {
  const scene = await bound(worldWith(['@one', '成都群']));
  const next = await again(scene, worldWith(['@a', '成都群'], ['@b', '成都群', MANY.slice(5).map(([id]) => id)]));
  await toldOf(next, /several look like it: "成都群".*"成都群".*bind group 成都群/);
  expect(await next.rooms.confirm('成都群')).toBe(false);
  const { say } = await next.rooms.bind('成都群');
  next.world.say('p7', say, '@b');
  await until(() => stopped(next) === undefined);
  await next.adapter.send(BOUND, 'hello');
  expect([next.world.sentTo('@a'), next.world.sentTo('@b')]).toEqual([[], ['hello']]);
  await next.adapter.close();
});

there('of two groups with the same members, the one with the topic is the one that is asked about', async () => {
  const scene = await bound(worldWith(['@one', '成都群'], ['@two', '深圳群']));
  const next = await again(scene, worldWith(['@a', '深圳群'], ['@b', '成都群']));
  await toldOf(next, /this one looks like it: "成都群"/);
  await next.adapter.close();
});

there('the topic alone never suffices; a room without anybody known is not the room', async () => {
  const scene = await bound(worldWith(['@one', '成都群']));
  const next = await again(scene, worldWith(['@fake', '成都群', ['me', 'ann', 'ben']]));
  await toldOf(next, /no longer in the WeChat group/);
  expect(await next.rooms.confirm('成都群')).toBe(false);
  expect(stopped(next)).toMatch(/asked/);
  await next.adapter.close();
});

there('the same id with another topic and other members is asked about, too', async () => {
  const scene = await bound(worldWith(['@one', '成都群']));
  const next = await again(scene, worldWith(['@one', '房产交流', ['me', 'ann', 'ben']]));
  await toldOf(next, /no longer in the WeChat group/);
  expect(stopped(next)).toMatch(/asked/);
  await next.adapter.close();
});

there('members who come and go are followed; a bot that is removed says so and holds what waits', async () => {
  const scene = await bound(worldWith(['@one', '成都群', ['me', 'ann', 'p1']]));
  for (const who of ['p2', 'p3', 'p4', 'p5']) scene.world.play({ is: 'join', room: '@one', who, by: 'ann' });
  await until(async () => {
    const kept = await scene.host.sessions.get<Record<string, { members: string[] }>>('rooms');
    return kept?.成都群?.members.length === 7;
  });
  scene.world.play({ is: 'leave', room: '@one', who: 'me', by: 'ann' });
  await toldOf(scene, /no longer in the WeChat group "成都群" \(channel "成都群"\)/);
  expect(stopped(scene)).toMatch(/asked/);
  await scene.adapter.close();
});

there('a room that the puppet learns of late is waited for', async () => {
  const scene = await bound(worldWith(['@one', '成都群']));
  const world = worldWith();
  const next = await again(scene, world);
  expect(stopped(next)).toMatch(/looked for/);
  world.play({ is: 'room', id: '@one', topic: '成都群', memberIdList: MANY.map(([id]) => id) });
  await until(() => stopped(next) === undefined);
  expect(next.host.told).toEqual([]);
  await next.adapter.close();
});

there('one room is one channel: bound to another, it is that one’s from then on', async () => {
  const scene = await bound(worldWith(['@one', '成都群']));
  const { say } = await scene.rooms.bind('西南群');
  scene.world.say('p1', say, '@one');
  await toldOf(scene, /is now the channel "西南群"; the channel "成都群" has no group any more/);
  expect(await scene.adapter.resolve('成都群')).toBeUndefined();
  await expect(scene.adapter.send(BOUND, 'x')).rejects.toMatchObject({ reason: 'unknown-target' });
  await scene.adapter.close();
});

there('a group’s name is shown to organizers as it is, never as a link or a format', async () => {
  const scene = await bound(worldWith(['@one', '成都群']));
  scene.world.play({ is: 'topic', room: '@one', topic: `[点我](https://evil.example) **x**\n${'长'.repeat(200)}`, by: 'p1' });
  await toldOf(scene, /renamed/);
  const [told = ''] = scene.host.told.filter((each) => each.includes('renamed'));
  expect(told).not.toContain('[点我](');
  expect(told).not.toContain('\n');
  expect(plainText({ text: told })).toContain('[点我](https://evil.example) **x**');
  expect(told.length).toBeLessThan(250);
  await scene.adapter.close();
});
