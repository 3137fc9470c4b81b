import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Incoming } from '../../src/adapter.js';
import type { Answer, Question } from '../../src/answer/types.js';
import { Alerts, type AlertsParts } from '../../src/bot/alerts.js';
import { Bot } from '../../src/bot/index.js';
import type { Community } from '../../src/content/catalog.js';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import { inEveryLanguage, ORGANIZER_PHRASES } from '../../src/phrases/organizers.js';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';

const community: Community = {
  name: 'c',
  timezone: 'Asia/Shanghai',
  language: 'en',
  organizers: ['fake:person:olga'],
  alerts: [],
  channels: [],
  reminders: [],
  digests: [],
  words: {},
  sources: [],
  site: null,
  slidesAfterDays: 7,
  publicSlides: false,
  sample: false,
};

let folder = '';
let store: Store;
let platform: FakePlatform;
let ledger: Ledger;
let alerts: Alerts;
let bot: Bot;
let now = 0;
let questions: Question[] = [];
let answering: (question: Question) => Answer;
let online = true;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emcee-bot-'));
  store = await openSqlite(folder, { lock: true });
  now = Date.now();
  online = true;
  questions = [];
  answering = ({ text }) => ({ kind: 'code', events: ['e'], language: 'en', reply: { text: `re: ${text}` } });
  build(new FakePlatform());
});
afterEach(async () => {
  alerts.close();
  await ledger.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function build(to: FakePlatform): void {
  platform = to;
  ledger = new Ledger({
    store,
    log: silentLog,
    now: () => now,
    adapterOf: () => platform.adapter,
    online: () => ['fake'],
    timing: faster(TIMING, 100),
  });
  alerts = new Alerts(alertsParts());
  bot = new Bot({
    store,
    ledger,
    alerts,
    log: silentLog,
    now: () => now,
    community: () => community,
    answer: (question) => {
      questions.push(question);
      return answering(question);
    },
    refersBack: (text) => /^\d$/.test(text),
  });
}

const alertsParts = (): AlertsParts => ({
  store,
  log: silentLog,
  now: () => now,
  community: () => community,
  gatherMs: 5,
  bundleMs: 60,
  capabilities: () => (online ? platform.capabilities : undefined),
  say: (address, message, ids) => ledger.say(address, platform.module.format(message), ids),
  words: (notices, more, language) => ORGANIZER_PHRASES[language].bundle(notices, more),
  codeWithoutLink: (code) => inEveryLanguage((say) => say.codeWithoutLink(code)),
});

let count = 0;
function message(text: string, more: Partial<Incoming> & { from?: string } = {}): Incoming {
  count += 1;
  const { from = 'ann', ...rest } = more;
  return {
    id: `m${count}`,
    where: 'fake:person:ann',
    sender: { id: from, isBot: false },
    text,
    addressed: true,
    at: new Date(now),
    ...rest,
  };
}
const receive = (incoming: Incoming, threads = false) => bot.receive({ instance: 'fake', module: platform.module, threads }, incoming);
const quiet = () => until(async () => !ledger.busy && (await store.open()).every(({ state }) => state === 'unknown'));

describe('a message', () => {
  test('is answered where it was said', async () => {
    expect(await receive(message('20231104'))).toEqual({});
    await quiet();
    expect(platform.arrived).toMatchObject([{ to: 'fake:person:ann', text: 're: 20231104' }]);
  });

  test('of a bot is left alone', async () => {
    await receive(message('20231104', { sender: { id: 'b', isBot: true } }));
    expect(questions).toEqual([]);
  });

  test('delivered four times at once, and again later, is answered once', async () => {
    const incoming = message('20231104');
    await Promise.all([1, 2, 3, 4].map(() => receive(incoming)));
    await quiet();
    await receive(incoming);
    await quiet();
    expect(platform.texts()).toHaveLength(1);
  });

  test('is kept with its reply before it is acknowledged; if that fails, it is not acknowledged', async () => {
    await store.close();
    await expect(receive(message('20231104'))).rejects.toThrow(/closed/);
    expect(platform.texts()).toEqual([]);
    store = await openSqlite(folder, { lock: true });
  });

  test('that makes the answer fail does not take the bot down', async () => {
    answering = () => {
      throw new Error('a fault');
    };
    await receive(message('x'));
    answering = () => ({ kind: 'none', events: [], language: 'en', reply: { text: 'still here' } });
    await receive(message('y'));
    await quiet();
    expect(platform.texts()).toEqual(['still here']);
  });

  test('messages of one address are answered in order', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, i) => receive(message(String(i + 100)))));
    await quiet();
    expect(platform.texts()).toEqual(Array.from({ length: 50 }, (_, i) => `re: ${i + 100}`));
  });
});

describe('roles, channels and memory', () => {
  test('an organizer is known by the platform id, never by a name', async () => {
    await receive(message('x', { from: 'olga' }));
    await receive(message('x', { sender: { id: 'eve', name: 'olga', isBot: false } }));
    expect(questions.map(({ role }) => role)).toEqual(['organizer', 'member']);
  });

  test('memory is read only for a text that may refer back, and not after ten minutes', async () => {
    const memory = { choices: [{ label: 'one', say: 'x' }], at: now };
    answering = () => ({ kind: 'choice', events: [], language: 'en', reply: { text: 'which?' }, memory });
    await receive(message('which'));
    answering = () => ({ kind: 'none', events: [], language: 'en' });
    await receive(message('hello'));
    await receive(message('1'));
    now += 10 * 60_000;
    await receive(message('1'));
    expect(questions.map((question) => question.memory)).toEqual([undefined, undefined, memory, undefined]);
  });

  test('a room and its settings are told to the answer', async () => {
    community.channels.push({ name: 'general', address: 'fake:room:1', tags: [], language: 'zh', rooms: 'mention' });
    await receive(message('x', { where: 'fake:room:1', addressed: false }));
    community.channels.length = 0;
    expect(questions[0]).toMatchObject({ place: 'room', addressed: false, language: 'zh', mentionOnly: true });
  });
});

describe('rooms', () => {
  const room = (text: string, more: Partial<Incoming> = {}) => message(text, { where: 'fake:room:1', addressed: false, ...more });

  test('without threads the same code is answered once in two minutes; a mention always', async () => {
    await receive(room('20231104'));
    await receive(room('20231104', { from: 'bob' } as Partial<Incoming>));
    await receive(room('20231104', { addressed: true }));
    await receive(room('20231104', { where: 'fake:room:2' }));
    now += 2 * 60_000;
    await receive(room('20231104'));
    await quiet();
    expect(platform.arrived.map(({ to }) => to).sort()).toEqual(['fake:room:1', 'fake:room:1', 'fake:room:1', 'fake:room:2']);
  });

  test('two codes of one event are two answers', async () => {
    answering = ({ text }) => ({
      kind: 'code',
      events: ['e'],
      language: 'en',
      reply: { text: 'here', card: { title: 'e', links: [{ label: text, url: `https://example.org/${text}` }] } },
    });
    await receive(room('alpha0101'));
    await receive(room('group0101'));
    await receive(room('alpha0101'));
    await quiet();
    expect(platform.texts()).toHaveLength(2);
    expect(bot.silenced).toBe(1);
  });

  test('a question that could not be kept is answered when it comes again', async () => {
    const incoming = room('20231104');
    const kept = store.accept;
    store.accept = () => Promise.reject(new Error('disk full'));
    await expect(receive(incoming)).rejects.toThrow('disk full');
    expect(bot.canKeep).toBe(false);
    store.accept = kept;
    await receive(incoming);
    await quiet();
    expect(bot.canKeep).toBe(true);
    expect(platform.texts()).toHaveLength(1);
  });

  test('with threads every question is answered', async () => {
    await receive(room('20231104'), true);
    await receive(room('20231104'), true);
    await quiet();
    expect(platform.texts()).toHaveLength(2);
  });
});

describe('a platform that answers in its own response', () => {
  beforeEach(() => build(new FakePlatform('fake', { passive: true })));

  test('gets the reply back, and the stored one again for a redelivery', async () => {
    const incoming = message('20231104');
    const first = await receive(incoming);
    answering = () => ({ kind: 'none', events: [], language: 'en', reply: { text: 'something else' } });
    expect(first.reply).toEqual({ text: 're: 20231104' });
    expect(await receive(incoming)).toEqual(first);
    expect(platform.texts()).toEqual([]);
  });

  test('gets it from memory when the store is too slow or fails, and that is counted', async () => {
    const slow = { ...store, accept: () => new Promise<never>(() => undefined) } as Store;
    bot = new Bot({
      store: slow,
      ledger,
      alerts,
      log: silentLog,
      now: () => now,
      community: () => community,
      answer: answering,
      refersBack: () => false,
    });
    const soon = await receive(message('a', { answerBefore: new Date(now + 1_050) }));
    expect(soon.reply).toEqual({ text: 're: a' });
    await store.close();
    bot = new Bot({
      store,
      ledger,
      alerts,
      log: silentLog,
      now: () => now,
      community: () => community,
      answer: answering,
      refersBack: () => false,
    });
    expect((await receive(message('b'))).reply).toEqual({ text: 're: b' });
    expect(bot.unrecorded).toBe(1);
    store = await openSqlite(folder, { lock: true });
  });

  test('gets it also when what is only read for it hangs or fails', async () => {
    for (const asked of [() => new Promise<never>(() => undefined), () => Promise.reject(new Error('gone'))]) {
      const broken = { ...store, accept: (acceptance) => store.accept(acceptance), memory: asked, untoldNotices: asked } as Store;
      bot = new Bot({
        store: broken,
        ledger,
        alerts: { waiting: asked } as unknown as Alerts,
        log: silentLog,
        now: () => now,
        community: () => community,
        answer: answering,
        refersBack: () => true,
      });
      expect((await receive(message('2', { sender: { id: 'olga', isBot: false } }))).reply).toEqual({ text: 're: 2' });
    }
  });

  test('what does not fit into one of its messages comes with 更多, before what would have come', async () => {
    const reply = { text: 'long', choices: [{ label: 'one', say: '1' }] };
    const more = { query: 'events', offset: 6 };
    answering = () => ({
      kind: 'search',
      events: [],
      language: 'en',
      reply,
      memory: { choices: reply.choices, more, language: 'en', at: now },
    });
    platform.module.rest = ({ text }) => (text === 'long' ? { text: 'the rest' } : undefined);
    await receive(message('a'));
    expect(await store.memory('fake:person:ann')).toMatchObject({
      choices: reply.choices,
      more: { rest: { text: 'the rest' }, next: more },
    });
  });

  test('what only says how to ask is marked as that, unless it carries a notice', async () => {
    answering = () => ({ kind: 'none', events: [], language: 'en', reply: { text: 'how to ask', hint: true } });
    expect((await receive(message('a'))).reply).toEqual({ text: 'how to ask', hint: true });
    platform.capabilities = { ...platform.capabilities, proactive: 'never' };
    await store.addNotice({ en: 'Slack is gone', zh: 'Slack 断了' }, now);
    const { reply } = await receive(message('b', { sender: { id: 'olga', isBot: false } }));
    expect([reply?.text.includes('Slack is gone'), reply?.hint]).toEqual([true, undefined]);
  });
});

describe('organizers', () => {
  const withoutLink = (): Answer => ({
    kind: 'code',
    events: ['e'],
    language: 'en',
    reply: { text: 'not yet' },
    note: { about: 'code-without-link', code: '20231104' },
  });
  const heardByOlga = () => platform.arrived.filter(({ to }) => to === 'fake:person:olga').map(({ text }) => text);

  test('hear of a code without a link once, and it is counted each time', async () => {
    answering = withoutLink;
    await receive(message('20231104'));
    await receive(message('20231104'));
    await until(() => heardByOlga().length === 1);
    expect(heardByOlga()[0]).toContain('20231104');
    expect(await store.tallies('code-without-link', 5)).toMatchObject([{ what: '20231104', count: 2 }]);
  });

  test('hear like notices in one message, at most one in a while', async () => {
    await Promise.all(Array.from({ length: 15 }, (_, i) => alerts.notify({ en: `notice ${i}`, zh: `提醒 ${i}` })));
    await until(() => heardByOlga().length === 1);
    expect(heardByOlga()[0]).toContain('5 more');
    await alerts.notify({ en: 'later', zh: '稍后' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heardByOlga()).toHaveLength(1);
    await until(() => heardByOlga().length === 2);
  });

  test('what is urgent does not wait for the others, and takes along what waits', async () => {
    const patient = new Alerts({ ...alertsParts(), bundleMs: 60_000 });
    try {
      await patient.notify({ en: 'first', zh: '第一' });
      await until(() => heardByOlga().length === 1);
      await patient.notify({ en: 'can wait', zh: '不急' });
      await patient.notify({ en: 'answer within ten minutes', zh: '十分钟内回复' }, { urgent: true });
      await until(() => heardByOlga().length === 2);
      expect(heardByOlga()[1]).toMatch(/can wait[\s\S]*answer within ten minutes|不急[\s\S]*十分钟内回复/);
    } finally {
      patient.close();
    }
  });

  test('an audience hears nothing that is for organizers, even where emcee.yaml names it', async () => {
    community.alerts.push('fake:audience:all');
    try {
      await alerts.notify({ en: 'a page is broken', zh: '有页面出错' });
      await quiet();
      expect(platform.arrived).toEqual([]);
    } finally {
      community.alerts.pop();
    }
  });

  test('who cannot be reached hears it with the next answer, once', async () => {
    online = false;
    await alerts.notify({ en: 'a page is broken', zh: '有页面出错' });
    const mine = { where: 'fake:person:olga', from: 'olga' } as const;
    await receive(message('help'));
    await receive(message('help', mine));
    await receive(message('help', mine));
    await quiet();
    expect(platform.arrived.map(({ to, text }) => [to, text.includes('broken')])).toEqual([
      ['fake:person:ann', false],
      ['fake:person:olga', true],
      ['fake:person:olga', false],
    ]);
  });
});

test('nothing a member types reaches the log', async () => {
  const lines: string[] = [];
  const log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((level) => [level, (data: object, text: string) => lines.push(JSON.stringify([data, text]))]),
  ) as never;
  bot = new Bot({
    store,
    ledger,
    alerts,
    log,
    now: () => now,
    community: () => community,
    refersBack: () => false,
    answer: () => {
      throw new Error('fault');
    },
  });
  await receive(message('my secret text'));
  expect(lines.join('\n')).not.toContain('my secret text');
  expect(lines).toHaveLength(1);
});
