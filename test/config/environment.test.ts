import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AdapterModule } from '../../src/adapter.js';
import { loadAdapters } from '../../src/adapters.js';
import { envExample } from '../../src/config/env-example.js';
import { readAdapterSettings, readEnvironment, SettingsError, secretsOf } from '../../src/config/environment.js';
import { createLog } from '../../src/log.js';

const pigeon = {
  name: 'pigeon',
  settings: {
    PIGEON_TOKEN: { description: 'a token', secret: true },
    PIGEON_SECRET: { description: 'a secret', secret: true },
    PIGEON_ROOM: { description: 'a room', optional: true },
    PIGEON_API: { description: 'an address', default: 'https://pigeon.example' },
  },
} as unknown as AdapterModule;

const mistakes = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
};

describe('settings', () => {
  test('none is needed', () => {
    expect(readEnvironment({})).toMatchObject({ host: '127.0.0.1', port: 3000, adapters: [] });
  });

  test('every mistake is named at once; a secret is not shown', () => {
    const found = mistakes(() => readEnvironment({ PORT: '70000', LOG_LEVEL: 'loud', EMCEE_METRICS_TOKEN: 'short-one' }));
    expect(found).toHaveLength(3);
    expect(found.join('\n')).not.toContain('short-one');
  });

  test.each(['x', '-1', '65536', '1e3', '3000 '.repeat(2), '0x50'])('PORT=%s is refused', (PORT) => {
    expect(mistakes(() => readEnvironment({ PORT }))).toHaveLength(1);
  });

  test('an adapter is on when its settings are there, off when none is, and half of them is a mistake', () => {
    expect(readAdapterSettings([pigeon], {})).toEqual([]);
    expect(mistakes(() => readAdapterSettings([pigeon], { PIGEON_TOKEN: 'x' }))).toEqual([
      expect.stringContaining('PIGEON_SECRET is missing'),
    ]);
    const [on] = readAdapterSettings([pigeon], { PIGEON_TOKEN: 'x', PIGEON_SECRET: 'y' });
    expect(on?.values).toEqual({ PIGEON_TOKEN: 'x', PIGEON_SECRET: 'y', PIGEON_API: 'https://pigeon.example' });
  });

  test('a setting of blanks is missing', () => {
    expect(mistakes(() => readAdapterSettings([pigeon], { PIGEON_TOKEN: 'x', PIGEON_SECRET: ' ' }))).toHaveLength(1);
  });

  test('.env.example says what is declared', async () => {
    const { modules } = await loadAdapters([], '.');
    expect(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')).toBe(envExample(modules));
    expect(envExample([pigeon])).toContain('# PIGEON_API=https://pigeon.example');
  });
});

describe('the log', () => {
  const written = (log: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []) => {
    const lines: string[] = [];
    log(createLog('info', secrets, (line) => lines.push(line)));
    return lines;
  };

  test('masks secrets wherever they stand, by value and by shape', () => {
    const secrets = secretsOf([pigeon], { PIGEON_TOKEN: 'canary"one', PIGEON_SECRET: ' canary/two+=\n' });
    const [line = ''] = written(
      (log) =>
        log.error(
          { err: new Error('said canary"one'), url: 'https://x?access_token=canary3&a=1', db: 'postgres://bot:canary4@host/db' },
          'canary/two+= xoxb-canary5-0123456789',
        ),
      secrets,
    );
    expect(line).not.toContain('canary');
    expect(line).toContain('a=1');
  });

  test('one line each, whatever a name holds', () => {
    const lines = written((log) => log.info({ name: 'a\nb\r\u001b[31m\u2028c' }, 'x'));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\n\r\u001b]/);
  });
});
