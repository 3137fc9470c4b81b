// The adapter over the real Wechaty and its mock puppet: the contract, signing in and out, what is heard and what is not.
import { readdirSync } from 'node:fs';
import { expect, vi } from 'vitest';
import wechaty from '../../../adapters/wechaty/index.js';
import type { AdapterModule, ConnectionState } from '../../../src/adapter.js';
import { adapterContract, testHost } from '../../contracts/adapter.js';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import { WeChat } from '../../fakes/wechaty/wechat.js';
import { adapterOver, connected } from './scene.js';

const there = whereInstalled();

let wechat = new WeChat();
const contract = adapterContract({
  module: wechaty as AdapterModule,
  create() {
    wechat = new WeChat();
    const adapter = adapterOver(wechat);
    const connect = adapter.connect.bind(adapter);
    adapter.connect = async (host) => {
      const states: ConnectionState[] = [];
      const report = (state: ConnectionState) => {
        states.push(state);
        host.report(state);
      };
      await connect({ ...host, report });
      wechat.begin();
      await until(() => states.at(-1)?.is === 'online', 'the login');
    };
    return adapter;
  },
  address: 'wechaty:person:ann',
  arrived: () => wechat.sentTo('ann'),
  say: (text) => void wechat.say('ann', text),
  breakNextSend: () => void wechat.moods.push({ error: 'the puppet failed' }),
});
for (const { name, run } of contract) there(name, run);

there('a code to scan is shown on the terminal and nowhere else; signed in, out and in again', async () => {
  const world = new WeChat();
  world.signedIn = false;
  const host = testHost();
  const logged: string[] = [];
  const pictures: string[] = [];
  const keep = (data: object, message: string) => void logged.push(`${JSON.stringify(data)} ${message}`);
  host.log = { debug: keep, info: keep, warn: keep, error: keep };
  const adapter = await connected(world, host, { show: (picture) => void pictures.push(picture) });
  expect(host.states).toEqual([{ is: 'waiting-for-login', scan: '' }]);
  world.play({ is: 'scan', qrcode: 'https://login.weixin.qq.com/l/SECRET==', status: 2 });
  await until(() => pictures.length === 1);
  expect(host.states.at(-1)).toEqual({ is: 'waiting-for-login', scan: 'https://login.weixin.qq.com/l/SECRET==' });
  expect(pictures[0]).toMatch(/[▀▄█]/);
  expect(await wechaty.login?.(host.sessions, 'svg')).toMatch(/^<svg/);
  expect(logged.join('\n')).not.toContain('SECRET');
  expect(logged.join('\n')).toContain('waits for a login');
  // At the very first login nobody is alarmed.
  expect(host.told).toEqual([]);

  world.play({ is: 'scan', qrcode: '', status: 3 });
  world.play({ is: 'login', id: 'me' });
  await until(() => host.states.at(-1)?.is === 'online');
  expect(await wechaty.login?.(host.sessions, 'terminal')).toBeUndefined();

  world.play({ is: 'logout' });
  await until(() => host.states.at(-1)?.is === 'waiting-for-login');
  world.play({ is: 'scan', qrcode: 'again', status: 2 });
  expect(host.told).toEqual([expect.stringContaining('npx emcee login wechaty')]);
  await expect(adapter.send('wechaty:person:ann', 'hello')).rejects.toMatchObject({ reason: 'unreachable', maybeSent: false });
  await until(() => pictures.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  world.play({ is: 'login', id: 'me' });
  await until(() => host.states.at(-1)?.is === 'online');
  expect(host.told).toEqual([expect.any(String), expect.stringContaining('signed in again')]);
  await adapter.send('wechaty:person:ann', 'hello');
  expect(world.sentTo('ann')).toEqual(['hello']);
  await adapter.close();
});

there('a puppet that fails before there is anything to scan is offline, says why once, and prints nothing', async () => {
  const world = new WeChat();
  world.signedIn = false;
  const host = testHost();
  const warned: string[] = [];
  host.log = { ...host.log, warn: (data) => void warned.push(JSON.stringify(data)) };
  const written = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const adapter = await connected(world, host);
  for (let i = 0; i < 20; i += 1) world.play({ is: 'fail', message: 'getaddrinfo ENOTFOUND login.wx.qq.com' });
  await until(() => host.states.at(-1)?.is === 'offline');
  console.error('19:23:42 WARN discover() endpoint<https://api.chatie.io/v0/hosties/puppet_token>');
  world.play({ is: 'scan', qrcode: 'SECRET', status: 2 });
  console.error('scan SECRET');
  await until(() => host.states.at(-1)?.is === 'waiting-for-login');
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
  expect(host.states).toContainEqual({ is: 'offline', reason: 'getaddrinfo ENOTFOUND login.wx.qq.com' });
  expect(warned).toHaveLength(3);
  expect(warned.join()).not.toContain('SECRET');
  await adapter.close();

  // One that says nothing at all is, too, after a while.
  const silent = testHost();
  const mute = new WeChat();
  mute.signedIn = false;
  const other = await connected(mute, silent, { timing: { grace: 30 } });
  await until(() => silent.states.at(-1)?.is === 'offline');
  await other.close();
});

there('own messages, old ones and what is no text are not heard; nor the history that a new login brings', async () => {
  const world = new WeChat();
  world.room('@room', '成都群');
  const host = testHost();
  const adapter = await connected(world, host);
  world.say('me', '20231104', 'ann');
  world.say('me', '20231104', '@room');
  world.say('ann', '20231104', 'me', { at: Date.now() - 3 * 60_000 });
  world.say('ann', 'https://example.org', 'me', { type: 6 });
  await adapter.send('wechaty:person:ann', 'from the bot');
  world.play({ is: 'logout' });
  await until(() => host.states.at(-1)?.is === 'waiting-for-login');
  await new Promise((resolve) => setTimeout(resolve, 20));
  world.play({ is: 'login', id: 'me' });
  world.say('ben', '20231104', '@room', { at: Date.now() - 86_400_000 });
  world.say('ann', 'now');
  expect((await host.heard(1)).map(({ text }) => text)).toEqual(['now']);
  await adapter.close();
  expect(host.messages).toHaveLength(1);
});

there('mentions: U+2005 or a blank behind the name, by the id that the puppet gives, of somebody else', async () => {
  const world = new WeChat();
  world.room('@room', '成都群');
  const host = testHost();
  const adapter = await connected(world, host);
  const said = ['@司仪\u200520231104', '20231104 @司仪\u2005', '@司仪 下一场', '@小明\u200520231104', '20231104', 'a@司仪b'];
  for (const text of said) world.say('ann', text, '@room');
  world.say('ann', '@emcee (bot)\u200520231104', '@room', { mentions: ['me'] });
  world.say('ann', '@所有人 20231104', '@room');
  const heard = await host.heard(8);
  expect(heard.map(({ text, addressed }) => [text, addressed])).toEqual([
    ['20231104', true],
    ['20231104', true],
    ['下一场', true],
    ['@小明 20231104', false],
    ['20231104', false],
    ['a@司仪b', false],
    ['20231104', true],
    ['@所有人 20231104', false],
  ]);
  expect(heard[0]).toMatchObject({ where: 'wechaty:room:@room', sender: { id: 'ann', name: 'Ann', isBot: false } });
  await adapter.close();
});

there('what a puppet remembers lies in the store, not in a file, and is there at the next start', async () => {
  const world = new WeChat();
  const host = testHost();
  const first = await connected(world, host);
  world.play({ is: 'remember', value: { cookies: ['a'] } });
  await until(async () => JSON.stringify(await host.sessions.get('memory'))?.includes('cookies') ?? false);
  await first.close();
  expect(readdirSync('.').filter((file) => file.includes('memory-card'))).toEqual([]);
  const again = new WeChat();
  const second = await connected(again, host);
  expect(await again.remembered()).toEqual({ cookies: ['a'] });
  await second.close();
});

there('a store that fails for a moment loses no message', async () => {
  const world = new WeChat();
  const host = testHost();
  const { receive } = host;
  let failures = 2;
  host.receive = (message) => {
    failures -= 1;
    return failures >= 0 ? Promise.reject(new Error('the disk is full')) : receive(message);
  };
  const adapter = await connected(world, host);
  world.say('ann', '20231104');
  await host.heard(1);
  await adapter.close();
});

there('what WeChat says to an account that does too much rests the whole account, and is told', async () => {
  const world = new WeChat();
  const host = testHost();
  const adapter = await connected(world, host);
  world.moods.push({ error: '操作过于频繁，可稍后再试' }, { error: 'socket hang up' });
  await expect(adapter.send('wechaty:person:ann', 'x')).rejects.toMatchObject({
    ...{ reason: 'rate-limited', maybeSent: false, retryScope: 'adapter', retryAfterMs: 3600_000 },
  });
  expect(host.told).toEqual([expect.stringContaining('WECHATY_DAILY')]);
  await expect(adapter.send('wechaty:person:ann', 'x')).rejects.toMatchObject({ reason: 'unreachable', maybeSent: true });
  await expect(adapter.send('wechaty:person:nobody', 'x')).rejects.toMatchObject({ reason: 'unknown-target', maybeSent: false });
  await adapter.close();
});

there('new friends and who joins a bound room are welcomed as the settings say', async () => {
  const world = new WeChat();
  world.room('@room', '成都群');
  world.room('@other', '别的群');
  const host = testHost();
  const adapter = await connected(world, host, { settings: { WECHATY_WELCOME: 'friends,rooms' } });
  const { say } = (await wechaty.rooms?.(host.sessions).bind('成都群')) ?? { say: '' };
  world.say('ann', say, '@room');
  await until(async () => (await adapter.resolve('成都群')) !== undefined);
  world.play({ is: 'contact', id: 'new', name: 'New' });
  world.play({ is: 'friendship', id: 'f1', contactId: 'new', type: 2 });
  world.play({ is: 'friendship', id: 'f2', contactId: 'new', type: 1 });
  await host.heard(1);
  for (const room of ['@room', '@other', '@room']) world.play({ is: 'join', room, who: 'new', by: 'ann' });
  const welcomed = await host.heard(2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(host.messages).toHaveLength(2);
  expect(welcomed.map(({ where, arrived, text }) => [where, arrived, text])).toEqual([
    ['wechaty:person:new', true, ''],
    ['wechaty:room:bound/成都群', true, ''],
  ]);
  await adapter.close();
});
