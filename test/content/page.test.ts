import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/content/page.js';

const page = (head: string, body = '', file = 'events/x.md') => readPage(`---\n${head}\n---\n${body}`, file);

describe('explicit keys win', () => {
  const body =
    '# Other title\n\n时间：2023 年 11 月 4 日 14:00-18:00\n\n地点：成都市天府四街\n\n关注公众号，后台回复 `20231104` 即可下载 PPT\n';

  it('over what the prose says', () => {
    expect(
      page(
        `id: mine
title: Mine
start: 2027-05-15 14:00
end: 18:00
timezone: Europe/Berlin
location: Hall 1
online: false
status: cancelled
codes: ['0514', x y]
account: Ours
slides: [https://example.org/a.pdf, { url: 'https://example.org/b.pdf' }]
url: https://example.org/page
image: https://example.org/i.png
register: https://example.org/r
tags: [a, b, a]
organizers: [{ name: Ann }, Bo]
talks: [{ title: One, speakers: [{ name: Ann, affiliation: Org }], video: https://example.org/v }]
reminders: []`,
        body,
      ),
    ).toMatchObject({
      id: 'mine',
      title: 'Mine',
      start: '2027-05-15T14:00',
      startBasis: 'key',
      end: '2027-05-15T18:00',
      timezone: 'Europe/Berlin',
      location: 'Hall 1',
      online: false,
      status: 'cancelled',
      codes: ['0514', 'x y'],
      account: 'Ours',
      slides: ['https://example.org/a.pdf', 'https://example.org/b.pdf'],
      url: 'https://example.org/page',
      image: 'https://example.org/i.png',
      register: 'https://example.org/r',
      tags: ['a', 'b'],
      organizers: ['Ann', 'Bo'],
      talks: [{ title: 'One', speakers: [{ name: 'Ann', affiliation: 'Org' }], video: 'https://example.org/v' }],
      reminders: [],
    });
  });

  it('and an end from the prose does not stay behind another start', () => {
    expect(page('start: 2027-05-15 14:00', body)).toMatchObject({ start: '2027-05-15T14:00', end: null });
  });

  it.each([
    ['2027-05-15', '2027-05-15', null],
    ['2027-5-5 9:30', '2027-05-05T09:30', null],
    ['2027-05-15T14:00', '2027-05-15T14:00', null],
    ['2027-05-15T14:00:00', '2027-05-15T14:00', null],
    ['2027/05/15 14:00', '2027-05-15T14:00', null],
    ['2027-05-15T06:00:00Z', '2027-05-15T06:00', 'UTC'],
    ['2027-05-15T14:00+08:00', '2027-05-15T14:00', 'Etc/GMT-8'],
    ['2027-05-15 14:00 -0500', '2027-05-15T14:00', 'Etc/GMT+5'],
  ])('start: %s', (written, start, timezone) => {
    expect(page(`title: x\nstart: ${written}`)).toMatchObject({ start, startBasis: 'key', timezone, problems: [] });
  });

  it('an offset is turned into the zone that is named', () => {
    expect(page('title: x\nstart: 2027-05-15T14:00+08:00\ntimezone: Europe/Berlin')).toMatchObject({ start: '2027-05-15T08:00' });
  });

  it.each(['2027-02-30', 'tomorrow', '2027-13-01', '0514'])('start: %s is named as no time', (written) => {
    expect(page(`title: x\nstart: ${written}`)).toMatchObject({ start: null, problems: [{ line: 3, rule: 'start-unreadable' }] });
  });

  it('an abbreviation is no zone', () => {
    expect(page('title: x\nstart: 2027-05-15\ntimezone: CST').problems).toMatchObject([{ line: 4, rule: 'timezone-unknown' }]);
  });

  it('codes for something else than slides', () => {
    expect(page('codes: [{ code: photo1, for: photos }, abc]')).toMatchObject({ codes: ['photo1', 'abc'], codeFor: { photo1: 'photos' } });
  });

  it('online is no place', () => expect(page('location: Online')).toMatchObject({ location: null, online: true }));
});

describe('Hugo', () => {
  it('reads draft, publishDate and expiryDate', () => {
    expect(page('draft: true\npublishDate: 2027-01-02T08:00:00+08:00\nexpiryDate: 2027-02-01')).toMatchObject({
      draft: true,
      publishAt: Date.parse('2027-01-02T00:00:00Z'),
      expireAt: Date.parse('2027-02-01T00:00:00Z'),
    });
  });

  it.each([
    ['events/x.en.md', '全是中文的一页', 'en'],
    ['content/zh/live/x.md', 'All English here', 'zh'],
    ['events/x.md', '在 KubeSphere 上 Install Kubernetes with KubeKey', 'zh'],
    ['events/x.md', 'A plain English page about https://example.org/中文', 'en'],
    ['events/x.md', '', 'en'],
  ])('language of %s', (file, body, language) => expect(readPage(body, file).language).toBe(language));
});

describe('slips of the keyboard', () => {
  it.each([
    ['strat', 'start'],
    ['titel', 'title'],
    ['timezon', 'timezone'],
    ['locaton', 'location'],
    ['regsiter', 'register'],
  ])('%s → %s', (key, meant) => {
    expect(page(`foo: x\n${key}: y`).problems).toMatchObject([
      { line: 3, rule: 'key-unknown', message: { en: expect.stringContaining(`Did you mean ${meant}?`) } },
    ]);
  });

  it("other sites' keys are their own", () => {
    const keys =
      'section1 css keywords description images layout weight aliases categories date lastmod snapshot author state stars menu type linkTitle';
    expect(
      page(
        keys
          .split(' ')
          .map((key) => `${key}: x`)
          .join('\n'),
      ).problems.filter(({ rule }) => rule === 'key-unknown'),
    ).toEqual([]);
  });

  it('status', () => {
    expect(page('status: cancled').problems).toMatchObject([{ line: 2, rule: 'status-unknown' }]);
    expect(page('status: published')).toMatchObject({ status: 'scheduled', problems: [] });
  });

  it('PPT here and PDF there', () => {
    expect(page('title: x', '回复 `abc123` 下载 PPT\n\n文末可下载 PDF\n').problems).toMatchObject([{ line: 6, rule: 'format-drift' }]);
  });
});
