import { describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answer/index.js';
import { keptTroubles, withKept } from '../../src/content/kept.js';
import { Kept } from '../../src/content/kept-live.js';
import type { KeptRow } from '../../src/store/desk.js';
import { asker, catalog, community, event, said, season } from '../answer/scene.js';

const settings = community();
const slides = (name: string, ...urls: string[]): KeptRow => ({
  kind: 'slides',
  name,
  value: { links: urls.map((url) => ({ url })) },
  by: 'cli:ann',
  changedAt: 1,
});
const alias = (name: string, code: unknown): KeptRow => ({ kind: 'alias', name, value: { code }, by: 'cli:ann', changedAt: 1 });
const asking = (rows: KeptRow[], base = season()) => asker(createAnswerer(withKept(base, rows, settings), settings));
const urls = (text: string) => text.match(/https:\S+/g) ?? [];

describe('links', () => {
  test('win over slides.yaml', () => {
    const text = said(asking([slides('20231104', 'https://new.example/1')])('20231104'));
    expect(text).toContain('PPT: https://new.example/1');
    expect(text).not.toContain('slides/20231104');
  });

  test('win over the page', () => {
    const base = catalog([event({ title: 'A', start: '2023-01-01', codes: ['a2023'], slides: ['https://page.example/all'] })]);
    expect(urls(said(asking([slides('a2023', 'https://new.example/1')], base)('a2023')))).toEqual(['https://new.example/1']);
    expect(urls(said(asking([], base)('a2023')))).toEqual(['https://page.example/all']);
  });

  test('of a code that stands on no page', () => {
    const text = said(asking([slides('新口令2024', 'https://new.example/1', 'https://new.example/2')])('新口令 2024'));
    expect(text).toContain('PPT 1: https://new.example/1\nPPT 2: https://new.example/2');
  });

  test('count for every spelling of a code', () => {
    const ask = asking([slides('2021上海', 'https://new.example/1')]);
    for (const spelling of ['2021上海', '2021 上海', '2021-上海']) expect(urls(said(ask(spelling)))).toEqual(['https://new.example/1']);
  });

  test.each([null, {}, { links: 'x' }, { links: [{ url: 'javascript:alert(1)' }, null, 7] }])(
    'a row that holds %j changes nothing',
    (value) => {
      const rows = [{ ...slides('20231104'), value }];
      expect(said(asking(rows)('20231104'))).toBe(said(asking([])('20231104')));
    },
  );
});

describe('aliases', () => {
  test('answer exactly as their code, folded too, and in a request', () => {
    const ask = asking([alias('成都PPT', '20231104')]);
    const meant = said(ask('20231104'));
    for (const text of ['成都PPT', '成都ppt', '成都 ppt', '「成都ppt」', '成都ＰＰＴ']) expect(said(ask(text)), text).toBe(meant);
    expect(said(ask('请发一下成都ppt'))).toContain('slides/20231104');
    expect(ask('成都ppt').events).toEqual(['meetup-chengdu-20231104']);
  });

  test('one slip away the code is asked back, never answered', () => {
    const answer = asking([alias('chengdu-ppt', '20231104')])('chengdu-ptp');
    expect(answer.kind).toBe('suggest');
    expect(answer.reply?.choices?.[0]?.say).toBe('20231104');
    expect(said(answer)).not.toContain('https:');
  });

  test('stand for links that were set, for new codes, and for every spelling', () => {
    const rows = [alias('x成都', '20231104'), alias('y新', '新口令2024'), alias('z上海', '2021 上海')];
    const ask = asking([...rows, slides('20231104', 'https://new.example/1'), slides('新口令2024', 'https://new.example/2')]);
    expect(said(ask('x成都'))).toContain('https://new.example/1');
    expect(said(ask('y新'))).toContain('https://new.example/2');
    expect(said(ask('Z上海'))).toBe(said(ask('2021上海')));
  });

  test('of an alias lead on; in a circle, to nothing, or as a code they do not', () => {
    const rows = [
      alias('a', 'b'),
      alias('b', '20231104'),
      alias('c', 'd'),
      alias('d', 'c'),
      alias('e', 'gone'),
      alias('KubeCon-18', '20231104'),
      alias('g', 7),
      slides('h', 'https://new.example/1'),
      alias('H', '20231104'),
    ];
    const ask = asking(rows);
    expect(said(ask('a'))).toBe(said(ask('20231104')));
    expect(said(ask('kubecon18'))).toContain('slides/kubecon18');
    expect(said(ask('h'))).toContain('https://new.example/1');
    expect(keptTroubles(season(), rows, settings).map(({ alias: name, why }) => `${name} ${why}`)).toEqual([
      'c circle',
      'd circle',
      'e gone',
      'KubeCon-18 code',
      'H code',
    ]);
  });
});

describe('what it costs', () => {
  const many = catalog(
    Array.from({ length: 10_000 }, (_, at) => event({ id: `e${at}`, title: `Event ${at}`, start: '2023-01-01', codes: [`code${at}`] })),
  );
  const none = catalog([]);

  test.each([
    [none, 0],
    [catalog([event({ title: 'A', codes: ['a'] })]), 1],
    [many, 10_000],
  ])('nothing kept is the same catalog; something kept is made once', (base, count) => {
    expect(withKept(base, [], settings)).toBe(base);
    const rows = [slides('new', 'https://new.example/1')];
    const made = withKept(base, rows, settings);
    expect(made.codes.size).toBe(count + 1);
    expect(made.events).toBe(base.events);
    expect(withKept(base, rows, settings)).toBe(made);
    expect(base.codes.size).toBe(count);
  });

  test('a thousand aliases answer like the codes they stand for', () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => alias(`别名${at}`, `code${at}`));
    const ask = asking(rows, many);
    for (const at of [0, 1, 499, 999]) expect(ask(`别名 ${at}`).events).toEqual([`e${at}`]);
  });
});

describe('while the bot runs', () => {
  const living = (rows: () => KeptRow[]) => {
    const base = season();
    return new Kept({ store: { kept: async () => rows() }, catalog: () => base, community: () => settings });
  };

  test('what is read is served, and listeners hear of changes only', async () => {
    let rows = [slides('20231104', 'https://new.example/1')];
    const kept = living(() => structuredClone(rows));
    let heard = 0;
    const stop = kept.onChange(() => heard++);
    expect(kept.catalog()).toBe(kept.base());
    await kept.read();
    await kept.read();
    expect(heard).toBe(1);
    expect(kept.catalog()).toBe(kept.catalog());
    rows = [];
    await kept.read();
    expect(heard).toBe(2);
    expect(kept.catalog()).toBe(kept.base());
    stop();
    rows = [alias('x', 'gone')];
    await kept.read();
    expect(heard).toBe(2);
    expect(kept.troubles()).toMatchObject([{ alias: 'x', why: 'gone' }]);
  });

  test('a store that fails leaves what was read before', async () => {
    let isBroken = false;
    const kept = living(() => {
      if (isBroken) throw new Error('the store is away');
      return [slides('20231104', 'https://new.example/1')];
    });
    await kept.read();
    isBroken = true;
    await expect(kept.read()).rejects.toThrow(/away/);
    expect(kept.catalog().codes.get('20231104')?.links).toMatchObject([{ url: 'https://new.example/1' }]);
  });
});
