import { connect } from 'node:net';
import { SocketModeClient } from '@slack/socket-mode';
import { afterEach, expect, test } from 'vitest';
import { quiet } from './quiet.mjs';
import { type Json, type Slack, type SlackOptions, startSlack } from './slack.mjs';

let slack: Slack;
const clients: SocketModeClient[] = [];
/** What came over sockets; `acks`: whether it is acknowledged. */
let heard: Json[];
let acks: boolean;
let reply: object | undefined;

afterEach(async () => {
  for (const client of clients.splice(0)) await client.disconnect();
  await slack?.close();
});
async function start(options: SlackOptions = {}) {
  heard = [];
  acks = true;
  reply = undefined;
  slack = await startSlack({ gapMs: 0, useSockets: true, ...options });
}
function client(more: object = {}) {
  const made = new SocketModeClient({
    appToken: slack.appToken,
    clientOptions: { slackApiUrl: slack.url },
    logger: quiet,
    ...more,
  });
  clients.push(made);
  made.on('slack_event', async (event: Json) => {
    heard.push({ ...event, over: clients.indexOf(made) });
    if (acks) await event.ack(reply);
  });
  return made;
}
const FAST = { clientPingTimeout: 150, serverPingTimeout: 200 };

test('events, commands and clicks come in envelopes and wait for their acknowledgement', async () => {
  await start();
  await client().start();
  const said = await slack.say({ channel: 'UANN', text: 'hello' });
  expect(said.responses).toMatchObject([{ status: 200, tries: 1 }]);
  reply = { text: 'one moment' };
  await slack.command({ text: '20231104' });
  expect(heard).toMatchObject([
    { type: 'events_api', body: { event: { text: 'hello', ts: said.ts } }, retry_num: 0, accepts_response_payload: false },
    { type: 'slash_commands', body: { command: '/emcee', text: '20231104' }, accepts_response_payload: true },
  ]);
  expect(slack.posts).toMatchObject([{ text: 'one moment', ephemeral: true }]);
  expect(slack.acks).toEqual(heard.map(({ envelope_id }) => envelope_id));
});

test('long texts and other alphabets arrive whole, both ways', async () => {
  await start();
  await client().start();
  for (const length of [60, 200, 70_000]) {
    const text = '活动'.repeat(length);
    reply = { text };
    await slack.command({ text });
    expect(heard.at(-1).body.text).toBe(text);
    if (text.length < 40_000) expect(slack.posts.at(-1)?.text).toBe(text);
  }
});

test('what is not acknowledged comes again over another connection; replayed, it has its old id and no attempt', async () => {
  await start({ socketRetryMs: 30 });
  await client().start();
  await client().start();
  acks = false;
  const { responses } = await slack.say({ channel: 'UANN', text: 'hello' });
  expect(responses).toMatchObject([{ status: 0, tries: 4 }]);
  expect(heard.map(({ retry_num }) => retry_num)).toEqual([0, 1, 2, 3]);
  expect(new Set(heard.map(({ over }) => over)).size).toBe(2);
  acks = true;
  const [id] = slack.replay();
  await expect.poll(() => slack.acks).toEqual([id]);
  expect(heard.at(-1)).toMatchObject({ envelope_id: id, retry_num: 0 });
  expect(new Set(heard.map(({ envelope_id }) => envelope_id)).size).toBe(1);
  expect(slack.replay()).toEqual([]);
  expect(slack.replay({ acked: 5 })).toEqual([id]);
});

test('a command that nobody acknowledges is not repeated', async () => {
  await start({ socketRetryMs: 20 });
  await client().start();
  acks = false;
  expect((await slack.command({ text: 'x' })).responses).toMatchObject([{ status: 0, tries: 1 }]);
});

for (const how of ['dropSockets', 'disconnectNotice', 'goSilent', 'goMute'] as const)
  test(`after ${how} the client comes back, and what was lost comes then`, async () => {
    await start({ socketRetryMs: 300, pingMs: 20 });
    await client(FAST).start();
    // Slack's client watches for pings only after the first.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const [first] = slack.sockets;
    slack[how]();
    const said = slack.say({ channel: 'UANN', text: 'hello' });
    // A silent connection swallows the closing, too: the client gives it up only after half a minute.
    if (how === 'goSilent') {
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(heard).toEqual([]);
      slack.dropSockets();
    }
    await expect.poll(() => slack.sockets.length > 0 && slack.sockets[0] !== first, { timeout: 5_000 }).toBe(true);
    expect((await said).responses).toMatchObject([{ status: 200 }]);
  });

test('a connection without hello is no connection yet', async () => {
  await start();
  slack.noHello = true;
  const waiting = client();
  let connected = false;
  void waiting.start().then(
    () => (connected = true),
    // Ended before it began.
    () => {},
  );
  await expect.poll(() => slack.sockets.length).toBe(1);
  expect(connected).toBe(false);
});

test('a token or a scope that is missing ends the attempt', async () => {
  await start({ appScopes: [] });
  await expect(client({ autoReconnectEnabled: false }).start()).rejects.toMatchObject({ data: { error: 'missing_scope' } });
  await expect(client({ appToken: 'xapp-other', autoReconnectEnabled: false }).start()).rejects.toMatchObject({
    data: { error: 'invalid_auth' },
  });
  clients.length = 0;
});

/** What a bare socket gets for its bytes. */
const raw = (path: string, ...bytes: (string | Buffer)[]) =>
  new Promise<Buffer>((resolve) => {
    const socket = connect(slack.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const upgrade =
      'Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    socket.write(Buffer.concat([Buffer.from(`GET ${path} HTTP/1.1\r\n${upgrade}`), ...bytes.map((part) => Buffer.from(part))]));
    socket.on('data', (chunk) => chunks.push(chunk)).on('close', () => resolve(Buffer.concat(chunks)));
  });
async function ticket() {
  const opened = await fetch(`${slack.url}apps.connections.open`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${slack.appToken}` },
  });
  const { pathname, search } = new URL(((await opened.json()) as { url: string }).url);
  return pathname + search;
}

test('a ticket is good once, and clients have to mask', async () => {
  await start();
  expect((await raw('/link/?ticket=none')).toString()).toMatch(/^HTTP\/1\.1 403/);
  const path = await ticket();
  const got = await raw(path, Buffer.from([0x81, 0x02, 0x68, 0x69]));
  expect(got.toString('latin1')).toMatch(/^HTTP\/1\.1 101[\s\S]*Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
  expect(got.includes(Buffer.from([0x03, 0xea]))).toBe(true);
  expect((await raw(path)).toString()).toMatch(/^HTTP\/1\.1 403/);
});
