import { describe, expect, test } from 'vitest';
import { createAnswerer, refersBack } from '../../src/answer/index.js';
import { asker, catalog, community, event, seasonAnswerer } from './scene.js';

describe('in a room, when the bot is not addressed', () => {
  const ask = asker(seasonAnswerer(), { place: 'room', addressed: false });

  test.each(['20231104', '２０２３１１０４', ' 2023-11-04 ', '「20231104」', 'kubecon18', 'KubeCon 18', '云原生成都0514', 'handbook2'])(
    'the code %s is answered',
    (text) => {
      expect(ask(text).kind).toBe('code');
    },
  );

  test.each([
    'PPT',
    'ppt',
    '图片直播',
    'help',
    '帮助',
    'next',
    '活动',
    '我是谁',
    '1',
    '更多',
    '成都',
    '我要20231104的ppt',
    '20231114',
    '11月4日成都',
    '',
    '?',
    '大家好',
  ])('silence to %j', (text) => {
    expect(ask(text)).toBeSilent();
  });

  test('a code that is a plain word or short needs a mention', () => {
    const words = createAnswerer(catalog([event({ title: 'x', codes: ['istio', '1024', '2048', 'conference'] })]), community());
    for (const text of ['istio', '1024', 'Conference', '２０４８']) {
      expect(asker(words)(text, { place: 'room', addressed: false })).toBeSilent();
      expect(asker(words)(text, { place: 'room', addressed: true }).kind).toBe('code');
    }
  });

  test('where only mentions count, even a code is silence', () => {
    expect(ask('20231104', { mentionOnly: true })).toBeSilent();
    expect(ask('20231104', { mentionOnly: true, addressed: true }).kind).toBe('code');
  });
});

test('in a room, addressed, the bot answers as in a direct chat', () => {
  const ask = asker(seasonAnswerer(), { place: 'room', addressed: true });
  expect(ask('下一场').kind).toBe('command');
  expect(ask('20231114').kind).toBe('suggest');
  expect(ask('nothing of that kind')).toHear(/没有找到|found no event/);
});

test('in a direct chat no match gets a short hint, and organizers can see what was missed', () => {
  const answer = asker(seasonAnswerer())('量子 计算!');
  expect(answer.kind).toBe('none');
  expect(answer).toHear(/帮助/);
  expect(answer.note).toEqual({ about: 'no-answer', folded: '量子计算' });
  expect(asker(seasonAnswerer({ words: { noMatch: '请看公告。' } }))('量子计算')).toHear('请看公告。');
});

test.each(['1', '２', '③', '10', '第二个', '三', '2.', '更多', 'more', 'More', '下一页', '上一页', 'next page', 'prev'])(
  '%s refers back',
  (text) => {
    expect(refersBack(text)).toBe(true);
  },
);

test.each(['20231104', '123', '下一场', 'next', '更多活动', 'help', '', '1024', 'a'.repeat(5000)])('%j stands by itself', (text) => {
  expect(refersBack(text)).toBe(false);
});
