// Moving an Official Account in: its keyword rules beside the pages, and what is missing written down.
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWeChatApi, type WeChatApi } from '../fakes/wechat/api.js';
import { emcee, temporaryFolder } from './emcee.js';

let folder: ReturnType<typeof temporaryFolder>;
let root = '';
let api: WeChatApi | undefined;
beforeEach(() => {
  folder = temporaryFolder();
  root = join(folder.path, 'content');
  mkdirSync(join(root, 'events'), { recursive: true });
  writeFileSync(join(root, 'emcee.yaml'), 'community: 社区 # ours\nlanguage: zh');
  writeFileSync(join(root, 'slides.yaml'), "# 口令\n'20231104': https://pan.example/s/1\n'20230514': https://pan.example/s/ours");
  writeFileSync(join(root, 'events/a.md'), "---\ntitle: 成都站\nstart: 2023-11-04\ncodes: ['20231104', '20240101']\n---\n");
});
afterEach(async () => {
  await api?.close();
  api = undefined;
  folder.remove();
});

const rule = (keywords: string[], replies: unknown[], match_mode = 'equal') => ({
  rule_name: keywords[0],
  create_time: 1423028166,
  reply_mode: 'reply_all',
  keyword_list_info: keywords.map((content) => ({ type: 'text', match_mode, content })),
  reply_list_info: replies,
});
const text = (content: string) => ({ type: 'text', content });
/** As the console's account has it; the form is that of WeChat's documentation. */
const RULES = {
  is_add_friend_reply_open: 1,
  is_autoreply_open: 1,
  add_friend_autoreply_info: text('欢迎关注！\n回复 *20231104* 领取 PPT，<a href="https://c.example">官网</a>'),
  message_default_autoreply_info: text('没看懂，回复“活动”试试'),
  keyword_autoreply_info: {
    list: [
      rule(['20231104', '２０２３１１０４'], [text('PPT：https://pan.example/s/1')]),
      rule(['20240101'], [text('链接：https://pan.example/s/2?pwd=ab12 提取码: ab12。\n录像 https://video.example/2，请收藏')]),
      rule(['20230514'], [text('https://pan.example/s/theirs')]),
      rule(['云原生 PPT'], [text('<a href="https://pan.example/s/3">合集</a>')], 'contain'),
      rule(['文章'], [{ type: 'news', news_info: { list: [{ title: '回顾', content_url: 'https://mp.example/s/4' }] } }]),
      rule(['地址', "it's: #1"], [text('成都市武侯区天府四街')]),
      rule(['海报'], [{ type: 'img', content: '4HWi8iqn' }]),
      rule(['__proto__'], [text('https://pan.example/s/5')]),
    ],
  },
};
const file = (json: unknown) => folder.write('rules.json', typeof json === 'string' ? json : JSON.stringify(json));
const run = (args: string[], env: Record<string, string> = {}) =>
  emcee(['import', 'wechat-rules', ...args], {
    cwd: folder.path,
    env: { EMCEE_CONTENT: root, EMCEE_DATA: join(folder.path, 'data'), ...env },
  });
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('from a file', () => {
  test('shows what is the same, what is new and what differs, and writes what is missing', async () => {
    const { stdout, stderr, code } = await run(['--file', file(RULES)]);
    expect([stderr, code]).toEqual(['', 1]);
    for (const line of [
      /^= 20231104/m,
      /^= ２０２３１１０４/m,
      /^\+ 20240101: \S+ \(ab12\) https:\/\/video\.example\/2/m,
      /^! 20230514.*theirs.*ours/m,
      /^\+ 云原生 PPT.*contain/m,
      /^\+ 文章/m,
      /^\? 地址.*天府四街/m,
      /^\? 海报.*img/m,
    ])
      expect(stdout).toMatch(line);
    const slides = read('slides.yaml');
    expect(slides.startsWith("# 口令\n'20231104': https://pan.example/s/1\n'20230514': https://pan.example/s/ours\n")).toBe(true);
    expect(read('emcee.yaml')).toMatch(/^community: 社区 # ours\nlanguage: zh\nwords:\n {2}welcome: .*\n {2}no-match: .*\n$/);
    const ask = async (said: string) =>
      JSON.parse((await emcee(['ask', '--json', said], { env: { EMCEE_CONTENT: root, EMCEE_DATA: join(folder.path, 'data') } })).stdout);
    expect((await ask('20240101')).links.map(({ url }: { url: string }) => url)).toEqual([
      'https://pan.example/s/2?pwd=ab12',
      'https://video.example/2',
    ]);
    expect((await ask('20240101')).text).toContain('ab12');
    expect((await ask('20230514')).links[0].url).toBe('https://pan.example/s/ours');
    expect((await ask('云原生 PPT')).links).toEqual([{ label: '合集', url: 'https://pan.example/s/3' }]);
    expect((await ask('文章')).links).toEqual([{ label: '回顾', url: 'https://mp.example/s/4' }]);
    expect((await ask('zzzz qqqq')).text).toBe('没看懂，回复“活动”试试');
    expect((await ask('你好')).text).toContain('*20231104* 领取 PPT，官网 https://c.example');
    const check = await emcee(['check', root, '--json']);
    expect(JSON.parse(check.stdout).filter(({ level }: { level: string }) => level === 'error')).toEqual([]);
  });

  test('a second time there is nothing left to write', async () => {
    await run(['--file', file(RULES)]);
    const before = [read('slides.yaml'), read('emcee.yaml')];
    const { stdout } = await run(['--file', file(RULES), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      written: [],
      words: [
        { key: 'welcome', state: 'kept' },
        { key: 'no-match', state: 'kept' },
      ],
    });
    expect([read('slides.yaml'), read('emcee.yaml')]).toEqual(before);
  });

  test('--dry-run writes nothing; links to files elsewhere stay links', async () => {
    const before = read('slides.yaml');
    await run(['--file', file(RULES), '--dry-run']);
    expect(read('slides.yaml')).toBe(before);
    const elsewhere = folder.write('private-slides.yaml', before);
    const link = join(root, 'slides.yaml');
    writeFileSync(link, '');
    const { rmSync } = await import('node:fs');
    rmSync(link);
    symlinkSync(elsewhere, link);
    await run(['--file', file(RULES)]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(elsewhere, 'utf8')).toContain('https://pan.example/s/2');
  });

  test('without slides.yaml and emcee.yaml both are made', async () => {
    const { rmSync } = await import('node:fs');
    rmSync(join(root, 'slides.yaml'));
    const { code } = await run([
      '--file',
      file({ ...RULES, keyword_autoreply_info: { list: [rule(['a1b2'], [text('https://pan.example/x')])] } }),
    ]);
    expect([code, read('slides.yaml')]).toEqual([0, '"a1b2": {"url":"https://pan.example/x"}\n']);
  });

  test('words that are there stay, and what cannot be added is shown', async () => {
    writeFileSync(join(root, 'emcee.yaml'), 'language: zh\nwords:\n  help: 自己写的\n');
    const { stdout, code } = await run(['--file', file(RULES)]);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^\? words\.welcome: .* welcome: "欢迎关注/m)]);
    expect(read('emcee.yaml')).toBe('language: zh\nwords:\n  help: 自己写的\n');
    expect(read('slides.yaml')).toContain('pan.example/s/2');
  });

  test('words by which members turn pages, choose and command do not become codes by themselves', async () => {
    const list = ['1', 'more', '帮助', '2024'].map((word) => rule([word], [text(`https://pan.example/${word}`)]));
    const { stdout, code } = await run(['--file', file({ keyword_autoreply_info: { list } })]);
    expect(code).toBe(1);
    for (const word of ['1', 'more', '帮助']) expect(stdout).toMatch(new RegExp(`^\\? ${word}: .*"${word}": \\{"url"`, 'm'));
    expect(read('slides.yaml')).toMatch(/pan\.example\/2024/);
    expect(read('slides.yaml')).not.toMatch(/pan\.example\/(?:1|more)"/);
  });

  test('a password stands before its link or behind it, for each of several', async () => {
    const list = [
      rule(['before'], [text('提取码：ab12 PPT：https://pan.example/b1\n提取码：cd34 录像：https://pan.example/b2')]),
      rule(['behind'], [text('PPT：https://pan.example/c1 提取码：ab12\n录像：https://pan.example/c2 提取码：cd34')]),
    ];
    const { stdout } = await run(['--file', file({ keyword_autoreply_info: { list } }), '--json']);
    for (const { links, beside } of JSON.parse(stdout).rules) {
      expect(links).toMatchObject([
        { label: 'PPT', password: 'ab12' },
        { label: '录像', password: 'cd34' },
      ]);
      expect(beside).toEqual([]);
    }
  });

  test.each(['{community: 社区}', 'community: "社区\n', 'just a sentence'])(
    'an emcee.yaml that would not be read is left alone: %j',
    async (yaml) => {
      writeFileSync(join(root, 'emcee.yaml'), yaml);
      const { stderr, code } = await run(['--file', file({ ...RULES, keyword_autoreply_info: {} })]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/emcee\.yaml cannot be added to.*\n*words:\n {2}welcome/)]);
      expect(read('emcee.yaml')).toBe(yaml);
    },
  );

  test('files with mistakes are left alone', async () => {
    writeFileSync(join(root, 'slides.yaml'), 'just a sentence');
    const { stderr, code } = await run(['--file', file(RULES)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('emcee check')]);
    expect(read('slides.yaml')).toBe('just a sentence');
    expect(read('emcee.yaml')).not.toContain('words');
  });

  test.each([
    ['no JSON', 'x', /rules\.json/],
    ['something else', { errcode: 40001, errmsg: 'invalid credential' }, /get_current_autoreply_info/],
    ['a list', [], /get_current_autoreply_info/],
    ['odd values', { keyword_autoreply_info: { list: [null, 1, { keyword_list_info: [{ content: 5 }] }] } }, /^$/],
  ])('%s', async (_, json, says) => {
    const { stderr, code } = await run(['--file', file(json)]);
    expect(stderr.trim()).toMatch(says);
    expect(code).toBe(stderr === '' ? 0 : 2);
  });
});

describe('from WeChat', () => {
  const settings = () => ({
    WECHAT_TOKEN: 'spamtest',
    WECHAT_APP_ID: api?.appId ?? '',
    WECHAT_APP_SECRET: api?.secret ?? '',
    WECHAT_API_URL: api?.url ?? '',
  });

  test.each(['personal', 'service'] as const)('a %s account’s rules are read', async (kind) => {
    api = await startWeChatApi({ kind, autoreply: RULES });
    const { stdout } = await run(['--json'], settings());
    const { rules, written } = JSON.parse(stdout);
    expect(rules.map(({ state }: { state: string }) => state)).toEqual([
      'same',
      'same',
      'missing',
      'differs',
      'missing',
      'missing',
      'no-link',
      'no-link',
      'no-link',
      'missing',
    ]);
    expect(written).toHaveLength(2);
  });

  test('what WeChat refuses is said in words, without the secret', async () => {
    api = await startWeChatApi({ allowedIps: [] });
    const { stderr, code } = await run([], settings());
    expect([code, stderr]).toEqual([2, expect.stringMatching(/IP list.*127\.0\.0\.1/)]);
    expect(stderr).not.toContain(api.secret);
  });

  test('without settings it says what is missing', async () => {
    expect((await run([])).stderr).toMatch(/--file/);
    expect((await run([], { WECHAT_TOKEN: 'spamtest' })).stderr).toMatch(/WECHAT_APP_SECRET/);
    const other = await emcee(['import', 'slack-rules']);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('wechat-rules')]);
  });
});
