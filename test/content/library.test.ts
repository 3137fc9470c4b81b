import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsError } from '../../src/config/environment.js';
import { type ContentChange, type Library, openLibrary } from '../../src/content/library.js';
import { loadContent } from '../../src/content/load.js';

let home: string;
let root: string;
let library: Library | undefined;
let changes: ContentChange[];

const text = (code: string, title = `Title ${code}`) =>
  `---\ntitle: ${title}\nstart: 2030-05-01 14:00\ncodes: [${code}]\n---\n\nSome text.\n`;
const put = (file: string, content: string, folder = root) => {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), content);
};
const titleOf = (code: string) => library?.catalog().codes.get(code)?.events[0]?.title;
const codes = () => [...(library?.catalog().codes.keys() ?? [])].sort();

async function open(options: { cacheFile?: string; now?: () => number } = {}): Promise<Library> {
  library = await openLibrary({ root, ...options });
  library.onChange((change) => changes.push(change));
  await sleep(300);
  return library;
}

/** Waits until something is so; a busy machine is given time, a quick one is not kept. */
async function until(holds: () => boolean, ms = 8_000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not come about: ${holds}`);
    await sleep(20);
  }
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'emcee-library-'));
  root = join(home, 'content');
  changes = [];
  put('emcee.yaml', 'community: Test\ntimezone: Asia/Shanghai\nlanguage: en\n');
  for (const code of ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']) put(`events/${code}.md`, text(code));
});
afterEach(async () => {
  await library?.close();
  library = undefined;
  rmSync(home, { recursive: true, force: true });
});

describe('a change', () => {
  it.each<[string, () => void]>([
    ['written in place', () => put('events/c1.md', text('c1', 'New'))],
    [
      'renamed over',
      () => {
        put('events/.c1.md.swp', text('c1', 'New'));
        renameSync(join(root, 'events/.c1.md.swp'), join(root, 'events/c1.md'));
      },
    ],
    [
      'removed and written',
      () => {
        unlinkSync(join(root, 'events/c1.md'));
        put('events/c1.md', text('c1', 'New'));
      },
    ],
    [
      'moved to another folder',
      () => {
        unlinkSync(join(root, 'events/c1.md'));
        put('events/2030/may/index.md', text('c1', 'New'));
      },
    ],
  ])('%s shows', async (_, change) => {
    await open();
    change();
    await until(() => titleOf('c1') === 'New');
    expect(changes).toHaveLength(1);
  });

  it('in a folder that is new shows too', async () => {
    await open();
    mkdirSync(join(root, 'events/new'));
    await sleep(250);
    put('events/new/index.md', text('n1'));
    await until(() => codes().includes('n1'));
    put('events/new/index.md', text('n2'));
    await until(() => codes().includes('n2'));
  });

  it('of slides.yaml and emcee.yaml shows', async () => {
    await open();
    put('slides.yaml', 'c1: https://example.org/c1\n');
    await until(() => library?.catalog().codes.get('c1')?.links.length === 1);
    put('emcee.yaml', 'community: Other\nlanguage: en\n');
    await until(() => library?.community().name === 'Other');
  });

  it('of a page is one page read', async () => {
    await open();
    put('events/c3.md', text('c3', 'New'));
    await until(() => changes.length > 0);
    expect(changes[0]?.changed).toEqual(['events/c3.md']);
  });

  it('of 500 files at once is one reload', async () => {
    for (let at = 0; at < 500; at++) put(`events/many/p${at}.md`, text(`m${at}`));
    await open();
    for (let at = 0; at < 500; at++) put(`events/many/p${at}.md`, text(`m${at}`, 'New'));
    await until(() => titleOf('m499') === 'New' && titleOf('m0') === 'New', 30_000);
    expect(changes.length).toBeLessThanOrEqual(2);
  }, 60_000);

  it('that changes nothing is none', async () => {
    await open();
    utimesSync(join(root, 'events/c1.md'), new Date(), new Date());
    put('events/.c2.md.swp', 'x');
    put('events/c2.md~', 'x');
    await sleep(600);
    expect(changes).toEqual([]);
  });

  it('one page gone is gone', async () => {
    await open();
    unlinkSync(join(root, 'events/c1.md'));
    await until(() => !codes().includes('c1'));
    expect(changes[0]?.alarms).toEqual([]);
  });
});

describe('a broken page', () => {
  const broken: [string, string][] = [
    ['front-matter-broken', '---\ntitle: "New\ncodes: [\n---\n'],
    ['front-matter-code', '---js\n{}\n---\n'],
    ['front-matter-unclosed', '---\ntitle: New\nco'],
    ['file-empty', ''],
    ['file-nul', 'x\0y'],
    ['file-size', 'x'.repeat(1_100_000)],
  ];
  it.each(broken)('keeps its last good version: %s', async (rule, content) => {
    await open();
    put('events/c1.md', content);
    await until(() => changes.length > 0);
    expect(titleOf('c1')).toBe('Title c1');
    expect(changes[0]?.problems).toMatchObject([{ file: 'events/c1.md', level: 'error', rule }, ...(changes[0]?.problems.slice(1) ?? [])]);
    put('events/c1.md', text('c1', 'Mended'));
    await until(() => titleOf('c1') === 'Mended');
  });

  it('is told once', async () => {
    await open();
    put('events/c1.md', '---\ntitle: "New\n---\n');
    await until(() => changes.length > 0);
    put('events/c2.md', text('c2', 'New'));
    await until(() => titleOf('c2') === 'New');
    await library?.refresh();
    expect(changes.flatMap(({ problems }) => problems)).toHaveLength(1);
    expect(library?.problems().map(({ rule }) => rule)).toEqual(['front-matter-broken']);
  });

  it('at the start is told to the first listener, and the others are served', async () => {
    put('events/c1.md', '---js\n{}\n---\n');
    await open();
    expect(changes).toMatchObject([{ changed: [], problems: [{ file: 'events/c1.md', line: 1 }] }]);
    expect(codes()).toEqual(['c2', 'c3', 'c4', 'c5', 'c6']);
  });

  it('settings with a mistake keep the good ones', async () => {
    put('slides.yaml', 'c1: https://example.org/c1\n');
    await open();
    put('emcee.yaml', 'timezone: Mars\n');
    await until(() => changes.some(({ problems }) => problems.some(({ file }) => file === 'emcee.yaml')));
    put('slides.yaml', 'c1: [\n');
    await until(() => changes.some(({ problems }) => problems.some(({ file }) => file === 'slides.yaml')));
    put('slides.yaml', '');
    await sleep(400);
    expect(library?.community()).toMatchObject({ name: 'Test', timezone: 'Asia/Shanghai' });
    expect(library?.catalog().codes.get('c1')?.links).toHaveLength(1);
  });

  it('settings with mistakes at the start name every one', async () => {
    put('emcee.yaml', 'timezone: Mars\nlanguage: fr\n');
    const error = await openLibrary({ root }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(SettingsError);
    expect((error as SettingsError).mistakes).toMatchObject([
      expect.stringMatching(/^emcee\.yaml:1: /),
      expect.stringMatching(/^emcee\.yaml:2: /),
    ]);
  });
});

describe('promise 5', () => {
  it('a folder that vanishes keeps serving, and comes back', async () => {
    await open();
    renameSync(root, join(home, 'away'));
    await until(() => changes.some(({ alarms }) => alarms.length > 0));
    expect(codes()).toHaveLength(6);
    put('events/c1.md', text('c1', 'Back'), join(home, 'away'));
    renameSync(join(home, 'away'), root);
    await until(() => titleOf('c1') === 'Back');
    await library?.refresh();
    expect(changes.flatMap(({ alarms }) => alarms.map(({ en }) => en))).toMatchObject([
      expect.stringMatching(/is gone/),
      expect.stringMatching(/is back/),
    ]);
  });

  it.each([
    ['more than a third of the pages', () => ['c1', 'c2', 'c3'].forEach((code) => void unlinkSync(join(root, `events/${code}.md`)))],
    ['events/', () => rmSync(join(root, 'events'), { recursive: true })],
    ['everything in it', () => ['events', 'emcee.yaml'].forEach((name) => void rmSync(join(root, name), { recursive: true }))],
  ])('%s gone at once: they keep serving, with one alarm', async (_, remove) => {
    await open();
    remove();
    await until(() => changes.some(({ alarms }) => alarms.length > 0));
    await library?.refresh();
    expect(codes()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
    expect(library?.community().name).toBe('Test');
    expect(changes.flatMap(({ alarms }) => alarms)).toHaveLength(1);
    for (const code of ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']) put(`events/${code}.md`, text(code, 'Again'));
    await until(() => titleOf('c1') === 'Again' && titleOf('c6') === 'Again');
  });

  it('the root may be a link, and another folder behind it is one reload', async () => {
    const releases = ['one', 'two'].map((name) => join(home, name));
    renameSync(root, releases[0] as string);
    for (let at = 1; at <= 6; at++) put(`events/c${at}.md`, text(`c${at}`, 'Two'), releases[1]);
    put('emcee.yaml', 'community: Two\n', releases[1]);
    symlinkSync(releases[0] as string, root);
    await open();
    expect(titleOf('c1')).toBe('Title c1');
    symlinkSync(releases[1] as string, join(home, 'next'));
    renameSync(join(home, 'next'), root);
    await until(() => titleOf('c1') === 'Two');
    expect(changes).toHaveLength(1);
    expect(library?.community().name).toBe('Two');
    put('events/c1.md', text('c1', 'Three'), releases[1]);
    await until(() => titleOf('c1') === 'Three');
  });
});

it('F14: 50 edits a second, half-written files among them, and never a half answer', async () => {
  for (let at = 0; at < 40; at++) put(`events/many/p${at}.md`, text(`m${at}`, `Whole 0`));
  await open();
  const end = Date.now() + 4_000;
  let bad = 0;
  const asking = (async () => {
    while (Date.now() < end) {
      for (let at = 0; at < 40; at++) if (!/^Whole \d+$/.test(titleOf(`m${at}`) ?? '')) bad++;
      await sleep(5);
    }
  })();
  for (let edit = 1; Date.now() < end; edit++) {
    const file = `events/many/p${edit % 40}.md`;
    const whole = text(`m${edit % 40}`, `Whole ${edit}`);
    if (edit % 5 === 0) put(file, '---\ntitle: "broken\n---\n');
    else if (edit % 5 === 1) put(file, whole.slice(0, 20));
    else if (edit % 5 === 2) {
      put(`${file}.tmp`, whole);
      renameSync(join(root, `${file}.tmp`), join(root, file));
    } else put(file, whole);
    await sleep(20);
  }
  await asking;
  expect(bad).toBe(0);
  for (let at = 0; at < 40; at++) put(`events/many/p${at}.md`, text(`m${at}`, 'Whole 99999'));
  await until(() => Array.from({ length: 40 }, (_, at) => titleOf(`m${at}`)).every((title) => title === 'Whole 99999'));
}, 60_000);

it('pages appear and expire by themselves', async () => {
  const soon = new Date(Date.now() + 1_200).toISOString().replace(/\.\d+/, '');
  put('events/soon.md', `---\ntitle: Soon\npublishDate: ${soon}\ncodes: [soon1]\n---\n`);
  await open();
  expect(codes()).not.toContain('soon1');
  await until(() => codes().includes('soon1'));
});

describe('the cache', () => {
  const cacheFile = () => join(home, 'data/pages-cache.json');
  const written = async () => {
    await (await open({ cacheFile: cacheFile() })).close();
    return JSON.parse(readFileSync(cacheFile(), 'utf8'));
  };

  it('gives the same content without opening a page', async () => {
    const before = await loadContent(root, { now: 0 });
    const cache = await written();
    expect(cache.pages).toHaveLength(6);
    for (const entry of cache.pages) entry.value.title = `From the cache ${entry.value.file}`;
    writeFileSync(cacheFile(), JSON.stringify(cache));
    await open({ cacheFile: cacheFile() });
    expect(titleOf('c1')).toBe('From the cache events/c1.md');
    put('events/c1.md', text('c1', 'New'));
    await until(() => titleOf('c1') === 'New');
    expect(titleOf('c2')).toBe('From the cache events/c2.md');
    expect(before.catalog.events).toHaveLength(6);
  });

  it('is equal to reading', async () => {
    const plain = await loadContent(root, { now: 0 });
    await written();
    const cached = await loadContent(root, { now: 0, cacheFile: cacheFile() });
    expect(JSON.parse(JSON.stringify(cached.pages))).toEqual(JSON.parse(JSON.stringify(plain.pages)));
    expect(cached.community).toEqual(plain.community);
  });

  it.each<[string, (text: string) => string]>([
    ['no JSON', () => '{'],
    ['empty', () => ''],
    ['another form', () => '[1]'],
    ['null', () => 'null'],
    ['another build', (text) => text.replace(/"build":"[^"]*"/, '"build":"x"')],
    ['another folder', (text) => text.replace(/"root":"[^"]*"/, '"root":"/x"')],
    ['a page without codes', (text) => text.replaceAll('"codes":["c1"]', '"codes":null')],
    ['a page with a number for a title', (text) => text.replaceAll('"title":"Title c1"', '"title":5')],
    ['settings of another form', (text) => text.replace(/"settings":\{.*?\},"pages"/, '"settings":[],"pages"')],
  ])('%s is not trusted', async (_, spoil) => {
    await written();
    writeFileSync(cacheFile(), spoil(readFileSync(cacheFile(), 'utf8')));
    await open({ cacheFile: cacheFile() });
    expect(codes()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
    expect(titleOf('c1')).toBe('Title c1');
  });

  it('commands write none', async () => {
    await loadContent(root, { cacheFile: cacheFile() });
    expect(existsSync(cacheFile())).toBe(false);
  });
});

it('a folder of pages alone is read whole', async () => {
  const pages = join(home, 'pages');
  put('site__a/x.md', text('a1'), pages);
  put('y.md', '# 一场活动\n', pages);
  const { pages: found, community } = await loadContent(pages, { now: 0 });
  expect(found.map(({ file }) => file)).toEqual(['site__a/x.md', 'y.md']);
  expect(community.name).toBe('emcee');
});
