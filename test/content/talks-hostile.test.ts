import { describe, expect, it } from 'vitest';
import { extractTalks } from '../../src/content/extract/talks.js';
import type { Line } from '../../src/content/types.js';

/** No stopwatch, only a guard: what is not linear takes many seconds on such text, whatever the machine. */
const NOT_STUCK_MS = 5_000;

const SIGNS = [
  'a',
  ' ',
  '(',
  '（',
  '\n',
  '\u200b',
  '[',
  ']',
  '!',
  '*',
  '<',
  '"',
  '/',
  '//',
  '{',
  '|',
  '《',
  '：',
  '-',
  '—',
  '0',
  '、',
  '，',
  '张',
  '专家',
  'a ',
  'A ',
  '- ',
  '](',
  '<br>',
  '](//a.b',
  '"//a.b/',
  '![',
  '<td>',
  'https://',
  'by ',
];
const FRONTS = ['', '讲师：', '议题 1：', '**', '《', '| ', '9:00 ', '- ', 'Speaker: ', '<table><tr><td>', '[x](', '第 1 期 '];
const KINDS: Line['kind'][] = ['text', 'heading', 'table', 'item', 'quote'];
const LONG = 50_000;

const line = (text: string, kind: Line['kind']): Line => ({ number: 1, text, kind, level: kind === 'heading' ? 2 : 0 });

/** The best of three: a pause of the machine is no backtracking. */
function milliseconds(lines: Line[], data: Record<string, unknown>): number {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn++) {
    const start = performance.now();
    extractTalks({ file: 'a.md', data, keyLine: () => 0, lines, language: 'zh' });
    best = Math.min(best, performance.now() - start);
    if (best < 20) break;
  }
  return best;
}

describe('hostile lines', () => {
  it.each(SIGNS)('50 kB of %j', (sign) => {
    const text = sign.repeat(Math.ceil(LONG / sign.length));
    for (const front of FRONTS)
      for (const kind of KINDS)
        expect(milliseconds([line(front + text, kind)], { title: text }), `${kind} ${front}`).toBeLessThan(NOT_STUCK_MS);
  });

  it.each(['议题', '讲师', '议程'])('50 kB in a list below %s', (heading) => {
    for (const sign of SIGNS)
      for (const front of ['- ', '- [', '- 张三（', '- 张三《', '14:00 ', '1，', 'Ann Lee - ', '——']) {
        const text = front + sign.repeat(Math.ceil(LONG / sign.length));
        const lines = [line(heading, 'heading'), line(text, front.startsWith('-') ? 'item' : 'text'), line(text.slice(0, 250), 'item')];
        expect(milliseconds(lines, {}), `${front}${sign}`).toBeLessThan(NOT_STUCK_MS);
      }
  });

  it('many short lines', () => {
    for (const sign of SIGNS) {
      const text = sign.repeat(10);
      expect(
        milliseconds(
          Array.from({ length: 5000 }, () => line(text, 'item')),
          {},
        ),
        sign,
      ).toBeLessThan(NOT_STUCK_MS);
    }
  });
});
