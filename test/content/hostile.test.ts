// Content that anybody may have written: nothing on a page runs, costs much, or reaches beyond the content folder.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../src/content/frontmatter.js';
import { check } from '../../src/content/lint.js';
import { loadContent } from '../../src/content/load.js';
import { readPage } from '../../src/content/page.js';
import { readSlides } from '../../src/content/slides.js';

/** No stopwatch, only a guard: what is not linear takes many seconds on such text, whatever the machine. */
const NOT_STUCK_MS = 5_000;

const rules = (text: string) => splitFrontMatter(text).problems.map(({ line, rule }) => `${line} ${rule}`);
const NOW = Date.parse('2030-01-01T00:00:00Z');

describe('C1: front matter is never run', () => {
  const code = '{ title: (globalThis.ranOnce = 1) }';
  it.each([
    `---js\n${code}\n---\nbody`,
    `---javascript\n${code}\n---\nbody`,
    `--- JS \n${code}\n---\nbody`,
    `---JavaScript\r\n${code}\r\n---\r\n`,
    `\ufeff---js\n${code}\n---\nbody`,
    `\n\n---js\n${code}\n---\nbody`,
    `---coffee\n${code}\n---\n`,
    `---cson\n${code}\n---\n`,
    '---json\n{"title": 1}\n---\n',
    `---ts\n${code}\n---\n`,
    `---js\n${code}`,
    '---__proto__\na: b\n---\n',
    '---constructor\na: b\n---\n',
  ])('%j is refused', (text) => {
    expect(rules(text)[0]).toMatch(/^[13] front-matter-code$/);
    expect(readPage(text, 'events/2030-01-01.md')).toMatchObject({ title: null, start: null, codes: [], kind: 'other' });
    expect(globalThis).not.toHaveProperty('ranOnce');
  });

  it('a second front matter in the body is text', () => {
    const { data, body } = splitFrontMatter(`---\na: b\n---\n---js\n${code}\n---\n`);
    expect(data).toEqual({ a: 'b' });
    expect(body).toContain('---js');
    expect(globalThis).not.toHaveProperty('ranOnce');
  });
});

describe('C2: tags', () => {
  it.each([
    '!!js/function "function(){}"',
    '!!python/object:os.system x',
    '!!binary aGk=',
    '!mine x',
    '!!set {a}',
    '!<tag:example.org,2030:x> y',
  ])('%s is refused', (value) => expect(rules(`---\ntitle: x\na: ${value}\n---\nbody`)).toEqual(['3 front-matter-tag']));
});

describe('C3 and C4: bombs', () => {
  const nine = (letter: string) => Array(9).fill(letter).join(',');
  const laughs = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${nine(`*${'abcdefgh'[at]}`)}]`),
  ].join('\n');
  const bombs = [
    `---\n${laughs}\n---\n`,
    `---\n${laughs.replaceAll('[', '{k: [').replaceAll(']', ']}')}\n---\n`,
    `---\na: &a ${'x'.repeat(8_000)}\nb: [${Array(500).fill('*a').join(', ')}]\n---\n`,
  ];

  it('aliases are refused under a small heap', () => {
    const module = new URL('../../dist/src/content/frontmatter.js', import.meta.url).href;
    const script = `import { splitFrontMatter } from ${JSON.stringify(module)};
      splitFrontMatter('---\\na: &a x\\nb: *a\\n---\\n');
      const before = process.memoryUsage().rss;
      const rules = ${JSON.stringify(bombs)}.flatMap((text) => splitFrontMatter(text).problems.map(({ rule }) => rule));
      console.log(JSON.stringify({ rules, grown: process.memoryUsage().rss - before }));`;
    const output = execFileSync(process.execPath, ['--max-old-space-size=256', '--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      encoding: 'utf8',
    });
    const { rules, grown } = JSON.parse(output);
    expect(rules).toEqual(Array(3).fill('front-matter-aliases'));
    expect(grown).toBeLessThan(40_000_000);
  });

  it.each([
    ['20,000 brackets', `a: ${'['.repeat(20_000)}`, 'front-matter-size'],
    ['8,000 brackets', `a: ${'['.repeat(8_000)}`, 'front-matter-depth'],
    ['braces', '{a: '.repeat(3_000), 'front-matter-depth'],
    ['dashes', '- '.repeat(7_000), 'front-matter-depth'],
    ['question marks', '? '.repeat(7_000), 'front-matter-depth'],
    ['indentation', Array.from({ length: 150 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'), 'front-matter-depth'],
    ['21 levels', `a: ${'['.repeat(21)}${']'.repeat(21)}`, 'front-matter-depth'],
    ['17 kB', `a: ${'x'.repeat(17_000)}`, 'front-matter-size'],
    ['line ends', '\n'.repeat(10_000), 'front-matter-size'],
    ['carriage returns', '\r'.repeat(10_000), 'front-matter-size'],
  ])('%s are refused at once', (_, head, rule) => {
    const begun = performance.now();
    expect(rules(`---\n${head}\n---\nbody`)[0]).toContain(rule);
    // 100 ms, and room for a machine that is busy.
    expect(performance.now() - begun).toBeLessThan(NOT_STUCK_MS);
  });

  it('a head of the longest is read', () => {
    expect(splitFrontMatter(`---\na: ${'x'.repeat(16_000)}\n---\nbody`)).toMatchObject({ body: 'body', problems: [] });
  });

  it.each([
    '---\n'.repeat(250_000),
    '\n'.repeat(1_000_000),
    `---\n---${' '.repeat(1_000_000)}x`,
    `---\n${'a: b\n'.repeat(200_000)}`,
    ' '.repeat(1_000_000),
  ])('a megabyte of one thing costs little (%#)', (text) => {
    const begun = performance.now();
    splitFrontMatter(text);
    expect(performance.now() - begun).toBeLessThan(NOT_STUCK_MS);
  });
});

it('keys of the prototype are keys', () => {
  const page = readPage('---\n__proto__: { title: x }\nconstructor: y\ntitle: z\ncodes: [__proto__, constructor]\n---\n', 'a.md');
  expect(page).toMatchObject({ title: 'z', codes: ['__proto__', 'constructor'] });
  expect(({} as Record<string, unknown>).title).toBeUndefined();
});

describe('files (C6, C7)', () => {
  let root: string;
  let outside: string;
  const good = '---\ntitle: Good\nstart: 2030-05-01 14:00\ncodes: [good1]\n---\n';
  const put = (file: string, text: string | Buffer = good) => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const found = async (folder = root) => {
    const { catalog, community, problems } = await loadContent(folder, { now: NOW });
    return {
      codes: [...catalog.codes.keys()],
      files: catalog.pages.map(({ file }) => file),
      problems: [...problems, ...check(catalog, community, NOW)].map(({ file, line, level, rule }) => `${file}:${line} ${level} ${rule}`),
    };
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'emcee-hostile-'));
    outside = mkdtempSync(join(tmpdir(), 'emcee-outside-'));
    put('emcee.yaml', 'timezone: Asia/Shanghai\n');
    put('events/good.md');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
    rmSync(outside, { recursive: true });
  });

  it('a pipe does not hang it, and everything else is served', async () => {
    execFileSync('mkfifo', [join(root, 'events/pipe.md')]);
    expect(await found()).toMatchObject({ codes: ['good1'], problems: expect.arrayContaining(['events/pipe.md:0 error file-kind']) });
  });

  it('links out of the folder, loops and dangling links are named', async () => {
    writeFileSync(join(outside, 'secret.md'), good.replace('good1', 'secret'));
    symlinkSync(join(outside, 'secret.md'), join(root, 'events/link.md'));
    symlinkSync(outside, join(root, 'events/folder'));
    symlinkSync('/etc/passwd', join(root, 'events/passwd.md'));
    symlinkSync(join(root, 'events/nowhere'), join(root, 'events/dangling.md'));
    symlinkSync(join(root, 'events/loop.md'), join(root, 'events/loop.md'));
    symlinkSync(root, join(root, 'events/up'));
    symlinkSync('..', join(root, 'events/up2'));
    const { codes, problems } = await found();
    expect(codes).toEqual(['good1']);
    for (const name of ['link', 'passwd', 'dangling', 'loop']) expect(problems).toContain(`events/${name}.md:0 error file-link`);
  });

  it('a link inside the folder is followed once', async () => {
    mkdirSync(join(root, 'events/real'));
    put('events/real/x.md', good.replace('good1', 'x1'));
    symlinkSync(join(root, 'events/real'), join(root, 'events/also'));
    symlinkSync(join(root, 'events/real'), join(root, 'events/real/self'));
    expect((await found()).codes.sort()).toEqual(['good1', 'x1']);
  });

  it('sizes, encodings and NUL are named with their line', async () => {
    put('events/big.md', 'x'.repeat(1_048_577));
    put('events/largest.md', `${good.replace('good1', 'large')}${'x '.repeat(400_000)}`);
    put('events/huge.md', '');
    truncateSync(join(root, 'events/huge.md'), 2 ** 30);
    put('events/latin.md', Buffer.from('# Title\n\ncaf\xe9\n', 'latin1'));
    put('events/gbk.md', Buffer.from([0x23, 0x20, 0xc4, 0xe3, 0xba, 0xc3]));
    put('events/utf16.md', Buffer.from('\ufeff# Title\n', 'utf16le'));
    put('events/nul.md', '# Title\n\n\nx\0y');
    put('events/empty.md', '');
    const { codes, problems } = await found();
    expect(codes.sort()).toEqual(['good1', 'large']);
    expect(problems).toEqual(
      expect.arrayContaining([
        'events/big.md:0 error file-size',
        'events/huge.md:0 error file-size',
        'events/latin.md:3 error file-utf8',
        'events/gbk.md:1 error file-utf8',
        'events/utf16.md:1 error file-nul',
        'events/nul.md:4 error file-nul',
        'events/empty.md:1 error file-empty',
      ]),
    );
  });

  it('strange names are names', async () => {
    const names = ['CON.md', 'con.md', '%2e%2e.md', `${'x'.repeat(252)}.md`, '空 格.md', '..md.md', 'a\'b"c.md'];
    for (const [at, name] of names.entries()) put(`events/${name}`, good.replace('good1', `n${at}`).replace('Good', `Name ${at}`));
    put('events/.hidden.md', good.replace('good1', 'hidden'));
    put('events/.x.md.swp', good.replace('good1', 'swap'));
    put('events/x.md~', good.replace('good1', 'backup'));
    put('events/#x.md#', good.replace('good1', 'backup2'));
    expect((await found()).codes.sort()).toEqual(['good1', 'n0', 'n1', 'n2', 'n3', 'n4', 'n6']);
  });

  it('sources reach only the folders they name', async () => {
    mkdirSync(join(outside, 'zh/live'), { recursive: true });
    writeFileSync(join(outside, 'zh/live/a.md'), good.replace('good1', 'live'));
    writeFileSync(join(outside, 'zh/b.md'), good.replace('good1', 'other'));
    put('emcee.yaml', `sources: ['${outside}/zh/live/**/*.md', '../none/**/*.md']\n`);
    const { codes, problems } = await found();
    expect(codes.sort()).toEqual(['good1', 'live']);
    expect(problems).toContain('emcee.yaml:0 error source-missing');
  });

  it('the same mistakes are found the second time', async () => {
    put('events/broken.md', '---\ntitle: "x\n---\n');
    put('events/code.md', '---js\n{}\n---\n');
    expect(await found()).toEqual(await found());
    expect((await found()).problems).toEqual(
      expect.arrayContaining(['events/broken.md:2 error front-matter-broken', 'events/code.md:1 error front-matter-code']),
    );
  });

  it('a folder that is not there is a wrong setting', async () => {
    await expect(loadContent(join(root, 'nowhere'))).rejects.toThrow(/is not there\. Set EMCEE_CONTENT/);
    await expect(loadContent(join(root, 'emcee.yaml'))).rejects.toThrow(/is no folder/);
  });

  it('more pages than emcee reads are named', async () => {
    mkdirSync(join(root, 'events/many'));
    for (let at = 0; at < 10_001; at++) writeFileSync(join(root, `events/many/${at}.md`), '# x\n');
    const { files, problems } = await found();
    expect(files).toHaveLength(10_000);
    expect(problems.some((each) => each.includes('error folder-too-many'))).toBe(true);
  }, 60_000);
});

describe('C8: links', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    'file:///etc/passwd',
    ' ',
    'https://',
    'http:///x',
    'java\nscript:x',
    'https:/x',
  ])('%j is no link', (url) => {
    const { slides, problems } = readSlides(`x: ${JSON.stringify(url)}`, 'en');
    expect(slides.get('x')?.links).toEqual([]);
    expect(problems[0]).toMatchObject({ level: 'error', line: 1 });
    const page = readPage(
      `---\ntitle: x\nurl: ${JSON.stringify(url)}\nregister: ${JSON.stringify(url)}\nslides: ${JSON.stringify(url)}\n---\n`,
      'a.md',
    );
    expect(page).toMatchObject({ url: null, register: null });
    // Protocol-relative players are common; they become https.
    expect(page.slides.filter((link) => !link.startsWith('https://evil.example'))).toEqual([]);
  });
});
