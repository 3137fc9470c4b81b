import { describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answer/index.js';
import { asker, catalog, community, conversation, event, said, season, seasonAnswerer } from './scene.js';

const ask = asker(seasonAnswerer());

describe('a near miss', () => {
  test.each([
    '20231114',
    '2023114',
    '202311044',
    '20213104',
    '2023-11-14',
    'PPT 20231114',
    '我要20231114的ppt',
    '20231104x',
    '20231104 2',
    '20231104版',
  ])('%s is asked back, without any link', (text) => {
    const answer = ask(text);
    expect(answer.kind).toBe('suggest');
    expect(answer.events).toContain('meetup-chengdu-20231104');
    expect(answer.reply?.card).toBeUndefined();
    expect(said(answer)).not.toContain('http');
    expect(answer).toHear('20231104 · 2023-11-04 云原生 Meetup 成都站');
    expect(answer.reply?.choices?.length).toBeLessThanOrEqual(3);
  });

  test('the choice is the code', () => {
    const say = conversation(seasonAnswerer());
    say('kubecon19');
    expect(say('1')).toMatchObject({ kind: 'code', events: ['kubecon'] });
  });

  test('is never answered with an event, whatever the edit', () => {
    const { events } = season();
    const codes = new Set(events.flatMap((each) => each.codes));
    for (const code of codes) {
      for (let at = 0; at < code.length; at++) {
        const edits = [
          `${code.slice(0, at)}${code.slice(at + 1)}`,
          `${code.slice(0, at)}7${code.slice(at + 1)}`,
          `${code.slice(0, at)}7${code.slice(at)}`,
          `${code.slice(0, at)}x${code.slice(at)}`,
          `${code.slice(0, at)}${code.charAt(at + 1)}${code.charAt(at)}${code.slice(at + 2)}`,
        ];
        for (const edit of edits) {
          const spelled = edit.replaceAll(' ', '');
          if ([...codes].some((each) => each.replaceAll(' ', '') === spelled)) continue;
          const answer = ask(edit);
          expect(answer.kind, edit).not.toBe('code');
          expect(answer.reply?.card, edit).toBeUndefined();
        }
      }
    }
  });

  test('at most three suggestions', () => {
    const many = asker(
      createAnswerer(catalog(Array.from({ length: 10 }, (_, n) => event({ title: `T${n}`, codes: [`2023110${n}`] }))), community()),
    );
    expect(many('2023110').reply?.choices?.length).toBe(3);
    expect(many('202311x5').reply?.choices?.map(({ say }) => say)).toEqual(['20231105']);
  });

  test('a date like a code, on the day of an event that has none, is asked back', () => {
    const dated = asker(
      createAnswerer(
        catalog([event({ id: 'd', title: 'Day', start: '2022-07-08T10:00', videos: ['https://example.org/v'] })]),
        community(),
      ),
    );
    expect(dated('20220708')).toMatchObject({ kind: 'suggest', events: ['d'] });
    expect(dated('2022-07-08')).toMatchObject({ kind: 'search', events: ['d'] });
  });

  test('a word much like one of a title is asked back', () => {
    expect(ask('KubeShpere')).toMatchObject({ kind: 'none' });
    expect(ask('kubesphare')).toMatchObject({ kind: 'suggest', events: ['meetup-chengdu-20231104'] });
  });

  test('the member’s own words are never said back', () => {
    for (const text of ['20231114', 'zzqqxx <b>hi</b>', '11月30日 zzqqxx']) expect(said(ask(text))).not.toMatch(/20231114|zzqqxx|11月30日/);
  });

  test('among 100,000 codes', () => {
    const codes = Array.from({ length: 100_000 }, (_, n) => `code${String(n * 7).padStart(7, '0')}`);
    const many = asker(
      createAnswerer(
        catalog([], Object.fromEntries(codes.map((code) => [code, [{ label: '', url: 'https://example.org' }]]))),
        community(),
      ),
    );
    expect(many('code0000070').kind).toBe('code');
    expect(many('code0000071').reply?.choices?.map(({ say }) => say)).toContain('code0000070');
    expect(many('code000070').kind).toBe('suggest');
  });
});
