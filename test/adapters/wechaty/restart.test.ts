// An orderly stop and start, a new login in the same process, and the kill switch in the middle of many posts.
import { expect, test, vi } from 'vitest';
import { memoryOver } from '../../../adapters/wechaty/memory.js';
import { Rooms } from '../../../adapters/wechaty/rooms.js';
import { type Bot, load, type Room, type Sdk } from '../../../adapters/wechaty/sdk.js';
import { stopKeepingLogin } from '../../../adapters/wechaty/stopping.js';
import { SIGNED_OUT } from '../../../adapters/wechaty/words.js';
import { testHost } from '../../contracts/adapter.js';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import { type Puppet, WeChat } from '../../fakes/wechaty/wechat.js';
import { bind, connected, onWeChat } from './scene.js';

// Whole bots start.
vi.setConfig({ testTimeout: 60_000 });
const there = whereInstalled();
const soon = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));

interface Wechat4uPuppet {
  initHookEvents(wechat4u: object): void;
  onStop(): Promise<void>;
  setMemory(card: object): void;
}

there('an orderly stop keeps the login, also with a puppet that forgets it as it stops', async () => {
  const world = new WeChat();
  const host = testHost();
  const script = world.script;
  world.script = (puppet: Puppet) => {
    script(puppet);
    const stopping = puppet as unknown as { onStop(): Promise<void>; memory: { delete(key: string): unknown; save(): Promise<void> } };
    const { onStop } = stopping;
    stopping.onStop = async () => {
      await stopping.memory.delete('slot');
      await stopping.memory.save();
      await onStop.call(puppet);
    };
  };
  const adapter = await connected(world, host);
  world.play({ is: 'remember', value: { cookies: ['a'] } });
  await until(async () => JSON.stringify(await host.sessions.get('memory'))?.includes('cookies') ?? false);
  await adapter.close();
  expect(JSON.stringify(await host.sessions.get('memory'))).toContain('cookies');
});

there('stopping wechat4u signs nobody out, forgets nothing and leaves nothing behind', async () => {
  const [{ default: exported }, { MemoryCard }] = await Promise.all([load('wechaty-puppet-wechat4u'), load('memory-card')]);
  const { default: inner = exported } = exported as { default?: unknown };
  const { default: Wechat4u } = (await load('wechat4u')) as { default: new () => object };
  const host = testHost();
  await host.sessions.set('memory', { login: 'kept' });
  const memory = await memoryOver(host.sessions, MemoryCard as Sdk['MemoryCard']);
  const puppet = new (inner as new () => Wechat4uPuppet)();
  const asked: string[] = [];
  const wechat4u = Object.assign(new Wechat4u(), { request: async ({ url }: { url: string }) => void asked.push(url) });
  puppet.setMemory(memory.card);
  Object.assign(puppet, { wechat4u });
  puppet.initHookEvents(wechat4u);
  const stray: unknown[] = [];
  const keep = (reason: unknown) => void stray.push(reason);
  process.on('unhandledRejection', keep);
  try {
    await stopKeepingLogin({ stop: () => puppet.onStop() } as Bot, puppet, memory, 1_000);
    await soon();
  } finally {
    process.off('unhandledRejection', keep);
  }
  expect([asked, stray]).toEqual([[], []]);
  expect(await host.sessions.get('memory')).toEqual({ login: 'kept' });
});

test('who hears of a logout is told of the page, too', () => {
  for (const text of Object.values(SIGNED_OUT)) expect(text).toContain('/scan');
});

test('a look that ends after a logout finds nothing', async () => {
  const host = testHost();
  await host.sessions.set('rooms', { 成都群: { roomId: '@one', topic: '成都群', members: [] } });
  const rooms = new Rooms(host);
  await rooms.open();
  const room = { id: '@one', topic: async () => '成都群', memberAll: async () => [] } as unknown as Room;
  const looking = rooms.look(
    async () => {
      await soon(20);
      return [room];
    },
    { isAll: false, isNone: false },
  );
  rooms.signedOut();
  await looking;
  expect(rooms.target('bound/成都群')).toHaveProperty('stopped');
});

there('paused amid many posts and over a restart, then each goes once and at its pace', async () => {
  const world = new WeChat();
  world.room('@cd', '成都群');
  world.room('@sz', '深圳群');
  await onWeChat(world, { settings: { WECHATY_PACE: '30-60ms' } }, async (scene) => {
    await bind(scene, '成都群', '@cd');
    await bind(scene, '深圳群', '@sz');
    for (let i = 0; i < 6; i += 1) await scene.post({ 成都群: `c${i}`, 深圳群: `s${i}` });
    await until(() => world.sent.length >= 2);
    await scene.ask('暂停 wechaty');
    const count = world.sent.length;
    expect(count).toBeLessThan(12);
    await soon(200);
    expect(world.sent).toHaveLength(count);
    await scene.restart();
    await soon(200);
    expect(world.sent).toHaveLength(count);
    await scene.ask('恢复 wechaty');
    await until(() => world.sent.length === 12);
    await soon(100);
    expect(new Set(world.sent.map(({ text }) => text)).size).toBe(12);
    expect(world.sent).toHaveLength(12);
    const at = world.sent.map((each) => each.at);
    for (let i = 1; i < 12; i += 1) expect((at[i] ?? 0) - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(28);
  });
});
