// Broadcasts from a chat: which words are meant for them, times and numbers as people type them, and what may fail or take its time.
import { afterEach, describe, expect, test } from 'vitest';
import { referenceOf } from '../../src/answer/commands.js';
import { fold } from '../../src/answer/fold.js';
import type { Errand, RunErrand } from '../../src/bot/errand.js';
import { Bot } from '../../src/bot/index.js';
import { Broadcasts } from '../../src/broadcast/index.js';
import type { Catalog, Channel, Community } from '../../src/content/catalog.js';
import { readBroadcastWish } from '../../src/desk/broadcast-texts.js';
import { BroadcastDesk } from '../../src/desk/broadcasts.js';
import { oneDesk } from '../../src/desk/index.js';
import { keyvOver } from '../../src/store/keyv.js';
import { catalog as catalogOf, event } from '../answer/scene.js';
import { channel, fakeView } from '../broadcast/scene.js';
import { FakePlatform, silentLog } from '../fakes/platform.js';
import { type DeskScene, OLGA, openDesk } from './scene.js';

const CHANNELS: Channel[] = [channel('general', ['announce']), channel('c3', ['announce'])];
let desk: DeskScene | undefined;
let clock: number | undefined;
let asked: RunErrand | undefined;
afterEach(async () => {
  await desk?.close();
  [desk, clock, asked] = [undefined, undefined, undefined];
});

async function open(settings: Partial<Community> = {}, pages?: Catalog): Promise<DeskScene> {
  desk = await openDesk({
    ...(pages && { catalog: pages }),
    community: { channels: CHANNELS, ...settings },
    further: (scene) => {
      const now = () => clock ?? scene.now();
      const catalog = () => scene.kept.catalog();
      const community = (): Community => ({ ...COMMUNITY, channels: CHANNELS, ...settings });
      const view = fakeView();
      const broadcasts = new Broadcasts({
        ...{ store: scene.store, now, catalog, community },
        platform: (instance) => (instance === 'slack' ? view : undefined),
        idOf: ({ id }) => id,
      });
      const waiting = keyvOver(scene.store, 'broadcast-text', now);
      const broadcastDesk = new BroadcastDesk({ broadcasts, waiting, catalog, community, follow: () => undefined, now });
      asked = oneDesk([broadcastDesk.run, (errand) => scene.desk.run(errand), broadcastDesk.takeText]);
      return asked;
    },
  });
  return desk;
}
const COMMUNITY = {
  name: 'C',
  timezone: 'Asia/Shanghai',
  language: 'zh',
  organizers: [OLGA],
  words: {},
  rules: [],
} as unknown as Community;

describe('texts', () => {
  test('that ask for the next page do not send what was stopped', () => {
    expect(referenceOf(fold('继续'))).toEqual({ is: 'more' });
    expect(readBroadcastWish('继续')).toBeUndefined();
  });

  test.each(['show events', 'show slides', 'stop talks', 'report error', 'edit your page please', '停止 spam'])(
    'that name no draft are questions: %s',
    (text) => expect(readBroadcastWish(text)).toBeUndefined(),
  );

  test('to edit may ask for the mention of everyone, or is told that it cannot', () => {
    expect(readBroadcastWish('edit b7k2m +everyone Hello')).toMatchObject({ everyone: true });
  });
});

describe('times', () => {
  test.each([
    ['the night the clocks go back', '2026-11-01T04:30Z', '2026-11-02 09:00'],
    ['the night before they go forward', '2026-03-08T04:30Z', '2026-03-08 09:00'],
  ])('tomorrow, said in %s', async (_night, now, when) => {
    clock = Date.parse(now);
    const { say } = await open({ timezone: 'America/New_York' });
    expect(await say('broadcast tomorrow 9:00 @announce hello')).toContain(when);
  });

  test('a day that no month has is told', async () => {
    clock = Date.parse('2026-11-21T00:00Z');
    const { say } = await open();
    expect(await say('群发 2027-02-30 09:00 @announce 你好')).toMatch(/看不懂/);
  });
});

describe('numbers', () => {
  test('four digits are a question again when the number of the draft has expired', async () => {
    const { say, later } = await open();
    await say('群发 @announce 你好');
    later(11 * 60_000);
    expect(await say('2023')).not.toMatch(/没有等待确认的群发/);
  });

  test('a year is a question, not a try', async () => {
    const { say } = await open();
    await say('群发 @announce 你好');
    expect(await say('2023')).not.toMatch(/还可以试/);
  });

  test('a wrong count is not called a wrong number', async () => {
    const many = Array.from({ length: 101 }, (_, at) => channel(`r${at}`, ['many']));
    const { say } = await open({ channels: many });
    const preview = await say('群发 @many 你好');
    const number = /“(\d{4}) 101”/.exec(preview)?.[1] ?? 'no number';
    expect(await say(`${number} 100`)).not.toMatch(/数字不对，/);
  });
});

/** As the desk answers it, though nothing here sends what is confirmed. */
async function tell({ now }: DeskScene, text: string, more: { key?: string; signedInAt?: number } = {}): Promise<string> {
  const answer = await asked?.({
    ...{ key: text, text, where: OLGA, isDirect: true, addressed: true, sender: OLGA, role: 'organizer', person: OLGA, language: 'zh' },
    capabilities: { proactive: 'never', choices: false },
    signedInAt: now(),
    ...more,
  } as Errand);
  return answer?.reply?.text ?? '';
}

test('a number that comes again confirms nothing twice, and is told the same', async () => {
  const scene = await open();
  const number = /数字 (\d{4})/.exec(await scene.say('群发 @announce 你好'))?.[1] ?? '';
  for (let i = 0; i < 2; i++) expect(await tell(scene, number)).toMatch(/开始发送/);
  expect(await tell(scene, number, { key: 'another' })).toMatch(/已经确认过了/);
  expect(await scene.store.posts({ kinds: ['broadcast'], limit: 9 })).toHaveLength(1);
});

test('who has signed in more than ten minutes ago signs in again before anything goes out; the draft waits', async () => {
  const scene = await open();
  const long = { signedInAt: scene.now() - 11 * 60_000 };
  expect(await tell(scene, '4821', long)).toBe('');
  const number = /数字 (\d{4})/.exec(await tell(scene, '群发 @announce 你好', long))?.[1] ?? '';
  for (const word of [number, '继续群发', 'retry']) expect(await tell(scene, word, long)).toMatch(/再登录一次|sign in once more/);
  expect(await scene.store.posts({ kinds: ['broadcast'], limit: 9 })).toEqual([]);
  expect(await tell(scene, number)).toMatch(/开始发送/);
});

test('a time can be taken off a draft again', async () => {
  const scene = await open();
  const preview = await tell(scene, '群发 明天 10:00 @announce 你好');
  expect(preview).not.toMatch(/立即发送/);
  const id = /[a-z]\d[a-z]\d[a-z]/.exec(preview)?.[0] ?? '';
  expect(await tell(scene, `修改 ${id} 现在`)).toMatch(/立即发送[\s\S]*你好/);
});

describe('codes of events go before words, in every spelling', () => {
  const PAGES = catalogOf([event({ id: 'a', title: 'A', codes: ['1104', 'Drafts'], slides: ['https://a.example/1'] })]);

  test.each(['１１０４', 'drafts', 'DRAFTS'])('%s', async (text) => {
    const { say } = await open({}, PAGES);
    await say('群发 @announce 你好');
    expect(await say(text)).toContain('https://a.example/1');
  });
});

describe('the text that was asked for', () => {
  test('is taken again when its message comes again after a failure', async () => {
    const scene = await open();
    await scene.say('群发 @announce');
    const real = scene.store.propose.bind(scene.store);
    scene.store.propose = () => Promise.reject(new Error('the store is away'));
    await scene.say('大家明天见').catch(() => undefined);
    scene.store.propose = real;
    const before = scene.platform.texts().length;
    await scene.again();
    expect(scene.platform.texts().slice(before).join()).toMatch(/预览/);
  });

  test.each(['帮助', 'help', '20231104', '更多'])('is not what asks the bot for something: %s', async (text) => {
    const { say } = await open();
    await say('群发 @announce');
    expect(await say(text)).not.toMatch(/群发预览/);
  });
});

describe('a platform that waits for the answer in its own request', () => {
  const receive = (errand: () => Promise<never>) => {
    const platform = new FakePlatform('wechat', { passive: true });
    const nothing = async () => undefined;
    const bot = new Bot({
      store: { accept: async () => ({ first: true }) } as never,
      ledger: {} as never,
      alerts: { waiting: nothing } as never,
      log: silentLog,
      community: () => ({ ...COMMUNITY, organizers: [], channels: [] }),
      answer: () => ({ kind: 'none', events: [], language: 'zh', reply: { text: '没有找到“停止”' } }),
      refersBack: () => false,
      errand,
      personOf: () => OLGA,
    });
    const where = 'wechat:person:oAnn' as const;
    const message = { id: '1', where, sender: { id: 'oAnn', isBot: false }, text: '停止', addressed: true, at: new Date() };
    return bot.receive({ instance: 'wechat', module: platform.module, threads: false }, message);
  };

  test('an organizer’s word that fails is not answered as a question', async () => {
    const { reply } = await receive(() => Promise.reject(new Error('the store is away')));
    expect(reply?.text ?? '').not.toMatch(/没有找到/);
  });

  test('an organizer’s word that takes its time is not answered as a question', async () => {
    const { reply } = await receive(() => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 1_400)));
    expect(reply?.text ?? '').not.toMatch(/没有找到/);
  });
});
