import { describe, expect, it } from 'vitest';
import { extract } from '../../src/content/extract/index.js';
import { scan } from '../../src/content/scan.js';

const read = (body: string, data: Record<string, unknown> = {}, language: 'zh' | 'en' = 'zh') =>
  extract({ file: 'events/a.md', data, keyLine: () => 1, lines: scan(body, 20), language });
const when = { title: 'Meetup', start: '2024-05-25 14:00' };

describe('location', () => {
  it.each<[body: string, data: Record<string, unknown>, location: string | null, online: boolean | null]>([
    ['', { section1: { base: '线上' } }, null, true],
    ['', { section1: { base: '线下 + 线上' } }, null, true],
    ['', { section1: { base: '成都 + 线上同步直播' } }, '成都', true],
    ['- 地点：成都市天府四街 C 空间 101', { section1: { base: '上海 + 线上' } }, '成都市天府四街 C 空间 101', true],
    ['活动地点：成都 C 空间\n活动形式：线下活动', {}, '成都 C 空间', false],
    ['活动形式：线上直播', {}, null, true],
    ['地点：线上（腾讯会议：123-456-789）', {}, null, true],
    ['地点：https://zoom.us/j/1', {}, null, true],
    ['地点：待定', {}, null, null],
    ['地点：成都（具体地址报名后邮件通知）', {}, '成都', false],
    ['地点：报名成功后另行通知', {}, null, null],
    ['## 活动地点\n\n成都市武侯区', {}, '成都市武侯区', false],
    ['- **Where:** Foo Hall, Berlin', {}, 'Foo Hall, Berlin', false],
    ['We meet at [1 Main St](https://maps.google.com/?q=1).', {}, '1 Main St', false],
    ['See [the map](https://maps.google.com/?q=1).', {}, null, null],
    [
      '### Venue\n\nThe address of the venue:\n\n> Hub<br/>1 Main St<br/>London<br/><br/>[See on a map][hub]',
      {},
      'Hub, 1 Main St, London',
      false,
    ],
    ['## 活动地点\n\n地址如下：\n\n成都市武侯区', {}, '成都市武侯区', false],
    ['## New York - May 25, 2024', {}, 'New York', false],
    ['- GitHub 地址：<https://example.org/a> 截至2024-05-25 有千星', {}, null, null],
    ['IP 地址：= {< 网络号 >, < 主机号 >}', {}, null, null],
    ['周末在 B 站做个直播，欢迎来听', {}, null, true],
    ['', { location: 'Online' }, null, true],
    ['', { venue: 'FIXME' }, null, null],
    ['', { location: { name: 'Hub', address: '1 Main St, London' } }, 'Hub, 1 Main St, London', false],
    ['', { location_name: 'Registration', location_url: 'https://example.org/r' }, null, true],
    ['本次活动采用线上直播的形式。', {}, null, true],
    ['5 月 25 日，沙龙在杭州圆满举办。', {}, '杭州', false],
    ['5 月 25 日，沙龙在大家的支持下圆满举办。', {}, null, null],
  ])('%j %j', (body, data, location, online) => {
    const { facts } = read(body, { ...when, ...data });
    expect([facts.location, facts.online]).toEqual([location, online]);
  });
});

describe('time zone', () => {
  it.each<[data: Record<string, unknown>, language: 'zh' | 'en', zone: string | null]>([
    [{ ...when, location: '成都' }, 'zh', 'Asia/Shanghai'],
    [when, 'zh', 'Asia/Shanghai'],
    [when, 'en', null],
    [{ ...when, location: 'Foo Hall, Berlin' }, 'en', 'Europe/Berlin'],
    [{ ...when, location: '新加坡' }, 'zh', 'Asia/Singapore'],
    [{ ...when, location: 'Foo Hall, Springfield' }, 'zh', null],
    [{ ...when, location: 'London and Paris' }, 'en', null],
    [{ ...when, tz: 'Europe/Paris' }, 'en', 'Europe/Paris'],
    [{ ...when, tz: 'Nowhere/City' }, 'en', null],
    [{ title: 'Meetup', eventDate: '2024-05-25', time: '19:00 (Berlin Time)' }, 'en', 'Europe/Berlin'],
    [{ title: 'Meetup', eventDate: '2024-05-25', time: '19:00 CEST', location: 'Stockholm' }, 'en', 'Europe/Stockholm'],
    [{ title: 'Meetup', eventDate: '2024-05-25', time: '19:00 UTC+8' }, 'zh', 'Asia/Shanghai'],
    [{ title: 'Meetup', eventDate: '2024-05-25', time: '19:00 (UTC-3)' }, 'en', 'Etc/GMT+3'],
    [{ title: 'Meetup', eventDate: '2024-05-25T10:00:00Z' }, 'en', 'UTC'],
  ])('%j %s', (data, language, zone) => expect(read('', data, language).facts.timezone).toBe(zone));

  it('is not read from an abbreviation alone, and the start waits', () => {
    const { facts, problems } = read('', { title: 'Meetup', eventDate: '2024-05-25', time: '10:00 CST' }, 'en');
    expect([facts.start, facts.timezone, facts.startBasis]).toEqual(['2024-05-25T10:00', null, 'guess']);
    expect(problems.map(({ rule }) => rule)).toContain('timezone-abbreviation');
  });
  it('of the place is kept when a written offset is wrong on that day', () => {
    const { facts, problems } = read('', { title: 'Meetup', eventDate: '2024-04-20', time: '19:00 (UTC +1:00)', location: 'Berlin' }, 'en');
    expect([facts.timezone, facts.startBasis]).toEqual(['Europe/Berlin', 'guess']);
    expect(problems.map(({ rule }) => rule)).toContain('timezone-offset');
  });
  it('of a page in traditional characters is left to the community', () => {
    expect(read('時間：2024-05-25 14:00\n\n講者：王小明\n\n報名請點這裡', { title: '雲端小聚' }).facts.timezone).toBeNull();
  });
});

describe('title', () => {
  it.each<[body: string, data: Record<string, unknown>, title: string | null]>([
    ['# Heading', { title: ' Given ' }, 'Given'],
    ['text\n\n## 概要\n\n# **云上** [沙龙](https://example.org)', {}, '云上 沙龙'],
    ['## 开发者第四次研讨会\n\n## 会议议程', {}, '开发者第四次研讨会'],
    ['# 注意事项\n\n# 日程', {}, null],
    ['# 2024.05.25', {}, null],
    ['## Date: 09-Sep-2024', {}, null],
    ['<!--\n# 场地要求\n-->\n\n# 工作坊', {}, '工作坊'],
    ['```\n# comment\n```', {}, null],
    ['# ![logo](a.png)\n\n# Real', { title: 'FIXME' }, 'Real'],
    ['Spring Meetup\n===', {}, 'Spring Meetup'],
    ['', { title: 2024 }, '2024'],
  ])('%j %j', (body, data, title) => expect(read(body, data).facts.title).toBe(title));
});

describe('kind', () => {
  it.each<[body: string, data: Record<string, unknown>, kind: string]>([
    ['', when, 'event'],
    ['活动圆满落幕，感谢大家的参与！', when, 'recap'],
    ['', { ...when, title: '沙龙回顾' }, 'recap'],
    ['', { title: '会议纪要' }, 'notes'],
    ['我们发布了新版本。', { title: '新版本' }, 'other'],
  ])('%j %j', (body, data, kind) => expect(read(body, data).facts.kind).toBe(kind));
});

describe('places and titles told in other ways', () => {
  it.each<[body: string, location: string | null, online: boolean | null]>([
    ['Meeting held at Blue Barn, West End.\n\nWe talked.', 'Blue Barn, West End', false],
    ['The summit was held on May 25-26 at the Blue Hall. It was fun.', 'Blue Hall', false],
    ['Elections were held at noon.', null, null],
    ['大家终于在成都·小院咖啡和大家见面啦。', '成都·小院咖啡', false],
    ['大会将于2024年5月25日-26日在成都会展中心举办。', '成都会展中心', false],
    ['**Where**: IRC, in the `#mesh` channel', null, true],
    ['地点：B站直播间', null, true],
    ['欢迎来B站云上直播间和讲师互动！', null, true],
    ['We run __virtual office hours__ this week.', null, true],
  ])('%s', (body, location, online) => {
    const { facts } = read(body, when);
    expect([facts.location, facts.online]).toEqual([location, online]);
  });

  it('a raw first heading is the title', () => {
    expect(read('<h1 align="center">Mesh - 轻量网格</h1>\n\n项目介绍：\n------\n\n正文').facts.title).toBe('Mesh - 轻量网格');
    expect(read('<h1 align="center"><img src="a.png"></h1>\n\n# Mesh').facts.title).toBe('Mesh');
  });

  it('an offset on a page in a known place is the zone of the place', () => {
    const body = 'Date: January 25, 2024, 6:00 PM UTC-5\nLocation: Brooklyn, New York';
    expect(read(body, { title: 'Cloud Meetup' }, 'en').facts.timezone).toBe('America/New_York');
  });
});

it('the room of one session is not where the event is', () => {
  const body = '## 1. Mesh 入门\n\n- 时间：2024 年 5 月 25 日 15:00\n- 地点：三号厅';
  expect(read(body, when).facts.location).not.toBe('三号厅');
  expect(read(body, { title: '云上沙龙', date: '2024-05-25' }).facts.location).toBeNull();
});
