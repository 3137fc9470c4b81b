import { describe, expect, it } from 'vitest';
import { readCommunity } from '../../src/config/community.js';
import { readSlides } from '../../src/content/slides.js';

const told = (problems: readonly { line: number; level: string; rule: string; message: { en: string } }[]) =>
  problems.map(({ line, level, message }) => `${line} ${level} ${message.en}`);

describe('emcee.yaml', () => {
  it('has defaults for everything', () => {
    expect(readCommunity('')).toMatchObject({
      problems: [],
      isGuess: true,
      community: {
        name: 'emcee',
        language: 'en',
        timezone: 'UTC',
        organizers: [],
        alerts: [],
        channels: [],
        sources: [],
        site: null,
        publicSlides: false,
        sample: false,
      },
    });
    expect(readCommunity('# nothing\n', 'zh').community).toMatchObject({ language: 'zh', timezone: 'Asia/Shanghai' });
    expect(readCommunity('language: zh').community.timezone).toBe('Asia/Shanghai');
  });

  it('reads every key of the design', () => {
    const { community, problems } = readCommunity(`\ufeffcommunity: 云原生社区
timezone: Asia/Shanghai
language: zh
organizers: [slack:person:U01, 'wechat:person:oABC']
alerts: slack:person:U01
channels:
  - { name: 公告, address: 'slack:#events', tags: [announce, 成都], language: zh, quiet: 22:00-08:00, rooms: mention }
  - name: b
    address: wechat:audience:all
    tags:
reminders:
  - { before: 7d, to: [announce], late: 2h, text: 再见, exact: true }
  - { at: start, to: announce }
  - { after: 1d, to: [announce], text: { zh: 好, en: good } }
  - { on: published, to: [announce] }
digests: [{ cron: '0 9 * * 1', to: [announce] }]
words: { welcome: 你好, help: 帮助, no-match: 没有 }
sources: ../website/content/zh/live/**/*.md
site: { base: https://example.org/zh, root: ../website/content/zh }
slidesAfterDays: 3
publicSlides: true
sample: true
`);
    expect(problems).toEqual([]);
    expect(community).toMatchObject({
      name: '云原生社区',
      alerts: ['slack:person:U01'],
      channels: [
        { tags: ['announce', '成都'], quiet: '22:00-08:00', rooms: 'mention' },
        { name: 'b', tags: [] },
      ],
      reminders: [{ before: '7d' }, { at: 'start', to: ['announce'] }, { after: '1d' }, { on: 'published' }],
      words: { noMatch: '没有' },
      sources: ['../website/content/zh/live/**/*.md'],
      site: { base: 'https://example.org/zh', root: '../website/content/zh' },
      slidesAfterDays: 3,
      publicSlides: true,
      sample: true,
    });
    expect(readCommunity('organizers: slack:person:U01').community.alerts).toEqual(['slack:person:U01']);
  });

  it('names every mistake at once, with its line', () => {
    const { problems, community } = readCommunity(`timezon: Asia/Shanghai
timezone: CST
language: fr
organizers: ann
flavour: x
channels:
  - name: a
    adress: slack:#x
    quiet: 25:00-1:00
reminders:
  - { before: 1d, after: 2h, to: [x] }
  - { before: soon, to: x }
site: example.org
community: Kept
`);
    expect(told(problems)).toEqual([
      expect.stringMatching(/^1 error .*'timezon'.*Did you mean timezone\?/),
      expect.stringMatching(/^2 error timezone \('CST'\) .*Asia\/Shanghai/),
      expect.stringMatching(/^3 error language \('fr'\)/),
      expect.stringMatching(/^4 error organizers\[1\] \('ann'\) .*whoami/),
      expect.stringMatching(/^5 warning .*'flavour'/),
      expect.stringMatching(/^\d error channels\[1\]\.address is missing/),
      expect.stringMatching(/^9 error channels\[1\]\.quiet/),
      expect.stringMatching(/^8 error .*'adress'.*Did you mean address\?/),
      expect.stringMatching(/^11 error reminders\[1\] .*exactly one/),
      expect.stringMatching(/^12 error reminders\[2\]\.before \('soon'\)/),
      expect.stringMatching(/^13 error site/),
    ]);
    expect(community.name).toBe('Kept');
  });

  it.each(['- a\n- b', 'just text', 'a: [', '!!js/function x'])('%j is a mistake, not a crash', (text) => {
    expect(readCommunity(text).problems[0]).toMatchObject({ level: 'error', line: 1 });
  });
});

describe('slides.yaml', () => {
  it('reads all forms, and codes as they are written', () => {
    const { slides, problems } = readSlides(
      `0514: https://example.org/a
1e5: [https://example.org/b, https://example.org/c]
0x10: { label: Deck, url: https://example.org/d, password: 0123, note: for 30 days }
云原生成都0514:
  - { label: PPT, url: https://example.org/e }
  - https://example.org/f
true: https://example.org/g
'2021 上海': { for: photos, url: https://example.org/h }
group1: { for: group, links: [{ url: https://example.org/i }] }
later:
`,
      'en',
    );
    expect(problems).toEqual([]);
    expect([...slides.keys()]).toEqual(['0514', '1e5', '0x10', '云原生成都0514', 'true', '2021 上海', 'group1', 'later']);
    expect(slides.get('0514')).toEqual({ links: [{ label: 'Slides', url: 'https://example.org/a' }], purpose: null, line: 1 });
    expect(slides.get('1e5')?.links.map(({ label }) => label)).toEqual(['Slides 1', 'Slides 2']);
    expect(slides.get('0x10')?.links).toEqual([{ label: 'Deck', url: 'https://example.org/d', password: '0123', note: 'for 30 days' }]);
    expect(slides.get('2021 上海')).toMatchObject({ purpose: 'photos', links: [{ label: 'photos' }] });
    expect(slides.get('group1')).toMatchObject({ purpose: 'group', links: [{ url: 'https://example.org/i' }] });
    expect(slides.get('later')?.links).toEqual([]);
  });

  it('leaves out what is wrong, and only that', () => {
    const { slides, problems } = readSlides(
      'a: https://example.org/a\nb: nonsense\nc: { url: https://example.org/c, pasword: x }\nd:\n  - javascript:alert(1)\n',
      'zh',
    );
    expect(slides.get('a')?.links).toHaveLength(1);
    expect(slides.get('b')?.links).toEqual([]);
    expect(slides.get('c')?.links).toHaveLength(1);
    expect(problems.map(({ line, rule }) => `${line} ${rule}`)).toEqual(['2 slides-entry', '3 slides-entry', '4 slides-entry']);
  });

  it('reads what it can of a file that is no YAML', () => {
    const { slides, problems } = readSlides('a: https://example.org/a\nb: "https://example.org/b\nc: https://example.org/c\n', 'zh');
    expect([...slides].filter(([, { links }]) => links.length > 0).map(([code]) => code)).toEqual(['a', 'c']);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('leaves out a code that stands twice', () => {
    const { slides, problems } = readSlides('a: https://example.org/a\na: https://example.org/b\nc: https://example.org/c\n', 'zh');
    expect([...slides.keys()]).toEqual(['c']);
    expect(problems).toMatchObject([{ line: 2, rule: 'slides-duplicate' }]);
  });
});
