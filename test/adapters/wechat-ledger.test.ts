// What the bot says by itself on an Official Account: ledger, adapter and WeChat's API together.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import wechat from '../../adapters/wechat/index.js';
import type { Adapter } from '../../src/adapter.js';
import type { Alerts } from '../../src/bot/alerts.js';
import { Bot } from '../../src/bot/index.js';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import { keyvOver } from '../../src/store/keyv.js';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { testHost } from '../contracts/adapter.js';
import { silentLog, until } from '../fakes/platform.js';
import { event, request, TOKEN, text } from '../fakes/wechat/account.js';
import { startWeChatApi, type WeChatApi } from '../fakes/wechat/api.js';

let folder = '';
let store: Store;
let api: WeChatApi;
let adapter: Adapter;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emcee-wechat-'));
  store = await openSqlite(folder, { lock: true });
  api = await startWeChatApi();
  adapter = wechat.create(
    { WECHAT_TOKEN: TOKEN, WECHAT_APP_ID: api.appId, WECHAT_APP_SECRET: api.secret, WECHAT_HINTS: 'hourly', WECHAT_API_URL: api.url },
    'wechat',
  );
  ledger = new Ledger({ store, log: silentLog, timing: faster(TIMING, 20), adapterOf: () => adapter, online: () => ['wechat'] });
  const bot = new Bot({
    store,
    ledger,
    alerts: { waiting: async () => undefined } as unknown as Alerts,
    log: silentLog,
    community: () => ({ organizers: [], channels: [] }) as never,
    answer: ({ text: said }) => ({ kind: 'code', events: [], language: 'en', reply: { text: `re: ${said}` } }),
    refersBack: () => false,
  });
  await adapter.connect({
    ...testHost(),
    sessions: keyvOver(store, 'session:wechat'),
    receive: (message) => bot.receive({ instance: 'wechat', module: wechat as never, threads: false, limitsWho: true }, message),
    settle: (id, result) =>
      void ledger.settle(
        id,
        'reason' in result ? { state: 'refused', reason: result.reason } : { ...result, state: 'sent', receipt: result.state },
      ),
  });
  await ledger.start();
});
afterEach(async () => {
  await adapter.close();
  await ledger.stop();
  await store.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

async function arrives(xml: string): Promise<void> {
  const { query, body } = request({ token: TOKEN }, xml);
  const search = new URLSearchParams(query).toString();
  const signal = new AbortController().signal;
  const response = await adapter.webhook?.handle({ method: 'POST', path: '', query: search, headers: {}, body: Buffer.from(body), signal });
  expect(response?.status).toBe(200);
}
const post = (id: string, address: string) =>
  ledger.post({ id, kind: 'reminder', by: 'test' }, [
    { channel: id, address, wire: wechat.format({ text: id }), at: Date.now(), until: Date.now() + 60_000 },
  ]);
const stateOf = async (id: string) => {
  const [found] = await store.deliveries({ post: id, limit: 1 });
  return found && [found.state, found.reason ?? found.receipt];
};
const becomes = (id: string, state: string, why: string) =>
  until(async () => String(await stateOf(id)) === `${state},${why}`, `${id}: ${state}, ${why}`);

test('an audience may be posted to at any time, a member only after a message of theirs; a tap is none', async () => {
  await arrives(event('CLICK', { FromUserName: 'oAnn', EventKey: 'help' }));
  api.memberDoes('oAnn', 'clicks');
  await post('too-early', 'wechat:person:oAnn');
  await becomes('too-early', 'refused', 'window-closed');
  await arrives(text('20231104', { FromUserName: 'oAnn' }));
  api.memberDoes('oAnn', 'writes');
  await post('in-time', 'wechat:person:oAnn');
  await becomes('in-time', 'sent', 'accepted');
  await post('to-all', 'wechat:audience:all');
  await becomes('to-all', 'sent', 'waiting');
  await arrives(
    event('MASSSENDJOBFINISH', { MsgID: api.sent.at(-1)?.msgId ?? '', Status: 'send success', TotalCount: '2', SentCount: '2' }),
  );
  await becomes('to-all', 'sent', 'delivered');
  expect(api.sent.map(({ how, text: said }) => `${how} ${said}`)).toEqual(['custom in-time', 'mass to-all']);
});

test('the sixth message in a window is refused by WeChat, which counts anew with each message of the member', async () => {
  await arrives(text('20231104', { FromUserName: 'oAnn' }));
  api.memberDoes('oAnn', 'writes');
  for (let count = 1; count <= 6; count += 1) await post(`p${count}`, 'wechat:person:oAnn');
  await becomes('p6', 'refused', 'window-closed');
  expect(api.sent).toHaveLength(5);
});

test('a mass send whose answer was lost is made again under its id: once for WeChat', async () => {
  api.next.push({ path: 'sendall', fault: 'takenThenReset' });
  await post('lost', 'wechat:audience:all');
  await becomes('lost', 'sent', 'waiting');
  expect(api.sent).toHaveLength(1);
  expect(api.counts.get('message/mass/sendall')).toBe(2);
});

test('what the administrator does not confirm was not sent', async () => {
  await post('unconfirmed', 'wechat:audience:all');
  await becomes('unconfirmed', 'sent', 'waiting');
  await arrives(event('MASSSENDJOBFINISH', { MsgID: api.sent[0]?.msgId ?? '', Status: 'err(40002)' }));
  await becomes('unconfirmed', 'refused', 'refused');
});
