// What an account may do before it is connected, for whoever plans a broadcast; and how many mass sends it has.
import { expect, test } from 'vitest';
import wechat from '../../adapters/wechat/index.js';
import type { Address } from '../../src/adapter.js';

const ALL = 'wechat:audience:all' as Address;
const MEMBER = 'wechat:person:o1' as Address;
const base = { WECHAT_TOKEN: 'token', WECHAT_HINTS: 'hourly', WECHAT_API_URL: 'http://127.0.0.1:9' } as const;
const verified = { ...base, WECHAT_APP_ID: 'wx1', WECHAT_APP_SECRET: 'secret' };

test('without a secret it only answers; with one it may speak, as far as anybody knows', () => {
  const personal = wechat.create(base, 'wechat');
  expect([ALL, MEMBER].map((to) => personal.capabilities(to).proactive)).toEqual(['never', 'never']);
  const account = wechat.create(verified, 'wechat');
  expect(account.capabilities(ALL)).toMatchObject({ proactive: 'always', rooms: false, limits: [] });
  expect(account.capabilities(MEMBER)).toMatchObject({ proactive: { withinMs: expect.any(Number) }, limits: [] });
});

test('its mass sends: one a day, or four a month for each follower; a preview to one follower is none', () => {
  const limits = (mass: 'daily' | 'monthly', to: Address) =>
    wechat.create({ ...verified, WECHAT_MASS: mass }, 'wechat').capabilities(to).limits;
  expect(limits('daily', ALL)).toEqual([{ scope: 'adapter', count: 1, per: 'day', zone: 'Asia/Shanghai' }]);
  expect(limits('monthly', ALL)).toEqual([{ scope: 'target', count: 4, per: 'month', zone: 'Asia/Shanghai' }]);
  expect(limits('daily', MEMBER)).toEqual([]);
  expect(limits('daily', 'wechat:audience:preview:o1')).toEqual([]);
});
