// Signing in and out in odd orders, puppets that fail or hang, and what is said of it.
import { expect } from 'vitest';
import { WechatyAdapter } from '../../../adapters/wechaty/adapter.js';
import wechaty from '../../../adapters/wechaty/index.js';
import { load } from '../../../adapters/wechaty/sdk.js';
import { testHost } from '../../contracts/adapter.js';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import { type Puppet, WeChat } from '../../fakes/wechaty/wechat.js';
import { connected, settingsOf } from './scene.js';

const there = whereInstalled();
const soon = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));

/** The puppet takes a while to list its rooms. */
function slow(world: WeChat, ms: number): WeChat {
  const script = world.script;
  world.script = (puppet: Puppet) => {
    script(puppet);
    const listed = puppet as unknown as { roomList(): Promise<string[]> };
    const { roomList } = listed;
    listed.roomList = async () => {
      await soon(ms);
      return roomList.call(puppet);
    };
  };
  return world;
}

there('an account that is signed out while its rooms are looked for is signed out', async () => {
  const host = testHost();
  const world = slow(new WeChat(), 60);
  world.room('@cd', '成都群');
  const first = await connected(world, host);
  const { say } = (await wechaty.rooms?.(host.sessions).bind('成都群')) ?? { say: '' };
  world.say('ann', say, '@cd');
  await until(async () => (await first.resolve('成都群')) !== undefined);
  world.play({ is: 'logout' });
  await until(() => host.states.at(-1)?.is === 'waiting-for-login');
  await soon();
  world.play({ is: 'login', id: 'me' });
  await soon(20);
  world.play({ is: 'logout' });
  await soon(150);
  await first.close();
  expect(host.states.at(-1)?.is).toBe('waiting-for-login');
});

there('a logout that is not told is noticed all the same', async () => {
  const host = testHost();
  const world = new WeChat();
  let puppet: { __currentUserId?: string } = {};
  const script = world.script;
  world.script = (each: Puppet) => {
    script(each);
    puppet = each as unknown as typeof puppet;
  };
  const adapter = await connected(world, host);
  puppet.__currentUserId = undefined;
  await expect(adapter.send('wechaty:person:ann', 'x')).rejects.toMatchObject({ reason: 'unreachable' });
  await soon(100);
  await adapter.close();
  expect(host.states.at(-1)?.is).not.toBe('online');
});

there('close ends also while a message hangs in the puppet', async () => {
  const world = new WeChat();
  const adapter = await connected(world, testHost(), { timing: { close: 50 } });
  world.moods.push('hang');
  void adapter.send('wechaty:person:ann', 'x').catch(() => undefined);
  await soon(20);
  const ended = await Promise.race([adapter.close().then(() => 'closed'), soon(400).then(() => 'still closing')]);
  expect(ended).toBe('closed');
});

there('a message whose time is up before it was said is not said any more', async () => {
  const world = new WeChat();
  const script = world.script;
  let answer = (): void => undefined;
  world.script = (puppet: Puppet) => {
    script(puppet);
    const read = puppet as unknown as { contactRawPayload(id: string): Promise<object> };
    const { contactRawPayload } = read;
    read.contactRawPayload = async (id) => {
      if (id === 'cy')
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      return contactRawPayload.call(puppet, id);
    };
  };
  world.people.set('cy', 'Cy');
  const adapter = await connected(world, testHost());
  const given = new AbortController();
  const options = { signal: given.signal, deliveryId: 'd' };
  const sending = (adapter as import('../../../src/adapter.js').Adapter).send('wechaty:person:cy', 'x', options).catch(() => undefined);
  await soon(20);
  given.abort();
  answer();
  await sending;
  await adapter.close();
  expect(world.sentTo('cy')).toEqual([]);
});

there('the token is in no error of connecting', async () => {
  const from = async (name: string) => {
    if (!name.endsWith('/scripted')) return load(name);
    const Refusing = class {
      constructor({ token }: { token?: string }) {
        throw new Error(`token ${token} is not valid`);
      }
    };
    return { default: Refusing };
  };
  const adapter = new WechatyAdapter(settingsOf({ WECHATY_PUPPET_TOKEN: 'puppet_secret_0123' }), 'wechaty', { load: from });
  const reason = await adapter.connect(testHost()).then(
    () => '',
    (error: Error) => error.message,
  );
  await adapter.close();
  expect(reason).toContain('is not valid');
  expect(reason).not.toContain('puppet_secret_0123');
});

there('the token is in no error of a listener', async () => {
  const world = new WeChat();
  const host = testHost();
  const logged: string[] = [];
  host.log = { ...host.log, error: (data) => void logged.push(String((data as { err?: Error }).err?.message)) };
  const script = world.script;
  world.script = (puppet: Puppet) => {
    script(puppet);
    Object.assign(puppet, { friendshipAccept: () => Promise.reject(new Error('token puppet_secret_0123 is over its quota')) });
  };
  const settings = { WECHATY_WELCOME: 'accept', WECHATY_PUPPET_TOKEN: 'puppet_secret_0123' };
  const adapter = await connected(world, host, { settings });
  world.play({ is: 'friendship', id: 'f1', contactId: 'ann', type: 2 });
  await soon();
  await adapter.close();
  expect(logged).toHaveLength(1);
  expect(logged.join()).not.toContain('puppet_secret_0123');
});

there('who hears of another account is told both names; the same account under another id is the same', async () => {
  const host = testHost();
  const world = new WeChat();
  world.people.set('me2', '司仪');
  world.people.set('else', '客服');
  const adapter = await connected(world, host);
  for (const id of ['me2', 'else']) {
    world.play({ is: 'logout' });
    await until(() => host.states.at(-1)?.is === 'waiting-for-login');
    await soon(20);
    host.told.length = 0;
    world.play({ is: 'login', id });
    await until(() => host.states.at(-1)?.is === 'online');
    await soon(20);
    expect(host.told.join()).toMatch(
      id === 'else' ? /another account, "客服"; before it was "司仪"/ : /^The WeChat account \(Wechaty\) is signed in again\.$/,
    );
  }
  await adapter.close();
});

there('signed out and in, a scan in between, closed while it waits, closed twice', async () => {
  const host = testHost();
  const world = new WeChat();
  const adapter = await connected(world, host);
  for (let i = 0; i < 2; i += 1) {
    world.play({ is: 'logout' });
    await until(() => host.states.at(-1)?.is === 'waiting-for-login');
    world.play({ is: 'scan', qrcode: `code ${i}`, status: 2 });
    await soon(20);
    world.play({ is: 'login', id: 'me' });
    await until(() => host.states.at(-1)?.is === 'online');
    await soon(20);
    expect(await wechaty.login?.(host.sessions, 'svg')).toBeUndefined();
  }
  expect(host.told).toHaveLength(4);
  world.play({ is: 'logout' });
  await adapter.close();
  await adapter.close();
});
