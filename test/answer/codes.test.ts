import { describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answer/index.js';
import { asker, catalog, community, conversation, event, said, season, seasonAnswerer, talk } from './scene.js';

const ask = asker(seasonAnswerer());

describe('a code', () => {
  test('gets the event: slides first, then the talks with their recordings, then the page', () => {
    const answer = ask('20231104');
    expect(answer).toMatchObject({ kind: 'code', events: ['meetup-chengdu-20231104'], language: 'zh' });
    expect(answer.note).toBeUndefined();
    expect(answer.reply?.card?.links.map(({ url }) => url)).toEqual([
      'https://example.org/slides/20231104',
      ...[1, 2, 3, 4, 5, 6].map((number) => `https://www.bilibili.com/video/BV${number}`),
      'https://example.org/live/chengdu-20231104/',
    ]);
    expect(said(answer)).toBe(
      [
        'PPT 在这里：',
        '',
        '云原生 Meetup 成都站',
        '时间：2023-11-04（周六）14:00–18:00',
        '地点：成都市高新区天府五街',
        '',
        '六个议题的 PPT: https://example.org/slides/20231104',
        '  提取码: ks11',
        '  请用电脑打开',
        'KubeSphere 可插拔架构 — 于爽: https://www.bilibili.com/video/BV1',
        'Nydus 镜像加速 — 严松: https://www.bilibili.com/video/BV2',
        'OpenFunction 的函数触发器 — 方阗: https://www.bilibili.com/video/BV3',
        '云原生 FinOps 实践 — 胡启明: https://www.bilibili.com/video/BV4',
        '服务网格的落地 — 张海立: https://www.bilibili.com/video/BV5',
        '边缘计算与 AI — 李明: https://www.bilibili.com/video/BV6',
        '活动页面: https://example.org/live/chengdu-20231104/',
      ].join('\n'),
    );
  });

  test('without a link gets an honest answer, and organizers hear of it', () => {
    const answer = ask('20231223');
    expect(answer).toHear(/还没有上传/);
    expect(answer).toHear('https://www.bilibili.com/video/BV8');
    expect(answer.note).toEqual({ about: 'code-without-link', code: '20231223' });
    expect(asker(seasonAnswerer(), { language: 'en' })('20231223')).toHear(/not uploaded yet/);
  });

  test('of an event to come says so, and where to sign up', () => {
    expect(ask('sz2036')).toHear(/还没有举办.*还没有上传/);
    expect(ask('sz2036')).toHear('报名: https://example.org/register');
    expect(ask('sz2036', { now: new Date('2036-06-01T00:00:00Z') })).not.toHear('报名');
    expect(ask('sz2036')).toHear('报名');
  });

  test('for something else is never called slides', () => {
    const answer = ask('图片直播');
    expect(answer).toHear('照片: https://example.org/photos');
    expect(answer).not.toHear(/PPT/);
    const bare = asker(createAnswerer(catalog([event({ title: 'x', codes: ['join77'], codeFor: { join77: 'group' } })]), community()));
    expect(bare('join77')).toHear(/交流群.*还没有链接/);
    expect(bare('join77')).not.toHear(/PPT/);
    expect(bare('join77').note).toEqual({ about: 'code-without-link', code: 'join77' });
  });

  test('that only slides.yaml knows gets its links', () => {
    expect(ask('handbook2')).toMatchObject({ kind: 'code', events: [] });
    expect(ask('handbook2')).toHear('手册: https://example.org/handbook');
  });

  test('of a cancelled event says that it is cancelled', () => {
    const cancelled = createAnswerer(
      catalog([event({ title: 'x', status: 'cancelled', start: '2030-01-01', register: 'https://example.org/r', codes: ['x20300101'] })]),
      community(),
    );
    expect(asker(cancelled)('x20300101')).toHear(/已取消/);
    expect(asker(cancelled)('x20300101')).not.toHear(/example.org\/r/);
  });

  test('spelled in two ways is one event, whichever has the link', () => {
    const two = catalog([event({ id: 'sh', title: '上海站', codes: ['2021 上海', '2021上海'] })], {
      '2021上海': [{ label: 'PPT', url: 'https://example.org/sh' }],
    });
    for (const text of ['2021 上海', '2021上海', '２０２１上海'])
      expect(asker(createAnswerer(two, community()))(text)).toHear('https://example.org/sh');
  });

  test('with slides on its page and at its talks gets each link once', () => {
    const slides = catalog([
      event({
        title: 'x',
        codes: ['x1234567'],
        slides: ['https://example.org/1'],
        talks: [talk('A', 'B', null, 'https://example.org/2'), talk('C', 'D', null, 'https://example.org/1')],
      }),
    ]);
    const links = asker(createAnswerer(slides, community()))('x1234567').reply?.card?.links;
    expect(links).toEqual([
      { label: 'PPT', url: 'https://example.org/1' },
      { label: 'PPT：A', url: 'https://example.org/2' },
    ]);
  });

  test('of a long event gets the first talks, the rest with 更多', () => {
    const talks = Array.from({ length: 20 }, (_, index) =>
      talk(`Talk ${index + 1}`, `Speaker ${index + 1}`, `https://example.org/v/${index + 1}`),
    );
    const say = conversation(createAnswerer(catalog([event({ title: 'Long', codes: ['long2024'], talks })]), community()));
    expect(say('long2024')).toHear('Talk 8 ');
    expect(say('更多')).toHear(/Talk 9 [\s\S]*Talk 16 /);
    expect(say('更多')).toHear('Talk 20 ');
    expect(say('上一页')).toHear('Talk 9 ');
    expect(say('更多')).toHear('Talk 20 ');
    expect(say('more')).toHear(/没有更多|nothing more/);
  });
});

describe('a code on two events', () => {
  const conflict = catalog(
    [
      event({ id: 'one', title: '第一场', start: '2023-03-04', codes: ['PPT', '20230304'], slides: ['https://example.org/one'] }),
      event({ id: 'two', title: '第二场', start: '2024-02-04', codes: ['PPT'], slides: ['https://example.org/two'] }),
    ],
    { 20230304: [{ label: 'PPT', url: 'https://example.org/0304' }] },
  );

  test('is asked back, and the choice gets the slides of that event alone', () => {
    const say = conversation(createAnswerer(conflict, community()));
    const answer = say('ppt');
    expect(answer).toMatchObject({ kind: 'choice', events: ['one', 'two'] });
    expect(answer.reply?.card).toBeUndefined();
    expect(said(answer)).not.toContain('http');
    const second = say('2');
    expect(second).toMatchObject({ kind: 'code', events: ['two'] });
    expect(second).toHear('https://example.org/two');
    expect(second).not.toHear('https://example.org/one');
    expect(say('1')).toHear('https://example.org/one');
  });

  test('what a choice sends is understood without any memory', () => {
    const once = asker(createAnswerer(conflict, community()));
    for (const choice of once('PPT').reply?.choices ?? []) expect(once(choice.say).kind).toBe('code');
  });

  test('is told apart by id where the days are the same', () => {
    const sameDay = catalog(['a', 'b'].map((id) => event({ id, title: id, start: '2023-03-04', codes: ['same2023'] })));
    const once = asker(createAnswerer(sameDay, community()));
    expect(once('same2023').reply?.choices?.map((choice) => once(choice.say).events)).toEqual([['a'], ['b']]);
  });
});

describe('a code inside a short request', () => {
  test.each([
    'PPT 20231104',
    'ppt20231104',
    '20231104ppt',
    '我要20231104的ppt',
    '回复「20231104」',
    '回复20231104',
    '请发一下 20231104 的课件，谢谢',
    'please send me slides for 20231104',
    'slides for 2023-11-04?',
    '你好，麻烦给我【20231104】的PPT',
    '20231104 第二个议题的PPT有吗',
    'code: 20231104',
    '关键词：２０２３１１０４',
    '我要領取20231104的簡報',
  ])('%s', (text) => {
    expect(ask(text)).toMatchObject({ kind: 'code', events: ['meetup-chengdu-20231104'] });
  });

  test.each(['云原生成都0514的ppt', '求雲原生成都0514課件', '请问有云原生成都0514的PPT吗'])('%s', (text) => {
    expect(ask(text)).toMatchObject({ kind: 'code', events: ['chengdu-0514'] });
  });

  test('two codes are asked back', () => {
    expect(ask('20231104 和 20231223 的ppt')).toMatchObject({ kind: 'choice', events: ['meetup-chengdu-20231104', 'suzhou'] });
  });

  test('PPT is a code only as the whole message', () => {
    expect(ask('PPT')).toMatchObject({ kind: 'code' });
    expect(ask('ppt 在哪里')).toMatchObject({ kind: 'none' });
    expect(ask('成都的ppt')).toMatchObject({ kind: 'search' });
  });

  test('a plain word or a short code counts only among words of asking', () => {
    const short = asker(createAnswerer(catalog([event({ id: 'it', title: 'It', codes: ['istio', '1024'] })]), community()));
    expect(short('请发istio的ppt').events).toEqual(['it']);
    expect(short('slides for 1024 please').events).toEqual(['it']);
    expect(short('how do I install istio on 1024 nodes of mine').kind).toBe('none');
    expect(short('1024 nodes').kind).not.toBe('code');
  });
});

test('a reply that is kept is not changed by the platform it goes to', () => {
  const answer = ask('20231104');
  expect(() => answer.reply?.card?.links.push({ label: 'x', url: 'https://example.org' })).toThrow();
  expect(ask('20231104')).toEqual(answer);
});

test('a new catalog answers from the new pages', () => {
  const before = seasonAnswerer();
  asker(before)('成都');
  const { events } = season();
  const changed = events.map((each) => (each.id === 'suzhou' ? { ...each, title: '苏州站（改期）' } : each));
  const after = asker(createAnswerer(catalog(changed.slice(1)), community(), before));
  expect(after('苏州')).toHear('改期');
  expect(after('成都').events).toEqual(['chengdu-0514']);
  expect(after('20231104').kind).not.toBe('code');
});
