import { expect, it } from 'vitest';
import { readPlainYaml } from '../../src/content/plain-yaml.js';
import { readYaml } from '../../src/content/yaml.js';

const PIECES =
  `a|b|key|section1|title|- |-| |  |    |\n|\n|\n|: |:|"x"|'y'|"|'|[a, b]|[|]|{ a: b }|{|}|, |,|#|# c| #d|null|~|true|False|0514|1e5|2024-01-01 14:00-18:00|//x.y?a=1&b=2|https://a.b/c|中文|，|&a|*a|!!x|%|@|\`|?|? |😀|--|---|...|\r\n|a: b|- c: d\n  e: f|\n  k: v|\n- i|=|\\n|\u3000|\t|''|""|\u00a0|constructor|<<`.split(
    '|',
  );

/** The same texts in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

it('reads what it reads exactly as the full parser does', () => {
  const random = generator(20231104);
  let read = 0;
  for (let run = 0; run < 40_000; run++) {
    let text = run % 2 ? 'title: ' : '';
    for (let piece = 3 + random(14); piece > 0; piece--) text += PIECES[random(PIECES.length)];
    const plain = readPlainYaml(text);
    if (plain === undefined) continue;
    read++;
    const full = readYaml(text);
    expect(full.problems, JSON.stringify(text)).toEqual([]);
    expect(plain, JSON.stringify(text)).toEqual(full.value);
  }
  expect(read).toBeGreaterThan(1_000);
});

it('reads the front matter that pages have', () => {
  const text = `title: 云原生 Meetup ⚡️
css: scss/live.scss # the theme's
# a note

section1:
  snapshot:
  videoUrl: //player.example.org/x?a=1&b=2
  time: 2024-05-25 14:00-18:00
tags: [a, "b, c", '0514']
talks:
  - title: 'One: two'
    speakers: [{ name: Ann, affiliation: Example Org }, { name: Bo }]
    video: https://example.org/v/1
  - title: Three
list:
- x
- y
`;
  expect(readPlainYaml(text)).toEqual(readYaml(text).value);
  expect(readPlainYaml(text)).toMatchObject({ tags: ['a', 'b, c', '0514'], section1: { snapshot: null }, list: ['x', 'y'] });
});

it.each([
  'a: |\n  x',
  'a: &x y',
  'a: *x',
  'a: !!str x',
  'a: x\n  y',
  'a: "\\n"',
  "a: 'it''s'",
  '\ta: b',
  'a: b\na: c',
  '- a',
  '__proto__: x',
])('leaves %j to the full parser', (text) => expect(readPlainYaml(text)).toBeUndefined());
