import { describe, expect, test } from 'vitest';
import { findDate } from '../../src/answer/dates.js';
import { foldLine } from '../../src/answer/fold.js';
import { createAnswerer } from '../../src/answer/index.js';
import { asker, catalog, community, event, seasonAnswerer, talk } from './scene.js';

const ask = asker(seasonAnswerer());

describe('dates', () => {
  const day = (iso: string) => ({ from: iso, to: iso });
  test.each([
    ['2023-11-04', day('2023-11-04')],
    ['2023/11/4', day('2023-11-04')],
    ['2023.11.4', day('2023-11-04')],
    ['2023年11月4日成都', day('2023-11-04')],
    ['２０２３年１１月４号', day('2023-11-04')],
    ['Nov 4, 2023', day('2023-11-04')],
    ['4th of November 2023', day('2023-11-04')],
    ['11月4日成都', { month: 11, day: 4 }],
    ['Nov 4', { month: 11, day: 4 }],
    ['4 nov', { month: 11, day: 4 }],
    ['September 4th', { month: 9, day: 4 }],
    ['2月29日', { month: 2, day: 29 }],
    ['11月', { month: 11 }],
    ['2023年11月', { from: '2023-11-01', to: '2023-11-31' }],
    ['2023-11', { from: '2023-11-01', to: '2023-11-31' }],
    ['Nov 2023', { from: '2023-11-01', to: '2023-11-31' }],
    ['去年11月', { from: '2023-11-01', to: '2023-11-31' }],
    ['去年11月4日', day('2023-11-04')],
    ['去年', { from: '2023-01-01', to: '2023-12-31' }],
    ['events 2023', { from: '2023-01-01', to: '2023-12-31' }],
    ['今天有活动吗', day('2024-03-01')],
    ['tomorrow', day('2024-03-02')],
    ['昨天', day('2024-02-29')],
    ['本周', { from: '2024-02-26', to: '2024-03-03' }],
    ['下周', { from: '2024-03-04', to: '2024-03-10' }],
    ['上个月', { from: '2024-02-01', to: '2024-02-31' }],
    ['next month', { from: '2024-04-01', to: '2024-04-31' }],
  ])('%s', (text, when) => {
    expect(findDate(foldLine(text), '2024-03-01')?.when).toEqual(when);
  });

  test.each(['11/4', '4.11', '13月1日', '2023-02-30', '12345678', 'k8s 1.29', 'may I ask', 'v2023.1.x'.slice(0, 1), '1024', '第3场'])(
    '%s is no day',
    (text) => {
      const found = findDate(foldLine(text), '2024-03-01');
      expect(found === undefined || !('from' in found.when && found.when.from === found.when.to)).toBe(true);
    },
  );
});

describe('a day', () => {
  test.each(['11月4日成都', '2023年11月4日', 'Nov 4', '2023/11/4', 'November 4th, 2023', '去年11月的活动', '11月4日 成都 的PPT'])(
    '%s finds the event, whose slides are a choice away',
    (text) => {
      const answer = ask(text);
      expect(answer).toMatchObject({ kind: 'search', events: ['meetup-chengdu-20231104'] });
      expect(answer.reply?.choices).toEqual([expect.objectContaining({ say: '20231104' })]);
      expect(answer).not.toHear('example.org/slides');
    },
  );

  test('with another city is asked back', () => {
    expect(ask('11月4日上海')).toMatchObject({ kind: 'suggest', events: ['meetup-chengdu-20231104'] });
  });

  test('without an event says so', () => {
    expect(ask('2023年1月2日')).toHear(/那个时间没有找到活动/);
    expect(ask('is there anything on Jan 2, 2023?')).toHear(/no event at that time/);
  });

  test('inside an event of several days finds it', () => {
    const long = createAnswerer(catalog([event({ id: 'con', title: 'Con', start: '2023-06-01', end: '2023-06-03' })]), community());
    expect(asker(long)('2023-06-02').events).toEqual(['con']);
  });
});

describe('words', () => {
  test.each([
    ['成都', ['meetup-chengdu-20231104', 'chengdu-0514']],
    ['成都活动', ['meetup-chengdu-20231104', 'chengdu-0514']],
    ['events in Chengdu', ['meetup-chengdu-20231104', 'chengdu-0514']],
    ['Shanghai', ['shanghai', 'kubecon']],
    ['上海站', ['shanghai']],
    ['events 2023', ['suzhou', 'meetup-chengdu-20231104']],
    ['2023年成都', ['meetup-chengdu-20231104']],
    ['胡涛', ['chengdu-0514']],
    ['胡濤老師的分享', ['chengdu-0514']],
    ['Nydus', ['meetup-chengdu-20231104']],
    ['nydus 镜像', ['meetup-chengdu-20231104']],
    ['函数触发器', ['meetup-chengdu-20231104']],
    ['openfunc', ['meetup-chengdu-20231104']],
    ['talk about DevOps', ['chengdu-0514']],
    ['前端大会', ['photos']],
    ['online night', ['online-2036']],
    ['meetup-chengdu-20231104', ['meetup-chengdu-20231104']],
  ])('%s', (text, events) => {
    expect(ask(text)).toMatchObject({ kind: 'search', events });
  });

  test('the talk that was asked for comes first', () => {
    expect(ask('张海立').reply?.card?.links[0]?.label).toBe('服务网格的落地 — 张海立');
  });

  test('nothing alike: no answer', () => {
    for (const text of ['量子计算', 'quantum', '今晚吃什么', '你们公司在招人吗']) expect(ask(text).kind).toBe('none');
  });

  test('one sign and none', () => {
    expect(ask('云').kind).toBe('search');
    expect(ask('').kind).toBe('none');
    expect(ask('。。。').note).toBeUndefined();
  });

  test('in a catalog without events', () => {
    const empty = asker(createAnswerer(catalog([]), community()));
    for (const text of ['成都', '20231104', '活动', 'next', 'last', '11月4日']) expect(empty(text).events).toEqual([]);
    expect(empty('活动')).toHear(/没有活动/);
  });

  test('among 10,000 events', () => {
    const events = Array.from({ length: 10_000 }, (_, n) =>
      event({ id: `e${n}`, title: `Meetup ${n}`, start: '2020-01-01', talks: [talk(`Talk ${n}`, `张${n}三`)] }),
    );
    const ask = asker(createAnswerer(catalog([...events, event({ id: 'it', title: '量子之夜' })]), community()));
    expect(ask('量子').events).toEqual(['it']);
    expect(ask('talk 77').events).toContain('e77');
  });
});
