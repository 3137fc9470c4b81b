// WeChat Official Accounts (公众号): members ask, the answer comes in the response. docs/wechat.md tells how to set one up.
import type { AdapterModule } from '../../src/adapter.js';
import { examine } from './examine.js';
import { format, rest, textOf } from './format.js';
import { fetchRules, readRules } from './rules.js';
import { mistake, SETTINGS, type Settings } from './settings.js';
import { WeChatAdapter } from './wechat.js';

const adapter: AdapterModule<Settings> = {
  name: 'wechat',
  settings: SETTINGS,
  mistake,
  passive: true,
  format,
  rest,
  preview: textOf,
  create: (settings, instance) => new WeChatAdapter(settings, instance),
  examine,
  rules: { fetch: fetchRules, read: readRules },
};
export default adapter;
