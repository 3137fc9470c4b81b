// What organizers, and those who would like to be, say and hear: the whole bot over platforms in memory.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Incoming } from '../../src/adapter.js';
import { codeIn, newCode, shownCode } from '../../src/organizers/secrets.js';
import { FakePlatform, until } from '../fakes/platform.js';
import { type House, openHouse, person, wrongCode } from './house.js';

const MINUTE = 60_000;
let house: House;
let slack: FakePlatform;
let wechat: FakePlatform;
beforeEach(async () => {
  slack = new FakePlatform('slack');
  wechat = new FakePlatform('wechat');
  house = await openHouse({
    adapters: [{ module: slack.module }, { module: wechat.module }],
    organizers: ['slack:person:Olga'],
    codes: ['link', 'A2BC-DEFG'],
    channels: [{ name: 'general', address: 'slack:room:C1', tags: [] }],
  });
});
afterEach(() => house.close());

let count = 0;
async function says(platform: FakePlatform, from: string, text: string, more: Partial<Incoming> = {}): Promise<string> {
  const { name } = platform.module;
  const before = platform.arrived.length;
  count += 1;
  const message: Incoming = {
    ...{ id: `m${count}`, where: person(name, from), sender: { id: from, isBot: false }, text, addressed: true, at: new Date() },
    ...more,
  };
  await platform.host?.receive(message);
  await house.quiet();
  return platform.arrived[before]?.text ?? '';
}
const audit = async () => (await house.store.readAudit(100)).map(({ who, did }) => `${who} ${did}`);
/** What the chat showed: a code to link accounts by. */
const codeFrom = (text: string) => /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(text)?.[0] ?? 'no code';

describe('an invitation', () => {
  test('makes its sender an organizer, and the same code links one account of each further platform', async () => {
    const code = await house.invite();
    expect(await says(slack, 'ann', 'organizers')).toContain('ordinary');
    expect(await says(slack, 'ann', code)).toMatch(/^Welcome: this account \(slack:person:ann\)/);
    expect(await says(slack, 'ann', '组织者')).toContain('组织者有 2 位');
    expect(await says(wechat, 'oAnn', code)).toContain('belongs to the organizer slack:person:ann');
    expect(await says(slack, 'ben', code)).toMatch(/used on this platform already/);
    expect(await says(wechat, 'oBen', code)).toMatch(/used on this platform already/);
    expect(house.people.list()).toMatchObject([{}, { person: 'slack:person:ann', accounts: [{}, { address: 'wechat:person:oAnn' }] }]);
    expect(await audit()).toEqual(['slack:person:ann joined', 'slack:person:ann joined']);
  });

  test.each([
    ['small letters', (code: string) => code.toLowerCase()],
    ['full width', (code: string) => code.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))],
    ['blanks around it', (code: string) => `  ${code}\n`],
    ['another hyphen', (code: string) => code.replace('-', '–')],
  ])('may be typed as a phone does: %s', async (_name, typed) => {
    expect(await says(slack, 'ann', typed(await house.invite()))).toMatch(/^Welcome/);
  });

  test('is over after ten minutes, after five wrong tries, and once it was used', async () => {
    const old = await house.invite();
    house.later(10 * MINUTE);
    expect(await says(slack, 'ann', old)).toMatch(/too old/);
    const code = await house.invite();
    expect(await says(slack, 'u0', wrongCode(code))).toMatch(/4 more times/);
    for (const each of ['u1', 'u2', 'u3']) await says(slack, each, wrongCode(code));
    expect(await says(slack, 'u4', wrongCode(code))).toMatch(/cannot be tried any more/);
    expect(await says(slack, 'ann', code)).toMatch(/not good any more/);
    expect(house.roster()).toEqual(['slack:person:Olga']);
  });

  test('ten wrong codes of one sender are enough for ten minutes, whichever they were', async () => {
    for (let i = 0; i < 10; i += 1) expect(await says(slack, 'eve', `2222-${'ABCDEFGHJK'[i]}AAA`)).toMatch(/no such code/);
    const code = await house.invite();
    expect(await says(slack, 'eve', code)).toMatch(/too many tries/);
    expect(await says(slack, 'ann', code)).toMatch(/^Welcome/);
    house.later(10 * MINUTE);
    expect(await says(slack, 'eve', await house.invite())).toMatch(/^Welcome/);
  });

  test('a message that comes again is no further try, and gets the same answer', async () => {
    const code = await house.invite();
    for (let i = 0; i < 8; i += 1) await says(slack, 'ann', wrongCode(code), { id: 'same' });
    expect((await house.store.proposals({ kind: 'invite' }, 0))[0]?.tries).toBe(4);
    await Promise.all(
      [1, 2, 3].map(() =>
        slack.host?.receive({
          ...{ id: 'joins', where: 'slack:person:ann', sender: { id: 'ann', isBot: false } },
          ...{ text: code, addressed: true, at: new Date() },
        }),
      ),
    );
    expect(await audit()).toEqual(['slack:person:ann joined']);
  });

  test.each(['ABCD-EFGH', 'test-case', '20231104', '2BCD EFGH', '2BCDEFGH', 'code: 2BCD-EFGH', '2BCD-EFG0', '2BCD-EFGHJ', 'A2BC-DEFG'])(
    '%s is an ordinary text',
    async (text) => expect(await says(slack, 'ann', text)).toBe(`ordinary: ${text}`),
  );

  test('said in a room it is void for everybody', async () => {
    const code = await house.invite();
    const room = { where: 'slack:room:C1' as const, addressed: false };
    expect(await says(slack, 'ann', wrongCode(code), room)).toBe('');
    expect(await says(slack, 'ann', wrongCode(code), { ...room, addressed: true })).toMatch(/in a direct chat/);
    expect(await says(slack, 'ann', code, room)).toMatch(/Everybody here has seen this code/);
    for (const each of ['ann', 'eve']) expect(await says(slack, each, code)).toMatch(/no such code/);
    expect(house.roster()).toEqual(['slack:person:Olga']);
  });
});

describe('an organizer', () => {
  test('links a further account by a code of their own', async () => {
    const shown = await says(slack, 'Olga', '绑定');
    expect(shown).toMatch(/十分钟|10 分钟/);
    expect(await says(wechat, 'oOlga', codeFrom(shown))).toContain('belongs to the organizer slack:person:Olga');
    expect(house.people.personOf('wechat:person:oOlga')).toBe('slack:person:Olga');
  });

  test('lists and removes; who is removed is a member in the next message, and no code of theirs is good any more', async () => {
    const code = await house.invite();
    await says(slack, 'ann', code);
    await says(wechat, 'oAnn', code);
    const own = codeFrom(await says(slack, 'ann', 'link account'));
    expect(await says(slack, 'Olga', 'organizers')).toMatch(
      /slack:person:Olga \(in emcee\.yaml\)[\s\S]*slack:person:ann, wechat:person:oAnn/,
    );
    expect(await says(slack, 'Olga', 'remove slack:person:ANN')).toMatch(/There is no organizer "slack:person:ANN"/);
    expect(await says(slack, 'Olga', '移除 wechat:person:oAnn')).toMatch(/slack:person:ann、wechat:person:oAnn/);
    for (const [platform, from] of [[slack, 'ann'] as const, [wechat, 'oAnn'] as const])
      expect(await says(platform, from, 'organizers')).toBe('ordinary: organizers');
    expect(await says(slack, 'ann', code)).toMatch(/not good any more/);
    expect(await says(slack, 'ann', own)).toMatch(/not good any more/);
    expect(await audit()).toContain('slack:person:Olga removed');
  });

  test('of emcee.yaml is removed there, and is told so', async () => {
    await says(slack, 'ann', await house.invite());
    expect(await says(slack, 'ann', 'remove slack:person:Olga')).toBe(
      'slack:person:Olga stands in emcee.yaml, under organizers: please delete it there.',
    );
    expect(house.roster()).toContain('slack:person:Olga');
    house.organizers.length = 0;
    expect(await says(slack, 'Olga', 'organizers')).toBe('ordinary: organizers');
  });

  test('is found by a name only while one has it', async () => {
    for (const [id, name] of [
      ['ann', 'Ann'],
      ['bob', 'Bob'],
      ['bo2', 'Bob'],
    ] as const)
      await says(slack, id, await house.invite(), { sender: { id, name, isBot: false } });
    expect(await says(slack, 'Olga', 'remove Bob')).toBe('ordinary: remove Bob');
    expect(await says(slack, 'Olga', 'remove Ann')).toMatch(/Ann is no organizer any more/);
  });

  test('is answered in a room with a pointer to the direct chat; only a room’s address is told there', async () => {
    const here = { where: 'slack:room:C9' as const };
    for (const text of ['sign in', 'log in', '绑定', 'organizers', 'remove slack:person:x', 'sign out'])
      expect(await says(slack, 'Olga', text, here), text).toMatch(/direct chat|私聊/);
    expect(await says(slack, 'Olga', 'organizers', { ...here, addressed: false })).toBe('ordinary: organizers');
    expect(await says(slack, 'Olga', '这里', here)).toContain("- { name: 给这个群起个名字, address: 'slack:room:C9', tags: [] }");
    expect(await says(slack, 'Olga', 'here', { where: 'slack:room:C1' })).toMatch(/already, as general/);
    expect(await says(slack, 'Olga', 'here')).toMatch(/Mention me in the room/);
    expect(await says(slack, 'ann', 'here', here)).toBe('ordinary: here');
  });

  test.each(['link', 'please remove me', 'remove the old slides', 'sign in please', 'where is here', '登录不了', '我要移除这个'])(
    'a code, or a sentence that only begins like it: %s',
    async (text) => expect(await says(slack, 'Olga', text)).toBe(`ordinary: ${text}`),
  );

  test('cannot sign in where there is no web chat', async () => {
    expect(await says(slack, 'Olga', '登录')).toContain('WEB_CHAT=on');
    expect(await says(slack, 'Olga', '退出登录')).toContain('没有登录');
  });
});

test('nobody is an organizer where ids change, whatever emcee.yaml says', async () => {
  const wechaty = new FakePlatform('wechaty');
  const other = await openHouse({
    adapters: [{ module: { ...wechaty.module, unstableIds: () => ({ zh: '编号会变', en: 'ids change' }) } }],
    organizers: ['wechaty:person:Olga'],
    store: house.store,
  });
  const hears = async (text: string) => {
    const before = wechaty.arrived.length;
    const id = `w${++count}`;
    const from = { where: 'wechaty:person:Olga', sender: { id: 'Olga', isBot: false } } as const;
    await wechaty.host?.receive({ id, ...from, text, addressed: true, at: new Date() });
    await other.quiet();
    return wechaty.arrived[before]?.text;
  };
  expect(await hears('organizers')).toBe('ordinary: organizers');
  expect(await hears(await other.invite())).toMatch(/ids of accounts change/);
  expect(await house.store.organizers()).toEqual([]);
  await other.close();
});

test('codes are typed as they are shown, hold a digit in front, and are not two alike in a thousand', () => {
  const codes = Array.from({ length: 1_000 }, newCode);
  for (const code of codes) {
    expect(shownCode(code)).toMatch(/^(?=.{0,3}\d)[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(codeIn(shownCode(code))).toEqual(code);
  }
  expect(new Set(codes.map(shownCode)).size).toBe(1_000);
});

test('another process notices within a second who has joined and who was removed', async () => {
  const other = await openHouse({ adapters: [], store: house.store });
  await says(slack, 'ann', await house.invite());
  await until(() => other.people.personOf('slack:person:ann') === 'slack:person:ann', 'the news');
  const [found] = house.people.list().slice(1);
  if (found) await house.people.remove(found);
  expect(house.people.personOf('slack:person:ann')).toBeUndefined();
  await until(() => other.people.personOf('slack:person:ann') === undefined, 'the removal');
  await other.close();
});

test('codes and links are in no log and no audit', async () => {
  const code = await house.invite();
  await says(slack, 'ann', code);
  const own = codeFrom(await says(slack, 'ann', 'link account'));
  const written = JSON.stringify([await house.store.readAudit(100), house.logged]);
  for (const each of [code, own]) expect(written).not.toContain(each.slice(5));
});
