// WeChat's rooms, with an account over the real Wechaty that is bound to one of them and may sign in again.
import type { WechatyAdapter } from '../../../adapters/wechaty/adapter.js';
import wechaty from '../../../adapters/wechaty/index.js';
import type { RoomBinding } from '../../../src/adapter.js';
import { type TestHost, testHost } from '../../contracts/adapter.js';
import { until } from '../../fakes/platform.js';
import { WeChat } from '../../fakes/wechaty/wechat.js';
import { connected } from './scene.js';

export const BOUND = 'wechaty:room:bound/成都群';
export const MANY = Array.from({ length: 20 }, (_, at) => [`p${at}`, `成员 ${at}`] as const);

export interface Scene {
  world: WeChat;
  host: TestHost;
  rooms: RoomBinding;
  adapter: WechatyAdapter;
}

export function worldWith(...rooms: [id: string, topic: string, members?: readonly string[]][]): WeChat {
  const world = new WeChat();
  for (const [id, name] of MANY) world.people.set(id, name);
  for (const [id, topic, members] of rooms) world.room(id, topic, members ?? MANY.map(([member]) => member));
  return world;
}

export async function open(world: WeChat, host: TestHost = testHost()): Promise<Scene> {
  const adapter = await connected(world, host);
  return { world, host, adapter, rooms: wechaty.rooms?.(host.sessions) as RoomBinding };
}

export async function bound(world: WeChat): Promise<Scene> {
  const scene = await open(world);
  const { say } = await scene.rooms.bind('成都群');
  world.say('p1', say, [...world.rooms.keys()][0]);
  await until(async () => (await scene.adapter.resolve('成都群')) !== undefined);
  return scene;
}

/** Another login: the same people and rooms, under other ids. */
export async function again({ host, adapter }: Scene, world: WeChat): Promise<Scene> {
  await adapter.close();
  host.told.length = 0;
  return open(world, host);
}

export const stopped = ({ adapter }: Scene) => adapter.capabilities(BOUND).stopped;
export const toldOf = ({ host }: Scene, what: RegExp) => until(() => host.told.some((each) => what.test(each)), `a notice ${what}`);

export const soon = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));
