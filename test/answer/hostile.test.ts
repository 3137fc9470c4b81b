import { describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answer/index.js';
import { parseMarkdown, safeUrl } from '../../src/render/index.js';
import { asker, catalog, community, event, said, seasonAnswerer, talk } from './scene.js';

const ask = asker(seasonAnswerer());

describe('odd messages get no odd answer', () => {
  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    "'; DROP TABLE events; --",
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '{{constructor.constructor("return process")()}}',
    '<%= process.env.HOME %>',
    '\u202Etxet\u202C',
    '\uD800',
    '\uDC00\uD800',
    '\u0000\u0001\u0002',
    '\u200B\u200B',
    'a'.repeat(5000),
    '云'.repeat(5000),
    '🙂'.repeat(2500),
    '1'.repeat(5000),
    '@everyone',
    '%s%n%x',
    '../../etc/passwd',
    'NaN',
    'null',
    '-1',
    '1e9',
  ])('%j', (text) => {
    const answer = ask(text);
    expect(answer.kind).toBe('none');
    expect(answer.events).toEqual([]);
    expect(said(answer)).toMatch(/没有找到|没有可以选|found no event/);
    expect(answer.note && 'folded' in answer.note ? answer.note.folded.length : 0).toBeLessThanOrEqual(64);
  });

  test('a text over 4,000 signs is not searched, even with a code in it', () => {
    expect(ask(`20231104 ${'x'.repeat(4000)}`).kind).toBe('none');
  });

  test('codes with names that objects have', () => {
    const odd = createAnswerer(catalog([event({ id: 'it', title: 'It', codes: ['constructor', 'toString'] })]), community());
    expect(asker(odd)('constructor').events).toEqual(['it']);
    expect(asker(odd)('hasOwnProperty').events).toEqual([]);
  });
});

describe('pages cannot break out', () => {
  const EVIL =
    '<img src=x onerror=alert(1)> **b** [x](javascript:alert(1)) [https://bank.example](https://evil.example) @everyone `c` \u202Eevil\u0007';
  const evil = event({
    id: 'evil',
    title: EVIL,
    start: '2030-01-01T10:00',
    location: EVIL,
    codes: ['evil2030'],
    codeFor: { evil2030: EVIL },
    talks: [talk(EVIL, EVIL, 'javascript:alert(1)'), talk(EVIL, EVIL, 'https://example.org/v')],
    slides: ['javascript:alert(1)', 'data:text/html,x'],
    url: 'file:///etc/passwd',
    register: 'vbscript:x',
    image: 'javascript:x',
    videos: ['weixin://bizmsgmenu?msgmenucontent=1'],
    live: ['https://zoom.example.org/j/1?pwd=secret'],
  });
  const answers = () => {
    const ask = asker(
      createAnswerer(
        catalog([evil, { ...evil, id: 'other', codes: ['evil2031', 'both2030'] }, { ...evil, id: 'third', codes: ['both2030'] }], {
          evil2031: [
            { label: EVIL, url: 'https://example.org/s', password: EVIL, note: EVIL },
            { label: 'x', url: 'javascript:alert(1)' },
          ],
        }),
        community(),
      ),
    );
    return ['evil2030', 'evil2031', 'both2030', 'next', 'events', 'evil2032', 'evil', 'onerror alert'].map((text) => ask(text));
  };

  test('nothing of it becomes markup, a mention, or a link that is not safe', () => {
    for (const answer of answers()) {
      const text = said(answer);
      expect(text).not.toMatch(/@everyone|\u202E|\u0007|pwd=secret/);
      for (const link of answer.reply?.card?.links ?? []) expect(safeUrl(link.url)).toBe(link.url);
      expect(answer.reply?.card?.links.every(({ url }) => /^https:\/\/example\.org\//.test(url)) ?? true).toBe(true);
      const parts = parseMarkdown(answer.reply?.text ?? '').flatMap((line) => line.content);
      expect(parts.filter((part) => part.is !== 'text')).toEqual([]);
    }
  });

  test('it is shown as it was written', () => {
    expect(answers().map(said).join('\n')).toContain('<img src=x onerror=alert(1)> **b** [x](javascript:alert(1))');
  });
});
