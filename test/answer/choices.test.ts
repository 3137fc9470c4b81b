import { describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answer/index.js';
import { asker, catalog, community, conversation, event, NOW, seasonAnswerer } from './scene.js';

describe('choices', () => {
  test.each(['2', '２', '②', '第二个', '二', '2.', ' 2 '])('%s takes the second', (text) => {
    const say = conversation(seasonAnswerer());
    say('成都');
    expect(say(text).events).toEqual(['chengdu-0514']);
  });

  test('one after the other, from the same list', () => {
    const say = conversation(seasonAnswerer());
    say('成都');
    expect(say('1').events).toEqual(['meetup-chengdu-20231104']);
    expect(say('2').events).toEqual(['chengdu-0514']);
  });

  test('a number that is not on the list', () => {
    const say = conversation(seasonAnswerer());
    say('成都');
    expect(say('9')).toHear(/1 到 2/);
    expect(say('0')).toHear(/1 到 2/);
    expect(say('2').events).toEqual(['chengdu-0514']);
  });

  test('forgotten after ten minutes', () => {
    const say = conversation(seasonAnswerer());
    say('成都');
    expect(say('1', { now: new Date(NOW.getTime() + 9.9 * 60_000) }).kind).toBe('code');
    expect(say('1', { now: new Date(NOW.getTime() + 10.1 * 60_000) })).toHear(/没有可以选的列表/);
  });

  test('a number without a list', () => {
    expect(asker(seasonAnswerer())('3').kind).toBe('none');
    expect(asker(seasonAnswerer())('3').note).toBeUndefined();
    expect(asker(seasonAnswerer())('更多').kind).toBe('none');
  });

  test('what is remembered is plain JSON', () => {
    const { memory } = asker(seasonAnswerer())('活动');
    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
  });

  test('what every choice sends is understood without memory, as the same event', () => {
    const ask = asker(seasonAnswerer());
    for (const list of ['活动', '成都', 'events 2023', '20231114']) {
      const answer = ask(list);
      const events = (answer.reply?.choices ?? []).filter(({ say }) => say !== '更多').map(({ say }) => ask(say).events[0]);
      expect(events).toEqual(answer.events);
    }
  });

  test('also where events share a title, or have one that is a command', () => {
    const same = catalog([
      event({ id: 'a', title: '沙龙', start: '2023-01-01' }),
      event({ id: 'b', title: '沙龙', start: '2023-02-01' }),
      event({ id: 'c', title: '帮助', start: '2023-03-01' }),
    ]);
    const say = conversation(createAnswerer(same, community()));
    const list = say('活动');
    expect([1, 2, 3].map((number) => say(String(number)).events[0])).toEqual(list.events);
  });
});

describe('pages', () => {
  const many = () =>
    conversation(
      createAnswerer(
        catalog(
          Array.from({ length: 20 }, (_, n) =>
            event({ id: `e${n}`, title: `成都第 ${n} 次`, start: `2023-01-${String(n + 1).padStart(2, '0')}` }),
          ),
        ),
        community(),
      ),
    );

  test.each(['成都', '活动', '2023年的活动'])('%s goes on with 更多, and back', (text) => {
    const say = many();
    const pages = [say(text), say('更多'), say('more'), say('下一页')];
    expect(pages.flatMap(({ events }) => events)).toEqual(Array.from({ length: 20 }, (_, n) => `e${19 - n}`));
    expect(pages[1]).toHear('2/4');
    expect(say('更多')).toHear(/没有更多/);
    expect(say('上一页').events).toEqual(pages[2]?.events);
    expect(say('上一页').events).toEqual(pages[1]?.events);
    expect(say('上一页').events).toEqual(pages[0]?.events);
    expect(say('上一页')).toHear(/没有更多/);
    expect(say('2').events).toEqual(['e18']);
  });

  test('the choice 更多 turns the page', () => {
    const say = many();
    expect(say('活动').reply?.choices?.at(-1)).toEqual({ label: '更多', say: '更多' });
    expect(say('7').events).toEqual(['e13', 'e12', 'e11', 'e10', 'e9', 'e8']);
  });
});
