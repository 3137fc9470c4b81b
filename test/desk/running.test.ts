// A running bot with the command line beside it: what the one does, the other knows.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emcee, type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { type ChatServer, startChatServer } from '../fakes/chat-server.mjs';
import { until } from '../fakes/platform.js';
import { type Slack, startSlack } from '../fakes/slack/slack.mjs';

vi.setConfig({ testTimeout: 90_000 });
const ADAPTER = fileURLToPath(new URL('../fakes/chat-adapter.mjs', import.meta.url));
const PAGE = "---\ntitle: Cloud Meetup\nstart: 2099-11-04 14:00\ncodes: ['20991104']\n---\n";

let folder: ReturnType<typeof temporaryFolder>;
let chat: ChatServer;
let bot: StartedBot;
let slack: Slack;
let env: Record<string, string>;

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'events'));
  folder.write('events/chengdu.md', PAGE);
  const rooms = Array.from({ length: 10 }, (_, at) => `room:${at}`);
  chat = await startChatServer({ targets: rooms });
  slack = await startSlack({ gapMs: 0, echo: true });
  const channels = rooms.map((room) => `  - { name: ${room.replace(':', '-')}, address: 'chat:${room}', tags: [announce] }\n`).join('');
  folder.write('emcee.yaml', `community: C\ntimezone: UTC\nlanguage: en\nchannels:\n${channels}`);
  env = {
    ...{ EMCEE_CONTENT: folder.path, EMCEE_DATA: join(folder.path, 'data'), EMCEE_ADAPTERS: ADAPTER, CHAT_URL: chat.url },
    CHAT_LIMITS: JSON.stringify([{ scope: 'adapter', count: 2, per: 1_000 }]),
    ...{ SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret },
  };
  bot = await startBot(env);
  slack.hook = `${bot.url}/hooks/slack`;
});
afterAll(async () => {
  await bot?.kill('SIGKILL');
  await Promise.all([chat?.close(), slack?.close()]);
  folder?.remove();
});

const json = async (...args: string[]) => JSON.parse((await emcee([...args, '--json'], { env })).stdout);
const inHours = (hours: number) => new Date(Date.now() + hours * 3600_000).toISOString().slice(0, 16).concat('Z');

test('a planned announcement is stopped when its event is cancelled, as docs/broadcast.md says', async () => {
  const { id } = await json('broadcast', '--to', 'all', '--announce', '20991104', '--at', inHours(24), '--yes', '--detach');
  folder.write('events/chengdu.md', PAGE.replace('codes', 'status: cancelled\ncodes'));
  await until(async () => (await (await fetch(`${bot.url}/events`)).text()).match(/cancel/i) !== null, 'the page is read');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const found = ((await json('broadcast', 'list')) as { id: string; state: string }[]).find((each) => each.id === id);
  folder.write('events/chengdu.md', PAGE);
  expect(found?.state).toBe('stopped');
});

test('--announce knows the aliases that a chat knows', async () => {
  await emcee(['alias', 'set', 'autumn-gathering', '20991104'], { env });
  const run = await emcee(['broadcast', '--to', 'all', '--announce', 'autumn-gathering', '--dry-run'], { env });
  expect(run.stderr).toBe('');
  expect(run.code).toBe(0);
});

test('who is removed while their broadcast goes out hears no more of it', async () => {
  const dm = slack.dm('UANN');
  const heard = () => slack.posts.filter(({ channel }) => channel === dm).map(({ text }) => text);
  const says = async (text: string, about: RegExp) => {
    await slack.say({ channel: dm, user: 'UANN', text });
    await until(() => heard().some((each) => about.test(each)), text);
  };
  const { code } = await json('organizer', 'invite');
  await says(code, /organizer/);
  await says('broadcast @announce hello', /number \d{4}/);
  const number = heard()
    .map((text) => /number (\d{4})/.exec(text)?.[1])
    .find(Boolean);
  await says(number ?? '', /on its way/);
  const [ann] = ((await json('organizer', 'list')) as { accounts: { address: string }[] }[]).flatMap(({ accounts }) => accounts);
  await emcee(['organizer', 'remove', ann?.address ?? ''], { env });
  await until(async () => chat.posts.length >= 10, 'all have it');
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(heard().join()).not.toMatch(/10\/10/);
});

test('without a terminal nothing goes out; wrong options are told in a sentence', async () => {
  for (const [args, words] of [
    [['--to', 'all', '--text', 'x'], /Nobody is there to confirm it/],
    [['--to', 'nowhere', '--text', 'x', '--yes'], /no tag, city, platform or channel "nowhere"/],
    [['--to', 'all', '--except', 'all', '--text', 'x', '--yes'], /./],
    [['--to', 'all', '--text', 'x', '--at', '2020-01-01 10:00', '--yes'], /has passed/],
    [['--to', 'all', '--text', 'x', '--at', '2027-02-30 10:00', '--yes'], /./],
    [['--to', 'all', '--text', ' ', '--yes'], /nothing to send/],
    [['--to', 'all', '--text', 'x', '--everyone', '--yes'], /may not mention everyone/],
    [['--text', 'x', '--yes'], /where it goes/],
    [['--to', 'all', '--text', 'x', '--file', 'y', '--yes'], /in one way/],
  ] as const) {
    const run = await emcee(['broadcast', ...args], { env });
    expect([run.code, args.join(' '), run.stderr]).toEqual([2, args.join(' '), expect.stringMatching(words)]);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  }
});
