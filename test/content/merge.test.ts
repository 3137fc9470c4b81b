import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../src/config/community-defaults.js';
import { buildCatalog } from '../../src/content/build-catalog.js';
import { check } from '../../src/content/lint.js';
import { mergePages } from '../../src/content/merge.js';
import { NOTHING } from '../../src/content/refused.js';
import { NO_SLIDES, readSlides } from '../../src/content/slides.js';
import type { Page, Talk } from '../../src/content/types.js';

const community = withDefaults({ language: 'zh' }, 'zh');
const NOW = Date.parse('2023-11-20T00:00:00Z');

const page = (file: string, over: Partial<Page> = {}): Page => ({
  ...NOTHING(),
  file: `events/${file}.md`,
  kind: 'event',
  language: 'zh',
  problems: [],
  startBasis: over.start ? 'key' : null,
  ...over,
});
const talk = (title: string, over: Partial<Talk> = {}): Talk => ({ title, speakers: [], video: null, slides: null, ...over });
const meetup = (over: Partial<Page> = {}) =>
  page('meetup-chengdu', {
    kind: 'recap',
    title: '云原生 + AI Meetup 成都站',
    start: '2023-11-04T14:00',
    end: '2023-11-04T18:00',
    location: '成都市天府四街',
    codes: ['20231104'],
    talks: [
      talk('DLRover：大模型训练'),
      talk('SOFABoot 4.0'),
      talk('KubeBlocks RSM', { speakers: [{ name: '吴学强', affiliation: null }] }),
    ],
    ...over,
  });
const talkPage = (file: string, title: string, over: Partial<Page> = {}) =>
  page(file, { kind: 'talk', title, start: '2023-11-04T14:00', location: '成都', codes: ['20231104'], talks: [talk(title)], ...over });

/** Events as lists of files, whatever the order of the pages. */
function events(pages: Page[]): string[][] {
  const once = mergePages(pages, community);
  for (const other of [pages.toReversed(), [...pages].sort((a, b) => (a.title ?? '').localeCompare(b.title ?? ''))])
    expect(mergePages(other, community)).toEqual(once);
  return once.map((event) => event.pages.map((file) => file.replace(/^events\/|\.md$/g, '')));
}

describe('pages of one event', () => {
  it('the meetup page leads its talk pages, and their recordings join its talks', () => {
    const pages = [
      talkPage('a-dlrover', 'DLRover：大模型训练', { videos: ['https://example.org/v1'] }),
      talkPage('b-rsm', '如何让数据库更好地跑', {
        talks: [talk('如何让数据库更好地跑', { video: 'https://example.org/v2', speakers: [{ name: '吴学强', affiliation: '云猿生' }] })],
      }),
      meetup(),
      page('chengdu-announcement', {
        title: '云原生 + AI Meetup 成都站 报名',
        start: '2023-11-04T14:00',
        location: '成都',
        register: 'https://example.org/r',
      }),
    ];
    expect(events(pages)).toEqual([['meetup-chengdu', 'chengdu-announcement', 'a-dlrover', 'b-rsm']]);
    const [event] = mergePages(pages, community);
    expect(event).toMatchObject({
      id: 'meetup-chengdu',
      title: '云原生 + AI Meetup 成都站',
      register: 'https://example.org/r',
      videos: [],
      codes: ['20231104'],
    });
    expect(event?.talks.map(({ title, video }) => [title, video])).toEqual([
      ['DLRover：大模型训练', 'https://example.org/v1'],
      ['SOFABoot 4.0', null],
      ['KubeBlocks RSM', 'https://example.org/v2'],
    ]);
    expect(event?.talks[2]?.speakers).toEqual([{ name: '吴学强', affiliation: '云猿生' }]);
  });

  it('changes no page', () => {
    const pages = [meetup(), talkPage('a', 'DLRover：大模型训练', { videos: ['https://example.org/v1'] })];
    const before = JSON.stringify(pages);
    mergePages(pages, community);
    expect(JSON.stringify(pages)).toBe(before);
  });

  it('talk pages alone are one event, named by day and place', () => {
    const pages = [talkPage('suzhou-ai', 'AI 时代的战略思维'), talkPage('suzhou-os', '如何参与开源')];
    const [event, ...others] = mergePages(pages, community);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ title: '2023-11-04 成都（2 个议题）', start: '2023-11-04T14:00', location: '成都' });
    expect(event?.talks.map(({ title }) => title)).toEqual(['AI 时代的战略思维', '如何参与开源']);
  });

  it('a talk page without the code belongs to the meetup that names its talk, or shows its recording', () => {
    const video = 'https://example.org/v9';
    expect(events([meetup(), talkPage('x', 'SOFABoot 4.0', { codes: [] })])).toHaveLength(1);
    expect(
      events([meetup({ talks: [talk('A', { video })] }), talkPage('x', '别的名字', { codes: [], talks: [talk('别的名字', { video })] })]),
    ).toHaveLength(1);
    expect(events([meetup(), talkPage('x', '不相干的分享', { codes: [] })])).toHaveLength(2);
  });

  it('spellings of one code and days that contradict each other a little', () => {
    const shanghai = meetup({ codes: ['2021上海'], start: '2021-05-13T13:00', end: null });
    expect(events([shanghai, talkPage('x', '媒体直播', { codes: ['2021 上海'], start: '2021-05-15T13:00' })])).toHaveLength(1);
  });

  it('translations are one event with two texts', () => {
    const zh = page('x.zh', { title: '成都站', start: '2023-11-04T14:00' });
    const en = page('x.en', { title: 'Chengdu', language: 'en', start: '2023-11-04T14:00', codes: ['abc123'] });
    expect(mergePages([en, zh], community)).toMatchObject([{ titles: { zh: '成都站', en: 'Chengdu' }, codes: ['abc123'] }]);
    const folders = [
      { ...zh, file: 'content/zh/live/x/index.md' },
      { ...en, file: 'content/en/live/x/index.md' },
    ];
    expect(mergePages(folders, community)).toHaveLength(1);
    expect(mergePages([page('x', { title: 'a' }), page('x.en', { title: 'b', language: 'en' })], community)).toHaveLength(1);
  });

  it('an undated page joins the event of its code; a list of many codes joins none', () => {
    const other = page('other', { title: '另一场活动', start: '2024-05-25T14:00', codes: ['20240525'] });
    expect(events([meetup(), page('notes', { kind: 'notes', title: '笔记', codes: ['20231104'] })])).toHaveLength(1);
    const list = page('all-codes', { kind: 'other', title: '口令一览', codes: ['20231104', '20240525'] });
    expect(events([meetup(), other, list])).toHaveLength(3);
  });
});

describe('pages of two events', () => {
  it('one day and one city are not enough', () => {
    expect(events([meetup(), page('b', { title: '读书会', start: '2023-11-04T14:00', location: '成都' })])).toHaveLength(2);
  });

  it('one code on two events: both stay, and the check names it', () => {
    const pages = [meetup(), page('b', { title: '读书会', start: '2024-03-04', codes: ['20231104'] })];
    const catalog = buildCatalog(pages, community, NO_SLIDES, NOW);
    expect(catalog.codes.get('20231104')?.events).toHaveLength(2);
    expect(check(catalog, community, NOW)).toContainEqual(
      expect.objectContaining({ rule: 'code-conflict', file: 'events/meetup-chengdu.md' }),
    );
  });

  it('the same code two days later under another title is another event', () => {
    expect(events([meetup(), page('b', { title: '读书会', start: '2023-11-06', codes: ['20231104'] })])).toHaveLength(2);
  });

  it('the same common word on the same day in two cities is two events', () => {
    const ppt = { codes: ['PPT'], start: '2023-11-04' };
    expect(
      events([page('a', { ...ppt, title: '读书会', location: '成都' }), page('b', { ...ppt, title: '黑客松', location: '上海' })]),
    ).toHaveLength(2);
  });

  it('one id on two events: the first keeps it, the second is named', () => {
    const pages = [
      page('a', { id: 'same', title: '读书会', start: '2023-01-01' }),
      page('b', { id: 'same', title: '黑客松', start: '2024-01-01' }),
    ];
    const catalog = buildCatalog(pages, community, NO_SLIDES, NOW);
    expect(catalog.events.map(({ id }) => id)).toEqual(['same', 'b']);
    expect(catalog.problems).toMatchObject([{ file: 'events/b.md', level: 'error', rule: 'id-duplicate' }]);
  });
});

describe('the event', () => {
  it.each([
    ['events/x.md', 'x'],
    ['events/2023/x.md', 'events/2023/x'],
    ['events/x/index.md', 'events/x'],
    ['x.md', 'x'],
    ['../website/content/zh/live/x.md', '../website/content/zh/live/x'],
  ])('%s has the id %s', (file, id) => expect(mergePages([{ ...page('x'), file }], community)[0]?.id).toBe(id));

  it('takes the surest start, and an hour where another page of that day has one', () => {
    const guess = meetup({ start: '2023-11-05T10:00', startBasis: 'guess', end: null });
    const keyed = page('ann', { title: '云原生 + AI Meetup 成都站', codes: ['20231104'], start: '2023-11-04', startBasis: 'key' });
    const timed = talkPage('t', 'SOFABoot 4.0', { end: '2023-11-04T18:00' });
    expect(mergePages([guess, keyed, timed], community)[0]).toMatchObject({
      start: '2023-11-04T14:00',
      startBasis: 'key',
      end: '2023-11-04T18:00',
    });
  });

  it('has the address of its page on the site', () => {
    const site = { base: 'https://example.org/zh/', root: '../website/content/zh' };
    const at = (file: string, over: Partial<Page> = {}) => mergePages([{ ...page('x'), file, ...over }], { ...community, site })[0]?.url;
    expect(at('../website/content/zh/live/x.md')).toBe('https://example.org/zh/live/x/');
    expect(at('../website/content/zh/live/成都/index.md')).toBe('https://example.org/zh/live/%E6%88%90%E9%83%BD/');
    expect(at('events/x.md')).toBeNull();
    expect(at('events/x.md', { url: '/live/y/' })).toBe('https://example.org/live/y/');
  });

  it('is not made of index pages, drafts, or what is not out yet', () => {
    const pages = [
      page('_index', { kind: 'index', codes: ['a1b2c3'] }),
      page('draft', { draft: true, codes: ['b1b2c3'] }),
      page('later', { publishAt: NOW + 1, codes: ['c1b2c3'] }),
      page('over', { expireAt: NOW, codes: ['d1b2c3'] }),
      page('out', { publishAt: NOW, expireAt: NOW + 1, codes: ['e1b2c3'] }),
      page('readme', { kind: 'other', title: 'README' }),
    ];
    const catalog = buildCatalog(pages, community, NO_SLIDES, NOW);
    expect([...catalog.codes.keys()]).toEqual(['e1b2c3']);
    expect(catalog.pages).toHaveLength(6);
  });
});

describe('codes and links', () => {
  const slides = (yaml: string) => readSlides(yaml, 'zh').slides;

  it('come from slides.yaml, in either spelling, else from the page', () => {
    const own = meetup({ slides: ['https://example.org/own'] });
    const entry = (yaml: string, pages = [own]) => buildCatalog(pages, community, slides(yaml), NOW).codes.get('20231104');
    expect(entry('20231104: https://example.org/x')?.links).toEqual([{ label: 'PPT', url: 'https://example.org/x' }]);
    expect(entry('２０２３1104: https://example.org/x')?.links).toHaveLength(1);
    expect(entry('')?.links).toEqual([{ label: 'PPT', url: 'https://example.org/own' }]);
    expect(entry('', [meetup({ slides: ['https://example.org/own'], codeFor: { '20231104': 'photos' } })])).toMatchObject({
      links: [],
      purpose: 'photos',
    });
    expect(entry('20231104: { for: group, url: https://example.org/g }')?.purpose).toBe('group');
  });

  it('a code that no page names is answered, and named', () => {
    const catalog = buildCatalog([meetup()], community, slides('20231104: https://example.org/x\nzz9: https://example.org/z'), NOW);
    expect(catalog.codes.get('zz9')).toMatchObject({ events: [], links: [{ url: 'https://example.org/z' }] });
    expect(catalog.problems).toMatchObject([{ file: 'slides.yaml', line: 2, rule: 'slides-code-unknown' }]);
  });
});

describe('no quadratic step', () => {
  const many = (over: (at: number) => Partial<Page>) =>
    Array.from({ length: 10_000 }, (_, at) => page(`p${at}`, { title: `活动 ${at}`, ...over(at) }));
  it.each([
    ['codes of their own', many((at) => ({ codes: [`k${at}`], start: `2030-01-${String((at % 28) + 1).padStart(2, '0')}` }))],
    ['one code, one day', many(() => ({ codes: ['PPT'], start: '2030-01-01', kind: 'talk' }))],
    [
      'one code, one day, other places',
      many((at) => ({ codes: ['PPT'], start: '2030-01-01', location: `place${'abcdefghij'[at % 10]}${at}` })),
    ],
    ['one code, every week', many((at) => ({ codes: ['PPT'], start: new Date(at * 7 * 86_400_000).toISOString().slice(0, 10) }))],
    ['half without a day', many((at) => ({ codes: ['PPT'], start: at % 2 ? '2030-01-01' : null }))],
    ['one title', many(() => ({ title: '活动', start: '2030-01-01' }))],
    ['one id', many((at) => ({ id: 'x', start: new Date(at * 7 * 86_400_000).toISOString().slice(0, 10) }))],
  ])('%s', (_, pages) => {
    const begun = performance.now();
    check(buildCatalog(pages, community, NO_SLIDES, NOW), community, NOW);
    // A square of 10,000 would take minutes.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('the check', () => {
  const found = (pages: Page[], now = NOW) =>
    check(buildCatalog(pages, community, NO_SLIDES, now), community, now).map(({ file, level, rule }) => `${file} ${level} ${rule}`);

  it('names what is missing and what contradicts', () => {
    expect(found([meetup({ end: '2023-11-03T10:00', videos: ['http://example.org/v'] })])).toEqual([
      'events/meetup-chengdu.md error end-before-start',
      'events/meetup-chengdu.md warning link-http',
      'events/meetup-chengdu.md warning slides-missing',
    ]);
    expect(found([meetup()], Date.parse('2023-11-06T00:00:00Z'))).toEqual([]);
    expect(found([meetup({ codes: [] })])).toEqual(['events/meetup-chengdu.md warning code-missing']);
    expect(found([meetup(), talkPage('x', 'SOFABoot 4.0', { start: '2023-11-05' })])).toContain('events/x.md warning dates-contradict');
  });

  it('names codes that are one slip from another event’s', () => {
    const other = (code: string, start = '2030-01-01') => page('z', { title: '黑客松', start, codes: [code] });
    expect(found([meetup({ codes: ['kubecon18'] }), other('kubecon19')])).toContain('events/z.md warning code-near');
    expect(found([meetup(), other('2023110')])).toContain('events/z.md warning code-near');
    expect(found([meetup(), other('20231105', '2023-11-05')])).toContain('events/z.md info code-near');
    expect(found([meetup(), other('20240525')]).join()).not.toContain('code-near');
  });

  it('says so when nothing tells the zone', () => {
    const nowhere = withDefaults({}, 'en');
    expect(check(buildCatalog([meetup()], nowhere, NO_SLIDES, NOW), nowhere, NOW).map(({ rule }) => rule)).toContain('timezone-missing');
  });
});
