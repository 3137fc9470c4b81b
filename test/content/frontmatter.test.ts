import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../src/content/frontmatter.js';

const split = (text: string) => {
  const { problems, keyLine: _, ...rest } = splitFrontMatter(text);
  return { ...rest, rules: problems.map(({ line, level, rule }) => `${line} ${level} ${rule}`) };
};

describe('values are what was written', () => {
  it.each([
    ['a: 0514', '0514'],
    ['a: 1e5', '1e5'],
    ['a: 0x10', '0x10'],
    ['a: 1024', '1024'],
    ['a: 19:30', '19:30'],
    ['a: 12:30:45', '12:30:45'],
    ['a: 2026-12-01', '2026-12-01'],
    ['a: 2026-12-01T19:30:00', '2026-12-01T19:30:00'],
    ['a: 2023-11-04 14:00-18:00 ', '2023-11-04 14:00-18:00'],
    ['a: no', 'no'],
    ['a: NO', 'NO'],
    ['a: true', true],
    ['a: ~', null],
    ['a:', null],
    ["a: '0514'", '0514'],
    ['a: "x: y"', 'x: y'],
    ['a: //player.example/x?a=1&b=2', '//player.example/x?a=1&b=2'],
    ['a: |\n  one\n  two', 'one\ntwo\n'],
  ])('%s', (line, value) => expect(split(`---\n${line}\n---\n`)).toMatchObject({ data: { a: value }, rules: [] }));
});

describe('where front matter begins and ends', () => {
  it.each([
    ['none', '# Title\n\ntext', {}, '# Title\n\ntext', 1],
    ['empty text', '', {}, '', 1],
    ['empty', '---\n---\nbody', {}, 'body', 3],
    ['plain', '---\na: b\n---\nbody\n', { a: 'b' }, 'body\n', 4],
    ['CRLF', '---\r\na: b\r\nc:\r\n  - d\r\n---\r\nbody\r\n', { a: 'b', c: ['d'] }, 'body\r\n', 6],
    ['BOM', '\ufeff---\na: b\n---\nbody', { a: 'b' }, 'body', 4],
    ['BOM without', '\ufeffbody', {}, 'body', 1],
    ['empty first lines', '\n\n---\na: b\n---\nbody', { a: 'b' }, 'body', 6],
    ['spaces behind the fences', '---  \na: b\n--- \nbody', { a: 'b' }, 'body', 4],
    ['yaml named', '--- yaml\na: b\n---\nbody', { a: 'b' }, 'body', 4],
    [
      'TOML',
      '+++\r\ntitle = "x"\r\ndate = 2024-01-02\r\nn = 1024\r\n+++\r\nbody',
      { title: 'x', date: '2024-01-02', n: '1024' },
      'body',
      6,
    ],
    ['a rule and text', '---\nSome text\n---\nmore', {}, '---\nSome text\n---\nmore', 1],
    ['a rule only', '---\n\ntext', {}, '---\n\ntext', 1],
    ['a longer line is no fence', '---\na: b\n----\nc: d\n---\nbody', undefined, 'body', 6],
    ['no line end at the end', '---\na: b\n---', { a: 'b' }, '', 3],
  ])('%s', (_, text, data, body, bodyLine) => {
    const found = split(text);
    expect(found).toMatchObject({ body, bodyLine });
    if (data) expect(found).toMatchObject({ data, rules: [] });
  });

  it('knows the line of each key', () => {
    const { keyLine } = splitFrontMatter('\ufeff\n---\ntitle: x\n# note\nstart: y\n"quoted key": z\nsection1:\n  start: inner\n---\n');
    expect(['title', 'start', 'quoted key', 'section1', 'none'].map(keyLine)).toEqual([3, 5, 6, 7, 0]);
  });
});

describe('mistakes keep the page', () => {
  it('reads a tab as a space, and says so', () => {
    expect(split('---\ntitle: x\nsection1:\n\ttime: y\n---\nbody')).toMatchObject({
      data: { title: 'x', section1: { time: 'y' } },
      body: 'body',
      rules: ['4 warning yaml-repaired'],
    });
  });

  it('reads every key that stands on its own', () => {
    expect(split('---\ntitle: "unclosed\ncodes: [a, b]\nsection1:\n  time: 2023-11-04 14:00\nnote: x: y\n---\nbody')).toMatchObject({
      data: { title: '"unclosed', codes: ['a', 'b'], section1: { time: '2023-11-04 14:00' }, note: 'x: y' },
      body: 'body',
      bodyLine: 8,
      rules: ['2 error front-matter-broken', '6 error front-matter-broken'],
    });
  });

  it('uses neither of two values with one key', () => {
    expect(split('---\ntitle: a\nstart: x\ntitle: b\n---\nbody')).toMatchObject({
      data: { start: 'x' },
      body: 'body',
      rules: ['4 error front-matter-duplicate'],
    });
  });

  it('names front matter without an end', () => {
    expect(split('---\ntitle: x\nstart: y\n\n# Heading\n')).toMatchObject({
      data: { title: 'x', start: 'y' },
      body: '# Heading\n',
      bodyLine: 5,
      rules: ['1 error front-matter-unclosed'],
    });
  });

  it('names broken TOML', () =>
    expect(split('+++\ntitle = x\n+++\nbody')).toMatchObject({ body: 'body', rules: ['2 error front-matter-broken'] }));

  it('says the same the second time', () => {
    const text = '---\ntitle: "x\n---\nbody';
    expect(split(text)).toEqual(split(text));
    expect(splitFrontMatter('---\na: [x]\n---\n').data.a).not.toBe(splitFrontMatter('---\na: [x]\n---\n').data.a);
  });

  it('speaks both languages in one plain sentence or two', () => {
    for (const { message } of splitFrontMatter('---\ntitle: "x\nb: 1\nb: 2\n---\n').problems) {
      expect(message.en).toMatch(/\.$/);
      expect(message.zh).toMatch(/[。]$/);
    }
  });
});
