import { describe, expect, it } from 'vitest';
import { extract } from '../../src/content/extract/index.js';
import { scan } from '../../src/content/scan.js';
import type { Language } from '../../src/content/types.js';

interface Page {
  data?: Record<string, unknown>;
  language?: Language;
  file?: string;
}

function read(body: string, { data = {}, language = 'zh', file = 'events/page.md' }: Page = {}) {
  const title = language === 'zh' ? '云上沙龙 成都站' : 'Cloud Meetup';
  return extract({ file, data: { title, ...data }, keyLine: () => 1, lines: scan(body, 20), language });
}

describe('a labelled line', () => {
  it.each<[line: string, start: string | null, end: string | null]>([
    ['时间：2024 年 5 月 25 日（周六）14:00-18:00', '2024-05-25T14:00', '2024-05-25T18:00'],
    ['**时间：** 2024年5月25日 下午2点-5点半', '2024-05-25T14:00', '2024-05-25T17:30'],
    ['- 活动时间：时间：2024/05/25 14 :00~18:00', '2024-05-25T14:00', '2024-05-25T18:00'],
    ['📅 直播时间：２０２４年０５月２５日晚 ８：００', '2024-05-25T20:00', null],
    ['会议时间（北京时间）：2024-05-25 19:00 ——21:00', '2024-05-25T19:00', '2024-05-25T21:00'],
    ['活动时间：2024 年 5 月 25 日晚 19 点', '2024-05-25T19:00', null],
    ['活动时间：2024 年 5 月 25 日周六下午 13 点', '2024-05-25T13:00', null],
    ['活动时间：2024年5月25日（星期六）下午 1:00 - 5:30', '2024-05-25T13:00', '2024-05-25T17:30'],
    ['活动时间：2024年5月25日 9:30-12:00，13:30-17:30', '2024-05-25T09:30', '2024-05-25T17:30'],
    ['活动时间：2024年5月25日晚 9 点到次日 1 点', '2024-05-25T21:00', '2024-05-26T01:00'],
    ['活动时间：2024 年 5 月 25 日 9:00 - 5 月 26 日 18:00', '2024-05-25T09:00', '2024-05-26T18:00'],
    ['活动时间：2024.5.25-26', '2024-05-25', '2024-05-26'],
    ['活动时间：2024 年 5 月 25 日 2:00-5:00', '2024-05-25', null],
    ['活动时间：2024年5月25日 地点：成都', '2024-05-25', null],
    ['| 时间 | 2024-05-25 14:00 |', '2024-05-25T14:00', null],
    ['<table><tr><td>时间</td><td>2024-05-25 14:00</td></tr>', '2024-05-25T14:00', null],
    ['时间：2024-05-25T14:00:00+08:00', '2024-05-25T14:00', null],
    ['## 直播时间\n\n2024 年 5 月 25 日 20:00-21:00', '2024-05-25T20:00', '2024-05-25T21:00'],
    ['- 日期：2024年5月25日，星期六\n- 时间：9:00 – 16:00', '2024-05-25T09:00', '2024-05-25T16:00'],
    ['时间: 240525 1313~1642', '2024-05-25T13:13', '2024-05-25T16:42'],
    ['时间：20240525 13:13~16:42', '2024-05-25T13:13', '2024-05-25T16:42'],
    ['时间：2024-05-25 1313-1642', '2024-05-25T13:13', '2024-05-25T16:42'],
    ['时间：240525（周六）1400-1700', '2024-05-25T14:00', '2024-05-25T17:00'],
    ['时间：240525 ~ 240601', '2024-05-25', '2024-06-01'],
    ['时间：241399 1313~1642', null, null],
    ['时间：123456 次', null, null],
    ['时间：20240525 2599~2699', '2024-05-25', null],
    ['活动时间：5 月 25 日晚 8 点\n\n**直播时间：**2024年5月25日（周六）20:00-21:00', '2024-05-25T20:00', '2024-05-25T21:00'],
    ['会议时间：2024-05-25 19:00-20:00\n\n## 其他\n\n- 时间：2024-06-08', '2024-05-25T19:00', '2024-05-25T20:00'],
    ['报名截止时间：2024 年 5 月 20 日', null, null],
    ['截稿日期：2024年5月7日', null, null],
    ['活动时间：待定', null, null],
    ['活动时间：每周四晚 8 点', null, null],
    ['活动时间：2024 年 2 月 30 日', null, null],
    ['## 往期回顾\n\n- 时间：2024 年 5 月 25 日', null, null],
  ])('%s', (line, start, end) => {
    const { facts } = read(line);
    expect([facts.start, facts.end]).toEqual([start, end]);
  });

  it.each<[line: string, start: string | null, end: string | null]>([
    ['- Date: Saturday, 25 May, 2024\n- Time: 9:00 – 16:00', '2024-05-25T09:00', '2024-05-25T16:00'],
    ['**When:** May 25th, 2024, 6:30 PM to 8:30 PM', '2024-05-25T18:30', '2024-05-25T20:30'],
    ['When: 25 May 2024, 6-8pm', '2024-05-25T18:00', '2024-05-25T20:00'],
    ['Date: Oct 23 2024', '2024-10-23', null],
    ['## Date:  09-Sep-2024', '2024-09-09', null],
    ['Date: May 24-26, 2024', '2024-05-24', '2024-05-26'],
    ['Date: 09/13/2024', '2024-09-13', null],
    ['Date: 05/06/2024', null, null],
    ['- Recorded on 09/13/2024', '2024-09-13', null],
    ['Our next meeting will be on the 25th of May 2024 from 6:30pm to 8:00pm.', '2024-05-25T18:30', '2024-05-25T20:00'],
    ['When: 25 May 2024, 6:00pm - 8.00pm (EDT)', '2024-05-25T18:00', '2024-05-25T20:00'],
    ['When: 25 May 2024, 6.30 - 8.00pm', '2024-05-25T18:30', '2024-05-25T20:00'],
    [
      'We meet again: it is held on the 25th of May 2024,\nfrom _6:20pm_ to _8:00pm_ (doors _6:10pm_).',
      '2024-05-25T18:20',
      '2024-05-25T20:00',
    ],
    ['## New York - May 25, 2024', '2024-05-25', null],
    ['## 2024-05-25, Berlin', '2024-05-25', null],
    ['## London · 25 May 2024\n\ntext\n\n## Paris · 26 May 2024', null, null],
    ['## Release 2 - May 25, 2024', null, null],
    ['When: Every Thursday at 7pm', null, null],
    ['Proposals are due on May 20, 2024. You have until then.', null, null],
  ])('%s', (line, start, end) => {
    const { facts } = read(line, { language: 'en' });
    expect([facts.start, facts.end]).toEqual([start, end]);
  });
});

describe('front matter', () => {
  it.each<[data: Record<string, unknown>, start: string | null, end: string | null]>([
    [{ section1: { time: '2024-05-25 14:00-18:00' } }, '2024-05-25T14:00', '2024-05-25T18:00'],
    [{ start_date: '2024-05-25', start_time: '10:00', end_date: '2024-05-25', end_time: '11:00' }, '2024-05-25T10:00', '2024-05-25T11:00'],
    [{ meeting_date: '2024-05-25' }, '2024-05-25', null],
    [{ eventDate: 'Sat, 25 May 2024', time: '19:00 - 22:00' }, '2024-05-25T19:00', '2024-05-25T22:00'],
    [{ date: '2024-05-25', time: '19:00' }, '2024-05-25T19:00', null],
    [{ startDate: '2024-05-25 19:00', endDate: '2024-05-24 19:00' }, '2024-05-25T19:00', null],
    [{ eventDate: 'Every First Wednesday', date: '2024-05-25', time: '19:00' }, null, null],
    [{ date: '2024-05-25T10:00:00+08:00' }, null, null],
    [{ startdate: 'FIXME', humandate: 'FIXME' }, null, null],
  ])('%j', (data, start, end) => {
    const { facts } = read('', { data, language: 'en' });
    expect([facts.start, facts.end, facts.startBasis]).toEqual([start, end, start && 'key']);
  });
});

describe('what a start rests on', () => {
  const page = '活动时间：2024 年 5 月 25 日 14:00';
  it('is a guess with one place', () => expect(read(page).facts.startBasis).toBe('guess'));
  it.each<[why: string, body: string, page: Page]>([
    ['the description', page, { data: { description: '5 月 25 日，等你来。' } }],
    ['the name of the file', page, { file: 'events/chengdu-20240525.md' }],
    ['the title', page, { data: { title: '云上沙龙 2024-05-25' } }],
    ['another line', `${page}\n\n## 直播时间\n\n2024-05-25 14:00`, {}],
  ])('is agreed with %s', (_, body, more) => expect(read(body, more).facts.startBasis).toBe('agreed'));
  it('is no agreement when the heading above says the same line', () => {
    expect(read('## 活动时间\n\n2024 年 5 月 25 日 14:00').facts.startBasis).toBe('guess');
  });
  it.each<[why: string, data: Record<string, unknown>]>([
    ['another hour', { section1: { time: '2024-05-25 13:00' } }],
    ['another day', { section1: { time: '2024-05-24 14:00' } }],
  ])('is a guess when the page contradicts its key by %s', (_, data) => {
    const { facts, problems } = read(page, { data });
    expect(facts.startBasis).toBe('guess');
    expect(problems).toMatchObject([{ line: 20, rule: 'start-contradiction' }]);
  });
  it('is a guess when the title speaks of another year', () => {
    expect(read('', { data: { title: '云上沙龙 2023', start: '2024-05-25' } }).facts.startBasis).toBe('guess');
  });
});

describe('a day without its year', () => {
  it.each<[line: string, date: string | undefined, start: string | null]>([
    ['时间：5 月 25 日（周六）14:00', '2024-05-10T10:00:00+08:00', '2024-05-25T14:00'],
    ['时间：1 月 5 日 14:00', '2023-12-20', '2024-01-05T14:00'],
    ['时间：12 月 28 日 14:00', '2024-01-02', '2023-12-28T14:00'],
    ['时间：5 月 25 日（周日）14:00', '2024-05-10', null],
    ['时间：5 月 25 日 14:00', undefined, null],
    ['时间：11 月 25 日 14:00', '2024-05-10', null],
  ])('%s, published %s', (line, date, start) => {
    expect(read(line, { data: date ? { date } : {} }).facts.start).toBe(start);
  });
  it('takes the year of the same day elsewhere', () => {
    expect(read('时间：5 月 25 日 14:00', { data: { description: '2024 年 5 月 25 日，成都见' } }).facts.start).toBe('2024-05-25T14:00');
  });
});

describe('better no start than a wrong one', () => {
  it.each<[why: string, body: string, page: Page]>([
    ['the weekday is another', '活动时间：2024 年 5 月 25 日（周日）14:00', {}],
    ['an article carries its date', '日期：2024-05-25', { data: { title: '用 eBPF 观测网络' } }],
    ['the page lists events', '## 一\n\n时间：2024-05-25\n\n## 二\n\n时间：2024-09-25', {}],
    ['only the publication is known', '上周的活动很精彩。', { data: { date: '2024-05-25', title: '云上沙龙成都站回顾' } }],
    ['the story is about another year', '2020 年 5 月 25 日，第一届大会举办。', { data: { date: '2024-05-25' } }],
    ['an index shows dates', '活动时间：2024-05-25 14:00', { file: 'events/_index.md' }],
    ['the line is left over', '活动时间：2024-05-18 14:00', { file: 'events/2024-05-25-x.md', data: { date: '2024-05-25' } }],
  ])('%s', (_, body, page) => {
    const { facts } = read(body, page);
    expect([facts.start, facts.startBasis, facts.end]).toEqual([null, null, null]);
  });
  it('reads a recap that tells the day', () => {
    const { facts } = read('2024 年 5 月 25 日，云上沙龙在成都圆满落幕。', { data: { date: '2024-05-27' } });
    expect([facts.start, facts.startBasis, facts.location]).toEqual(['2024-05-25', 'guess', '成都']);
  });
  it('takes the first evening of a series, and no end, only when the page tells that day again', () => {
    const evenings = '## 一\n\n时间：2024/5/22（周三） 19:00-20:00\n\n## 二\n\n时间：2024/5/23（周四） 19:00-20:00';
    expect(read(evenings).facts.start).toBeNull();
    const { facts, problems } = read(`系列直播将于 5 月 22 日开播。\n\n${evenings}`);
    expect([facts.start, facts.end]).toEqual(['2024-05-22T19:00', null]);
    expect(problems.map(({ rule }) => rule)).toContain('start-series');
  });
});

describe('days of something else', () => {
  const article = `${'正文讲网格如何演进。'.repeat(150)}\n\n`;
  it.each<[why: string, body: string, page: Page]>([
    ['a digest', '活动时间：2024-05-25 14:00', { data: { title: '云上周刊 第 12 期' } }],
    ['a digest with meetings of two days', '**时间**：2024-05-25 14:00\n\n正文\n\n**时间**：2024-06-01 14:00', {}],
    ['an advertisement below an article', `${article}**时间：**2024-05-25 14:00\n\n**地点：**成都`, { data: { title: '网格的演进' } }],
    ['a heading that leads on', `${'正文。'.repeat(300)}\n\n## 相关活动\n\n- 时间：2024-05-25\n- 地点：成都`, {}],
    ['a link with a remark', '- 官网地址：<https://example.org> 截至2024-05-25 已有千人使用', { data: { title: '入门' } }],
    ['a second front matter', '正文\n\n---\ntitle: a\ndate: 2024-05-25\ntags:\n---', {}],
    ['a stamp with seconds', 'date: 2024-05-25 15:56:26 # written', {}],
    ['the evenings of a course', '- 直播时间：2024-05-25 20:00~21:00\n- 直播时间：2024-05-27 20:00~21:00', {}],
  ])('%s', (_, body, page) => {
    const { facts } = read(body, page);
    expect([facts.start, facts.end]).toEqual([null, null]);
  });
  it('are no rival of the day that an article says it was told on', () => {
    const { facts } = read('本文根据 5 月 25 日云上沙龙的分享整理。\n\n**时间：**6 月 24 日 9:00-16:30', {
      data: { title: '网格的演进', date: '2024-05-29' },
    });
    expect([facts.start, facts.end, facts.kind]).toEqual(['2024-05-25', null, 'recap']);
  });
  it('leave an agreed day alone', () => {
    const { facts } = read(`${article}时间：2024-05-25 14:00`, { data: { title: '5 月 25 日沙龙' } });
    expect(facts.start).toBe('2024-05-25T14:00');
  });
  it('may stand beside a title that gives the own one, its year in the name of a post', () => {
    const page = { data: { title: 'Brainstorm Session May 25th' }, file: 'a/_posts/2024-05-20-x.md', language: 'en' as const };
    expect(read('For those nearby, there is another one on Sunday, May 26th.', page).facts.start).toBe('2024-05-25');
  });
  it('are not the weekly meeting itself', () => {
    expect(read('Meeting time: 2024-05-25 14:00', { data: { title: 'Weekly Community Meeting' } }).facts.start).toBe('2024-05-25T14:00');
  });
});

it('takes the hours of the sentence about the day of a key', () => {
  const body = 'The meeting will be on Saturday the 25th of May,\nfrom 6:00pm to 8:00pm (meeting starts at 6:30pm).';
  const { facts } = read(body, { data: { meeting_date: '2024-05-25' }, language: 'en' });
  expect([facts.start, facts.end]).toEqual(['2024-05-25T18:00', '2024-05-25T20:00']);
});

describe('findings', () => {
  it.each([
    ['活动时间：2024 年 5 月 25 日 2:00-5:00', 'start-hour-unsure'],
    ['活动时间：2024 年 5 月 25 日（周日）14:00', 'start-weekday'],
    ['活动时间：5 月 25 日 14:00', 'start-no-year'],
    ['活动时间：待定', 'start-open'],
    ['活动时间：每周四晚 8 点', 'start-recurring'],
    ['活动时间：05/06/2024', 'start-order'],
    ['## 一\n\n时间：2024-05-25\n\n## 二\n\n时间：2024-09-25', 'start-several'],
  ])('%s', (body, rule) => expect(read(body).problems.map((problem) => problem.rule)).toContain(rule));
});

describe('the time of one session', () => {
  it.each<[name: string, body: string, start: string | null]>([
    ['under a numbered heading', '## 1. Mesh 入门\n\n时间：2024 年 5 月 25 日 15:00-15:40', null],
    ['under a heading of a session', '## 议题二：存储\n\n- 时间：2024 年 5 月 25 日 16:00', null],
    ['under headings that differ', '## 网络\n\n时间：2024-05-25 14:00\n\n## 存储\n\n时间：2024-05-25 15:00', null],
    ['whose day a sentence tells', '沙龙于 2024 年 5 月 25 日在成都举办。\n\n## 1. Mesh\n\n时间：2024-05-25 15:00', '2024-05-25'],
    ['beside the hours of the event', '活动时间：2024-05-25 13:00\n\n## 1. Mesh\n\n时间：2024-05-25 15:00', '2024-05-25T13:00'],
    ['which is the event itself', '## 一、活动信息\n\n时间：2024-05-25 15:00', '2024-05-25T15:00'],
  ])('%s', (_, body, start) => {
    expect(read(body).facts.start).toBe(start);
  });

  it('is not the start of an English page either', () => {
    const body = '## Session 2: Storage\n\nTime: May 25, 2024, 3:00 PM\n\n## Session 3: Mesh\n\nTime: May 26, 2024, 4:00 PM';
    expect(read(body, { language: 'en' }).facts.start).toBeNull();
  });
});

it('the day on which an event of several days closed is not its start', () => {
  expect(read('2024 年 5 月 26 日，为期两天的云上大会在成都圆满落幕。').facts.start).toBeNull();
  expect(read('2024 年 5 月 25 日-26 日，为期两天的云上大会在成都圆满落幕。').facts.start).toBe('2024-05-25');
});

describe('a day and an hour in English', () => {
  it.each<[name: string, title: string, body: string, start: string | null, end: string | null]>([
    ['heading with @', 'Bit Evening', '### Thursday, March 5th, 2026 @ 7PM\n\nDoors open at 6:30PM.', '2026-03-05T19:00', null],
    ['heading with a span', 'Bit Evening', '## Thursday, March 5, 2026, 7 pm - 9 pm', '2026-03-05T19:00', '2026-03-05T21:00'],
    ['title', 'Bit Evening, March 5th, 2026 at 7:00 PM', 'Come along.', '2026-03-05T19:00', null],
    ['several headings', 'Bit Evening', '## March 5, 2026 @ 7PM\n\n## March 12, 2026 @ 7PM', null, null],
    ['a log', 'Notes', '## March 5, 2026', null, null],
    ['an outage', 'Outage on March 5, 2026 at 7:00 PM', 'It was short.', null, null],
  ])('%s', (_, title, body, start, end) => {
    const { facts } = read(body, { data: { title }, language: 'en' });
    expect([facts.start, facts.end, facts.startBasis]).toEqual([start, end, start && 'guess']);
  });
});

it.each<[lines: string, start: string, location: string]>([
  ['**When** - Sunday, April 13, 2014 during lunch\n**Where** – Room 5 at the Hall', '2014-04-13', 'Room 5 at the Hall'],
  ['**时间** — 2024 年 5 月 25 日 11时-16时\n**地点** — 成都 C 空间', '2024-05-25T11:00', '成都 C 空间'],
])('a bold name and a dash: %s', (lines, start, location) => {
  expect(read(lines).facts).toMatchObject({ start, location });
});

describe('a sentence that says when the event of the title was held', () => {
  it.each<[name: string, title: string, date: string, body: string, start: string | null, end: string | null]>([
    ['in English', 'Cloud at GridCon 2026', '2026-08-01', 'GridCon 2026 was held July 28-30 at Blue Hall.', '2026-07-28', '2026-07-30'],
    ['in Chinese', '去 Grid.Dev 玩', '2024-05-01', 'Grid.Dev 将于2024年5月25日-26日在成都会展中心举办。', '2024-05-25', '2024-05-26'],
    ['of another event', 'Mesh 2.0 is out', '2026-08-01', 'GridCon 2026 was held July 28-30 at Blue Hall.', null, null],
    ['long ago', 'Cloud at GridCon', '2026-08-01', 'GridCon was held on June 28, 2023 at Blue Hall.', null, null],
    ['on a line of its own', 'Cloud Summit 2024', '2024-07-01', 'Held on June 18-19', '2024-06-18', '2024-06-19'],
  ])('%s', (_, title, date, body, start, end) => {
    const { facts } = read(body, { data: { title, date } });
    expect([facts.start, facts.end]).toEqual([start, end]);
  });
});
