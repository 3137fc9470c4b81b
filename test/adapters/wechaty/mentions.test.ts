// What is heard in a group: who is meant, and from when it is.
import { expect, test } from 'vitest';
import { withoutMentions } from '../../../adapters/wechaty/mentions.js';
import { testHost } from '../../contracts/adapter.js';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import { WeChat } from '../../fakes/wechaty/wechat.js';
import { connected } from './scene.js';

const there = whereInstalled();

test('a member whose name begins with the bot’s is not the bot', () => {
  expect(withoutMentions('@司仪 小王\u2005你几点到？', ['司仪'])).toMatchObject({ mentioned: false });
});

test('of two names of the bot, the longer one is looked for first', () => {
  expect(withoutMentions('@emcee 小助手\u200520231104', ['emcee', 'emcee 小助手'])).toEqual({ text: '20231104', mentioned: true });
});

test('an address that ends like a mention is none', () => {
  expect(withoutMentions('写信给 hi@司仪 谢谢', ['司仪'])).toMatchObject({ mentioned: false });
});

test('a name may have signs in it; WeChat’s own sign ends a mention wherever it stands', () => {
  expect(withoutMentions('@C++ (emcee-bot)\u2005 20231104', ['C++ (emcee-bot)'])).toEqual({ text: '20231104', mentioned: true });
  expect(withoutMentions('问一下@司仪 20231104', ['司仪'])).toEqual({ text: '问一下 20231104', mentioned: true });
  expect(withoutMentions('hi@司仪\u200520231104', ['司仪'])).toEqual({ text: 'hi 20231104', mentioned: true });
  expect(withoutMentions('@小明\u2005@司仪', ['司仪'])).toEqual({ text: '@小明', mentioned: true });
  expect(withoutMentions('@ \u2005', ['', undefined])).toEqual({ text: '@', mentioned: false });
});

there('a message whose time nobody knows is not taken for a new one', async () => {
  const world = new WeChat();
  const host = testHost();
  const adapter = await connected(world, host);
  world.say('ann', '20231104', 'me', { at: Number.NaN });
  world.say('ann', 'now');
  await host.heard(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await adapter.close();
  expect(host.messages.map(({ text }) => text)).toEqual(['now']);
});

there('texts that are null, names that are empty, recalled messages, an unknown sender', async () => {
  const world = new WeChat();
  world.people.set('nobody', '');
  world.room('@room', '');
  const host = testHost();
  const adapter = await connected(world, host);
  world.say('ann', null as unknown as string, '@room');
  world.say('ann', '撤回了一条消息', '@room', { type: 13 });
  world.say('nobody', '20231104', '@room');
  await until(() => host.messages.some(({ text }) => text === '20231104'));
  await adapter.close();
  expect(host.messages.filter(({ text }) => text !== '')).toHaveLength(1);
});
