// `emcee doctor`: would WeChat's messages arrive here, would they be taken, and what may the account do?
import { isIP } from 'node:net';
import { type Examined, SendError } from '../../src/adapter.js';
import type { Client } from './api/client.js';
import { clientFor, wordsOf } from './api/once.js';
import { probe } from './api/probe.js';
import { ask } from './api/request.js';
import { isInside } from './inside.js';
import { modeOf, type Settings } from './settings.js';

const REFUSED_FROM_S = 300;
const WORTH_A_WORD_S = 60;
const MODES = { plain: '明文模式', compatible: '兼容模式', safe: '安全模式' };

/** Asks WeChat what can be asked; sends nothing. */
export async function examine(settings: Settings, { publicUrl }: { publicUrl?: string }): Promise<Examined[]> {
  const mode = modeOf(settings);
  const found: Examined[] = [
    {
      level: 'ok',
      message: `wechat: ${mode} mode: choose ${MODES[mode]} at mp.weixin.qq.com, “基本配置”, with the same Token${mode === 'plain' ? '' : ' and EncodingAESKey'}`,
    },
    address(publicUrl),
  ];
  const client = clientFor(settings);
  if (client) found.push(...(await account(client)));
  else found.push({ level: 'ok', message: 'wechat: answers only (no WECHAT_APP_SECRET): nothing can be posted by itself' });
  const ahead = client?.clockAheadMs ?? (await aheadOf(settings.WECHAT_API_URL));
  return [...found, clock(ahead)];
}

function address(publicUrl: string | undefined): Examined {
  const enter = (base: string) => `${base}/hooks/wechat as URL (服务器地址) at mp.weixin.qq.com, “基本配置”`;
  if (!publicUrl)
    return {
      level: 'warning',
      message: `wechat: EMCEE_PUBLIC_URL is not set. Enter ${enter('https://<your host>')}; WeChat takes ports 80 and 443 only`,
    };
  const url = new URL(publicUrl);
  if (url.port !== '' && url.port !== '80' && url.port !== '443')
    return {
      level: 'error',
      message: `wechat: EMCEE_PUBLIC_URL has port ${url.port}, and WeChat calls 80 and 443 only: put a server in front (docs/operate.md)`,
    };
  if (isInside(url.hostname))
    return {
      level: 'error',
      message: `wechat: WeChat cannot reach ${url.hostname} from the internet: EMCEE_PUBLIC_URL has to be a public address`,
    };
  const bare = isIP(url.hostname.replace(/[[\]]/g, '')) !== 0 && url.protocol === 'https:';
  return {
    level: 'ok',
    message: `wechat: enter ${enter(publicUrl)}${bare ? '; a certificate for a bare address is rare: a name is better' : ''}`,
  };
}

async function account(client: Client): Promise<Examined[]> {
  try {
    const { ip_list } = await client.call('/cgi-bin/getcallbackip');
    const count = Array.isArray(ip_list) ? ip_list.length : 0;
    return [
      {
        level: 'ok',
        message: `wechat: the API answers, the IP list lets this machine in; WeChat calls from ${count} addresses (docs/wechat.md, firewall)`,
      },
      await rights(client),
    ];
  } catch (error) {
    return [{ level: 'error', message: `wechat: ${wordsOf(error)}` }];
  }
}

async function rights(client: Client): Promise<Examined> {
  try {
    const closed = await probe(client);
    const may = (part: 'custom' | 'mass') => (closed.includes(part) ? 'no' : 'yes');
    return {
      level: closed.length > 0 ? 'warning' : 'ok',
      message: `wechat: customer-service messages: ${may('custom')}; mass sends: ${may('mass')}${closed.length > 0 ? ' (48001: the account is not verified for them); members get their answers all the same' : ''}`,
    };
  } catch (error) {
    const passes = error instanceof SendError && error.reason === 'rate-limited';
    return {
      level: passes ? 'warning' : 'error',
      message: `wechat: what the account may send could not be found out: ${wordsOf(error)}`,
    };
  }
}

/** Any answer tells the time, also a refusal. */
async function aheadOf(api: string): Promise<number | undefined> {
  const answered = await ask(new URL(`${api}/cgi-bin/getcallbackip`), undefined).catch(() => undefined);
  return answered?.date === undefined ? undefined : Date.now() - answered.date;
}

function clock(aheadMs: number | undefined): Examined {
  if (aheadMs === undefined)
    return {
      level: 'warning',
      message: 'wechat: WeChat’s API does not answer, so the clock could not be compared: more than 300 s apart, every message is refused',
    };
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const apart = `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} WeChat's`;
  if (seconds > REFUSED_FROM_S) return { level: 'error', message: `wechat: the clock is ${apart}: every message is refused. Set it (NTP)` };
  if (seconds > WORTH_A_WORD_S)
    return { level: 'warning', message: `wechat: the clock is ${apart}; from 300 s on every message is refused. Set it (NTP)` };
  return { level: 'ok', message: 'wechat: the clock agrees with WeChat’s' };
}
