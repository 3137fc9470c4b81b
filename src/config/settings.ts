// The core's own settings. .env.example is written from these and the adapters' declarations; a test keeps it equal.
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
  HOST: { description: 'Address to listen on. 0.0.0.0 in a container.', default: '127.0.0.1' },
  PORT: {
    description: 'Port to listen on; 0 takes any free one.',
    default: '3000',
    parse: (value) => {
      if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new Error('is no port: write a number from 0 to 65535.');
      return Number(value);
    },
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
