import { describe, expect, it } from 'vitest';
import { scan } from '../../src/content/scan.js';

const kinds = (body: string) => scan(body, 1).map(({ kind }) => kind);
const only = (body: string) => scan(body, 1)[0];

describe('a line', () => {
  it.each([
    ['# 标题', 'heading', 1, '标题'],
    ['###  Two spaces  ##', 'heading', 3, 'Two spaces'],
    ['##标题', 'heading', 2, '标题'],
    ['#hashtag', 'text', 0, '#hashtag'],
    ['# C#', 'heading', 1, 'C#'],
    ['####### seven', 'text', 0, '####### seven'],
    ['    # indented', 'text', 0, '    # indented'],
    ['> quoted', 'quote', 0, '> quoted'],
    ['- item', 'item', 0, '- item'],
    ['  * nested', 'item', 2, '  * nested'],
    ['\t1. tabbed', 'item', 4, '\t1. tabbed'],
    ['2024. is no item but a year', 'item', 0, '2024. is no item but a year'],
    ['-dash', 'text', 0, '-dash'],
    ['| a | b |', 'table', 0, '| a | b |'],
    ['---', 'rule', 0, '---'],
    ['* * *', 'rule', 0, '* * *'],
    ['\u3000\u3000', 'blank', 0, '\u3000\u3000'],
    ['a | b', 'text', 0, 'a | b'],
    ['import Video from "@site/Video";', 'code', 0, 'import Video from "@site/Video";'],
    ['import is a word too', 'text', 0, 'import is a word too'],
  ])('%j is %s', (text, kind, level, shown) => {
    expect(only(text)).toEqual({ number: 1, kind, level, text: shown });
  });

  it('has the number it has in the file, whatever its end', () => {
    expect(scan('a\r\n\r\nb\nc', 7).map(({ number, text }) => [number, text])).toEqual([
      [7, 'a'],
      [8, ''],
      [9, 'b'],
      [10, 'c'],
    ]);
  });
});

describe('code', () => {
  it('hides headings and comments', () => {
    expect(kinds('```yaml\n# no heading\n<!-- no comment\n```\n# heading')).toEqual(['code', 'code', 'code', 'code', 'heading']);
  });
  it('ends with a fence that is as long and of the same sign', () => {
    expect(kinds('~~~~\n~~~\n```\n~~~~~\ntext')).toEqual(['code', 'code', 'code', 'code', 'text']);
  });
  it('is no fence when the ticks close on their own line', () => {
    expect(kinds('```inline``` words\ntext')).toEqual(['text', 'text']);
  });
  it('that is never closed ends where prose goes on', () => {
    expect(kinds('```js\nlet a;\n\n# comment\n## 关注我们\n回复 `a`')).toEqual(['code', 'code', 'code', 'code', 'heading', 'text']);
    expect(kinds('- a\n\n    ```js\n    let a;\n\n关注公众号，回复')).toEqual(['item', 'blank', 'code', 'code', 'code', 'text']);
    expect(kinds('text\n```\n# heading')).toEqual(['text', 'code', 'heading']);
  });
  it('is not opened by a closing mark too many', () => {
    expect(kinds('```js\na\n```\n```\n# heading\n```js\nb\n```\ntext')).toEqual(
      ['code', 'code', 'code', 'code', 'heading', 'code', 'code', 'code', 'text'], // the fourth line opens nothing
    );
  });
  it('may be a script, when it is closed', () => {
    expect(kinds('<script>\nnew Date(2020, 6, 6)\n</script>\ntext')).toEqual(['code', 'code', 'code', 'text']);
    expect(kinds('<script>\ntext')).toEqual(['text', 'text']);
  });
});

describe('comments', () => {
  it('are blanked over lines, headings and all', () => {
    const lines = scan('<!--\n# 场地要求\n-->\n# 工作坊', 1);
    expect(lines.map(({ kind, text }) => [kind, text])).toEqual([
      ['blank', ''],
      ['blank', ''],
      ['blank', ''],
      ['heading', '工作坊'],
    ]);
  });
  it('leave the rest of their line', () => expect(only('a <!-- b --> c <!-- d -->')?.text).toBe('a  c '));
  it('hide nothing when they are never closed', () => expect(scan('<!-- open\n# heading', 1)[1]?.kind).toBe('heading'));
  it('are text between ticks', () => expect(scan('write `<!--` here\n# heading -->', 1)[1]?.kind).toBe('heading'));
});

describe('what the line below says', () => {
  it('makes a heading of a single line', () => {
    expect(scan('Title\n===\n\nSub\n---', 1).map(({ kind, level }) => [kind, level])).toEqual([
      ['heading', 1],
      ['blank', 0],
      ['blank', 0],
      ['heading', 2],
      ['blank', 0],
    ]);
  });
  it('is a ruler below prose of several lines and below pictures', () => {
    expect(kinds('one\ntwo\n---')).toEqual(['text', 'text', 'rule']);
    expect(kinds('![](a.png)\n---')).toEqual(['text', 'rule']);
  });
  it('makes a table of lines without outer bars', () => {
    expect(kinds('时间 | 主题\n--- | ---\n9:00 | 签到\n\ntext | more')).toEqual(['table', 'table', 'table', 'blank', 'text']);
  });
});
