// Becoming an organizer with the built command line beside a running bot, and ceasing to be one.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCookie, say } from '../fakes/http.js';
import { until } from '../fakes/platform.js';
import { emcee, SAMPLE, type StartedBot, startBot, temporaryFolder } from './emcee.js';

const folder = temporaryFolder();
const env = { EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, 'data') };
let bot: StartedBot;
beforeAll(async () => {
  bot = await startBot(env);
});
afterAll(async () => {
  await bot?.kill('SIGKILL');
  folder.remove();
});

const run = async (...args: string[]) => {
  const { stdout, code } = await emcee(args, { env });
  expect(code, args.join(' ')).toBe(0);
  return args.includes('--json') ? JSON.parse(stdout) : stdout;
};

test('invite, join, sign in, list, audit, remove: the running bot knows within a second', async () => {
  expect(await run('organizer', 'list')).toBe('console:person:local (emcee.yaml)\n');
  expect(await run('audit')).toBe('Nothing has been done yet.\n');
  const { code, expiresAt } = await run('organizer', 'invite', '--json');
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);

  const visitor = newCookie();
  const link = (await say(bot.url, { text: code, cookie: visitor })).body.reply?.text ?? '';
  const token = /\/sign-in#([\w-]{43})$/.exec(link)?.[1];
  expect(link).toContain(`${bot.url}/sign-in#`);
  const entered = await fetch(`${bot.url}/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = `${visitor}; ${entered.headers.getSetCookie()[0]?.split(';', 1)[0]}`;
  const asks = async (text: string) => (await say(bot.url, { text, cookie })).body.reply?.text ?? '';
  expect(await asks('organizers')).toMatch(/There are 2 organizers:[\s\S]*web:person:/);

  const [, { person, accounts }] = await run('organizer', 'list', '--json');
  expect(accounts).toEqual([{ address: person, name: null, from: 'invitation' }]);
  const id = code.slice(0, 4);
  const who = expect.stringMatching(/^cli:.+/);
  expect(await run('audit', '--json')).toMatchObject([
    { who, did: 'invited', about: { invite: id } },
    { who: person, did: 'joined', about: { account: person, invite: id } },
    { who: person, did: 'signed-in', about: {} },
  ]);
  expect(await run('organizer', 'remove', person)).toBe(`${person} is no organizer any more.\n`);
  await until(async () => !(await asks('organizers')).includes('web:person'), 'the removal');
  const log = await run('audit', '--limit', '2');
  expect(log.split('\n')).toHaveLength(3);
  expect(log).toMatch(/removed {2}person=web:person:/);
  for (const secret of [code.slice(5), token ?? '']) expect(log + bot.log()).not.toContain(secret);
});

test('wrong use is told in a sentence', async () => {
  const wrong = async (...args: string[]) => {
    const { stderr, code } = await emcee(args, { env });
    return [code, stderr.split('\n')[0]];
  };
  expect(await wrong('organizer', 'remove', 'slack:person:NOBODY')).toEqual([
    2,
    "'slack:person:NOBODY' is no organizer: `emcee organizer list` shows their addresses.",
  ]);
  expect(await wrong('audit', '--limit', 'all')).toEqual([2, "--limit: 'all' is no number from 1 to 100000."]);
});
