// What holds without Wechaty: settings, sentences, what is sent.
import { expect, test } from 'vitest';
import wechaty from '../../../adapters/wechaty/index.js';
import { loadSdk, packageOf } from '../../../adapters/wechaty/sdk.js';
import { Troubles } from '../../../adapters/wechaty/troubles.js';
import type { AdapterModule } from '../../../src/adapter.js';
import { readAdapterSettings, SettingsError } from '../../../src/config/environment.js';
import { settingsOf } from './scene.js';

const missing = (name: string) =>
  Promise.reject(Object.assign(new Error(`Cannot find package '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' }));

test('a missing SDK and a missing puppet are one sentence with the command that installs them', async () => {
  await expect(loadSdk('wechat4u', 'en', missing)).rejects.toThrow(
    /Wechaty is not installed: run npm ci --prefix adapters\/wechaty --omit=dev/,
  );
  await expect(loadSdk('wechat4u', 'zh', missing)).rejects.toThrow(
    /没有安装 Wechaty：请在 emcee 目录运行 npm ci --prefix adapters\/wechaty --omit=dev/,
  );
  const withoutPuppet = (name: string) => (name.includes('padlocal') ? missing(name) : Promise.resolve({}));
  await expect(loadSdk('padlocal', 'en', withoutPuppet)).rejects.toThrow(
    /npm i --prefix adapters\/wechaty --no-save wechaty-puppet-padlocal/,
  );
  await expect(loadSdk('./mine.mjs', 'en', (name) => (name.endsWith('mine.mjs') ? missing(name) : Promise.resolve({})))).rejects.toThrow(
    'there is no ./mine.mjs',
  );
  expect(['wechat4u', 'wechaty-puppet-x', '@acme/puppet'].map(packageOf)).toEqual([
    'wechaty-puppet-wechat4u',
    'wechaty-puppet-x',
    '@acme/puppet',
  ]);
});

test('it is off without a puppet; mistakes in its settings are named at once, the token never', () => {
  const modules = [wechaty as AdapterModule];
  expect(readAdapterSettings(modules, {})).toEqual([]);
  const wrong = {
    ...{ WECHATY_PUPPET: 'wechat4u', WECHATY_PACE: '8-3s', WECHATY_BATCH: '20', WECHATY_HOURS: '9-21', WECHATY_ZONE: 'Mars/Base' },
    ...{ WECHATY_DAILY: 'many', WECHATY_WELCOME: 'all', WECHATY_STABLE_IDS: 'maybe' },
  };
  try {
    readAdapterSettings(modules, wrong);
    expect.unreachable();
  } catch (error) {
    const { mistakes } = error as SettingsError;
    for (const name of Object.keys(wrong).slice(1)) expect(mistakes.join('\n')).toContain(`${name}: `);
  }
  expect(() => readAdapterSettings(modules, { WECHATY_PUPPET: 'padlocal' })).toThrow(/padlocal needs WECHATY_PUPPET_TOKEN/);
  expect(() => readAdapterSettings(modules, { WECHATY_PUPPET: 'wechat4u', WECHATY_DAILY: '50' })).toThrow(SettingsError);
  expect(() => readAdapterSettings(modules, { WECHATY_PUPPET_TOKEN: 'secret-token' })).toThrow(/WECHATY_PUPPET is missing/);
});

test('a batch in no time would be no limit', () => {
  for (const batch of ['20/0m', '0/10m'])
    expect(() => readAdapterSettings([wechaty as AdapterModule], { WECHATY_PUPPET: 'wechat4u', WECHATY_BATCH: batch })).toThrow(
      /WECHATY_BATCH/,
    );
});

test('nobody is an organizer by an id that changes, and the reason is given', () => {
  const reason = (more: Record<string, string>) => wechaty.unstableIds?.(settingsOf(more))?.en;
  expect(reason({ WECHATY_PUPPET: 'wechat4u', WECHATY_STABLE_IDS: 'yes' })).toMatch(/other ids at each login/);
  expect(reason({ WECHATY_PUPPET: 'service', WECHATY_PUPPET_TOKEN: 'x' })).toMatch(/WECHATY_STABLE_IDS=yes/);
  expect(reason({ WECHATY_PUPPET: 'service', WECHATY_PUPPET_TOKEN: 'x', WECHATY_STABLE_IDS: 'yes' })).toBeUndefined();
  expect(reason({ WECHATY_PUPPET: 'padlocal', WECHATY_PUPPET_TOKEN: 'x' })).toBeUndefined();
});

test('the defaults are the cautious ones, and are told in both languages', () => {
  const [on] = readAdapterSettings([wechaty as AdapterModule], { WECHATY_PUPPET: 'wechat4u' });
  const { limits, hours, pace } = wechaty.create(on?.values as never, 'wechaty').capabilities();
  expect(hours).toEqual({ from: '09:00', to: '21:00', zone: 'Asia/Shanghai' });
  expect(limits).toEqual([
    { scope: 'adapter', count: 1, per: [3_000, 8_000], of: 'posts' },
    { scope: 'adapter', count: 1, per: [1_000, 3_000], of: 'replies' },
    { scope: 'adapter', count: 20, per: 600_000, of: 'posts' },
    { scope: 'adapter', count: 100, per: 'day', zone: 'Asia/Shanghai', of: 'posts' },
    { scope: 'adapter', count: 100, per: 'day', zone: 'Asia/Shanghai', of: 'replies' },
  ]);
  expect(pace?.zh).toBe('微信群：每条间隔 3–8 秒，10 分钟内最多 20 个群，一天最多 100 条，只在 09:00–21:00（Asia/Shanghai）发送。');
  expect(pace?.en).toMatch(/3–8 s between two, at most 20 groups in 10 minutes and 100 messages a day/);
});

test('a long text gives way to its links and choices', () => {
  const url = 'https://example.org/slides/20231104';
  const wire = wechaty.format({
    text: '很长的介绍。'.repeat(1_000),
    card: { title: '成都站', links: [{ label: 'PPT', url, password: 'abcd' }] },
    choices: [{ label: '第一场', say: '1' }],
  }) as string;
  expect(wire.length).toBeLessThanOrEqual(2_000);
  for (const needed of [url, 'abcd', '1. 第一场']) expect(wire).toContain(needed);
  expect(wechaty.format({ text: '@所有人\u2005请看' })).not.toContain('\u2005');
});

test('neither the token nor the code to scan gets into a log, a notice or /healthz', () => {
  const logged: object[] = [];
  const silent = () => undefined;
  const log = { debug: silent, info: silent, error: silent, warn: (data: object) => void logged.push(data) };
  const troubles = new Troubles(log, 'puppet_workpro_0123');
  troubles.hide('https://login.weixin.qq.com/l/SECRET==');
  troubles.note(new Error('token "puppet_workpro_0123" does not exist\n    at somewhere'));
  troubles.note(`12:00:00 INFO scan https://wechaty.js.org/qrcode/${encodeURIComponent('https://login.weixin.qq.com/l/SECRET==')}`);
  troubles.note(`12:00:01 INFO scan https://wechaty.js.org/qrcode/${encodeURIComponent('https://login.weixin.qq.com/l/SECRET==')}`);
  expect(logged).toEqual([{ reason: 'token "***" does not exist' }, { reason: 'INFO scan https://wechaty.js.org/qrcode/***' }]);
});
