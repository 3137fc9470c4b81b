import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { verifySlackRequest } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Json, type Slack, type SlackOptions, startSlack } from './slack.mjs';

let slack: Slack;
let bot: Server;
/** What the bot's webhook got, and what it answers. */
let heard: { headers: IncomingHttpHeaders; body: string; json: Json }[];
let answer: (response: ServerResponse) => unknown;

beforeEach(async () => {
  heard = [];
  answer = (response) => response.end();
  bot = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    heard.push({ headers: request.headers, body, json: jsonOf(body) });
    answer(response);
  });
  await once(bot.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  await slack?.close();
  bot.closeAllConnections();
  bot.close();
});
async function start(options: SlackOptions = {}) {
  slack = await startSlack({ gapMs: 0, ...options });
  slack.hook = `http://127.0.0.1:${(bot.address() as { port: number }).port}/hooks/slack`;
}
function jsonOf(body: string): Json {
  try {
    return JSON.parse(body);
  } catch {
    // A form, or nothing that means anything.
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload ? JSON.parse(form.payload) : form;
}
const events = () => heard.map(({ json }) => json.event);
const api = async (method: string, args: object) =>
  (
    await fetch(`${slack.url}${method}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${slack.botToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
    })
  ).json();

test('a message where the bot is arrives signed, a mention arrives twice with one ts', async () => {
  await start();
  const { ts, responses } = await slack.say({ channel: '#events', text: '<@UBOT> 20231104' });
  expect(responses).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(events().map(({ type }) => type)).toEqual(expect.arrayContaining(['message', 'app_mention']));
  for (const { headers, body } of heard) {
    const signed = {
      'x-slack-signature': `${headers['x-slack-signature']}`,
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    };
    expect(() => verifySlackRequest({ signingSecret: slack.signingSecret, body, headers: signed })).not.toThrow();
    expect(() => verifySlackRequest({ signingSecret: 'other', body, headers: signed })).toThrow();
  }
  expect(events()).toMatchObject([
    { ts, channel: 'CEVENTS' },
    { ts, channel: 'CEVENTS' },
  ]);
  expect(new Set(heard.map(({ json }) => json.event_id)).size).toBe(2);
});

test('the bot hears only what it may, where it is', async () => {
  await start();
  await slack.say({ channel: 'CELSE', text: '<@UBOT> hello' });
  await slack.say({ channel: 'GSECRET', text: 'hello' });
  expect(events()).toEqual([]);
  slack.scopes = ['app_mentions:read', 'im:history'];
  await slack.say({ channel: 'CEVENTS', text: 'hello' });
  await slack.say({ channel: 'CEVENTS', text: '<@UBOT> hello' });
  await slack.say({ channel: 'UANN', text: '<@UBOT> hello' });
  expect(events()).toMatchObject([{ type: 'app_mention' }, { type: 'message', channel_type: 'im', channel: slack.dm('UANN') }]);
  expect(events()[0].channel_type).toBeUndefined();
});

test('bots, files, people from elsewhere and changed messages look like themselves', async () => {
  await start();
  const { ts } = await slack.say({ channel: 'GINSIDE', text: 'hello' });
  await slack.say({ channel: 'CEVENTS', subtype: 'bot_message', text: 'beep' });
  await slack.say({ channel: 'CEVENTS', text: 'look', files: [{ id: 'F1' }] });
  await slack.say({ channel: 'CEVENTS', user: 'UEVE', team: 'TOTHER', text: 'hi' });
  await slack.edit({ channel: 'GINSIDE', ts, text: 'hello!' });
  expect(events()).toMatchObject([
    { channel_type: 'group', team: 'TEMCEE' },
    { subtype: 'bot_message', bot_id: 'BOTHER' },
    { subtype: 'file_share', files: [{ id: 'F1' }] },
    { team: 'TOTHER', user_team: 'TOTHER' },
    { subtype: 'message_changed', hidden: true, message: { ts, text: 'hello!', edited: {} }, previous_message: { text: 'hello' } },
  ]);
  expect(events()[1].user).toBeUndefined();
  expect(heard.map(({ json }) => json.is_ext_shared_channel)).toEqual([false, false, false, true, false]);
});

test('the bot hears itself when it is asked to', async () => {
  await start({ echo: true });
  await api('chat.postMessage', { channel: 'CEVENTS', text: 'hello <@UBOT>' });
  await expect.poll(events).toMatchObject([{ type: 'message', user: 'UBOT', bot_id: 'BBOT' }]);
});

test('other events change the workspace', async () => {
  await start();
  await slack.event({ type: 'channel_rename', channel: { id: 'CEVENTS', name: 'meetups' } });
  await slack.event({ type: 'channel_archive', channel: 'CGENERAL', user: 'UANN' });
  await slack.event({ type: 'member_joined_channel', channel: 'CELSE', user: 'UBOT' });
  expect(await api('chat.postMessage', { channel: '#meetups', text: 'x' })).toMatchObject({ ok: true, channel: 'CEVENTS' });
  expect(await api('chat.postMessage', { channel: 'CGENERAL', text: 'x' })).toMatchObject({ error: 'is_archived' });
  expect(await api('chat.postMessage', { channel: 'CELSE', text: 'x' })).toMatchObject({ ok: true });
});

test('what is not acknowledged is delivered again, with the same event_id and a reason', async () => {
  await start({ retries: true, ackMs: 50 });
  const ways: ((response: ServerResponse) => unknown)[] = [
    (response) => response.writeHead(500).end(),
    () => {},
    (response) => response.socket?.resetAndDestroy(),
    (response) => response.end(),
  ];
  answer = (response) => ways.shift()?.(response);
  const { responses } = await slack.say({ channel: 'UANN', text: 'hello' });
  expect(responses.map(({ status }) => status)).toEqual([500, 0, 0, 200]);
  const retries = heard.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
  expect(retries).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_timeout'],
    ['3', 'connection_failed'],
  ]);
  expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
  answer = (response) => response.writeHead(401, { 'X-Slack-No-Retry': '1' }).end();
  expect((await slack.say({ channel: 'UANN', text: 'hello' })).responses).toHaveLength(1);
});

test('forged deliveries: another secret, an old time, other bytes, an encoding', async () => {
  await start();
  const payload = { type: 'event_callback' };
  await slack.deliver(payload, { secret: 'other', timestamp: 1 });
  await slack.deliver(payload, { signature: 'v1=00' });
  await slack.deliver(payload, { sentBody: '{"type": "event_callback"}' });
  await slack.deliver(payload, { rawBody: '{' });
  await slack.deliver(payload, { contentEncoding: 'gzip' });
  expect(heard.map(({ body }) => body).slice(2, 4)).toEqual(['{"type": "event_callback"}', '{']);
  expect(heard[0]?.headers['x-slack-request-timestamp']).toBe('1');
  expect(heard[1]?.headers['x-slack-signature']).toBe('v1=00');
  expect(heard[4]?.headers['content-encoding']).toBe('gzip');
});

test('a command: its fields, the answer at once, and five answers later', async () => {
  await start();
  answer = (response) => response.setHeader('Content-Type', 'application/json').end('{"text":"one moment"}');
  const { response_url } = await slack.command({ channel: '#events', text: '20231104' });
  expect(heard[0]?.json).toMatchObject({ command: '/emcee', text: '20231104', user_id: 'UANN', channel_id: 'CEVENTS', response_url });
  expect(slack.posts).toMatchObject([{ text: 'one moment', ephemeral: true, to: 'UANN' }]);
  const respond = async (body: object | string) => {
    const answered = await fetch(response_url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
    return [answered.status, ((await answered.json()) as Json).error];
  };
  expect(await respond('{')).toEqual([400, 'invalid_payload']);
  expect(await respond({ text: 'x', blocks: [{ type: 'no' }] })).toEqual([400, 'invalid_blocks']);
  for (let n = 0; n < 5; n++) expect(await respond({ text: `${n}`, response_type: 'ephemeral' })).toEqual([200, undefined]);
  expect(await respond({ text: '6' })).toEqual([404, 'used_url']);
  expect(slack.posts.slice(1)).toHaveLength(5);
  expect(slack.posts[1]).toMatchObject({ text: '0', ephemeral: true, responseUrl: response_url });
  slack.responseUrlMs = 0;
  expect(await respond({ text: '7' })).toEqual([404, 'expired_url']);
});

test('a click on a button that is there', async () => {
  await start();
  const text = { type: 'plain_text', text: 'Yes' };
  const blocks = [{ type: 'actions', block_id: 'choices', elements: [{ type: 'button', text, action_id: 'say', value: '20231104' }] }];
  await api('chat.postMessage', { channel: 'CEVENTS', text: 'Which?', blocks });
  const [message] = slack.posts;
  if (!message) throw new Error('nothing was posted');
  await slack.click({ message, action: 'Yes' });
  expect(heard[0]?.json).toMatchObject({
    type: 'block_actions',
    container: { message_ts: message.ts, channel_id: 'CEVENTS' },
    actions: [{ type: 'button', action_id: 'say', block_id: 'choices', value: '20231104' }],
    message: { text: 'Which?' },
  });
  await expect(slack.click({ message, action: 'No' })).rejects.toThrow('no such button');
});

/** The same keys, and values of the same kind, all the way down. */
const shapeOf = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(shapeOf)
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
      : typeof value;

test('what it sends has the shape of the recorded payloads', async () => {
  await start();
  const text = { type: 'plain_text', text: 'The meeting', emoji: true };
  const blocks = [{ type: 'actions', block_id: 'choices', elements: [{ type: 'button', action_id: 'say:1', value: '1', text }] }];
  const acts: Record<string, () => Promise<unknown>> = {
    message: () => slack.say({ channel: '#events', text: 'when is the <https://example.org/|meeting>?' }),
    im: () => slack.say({ channel: 'UANN', text: '20231104' }),
    bot_message: () => slack.say({ channel: '#events', subtype: 'bot_message', username: 'calendar', text: 'reminder' }),
    shared_channel_message: () => slack.say({ channel: '#events', user: 'UEVE', team: 'TOTHER', text: 'hello' }),
    slash_command: () => slack.command({ channel: '#events', text: '20231104' }),
    url_verification: () => slack.challenge('word'),
    app_rate_limited: () => slack.rateLimited(),
    async block_actions() {
      await api('chat.postMessage', { channel: 'CEVENTS', text: 'Which?', blocks });
      return slack.click({ message: slack.posts[0] as { ts: string }, action: 'say:1' });
    },
  };
  for (const [name, act] of Object.entries(acts)) {
    const recorded = JSON.parse(readFileSync(new URL(`payloads/${name}.json`, import.meta.url), 'utf8'));
    heard = [];
    await act();
    expect([name, shapeOf((heard as typeof heard)[0]?.json)]).toEqual([name, shapeOf(recorded)]);
  }
});
