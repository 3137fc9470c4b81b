// One organizer in Slack, in WeChat, in the web chat and on the command line: one broadcast to all platforms, and nobody else's.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emcee, type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { type ChatServer, startChatServer } from '../fakes/chat-server.mjs';
import { until } from '../fakes/platform.js';
import { type Slack, type SlackPost, startSlack } from '../fakes/slack/slack.mjs';
import { say as sayToWeChat, TOKEN, text } from '../fakes/wechat/account.js';
import { startWeChatApi, type WeChatApi } from '../fakes/wechat/api.js';

// Processes start, and platforms keep their pace.
vi.setConfig({ testTimeout: 120_000 });

const ADAPTER = fileURLToPath(new URL('../fakes/chat-adapter.mjs', import.meta.url));
const ROOMS = Array.from({ length: 40 }, (_, at) => `room:${at}`);

let folder: ReturnType<typeof temporaryFolder>;
let slack: Slack;
let wechat: WeChatApi;
let chat: ChatServer;
let bot: StartedBot;
let env: Record<string, string>;

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'events'));
  folder.write('events/chengdu.md', "---\ntitle: Cloud Meetup\nstart: 2023-11-04 14:00\ncodes: ['20231104']\n---\n");
  chat = await startChatServer({ targets: ROOMS });
  slack = await startSlack({ gapMs: 0, echo: true });
  wechat = await startWeChatApi({ kind: 'subscription' });
  const channels = [
    { name: 'events', address: 'slack:#events' },
    { name: 'page', address: 'web:audience:all' },
    { name: 'account', address: 'wechat:audience:all' },
    ...ROOMS.map((room) => ({ name: room.replace(':', '-'), address: `chat:${room}` })),
  ].map(({ name, address }) => `  - { name: ${name}, address: '${address}', tags: [announce] }`);
  folder.write('emcee.yaml', `community: C\ntimezone: UTC\nlanguage: en\nchannels:\n${channels.join('\n')}\n`);
  env = {
    ...{ EMCEE_CONTENT: folder.path, EMCEE_DATA: join(folder.path, 'data'), EMCEE_ADAPTERS: ADAPTER, CHAT_URL: chat.url },
    CHAT_LIMITS: JSON.stringify([{ scope: 'adapter', count: 4, per: 1_000 }]),
    ...{ SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret },
    ...{ WECHAT_TOKEN: TOKEN, WECHAT_APP_ID: wechat.appId, WECHAT_APP_SECRET: wechat.secret, WECHAT_API_URL: wechat.url },
  };
  bot = await startBot(env, { stdin: 'pipe' });
  slack.hook = `${bot.url}/hooks/slack`;
});
afterAll(async () => {
  await bot?.kill('SIGKILL');
  await Promise.all([slack?.close(), wechat?.close(), chat?.close()]);
  folder?.remove();
});

/** What the organizer hears in their direct messages of Slack; a report may come in between. */
async function inSlack(said: string, about = /./): Promise<SlackPost> {
  const before = slack.posts.length;
  await slack.say({ channel: slack.dm('UANN'), user: 'UANN', text: said });
  return slack.posted((post) => slack.posts.indexOf(post) >= before && post.channel === slack.dm('UANN') && about.test(post.text));
}

async function inWeChat(said: string, member = 'oAnn'): Promise<string> {
  const answer = await sayToWeChat(bot.url, { token: TOKEN }, text(said, { FromUserName: member }));
  return answer.fields.Content ?? '';
}

const cookies = new Map<string, string>();
async function onThePage(path: string, body: unknown): Promise<{ status: number; body: string }> {
  const response = await fetch(`${bot.url}${path}`, {
    method: 'POST',
    headers: {
      ...{ 'Content-Type': 'application/json', Origin: bot.url },
      Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    body: JSON.stringify(body),
  });
  for (const line of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
    cookies.set(name, value);
  }
  return { status: response.status, body: await response.text() };
}
let said = 0;
async function inTheBrowser(words: string): Promise<string> {
  said += 1;
  const { body } = await onThePage('/api/chat/messages', { id: `message-${said}`, text: words });
  return String((JSON.parse(body) as { reply: { text: string } | null }).reply?.text ?? '');
}

/** On the terminal that the bot was started on. */
async function onTheTerminal(words: string, about = /./): Promise<string> {
  const before = bot.stdout().length;
  const heard = () => bot.stdout().slice(before);
  bot.say(words);
  await until(() => about.test(heard()), `an answer to ${words}`);
  return heard();
}

const codeIn = (words: string) => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(words)?.[0] ?? '';
const sent = async () =>
  (JSON.parse((await emcee(['deliveries', '--json'], { env })).stdout) as { state: string }[]).filter(({ state }) => state === 'sent')
    .length;

test('an organizer comes to be, on every platform; nobody else does', async () => {
  const { code } = JSON.parse((await emcee(['organizer', 'invite', '--json'], { env })).stdout) as { code: string };
  expect((await inSlack('broadcast @announce hello')).text).not.toContain(code);
  expect((await inSlack(code)).text).toMatch(/organizer/i);
  const further = codeIn((await inSlack('link')).text);
  expect(await inWeChat(further)).toMatch(/organizer/i);
  expect(await onTheTerminal(further, /organizer/i)).toContain('console:person:local');
  const link = /\/sign-in#([\w-]+)/.exec((await inSlack('sign in')).text)?.[1];
  expect((await onThePage('/sign-in', { token: link })).status).toBe(200);
  expect((await onThePage('/sign-in', { token: link })).status).toBe(401);
  expect(await inTheBrowser('organizers')).toMatch(/1 organizer|UANN/);
  expect(slack.posts.length + wechat.sent.length + chat.posts.length).toBe(slack.posts.length);
});

test('a broadcast goes to all platforms at once: shown, confirmed, followed, stopped, gone on with, reported', async () => {
  const before = slack.posts.length;
  const preview = await inSlack('broadcast @announce Tonight at seven <!channel>');
  expect(preview.text).toMatch(/43 channels/);
  const shown = JSON.stringify(preview.blocks);
  for (const platform of ['slack', 'web', 'wechat', 'chat']) expect(shown).toContain(platform);
  expect(chat.posts).toHaveLength(0);
  await slack.click({ user: 'UANN', message: { ts: preview.ts, channel: preview.channel }, action: 'Send' });
  await until(() => chat.posts.length >= 8, 'it has begun');
  expect(await inWeChat('progress')).toMatch(/\d+\/43/);
  expect(await inTheBrowser('stop')).toMatch(/stopped/i);
  const arrived = await settled(() => chat.posts.length);
  expect(arrived).toBeLessThan(40);
  expect((await emcee(['broadcast', 'resume'], { env })).code).toBe(0);
  await until(async () => (await sent()) === 43, 'all have it');
  expect(new Set(chat.posts.map(({ target }) => target)).size).toBe(40);
  expect(chat.posts).toHaveLength(40);
  expect(wechat.sent.filter(({ how }) => how === 'mass')).toHaveLength(1);
  const posted = slack.posts.slice(before).filter(({ channel }) => channel !== slack.dm('UANN'));
  expect(posted).toHaveLength(1);
  expect(JSON.stringify(posted)).not.toContain('<!channel>');
  await until(() => slack.posts.some(({ channel, text }) => channel === slack.dm('UANN') && /43\/43/.test(text)), 'the report');
  expect(await inTheBrowser('report')).toMatch(/43/);
  expect(slack.updates.length).toBeGreaterThan(0);
});

test('a slides link that is set in Slack is what a member of WeChat gets', async () => {
  expect(await inWeChat('20231104', 'oMember')).not.toContain('https://slides.example.org/a');
  const question = await inSlack('slides 20231104 https://slides.example.org/a?x=1 password abcd', /slides\.example/);
  await slack.click({ user: 'UANN', message: { ts: question.ts, channel: question.channel }, action: 'Yes' });
  await until(async () => (await inWeChat('20231104', 'oMember')).includes('https://slides.example.org/a?x=1'), 'the link');
  expect(await inWeChat('20231104', 'oMember')).toContain('abcd');
  expect(await inTheBrowser('status')).toMatch(/slack/);
});

type Ask = (words: string, about: RegExp) => Promise<string>;
test.each<[string, Ask]>([
  ['Slack', async (words, about) => (await inSlack(words, about)).text],
  ['WeChat', (words) => inWeChat(words)],
  ['Web', (words) => inTheBrowser(words)],
  ['Terminal', onTheTerminal],
])('every flow from %s', async (name, ask) => {
  // A visitor may write twenty times a minute; the session outlives the visitor.
  cookies.delete('emcee');
  const says = async (words: string, about: RegExp) => {
    const heard = await ask(words, about);
    expect(heard).toMatch(about);
    return heard;
  };
  const numberIn = (heard: string) => /number (\d{4})/.exec(heard)?.[1] ?? '';
  const first = await says(`broadcast @events Hello from ${name}`, /number \d{4}/);
  const id = /\b([a-z]\d[a-z]\d[a-z])\b/.exec(first)?.[1] ?? '';
  await says('drafts', new RegExp(`${id}[\\s\\S]*Hello from ${name}`));
  const number = numberIn(await says(`edit ${id} Good evening from ${name}`, /Good evening[\s\S]*number \d{4}/));
  await says(number === '1357' ? '1358' : '1357', /not the number/);
  await says(number, /on its way/);
  await until(
    () => slack.posts.some(({ channel, text }) => channel === 'CEVENTS' && text.includes(`Good evening from ${name}`)),
    'the post',
  );
  await until(async () => (await ask(`progress ${id}`, /1\/1/)).includes('1/1'), 'its end');
  await says(`report ${id}`, /1\/1/);
  const later = numberIn(await says(`broadcast tomorrow 10:00 @events Later from ${name}`, /10:00[\s\S]*number \d{4}/));
  await says(later, /will go to 1 channel at/);
  await says('stop', /stopped/i);
  const dropped = /\b([a-z]\d[a-z]\d[a-z])\b/.exec(await says(`broadcast @events Not from ${name}`, /number/))?.[1] ?? '';
  await says(`discard ${dropped}`, /dropped/);
  await says('announce 20231104 @events', /over/);
  await says(`slides 20231104 https://slides.example.org/${name}`, /slides\.example\.org/);
  await says('yes', /20231104/);
  await until(async () => (await inWeChat('20231104', 'oMember')).includes(`https://slides.example.org/${name}`), 'the link');
  await says(`alias ${name}-ppt = 20231104`, /20231104/);
  await until(async () => (await inWeChat(`${name}-ppt`, 'oMember')).includes(`https://slides.example.org/${name}`), 'the alias');
  await says('status', /Platforms/);
});

test('nobody else can: neither with the same words nor with what was overheard', async () => {
  const count = async () => [chat.posts.length, wechat.sent.length, await sent()];
  const before = await count();
  const number = /number (\d{4})/.exec((await inSlack('broadcast @slack Secret', /number/)).text)?.[1] ?? '';
  expect(number).toMatch(/^\d{4}$/);
  for (const words of [number, 'broadcast @announce mine', 'stop', 'resume', 'discard'])
    await slack.say({ channel: slack.dm('UBEN'), user: 'UBEN', text: words });
  await inWeChat(number, 'oBob');
  await inWeChat('群发 @announce 我的', 'oBob');
  expect(await count()).toEqual(before);
});

test('the text may be the message that is answered, or the next one', async () => {
  const { ts } = await slack.say({ channel: slack.dm('UANN'), user: 'UANN', text: 'Doors open at *six*' });
  const before = slack.posts.length;
  await slack.say({ channel: slack.dm('UANN'), user: 'UANN', text: 'broadcast @slack', thread_ts: ts });
  const preview = await slack.posted((post) => slack.posts.indexOf(post) >= before && post.thread_ts === ts);
  expect(JSON.stringify(preview.blocks)).toContain('Doors open at');
  expect(await inWeChat('群发 @slack')).toMatch(/发给我/);
  expect(await inWeChat('大家明天见')).toMatch(/大家明天见[\s\S]*\d{4}/);
});

/** A number that has stopped changing for a second. */
async function settled(read: () => number): Promise<number> {
  for (let before = read(); ; before = read()) {
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    if (read() === before) return before;
  }
}
