// What an Official Account needs; the mode comes from here and never from a request.
import type { Setting } from '../../src/adapter.js';

export type Mode = 'plain' | 'compatible' | 'safe';

export interface Settings extends Record<string, unknown> {
  WECHAT_TOKEN: string;
  WECHAT_APP_ID?: string;
  WECHAT_AES_KEY?: string;
  WECHAT_APP_SECRET?: string;
  WECHAT_MODE?: Mode;
  WECHAT_HINTS: 'hourly' | 'never';
  WECHAT_MASS?: 'daily' | 'monthly';
  /** Without a slash at the end. */
  WECHAT_API_URL: string;
}

const oneOf =
  (...allowed: string[]) =>
  (value: string) => {
    if (!allowed.includes(value)) throw new Error(`is none of: ${allowed.join(', ')}.`);
    return value;
  };

export const SETTINGS: Record<string, Setting> = {
  WECHAT_TOKEN: {
    description:
      'Token of your own choice, as entered at mp.weixin.qq.com, “基本配置” (3 to 32 letters and digits). All that a personal account needs.',
    secret: true,
    parse: (value) => {
      if (!/^[!-~]{3,64}$/.test(value)) throw new Error('is no token: write 3 to 32 letters and digits, the same as at mp.weixin.qq.com.');
      return value;
    },
  },
  WECHAT_APP_ID: {
    description: 'AppID (wx…), for sealed messages and for the API.',
    optional: true,
    parse: (value) => {
      if (!/^[\w-]{3,64}$/.test(value)) throw new Error('is no AppID: it begins with wx and stands at mp.weixin.qq.com, “基本配置”.');
      return value;
    },
  },
  WECHAT_AES_KEY: {
    description: 'EncodingAESKey (43 letters and digits): messages are sealed.',
    optional: true,
    secret: true,
    parse: (value) => {
      if (!/^[A-Za-z0-9+/]{43}$/.test(value)) throw new Error('is no EncodingAESKey: it has 43 letters and digits.');
      return value;
    },
  },
  WECHAT_APP_SECRET: {
    description: 'AppSecret of a verified account: emcee may then speak first (customer-service messages, mass sends). See docs/wechat.md.',
    optional: true,
    secret: true,
  },
  WECHAT_MODE: {
    description:
      'As chosen at mp.weixin.qq.com: plain (明文), compatible (兼容) or safe (安全). Default: safe when there is an EncodingAESKey, else plain.',
    optional: true,
    parse: oneOf('plain', 'compatible', 'safe'),
  },
  WECHAT_HINTS: {
    description: 'How often a member whose message means nothing to emcee is told how to ask: hourly (at most), or never.',
    default: 'hourly',
    parse: oneOf('hourly', 'never'),
  },
  WECHAT_MASS: {
    description:
      'How many mass sends the account has: daily (one a day: a verified 订阅号) or monthly (four a month for each follower: a 服务号). Broadcasts then show what is left.',
    optional: true,
    parse: oneOf('daily', 'monthly'),
  },
  WECHAT_API_URL: {
    description: 'Where WeChat’s API is.',
    default: 'https://api.weixin.qq.com',
    parse: (value) => {
      if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) throw new Error('is no web address: write https://…');
      return value.replace(/\/+$/, '');
    },
  },
};

export function modeOf({ WECHAT_MODE, WECHAT_AES_KEY }: Settings): Mode {
  return WECHAT_MODE ?? (WECHAT_AES_KEY ? 'safe' : 'plain');
}

/** What is wrong with the settings taken together. */
export function mistake(settings: Settings): string | undefined {
  const { WECHAT_APP_ID, WECHAT_AES_KEY, WECHAT_APP_SECRET } = settings;
  const mode = modeOf(settings);
  if (mode !== 'plain' && !WECHAT_AES_KEY) return `WECHAT_MODE=${mode} needs WECHAT_AES_KEY, the EncodingAESKey of “基本配置”.`;
  if (mode !== 'plain' && !WECHAT_APP_ID) return 'WECHAT_AES_KEY needs WECHAT_APP_ID too: sealed messages carry it.';
  if (WECHAT_APP_SECRET && !WECHAT_APP_ID) return 'WECHAT_APP_SECRET needs WECHAT_APP_ID too.';
  return undefined;
}
