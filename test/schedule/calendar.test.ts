// `emcee calendar` and the calendar that members subscribe to, as other programs and other machines use them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { emcee, temporaryFolder } from '../cli/emcee.js';

let folder: ReturnType<typeof temporaryFolder> | undefined;
afterEach(() => {
  folder?.remove();
  folder = undefined;
});

function community(settings: string, pages: Record<string, string>): Record<string, string> {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'events'));
  const channels = "channels: [{ name: a, address: 'console:room:1', tags: [announce] }]";
  folder.write('emcee.yaml', `community: C\ntimezone: Asia/Shanghai\nlanguage: en\n${channels}\n${settings}\n`);
  for (const [name, front] of Object.entries(pages)) folder.write(`events/${name}.md`, `---\n${front}\n---\n`);
  return { EMCEE_CONTENT: folder.path, EMCEE_DATA: join(folder.path, 'data') };
}
const DAILY = 'reminders: [{ before: 1d, to: [announce] }]';

// The page is not out on the first day that is looked at, so that nothing of the whole month about it is shown.
test('a page that comes out during the days that are shown is shown with its posts', async () => {
  const env = community(DAILY, { later: 'title: Later\nstart: 2027-06-20 14:00\npublishDate: 2027-06-10' });
  const { stdout } = await emcee(['calendar', '--from', '2027-06-01T00:00:00Z', '--days', '30', '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject([{ at: '2027-06-19T06:00:00.000Z', event: 'later' }]);
});

// The day is named in the community's zone and read in UTC: half past seven in Shanghai is the day before.
test('the command that is named for the next posts shows them', async () => {
  const env = community(DAILY, { early: 'title: Early\nstart: 2027-06-05 07:30' });
  const { stdout } = await emcee(['calendar', '--from', '2027-01-01', '--days', '1'], { env });
  const [, from = ''] = /emcee calendar --from (\S+)\)/.exec(stdout) ?? [];
  const next = await emcee(['calendar', '--from', from, '--days', '1', '--json'], { env });
  expect(JSON.parse(next.stdout)).toHaveLength(1);
});

// Where no zone is written, the machine's is taken: another machine, another span.
test('a span is the same on every machine', async () => {
  const env = community(DAILY, { early: 'title: Early\nstart: 2027-06-05 07:30' });
  const args = ['calendar', '--from', '2027-06-03T23:00', '--days', '1', '--json'];
  const runs = await Promise.all(['Asia/Tokyo', 'Pacific/Honolulu'].map((TZ) => emcee(args, { env: { ...env, TZ } })));
  expect(runs[0]?.stdout).toBe(runs[1]?.stdout);
});

// 31 February is read as 3 March.
test('a day that there is not is named', async () => {
  const env = community(DAILY, {});
  expect((await emcee(['calendar', '--from', '2027-02-31'], { env })).code).toBe(2);
});

// The last line ends with LF alone.
test('every line of the calendar file ends with CRLF', async () => {
  const env = community(DAILY, { one: 'title: One\nstart: 2027-06-05 07:30' });
  const { stdout } = await emcee(['calendar', '--from', '2027-06-01', '--ics'], { env });
  expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

// Nobody is told: the post reads "{title}".
test('`emcee check` names what stands for nothing in the words of a digest', async () => {
  const env = community("digests: [{ cron: '0 9 * * 1', to: [announce], text: 'Next: {titel}' }]", {});
  expect((await emcee(['check'], { env })).code).toBe(1);
});

test.each([
  [['--from', '2027-02-31'], /there is no day 2027-02-31/],
  [['--from', '2027-02-28T25:00'], /is no instant.*2026-03-01T12:00/],
  [['--from', '0000-01-01'], /between 1970/],
  [['--from', '2027-02-28', '--json', '--ics'], /--json and --ics: choose one/],
])('%j is wrong use, in words', async (args, words) => {
  const { code, stdout, stderr } = await emcee(['calendar', ...args], { env: community(DAILY, {}) });
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(words)]);
});

test.each([
  ['2027-06-04T07:30', 1],
  ['2027-06-04 07:30:01', 0],
  ['2027-06-03T23:30Z', 1],
  ['2027-06-04T08:30:00.000+0900', 1],
  ['2027-06-04T07:31+08:00', 0],
  ['2027-06-04', 1],
])('--from %s, in the zone of the community where none is written', async (from, count) => {
  const env = community(DAILY, { early: 'title: Early\nstart: 2027-06-05 07:30' });
  const { stdout } = await emcee(['calendar', '--from', from, '--days', '1', '--json'], { env: { ...env, TZ: 'Pacific/Honolulu' } });
  expect(JSON.parse(stdout)).toHaveLength(count);
});

test('a page that comes out is announced then; one that goes away says nothing more; others are not announced with it', async () => {
  const env = community('reminders: [{ on: published, to: [announce] }, { before: 7d, late: 6d, to: [announce] }]', {
    here: 'title: Here\nstart: 2027-06-12 14:00',
    late: 'title: Late\nstart: 2027-06-15 14:00\npublishDate: 2027-06-10T00:00:00Z',
    gone: 'title: Gone\nstart: 2027-06-25 14:00\nexpiryDate: 2027-06-11T00:00:00Z',
  });
  const { stdout } = await emcee(['calendar', '--from', '2027-06-01', '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject([
    { at: '2027-06-05T06:00:00.000Z', rule: 'before: 7d', event: 'here' },
    { at: '2027-06-10T00:00:00.000Z', rule: 'before: 7d', event: 'late' },
    { at: '2027-06-10T00:00:00.000Z', rule: 'on: published', event: 'late' },
  ]);
});

test('the next posts may be about a page that comes out after these days; one post and one day are one', async () => {
  const env = community(DAILY, { later: 'title: Later\nstart: 2027-06-20 14:00\npublishDate: 2027-06-10' });
  const next = await emcee(['calendar', '--from', '2027-06-01', '--days', '1'], { env });
  expect(next.stdout).toMatch(/^C: 0 posts from 2027-06-01 on, 1 day \(times in Asia\/Shanghai\)[\s\S]*--from 2027-06-19\):\n[\s\S]*Later/);
  const shown = await emcee(['calendar', '--from', '2027-06-01'], { env });
  expect(shown.stdout).toMatch(/^C: 1 post from 2027-06-01 on, 30 days/);
});

test('a page that comes out at the very first instant is announced', async () => {
  const env = community('reminders: [{ on: published, to: [announce] }]', {
    later: 'title: Later\nstart: 2027-06-20 14:00\npublishDate: 2027-06-09T16:00:00Z',
  });
  const { stdout } = await emcee(['calendar', '--from', '2027-06-10', '--days', '1', '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject([{ at: '2027-06-09T16:00:00.000Z', event: 'later' }]);
  const next = await emcee(['calendar', '--from', '2027-01-01', '--days', '1'], { env });
  expect(next.stdout).toMatch(/--from 2027-06-10\):\n\n2027-06-10 Thu\n {2}00:00 {2}on: published → a\n/);
});

test('ask and check read an instant in the same way', async () => {
  const env = community(DAILY, { early: 'title: Early\nstart: 2027-06-05 07:30\nend: 2027-06-05 08:00' });
  const next = async (now: string) => (await emcee(['ask', 'next', '--now', now], { env: { ...env, TZ: 'Pacific/Honolulu' } })).stdout;
  expect(await next('2027-06-05T07:59')).toContain('Early');
  expect(await next('2027-06-05T08:01')).not.toContain('Early');
  for (const command of [['ask', 'next'], ['check']])
    expect((await emcee([...command, '--now', '2027-02-31'], { env })).stderr).toContain('--now: there is no day 2027-02-31.');
});

test('what is still to be confirmed is said so that it is true after a confirmation too', async () => {
  const env = community(DAILY, {});
  folder?.write('events/guess.md', '---\ntitle: 聚会\n---\n\n## 活动时间\n\n2027 年 6 月 5 日 14:00\n');
  const { stdout } = await emcee(['calendar', '--from', '2027-06-01'], { env });
  expect(stdout).toMatch(/or an organizer has told the bot \(which is not seen here\):\n {2}2027-06-05/);
});
