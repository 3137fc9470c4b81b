import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { check } from '../../src/content/lint.js';
import { loadContent } from '../../src/content/load.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'emcee-lint-'));
  mkdirSync(join(root, 'events'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const NOW = Date.parse('2026-03-01T12:00:00+08:00');

/** The rules that speak up about these pages. */
async function rules(pages: Record<string, string>, more: Record<string, string> = {}): Promise<string[]> {
  const files = { 'emcee.yaml': 'community: c\ntimezone: Asia/Shanghai\nlanguage: zh\n', ...more };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  for (const [file, text] of Object.entries(pages)) writeFileSync(join(root, 'events', file), text);
  const { catalog, community, problems } = await loadContent(root, { now: NOW });
  const found = [...problems, ...check(catalog, community, NOW)];
  for (const { message, file } of found) {
    expect(message.en.length, `${file}: ${message.en}`).toBeGreaterThan(10);
    expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
  }
  return found.filter(({ level }) => level !== 'info').map(({ rule }) => rule);
}

const page = (keys: string, body = '') => `---\ntitle: 聚会\n${keys}\n---\n${body}\n`;
const GOOD = 'start: 2027-05-15 14:00\ncodes: [spring2027]';

test('a good page has nothing to mend', async () => {
  expect(await rules({ 'a.md': page(GOOD) })).toEqual([]);
});

test.each([
  ['no code', page('start: 2027-05-15 14:00'), 'code-missing'],
  ['the end before the start', page('start: 2027-05-15 14:00\nend: 2027-05-15 12:00\ncodes: [spring2027]'), 'end-before-start'],
  ['a link without TLS', page(`${GOOD}\nregister: http://example.org/sign-up`), 'link-http'],
  ['slides missing a week after', page('start: 2026-02-20 14:00\nend: 2026-02-20 18:00\ncodes: [winter2026]'), 'slides-missing'],
])('%s', async (_name, text, rule) => {
  expect(await rules({ 'a.md': text })).toContain(rule);
});

test('slides that are there, or that are not due yet, are not missing', async () => {
  const late = { 'a.md': page('start: 2026-02-20 14:00\ncodes: [winter2026]') };
  expect(await rules(late, { 'slides.yaml': 'winter2026: https://example.org/s\n' })).not.toContain('slides-missing');
  expect(await rules({ 'a.md': page('start: 2026-02-25 14:00\ncodes: [winter2026]') }, { 'slides.yaml': '' })).not.toContain(
    'slides-missing',
  );
});

test('a slip in a key is noticed; the keys of a site are its own', async () => {
  const found = await rules({ 'a.md': page(`strat: 2027-05-15 14:00\nsection1:\n  time: 2027-05-15 14:00\ncss: x\ncodes: [spring2027]`) });
  expect(found.filter((rule) => rule.startsWith('key'))).toHaveLength(1);
});

test('a weekday that contradicts the day is noticed', async () => {
  const found = await rules({
    'a.md': '# 聚会\n\n时间：2027 年 5 月 15 日（周一）14:00-18:00\n\n关注公众号，回复关键词 `spring2027` 获取 PPT\n',
  });
  expect(
    found.some((rule) => /weekday/.test(rule)),
    found.join(', '),
  ).toBe(true);
});

test('one code on two events is a conflict; on two pages of one event it is not', async () => {
  const one = page('start: 2027-05-15 14:00\nlocation: 成都\ncodes: [spring2027]').replace('聚会', '成都站聚会');
  const other = page('start: 2027-09-20 14:00\nlocation: 北京\ncodes: [spring2027]').replace('聚会', '北京秋季大会');
  expect(await rules({ 'a.md': one, 'b.md': other })).toContain('code-conflict');
  rmSync(join(root, 'events/b.md'));
  expect(await rules({ 'a.md': one, 'c.md': one.replace('title: 成都站聚会', 'title: 成都站聚会预告') })).not.toContain('code-conflict');
});

test('a code one slip away from another event’s is noticed', async () => {
  const other = page('start: 2027-09-20 14:00\ncodes: [sprint2027]').replace('聚会', '秋季大会');
  expect(await rules({ 'a.md': page(GOOD), 'b.md': other })).toContain('code-near');
});

test('an hour without any zone is noticed, when nobody set one', async () => {
  const text = '---\ntitle: Meetup\nstart: 2027-05-15 14:00\ncodes: [spring2027]\n---\nCome and talk.\n';
  expect(await rules({ 'a.md': text }, { 'emcee.yaml': 'community: c\nlanguage: en\n' })).toContain('timezone-missing');
});

test('a rule that reaches nobody, and a start that nothing is posted for', async () => {
  const yaml = `community: c
timezone: Asia/Shanghai
channels: [{ name: a, address: 'slack:room:C1', tags: [announce] }]
reminders: [{ before: 1d, to: [annonce] }]
`;
  expect(await rules({ 'a.md': page(GOOD) }, { 'emcee.yaml': yaml })).toEqual(['tag-without-channel']);
  const good = yaml.replace('annonce', 'announce');
  expect(await rules({ 'a.md': page(`${GOOD}\nreminders: [{ before: 2h, to: nobody }]`) }, { 'emcee.yaml': good })).toEqual([
    'tag-without-channel',
  ]);
  const guess = page('codes: [spring2027]', '## 活动时间和地点\n\n- 时间：2027 年 5 月 15 日 14:00-18:00\n- 地点：成都市高新区');
  expect(await rules({ 'a.md': guess }, { 'emcee.yaml': good })).toContain('start-unsure');
});

test.each([
  ['reminders: [soon]', /exactly one/],
  ['reminders: [{ before: 1d, after: 2d }]', /exactly one/],
  ['reminders: [{ at: end }]', /at: start/],
  ['reminders: [{ on: friday }]', /on: published/],
  ['reminders: [{ before: 1d, too: x }]', /the key 'too'/],
  ['reminders: [{ before: 1d, late: x }]', /late: x/],
  ["reminders: [{ before: 1d, text: '{titel}' }]", /Did you mean \{title\}/],
  ['reminders: { before: 1d, text: [1] }', /no text/],
  ['reminders: [1d, { before: 2 h, text: { zh: 你好, en: "{title}" } }, { at: start, exact: true }]', undefined],
  ['reminders: none', undefined],
  ['reminders: false', undefined],
])('%s', async (line, told) => {
  writeFileSync(join(root, 'emcee.yaml'), 'timezone: Asia/Shanghai\n');
  writeFileSync(join(root, 'events', 'a.md'), page(`${GOOD}\n${line}`));
  const { catalog, community } = await loadContent(root, { now: NOW });
  const found = check(catalog, community, NOW).filter(({ rule }) => rule === 'reminder-rule');
  expect(found.map(({ message, file, line: at }) => `${file}:${at} ${message.en}`)).toEqual(told ? [expect.stringMatching(told)] : []);
  if (told) expect(found[0]).toMatchObject({ file: 'events/a.md', line: 5, level: 'error' });
});
