// The whole bot over WeChat: what members say and get, posts at their pace, the kill switch, restarts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import { WeChat } from '../../fakes/wechaty/wechat.js';
import { bind, onWeChat } from './scene.js';

// Whole bots start.
vi.setConfig({ testTimeout: 60_000 });
const there = whereInstalled();

const SLIDES = 'https://example.org/slides/20231104';

function twoRooms(): WeChat {
  const world = new WeChat();
  world.room('@cd', '成都群');
  world.room('@sz', '深圳群');
  return world;
}

there('codes, mentions and commands are answered; all else in a room is met with silence, and a code again for two minutes', async () => {
  const world = twoRooms();
  await onWeChat(world, {}, async () => {
    world.say('ann', '20231104');
    await until(() => world.sentTo('ann').length === 1);
    expect(world.sentTo('ann')[0]).toContain(SLIDES);
    for (const text of ['大家好', '20231105', '下一场', '20231104', '２０２３１１０４']) world.say('ann', text, '@cd');
    await until(() => world.sentTo('@cd').length === 1);
    expect(world.sentTo('@cd')[0]).toContain(SLIDES);
    // One who is mentioned answers always, and one room's silence is not another's.
    world.say('ben', '@司仪\u200520231104', '@cd');
    world.say('ben', '20231104', '@sz');
    await until(() => world.sentTo('@cd').length === 2 && world.sentTo('@sz').length === 1);
    world.say('ann', 'zxqv');
    await until(() => world.sentTo('ann').length === 2);
    expect(world.sent).toHaveLength(5);
  });
});

there('bound by an organizer elsewhere: posts reach the rooms, reminders too, and a restart changes nothing', async () => {
  const world = twoRooms();
  await onWeChat(world, {}, async (scene) => {
    await until(() => scene.notices().length === 1);
    expect(scene.notices()[0]).toContain('频道 成都群（wechaty:成都群）还没有绑定群');
    expect(await scene.ask('绑定群 不存在')).toContain('可以绑定的有：成都群、深圳群');
    expect(await scene.ask('确认群 成都群')).toContain('没有等待确认的群');
    await bind(scene, '成都群', '@cd');
    await bind(scene, '深圳群', '@sz');
    await scene.post({ 成都群: '一', 深圳群: '二' });
    await until(() => world.sent.length === 2);
    await scene.restart();
    await scene.post({ 成都群: '三' });
    await until(() => world.sentTo('@cd').length === 2);
    expect([world.sentTo('@cd'), world.sentTo('@sz')]).toEqual([['一', '三'], ['二']]);

    const start = new Date(Date.now() + 50 * 60_000).toISOString().slice(0, 16).replace('T', ' ');
    const page = [
      '---',
      'title: 今晚聚会',
      `start: ${start}`,
      'timezone: UTC',
      "codes: ['tonight9']",
      'reminders: [{ before: 1h, to: [announce] }]',
      '---',
    ];
    writeFileSync(join(scene.folder, 'content/events/tonight.md'), `${page.join('\n')}\n`);
    await until(() => world.sentTo('@sz').length === 2 && world.sentTo('@cd').length === 3, 'the reminder');
    expect(world.sentTo('@sz')[1]).toContain('今晚聚会');
  });
});

there('a changed id holds what is to go there until an organizer confirms; nothing is lost', async () => {
  const world = twoRooms();
  await onWeChat(world, {}, async (scene) => {
    await bind(scene, '成都群', '@cd');
    world.rooms.delete('@cd');
    world.room('@cd2', '成都群');
    await scene.restart();
    await scene.post({ 成都群: '开会' });
    await until(
      async () => (await scene.rows()).some(({ state, reason }) => state === 'pending' && /asked/.test(reason ?? '')),
      'it is held',
    );
    expect(await scene.ask('confirm group 成都群')).toContain('that is the group');
    await until(() => world.sentTo('@cd2').length === 1, 'what was held');
    expect(world.sentTo('@cd2')).toEqual(['开会']);
  });
});

there('the kill switch stops everything, over a restart; afterwards what waited goes', async () => {
  const world = twoRooms();
  await onWeChat(world, {}, async (scene) => {
    await bind(scene, '成都群', '@cd');
    expect(await scene.ask('暂停 wechaty')).toContain('wechaty 已暂停');
    await scene.post({ 成都群: '开会' });
    world.say('ann', '20231104');
    await scene.restart();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(world.sent).toEqual([]);
    expect(await scene.ask('resume wechaty')).toContain('sends again');
    await until(() => world.sent.length === 2);
    // Members command nothing.
    world.say('ann', 'pause wechaty');
    await until(() => world.sentTo('ann').length === 2);
    await scene.post({ 成都群: '再开会' });
    await until(() => world.sentTo('@cd').length === 2);
  });
});

there('the daily budget holds over restarts; answers have their own', async () => {
  const world = twoRooms();
  const settings = { WECHATY_DAILY: '5', WECHATY_DAILY_REPLIES: '2' };
  await onWeChat(world, { settings }, async (scene) => {
    await bind(scene, '成都群', '@cd');
    for (let i = 0; i < 6; i += 1) await scene.post({ 成都群: `第 ${i}` });
    await until(() => world.sentTo('@cd').length === 3);
    await scene.restart();
    world.say('ann', '20231104');
    world.say('ben', '20231104');
    await until(() => world.sentTo('ann').length + world.sentTo('ben').length === 2);
    world.say('ann', 'next');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(world.sent).toHaveLength(5);
    expect((await scene.rows()).filter(({ address, state }) => address.startsWith('wechaty:') && state === 'pending')).toHaveLength(4);
  });
});

there('posts are paced: never two closer than the gap, never more than a batch in its time', async () => {
  const world = new WeChat();
  world.room('@cd', '成都群');
  world.room('@sz', '深圳群');
  await onWeChat(world, { settings: { WECHATY_PACE: '30-60ms', WECHATY_BATCH: '4/600ms' } }, async (scene) => {
    await bind(scene, '成都群', '@cd');
    await bind(scene, '深圳群', '@sz');
    for (let i = 0; i < 4; i += 1) await scene.post({ 成都群: `c${i}`, 深圳群: `s${i}` });
    await until(() => world.sent.length === 8);
    const at = world.sent.map((each) => each.at);
    for (let i = 1; i < 8; i += 1) expect((at[i] ?? 0) - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(28);
    for (let i = 4; i < 8; i += 1) expect((at[i] ?? 0) - (at[i - 4] ?? 0)).toBeGreaterThanOrEqual(598);
  });
});

there('a broadcast shows the pace before it goes, and keeps it', async () => {
  const world = twoRooms();
  await onWeChat(
    world,
    { settings: { WECHATY_PACE: '50-90ms', WECHATY_BATCH: '20/10m', WECHATY_DAILY: '200', WECHATY_DAILY_REPLIES: '100' } },
    async (scene) => {
      await bind(scene, '成都群', '@cd');
      await bind(scene, '深圳群', '@sz');
      let preview = '';
      // A channel that was bound just now is looked up in a moment.
      await until(async () => {
        preview = await scene.ask('群发 @announce 今晚七点见');
        return preview.includes('发到 2 个频道');
      }, 'both channels');
      expect(preview).toContain(
        '微信群：每条间隔 0.05–0.09 秒，10 分钟内最多 20 个群，一天最多 100 条，只在 00:00–24:00（Asia/Shanghai）发送。',
      );
      expect(world.sent).toEqual([]);
      await scene.ask(/回复数字 (\d{4})/.exec(preview)?.[1] ?? '');
      await until(() => world.sent.length === 2, 'the broadcast');
      const [one, other] = world.sent;
      expect([one?.text, other?.text]).toEqual(['今晚七点见', '今晚七点见']);
      expect((other?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(48);
    },
  );
});

there('a burst of 1,000 messages: each question is answered once, each room hears a code once', async () => {
  const world = new WeChat();
  for (let i = 0; i < 100; i += 1) world.people.set(`p${i}`, `成员 ${i}`);
  for (let i = 0; i < 20; i += 1) world.room(`@r${i}`, `群 ${i}`);
  await onWeChat(world, {}, async (scene) => {
    for (let i = 0; i < 1_000; i += 1) {
      if (i % 10 === 0) world.say(`p${i / 10}`, '20231104');
      else world.say(`p${i % 100}`, i % 3 === 0 ? '20231104' : `说了点什么 ${i}`, `@r${i % 20}`);
    }
    await until(() => world.sent.length >= 118, 'the answers');
    await until(async () => (await scene.health()).wechaty?.queued === 0);
    const counts = new Map<string, number>();
    for (const { to } of world.sent) counts.set(to, (counts.get(to) ?? 0) + 1);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    expect(world.sent).toHaveLength(118);
  });
});

there('a logout is told to organizers on another platform, /healthz says what is waited for, and the picture is not there', async () => {
  const world = twoRooms();
  const yaml = 'community: 社区\nlanguage: zh\norganizers: [desk:person:boss]\n';
  await onWeChat(world, { yaml }, async (scene) => {
    expect((await scene.health()).wechaty).toMatchObject({ is: 'online' });
    world.play({ is: 'logout' });
    await until(async () => (await scene.health()).wechaty?.is === 'waiting-for-login');
    world.play({ is: 'scan', qrcode: 'https://login.weixin.qq.com/l/SECRET', status: 2 });
    await until(() => scene.notices().length === 1);
    expect(scene.notices()[0]).toContain('已退出登录');
    expect(JSON.stringify(await scene.health())).not.toContain('SECRET');
  });
});

there('who is listed as an organizer by an id that changes is a member like all others, and organizers hear why', async () => {
  const world = twoRooms();
  const yaml =
    'community: 社区\nlanguage: zh\norganizers: [desk:person:boss, "wechaty:person:ann"]\nalerts: ["wechaty:person:ann", desk:person:boss]\n';
  await onWeChat(world, { yaml }, async (scene) => {
    await until(() => scene.notices().length === 1);
    expect(scene.notices()[0]).toContain('wechaty:person:ann 不能当组织者');
    world.say('ann', '暂停 wechaty');
    await until(() => world.sentTo('ann').length === 1);
    expect(world.sentTo('ann')[0]).not.toContain('已暂停');
  });
  await onWeChat(twoRoomsAnd(world), { yaml, settings: { WECHATY_STABLE_IDS: 'yes' } }, async () => {
    world.say('ann', '暂停 wechaty');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(world.sentTo('ann')).toEqual([]);
  });
});

/** The same world, as nobody had said anything yet. */
function twoRoomsAnd(world: WeChat): WeChat {
  world.sent.length = 0;
  return world;
}
