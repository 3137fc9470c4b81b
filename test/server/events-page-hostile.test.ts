import { describe, expect, it } from 'vitest';
import { catalog, community, event } from '../answer/scene.js';
import { asking, page, site } from './event-pages.js';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  '&#x6a;avascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'abc\u202Ecba',
  '\uD800',
  '</title><style>*{display:none}</style>',
  'https://a.example/"onclick="alert(1)',
];

const TAGS = 'html head meta title link body a header p main h1 h2 h3 nav ul li small section article span time code div'.split(' ');
const ATTRIBUTES = 'lang charset name content rel href class id tabindex aria-label aria-labelledby aria-current datetime'.split(' ');

function expectHarmless({ html, tags }: { html: string; tags: { name: string; attributes: Map<string, string> }[] }) {
  expect([...new Set(tags.map(({ name }) => name))].filter((name) => !TAGS.includes(name))).toEqual([]);
  const attributes = tags.flatMap((tag) => [...tag.attributes.keys()]);
  expect([...new Set(attributes)].filter((name) => !ATTRIBUTES.includes(name))).toEqual([]);
  for (const tag of tags) {
    const href = tag.attributes.get('href');
    if (href !== undefined) expect(href).toMatch(/^(?:https?:\/\/|mailto:|\/(?!\/)|#events$)/);
    if (tag.attributes.has('id')) expect(tag.attributes.get('id')).toMatch(/^[\p{L}\p{N}._~/-]+$/u);
  }
  expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u);
  const ids = tags.flatMap((tag) => tag.attributes.get('id') ?? []);
  expect(new Set(ids).size).toBe(ids.length);
}

describe('hostile content on the page of all events', () => {
  it.each(HOSTILE)('in every field of a page: %j', async (bad) => {
    const { ask } = await site({
      'emcee.yaml': `community: ${JSON.stringify(`x${bad}`)}\nlanguage: en\npublicSlides: true\n`,
      'slides.yaml': JSON.stringify({ [bad]: [{ label: bad, url: `https://example.org/${bad}`, password: bad, note: bad }] }),
      'events/a.md': page({
        ...{ title: bad, id: bad, location: bad, tags: [bad], codes: [bad], start: '2024-05-01', live: bad },
        talks: [{ title: bad, speakers: [{ name: bad, affiliation: bad }], video: bad, slides: bad }],
        ...{ video: bad, url: bad, register: bad, slides: bad, image: bad },
      }),
    });
    expectHarmless(ask());
    expectHarmless(ask({ language: 'zh', chat: true, query: `city=${encodeURIComponent(bad.replace(/\p{Surrogate}/u, ''))}` }));
  });

  // What reading would have refused gets here all the same.
  it.each([true, false])('in every field of an event, slides shown: %s', (publicSlides) => {
    const events = HOSTILE.map((bad, at) =>
      event({
        ...{ title: bad, id: `${bad}${at}`, location: bad, tags: [bad], codes: [bad], start: '2024-05-01T10:00', titles: { en: bad } },
        talks: [{ title: bad, speakers: [{ name: bad, affiliation: bad }], video: bad, slides: bad }],
        ...{ videos: [bad], live: [bad], url: bad, register: bad, slides: [bad], image: bad, timezone: bad, end: bad },
      }),
    );
    const links = Object.fromEntries(HOSTILE.map((bad) => [bad, [{ label: bad, url: bad, password: bad, note: bad }]]));
    const ask = asking(catalog(events, links), community({ name: HOSTILE.join(''), publicSlides }));
    for (const language of ['zh', 'en'] as const) expectHarmless(ask({ language, chat: true }));
    expect(ask().titles).toHaveLength(HOSTILE.length);
    expect(ask().text).toContain('<script>alert(1)</script>');
  });

  it('does not take a label for an address that it is not', () => {
    const ask = asking(catalog([event({ title: 'https://bank.example', url: 'https://evil.example/' })]), community());
    expect(ask().titles).toEqual(['https://evil.example/']);
  });
});
