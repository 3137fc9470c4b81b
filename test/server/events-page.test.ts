import { describe, expect, it } from 'vitest';
import { NOW, page, site } from './event-pages.js';

const HOUR = 3600_000;

const year = {
  'emcee.yaml': 'community: 云原生社区\ntimezone: Asia/Shanghai\nlanguage: zh\n',
  'slides.yaml': `c-1:\n  - { label: Deck, url: 'https://example.org/deck', password: ks11, note: 30 days }\nphoto-1: { for: photos, url: 'https://example.org/photos' }\n`,
  'events/a.md': page({
    title: 'Meetup Chengdu',
    start: '2023-11-04 14:00',
    end: '2023-11-04 18:00',
    location: '成都天府四街',
    codes: ['c-1', { code: 'photo-1', for: 'photos' }],
    url: 'https://example.org/a',
    register: 'https://example.org/register-a',
    talks: [{ title: 'Elastic', speakers: [{ name: 'Wang', affiliation: 'Ant' }], video: 'https://www.bilibili.com/video/BV1oN411u7f8' }],
  }),
  'events/b.md': page({
    title: 'Meetup in Chengdu, again',
    start: '2024-05-01 14:00',
    codes: ['b-1'],
    register: 'https://example.org/register-b',
  }),
  'events/c.md': page({ title: 'Called off', start: '2024-04-01', location: "Xi'an", status: 'cancelled', codes: ['off-1'] }),
  'events/d.md': page({
    title: 'Shanghai day',
    start: '2023-01-02',
    location: '南京西路 5 号',
    slides: 'https://example.org/own',
    codes: ['d-1'],
  }),
  'events/e.md': page({ title: 'Some day', codes: ['some-1'] }),
};

describe('the page of all events', () => {
  it('is kind when there is nothing', async () => {
    const { ask } = await site({});
    expect(ask().status).toBe(200);
    expect(ask().text).toContain('There are no events yet.');
    expect(ask({ language: 'zh' }).text).toContain('现在还没有活动');
    expect(ask().tags.filter(({ name }) => name === 'nav')).toEqual([]);
  });

  it('shows one event with everything that belongs to it', async () => {
    const { ask } = await site({ ...year, 'events/b.md': '', 'events/c.md': '', 'events/d.md': '', 'events/e.md': '' });
    const { text, links, tags, html } = ask({ language: 'zh', chat: true });
    expect(html.startsWith('<!doctype html>\n<html lang="zh-CN">')).toBe(true);
    for (const said of [
      '云原生社区',
      '时间：2023-11-04（周六）14:00–18:00',
      '地点：成都天府四街',
      'Elastic — Wang（Ant）',
      '领取 PPT：回复 c-1',
    ])
      expect(text).toContain(said);
    expect(links).toEqual(expect.arrayContaining(['/', '#events', '/#say=c-1', 'https://example.org/a']));
    expect(links.join()).toContain('BV1oN411u7f8');
    expect(links.join()).not.toMatch(/deck|photos|register/);
    expect(text).not.toContain('photo-1');
    const time = tags.find(({ name }) => name === 'time');
    expect(time?.attributes.get('datetime')).toBe('2023-11-04T06:00:00.000Z');
    expect(tags.filter(({ name }) => /^h\d$/.test(name)).map(({ name }) => name)).toEqual(['h1', 'h2', 'h3']);
    for (const { name, attributes } of tags)
      if (name === 'a' && /^https?:/.test(attributes.get('href') ?? '')) expect(attributes.get('rel')).toBe('noopener noreferrer');
    expect(ask({ language: 'en' }).links).not.toContain('/');
  });

  it('puts what comes next first, then what was last, then what has no date', async () => {
    const { ask } = await site(year);
    const { titles, text, links } = ask();
    expect(titles).toEqual(['Called off (cancelled)', 'Meetup in Chengdu, again', 'Meetup Chengdu', 'Shanghai day', 'Some day']);
    expect(text).toContain('This event was cancelled.');
    expect(text).toContain('Get the slides after the event: reply b-1');
    expect(text).not.toContain('off-1');
    expect(links).toContain('https://example.org/register-b');
    expect(text.match(/\n(?:Upcoming|Past|Without a date)\n/g)).toHaveLength(3);
  });

  it('narrows down by city, whatever its name is, and by year', async () => {
    const { ask } = await site(year);
    const chengdu = ask({ query: 'city=chengdu' });
    expect(chengdu.titles).toEqual(['Meetup in Chengdu, again', 'Meetup Chengdu']);
    expect(ask({ query: 'city=%E6%88%90%E9%83%BD' }).titles).toEqual(chengdu.titles);
    expect(chengdu.text).toContain('Chengdu 2');
    expect(ask({ language: 'zh' }).text).toContain('成都 2');
    expect(ask({ query: 'city=shanghai' }).titles).toEqual(['Shanghai day']);
    expect(ask({ query: 'city=xian' }).text).toContain("Xi'an 1");
    // 南京西路 is a street in Shanghai.
    expect(ask({ query: 'city=nanjing' }).status).toBe(404);
    expect(ask({ query: 'year=2023' }).titles).toEqual(['Meetup Chengdu', 'Shanghai day']);
    const both = ask({ query: 'city=chengdu&year=2023', language: 'zh' });
    expect(both.titles).toEqual(['Meetup Chengdu']);
    expect(both.text).toContain('2023 年成都的活动');
    expect(both.links).toContain('/events?city=chengdu');
    expect(both.tags.filter(({ attributes }) => attributes.has('aria-current')).map(({ attributes }) => attributes.get('href'))).toEqual([
      '/events?city=chengdu&year=2023',
      '/events?city=chengdu&year=2023',
    ]);
    const none = ask({ query: 'city=shanghai&year=2024' });
    expect(none).toMatchObject({ status: 200, titles: [] });
    expect(none.text).toContain('There was no event in this city that year.');
  });

  it('answers odd queries with a sentence and the way to all events', async () => {
    const { ask } = await site(year);
    const unknown = ['city=atlantis', 'city=__proto__', 'year=1999', 'year=2023x', 'page=2', 'page=0', 'page=-1', 'page=1.5', 'page=1e0'];
    for (const query of [...unknown, 'page=99999999999999999999', 'city=%FF%00', 'city=%3Cscript%3E', `city=${'成'.repeat(5_000)}`]) {
      const { status, links, html } = ask({ query });
      expect({ query, status }).toEqual({ query, status: 404 });
      expect(links).toContain('/events');
      expect(html).not.toContain('script');
    }
    for (const query of ['city=&year=&page=', 'page=1&page=9', 'city=chengdu&city=atlantis', '%=&&=', 'other=1'])
      expect({ query, status: ask({ query }).status }).toEqual({ query, status: 200 });
  });

  it('knows what is over by the clock of the place', async () => {
    const { ask } = await site({
      'emcee.yaml': 'timezone: Asia/Shanghai\nlanguage: en\n',
      'events/x.md': page({ title: 'East', start: '2024-03-01 18:00', end: '2024-03-01 20:00' }),
      'events/y.md': page({ title: 'West', start: '2024-03-01 04:00', end: '2024-03-01 06:00', timezone: 'America/Los_Angeles' }),
    });
    const order = (now: number) => ask({ now }).text.match(/Upcoming|Past|East(?! \()|West(?! \()/g);
    expect(ask({ now: NOW - 1 }).titles).toEqual(['East (happening now)', 'West']);
    expect(ask({ now: NOW + HOUR }).titles).toEqual(['West (happening now)', 'East']);
    expect(order(NOW + 2 * HOUR)).toEqual(['Past', 'West', 'East']);
    expect(ask().text).toContain('04:00–06:00 (America/Los_Angeles, UTC-8)');
    expect(ask().text).toContain('18:00–20:00\n');
  });

  it('shows links to slides only where the community says so, and never those of another code', async () => {
    const { ask } = await site({ ...year, 'emcee.yaml': `${year['emcee.yaml']}publicSlides: true\n` });
    const { text, links } = ask({ language: 'zh' });
    expect(links).toEqual(expect.arrayContaining(['https://example.org/deck', 'https://example.org/own']));
    expect(text).toContain('Deck 提取码：ks11 30 days');
    expect(links.join()).not.toContain('photos');
    expect(text).not.toContain('回复 c-1');
    expect((await site(year)).ask().links.join()).not.toMatch(/deck|own|photos/);
  });

  it('gives 10,000 events in pages of 30, quickly', async () => {
    const days = Array.from({ length: 10_000 }, (_, at) => new Date(Date.UTC(2000, 0, 1) + at * 24 * HOUR).toISOString().slice(0, 10));
    const files = days.map((day, at) => [`events/${at}.md`, page({ title: `Meetup ${at}`, start: `${day} 14:00`, location: '成都' })]);
    const { ask } = await site(Object.fromEntries(files));
    const first = ask();
    expect(first.titles).toHaveLength(30);
    expect(first.text).toContain('Page 1 of 334');
    expect(first.text).toContain('Chengdu 10000');
    expect(first.tags.filter(({ attributes }) => attributes.get('rel') === 'prev')).toEqual([]);
    const last = ask({ query: 'page=334' });
    expect(last.titles.at(-1)).toBe('Meetup 0');
    expect(last.titles).toHaveLength(10);
    expect(last.links).toContain('/events?page=333');
    expect(ask({ query: 'page=335' }).status).toBe(404);
    const seen = Array.from({ length: 334 }, (_, at) => ask({ query: `page=${at + 1}` }).titles).flat();
    expect(new Set(seen).size).toBe(10_000);
  }, 60_000);
});
