import { afterEach, describe, expect, test } from 'vitest';
import { catalog, event, season } from '../answer/scene.js';
import { until } from '../fakes/platform.js';
import { type DeskScene, OLGA, openDesk } from './scene.js';

let scene: DeskScene;
afterEach(() => scene.close());

const LINK = 'https://pan.baidu.com/s/1new?pwd=ab12';
const member = (text: string) => scene.say(text, { as: 'ann' });
const audit = async () => (await scene.store.readAudit(10)).map(({ who, did, about }) => ({ who, did, about }));

describe('a link', () => {
  test('is shown as members will see it, kept after one word, and in service at once', async () => {
    scene = await openDesk();
    const shown = await scene.say(`课件 20231104 链接：${LINK} 提取码：ab12 复制这段内容后打开百度网盘手机App`);
    expect(shown).toMatch(/成员发送“20231104”会看到/);
    expect(shown).toMatch(/原来是：\n• 六个议题的 PPT https:\/\/example\.org\/slides\/20231104 （提取码 ks11）/);
    expect(shown).toContain(`PPT: ${LINK}\n  提取码: ab12`);
    expect(shown).toMatch(/1\. 是\n2\. 否$/);
    expect(await member('20231104')).toContain('slides/20231104');
    expect(await scene.say('是')).toMatch(/好的，成员现在发送“20231104”/);
    const seen = await member('20231104');
    expect(seen).toContain(`PPT: ${LINK}\n  提取码: ab12`);
    expect(seen).not.toContain('slides/20231104');
  });

  test('who did it is recorded; the password is not', async () => {
    scene = await openDesk();
    await scene.say(`slides 20231104 ${LINK} password: q9w8`);
    await scene.say('yes');
    expect(await audit()).toEqual([
      { who: OLGA, did: 'slides', about: { code: '20231104', links: ['https://pan.baidu.com/s/1new'], account: OLGA } },
    ]);
    expect(await member('20231104')).toContain('q9w8');
  });

  test.each([
    ['a number', '1', '2'],
    ['a word', '是', '否'],
    ['an English word', 'Yes.', 'No'],
  ])('is answered with %s', async (_, yes, no) => {
    scene = await openDesk();
    await scene.say(`课件 20231104 ${LINK}`);
    expect(await scene.say(no)).toBe('好的，没有改动。');
    expect(await member('20231104')).not.toContain(LINK);
    await scene.say(`课件 20231104 ${LINK}`);
    expect(await scene.say(yes)).toMatch(/收到新的链接/);
    expect(await member('20231104')).toContain(LINK);
  });

  test('several, with their names', async () => {
    scene = await openDesk();
    await scene.say('课件 20231104\n主论坛 https://a.example/1 提取码: ab12\n分论坛：https://b.example/2 密码 cd34');
    await scene.say('是');
    expect(await member('20231104')).toContain('主论坛: https://a.example/1\n  提取码: ab12\n分论坛: https://b.example/2\n  提取码: cd34');
  });

  test.each([
    ['2023-11-04', '20231104'],
    ['２０２３ １１０４', '20231104'],
    ['苏州站：云原生与开源', '20231223'],
    ['KubeCon 见闻', 'kubecon18'],
  ])('of the event that %s names', async (about, code) => {
    scene = await openDesk();
    expect(await scene.say(`课件 ${about} ${LINK}`)).toContain(`成员发送“${code}”会看到`);
  });

  test('what may mean several events is asked back, three at most, with the links in mind', async () => {
    scene = await openDesk();
    const asked = await scene.say(`课件 成都 ${LINK}`);
    expect(asked).toMatch(/哪一个[\s\S]*1\. .*20231104 · [\s\S]*2\. /);
    const shown = await scene.say('1');
    expect(shown).toContain(LINK);
    await scene.say('是');
    expect(await member('20231104')).toContain(LINK);
  });

  test('of an unknown code makes a new one, if that is meant', async () => {
    scene = await openDesk();
    expect(await scene.say(`课件 新场次2099 ${LINK}`)).toMatch(/没有活动页面写着口令“新场次2099”/);
    expect(await member('新场次2099')).not.toContain(LINK);
    await scene.say('是');
    expect(await member('新场次 2099')).toContain(LINK);
  });

  test('one slip from a code is asked back; it may be new all the same', async () => {
    scene = await openDesk();
    const asked = await scene.say(`课件 kubecon19 ${LINK}`);
    expect(asked).toMatch(/1\. kubecon18 · [\s\S]*2\. 都不是，“kubecon19”是新口令/);
    expect(await scene.say('2')).toContain('“kubecon19”');
    await scene.say('是');
    expect(await member('kubecon19')).toContain(LINK);
    expect(await member('kubecon18')).toContain('slides/kubecon18');
  });

  test.each([
    ['课件 20231104 ftp://example.org/a', /没有能用的链接/],
    ['课件 帮助 https://example.org/a', /不能当口令/],
    ['课件 Online Night https://example.org/a', /还没有口令/],
    ['课件 https://example.org/a', /设置课件链接/],
    ['课件', /设置课件链接/],
    ['slides', /To set a link/],
  ])('%s is told how to mend it', async (text, expected) => {
    scene = await openDesk();
    expect(await scene.say(text)).toMatch(expected);
    expect(await scene.store.proposals({ kind: 'kept' }, 0)).toEqual([]);
  });

  test('of a code that two events share is not kept', async () => {
    const two = ['A', 'B'].map((title) => event({ title, codes: ['same2024'], start: '2024-01-01' }));
    scene = await openDesk({ catalog: catalog(two) });
    expect(await scene.say(`课件 same2024 ${LINK}`)).toMatch(/写在几场活动上：A、B/);
  });
});

describe('what is there', () => {
  test('is shown, with how to change it and where it comes from', async () => {
    scene = await openDesk();
    expect(await scene.say('课件 20231104')).toMatch(/来自 slides.yaml[\s\S]*课件 20231104 https:[\s\S]*slides\/20231104/);
    await scene.say(`课件 20231104 ${LINK}`);
    await scene.say('是');
    expect(await scene.say('slides 20231104')).toMatch(/remove slides 20231104[\s\S]*set by fake:person:olga on 20/);
    expect(await scene.say(`课件 20231104 ${LINK}`)).toMatch(/已经是这些链接/);
  });

  test('is taken back after one word: slides.yaml counts again', async () => {
    scene = await openDesk();
    expect(await scene.say('删除课件 20231104')).toMatch(/没有在聊天里设置过/);
    await scene.say(`课件 20231104 ${LINK}`);
    await scene.say('是');
    expect(await scene.say('remove slides 20231104')).toMatch(/slides\/20231104[\s\S]*1\. Yes/);
    expect(await member('20231104')).toContain(LINK);
    expect(await scene.say('yes')).toMatch(/taken back/);
    expect(await member('20231104')).toContain('slides/20231104');
    expect((await audit())[0]).toEqual({ who: OLGA, did: 'slides', about: { code: '20231104', removed: true, account: OLGA } });
  });

  test('a code stays a code, and a question a question', async () => {
    const base = catalog([...season().events, event({ title: 'Odd', codes: ['课件', '是', 'slides 5'], start: '2020-01-01' })]);
    scene = await openDesk({ catalog: base });
    for (const text of ['课件', '是', 'slides 5']) expect(await scene.say(text)).toContain('Odd');
    expect(await scene.say('课件什么时候上传')).not.toMatch(/设置课件|口令“/);
  });
});

describe('the word', () => {
  test('counts for ten minutes', async () => {
    scene = await openDesk();
    await scene.say(`课件 20231104 ${LINK}`);
    scene.later(10 * 60_000 + 1);
    expect(await scene.say('是')).toMatch(/超过 10 分钟/);
    expect(await member('20231104')).not.toContain(LINK);
  });

  test('is of the one who asked', async () => {
    scene = await openDesk();
    await scene.say(`课件 20231104 ${LINK}`);
    const token = scene.desk && (await scene.store.proposals({ kind: 'kept' }, 0))[0]?.proof;
    for (const as of ['oscar', 'ann']) for (const text of ['是', 'yes', `是 #${token}`, '1']) await scene.say(text, { as });
    expect(await member('20231104')).not.toContain(LINK);
    expect(await scene.store.kept()).toEqual([]);
    expect(await scene.say('是')).toMatch(/收到新的链接/);
  });

  test('means the newest; an older button is void, and nothing waits for a second word', async () => {
    scene = await openDesk();
    await scene.say('课件 20231104 https://a.example/old');
    const [older] = await scene.store.proposals({ kind: 'kept' }, 0);
    await scene.say('课件 20231104 https://a.example/new');
    expect(await scene.say(`是 #${older?.proof}`)).toMatch(/被后来的取代/);
    expect(await scene.say('是')).toMatch(/收到新的链接/);
    expect(await scene.say('是')).not.toMatch(/收到新的链接/);
    expect(await member('20231104')).toContain('a.example/new');
  });

  test('that comes again does nothing again, whatever happened meanwhile', async () => {
    scene = await openDesk();
    await scene.say(`课件 20231104 ${LINK}`);
    await scene.again();
    await scene.say('是');
    await scene.again();
    expect(await audit()).toHaveLength(1);
    await scene.store.keep({ kind: 'slides', name: '20231104', value: { links: [{ url: 'https://later.example/1' }] }, by: 'x' }, 1);
    await scene.again();
    expect((await scene.store.kept())[0]?.value).toEqual({ links: [{ url: 'https://later.example/1' }] });
    expect(scene.platform.texts().filter((text) => text.includes('收到新的链接'))).toHaveLength(1);
  });

  test('of which the store could keep only half is carried out when it comes again', async () => {
    scene = await openDesk();
    await scene.say(`课件 20231104 ${LINK}`);
    const { keep } = scene.store;
    scene.store.keep = () => Promise.reject(new Error('the disk is full'));
    await expect(scene.say('是')).rejects.toThrow(/full/);
    scene.store.keep = keep;
    await scene.again();
    expect(await member('20231104')).toContain(LINK);
  });
});

describe('who may', () => {
  test('members never: they get what members get', async () => {
    scene = await openDesk();
    for (const text of [
      `课件 20231104 ${LINK}`,
      `slides 20231104 ${LINK}`,
      '删除课件 20231104',
      '别名 x2 = 20231104',
      '是',
      'yes',
      '新口令 abc #12345678',
    ])
      expect(await member(text)).not.toMatch(/成员发送|Members who|好的|Done|别名/);
    expect(await scene.store.proposals({ kind: 'kept' }, 0)).toEqual([]);
    expect(await scene.store.kept()).toEqual([]);
  });

  test('organizers in a room are asked to write directly', async () => {
    scene = await openDesk();
    expect(await scene.say(`课件 20231104 ${LINK}`, { room: true, addressed: true })).toMatch(/私聊/);
    expect(await scene.say(`课件 20231104 ${LINK}`, { room: true })).toBe('');
    expect(await scene.say('别名 x2 = 20231104', { room: true, addressed: true })).toMatch(/私聊/);
    expect(await scene.say('课件 20231104', { room: true, addressed: true })).toContain('slides/20231104');
    expect(await scene.store.kept()).toEqual([]);
  });
});

describe('an alias', () => {
  test('answers like its code, a moment after it was set, until it is removed', async () => {
    scene = await openDesk();
    expect(await scene.say('别名 成都ppt = 20231104')).toMatch(/发送“成都ppt”就和发送“20231104”一样（云原生 Meetup 成都站）/);
    expect(await member('成都 PPT')).toBe(await member('20231104'));
    expect(await scene.say('别名')).toMatch(/现有 1 个别名：\n• 成都ppt = 20231104/);
    expect(await scene.say('alias 成都PPT')).toMatch(/is an alias of "20231104"/);
    expect(await scene.say('alias 成都PPT = 20231104')).toMatch(/already/);
    expect(await scene.say('alias 成都PPT → kubecon18')).toMatch(/Before, it stood for "20231104"/);
    expect(await member('成都ppt')).toContain('slides/kubecon18');
    expect(await scene.say('删除别名 成都 ppt')).toMatch(/已删除/);
    expect(await member('成都ppt')).not.toContain('slides/');
    expect((await audit()).map(({ did, about }) => [did, about])).toEqual([
      ['alias', { alias: '成都ppt', removed: true, account: OLGA }],
      ['alias', { alias: '成都ppt', code: 'kubecon18', account: OLGA }],
      ['alias', { alias: '成都ppt', code: '20231104', account: OLGA }],
    ]);
  });

  const REFUSED: [text: string, why: RegExp][] = [
    ['别名 kubecon-18 = 20231104', /本身就是口令/],
    ['别名 帮助 = 20231104', /不能当别名/],
    ['别名 更多 = 20231104', /不能当别名/],
    ['别名 状态 = 20231104', /不能当别名/],
    ['别名 3 = 20231104', /不能当别名/],
    ['别名 …… = 20231104', /不能当别名/],
    [`别名 ${'很'.repeat(41)} = 20231104`, /不能当别名/],
    ['alias my-slides = nothing-like-it', /There is no code/],
    ['alias my-slides =', /To set an alias/],
    ['remove alias nothing', /There is no alias/],
  ];

  test('that cannot be one is refused with a reason', async () => {
    scene = await openDesk();
    for (const [text, why] of REFUSED) expect(await scene.say(text), text).toMatch(why);
    expect(await scene.store.kept()).toEqual([]);
  });

  test('near another event’s code is asked about first', async () => {
    scene = await openDesk();
    expect(await scene.say('别名 kubecon19 = 20231104')).toMatch(/口令“kubecon18”（KubeCon 见闻）只差一个字/);
    expect(await scene.store.kept()).toEqual([]);
    expect(await scene.say('是')).toMatch(/就和发送“20231104”一样/);
    expect(await member('kubecon19')).toContain('slides/20231104');
  });

  test('that comes again changes nothing back', async () => {
    scene = await openDesk();
    await scene.say('别名 x成都 = 20231104');
    await scene.again();
    await scene.store.keep({ kind: 'alias', name: 'x成都', value: { code: 'kubecon18' }, by: 'x' }, 1);
    await scene.again();
    expect((await scene.store.kept())[0]?.value).toEqual({ code: 'kubecon18' });
  });
});

test('a second replica answers with it within a second', async () => {
  scene = await openDesk();
  const other = await openDesk({ store: scene.store });
  await scene.say(`课件 20231104 ${LINK}`);
  await scene.say('是');
  await until(async () => (await other.say('20231104', { as: 'ann' })).includes(LINK));
  await other.close();
});
