// Speaking first through WeChat's API, against a fake that refuses what WeChat refuses.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import wechat from '../../adapters/wechat/index.js';
import { type Adapter, type Address, SendError } from '../../src/adapter.js';
import { adapterContract, type TestHost, testHost } from '../contracts/adapter.js';
import { until } from '../fakes/platform.js';
import { event, request, TOKEN, text } from '../fakes/wechat/account.js';
import { startWeChatApi, type WeChatApi } from '../fakes/wechat/api.js';

let api: WeChatApi;
let adapter: Adapter;
let host: TestHost;
let settled: { id: string; result: unknown }[] = [];

const MEMBER: Address = 'wechat:person:oMember';
const ALL: Address = 'wechat:audience:all';
const create = (changes: Record<string, unknown> = {}) =>
  wechat.create(
    {
      WECHAT_TOKEN: TOKEN,
      WECHAT_APP_ID: api.appId,
      WECHAT_APP_SECRET: api.secret,
      WECHAT_HINTS: 'hourly',
      WECHAT_API_URL: api.url,
      ...changes,
    },
    'wechat',
  );
async function connect(changes?: Record<string, unknown>, sessions = testHost().sessions): Promise<Adapter> {
  host = testHost(() => ({ text: 'answer' }));
  host.sessions = sessions;
  host.settle = (id, result) => void settled.push({ id, result });
  adapter = create(changes);
  await adapter.connect(host);
  return adapter;
}
/** A request of WeChat's, answered and written. */
async function arrives(xml: string): Promise<string> {
  const { query, body } = request({ token: TOKEN }, xml);
  const response = await adapter.webhook?.handle({
    method: 'POST',
    path: '/hooks/wechat',
    query: new URLSearchParams(query).toString(),
    headers: {},
    body: Buffer.from(body),
    signal: new AbortController().signal,
  });
  response?.written?.(true);
  return String(response?.body);
}
const send = (to: Address, said = 'hello', deliveryId = 'd1') => adapter.send(to, wechat.format({ text: said }), { deliveryId });
const refused = (to: Address, said = 'hello'): Promise<SendError> =>
  send(to, said).then(
    () => expect.fail('it was sent'),
    (error) => error,
  );

beforeEach(async () => {
  api = await startWeChatApi();
  settled = [];
  api.memberDoes('oMember', 'writes');
});
afterEach(async () => {
  await adapter?.close();
  await api.close();
});

for (const { name, run } of adapterContract({
  module: wechat as never,
  create: () => {
    adapter = create();
    return adapter;
  },
  address: MEMBER,
  arrived: () => api.sent.map(({ text }) => text),
  say: async (said) => void (await arrives(text(said))),
}))
  test(`with the API: ${name}`, run);

describe('the access token', () => {
  test('nothing is fetched before the first answer', async () => {
    await connect();
    expect(await arrives(text('20231104'))).toContain('answer');
    expect(api.sent).toEqual([]);
    await until(() => api.counts.has('message/mass/get'), 'the look at what the account may do');
    expect(api.counts.get('stable_token')).toBe(1);
  });

  test('is fetched once for many sends at once, and shared by replicas', async () => {
    await connect();
    for (let count = 0; count < 20; count += 1) api.memberDoes(`o${count}`, 'writes');
    await Promise.all(Array.from({ length: 20 }, (_, count) => send(`wechat:person:o${count}`)));
    expect(api.counts.get('stable_token')).toBe(1);
    const first = adapter;
    await connect({}, host.sessions);
    await send(MEMBER);
    await first.close();
    expect(api.counts.get('stable_token')).toBe(1);
  });

  test.each([42001, 40001, 40014])('%d: it is dropped, fetched once and the send tried once more', async (errcode) => {
    await connect();
    await send(MEMBER, 'one');
    api.expireToken();
    api.next.push({ path: 'custom/send', fault: { errcode } });
    await send(MEMBER, 'two');
    expect(api.sent.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(api.counts.get('stable_token')).toBe(2);
  });

  test('refused again: no loop, organizers are told, nothing was sent', async () => {
    await connect();
    for (let count = 0; count < 3; count += 1) api.next.push({ path: 'custom/send', fault: { errcode: 40001 } });
    expect(await refused(MEMBER)).toMatchObject({ reason: 'signed-out', maybeSent: false });
    expect(api.counts.get('custom/send') ?? api.counts.get('message/custom/send')).toBe(2);
    expect(host.told.join()).toMatch(/another program/);
  });

  test.each([-1, 0, 1e12, 'soon', null])('a life of %j is taken for one between a minute and two hours', async (expiresIn) => {
    api.expiresIn = expiresIn;
    await connect();
    for (const said of ['one', 'two', 'three']) await send(MEMBER, said);
    expect(api.counts.get('stable_token')).toBe(1);
  });

  test('an address that is not listed is told with the address, and not asked for again at once', async () => {
    api.allowedIps = ['203.0.113.9'];
    await connect();
    for (let count = 0; count < 5; count += 1) expect(await refused(MEMBER)).toMatchObject({ reason: 'signed-out', maybeSent: false });
    expect(api.counts.get('stable_token')).toBe(1);
    expect(host.told).toEqual([expect.stringContaining('127.0.0.1')]);
  });

  test.each(['500', 'html', 'reset'] as const)('%s instead of a token: certainly not sent', async (fault) => {
    api.next.push({ path: 'stable_token', fault });
    await connect();
    expect(await refused(MEMBER)).toMatchObject({ reason: 'unreachable', maybeSent: false });
  });
});

describe('to a member', () => {
  test('only to who has written within 48 hours, five messages', async () => {
    await connect();
    const { proactive } = adapter.capabilities(MEMBER);
    expect(typeof proactive === 'object' && proactive.withinMs).toBeLessThanOrEqual(48 * 3600_000);
    for (let count = 0; count < 5; count += 1) expect(await send(MEMBER)).toMatchObject({ state: 'accepted' });
    expect(await refused(MEMBER)).toMatchObject({ reason: 'window-closed', maybeSent: false });
    api.followers.set('oSilent', { windows: [] });
    expect(await refused('wechat:person:oSilent')).toMatchObject({ reason: 'window-closed' });
    expect(await refused('wechat:person:oNobody')).toMatchObject({ reason: 'unknown-target' });
  });

  test('a tap, a scan or a follow opens no window for what the bot says by itself', async () => {
    await connect();
    await arrives(event('CLICK', { EventKey: 'help' }));
    await arrives(event('subscribe'));
    await arrives(text('hello'));
    const heard = await host.heard(3);
    expect(heard.map(({ opensWindow = true }) => opensWindow)).toEqual([false, false, true]);
  });

  test('a card goes as a card, a long text is cut and whole in its letters', async () => {
    await connect();
    const card = {
      title: '深圳站',
      page: 'https://c.example/1',
      image: 'https://c.example/1.png',
      links: [{ label: '页面', url: 'https://c.example/1' }],
    };
    await adapter.send(MEMBER, wechat.format({ text: '下一场', card }));
    await adapter.send(MEMBER, wechat.format({ text: '长'.repeat(5_000) }));
    expect(api.sent.map(({ text }) => text)).toEqual(['深圳站 下一场 https://c.example/1', expect.stringMatching(/^长+\n…$/)]);
  });
});

describe('to an audience', () => {
  test('goes to all or to a tag, waits for its report, and is settled by it', async () => {
    await connect();
    expect(adapter.capabilities(ALL).proactive).toBe('always');
    const receipt = await send(ALL, 'to all', 'post-1');
    expect(receipt).toMatchObject({ state: 'waiting', platformId: api.sent[0]?.msgId });
    await send('wechat:audience:100', 'to a tag', 'post-2');
    expect(api.sent.map(({ to, clientmsgid }) => [to, clientmsgid])).toEqual([
      ['all', 'post-1'],
      ['100', 'post-2'],
    ]);
    const counts = { TotalCount: '100', FilterCount: '80', SentCount: '75', ErrorCount: '5' };
    expect(await arrives(event('MASSSENDJOBFINISH', { MsgID: String(receipt.platformId), Status: 'send success', ...counts }))).toBe(
      'success',
    );
    await until(() => settled.length === 1);
    expect(settled[0]).toMatchObject({ id: 'post-1', result: { state: 'delivered', counts: { total: 100, sent: 75, failed: 5 } } });
    expect(host.told.join()).toMatch(/75 of 100/);
    await arrives(event('MASSSENDJOBFINISH', { MsgID: api.sent[1]?.msgId ?? '', Status: 'err(40002)', TotalCount: '0' }));
    await until(() => settled.length === 2);
    expect(settled[1]?.result).toBeInstanceOf(SendError);
    expect(host.told.join()).toMatch(/30 minutes/);
  });

  test('a report that comes before its answer counts too; one of the console’s own does not disturb', async () => {
    await connect();
    await arrives(event('MASSSENDJOBFINISH', { MsgID: '2247483647000000999', Status: 'send success' }));
    const next = String(BigInt((await send(ALL, 'a', 'a')).platformId ?? 0) + 1n);
    await arrives(event('MASSSENDJOBFINISH', { MsgID: next, Status: 'send success', TotalCount: '3' }));
    await send(ALL, 'b', 'b');
    await until(() => settled.length === 1);
    expect(settled).toMatchObject([{ id: 'b', result: { state: 'delivered' } }]);
  });

  test('made again under its id it is not made twice, and read-back says that it may be', async () => {
    api.next.push({ path: 'sendall', fault: 'takenThenReset' });
    await connect();
    expect(await refused(ALL)).toMatchObject({ maybeSent: true });
    expect(await adapter.seen?.(ALL, 'd1', new Date())).toEqual({ state: 'absent' });
    expect(await send(ALL)).toMatchObject({ state: 'waiting', platformId: api.sent[0]?.msgId });
    expect(api.sent).toHaveLength(1);
    expect(await adapter.seen?.(ALL, 'd1', new Date(Date.now() - 24 * 3600_000))).toEqual({ state: 'cannot-tell' });
    expect(await adapter.seen?.(MEMBER, 'd1', new Date())).toEqual({ state: 'cannot-tell' });
    await send(ALL, 'long', `post:${'x'.repeat(200)}`);
    expect(api.sent[1]?.clientmsgid).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a preview goes to one follower; unknown audiences and tags are refused', async () => {
    await connect();
    expect(await send('wechat:audience:preview:oMember', 'look')).toMatchObject({ state: 'accepted' });
    expect(api.sent).toMatchObject([{ how: 'preview', to: 'oMember', text: 'look' }]);
    for (const id of ['102', 'everybody', 'preview:oNobody', ''])
      expect(await refused(`wechat:audience:${id}`)).toMatchObject({ reason: 'unknown-target', maybeSent: false });
  });

  test('no quota left: refused, and told', async () => {
    api.massLeft = 0;
    await connect();
    expect(await refused(ALL)).toMatchObject({ reason: 'refused', maybeSent: false });
    expect(host.told.join()).toMatch(/mass send is left/);
  });
});

describe('what the account may not do', () => {
  test('a personal account answers, and is known to do no more; a restart does not forget it', async () => {
    api.kind = 'personal';
    await connect();
    await arrives(text('20231104'));
    await until(() => adapter.capabilities(ALL).proactive === 'never' && adapter.capabilities(MEMBER).proactive === 'never');
    expect(host.told).toEqual([]);
    const asked = api.urls.length;
    await adapter.close();
    await connect({}, host.sessions);
    await until(() => adapter.capabilities(ALL).proactive === 'never');
    await arrives(text('20231104'));
    expect(api.urls).toHaveLength(asked);
  });

  test('it is found out by sending too', async () => {
    api.kind = 'personal';
    await connect();
    expect(await refused(ALL)).toMatchObject({ reason: 'not-allowed', maybeSent: false });
    expect(adapter.capabilities(ALL).proactive).toBe('never');
    expect(typeof adapter.capabilities(MEMBER).proactive).toBe('object');
  });

  test('without a secret it only answers', async () => {
    await connect({ WECHAT_APP_SECRET: undefined });
    expect(adapter.capabilities(MEMBER).proactive).toBe('never');
    expect(await refused(MEMBER)).toMatchObject({ reason: 'not-allowed', maybeSent: false });
    await arrives(text('x'));
    expect(api.urls).toEqual([]);
  });
});

test.each([
  [-1, 'rate-limited'],
  [40003, 'unknown-target'],
  [43004, 'unknown-target'],
  [43019, 'not-allowed'],
  [43101, 'not-allowed'],
  [45002, 'too-long'],
  [45009, 'rate-limited'],
  [45011, 'rate-limited'],
  [45015, 'window-closed'],
  [45047, 'window-closed'],
  [45066, 'rate-limited'],
  [48001, 'not-allowed'],
  [48002, 'not-allowed'],
  [48004, 'not-allowed'],
  [50002, 'not-allowed'],
  [99999, 'refused'],
])('errcode %d is %s, and certainly not sent', async (errcode, reason) => {
  await connect();
  api.next.push({ path: 'custom/send', fault: { errcode, errmsg: `no ${'t'.repeat(136)} rid: 12-34` } });
  const error = await refused(MEMBER);
  expect(error).toMatchObject({ name: 'SendError', reason, maybeSent: false });
  if (reason === 'rate-limited') expect(error.retryAfterMs).toBeGreaterThan(0);
  expect(error.message).not.toMatch(/t{60}|rid/);
});

test.each(['500', 'html', 'takenThenReset', 'reset'] as const)('%s: it may have been sent; no token stands in the error', async (fault) => {
  await connect();
  await send(MEMBER, 'first');
  api.next.push({ path: 'custom/send', fault });
  const error = await refused(MEMBER);
  expect(error).toMatchObject({ reason: 'unreachable', maybeSent: true });
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(/access_token|[\w-]{60}/);
});

test('nobody listens: certainly not sent; given up on the way: in doubt', async () => {
  await connect({ WECHAT_API_URL: 'http://127.0.0.1:9' });
  expect(await refused(MEMBER)).toMatchObject({ reason: 'unreachable', maybeSent: false });
  await connect();
  await send(MEMBER);
  api.next.push({ path: 'custom/send', fault: 'never' });
  const given = adapter.send(MEMBER, wechat.format({ text: 'x' }), { signal: AbortSignal.timeout(300) });
  await expect(given).rejects.toMatchObject({ reason: 'unreachable', maybeSent: true });
});
