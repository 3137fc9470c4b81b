import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emcee, temporaryFolder } from './emcee.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const json = async (args: string[], options: Parameters<typeof emcee>[1] = {}) => {
  const run = await emcee([...args, '--json'], options);
  return { ...run, value: JSON.parse(run.stdout) };
};

/** A content folder of two pages. */
function content(pages: Record<string, string>, more: Record<string, string> = {}): string {
  const root = join(folder.path, 'content');
  mkdirSync(join(root, 'events'), { recursive: true });
  const files = { 'emcee.yaml': 'community: Test\ntimezone: Asia/Shanghai\nlanguage: zh\n', ...more };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  for (const [file, text] of Object.entries(pages)) writeFileSync(join(root, 'events', file), text);
  return root;
}

describe('emcee ask', () => {
  test('prints the event, the slides link and the six talks with their videos', async () => {
    const { stdout, code } = await emcee(['ask', '20231104']);
    expect(code).toBe(0);
    for (const part of [
      '云原生 + AI Meetup 成都站',
      'https://example.org/slides/20231104',
      'ks11',
      '王勤龙',
      '徐信钊',
      ...['oN411u7f8', 'vC4y1J7b6'],
    ])
      expect(stdout).toContain(part);
    expect(stdout.match(/bilibili\.com\/video/g)).toHaveLength(6);
  });

  test('--json has the stable shape', async () => {
    const { value } = await json(['ask', '２０２３１１０４']);
    expect(value).toMatchObject({ kind: 'code', events: ['events/2023-11-04-chengdu.md'], choices: [] });
    expect(value.text).toContain('成都站');
    expect(value.links[0]).toEqual({ label: expect.any(String), url: 'https://example.org/slides/20231104' });
    expect((await json(['ask', 'no', 'such', 'thing'])).value).toMatchObject({ kind: 'none', events: [], links: [] });
    expect((await json(['ask', '成都'])).value).toMatchObject({
      kind: 'search',
      choices: [{ label: expect.any(String), say: expect.any(String) }, {}],
    });
    expect((await json(['ask', '20231105'])).value).toMatchObject({ kind: 'suggest', links: [] });
    expect((await json(['ask', 'help'])).value.kind).toBe('command');
  });

  test('--batch answers a line a line, in order, each alone', async () => {
    const questions = ['20231104', '', '1', '成都', '1', 'x'.repeat(5_000), 'kubecon18'];
    const { stdout, code } = await emcee(['ask', '--batch', '--json'], { input: `${questions.join('\n')}\n` });
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(code).toBe(0);
    expect(kinds).toHaveLength(questions.length);
    expect([kinds[0], kinds[3], kinds[6]]).toEqual(['code', 'search', 'code']);
    expect(kinds[4]).toBe(kinds[2]);
  });

  test('a batch of 5,000 comes out whole through a pipe', async () => {
    const { stdout } = await emcee(['ask', '--batch', '--json'], { input: '20231104\n'.repeat(5_000) });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5_000);
    expect(JSON.parse(lines[4_999] ?? '').kind).toBe('code');
  });

  test('--now moves the clock, --room is silent, --as is an organizer', async () => {
    expect((await emcee(['ask', 'next', '--now', '2023-11-01T00:00:00+08:00'])).stdout).toContain('成都站');
    expect((await emcee(['ask', 'hello', '--room'])).stdout).toBe('(silence)\n');
    expect((await emcee(['ask', 'whoami', '--as', 'organizer'])).stdout).toContain('console:person:organizer');
  });

  test.each([
    [['ask']],
    [['ask', 'x', '--on', 'nowhere']],
    [['ask', 'x', '--as', 'king']],
    [['ask', 'x', '--now', 'yesterday']],
    [['ask', '--what']],
    [['nonsense']],
    [[]],
  ])('%j is wrong use: exit 2 and a sentence', async (args) => {
    const { code, stderr } = await emcee(args);
    expect(code).toBe(2);
    expect(stderr.length).toBeGreaterThan(10);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test('writes nothing', async () => {
    await emcee(['ask', '20231104'], { env: { EMCEE_DATA: join(folder.path, 'data') } });
    expect(existsSync(join(folder.path, 'data'))).toBe(false);
  });
});

describe('emcee pages', () => {
  test('tells what was understood, of the content folder or of any folder', async () => {
    const root = content({ 'a.md': '---\ntitle: 聚会\nstart: 2027-05-15 14:00\ncodes: ["0514"]\n---\n' });
    const own = await json(['pages'], { env: { EMCEE_CONTENT: root } });
    expect(own.value).toMatchObject([{ file: 'events/a.md', title: '聚会', start: '2027-05-15T14:00', codes: ['0514'], talks: [] }]);
    expect(Object.keys(own.value[0])).toEqual([
      'file',
      'kind',
      'title',
      'start',
      'end',
      'timezone',
      'location',
      'online',
      'codes',
      'codeFor',
      'account',
      'slides',
      'videos',
      'live',
      'talks',
      'problems',
    ]);
    const any = await json(['pages', join(root, 'events')]);
    expect(any.value).toMatchObject([{ file: 'a.md' }]);
    expect((await emcee(['pages', root])).stdout).toContain('聚会');
  });

  test('an empty folder has no pages, and a missing one is told', async () => {
    mkdirSync(join(folder.path, 'empty'));
    expect((await json(['pages', join(folder.path, 'empty')])).value).toEqual([]);
    const missing = await emcee(['pages', join(folder.path, 'missing')]);
    expect(missing.code).not.toBe(0);
    expect(missing.stderr).toContain('missing');
  });
});

describe('emcee check', () => {
  test('the sample content has no errors', async () => {
    const { stdout, code } = await emcee(['check']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('0 errors')]);
  });

  test('names every refused page with file and line, and exits with 1', async () => {
    const root = content({
      'code.md': '---js\nmodule.exports = { title: require("fs").writeFileSync("owned", "") }\n---\n',
      'yaml.md': '---\ntitle: [1\n: x\n  - {\n---\nbody\n',
      'end.md': '---\ntitle: 反了\nstart: 2027-05-15 14:00\nend: 2027-05-15 12:00\ncodes: [a1234567]\n---\n',
      'good.md': '---\ntitle: 好的\nstart: 2027-05-16 14:00\ncodes: [b7654321]\n---\n',
    });
    const { value, code } = await json(['check', root]);
    expect(code).toBe(1);
    const files = new Set(value.filter(({ level }: { level: string }) => level === 'error').map(({ file }: { file: string }) => file));
    expect(files).toContain('events/code.md');
    expect(files).toContain('events/end.md');
    expect(files).not.toContain('events/good.md');
    expect(existsSync('owned')).toBe(false);
    const text = await emcee(['check', root]);
    expect(text.stdout).toMatch(/events\/end\.md:\d+ error: /);
    expect((await json(['ask', 'b7654321'], { env: { EMCEE_CONTENT: root } })).value.kind).toBe('code');
  });
});

describe('emcee init and new', () => {
  test('make a folder and a page that check finds in order', async () => {
    const root = join(folder.path, 'ours');
    expect((await emcee(['init', root, '--language', 'zh'])).code).toBe(0);
    const env = { EMCEE_CONTENT: root };
    const made = await json(['new', '云原生 Meetup 成都站', '--start', '2027-05-15 14:00', '--end', '17:30', '--place', '天府四街 1 号'], {
      env,
    });
    expect(made.value).toMatchObject({ code: '20270515' });
    expect(readFileSync(made.value.file, 'utf8')).toContain('2027-05-15T17:30');
    const checked = await emcee(['check'], { env });
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('1 events')]);
    const asked = await json(['ask', '20270515'], { env });
    expect(asked.value).toMatchObject({ kind: 'code', events: [expect.stringMatching(/^events\/2027-05-15/)], links: [] });
    const second = await json(['new', '又一场', '--start', '2027-05-15'], { env });
    expect(second.value.code).toBe('20270515a');
  });

  test('write over nothing, and say what is wrong', async () => {
    const root = join(folder.path, 'ours');
    await emcee(['init', root]);
    expect((await emcee(['init', root])).code).toBe(2);
    const env = { EMCEE_CONTENT: root };
    for (const args of [['--start', 'tomorrow'], ['--start', '2027-02-31'], ['--start', '2027-05-15 14:00', '--end', '12:00'], []]) {
      const { code, stderr } = await emcee(['new', 'x', ...args], { env });
      expect([code, stderr.length > 10]).toEqual([2, true]);
    }
    await emcee(['new', 'x', '--start', '2027-05-15'], { env });
    expect((await emcee(['new', 'x', '--start', '2027-05-15', '--code', '20270515'], { env })).code).toBe(2);
    expect((await emcee(['new', '../../etc/passwd', '--start', '2027-05-16'], { env })).stdout).toContain(join(root, 'events'));
  });

  test('in English too', async () => {
    const root = join(folder.path, 'ours');
    await emcee(['init', root, '--language', 'en']);
    const { value } = await json(['new', 'Our first meetup', '--start', '2027-05-15 14:00', '--place', 'online'], {
      env: { EMCEE_CONTENT: root },
    });
    expect(readFileSync(value.file, 'utf8')).toContain('Send `20270515`');
    expect((await json(['pages'], { env: { EMCEE_CONTENT: root } })).value[0]).toMatchObject({
      title: 'Our first meetup',
      online: true,
      codes: ['20270515'],
      problems: [],
    });
  });
});

describe('emcee doctor', () => {
  test('says that the sample is served, and what is on', async () => {
    const { stdout, code } = await emcee(['doctor'], { env: { EMCEE_DATA: join(folder.path, 'data') } });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/sample content/)]);
    expect(stdout).toMatch(/console/);
  });

  test('names what is wrong, each with the mend', async () => {
    const { value, code } = await json(['doctor'], { env: { EMCEE_CONTENT: join(folder.path, 'none'), EMCEE_ADAPTERS: './none.mjs' } });
    expect(code).toBe(1);
    const errors = value.filter(({ level }: { level: string }) => level === 'error').map(({ message }: { message: string }) => message);
    expect(errors.join('\n')).toMatch(/emcee init/);
    expect(errors.join('\n')).toMatch(/none\.mjs/);
  });
});

test('every command has --help, and --version is the package’s', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect((await emcee(['--version'])).stdout.trim()).toBe(version);
  for (const command of ['start', 'ask', 'pages', 'check', 'doctor', 'new', 'init']) {
    const { code, stdout } = await emcee([command, '--help']);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`emcee ${command}`)]);
  }
});

test.skipIf(process.platform === 'win32')('the bin runs by itself', () => {
  expect(execFileSync('node_modules/.bin/emcee', ['--version'], { encoding: 'utf8' }).trim()).toMatch(/^\d/);
});
