import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Chat, openChat, type Somebody } from '../fakes/chat.js';

let chat: Chat;
let ann: Somebody;
beforeAll(async () => {
  chat = await openChat();
  ann = chat.somebody('ann');
});
afterAll(() => chat.close());

const SLIDES = /https:\/\/example\.org\/slides\/20231104/;

describe('a code', () => {
  test.each([
    '20231104',
    '２０２３１１０４',
    ' 20231104 ',
    '「20231104」',
    '`20231104`',
    '2023 1104',
    '2023-11-04',
    '2023\u200b1104',
    'PPT 20231104',
    '我要20231104的ppt',
    '回复「20231104」',
    'slides 20231104 please',
  ])('ann says %s, hears the slides', (text) => ann.says(text).hears(SLIDES, /云原生 \+ AI Meetup 成都站/));
  test('with the password, all six talks and all six videos', () =>
    ann
      .says('20231104')
      .hears(
        /ks11/,
        /王勤龙/,
        ...['oN411u7f8', 'Ee411X7C6', 'cg4y1d7WE', 'rz4y1A773', 'SM411Q79p', 'vC4y1J7b6'].map(
          (id) => `https://www.bilibili.com/video/BV1${id}`,
        ),
      ));
  test('in Chinese characters, simplified or traditional, with its two links', async () => {
    await ann.says('云原生成都0514').hears(/slides\/chengdu-0514/, /photos\/chengdu-0514/);
    await ann.says('雲原生成都0514').hears(/slides\/chengdu-0514/);
  });
  test('without an event behind it but a page', () => ann.says('KubeCon18').hears(/slides\/kubecon18/));
  test('of an event to come has no slides yet, and says so', () => ann.says('20360517').hears(/深圳站/, /还没|尚未/));
});

describe('a near miss', () => {
  test.each(['20231105', '20231114', '2023110', '202311044'])('ann says %s, gets no slides', (text) =>
    ann.says(text).hearsNot(/example\.org\/slides/),
  );
  test('is asked back, and the choice is then answered', async () => {
    await ann.says('20231114').hears(/20231104/);
    await ann.says('1').hears(SLIDES);
  });
});

describe('dates, places, people', () => {
  test.each([
    ['2023年11月4日', /成都站/],
    ['敏捷', /西交利物浦/],
    ['胡涛', /云原生成都0514|技术交流/],
    ['Nydus', /严松|技术交流/],
    ['Liz Rice', /2018/],
  ])('ann says %s, hears of the event', (text, part) => ann.says(text).hears(part));
  test('several fit: a numbered choice, remembered for ten minutes', async () => {
    const bob = chat.somebody('bob');
    await bob.says('成都').hears(/1/, /2/, /AI Meetup/, /技术交流/);
    await ann.says('hello there').hearsNot(SLIDES);
    await bob.says('2').hears(/成都/);
    await bob.says('成都');
    chat.later(11 * 60_000);
    await bob.says('2').hearsNot(/example\.org/);
  });
});

describe('commands', () => {
  test.each([
    ['下一场', /深圳站/],
    ['next', /深圳站/],
    ['活动', /深圳站/],
    ['events', /深圳站/],
    ['帮助', /口令|关键词/],
    ['help', /code/i],
    ['我是谁', /fake:person:ann/],
    ['whoami', /fake:person:ann/],
  ])('ann says %s', (text, part) => ann.says(text).hears(part));
  test('English is answered in English, Chinese in Chinese', async () => {
    await ann.says('help').hears(/[a-z]{4}/);
    await ann.says('what is the next event?').hearsNot(/下一场活动/);
    await ann.says('帮助').hears(/[\u4e00-\u9fff]/);
  });
});

describe('a room', () => {
  test('hears exact codes, mentions and nothing else', async () => {
    await ann.saysInRoom('20231104').hears(SLIDES);
    for (const text of ['今天的 PPT 真不错', '我要20231104的ppt', '20231105', '成都', 'help', '1', 'kubecon19', ''])
      await ann.saysInRoom(text).hearsNothing();
    await ann.mentions('help').hears(/./);
    await ann.mentions('成都').hears(/AI Meetup/);
  });
});

describe('what nobody should send', () => {
  test.each([
    '',
    ' ',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    "'; DROP TABLE inbox; --",
    '<script>alert(1)</script>',
    '{{constructor.constructor("x")()}}',
    '<!channel> @everyone',
    '\u0000\u0007\u001b[31m',
    '\u202e20231104',
    '\ud800',
    '🎉'.repeat(500),
    'a'.repeat(5_000),
    '2'.repeat(5_000),
    '成都'.repeat(2_500),
    '%E0%A4%A',
    '../../etc/passwd',
  ])('ann says %j: no crash, no slides of a guess, nothing echoed', async (text) => {
    await ann.says(text).hearsNot(/<script|DROP TABLE|<!channel>|constructor\.constructor/);
    await ann.says('20231104').hears(SLIDES);
  });
});
