// What emcee doctor learns of an Official Account.
import { afterEach, expect, test } from 'vitest';
import wechat from '../../adapters/wechat/index.js';
import type { Examined } from '../../src/adapter.js';
import { emcee } from '../cli/emcee.js';
import { AES_KEY, TOKEN } from '../fakes/wechat/account.js';
import { startWeChatApi, type WeChatApi } from '../fakes/wechat/api.js';

let api: WeChatApi;
afterEach(() => api.close());

async function examined(
  given: Partial<WeChatApi> = {},
  publicUrl: string | undefined = 'https://bot.example.org',
  changes: object = {},
): Promise<string[]> {
  api = await startWeChatApi(given);
  const settings = {
    WECHAT_TOKEN: TOKEN,
    WECHAT_APP_ID: api.appId,
    WECHAT_APP_SECRET: api.secret,
    WECHAT_HINTS: 'hourly' as const,
    WECHAT_API_URL: api.url,
  };
  const found: Examined[] = (await wechat.examine?.({ ...settings, ...changes }, { publicUrl })) ?? [];
  expect(JSON.stringify(found)).not.toMatch(new RegExp([TOKEN, api.secret].join('|')));
  return found.map(({ level, message }) => `${level} ${message}`);
}

test('all is well: mode, address, API, what the account may do, clock', async () => {
  const found = await examined();
  expect(found.every((line) => line.startsWith('ok '))).toBe(true);
  expect(found.join('\n')).toMatch(
    /plain mode[\s\S]*https:\/\/bot\.example\.org\/hooks\/wechat[\s\S]*2 addresses[\s\S]*mass sends: yes[\s\S]*clock agrees/,
  );
  expect(api.sent).toEqual([]);
});

test('a personal account: the answers work, the rest is named', async () => {
  expect((await examined({ kind: 'personal' })).filter((line) => !line.startsWith('ok '))).toEqual([
    expect.stringMatching(/^warning.*mass sends: no.*48001/),
  ]);
});

test.each([
  [{ allowedIps: [] as string[] }, /error.*IP list.*\(127\.0\.0\.1\) \(40164\)/],
  [{ clockAheadMs: 400_000 }, /error.*clock is (?:399|400) s behind/],
  [{ clockAheadMs: -400_000 }, /error.*clock is 40[01] s ahead/],
  [{ clockAheadMs: 100_000 }, /warning.*clock/],
])('%j', async (given, says) => {
  expect((await examined(given)).join('\n')).toMatch(says);
});

test.each([
  [undefined, /warning.*EMCEE_PUBLIC_URL is not set.*hooks\/wechat/],
  ['https://bot.example.org:8443', /error.*port 8443/],
  ['http://127.0.0.1:80', /error.*cannot reach/],
  ['http://192.168.1.2', /error.*cannot reach/],
  ['https://203.0.113.9', /ok.*name is better/],
  ['http://bot.example.org', /ok.*http:\/\/bot\.example\.org\/hooks\/wechat/],
])('public address %s', async (publicUrl, says) => {
  api = await startWeChatApi();
  const found = await wechat.examine?.({ WECHAT_TOKEN: TOKEN, WECHAT_HINTS: 'hourly', WECHAT_API_URL: api.url }, { publicUrl });
  expect(found?.map(({ level, message }) => `${level} ${message}`).join('\n')).toMatch(says);
});

test('without a secret nothing but the clock is asked for; without an answer that is said', async () => {
  const alone = await examined({}, undefined, { WECHAT_APP_SECRET: undefined });
  expect(alone.join('\n')).toMatch(/answers only[\s\S]*clock agrees/);
  expect(api.urls).toEqual(['/cgi-bin/getcallbackip']);
  await api.close();
  const nobody = await examined({}, undefined, { WECHAT_API_URL: 'http://127.0.0.1:9', WECHAT_AES_KEY: AES_KEY });
  expect(nobody.join('\n')).toMatch(/safe mode[\s\S]*error wechat: WeChat does not answer[\s\S]*warning.*clock/);
});

test.each([
  [{ WECHAT_APP_ID: 'wx0000' }, /error.*WECHAT_APP_ID/],
  [{ WECHAT_APP_SECRET: 'another-secret' }, /error.*WECHAT_APP_SECRET is wrong/],
])('%j is refused by WeChat', async (changes, says) => {
  expect((await examined({}, undefined, changes)).join('\n')).toMatch(says);
});

test('emcee doctor says it', async () => {
  api = await startWeChatApi({ allowedIps: [] });
  const env = { WECHAT_TOKEN: TOKEN, WECHAT_APP_ID: api.appId, WECHAT_APP_SECRET: api.secret, WECHAT_API_URL: api.url };
  const { stdout, code } = await emcee(['doctor', '--json'], { env });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toContainEqual({
    about: 'platforms',
    level: 'error',
    message: expect.stringContaining('(127.0.0.1) (40164)'),
  });
});
