// The adapter over a Slack that refuses, hangs and lies.
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SlackAdapter } from '../../../adapters/slack/adapter.js';
import slackModule from '../../../adapters/slack/index.js';
import { SOCKET_TIMING } from '../../../adapters/slack/socket.js';
import { TokenWatch } from '../../../adapters/slack/token-watch.js';
import type { Adapter, ConnectionState, SendError } from '../../../src/adapter.js';
import { adapterContract, type TestHost, testHost } from '../../contracts/adapter.js';
import { until } from '../../fakes/platform.js';
import { type Slack, type SlackFault, type SlackOptions, startSlack } from '../../fakes/slack/slack.mjs';

const FAST = { ...SOCKET_TIMING, helloMs: 400, silentMs: 600, firstRetryMs: 20, longestRetryMs: 100, closeMs: 50, steadyMs: 0 };
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function connected(options: SlackOptions = {}, socket = false): Promise<{ slack: Slack; adapter: Adapter; host: TestHost }> {
  const slack = await startSlack({ gapMs: 0, useSockets: socket, ...options });
  const adapter = adapterOf(slack, socket);
  const host = testHost();
  open.push(
    () => slack.close(),
    () => adapter.close(),
  );
  await adapter.connect(host);
  return { slack, adapter, host };
}

function adapterOf(slack: Slack, socket = false, more: Record<string, string> = {}): SlackAdapter {
  const settings = {
    ...{ SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken },
    ...(socket ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    ...more,
  };
  return new SlackAdapter(settings, 'slack', FAST);
}

const wire = slackModule.format({ text: 'hello' });
const send = (adapter: Adapter, to = 'slack:room:CGENERAL', deliveryId = 'd1', inReplyTo?: string) =>
  adapter.send(to as 'slack:room:C', wire, { deliveryId, ...(inReplyTo && { inReplyTo }), signal: AbortSignal.timeout(300) });
const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => undefined as never,
    (error: SendError) => error,
  );

describe('the contract of adapters', () => {
  let slack: Slack;
  for (const { name, run } of adapterContract({
    module: slackModule as never,
    address: 'slack:room:CGENERAL',
    async create() {
      slack = await startSlack({ gapMs: 0, useSockets: true });
      return adapterOf(slack, true);
    },
    arrived: () => slack.posts.map(({ text }) => text),
    say: async (text) => void (await slack.say({ channel: 'UANN', text })),
    breakNextSend: () => slack.fault('chat.postMessage', 'reset'),
    close: () => slack.close(),
  }))
    test(name, run);
});

describe('the end of a send is told as it is', () => {
  const UNCLEAR: SlackFault[] = [
    'reset',
    'accepted-then-reset',
    '500',
    '503',
    'html',
    'hang',
    'accepted-then-500',
    'accepted-then-hang',
    'half-json',
  ];
  test.each([
    ...UNCLEAR,
    { error: 'internal_error' },
    { error: 'fatal_error', accepted: true },
    { status: 200, body: 'null' },
    { status: 204 },
    { status: 302, headers: { Location: 'https://evil.example' } },
  ])('%j: it may have arrived', async (fault) => {
    const { slack, adapter } = await connected();
    slack.fault('chat.postMessage', fault as SlackFault);
    expect(await failure(send(adapter))).toMatchObject({ name: 'SendError', maybeSent: true, reason: 'unreachable' });
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });

  test.each([
    ['not_in_channel', 'not-allowed', 'The bot is not in #general: write /invite @emcee there.'],
    ['channel_not_found', 'unknown-target', /invite the bot, or correct the address/],
    ['is_archived', 'unknown-target', /#general is archived/],
    ['restricted_action', 'not-allowed', /Posting permissions/],
    ['msg_too_long', 'too-long', /too long/],
    ['token_revoked', 'signed-out', /reinstall the app/],
    ['missing_scope', 'not-allowed', /manifest\.yaml/],
    ['user_disabled', 'unknown-target', /any more/],
    ['messages_tab_disabled', 'not-allowed', /App Home/],
    ['invalid_blocks', 'refused', /invalid_blocks/],
    ['something_new', 'refused', /something_new/],
    ['__proto__', 'refused', /__proto__/],
  ])('%s: it did not arrive', async (error, reason, sentence) => {
    const { slack, adapter } = await connected();
    await adapter.resolve?.('#general');
    slack.fault('chat.postMessage', { error });
    const refused = await failure(send(adapter));
    expect(refused).toMatchObject({ name: 'SendError', maybeSent: false, reason });
    expect(refused.message).toMatch(sentence);
  });

  test('nobody there: not a byte has left', async () => {
    const { slack, adapter } = await connected();
    await slack.close();
    expect(await failure(send(adapter))).toMatchObject({ reason: 'unreachable', maybeSent: false });
  });

  test('a 429 holds its channel for as long as Slack says; one in another channel meanwhile holds all posts', async () => {
    const { slack, adapter } = await connected();
    for (const [fault, atLeast, atMost] of [
      ['429', 1_000, 1_000],
      ['429-long', 30_000, 30_000],
      ['429-date', 1, 60_000],
      ['429-bare', 30_000, 30_000],
    ] as const) {
      slack.fault('chat.postMessage', fault);
      const limited = await failure(send(adapter));
      expect(limited).toMatchObject({ reason: 'rate-limited', maybeSent: false, retryScope: 'target' });
      expect(limited.retryAfterMs).toBeGreaterThanOrEqual(atLeast);
      expect(limited.retryAfterMs).toBeLessThanOrEqual(atMost);
    }
    slack.fault('chat.postMessage', '429');
    expect(await failure(send(adapter, 'slack:room:CEVENTS'))).toMatchObject({ retryScope: 'posts' });
    slack.fault('chat.postMessage', { error: 'message_limit_exceeded' });
    expect(await failure(send(adapter))).toMatchObject({ reason: 'rate-limited', retryScope: 'posts' });
  });

  test('addresses that are none of Slack’s, and answers to commands that lead elsewhere', async () => {
    const { slack, adapter } = await connected();
    for (const to of ['slack:audience:all', 'other:room:CGENERAL', 'slack:room:../x', 'slack:room:', 'slack:person:<!here>'])
      expect(await failure(send(adapter, to)), to).toMatchObject({ reason: 'unknown-target', maybeSent: false });
    // A foreign response_url is not followed: the answer goes to its asker directly.
    await send(adapter, 'slack:person:UANN', 'd2', 'https://evil.example/commands/1');
    expect(slack.posts).toMatchObject([{ channel: slack.dm('UANN') }]);
  });

  test('a response_url that has expired, or has been used up, is a definite no', async () => {
    const { slack, adapter } = await connected();
    const late = `${new URL(slack.url).origin}/commands/none`;
    expect(await failure(send(adapter, 'slack:person:UANN', 'd1', late))).toMatchObject({ maybeSent: false });
    slack.fault('response_url', '500');
    expect(await failure(send(adapter, 'slack:person:UANN', 'd1', late))).toMatchObject({ maybeSent: true });
  });
});

describe('read-back', () => {
  test('finds what arrived, by the delivery’s id, in channels, threads and direct messages; and says so when it did not', async () => {
    const { slack, adapter } = await connected();
    const { ts } = await slack.say({ channel: 'CGENERAL', text: 'a question' });
    const places = [
      ['slack:room:CGENERAL', undefined],
      ['slack:room:CGENERAL', `thread:${ts}`],
      ['slack:person:UANN', undefined],
    ] as const;
    for (const [at, [to, inReplyTo]] of places.entries()) {
      slack.fault('chat.postMessage', 'accepted-then-reset');
      expect(await failure(send(adapter, to, `here-${at}`, inReplyTo))).toMatchObject({ maybeSent: true });
      const { channel, ts: platformTs } = slack.posts.at(-1) ?? { channel: '', ts: '' };
      expect(await adapter.seen?.(to, `here-${at}`, new Date(), inReplyTo)).toEqual({
        state: 'sent',
        platformId: `${channel}:${platformTs}`,
      });
      expect(await adapter.seen?.(to, `missing-${at}`, new Date(), inReplyTo)).toEqual({ state: 'absent' });
    }
    // Who else uses the metadata says nothing about our deliveries.
    for (let i = 0; i < 450; i += 1) await slack.say({ channel: 'CEVENTS', text: 'chatter' });
    await send(adapter, 'slack:room:CEVENTS', 'far-back');
    for (let i = 0; i < 450; i += 1) await slack.say({ channel: 'CEVENTS', text: 'more chatter' });
    expect(await adapter.seen?.('slack:room:CEVENTS', 'far-back', new Date())).toMatchObject({ state: 'sent' });
  });

  test('where the app may not read, and after a slash command, it cannot tell', async () => {
    const { slack, adapter } = await connected({ scopes: ['chat:write'] });
    await expect(adapter.seen?.('slack:room:CGENERAL', 'd1', new Date())).rejects.toThrow('missing_scope');
    const url = `${new URL(slack.url).origin}/commands/1`;
    expect(await adapter.seen?.('slack:person:UANN', 'd1', new Date(), url)).toEqual({ state: 'cannot-tell' });
  });
});

describe('names', () => {
  test('#channel, @name and ids lead to addresses; archived, foreign and unknown ones do not', async () => {
    const users = Array.from({ length: 450 }, (_, i) => ({
      id: `U${1000 + i}`,
      name: `user${i}`,
      real_name: i < 2 ? 'Twin' : `Name ${i}`,
    }));
    const channels = Array.from({ length: 950 }, (_, i) => ({ id: `C${1000 + i}`, name: `room-${i}`, is_archived: i === 7 }));
    const { slack, adapter, host } = await connected({
      users,
      channels: [...channels, { id: 'GSECRET', name: 'secret', is_private: true, is_member: false }],
    });
    const names = [
      '#room-949',
      'room-3',
      '#ROOM-4',
      '#room-7',
      '#nowhere',
      '#secret',
      '@user449',
      '@Name 44',
      '@twin',
      '@nobody',
      'C0123',
      'U0123',
    ];
    const found = await Promise.all(names.map((name) => adapter.resolve?.(name)));
    expect(found).toEqual([
      ...['slack:room:C1949', 'slack:room:C1003', 'slack:room:C1004', 'slack:room:C1007', undefined, undefined],
      ...['slack:person:U1449', 'slack:person:U1044', undefined, undefined, 'slack:room:C0123', 'slack:person:U0123'],
    ]);
    expect(host.told.join()).toContain('#room-7 is archived');
    const pages = slack.calls.filter(({ method }) => method === 'conversations.list').length;
    expect(pages).toBe(1);
    for (const name of names) await adapter.resolve?.(name);
    expect(slack.calls.filter(({ method }) => method === 'conversations.list').length).toBe(pages);
  });

  test('an app that may not see private channels finds the public ones', async () => {
    const { adapter } = await connected({ scopes: ['chat:write', 'channels:read'] });
    expect(await adapter.resolve?.('#events')).toBe('slack:room:CEVENTS');
    expect(await adapter.resolve?.('#inside')).toBeUndefined();
  });

  test('a channel that is renamed, archived or closed to the bot is told to organizers', async () => {
    const { slack, adapter, host } = await connected({}, true);
    await adapter.resolve?.('#events');
    await slack.event({ type: 'channel_rename', channel: { id: 'CEVENTS', name: 'meetups', created: 1 } });
    await slack.event({ type: 'channel_archive', channel: 'CEVENTS', user: 'UANN' });
    await slack.event({ type: 'channel_left', channel: 'CEVENTS', actor_id: 'UANN' });
    expect(host.told).toMatchObject(
      [/#events is now called #meetups/, /was archived/, /no longer in the Slack channel #events/].map((each) =>
        expect.stringMatching(each),
      ),
    );
  });
});

describe('the connection', () => {
  test.each([
    [{ botToken: 'xoxb-other' }, false, 'does not accept SLACK_BOT_TOKEN'],
    [{ appToken: 'xapp-other' }, true, 'does not accept SLACK_APP_TOKEN'],
    [{ appScopes: [] }, true, 'SLACK_APP_TOKEN lacks the scope connections:write'],
  ])('%j: says what to mend', async (options, socket, sentence) => {
    const slack = await startSlack({ ...options });
    open.push(() => slack.close());
    const adapter = new SlackAdapter(
      { SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: 'xoxb-test-token', ...(socket && { SLACK_APP_TOKEN: 'xapp-test-token' }) },
      'slack',
      FAST,
    );
    await expect(adapter.connect(testHost())).rejects.toThrow(sentence);
    await adapter.close();
  });

  test('what cannot be kept is not acknowledged; a command or a tap gets an apology, for Slack does not repeat it', async () => {
    const slack = await startSlack({ gapMs: 0 });
    const adapter = adapterOf(slack);
    open.push(
      () => slack.close(),
      () => adapter.close(),
    );
    const handle = (body: string, type = 'application/json') => {
      const headers = { 'content-type': type, ...signed(slack, body) };
      return adapter.webhook.handle({
        method: 'POST',
        path: '/',
        query: '',
        headers,
        body: Buffer.from(body),
        signal: new AbortController().signal,
      });
    };
    const message = {
      type: 'event_callback',
      team_id: slack.team,
      event: { type: 'message', channel: 'DX', channel_type: 'im', user: 'UANN', text: 'x', ts: '1.1' },
    };
    // Not connected yet.
    expect(await handle(JSON.stringify(message))).toMatchObject({ status: 503 });
    await adapter.connect({ ...testHost(), receive: () => Promise.reject(new Error('the disk is full')) });
    expect(await handle(JSON.stringify(message))).toMatchObject({ status: 503 });
    const command = new URLSearchParams({
      command: '/emcee',
      team_id: slack.team,
      user_id: 'UANN',
      channel_id: 'C1',
      text: 'next',
      trigger_id: '1',
    });
    const answer = await handle(command.toString(), 'application/x-www-form-urlencoded');
    expect(answer.status).toBe(200);
    expect(JSON.parse(String(answer.body))).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('try again') });
  });

  test('a socket that is dropped, renewed, or open but silent is opened anew, and what was missed comes', async () => {
    const { slack, host } = await connected({ pingMs: 100, socketRetryMs: 100 }, true);
    const heard = async (text: string) => {
      await slack.say({ channel: 'UANN', text });
      await until(() => host.messages.some((message) => message.text === text), text);
    };
    await heard('one');
    slack.dropSockets();
    await heard('two');
    slack.disconnectNotice('refresh_requested', 50);
    await heard('three');
    expect(host.states.filter(({ is }) => is === 'offline')).toEqual([]);
    slack.goMute();
    await until(
      () => host.states.some((state) => state.is === 'offline' && state.reason.includes('nothing has come through')),
      'the silence is noticed',
    );
    await until(() => host.states.at(-1)?.is === 'online', 'it is open again');
    await heard('four');
  });

  test('organizers hear that Slack holds back events', async () => {
    const { slack, adapter, host } = await connected();
    const body = JSON.stringify({ type: 'app_rate_limited', team_id: slack.team, minute_rate_limited: 1_700_000_000 });
    const request = { method: 'POST', path: '/', query: '', body: Buffer.from(body), signal: new AbortController().signal };
    expect(await adapter.webhook?.handle({ ...request, headers: signed(slack, body) })).toMatchObject({ status: 200 });
    expect(host.told.join()).toContain('holds back events');
  });

  test.each([
    ['ahead', 600_000],
    ['behind', -600_000],
  ])('an examination tells that this machine’s clock is %s', async (word, skewMs) => {
    const slack = await startSlack();
    open.push(() => slack.close());
    const rightTime = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => rightTime() + skewMs);
    try {
      const settings = { SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret };
      const found = await slackModule.examine?.(settings, {});
      expect(found?.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
        expect.stringMatching(new RegExp(`clock is (?:599|600|601) s ${word}`)),
      ]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('a token that is refused keeps what is to go out waiting until Slack takes it again', async () => {
    const states: ConnectionState[] = [];
    let asked = 0;
    const token = new TokenWatch({
      report: (state) => states.push(state),
      reason: () => 'install it again',
      ask: () => (++asked < 3 ? Promise.reject(new Error('invalid_auth')) : Promise.resolve()),
      askAgainMs: 5,
    });
    for (let i = 0; i < 3; i += 1) token.refused();
    expect([token.isRefused, states]).toEqual([true, [{ is: 'offline', reason: 'install it again' }]]);
    await until(() => !token.isRefused, 'it is taken again');
    expect([asked, states.at(-1)]).toEqual([3, { is: 'online' }]);
    token.refused();
    token.close();
  });

  test('while Slack cannot be reached it keeps trying, says so, and the process lives on', async () => {
    const { slack, host } = await connected({}, true);
    for (const fault of ['500', 'html', 'reset', 'hang'] as const) slack.fault('apps.connections.open', fault);
    slack.noHello = true;
    slack.dropSockets();
    await until(() => host.states.some(({ is }) => is === 'offline'), 'it says that it is offline');
    slack.clearFaults();
    await until(() => slack.sockets.length > 0, 'a socket without a hello');
    slack.noHello = false;
    await until(() => host.states.at(-1)?.is === 'online', 'it is open again');
    await slack.say({ channel: 'UANN', text: 'still there?' });
    await until(() => host.messages.length > 0, 'it hears again');
  });
});

function signed(slack: Slack, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}
