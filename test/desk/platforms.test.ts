import { expect, test } from 'vitest';
import type { Errand } from '../../src/bot/errand.js';
import { Trust } from '../../src/bot/trust.js';
import type { Community } from '../../src/content/catalog.js';
import { PlatformDesk } from '../../src/desk/platforms.js';

const community = {
  channels: [
    { name: '成都 [群]', address: 'wechaty:chengdu', tags: [] },
    { name: 'bound', address: 'wechaty:room:1', tags: [] },
    { name: 'slack', address: 'slack:#events', tags: [] },
  ],
  organizers: ['slack:person:U1', 'wechaty:person:ann'],
  alerts: ['wechaty:person:ann', 'wechaty:room:bound/x'],
} as unknown as Community;

function scene() {
  const done: string[] = [];
  const errands = new PlatformDesk({
    community: () => community,
    instances: () => ['wechaty', 'slack'],
    rooms: (instance) =>
      instance === 'wechaty'
        ? {
            list: async () => [],
            bind: async (channel) => ({ say: `CODE-${channel}`, forMs: 30 * 60_000 }),
            confirm: async (channel) => channel === 'nothing',
          }
        : undefined,
    pause: async (instance, by) => void done.push(`pause ${instance} ${by}`),
    resume: async (instance) => void done.push(`resume ${instance}`),
    did: async () => undefined,
  });
  const ask = async (text: string, more: Partial<Errand> = {}) => {
    const errand = {
      where: 'slack:person:U1',
      sender: 'slack:person:U1',
      isDirect: true,
      addressed: true,
      role: 'organizer',
      capabilities: { proactive: 'always' },
    };
    const answer = await errands.run({ ...errand, text, ...more } as Errand);
    return answer?.reply?.text;
  };
  return { done, ask };
}

test('an organizer pauses and resumes a platform by its name; a member, and talk about a pause, does nothing', async () => {
  const { done, ask } = scene();
  expect(await ask('暂停 wechaty')).toContain('wechaty 已暂停');
  expect(await ask('Resume slack')).toContain('slack sends again');
  expect(done).toEqual(['pause wechaty slack:person:U1', 'resume slack']);
  for (const text of ['暂停一下', 'pause telegram', 'please pause']) expect(await ask(text)).toBeUndefined();
  expect(await ask('pause wechaty', { role: 'member' })).toBeUndefined();
  expect(await ask('pause wechaty', { isDirect: false, addressed: false })).toBeUndefined();
  expect(done).toHaveLength(2);
});

test('a platform is known however a phone writes its name; a name that is nearly one is answered with those that are', async () => {
  const { done, ask } = scene();
  for (const text of ['暂停 Wechaty', 'Pause Wechaty', 'pause wechaty.', '暂停 wechaty。', '暂停wechaty！', 'PAUSE WECHATY !'])
    await ask(text);
  expect(done).toEqual(Array(6).fill('pause wechaty slack:person:U1'));
  expect(await ask('pause wechat')).toMatch(/no platform "wechat"[\s\S]*wechaty, slack[\s\S]*"pause wechaty"/);
  expect(await ask('恢复 salck')).toMatch(/wechaty、slack[\s\S]*“恢复 slack”/);
  for (const text of ['pause music', 'resume it', 'resume wechaty now', '恢复 k3f9']) expect(await ask(text)).toBeUndefined();
  expect(done).toHaveLength(6);
});

test('a code to bind a room is given in a direct chat only, for channels that have to be bound', async () => {
  const { ask } = scene();
  expect(await ask('绑定群 chengdu')).toMatch(/30 分钟内[\s\S]*CODE-chengdu/);
  expect(await ask('bind group 成都 [群]')).toContain('CODE-chengdu');
  expect(await ask('bind group chengdu', { isDirect: false })).not.toContain('CODE');
  for (const name of ['slack', 'bound', 'nowhere']) expect(await ask(`bind room ${name}`)).toContain('These can be: 成都 \\[群\\]');
  expect(await ask('确认群 chengdu')).toContain('没有等待确认的群');
  expect(await ask('bind group chengdu', { role: 'member' })).toBeUndefined();
});

test('organizers and alerts by ids that do not last are left out, and that is told once a list', () => {
  const trust = new Trust([
    ['wechaty', { zh: '编号会变', en: 'ids change' }],
    ['slack', undefined],
  ]);
  const { organizers, alerts } = trust.trusted(community);
  expect([organizers, alerts]).toEqual([['slack:person:U1'], ['wechaty:room:bound/x']]);
  expect(trust.trusted(community)).toBe(trust.trusted(community));
  expect(trust.news(community).map(({ en }) => en)).toEqual(['wechaty:person:ann in emcee.yaml cannot be an organizer: ids change']);
  expect(trust.news(community)).toEqual([]);
  const nobody = new Trust([['slack', undefined]]);
  expect(nobody.trusted(community)).toBe(community);
});
