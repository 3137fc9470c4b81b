// Whoever is not an organizer does not become one, through any adapter: by a name, a similar id, somebody else's words or an old code.
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import consoleModule, { consoleOver } from '../../adapters/console/index.js';
import slackModule from '../../adapters/slack/index.js';
import web from '../../adapters/web/index.js';
import wechat from '../../adapters/wechat/index.js';
import type { AdapterModule } from '../../src/adapter.js';
import { say } from '../fakes/http.js';
import { until } from '../fakes/platform.js';
import { type Slack, startSlack } from '../fakes/slack/slack.mjs';
import {
  messageXml,
  newMsgId,
  post as postToWechat,
  request as requestToWechat,
  say as sayToWechat,
  TOKEN,
  text as wechatText,
} from '../fakes/wechat/account.js';
import { type House, type HouseOptions, openHouse, wrongCode } from './house.js';

const MINUTE = 60_000;
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function houseOf(options: HouseOptions): Promise<House> {
  const house = await openHouse(options);
  open.push(() => house.close());
  return house;
}

/** Nobody was taken for an organizer, and the roster is what it was. */
async function expectNothing(house: House, roster: readonly string[], from = 0): Promise<void> {
  expect(house.errands.slice(from).filter(({ role }) => role === 'organizer')).toEqual([]);
  expect(house.roster()).toEqual(roster);
  expect((await house.store.organizers()).map(({ address }) => address)).toEqual(roster.filter((each) => !house.organizers.includes(each)));
}

/** A used, an expired, a tried-out and a good invitation. */
async function codes(house: House): Promise<Record<'used' | 'expired' | 'triedOut' | 'good', string>> {
  const expired = await house.invite();
  house.later(10 * MINUTE);
  const [used, triedOut, good] = [await house.invite(), await house.invite(), await house.invite()];
  const [id = '', proof = 'wrong'] = triedOut.split('-');
  for (let i = 0; i < 5; i += 1) await house.store.join({ id, proof: `not ${proof}`, address: `x:person:${i}`, name: null }, Date.now());
  return { used, expired, triedOut, good };
}

describe('on Slack', () => {
  const started: Slack[] = [];
  afterAll(() => Promise.all(started.map((each) => each.close())));

  test('fifteen ways in, all closed', async () => {
    const slack = await startSlack({ gapMs: 0, echo: true });
    started.push(slack);
    const settings = { SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret };
    const house = await houseOf({
      adapters: [{ module: slackModule as AdapterModule, settings }],
      organizers: ['slack:person:UOLGA', 'slack-acme:person:UBEN', 'slack:person:Uann'],
    });
    slack.hook = `${house.url}/hooks/slack`;
    const { used, expired, triedOut, good } = await codes(house);
    const dm = (user: string, text: string, more: object = {}) => slack.say({ channel: user, user, text, ...more });
    await dm('UANN', used);
    await until(() => house.roster().includes('slack:person:UANN'), 'the true organizer');
    const roster = house.roster();
    const [ann] = house.people.list().slice(-1);
    if (!ann) throw new Error('nobody joined');
    await house.people.remove(ann);
    const without = roster.filter((each) => each !== 'slack:person:UANN');
    const from = house.errands.length;

    // 1 who was removed; 2 with the code they came by; 3 an id in another case (Uann); 4 the same id in another instance (slack-acme).
    await dm('UANN', 'organizers');
    await dm('UANN', used);
    await dm('UBEN', 'organizers');
    // 5 a used, 6 an expired, 7 a tried-out code.
    for (const code of [used, expired, triedOut]) await dm('UBEN', code);
    // 8 the name of an organizer, in a slash command.
    await slack.command({ user: 'UBEN', text: 'organizers', user_name: 'Olga' });
    // 9 another workspace's user with an organizer's id; 10 with a good code.
    await dm('UBEN', 'organizers', { user: 'UOLGA', team: 'T2' });
    await dm('UBEN', good, { team: 'T2' });
    // 11 a bot's message with a good code; 12 another app's in the name of an organizer.
    await dm('UBEN', good, { bot_id: 'B99' });
    await dm('UBEN', good, { user: 'UOLGA', subtype: 'bot_message', bot_id: 'B99' });
    // 13 a message changed into a code, or into a command.
    const { ts } = await dm('UBEN', 'good morning');
    await slack.edit({ channel: 'UBEN', ts, text: good });
    // 14 a code within other words, as when it is quoted or forwarded.
    await dm('UBEN', `&gt; ${good}`);
    await dm('UBEN', `fwd: ${good}`);
    await dm('UBEN', '', { attachments: [{ text: good }] });
    // 15 a code in a channel: it is void from then on.
    await slack.say({ channel: 'CGENERAL', user: 'UBEN', text: good });
    await dm('UBEN', good);
    await expectNothing(house, without, from);
    const senders = house.errands.slice(from).map(({ sender }) => sender);
    for (const each of ['UANN', 'UBEN', 'T2-UOLGA', 'T2-UBEN']) expect(senders).toContain(`slack:person:${each}`);
    // It was good until it was said in a channel.
    expect((await house.store.readAudit(1))[0]).toMatchObject({ did: 'spoilt', who: 'slack:person:UBEN' });
  });
});

describe('on WeChat', () => {
  test('fifteen ways in, all closed', async () => {
    const settings = { WECHAT_TOKEN: TOKEN, WECHAT_HINTS: 'always', WECHAT_API_URL: 'http://127.0.0.1:9' };
    const house = await houseOf({
      adapters: [{ module: wechat as AdapterModule, settings }],
      organizers: ['wechat:person:oOlga', 'wechat-two:person:oBen'],
    });
    const account = { token: TOKEN };
    const says = async (from: string, text: string, xml?: string) =>
      (await sayToWechat(house.url, account, xml ?? wechatText(text, { FromUserName: from }))).fields.Content ?? '';
    const { used, expired, triedOut, good } = await codes(house);
    const joins = wechatText(used, { FromUserName: 'oAnn' });
    expect(await says('oAnn', used, joins)).toMatch(/Welcome|欢迎/);
    const roster = house.roster();
    const from = house.errands.length;

    // 1 other case, 2 full width, 3 blanks and signs around an organizer's id, 4 the same id in another instance.
    for (const id of ['OOLGA', 'oolga', 'ｏＯｌｇａ', 'oOlga ', 'oOlga:x', 'oBen']) await says(id, '组织者');
    // 5 the whole address as id.
    await says('wechat:person:oOlga', '组织者');
    // 6 a used, 7 an expired, 8 a tried-out code; 9 one that was guessed, until no more may be tried.
    for (const code of [used, expired, triedOut]) expect(await says('oBen', code)).not.toMatch(/Welcome|欢迎/);
    for (let i = 0; i < 5; i += 1) await says(`oEve${i}`, wrongCode(good));
    expect(await says('oBen', good)).toMatch(/not good|作废/);
    // 10 a request that was caught, in another's name: the signature of plain mode does not cover the body.
    const caught = requestToWechat(account, wechatText('organizers', { FromUserName: 'oAnn' }));
    expect((await postToWechat(house.url, caught)).status).toBe(200);
    const forged = { ...caught, body: caught.body.replace('organizers', 'remove wechat:person:oAnn') };
    expect((await postToWechat(house.url, forged)).status).toBeGreaterThanOrEqual(400);
    const fresh = await house.invite();
    const since = house.errands.length;
    expect(house.errands.splice(from, since).filter(({ role }) => role === 'organizer')).toMatchObject([{ sender: 'wechat:person:oAnn' }]);
    // 11 a code in the fields of a picture, 12 a film, 13 a recording; 14 within other words.
    const silent: Record<string, string>[] = [
      { MsgType: 'image', PicUrl: fresh, MediaId: fresh },
      { MsgType: 'video', MediaId: fresh, ThumbMediaId: fresh },
      { MsgType: 'voice', MediaId: fresh, Format: fresh },
    ];
    for (const fields of silent) await says('oBen', '', messageXml({ ...fields, MsgId: newMsgId(), FromUserName: 'oBen' }));
    await says('oBen', `「Olga：${fresh}」\n- - - - - -\n谢谢`);
    // 15 an element more: two senders.
    await says('', '', wechatText('组织者').replace('</xml>', '<FromUserName><![CDATA[oOlga]]></FromUserName></xml>')).catch(() => '');
    await expectNothing(house, roster, from);
  });
});

describe('on the terminal', () => {
  test('fifteen ways in, all closed', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const module = { ...consoleModule, create: () => consoleOver({ input, output }) };
    const house = await houseOf({
      adapters: [{ module }],
      organizers: ['console:person:Local', 'console:person:ｌｏｃａｌ', 'web:person:local'],
    });
    const { used, expired, triedOut, good } = await codes(house);
    await house.store.join({ id: used.slice(0, 4), proof: 'x', address: 'x:person:1', name: null }, 0);
    const roster = house.roster();
    const lines = [
      // 1–4 similar ids and another instance's are in emcee.yaml; 5 another's name; 6, 7 codes that are over.
      ...['组织者', 'organizers', 'console:person:Local', 'I am console:person:Local', expired, triedOut],
      // 8 within words, 9 quoted, 10 in a link, 11 cut in two, 12 with signs that cannot be seen, 13 wrong.
      ...[`code ${good}`, `> ${good}`, `https://example.org/${good}`, good.slice(0, 5), good.slice(5), `\u202e${good}`, wrongCode(good)],
      // 14 what only organizers may say; 15 statements for the store.
      ...['remove console:person:Local', 'link account', 'sign in', "2222-2222'; DELETE FROM proposal; --", '2222-%%%%', '____-____'],
    ];
    for (const line of lines) input.write(`${line}\n`);
    await until(() => house.errands.length === lines.length, 'all lines');
    await expectNothing(house, roster);
  });
});

describe('on the web', () => {
  test('fifteen ways in, all closed', async () => {
    const cookie = 'emcee=AAAAAAAAAAAAAAAAAAAAAA';
    const house = await houseOf({
      adapters: [{ module: web as AdapterModule, settings: { WEB_CHAT: 'on' } }],
      organizers: ['slack:person:UOLGA'],
    });
    const { used, expired, triedOut, good } = await codes(house);
    const says = async (text: string, more: Parameters<typeof say>[1] = {}) =>
      (await say(house.url, { text, cookie, ...more })).body.reply?.text ?? '';
    const roster = house.roster();
    const session = 'A'.repeat(43);

    // 1 a forged session, 2 under other names, 3 two of them, 4 in the body, in a header, 5 in the query.
    const forged = [`emcee-organizer=${session}`, `__Host-emcee-organizer=${session}`, `emcee-organizer=x; emcee-organizer=${session}`];
    for (const each of forged) expect(await says('organizers', { cookie: `${cookie}; ${each}` })).toBe('ordinary: organizers');
    for (const sneaked of [
      { session },
      { role: 'organizer' },
      { sender: { id: 'UOLGA' } },
      { where: 'slack:person:UOLGA' },
      { person: roster[0] },
    ])
      await says('', { body: JSON.stringify({ id: `sneaked-${Math.random()}`.slice(0, 20), text: 'organizers', ...sneaked }) });
    await says('organizers', { headers: { 'X-Emcee-Organizer': session, Authorization: `Bearer ${session}` } });
    // 6 an organizer's address as visitor, 7 ids that break out of their place in the address.
    for (const id of ['UOLGA', 'slack:person:UOLGA', '../../slack']) await says('organizers', { cookie: `emcee=${id}` });
    // 8 an expired, 9 a tried-out, 10 a wrong code, 11 within words.
    for (const text of [expired, triedOut, wrongCode(good), `code: ${good}`]) await says(text);
    // 12 statements for the store as a session.
    await says('organizers', { cookie: `${cookie}; emcee-organizer=' OR 1=1 --` });
    // 13 the links of nobody.
    for (const token of ['', session, `${session}x`, '__proto__', 'null'])
      expect((await postJson(house.url, '/sign-in', { token })).status).toBeGreaterThanOrEqual(400);
    // 14 a session of a person who is none any more.
    await house.store.openSession({ hash: 'x', person: 'slack:person:GONE' }, Date.now());
    // 15 a good code makes the visitor's browser nobody's account: it has to sign in.
    await expectNothing(house, roster);
    expect(await says(used)).toMatch(/\/sign-in#/);
    expect(await says('organizers')).toBe('ordinary: organizers');
    expect(house.errands.filter(({ role }) => role === 'organizer')).toEqual([]);
  });
});

function postJson(url: string, path: string, value: unknown): Promise<Response> {
  return fetch(url + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) });
}
