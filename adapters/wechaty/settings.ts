import type { Setting } from '../../src/adapter.js';
import { puppetOf } from './puppets.js';
import { INSTALL } from './sdk.js';

export type Welcome = 'friends' | 'rooms' | 'accept';

export interface WechatySettings extends Record<string, unknown> {
  WECHATY_PUPPET: string;
  WECHATY_PUPPET_TOKEN?: string;
  /** Milliseconds between two posts, and between two answers. */
  WECHATY_PACE: [min: number, max: number];
  WECHATY_REPLY_PACE: [min: number, max: number];
  WECHATY_BATCH: { count: number; per: number };
  WECHATY_DAILY: number;
  WECHATY_DAILY_REPLIES: number;
  WECHATY_HOURS: { from: string; to: string };
  WECHATY_ZONE: string;
  WECHATY_WELCOME: Welcome[];
  WECHATY_STABLE_IDS?: boolean;
}

const UNITS = { ms: 1, s: 1_000, m: 60_000 } as const;
const milliseconds = (number: string | undefined, unit: string | undefined) => Number(number) * UNITS[unit as keyof typeof UNITS];
const WELCOMES: readonly string[] = ['friends', 'rooms', 'accept'];

function span(value: string): [number, number] {
  const [, min, max, unit] = /^(\d{1,5})-(\d{1,5})(ms|s|m)$/.exec(value) ?? [];
  if (unit === undefined || Number(min) > Number(max)) throw new Error('is no span: write it like 3-8s.');
  return [milliseconds(min, unit), milliseconds(max, unit)];
}

function count(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new Error('is no number: write one such as 100.');
  return Number(value);
}

export const SETTINGS: Record<string, Setting> = {
  WECHATY_PUPPET: {
    description: `Personal WeChat over Wechaty: the puppet (wechat4u, padlocal, service, …; a package, or a file). Read docs/wechaty.md first; then ${INSTALL}`,
  },
  WECHATY_PUPPET_TOKEN: { description: 'Token of the puppet, where it needs one (padlocal, service).', optional: true, secret: true },
  WECHATY_PACE: { description: 'Between two posts; drawn anew for each.', default: '3-8s', parse: span },
  WECHATY_REPLY_PACE: { description: 'Between two answers to members.', default: '1-3s', parse: span },
  WECHATY_BATCH: {
    description: 'At most so many posts in so long a time.',
    default: '20/10m',
    parse: (value) => {
      const [, number, per, unit] = /^(\d{1,4})\/(\d{1,5})(ms|s|m)$/.exec(value) ?? [];
      if (unit === undefined || Number(number) < 1 || Number(per) < 1) throw new Error('is no batch: write it like 20/10m.');
      return { count: Number(number), per: milliseconds(per, unit) };
    },
  },
  WECHATY_DAILY: { description: 'Messages that the account sends a day, at most.', default: '200', parse: count },
  WECHATY_DAILY_REPLIES: {
    description: 'Of these, how many are kept for answers to members: posts never take them, nor the other way round.',
    default: '100',
    parse: count,
  },
  WECHATY_HOURS: {
    description: 'When posts go out; those that are due at other times wait. Answers go at any time.',
    default: '09:00-21:00',
    parse: (value) => {
      const [, from, to] = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.exec(value) ?? [];
      if (!from || !to || from === to) throw new Error('are no hours: write them like 09:00-21:00.');
      return { from, to };
    },
  },
  WECHATY_ZONE: {
    description: 'Time zone of these hours and of the day.',
    default: 'Asia/Shanghai',
    parse: (value) => {
      try {
        new Intl.DateTimeFormat('en', { timeZone: value });
        return value;
      } catch {
        throw new Error('is no time zone: write it like Asia/Shanghai.');
      }
    },
  },
  WECHATY_WELCOME: {
    description:
      'Who is welcomed: friends (new friends), rooms (who joins a bound group); accept: requests to be friends are accepted, too. With commas between them; off: nobody.',
    default: 'off',
    parse: (value) => {
      const words = value === 'off' ? [] : value.split(',').map((each) => each.trim());
      if (words.some((word) => !WELCOMES.includes(word)))
        throw new Error(`is not understood: write off, or some of ${WELCOMES.join(', ')}.`);
      return words;
    },
  },
  WECHATY_STABLE_IDS: {
    description: 'yes: you have seen that people keep their ids over a new login (docs/wechaty.md says how to see it).',
    optional: true,
    parse: (value) => {
      if (value !== 'yes' && value !== 'no') throw new Error('is not understood: write yes or no.');
      return value === 'yes';
    },
  },
};

export function mistake(settings: WechatySettings): string | undefined {
  const { WECHATY_PUPPET: puppet, WECHATY_PUPPET_TOKEN: token, WECHATY_DAILY: all, WECHATY_DAILY_REPLIES: replies } = settings;
  if (puppetOf(puppet).needsToken && !token) return `wechaty: the puppet ${puppet} needs WECHATY_PUPPET_TOKEN (docs/wechaty.md).`;
  if (replies < 1 || replies >= all) return 'wechaty: WECHATY_DAILY_REPLIES has to be at least 1 and less than WECHATY_DAILY.';
  return undefined;
}
