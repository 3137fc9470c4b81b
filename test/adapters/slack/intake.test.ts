// What comes in: signatures, repeats, and events that must not command.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { onSlack, type Scene } from './scene.js';

// Processes start, and Slack's pace of a second is kept.
vi.setConfig({ testTimeout: 120_000 });

const now = () => Math.floor(Date.now() / 1000);
const payload = (name: string) => JSON.parse(readFileSync(new URL(`../../fakes/slack/payloads/${name}.json`, import.meta.url), 'utf8'));

/** A message in a channel that would be answered, by hand. */
function event(more: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) {
  const ts = `${now()}.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
  return {
    ...{ type: 'event_callback', team_id: 'TEMCEE', api_app_id: 'AEMCEE', event_id: `Ev${ts}` },
    event: {
      type: 'message',
      channel: 'CGENERAL',
      channel_type: 'channel',
      user: 'UANN',
      text: '20231104',
      ts,
      event_ts: ts,
      team: 'TEMCEE',
      ...more,
    },
    ...envelope,
  };
}

/** Waits until an honest message is answered: whatever else would have been answered has been by then. Gives what was tried besides. */
async function triedBesides({ slack }: Scene): Promise<string[]> {
  const { ts } = await slack.say({ channel: 'CEVENTS', text: '20231104' });
  await slack.posted((post) => post.thread_ts === ts);
  const posting = slack.calls.filter(({ method, args }) => method === 'chat.postMessage' && args.thread_ts !== ts);
  return posting.map(({ args }) => args.text);
}

test('only what Slack signed just now is taken; everything else gets 401 and posts nothing', async () => {
  await onSlack({}, async (scene) => {
    const { slack } = scene;
    const body = JSON.stringify(event());
    const sign = (timestamp: number | string, bytes: string | Buffer = body, secret = slack.signingSecret) =>
      `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(bytes).digest('hex')}`;
    const send = async (headers: Record<string, string>, bytes: string | Buffer = body, method = 'POST') => {
      const response = await fetch(slack.hook as string, {
        method,
        headers: { 'Content-Type': 'application/json', ...headers },
        ...(method === 'POST' && { body: new Uint8Array(Buffer.from(bytes)) }),
      });
      return response.status;
    };
    const at = now();
    const signed = (timestamp: number | string, signature = sign(timestamp)) => ({
      'X-Slack-Request-Timestamp': String(timestamp),
      'X-Slack-Signature': signature,
    });
    const zipped = gzipSync(body);
    const refused: [string, Promise<number>][] = [
      ['nothing at all', send({})],
      ['no timestamp', send({ 'X-Slack-Signature': sign(at) })],
      ['no signature', send({ 'X-Slack-Request-Timestamp': String(at) })],
      ['old', send(signed(at - 301))],
      ['from the future', send(signed(at + 301))],
      ['no number', send(signed('soon'))],
      ['a negative number', send(signed(-at))],
      ['an exponent', send(signed('1e9'))],
      ['another version', send(signed(at, sign(at).replace('v0=', 'v1=')))],
      ['another secret', send(signed(at, sign(at, body, 'another')))],
      ['half a signature', send(signed(at, sign(at).slice(0, 40)))],
      ['upper case', send(signed(at, sign(at).toUpperCase()))],
      ['signed for another moment', send(signed(at, sign(at - 1)))],
      ['another body', send(signed(at), body.replace('20231104', '20231105'))],
      ['encoded anew', send(signed(at), JSON.stringify(JSON.parse(body), null, 1))],
      ['packed after signing', send({ ...signed(at), 'Content-Encoding': 'gzip' }, zipped)],
      ['packed before signing', send({ ...signed(at, sign(at, zipped)), 'Content-Encoding': 'gzip' }, zipped)],
    ];
    for (const [name, status] of refused) expect(await status, name).toBe(401);
    expect(await send({}, '', 'GET')).toBe(405);
    for (const bad of ['', '{', '[]', 'null', '"x"', '{"event":1}', '{"actions":1}', '{"event":null}'])
      expect(await send(signed(at, sign(at, bad)), bad), bad).toBe(400);
    expect(await triedBesides(scene)).toEqual([]);
    expect(await send(signed(at))).toBe(200);
  });
});

test('the check of the address is answered when it is signed, and with nothing but the challenge', async () => {
  await onSlack({}, async ({ slack }) => {
    const [right] = await slack.challenge('<script>3eZbrw1a');
    expect(right).toMatchObject({ status: 200, body: '<script>3eZbrw1a' });
    expect(right?.headers?.['content-type']).toMatch(/^text\/plain/);
    const [wrong] = await slack.challenge('3eZbrw1a', { secret: 'another' });
    expect(wrong).toMatchObject({ status: 401, body: '' });
  });
});

test('own, other bots’, edited, system and foreign messages command nothing, and Slack gets its 200', async () => {
  await onSlack({}, async (scene) => {
    const { slack } = scene;
    const silent = [
      event({ bot_id: 'BOTHER' }),
      event({ user: 'UBOT' }),
      event({ subtype: 'bot_message', user: undefined, bot_id: 'BOTHER' }),
      event({
        subtype: 'message_changed',
        message: { type: 'message', user: 'UANN', text: '20231104', ts: '1.1', edited: {} },
        user: undefined,
      }),
      event({ edited: { user: 'UANN', ts: '1.1' } }),
      event({ type: 'app_mention', text: '<@UBOT> 20231104', edited: { user: 'UANN', ts: '1.1' } }),
      event({ subtype: 'message_deleted' }),
      event({ subtype: 'channel_topic' }),
      event({ subtype: 'channel_join' }),
      event({ subtype: 'assistant_app_thread' }),
      event({ user: undefined }),
      event({ channel: undefined }),
      event({ ts: undefined }),
      event({ text: undefined }),
      event({ text: 7 }),
      event({}, { team_id: 'TOTHER' }),
      event({}, { authorizations: [{ team_id: 'TOTHER', user_id: 'UBOT', is_bot: true }] }),
      { ...payload('slash_command'), team_id: 'TOTHER' },
      payload('message_changed'),
      payload('bot_message'),
      payload('app_rate_limited'),
      { type: 'event_callback', team_id: 'TEMCEE', event: {} },
      { type: 'something_new' },
      {},
    ];
    for (const each of silent) {
      const [answer] = await slack.deliver(each);
      expect(answer?.status, JSON.stringify(each)).toBe(200);
    }
    expect(await triedBesides(scene)).toEqual([]);
  });
});

test('a member of another workspace is answered, and is no organizer whatever their id', async () => {
  const folder = { organizers: ['slack:person:UANN'] };
  await onSlack({}, async ({ slack, folder: { write, path }, restart, bot }) => {
    await bot.kill();
    write('emcee.yaml', `community: x\norganizers: [${folder.organizers}]\n`);
    await restart({ EMCEE_CONTENT: path });
    // A notice waits for an organizer: it would ride on the answer to one.
    await slack.say({ channel: 'CGENERAL', text: '<@UBOT> whoami', team: 'TOTHER' });
    expect((await slack.posted(1)).text).toContain('slack:person:TOTHER-UANN');
  });
});

test('the same message again — retried, as a mention, through another bot, after a restart — is answered once', async () => {
  await onSlack({ slack: { mentionFirst: true } }, async (scene) => {
    const { slack } = scene;
    const { ts } = await slack.say({ channel: 'CGENERAL', text: 'hi <@UBOT> 20231104' });
    const message = event({ text: 'hi <@UBOT> 20231104', ts });
    const mention = { ...message, event_id: 'EvOther', event: { ...message.event, type: 'app_mention' } };
    const again = (n: number) => ({ headers: { 'X-Slack-Retry-Num': String(n), 'X-Slack-Retry-Reason': 'http_timeout' } });
    await Promise.all([slack.deliver(message), slack.deliver(mention), slack.deliver(message, again(1)), slack.deliver(message, again(2))]);
    await slack.posted(1);
    await scene.bot.kill('SIGKILL');
    await scene.restart();
    for (const each of [message, mention]) expect((await slack.deliver(each, again(3)))[0]?.status).toBe(200);
    expect(await triedBesides(scene)).toHaveLength(1);
  });
});
