// Nothing that reads text may take longer than in proportion to its length: 50 kB of what makes expressions backtrack.
import { expect, test } from 'vitest';
import { findDate } from '../../src/answer/dates.js';
import { fold, foldLine, foldWords } from '../../src/answer/fold.js';
import { createAnswerer, refersBack } from '../../src/answer/index.js';
import { tokens } from '../../src/answer/search.js';
import { languageOf, units, withoutAsking } from '../../src/answer/words.js';
import { cleanText, cutBytes, escapeMarkdown, misleads, plainText, safeUrl, splitBytes, withoutMentions } from '../../src/render/index.js';
import { asker, community, season } from '../answer/scene.js';

/** No stopwatch, only a guard: what is not linear takes many seconds on such text, whatever the machine. */
const NOT_STUCK_MS = 5_000;

const LENGTH = 50_000;
const SIGNS = [
  'a',
  ' ',
  '(',
  '\n',
  '\u200B',
  '[',
  '*',
  '`',
  '&',
  '<',
  'h',
  '1',
  '云',
  '-',
  '.',
  '@',
  '。',
  '\\',
  '\u0301',
  '的',
  '[](',
  '**a',
  '1 ',
  'http://',
];

const ask = asker(createAnswerer(season(), community()));
const readers: Record<string, (text: string) => unknown> = {
  fold,
  foldLine,
  foldWords,
  tokens,
  findDate: (text) => findDate(text, '2024-01-01'),
  languageOf,
  units,
  withoutAsking: (text) => withoutAsking([text]),
  refersBack,
  'an answer': (text) => ask(text),
  'an answer to what is just short enough': (text) => ask(text.slice(0, 4000)),
  cleanText,
  withoutMentions,
  escapeMarkdown,
  safeUrl,
  misleads: (text) => misleads(text, text),
  plainText: (text) => plainText({ text, card: { title: text, links: [{ label: text, url: text }] } }),
  cutBytes: (text) => cutBytes(text, 2048),
  splitBytes: (text) => splitBytes(text, 2048),
};

test.each(Object.keys(readers))('%s takes its time in proportion', (name) => {
  const reader = readers[name];
  for (const sign of SIGNS) {
    const text = sign.repeat(LENGTH / sign.length);
    const best = Math.min(...[1, 2, 3].map(() => elapsed(() => reader?.(text))));
    // What is squared takes seconds; what is not takes a few milliseconds, on a busy machine some more.
    expect(best, JSON.stringify(sign)).toBeLessThan(NOT_STUCK_MS);
  }
});

function elapsed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
