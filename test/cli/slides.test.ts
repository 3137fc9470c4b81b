import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mergedYaml, slidesYaml } from '../../src/cli/slides-yaml.js';
import { readSlides } from '../../src/content/slides.js';
import type { KeptRow } from '../../src/store/desk.js';
import { emcee, startBot, temporaryFolder } from './emcee.js';

const row = (name: string, ...links: { url: string; label?: string; password?: string }[]): KeptRow => ({
  ...{ kind: 'slides', name, value: { links }, by: 'cli:ann', changedAt: 1 },
});

describe('slides.yaml', () => {
  test('codes keep their zeros, and what looks like a number or more stays what it is', () => {
    const rows = [
      row('0514', { url: 'https://a.example/1', password: '0123' }),
      row('云原生: 成都', { url: 'https://a.example/2' }),
      row("it's", { url: 'https://a.example/3#x' }, { url: 'https://a.example/4', label: '分论坛: 下午' }),
      row('true', { url: `https://a.example/${'long/'.repeat(60)}` }),
    ];
    const text = slidesYaml(rows);
    expect(text).toContain("'0514':");
    const { slides, problems } = readSlides(text, 'zh');
    expect(problems).toEqual([]);
    expect([...slides.keys()]).toEqual(['0514', '云原生: 成都', "it's", 'true']);
    expect(slides.get('0514')?.links).toEqual([{ label: 'PPT', url: 'https://a.example/1', password: '0123' }]);
    expect(slides.get("it's")?.links).toMatchObject([{ url: 'https://a.example/3#x' }, { label: '分论坛: 下午' }]);
    expect(slidesYaml([])).toBe('');
  });

  const FILE = `# ours
0514: https://old.example/1 # from spring

# the big one
'20231104':
  label: six talks
  url: https://old.example/2
kubecon 18: [https://old.example/3, https://old.example/4]
photos24: { for: photos, url: https://old.example/5 } # not slides
`;

  test('merged, its comments and the other entries stay', () => {
    const rows = [
      row('0514', { url: 'https://new.example/1' }),
      row('20231104', { url: 'https://new.example/2', password: 'ab12' }),
      row('kubecon18', { url: 'https://new.example/3' }),
      row('photos24', { url: 'https://new.example/5' }),
      row('2099', { url: 'https://new.example/6' }),
    ];
    const text = mergedYaml(FILE, rows, 'slides.yaml');
    expect(text).toBe(`# ours
0514: https://new.example/1 # from spring

# the big one
'20231104':
  url: https://new.example/2
  password: ab12
kubecon 18: https://new.example/3
photos24:
  for: photos
  url: https://new.example/5
  # not slides
'2099': https://new.example/6
`);
    expect(mergedYaml('', rows.slice(0, 1), 'slides.yaml')).toBe("'0514': https://new.example/1\n");
    const spaced = FILE.replace(/\[(.*)\]/, '[ $1 ]');
    expect(mergedYaml(FILE, [], 'slides.yaml')).toBe(spaced);
  });

  test.each(['- a list', 'a: [', 'a: &x https://a.example/1\n0514: *x\n', '{{'])('that cannot be merged is said to be so: %s', (before) => {
    expect(() => mergedYaml(before, [row('a', { url: 'https://new.example/1' })], 'slides.yaml')).toThrow(/by hand/);
  });
});

describe('on the command line', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  const env = () => ({ EMCEE_DATA: join(folder.path, 'data'), EMCEE_CONTENT: join(folder.path, 'content') });
  const run = (...args: string[]) => emcee(args, { env: env() });
  beforeEach(() => {
    folder = temporaryFolder();
    mkdirSync(join(folder.path, 'content/events'), { recursive: true });
    folder.write('content/emcee.yaml', 'community: C\ntimezone: Asia/Shanghai\nlanguage: zh\n');
    folder.write('content/slides.yaml', "# ours\n'20231104': https://old.example/1\n");
    folder.write('content/events/a.md', '---\ntitle: 成都站\nstart: 2023-11-04 14:00\ncodes: ["20231104"]\n---\n');
  });
  afterEach(() => folder.remove());

  test('links and aliases set beside a running bot are what it answers', async () => {
    const bot = await startBot(env());
    try {
      const set = await run('slides', 'set', '2023-1104', 'https://new.example/1', '--password', 'q9w8');
      expect(set).toMatchObject({ code: 0, stderr: '' });
      expect(set.stdout).toBe('Members who send 20231104 get https://new.example/1 from now on. 成都站\n');
      expect((await run('alias', 'set', '成都ppt', '20231104')).stdout).toBe('Whoever sends 成都ppt gets what 20231104 gets.\n');
      const [slides, aliases, status, merged, audit] = await Promise.all([
        run('slides', 'list', '--json'),
        run('alias', 'list'),
        run('status', '--json'),
        run('slides', 'export', '--merge'),
        run('audit', '--json'),
      ]);
      expect(JSON.parse(slides.stdout)).toMatchObject([
        { code: '20231104', links: [{ url: 'https://new.example/1', password: 'q9w8' }], by: expect.stringMatching(/^cli:/) },
      ]);
      expect(aliases.stdout).toBe('成都ppt = 20231104\n');
      expect(JSON.parse(status.stdout)).toMatchObject({ platforms: null, next: [], codes: [], missed: { count: 0 } });
      expect(merged.stdout).toBe("# ours\n'20231104':\n  url: https://new.example/1\n  password: q9w8\n");
      expect(JSON.parse(audit.stdout)).toEqual(
        expect.arrayContaining([expect.objectContaining({ did: 'slides', who: expect.stringMatching(/^cli:/) })]),
      );
      expect(audit.stdout).not.toContain('q9w8');
      expect((await run('status')).stdout).toMatch(/^Status\nPlatforms: how they are connected cannot be seen from here/);
    } finally {
      await bot.kill();
    }
    expect(bot.log()).not.toContain('q9w8');
    expect((await run('slides', 'remove', '20231104')).stdout).toMatch(/taken back/);
    expect((await run('alias', 'remove', '成都 PPT')).stdout).toMatch(/removed/);
    expect((await run('slides', 'export')).stdout).toMatch(/^# No links/);
  });

  const REFUSED: [args: string[], why: RegExp][] = [
    [['slides', 'set', '20231104', 'ftp://x'], /is no link/],
    [['slides', 'set', '帮助', 'https://a.example/1'], /cannot be a code/],
    [['slides', 'remove', 'nothing'], /slides list/],
    [['alias', 'set', '20231104', '20231104'], /is a code itself/],
    [['alias', 'set', 'x2', 'nothing'], /no code 'nothing'/],
    [['alias', 'remove', 'nothing'], /alias list/],
  ];

  test('what is wrong is refused with how to do it', async () => {
    const runs = await Promise.all(REFUSED.map(([args]) => run(...args)));
    for (const [at, [, why]] of REFUSED.entries()) expect(runs[at]).toMatchObject({ code: 2, stderr: expect.stringMatching(why) });
  });
});
