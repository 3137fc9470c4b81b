import { describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answer/index.js';
import { asker, catalog, community, conversation, event, said, seasonAnswerer } from './scene.js';

const ask = asker(seasonAnswerer());

describe('commands', () => {
  test.each(['帮助', '幫助', 'help', 'Help!', 'ＨＥＬＰ', '/help', '?', '？', '菜单'])('%s: help', (text) => {
    expect(ask(text)).toMatchObject({ kind: 'command' });
    expect(ask(text)).toHear(/口令|code/);
  });

  test('organizers hear what they can do, where nobody else reads it', () => {
    expect(ask('帮助', { role: 'organizer' })).toHear(/群发[\s\S]*课件[\s\S]*状态/);
    expect(ask('help', { role: 'organizer' })).toHear(/broadcast[\s\S]*slides[\s\S]*status/);
    expect(said(ask('帮助', { role: 'organizer', place: 'room', addressed: true }))).not.toMatch(/群发/);
    expect(said(ask('帮助'))).not.toMatch(/群发/);
  });

  test.each(['我是谁', '我是誰', 'whoami', 'Who am I?'])('%s: the address, ready for emcee.yaml', (text) => {
    expect(ask(text)).toHear('slack:person:U01');
    expect(ask(text, { sender: 'wechat:person:o_A*B*' })).toHear('wechat:person:o_A*B*');
  });

  test.each(['下一场', '下一場活動', 'next', 'Next event', '/next'])('%s: the next event', (text) => {
    expect(ask(text)).toMatchObject({ kind: 'command', events: ['shenzhen-2036'] });
    expect(ask(text)).toHear('https://example.org/register');
  });

  test.each(['活动', '活動', 'events', '近期活动'])('%s: upcoming first, then the past', (text) => {
    expect(ask(text)).toMatchObject({
      kind: 'command',
      events: ['shenzhen-2036', 'online-2036', 'suzhou', 'meetup-chengdu-20231104', 'chengdu-0514', 'shanghai'],
    });
  });

  test('上一场 / last: the last event', () => {
    expect(ask('上一场').events).toEqual(['suzhou']);
    expect(ask('last event').events).toEqual(['suzhou']);
  });

  test('谢谢 / thanks: a kind word, nothing to note', () => {
    expect(ask('谢谢').kind).toBe('command');
    expect(ask('谢谢').note).toBeUndefined();
    expect(ask('Thanks!')).toHear(/welcome/);
  });

  test('the community’s own words', () => {
    const own = asker(seasonAnswerer({ words: { help: '问小助手。', welcome: '欢迎！' } }));
    expect(said(own('帮助'))).toBe('问小助手。');
    expect(said(own('你好'))).toBe('欢迎！');
  });

  test('a code that is also a command or a number stays a code', () => {
    const odd = conversation(
      createAnswerer(
        catalog([event({ id: 'it', title: 'It', codes: ['help', 'next', '1', '更多'] }), event({ title: '成都' })]),
        community(),
      ),
    );
    for (const text of ['help', 'HELP', 'next', '1', '更多']) expect(odd(text)).toMatchObject({ kind: 'code', events: ['it'] });
  });
});

describe('when an event is next', () => {
  const zones = createAnswerer(
    catalog([
      event({ id: 'berlin', title: 'Berlin', start: '2024-07-01T19:00', timezone: 'Europe/Berlin' }),
      event({ id: 'shanghai', title: 'Shanghai', start: '2024-07-01T20:00', timezone: 'Asia/Shanghai' }),
      event({ id: 'day', title: 'Day', start: '2024-07-03' }),
      event({ id: 'off', title: 'Off', start: '2024-06-30T10:00', status: 'cancelled' }),
    ]),
    community(),
  );
  const next = (now: string) => asker(zones)('next', { now: new Date(now) });

  test('each start counts in its own zone', () => {
    expect(next('2024-06-01T00:00:00Z').events).toEqual(['shanghai']);
    expect(next('2024-07-01T11:59:00Z').events).toEqual(['shanghai']);
    expect(next('2024-07-01T12:01:00Z').events).toEqual(['berlin']);
    expect(next('2024-07-01T17:01:00Z').events).toEqual(['day']);
    expect(next('2024-07-02T16:01:00Z')).toMatchObject({ events: ['day'] });
  });

  test('what is under way is a choice beside the next', () => {
    expect(next('2024-07-01T12:01:00Z').reply?.choices).toEqual([{ label: '2024-07-01 Shanghai (happening now)', say: 'Shanghai' }]);
  });

  test('an event without an end is over at the end of its local day', () => {
    expect(next('2024-07-03T15:59:00Z').events).toEqual(['day']);
    expect(next('2024-07-03T16:01:00Z')).toHear(/No new event/);
    expect(asker(zones)('下一场', { now: new Date('2025-01-01T00:00:00Z') })).toHear(/还没有预告/);
  });

  test('the zone is shown where it is not the community’s', () => {
    const berlin = asker(zones)('Berlin', { now: new Date('2024-06-01T00:00:00Z') });
    expect(berlin).toHear('2024-07-01（周一）19:00（Europe/Berlin, UTC+2）');
    expect(asker(zones)('Shanghai')).not.toHear('UTC');
  });

  test('a start that was only guessed is said to be so', () => {
    const guessed = createAnswerer(catalog([event({ title: 'Maybe', start: '2030-01-01T10:00', startBasis: 'guess' })]), community());
    expect(asker(guessed)('下一场')).toHear('待确认');
  });

  test('a zone or a date that nobody knows breaks nothing', () => {
    const odd = createAnswerer(
      catalog([event({ title: 'Odd', start: '2030-01-01T10:00', timezone: 'Mars/Base' }), event({ title: 'Odder', start: 'soon' })]),
      community({ timezone: 'Nowhere/Else' }),
    );
    expect(asker(odd)('next')).toHear('Odd');
    expect(asker(odd)('events').events.length).toBe(2);
    expect(asker(odd)('今天').kind).toBe('none');
  });
});

describe('the language of the answer', () => {
  test.each([
    ['20231104', undefined, 'zh'],
    ['20231104', 'en', 'en'],
    ['PPT 20231104', 'en', 'en'],
    ['kubecon18', undefined, 'zh'],
    ['我要20231104的ppt', 'en', 'zh'],
    ['please send me slides for 20231104', undefined, 'en'],
    ['下一场', 'en', 'zh'],
    ['next', undefined, 'en'],
    ['help', 'zh', 'en'],
    ['nydus', undefined, 'zh'],
    ['nydus', 'en', 'en'],
    ['what is the next event about AI', undefined, 'en'],
  ] as const)('%s, where %s is spoken: %s', (text, language, expected) => {
    expect(ask(text, { language }).language).toBe(expected);
  });

  test('the community’s, when nothing else tells', () => {
    expect(asker(seasonAnswerer({ language: 'en' }))('20231104')).toHear('Here are the slides:');
  });

  test('the title in that language, where there is one', () => {
    expect(ask('20231104', { language: 'en' })).toHear('Cloud Native Meetup Chengdu');
  });

  test('a number is answered in the language of the list', () => {
    const say = conversation(seasonAnswerer());
    say('events in Chengdu');
    expect(say('1')).toHear('Here are the slides:');
    say('成都的活动');
    expect(say('1')).toHear('PPT 在这里：');
  });
});
