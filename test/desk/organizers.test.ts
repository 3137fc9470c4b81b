// What organizers rely on: words that come twice, words that no alias takes, a status that can be acted on, previews longer than a message.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import wechatModule from '../../adapters/wechat/index.js';
import type { Incoming } from '../../src/adapter.js';
import type { Memory } from '../../src/answer/types.js';
import { Bot } from '../../src/bot/index.js';
import { proposedAnswer } from '../../src/desk/broadcast-answers.js';
import { readBroadcastWish } from '../../src/desk/broadcast-texts.js';
import { statusFacts } from '../../src/desk/status-facts.js';
import { statusParts } from '../../src/desk/status-text.js';
import { plainText } from '../../src/render/index.js';
import type { Acceptance } from '../../src/store/port.js';
import { catalog, community } from '../answer/scene.js';
import { DAY, draftOf, fakeView, maker, openScene, sent, wish } from '../broadcast/scene.js';
import { FakePlatform, silentLog } from '../fakes/platform.js';
import { type House, openHouse, person } from '../organizers/house.js';
import { openDesk } from './scene.js';

describe('people', () => {
  let house: House;
  let slack: FakePlatform;
  let wechat: FakePlatform;
  beforeEach(async () => {
    [slack, wechat] = [new FakePlatform('slack'), new FakePlatform('wechat')];
    house = await openHouse({ adapters: [{ module: slack.module }, { module: wechat.module }], organizers: ['slack:person:Olga'] });
  });
  afterEach(() => house.close());

  let count = 0;
  async function says({ host, module, arrived }: FakePlatform, from: string, text: string, id = ''): Promise<string> {
    const before = arrived.length;
    count += 1;
    const where = person(module.name, from);
    const message: Incoming = { id: id || `m${count}`, where, sender: { id: from, isBot: false }, text, addressed: true, at: new Date() };
    await host?.receive(message);
    await house.quiet();
    return arrived[before]?.text ?? '';
  }
  const audit = async (word: string) => (await house.store.readAudit(100)).filter(({ did }) => did === word);

  test('"link" that is delivered twice makes one invitation', async () => {
    await says(slack, 'Olga', 'link', 'same');
    await says(slack, 'Olga', 'link', 'same');
    expect(await house.store.proposals({ kind: 'invite' }, Date.now())).toHaveLength(1);
    expect(await audit('invited')).toHaveLength(1);
  });

  test('"remove" whose audit line fails leaves a line when it comes again', async () => {
    await says(slack, 'ann', await house.invite());
    const real = house.store.writeAudit.bind(house.store);
    house.store.writeAudit = () => Promise.reject(new Error('the store is away'));
    await says(slack, 'Olga', 'remove slack:person:ann', 'removes').catch(() => undefined);
    house.store.writeAudit = real;
    expect(await says(slack, 'Olga', 'remove slack:person:ann', 'removes')).not.toMatch(/There is no organizer/);
    expect(await audit('removed')).toHaveLength(1);
    expect(await says(slack, 'Olga', 'remove slack:person:ann', 'removes once more')).toMatch(/There is no organizer/);
  });

  test('"remove" that comes again removes nobody who has come back', async () => {
    await says(slack, 'ann', await house.invite());
    expect(await says(slack, 'Olga', 'remove slack:person:ann', 'removes')).toMatch(/no organizer any more/);
    await says(slack, 'ann', await house.invite());
    await says(slack, 'Olga', 'remove slack:person:ann', 'removes');
    expect(house.roster()).toContain('slack:person:ann');
    expect(await audit('removed')).toHaveLength(1);
  });

  test('whoever removes themself is asked first, or told that nobody is left', async () => {
    house.organizers.length = 0;
    await says(slack, 'ann', await house.invite());
    expect(await says(slack, 'ann', 'remove slack:person:ann')).toMatch(/\?|nobody|last|emcee organizer invite/i);
  });
});

test.each(['停止群发', '群发记录', '继续群发', '不发了', '草稿箱', 'broadcasts', '机器人状态', 'bot status', '登出', '关联账号', '这个群'])(
  'no alias takes an organizer’s word: %s',
  async (word) => {
    const desk = await openDesk();
    try {
      expect(await desk.say(`别名 ${word} = 20231104`)).not.toMatch(/成员发送“.*就和|= 20231104|会收到|一样/);
      expect(await desk.store.kept()).toEqual([]);
    } finally {
      await desk.close();
    }
  },
);

test('what holds: the words that aliases may not take are words', () => {
  expect(readBroadcastWish('停止群发')).toMatchObject({ is: 'stop' });
});

test('the status does not call what waits for tomorrow running', async () => {
  const scene = await openScene();
  try {
    await sent(scene, wish({ at: scene.now + DAY }));
    const parts = { store: scene.store, nextPosts: () => [], catalog: () => catalog([]), troubles: () => [], now: () => scene.now };
    const { broadcasts, next } = await statusFacts(parts);
    expect(broadcasts).toMatchObject([{ isRunning: false, isWaiting: true }]);
    expect(next).toMatchObject([{ at: scene.now + DAY, rule: 'broadcast' }]);
  } finally {
    await scene.close();
  }
});

test('a command that the status tells can be run as it stands', () => {
  const row = { id: 'b1/main hall', post: 'b1', channel: 'main hall', address: 'slack:room:1', reason: null, changedAt: 0 };
  const [none, unknown] = [
    { count: 0, newest: [] },
    { count: 1, newest: [row] },
  ];
  const facts = {
    platforms: null,
    next: [],
    held: none,
    missed: none,
    unknown,
    broadcasts: [],
    codes: [],
    codeCount: 0,
    questions: [],
    aliases: [],
  };
  const text = statusParts(facts, { language: 'en', community: community(), catalog: catalog([]) }).join();
  expect(plainText({ text })).toMatch(/resolve ['"]b1\/main hall['"] sent/);
});

describe('a long preview in WeChat', () => {
  const LONG = Array.from({ length: 60 }, (_, at) => `第 ${at} 段：周六的 Meetup 改到二楼的大会议室，请大家早一点到，谢谢。`).join('\n\n');
  async function preview(): Promise<{ first: string; memory: Memory | undefined; number: string }> {
    const scene = await openScene();
    try {
      scene.platforms.set('wechat', fakeView({}, { module: wechatModule }));
      scene.channels(
        ...(['slack:room:a', 'wechat:audience:all'] as const).map((address) => ({
          name: address.split(':')[0] as string,
          address,
          tags: [],
        })),
      );
      const draft = draftOf(await scene.broadcasts.propose(wish({ say: { text: LONG } }), maker()));
      let kept: Acceptance | undefined;
      const bot = new Bot({
        store: {
          accept: async (acceptance: Acceptance) => {
            kept = acceptance;
            return { first: true };
          },
        } as never,
        ledger: {} as never,
        alerts: { waiting: async () => undefined } as never,
        log: silentLog,
        community: () => community(),
        answer: () => ({ kind: 'none', events: [], language: 'zh' }),
        refersBack: () => false,
        errand: async () => proposedAnswer({ is: 'proposed', draft }, { language: 'zh', now: Date.now(), hasButtons: false }),
        personOf: () => 'wechat:person:oAnn',
      });
      const message = {
        id: '1',
        where: 'wechat:person:oAnn' as const,
        sender: { id: 'oAnn', isBot: false },
        text: '群发',
        addressed: true,
      };
      const { reply } = await bot.receive({ instance: 'wechat', module: wechatModule, threads: false }, { ...message, at: new Date() });
      const first = wechatModule.preview(wechatModule.format(reply ?? { text: '' }));
      return { first, memory: kept?.memory as Memory | undefined, number: draft.number };
    } finally {
      await scene.close();
    }
  }

  test('says in its first message what to answer', async () => {
    const { first, number } = await preview();
    expect(first).toContain(number);
  });

  test('still has what the other platforms show, behind 更多', async () => {
    const { memory } = await preview();
    expect(JSON.stringify(memory)).toMatch(/—— slack/);
  });
});
