// Text that is made to be slow or to hide something: nothing backtracks, nothing runs, nothing reaches a prototype.
import { describe, expect, it } from 'vitest';
import { extract } from '../../src/content/extract/index.js';
import { scan } from '../../src/content/scan.js';
import type { Source } from '../../src/content/types.js';

/** No stopwatch, only a guard: what is not linear takes many seconds on such text, whatever the machine. */
const NOT_STUCK_MS = 5_000;

const source = (body: string, data: Record<string, unknown> = {}): Source => ({
  file: 'events/hostile.md',
  data,
  keyLine: () => 2,
  lines: scan(body, 1),
  language: 'zh',
});

const LENGTH = 50_000;
const PIECES = [
  ...[
    'a',
    ' ',
    '(',
    '（',
    '\n',
    '\u200b',
    '\t',
    '\u3000',
    '*',
    '`',
    '[',
    '![',
    '<',
    '<!--',
    '-',
    '#',
    '|',
    '>',
    '"',
    '“',
    '「',
    '【',
    ':',
    '：',
    '1',
    '1 ',
    '年',
  ],
  ...[
    '2024-',
    '12:',
    '1月',
    'Jan ',
    '回复',
    '回复“',
    '回复 `a',
    '公众号',
    '关注',
    '时间：',
    '时间：\n',
    '地点：',
    '在a',
    'reply "',
    '<br>',
    '<pre>\n',
    '```\n',
    '- ',
    '1. ',
  ],
  ...[
    '活动',
    '时间：2024 年 5 月 25 日 ',
    '关注「a」公众号',
    'held in ',
    'a: ',
    '**',
    '线上 + ',
    'London ',
    '](http://maps.',
    'é',
    '\u{1f600}',
  ],
];

describe('no pattern backtracks', () => {
  for (const piece of PIECES) {
    it(`50 kB of ${JSON.stringify(piece)} takes milliseconds`, () => {
      const text = piece.repeat(Math.ceil(LENGTH / piece.length));
      for (const body of [text, `时间：${text}`, `后台回复 ${text}`, `关注${text}公众号`, `地点：${text}`, `# ${text}`]) {
        const page = source(body);
        extract(page);
        const before = performance.now();
        scan(body, 1);
        extract(page);
        expect(performance.now() - before).toBeLessThan(NOT_STUCK_MS);
      }
    });
    it(`front matter of ${JSON.stringify(piece)} takes milliseconds`, () => {
      const text = piece.repeat(Math.ceil(LENGTH / piece.length));
      const before = performance.now();
      extract(
        source('', { title: text, date: text, time: text, start: text, location: text, description: text, base: text, timezone: text }),
      );
      expect(performance.now() - before).toBeLessThan(NOT_STUCK_MS);
    });
  }
});

describe('names that objects already have', () => {
  it('are codes like any other', () => {
    const { facts } = extract(source('关注「社区」公众号，后台回复 `__proto__` 进群，回复 `constructor` 获取源码。'));
    expect(facts.codes).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(facts.codeFor)).toBeNull();
    expect(Object.keys(facts.codeFor)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).constructor).toBe(Object);
  });

  it('are labels and months like any other', () => {
    expect(() => extract(source('constructor：2024-05-25\n\ntoString: x\n\n时间：constructor 12'))).not.toThrow();
  });
});

describe('values of odd types', () => {
  for (const value of [null, 0, 20240525, true, [], {}, ['x'], [null], { start: 5 }, { name: [] }, Number.NaN, new Date(0), '']) {
    it(`front matter ${JSON.stringify(value)} is no accident`, () => {
      const keys = [
        'title',
        'date',
        'time',
        'start',
        'end',
        'location',
        'venue',
        'base',
        'description',
        'timezone',
        'online',
        'talks',
        'section1',
      ];
      expect(() => extract(source('# 标题\n\n时间：2024-05-25', Object.fromEntries(keys.map((key) => [key, value]))))).not.toThrow();
    });
  }
});
