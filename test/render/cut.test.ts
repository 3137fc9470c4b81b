import { describe, expect, test } from 'vitest';
import { cutBytes, cutCharacters, splitBytes, splitCharacters } from '../../src/render/index.js';

const bytes = (text: string) => new TextEncoder().encode(text).length;
const ATOMS = [
  'https://example.org/slides/20231104?x=1&y=2',
  '[PPT 合集](https://example.org/a(b)c)',
  '<https://example.org|slides>',
  '<a href="https://example.org/x">幻灯片</a>',
  '&amp;',
  '&#x4e2d;',
  '`code 20231104`',
  '**粗 体**',
  '👨‍👩‍👧‍👦',
  '🇨🇳',
  'é',
  'நி',
  '각',
];
const FILL = ['a', '中', ' ', '\n', '\n\n', '。', '😀', 'word ', '[', '<', '&', '* ', '(', 'http', 'ß'];

/** The same texts at every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function randomText(seed: number): string {
  const next = generator(seed);
  const pick = (list: string[]) => list[Math.floor(next() * list.length)] ?? '';
  return Array.from({ length: 5 + Math.floor(next() * 80) }, () => (next() < 0.25 ? ` ${pick(ATOMS)} ` : pick(FILL))).join('');
}

/** Where the text may not be cut, found in another way than the code under test does. */
function atomEnds(text: string): [number, number][] {
  return ATOMS.flatMap((atom) => {
    const found: [number, number][] = [];
    for (let at = text.indexOf(` ${atom} `); at >= 0; at = text.indexOf(` ${atom} `, at + 1)) found.push([at + 1, at + 1 + atom.length]);
    return found;
  });
}

describe('splitting 1,000 random texts', () => {
  for (const [name, split, size, max] of [
    ['by bytes', splitBytes, bytes, 120],
    ['by characters', splitCharacters, (text: string) => text.length, 80],
  ] as const) {
    test(name, () => {
      for (let seed = 1; seed <= 1000; seed++) {
        const text = randomText(seed);
        const parts = split(text, max);
        expect(parts.join('')).toBe(text);
        let end = 0;
        for (const part of parts) {
          expect(size(part)).toBeLessThanOrEqual(max);
          expect(part.length).toBeGreaterThan(0);
          end += part.length;
          for (const [from, to] of atomEnds(text))
            if (end > from && end < to) throw new Error(`cut inside ${text.slice(from, to)}: ${text}`);
        }
      }
    });
  }

  test('at the end of a paragraph, a line, a word, in this order', () => {
    expect(splitCharacters('eins zwei\n\ndrei vier', 14)).toEqual(['eins zwei\n\n', 'drei vier']);
    expect(splitCharacters('eins zwei\ndrei vier', 14)).toEqual(['eins zwei\n', 'drei vier']);
    expect(splitCharacters('eins zwei drei vier', 14)).toEqual(['eins zwei ', 'drei vier']);
  });

  test('a link that alone is too long is split all the same', () => {
    const link = `https://example.org/${'x'.repeat(100)}`;
    expect(splitBytes(link, 50).join('')).toBe(link);
  });

  test('even one sign that is larger than a part comes through', () => {
    expect(splitBytes('😀中', 1).join('')).toBe('😀中');
  });
});

describe('cutting', () => {
  test('a text that fits stays as it is', () => {
    expect(cutBytes('云原生', 9)).toBe('云原生');
    expect(cutCharacters('云原生', 3)).toBe('云原生');
  });

  test('by bytes of UTF-8, never inside a sign', () => {
    expect(cutBytes('云原生', 8)).toBe('云…');
    expect(cutBytes('云原生', 8, '')).toBe('云原');
    expect(cutCharacters('ab😀cd', 4, '')).toBe('ab😀');
    expect(cutCharacters('ab😀cd', 3, '')).toBe('ab');
  });

  test('never inside a link, an entity or a grapheme', () => {
    expect(cutCharacters('siehe https://example.org/abc', 20)).toBe('siehe…');
    expect(cutCharacters('a &amp; b', 5)).toBe('a…');
    expect(cutCharacters('x👨‍👩‍👧‍👦y', 6, '')).toBe('x');
    expect(cutCharacters('see [the slides](https://example.org) now', 25)).toBe('see…');
  });

  test('1,000 random texts stay within the limit and begin alike', () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const text = randomText(seed);
      const cut = cutBytes(text, 100, ' …');
      expect(bytes(cut)).toBeLessThanOrEqual(100);
      if (cut !== text) expect(text.startsWith(cut.slice(0, -2).trimEnd())).toBe(true);
    }
  });

  test('a mark that does not fit leaves nothing', () => {
    expect(cutBytes('云原生', 2)).toBe('');
  });
});
