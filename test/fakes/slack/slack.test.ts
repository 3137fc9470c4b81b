import { WebClient } from '@slack/web-api';
import { afterEach, expect, test } from 'vitest';
import { quiet } from './quiet.mjs';
import { type Slack, type SlackOptions, startSlack } from './slack.mjs';

let slack: Slack;
let web: WebClient;
afterEach(() => slack?.close());

const client = (token: string) =>
  new WebClient(token, { slackApiUrl: slack.url, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: quiet });
async function start(options: SlackOptions = {}) {
  slack = await startSlack({ gapMs: 0, ...options });
  web = client(slack.botToken);
}
/** Slack's word for no, or what else went wrong; 'ok' when it said yes. */
// biome-ignore lint/suspicious/noExplicitAny: errors of the client are many
const no = (call: Promise<unknown>): Promise<any> =>
  call.then(
    () => 'ok',
    (error) => error.data?.error ?? error.code ?? error.message,
  );
// biome-ignore lint/suspicious/noExplicitAny: the refusals are about shapes that no type allows
const post = (more: any) => web.chat.postMessage({ channel: 'CEVENTS', text: 'hello', ...more });
// biome-ignore lint/suspicious/noExplicitAny: the same
const blocks = (...list: any[]) => no(post({ blocks: list }));
const text = (said: string, type = 'mrkdwn') => ({ type, text: said });
const section = (said: string) => ({ type: 'section', text: text(said) });
const button = (more: object = {}) => ({ type: 'button', text: text('Yes', 'plain_text'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });

test('it says who the bot is and what it may do', async () => {
  await start({ scopes: ['chat:write'] });
  const who = await web.auth.test();
  expect(who).toMatchObject({ user_id: 'UBOT', bot_id: 'BBOT', team_id: 'TEMCEE', team: 'Test team', user: 'emcee' });
  expect(who.response_metadata?.scopes).toEqual(['chat:write']);
});

test('an accepted post is kept as it was sent', async () => {
  await start();
  const metadata = { event_type: 'delivery', event_payload: { id: 'd1', part: 2, last: true } };
  const sent = await post({ blocks: [section('*hello*')], metadata, unfurl_links: false });
  expect(slack.posts).toMatchObject([
    { channel: 'CEVENTS', ts: sent.ts, text: 'hello', blocks: [section('*hello*')], metadata, user: 'UBOT' },
  ]);
  expect(slack.calls).toMatchObject([{ method: 'chat.postMessage', args: { unfurl_links: 'false' } }]);
  await post({ channel: '#general' });
  await post({ channel: 'UANN' });
  expect(slack.posts.map(({ channel }) => channel)).toEqual(['CEVENTS', 'CGENERAL', slack.dm('UANN')]);
});

test('JSON and forms are understood, other bodies are not', async () => {
  await start();
  const ask = async (body: string, type: string, more: object = {}) =>
    (await fetch(`${slack.url}chat.postMessage`, { method: 'POST', body, headers: { 'Content-Type': type, ...more } })).json();
  const header = { Authorization: `Bearer ${slack.botToken}` };
  expect(await ask('{"channel":"CEVENTS","text":"a"}', 'application/json', header)).toMatchObject({ ok: true });
  expect(await ask(`channel=CEVENTS&text=b&token=${slack.botToken}`, 'application/x-www-form-urlencoded')).toMatchObject({ ok: true });
  expect(await ask(`{"channel":"CEVENTS","text":"a","token":"${slack.botToken}"}`, 'application/json')).toMatchObject({
    error: 'not_authed',
  });
  expect(await ask('{', 'application/json', header)).toMatchObject({ error: 'invalid_json' });
  expect(await ask('[]', 'application/json', header)).toMatchObject({ error: 'json_not_object' });
  expect(await ask('hello', 'text/plain', header)).toMatchObject({ error: 'invalid_post_type' });
});

test('a token has to be known, alive, of the right kind and granted the scope', async () => {
  await start({ scopes: ['channels:read'], appScopes: [] });
  expect(await no(client('').auth.test())).toBe('not_authed');
  expect(await no(client('xoxb-other').auth.test())).toBe('invalid_auth');
  expect(await no(client(slack.appToken).auth.test())).toBe('not_allowed_token_type');
  expect(await no(web.apps.connections.open())).toBe('not_allowed_token_type');
  expect(await no(web.apiCall('chat.postmessage'))).toBe('unknown_method');
  await expect(client(slack.appToken).apps.connections.open()).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'connections:write' },
  });
  await expect(post({})).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'chat:write', provided: 'channels:read' } });
  await expect(web.users.list({})).rejects.toMatchObject({ data: { needed: 'users:read' } });
  await expect(web.conversations.open({ users: 'UANN' })).rejects.toMatchObject({ data: { needed: 'im:write' } });
  await expect(web.conversations.list({ types: 'private_channel' })).rejects.toMatchObject({ data: { needed: 'groups:read' } });
  slack.scopes = ['channels:history'];
  for (const [channel, needed] of [['GINSIDE', 'groups:history'] as const, [slack.dm('UANN'), 'im:history'] as const])
    await expect(web.conversations.history({ channel })).rejects.toMatchObject({ data: { error: 'missing_scope', needed } });
  for (const error of ['account_inactive', 'token_revoked']) {
    slack.tokenError = error;
    expect(await no(web.auth.test())).toBe(error);
  }
});

test('it refuses what may not be said, and where', async () => {
  await start();
  expect(await no(post({ channel: 'CNONE' }))).toBe('channel_not_found');
  expect(await no(post({ channel: 'GSECRET' }))).toBe('channel_not_found');
  expect(await no(post({ channel: 'CELSE' }))).toBe('not_in_channel');
  expect(await no(post({ channel: 'COLD' }))).toBe('is_archived');
  expect(await no(post({ text: '' }))).toBe('no_text');
  expect(await no(post({ text: '', blocks: [] }))).toBe('no_text');
  expect(await no(post({ text: 'x'.repeat(40_001) }))).toBe('msg_too_long');
  expect(await no(post({ thread_ts: '1.000001' }))).toBe('thread_not_found');
  const elsewhere = await post({ channel: 'CGENERAL' });
  expect(await no(post({ thread_ts: elsewhere.ts }))).toBe('thread_not_found');
  for (const metadata of [
    { event_type: 'a' },
    { event_type: 'a b', event_payload: {} },
    { event_type: 'a', event_payload: { x: null } },
    'x',
  ])
    expect(await no(post({ metadata }))).toBe('invalid_metadata_format');
  expect(slack.posts).toHaveLength(1);
  slack.scopes.push('chat:write.public');
  expect(await no(post({ channel: 'CELSE' }))).toBe('ok');
});

test('it refuses blocks that are no blocks, and says where', async () => {
  await start();
  const wrong = [
    [{ type: 'banner' }],
    [{ type: 'constructor' }],
    Array.from({ length: 51 }, () => ({ type: 'divider' })),
    [section('')],
    [section('x'.repeat(3_001))],
    [{ type: 'section' }],
    [{ type: 'section', fields: [] }],
    [{ type: 'section', fields: Array.from({ length: 11 }, () => text('x')) }],
    [{ type: 'section', fields: [text('x'.repeat(2_001))] }],
    [{ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }],
    [{ type: 'section', text: { type: 'plain_text', text: 'x', verbatim: true } }],
    [{ type: 'section', text: 'x' }],
    [{ ...section('x'), colour: 'red' }],
    [{ type: 'header', text: text('x') }],
    [{ type: 'header', text: text('x'.repeat(151), 'plain_text') }],
    [actions()],
    [actions(...Array.from({ length: 26 }, () => button()))],
    [actions(button({ text: text('x'.repeat(76), 'plain_text') }))],
    [actions(button({ text: text('x') }))],
    [actions(button({ value: 'x'.repeat(2_001) }))],
    [actions(button({ url: `https://example.org/${'x'.repeat(3_000)}` }))],
    [actions(button({ url: 'javascript:alert(1)' }))],
    [actions(button({ url: 'example.org' }))],
    [actions(button({ style: 'pretty' }))],
    [actions(button({ action_id: 'x'.repeat(256) }))],
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    [{ type: 'context', elements: [] }],
    [{ type: 'context', elements: Array.from({ length: 11 }, () => text('x')) }],
    [{ type: 'image', image_url: 'https://example.org/a.png' }],
    [{ type: 'image', image_url: 'data:image/png;base64,AA', alt_text: 'x' }],
    [{ ...section('x'), block_id: 'x'.repeat(256) }],
    [
      { ...section('x'), block_id: 'a' },
      { ...section('y'), block_id: 'a' },
    ],
  ];
  for (const list of wrong) expect([await blocks(...list), list]).toEqual(['invalid_blocks', list]);
  const error = await post({ blocks: [section('x'), section('')] }).catch((caught) => caught);
  expect(error.data.response_metadata.messages).toEqual(['[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]']);
  expect(await no(post({ blocks: '[{' }))).toBe('invalid_blocks_format');
  expect(await blocks(...Array.from({ length: 5 }, () => section('x'.repeat(2_700))))).toBe('msg_blocks_too_long');
  expect(slack.posts).toHaveLength(0);
});

test('it takes blocks at their limits', async () => {
  await start();
  expect(await blocks(...Array.from({ length: 50 }, () => ({ type: 'divider' })))).toBe('ok');
  const link = button({ url: 'https://example.org/', value: 'v'.repeat(2_000), action_id: 'i'.repeat(255), style: 'primary' });
  const image = { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'a picture' };
  expect(
    await blocks(
      { type: 'header', text: text('h'.repeat(150), 'plain_text') },
      { ...section('s'.repeat(3_000)), accessory: image },
      actions(link, ...Array.from({ length: 24 }, (_, n) => button({ action_id: `b${n}` }))),
      { type: 'context', elements: [image, ...Array.from({ length: 9 }, () => text('c'))] },
      image,
    ),
  ).toBe('ok');
});

test('a post in a channel too soon after the last is one too many; another channel has its own clock', async () => {
  await start({ gapMs: 60_000 });
  await post({});
  await expect(post({})).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
  expect(await no(post({ channel: 'CGENERAL' }))).toBe('ok');
  expect(slack.posts).toHaveLength(2);
  expect(slack.limited).toBe(1);
});

test('link_names makes mentions of plain names', async () => {
  await start();
  await post({ text: '@channel @ann #general ann@example.org' });
  await post({ text: '@channel @ann #general ann@example.org', link_names: true });
  expect(slack.posts.map((one) => one.text)).toEqual([
    '@channel @ann #general ann@example.org',
    '<!channel> <@UANN> <#CGENERAL> ann@example.org',
  ]);
});

test('history: pages from the newest, edges, metadata on request, no replies of threads', async () => {
  await start();
  const metadata = { event_type: 'delivery', event_payload: { id: 'd1' } };
  const sent = [];
  for (const said of ['a', 'b', 'c', 'd']) sent.push((await post({ text: said, metadata })).ts as string);
  await post({ text: 'reply', thread_ts: sent[1] });
  await post({ text: 'both', thread_ts: sent[1], reply_broadcast: true });
  const read = (more: object = {}) => web.conversations.history({ channel: 'CEVENTS', ...more });
  const texts = async (more: object) => (await read(more)).messages?.map((message) => message.text);
  expect(await texts({})).toEqual(['both', 'd', 'c', 'b', 'a']);
  expect(await texts({ oldest: sent[1], latest: sent[3] })).toEqual(['c']);
  expect(await texts({ oldest: sent[1], latest: sent[3], inclusive: true })).toEqual(['d', 'c', 'b']);
  const first = await read({ limit: 2, include_all_metadata: true });
  expect(first).toMatchObject({ has_more: true, messages: [{ text: 'both' }, { text: 'd', metadata, user: 'UBOT', bot_id: 'BBOT' }] });
  expect(await texts({ limit: 2, cursor: first.response_metadata?.next_cursor })).toEqual(['c', 'b']);
  expect((await read({ limit: 2 })).messages?.[1]?.metadata).toEqual({ event_type: 'delivery' });
  expect(await no(read({ cursor: 'x' }))).toBe('invalid_cursor');
  expect(await no(read({ oldest: 'x' }))).toBe('invalid_ts_oldest');
  expect(await no(web.conversations.history({ channel: 'CELSE' }))).toBe('not_in_channel');
  expect(await no(web.conversations.history({ channel: 'GSECRET' }))).toBe('channel_not_found');
});

test('replies: the first message with every page, then the others in their order', async () => {
  await start();
  const { ts } = await slack.say({ channel: 'CEVENTS', text: 'question' });
  for (const said of ['a', 'b', 'c']) await post({ text: said, thread_ts: ts });
  const read = (more: object = {}) => web.conversations.replies({ channel: 'CEVENTS', ts, ...more });
  const texts = async (more: object) => (await read(more)).messages?.map((message) => message.text);
  const first = await read({ limit: 2 });
  expect(first).toMatchObject({
    has_more: true,
    messages: [{ text: 'question', reply_count: 3 }, { text: 'a', parent_user_id: 'UANN' }, { text: 'b' }],
  });
  expect(await texts({ cursor: first.response_metadata?.next_cursor })).toEqual(['question', 'c']);
  expect(await texts({ oldest: slack.posts[1]?.ts })).toEqual(['question', 'c']);
  expect(await no(read({ ts: '1.000001' }))).toBe('thread_not_found');
});

test('channels: only those that the bot may see, in pages that archived ones make shorter', async () => {
  await start();
  const list = async (more: object) => (await web.conversations.list(more)).channels?.map((channel) => channel.id);
  expect(await list({})).toEqual(['CGENERAL', 'CEVENTS', 'CELSE', 'COLD']);
  expect(await list({ types: 'public_channel,private_channel', exclude_archived: true })).toEqual([
    'CGENERAL',
    'CEVENTS',
    'CELSE',
    'GINSIDE',
  ]);
  const first = await web.conversations.list({ limit: 3 });
  expect(await list({ limit: 3, exclude_archived: true, cursor: first.response_metadata?.next_cursor })).toEqual([]);
  expect(await web.conversations.info({ channel: 'GINSIDE' })).toMatchObject({
    channel: { name: 'inside', is_private: true, is_member: true },
  });
  expect(await no(web.conversations.info({ channel: 'GSECRET' }))).toBe('channel_not_found');
});

test('people: in pages, one by one, and their direct conversations', async () => {
  await start();
  const first = await web.users.list({ limit: 2 });
  expect(first.members?.map(({ id }) => id)).toEqual(['UANN', 'UBEN']);
  expect((await web.users.list({ limit: 2, cursor: first.response_metadata?.next_cursor })).members).toMatchObject([
    { id: 'UBOT', is_bot: true },
  ]);
  expect(await web.users.info({ user: 'UANN' })).toMatchObject({ user: { real_name: 'Ann', profile: { display_name: 'ann' } } });
  expect(await no(web.users.info({ user: 'UNONE' }))).toBe('user_not_found');
  expect(await web.conversations.open({ users: 'UANN' })).toMatchObject({ channel: { id: slack.dm('UANN') } });
  expect(await no(web.conversations.open({ users: 'UNONE' }))).toBe('user_not_found');
  expect(await no(web.conversations.open({ users: 'UBOT' }))).toBe('cannot_dm_bot');
});

test('posts can be changed, by the one who made them; what one person sees is in no history', async () => {
  await start();
  const { ts } = await post({ blocks: [section('x')] });
  await web.chat.update({ channel: 'CEVENTS', ts: ts as string, text: 'better' });
  expect((await web.conversations.history({ channel: 'CEVENTS' })).messages).toMatchObject([{ text: 'better', edited: { user: 'UBOT' } }]);
  expect(await no(web.chat.update({ channel: 'CEVENTS', ts: '1.000001', text: 'x' }))).toBe('message_not_found');
  const said = await slack.say({ channel: 'CEVENTS', text: 'mine' });
  expect(await no(web.chat.update({ channel: 'CEVENTS', ts: said.ts, text: 'x' }))).toBe('cant_update_message');
  await web.chat.postEphemeral({ channel: 'CEVENTS', user: 'UANN', text: 'psst' });
  expect(slack.posts.at(-1)).toMatchObject({ text: 'psst', ephemeral: true, to: 'UANN' });
  expect((await web.conversations.history({ channel: 'CEVENTS' })).messages).toHaveLength(2);
});

test('faults come in order, and tell nothing about whether the post was made', async () => {
  await start({ slowMs: 1 });
  const made: [Parameters<Slack['fault']>[1], number, string][] = [
    ['reset', 0, 'slack_webapi_request_error'],
    ['accepted-then-reset', 1, 'slack_webapi_request_error'],
    ['500', 0, 'slack_webapi_http_error'],
    ['accepted-then-500', 1, 'slack_webapi_http_error'],
    ['503', 0, 'slack_webapi_http_error'],
    ['429', 0, 'slack_webapi_rate_limited_error'],
    ['429-long', 0, 'slack_webapi_rate_limited_error'],
    ['slow', 1, 'ok'],
    [{ error: 'not_in_channel' }, 0, 'not_in_channel'],
    [{ error: 'fatal_error', accepted: true }, 1, 'fatal_error'],
    [{ status: 502, body: 'bad' }, 0, 'slack_webapi_http_error'],
  ];
  for (const [fault] of made) slack.fault('chat.postMessage', fault);
  for (const [fault, posts, says] of made) {
    const before = slack.posts.length;
    expect([fault, await no(post({}))]).toEqual([fault, says]);
    expect([fault, slack.posts.length - before]).toEqual([fault, posts]);
  }
  slack.fault('*', 'html');
  expect(await no(post({}))).toMatch(/<html>/);
  slack.fault('chat.postMessage', 'half-json');
  expect(await no(post({}))).toBe('{"ok":true,');
  for (const fault of ['429-date', '429-bare'] as const) {
    slack.fault('chat.postMessage', fault);
    expect(await no(post({}))).not.toBe('ok');
  }
  expect(() => slack.fault('chat.postMessage', 'tired' as '500')).toThrow();
});

test('an answer that never comes ends with the caller or with Slack', async () => {
  await start();
  slack.fault('chat.postMessage', 'accepted-then-hang');
  const hanging = no(post({}));
  await slack.posted(1);
  await slack.close();
  expect(await hanging).toBe('slack_webapi_request_error');
});

test('a refused call leaves its fault to the next', async () => {
  await start();
  slack.fault('chat.postMessage', 'accepted-then-500');
  expect(await no(post({ text: '' }))).toBe('no_text');
  expect(await no(post({}))).toBe('slack_webapi_http_error');
});
