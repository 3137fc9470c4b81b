// The core's own settings. .env.example is written from these and the adapters' declarations; a test keeps it equal.
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Setting } from '../adapter.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

export const CORE_SETTINGS = {
  EMCEE_CONTENT: {
    description: 'Folder with emcee.yaml, slides.yaml and events/.',
    default: './content',
    parse: (value) => resolve(value),
  },
  EMCEE_DATA: {
    description: 'Folder for the SQLite file; made when it is missing, readable by its owner only.',
    default: './data',
    parse: (value) => resolve(value),
  },
  DATABASE_URL: {
    description: 'postgres://user:password@host/name: several replicas share this PostgreSQL instead of the SQLite file.',
    optional: true,
    secret: true,
    parse: (value) => {
      const url = URL.canParse(value) ? new URL(value) : undefined;
      if (!url || !/^postgres(?:ql)?:$/.test(url.protocol))
        throw new Error('is no address of a PostgreSQL: write postgres://user:password@host/name.');
      return value;
    },
  },
  EMCEE_KEEP_DAYS: {
    description: 'Days that final deliveries are kept.',
    default: '90',
    parse: (value) => {
      if (!/^\d{1,4}$/.test(value) || Number(value) < 1) throw new Error('is no number of days: write 1 or more.');
      return Number(value);
    },
  },
  EMCEE_READBACK_AFTER: {
    description: 'How long after an attempt whose end is unknown the platform is asked whether the message arrived.',
    default: '60s',
    parse: (value) => {
      const [, number, unit] = /^(\d{1,5})(ms|s|m)$/.exec(value) ?? [];
      if (!number) throw new Error('is no span: write it like 60s, 500ms or 2m.');
      return Number(number) * ({ ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm'] ?? 1);
    },
  },
  HOST: { description: 'Address to listen on. 0.0.0.0 in a container.', default: '127.0.0.1' },
  PORT: {
    description: 'Port to listen on; 0 takes any free one.',
    default: '3000',
    parse: (value) => {
      if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new Error('is no port: write a number from 0 to 65535.');
      return Number(value);
    },
  },
  EMCEE_PUBLIC_URL: {
    description: 'Where people reach this bot, for example https://bot.example.org; with https its cookies are for https only.',
    optional: true,
    parse: (value) => {
      const url = URL.canParse(value) ? new URL(value) : undefined;
      if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
        throw new Error('is no address of a site: write it like https://bot.example.org, without a path.');
      return url.origin;
    },
  },
  EMCEE_TRUST_PROXY: {
    description:
      'Proxies in front of emcee whose X-Forwarded-For and -Proto are believed: addresses or ranges with commas between them; loopback, linklocal and uniquelocal are names of such ranges.',
    optional: true,
    parse: (value) => value.split(',').map((each) => proxy(each.trim())),
  },
  EMCEE_METRICS_TOKEN: {
    description: 'Who sends it as "Authorization: Bearer …" sees the details of /healthz from elsewhere than this machine.',
    optional: true,
    secret: true,
    parse: (value) => {
      if (value.length < 12) throw new Error('is too short: take 12 characters or more.');
      return value;
    },
  },
  EMCEE_ADAPTERS: {
    description: 'Further adapters: packages, files or folders, with commas between them (docs/adapters.md).',
    optional: true,
    parse: (value) =>
      value
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
  },
  LOG_LEVEL: {
    description: `How much is logged: ${LOG_LEVELS.join(', ')}. Default: info; warn while you chat on a terminal.`,
    optional: true,
    parse: (value) => {
      if (!LOG_LEVELS.includes(value)) throw new Error(`is no log level: write one of ${LOG_LEVELS.join(', ')}.`);
      return value;
    },
  },
} as const satisfies Record<string, Setting>;

function proxy(written: string): string {
  const [address = '', bits, ...rest] = written.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const isRange = isIP(address) !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
  // Half the internet is nobody's proxy: such a range lets everyone choose an address.
  const isWide = bits !== undefined && Number(bits) < 8;
  if (['loopback', 'linklocal', 'uniquelocal'].includes(written) || (isRange && !isWide)) return written;
  throw new Error('names no proxy: write addresses such as 10.0.0.5, ranges such as 172.16.0.0/12, or loopback, linklocal, uniquelocal.');
}
