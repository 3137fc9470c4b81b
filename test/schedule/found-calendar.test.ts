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
test.fails('a page that comes out during the days that are shown is shown with its posts', async () => {
  const env = community(DAILY, { later: 'title: Later\nstart: 2027-06-20 14:00\npublishDate: 2027-06-10' });
  const { stdout } = await emcee(['calendar', '--from', '2027-06-01T00:00:00Z', '--days', '30', '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject([{ at: '2027-06-19T06:00:00.000Z', event: 'later' }]);
});

// The day is named in the community's zone and read in UTC: half past seven in Shanghai is the day before.
test.fails('the command that is named for the next posts shows them', async () => {
  const env = community(DAILY, { early: 'title: Early\nstart: 2027-06-05 07:30' });
  const { stdout } = await emcee(['calendar', '--from', '2027-01-01', '--days', '1'], { env });
  const [, from = ''] = /emcee calendar --from (\S+)\)/.exec(stdout) ?? [];
  const next = await emcee(['calendar', '--from', from, '--days', '1', '--json'], { env });
  expect(JSON.parse(next.stdout)).toHaveLength(1);
});

// Where no zone is written, the machine's is taken: another machine, another span.
test.fails('a span is the same on every machine', async () => {
  const env = community(DAILY, { early: 'title: Early\nstart: 2027-06-05 07:30' });
  const args = ['calendar', '--from', '2027-06-03T23:00', '--days', '1', '--json'];
  const runs = await Promise.all(['Asia/Tokyo', 'Pacific/Honolulu'].map((TZ) => emcee(args, { env: { ...env, TZ } })));
  expect(runs[0]?.stdout).toBe(runs[1]?.stdout);
});

// 31 February is read as 3 March.
test.fails('a day that there is not is named', async () => {
  const env = community(DAILY, {});
  expect((await emcee(['calendar', '--from', '2027-02-31'], { env })).code).toBe(2);
});

// The last line ends with LF alone.
test.fails('every line of the calendar file ends with CRLF', async () => {
  const env = community(DAILY, { one: 'title: One\nstart: 2027-06-05 07:30' });
  const { stdout } = await emcee(['calendar', '--from', '2027-06-01', '--ics'], { env });
  expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

// Nobody is told: the post reads "{title}".
test.fails('`emcee check` names what stands for nothing in the words of a digest', async () => {
  const env = community("digests: [{ cron: '0 9 * * 1', to: [announce], text: 'Next: {titel}' }]", {});
  expect((await emcee(['check'], { env })).code).toBe(1);
});
