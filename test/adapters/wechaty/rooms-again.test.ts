// Bound rooms over logins, slow puppets and codes typed as people type them.
import { expect } from 'vitest';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import type { Puppet, WeChat } from '../../fakes/wechaty/wechat.js';
import { again, BOUND, bound, MANY, open, soon, stopped, toldOf, worldWith } from './rooms-scene.js';

const there = whereInstalled();

const EVERYBODY = MANY.map(([id]) => id);
const room = (world: WeChat, id: string, topic = '成都群', memberIdList = EVERYBODY) => world.play({ is: 'room', id, topic, memberIdList });

there('ids that change once more before the organizer has confirmed are asked about anew', async () => {
  const second = await again(await bound(worldWith(['@one', '成都群'])), worldWith(['@two', '成都群']));
  await until(() => /asked/.test(stopped(second) ?? ''));
  const third = await again(second, worldWith(['@three', '成都群']));
  await soon(250);
  await third.rooms.confirm('成都群');
  await until(() => third.host.told.some((each) => each.includes('is now the channel')));
  await third.adapter.close();
  expect(await third.host.sessions.get('rooms')).toMatchObject({ 成都群: { roomId: '@three' } });
});

there('a bound room that comes late, under its own id and with its own members, is the room', async () => {
  const scene = await again(await bound(worldWith(['@one', '成都群'])), worldWith());
  await until(() => /asked/.test(stopped(scene) ?? ''));
  room(scene.world, '@one');
  scene.world.say('p1', '大家好', '@one');
  await soon();
  await scene.adapter.close();
  expect(stopped(scene)).toBeUndefined();
});

there('a puppet that cannot list its rooms for a moment does not cost the bindings', async () => {
  const first = await bound(worldWith(['@one', '成都群']));
  const world = worldWith(['@one', '成都群']);
  let failing = true;
  const script = world.script;
  world.script = (puppet: Puppet) => {
    script(puppet);
    const listed = puppet as unknown as { roomList(): Promise<string[]> };
    const { roomList } = listed;
    listed.roomList = () => (failing ? Promise.reject(new Error('14 UNAVAILABLE')) : roomList.call(puppet));
  };
  const scene = await again(first, world);
  await soon(300);
  failing = false;
  await soon();
  await scene.adapter.close();
  expect(stopped(scene)).toBeUndefined();
});

there('a second login with other ids asks, also where the puppet told of no logout', async () => {
  const world = worldWith(['@one', '成都群']);
  let mocked: { mocker?: { cacheRoomPayload: Map<string, unknown> }; __currentUserId?: string } = {};
  const script = world.script;
  world.script = (puppet: Puppet) => {
    script(puppet);
    mocked = puppet as unknown as typeof mocked;
  };
  const scene = await bound(world);
  mocked.mocker?.cacheRoomPayload.delete('@one');
  room(world, '@two');
  mocked.__currentUserId = undefined;
  world.play({ is: 'login', id: 'me' });
  await soon(300);
  const why = stopped(scene);
  await scene.adapter.close();
  expect(why).toMatch(/asked/);
});

there('signed out and in again in one process, under other ids: nothing goes there before an organizer has confirmed', async () => {
  const { world, host, adapter, rooms } = await bound(worldWith(['@one', '成都群'], ['@other', '深圳群', ['p1']]));
  await adapter.send(BOUND, 'before');
  world.play({ is: 'logout' });
  await until(() => host.states.at(-1)?.is === 'waiting-for-login');
  await soon(20);
  expect(adapter.capabilities(BOUND).stopped).toMatch(/looked for/);
  world.play({ is: 'forget' });
  world.rooms.clear();
  world.room('@two', '成都群', EVERYBODY);
  world.room('@other2', '深圳群', ['p1']);
  world.begin();
  await until(() => /asked/.test(adapter.capabilities(BOUND).stopped ?? ''));
  await expect(adapter.send(BOUND, 'x')).rejects.toMatchObject({ maybeSent: false });
  expect(await rooms.confirm('成都群')).toBe(true);
  await until(() => adapter.capabilities(BOUND).stopped === undefined);
  await adapter.send(BOUND, 'after');
  expect([world.sentTo('@one'), world.sentTo('@two')]).toEqual([['before'], ['after']]);
  await adapter.close();
});

there('what is confirmed has to be there still: a room that is gone by then is not bound, and another is asked about', async () => {
  const scene = await again(await bound(worldWith(['@one', '成都群'])), worldWith(['@two', '成都群'], ['@other', '别的群', ['p1']]));
  await until(() => /asked/.test(stopped(scene) ?? ''));
  scene.host.told.length = 0;
  scene.world.play({ is: 'forget', room: '@two' });
  room(scene.world, '@three');
  await scene.rooms.confirm('成都群');
  await toldOf(scene, /this one looks like it: "成都群"/);
  expect(stopped(scene)).toMatch(/asked/);
  expect(await scene.host.sessions.get('rooms')).toMatchObject({ 成都群: { roomId: '@one' } });
  await scene.adapter.close();
});

there('a restart asks nobody the same question twice', async () => {
  const second = await again(await bound(worldWith(['@one', '成都群'])), worldWith(['@two', '成都群']));
  await toldOf(second, /looks like it/);
  const third = await again(second, worldWith(['@two', '成都群']));
  await soon(300);
  expect(third.host.told).toEqual([]);
  await third.rooms.confirm('成都群');
  await toldOf(third, /is now the channel/);
  await third.adapter.close();
});

there('a code behind a mention of the bot binds the room', async () => {
  const scene = await open(worldWith(['@one', '成都群']));
  const { say } = await scene.rooms.bind('成都群');
  scene.world.say('p1', `@司仪\u2005${say}`, '@one');
  await soon();
  await scene.adapter.close();
  expect(await scene.adapter.resolve('成都群')).toBe(BOUND);
});

there('a code whose room cannot be read just then is not lost', async () => {
  const world = worldWith(['@one', '成都群']);
  let failing = true;
  const script = world.script;
  world.script = (puppet: Puppet) => {
    script(puppet);
    const read = puppet as unknown as { roomMemberList(id: string): Promise<string[]> };
    const { roomMemberList } = read;
    read.roomMemberList = (id) => (failing ? Promise.reject(new Error('timeout')) : roomMemberList.call(puppet, id));
  };
  const scene = await open(world);
  const { say } = await scene.rooms.bind('成都群');
  failing = false;
  scene.world.say('p0', 'hello', '@one');
  await soon();
  failing = true;
  scene.world.say('p1', say, '@one');
  await toldOf(scene, /could not be read just then.*once more/);
  failing = false;
  scene.world.say('p1', say, '@one');
  await soon();
  await scene.adapter.close();
  expect(await scene.adapter.resolve('成都群')).toBe(BOUND);
});

there('a puppet that never answers for one room does not hold up the others', async () => {
  const world = worldWith(['@one', '成都群'], ['@hangs', '深圳群']);
  const script = world.script;
  world.script = (puppet: Puppet) => {
    script(puppet);
    const read = puppet as unknown as { roomMemberList(id: string): Promise<string[]> };
    const { roomMemberList } = read;
    let asked = 0;
    read.roomMemberList = (id) => {
      if (id === '@hangs') asked += 1;
      return id === '@hangs' && asked > 1 ? new Promise<never>(() => undefined) : roomMemberList.call(puppet, id);
    };
  };
  const scene = await open(world);
  const [hangs, fine] = [await scene.rooms.bind('深圳群'), await scene.rooms.bind('成都群')];
  world.say('p1', hangs.say, '@hangs');
  await soon();
  world.say('p1', fine.say, '@one');
  await soon();
  const found = await scene.adapter.resolve('成都群');
  await scene.adapter.close();
  expect(found).toBe(BOUND);
});
