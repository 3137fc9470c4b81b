import type { Capabilities } from '../../src/adapter.js';
import type { WechatySettings } from './settings.js';

/**
 * The ledger keeps all of this, over restarts. No safe numbers are published; the defaults are cautious guesses below what got accounts
 * blocked (docs/wechaty.md).
 */
export function capabilitiesOf(settings: WechatySettings): Capabilities {
  const { WECHATY_PACE, WECHATY_REPLY_PACE, WECHATY_BATCH, WECHATY_DAILY, WECHATY_DAILY_REPLIES } = settings;
  const zone = settings.WECHATY_ZONE;
  return {
    proactive: 'always',
    rooms: true,
    choices: false,
    limits: [
      { scope: 'adapter', count: 1, per: WECHATY_PACE, of: 'posts' },
      { scope: 'adapter', count: 1, per: WECHATY_REPLY_PACE, of: 'replies' },
      { scope: 'adapter', ...WECHATY_BATCH, of: 'posts' },
      { scope: 'adapter', count: WECHATY_DAILY - WECHATY_DAILY_REPLIES, per: 'day', zone, of: 'posts' },
      { scope: 'adapter', count: WECHATY_DAILY_REPLIES, per: 'day', zone, of: 'replies' },
    ],
    gapMs: WECHATY_REPLY_PACE,
    hours: { ...settings.WECHATY_HOURS, zone },
    pace: paceOf(settings),
  };
}

function paceOf(settings: WechatySettings): Record<'zh' | 'en', string> {
  const [min, max] = settings.WECHATY_PACE.map((ms) => ms / 1_000);
  const { count, per } = settings.WECHATY_BATCH;
  const minutes = Math.round((per / 60_000) * 10) / 10;
  const posts = settings.WECHATY_DAILY - settings.WECHATY_DAILY_REPLIES;
  const { from, to } = settings.WECHATY_HOURS;
  return {
    zh: `微信群：每条间隔 ${min}–${max} 秒，${minutes} 分钟内最多 ${count} 个群，一天最多 ${posts} 条，只在 ${from}–${to}（${settings.WECHATY_ZONE}）发送。`,
    en: `WeChat groups: ${min}–${max} s between two, at most ${count} groups in ${minutes} minutes and ${posts} messages a day, only from ${from} to ${to} (${settings.WECHATY_ZONE}).`,
  };
}
