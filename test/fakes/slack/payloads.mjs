// Payloads in the shapes of Slack's documentation and of @slack/types; recorded ones lie in payloads/.
import { parseMrkdwn } from './mrkdwn.mjs';
import { kindOf, newId } from './world.mjs';

const TOKEN = 'fake-verification-token';

export function envelope(slack, event, more = {}) {
  const channel = typeof event.channel === 'string' ? event.channel : (event.channel?.id ?? '');
  const known = slack.world.channels.get(channel);
  const context = Buffer.from(JSON.stringify({ et: event.type, tid: slack.team, aid: slack.appId, cid: channel })).toString('base64url');
  return {
    token: TOKEN,
    team_id: slack.team,
    context_team_id: slack.team,
    context_enterprise_id: null,
    api_app_id: slack.appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(Number(event.event_ts ?? Date.now() / 1_000)),
    authorizations: [{ enterprise_id: null, team_id: slack.team, user_id: slack.botUser.id, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: Boolean(known?.is_ext_shared),
    event_context: `4-${context}`,
    ...more,
  };
}

/** What a person types arrives as text and, once more, as rich text. */
export function richText(text) {
  const elements = parseMrkdwn(text).map((token) => {
    if (token.type === 'user') return { type: 'user', user_id: token.id };
    if (token.type === 'channel') return { type: 'channel', channel_id: token.id };
    if (token.type === 'usergroup') return { type: 'usergroup', usergroup_id: token.id };
    if (token.type === 'broadcast') return { type: 'broadcast', range: token.range };
    if (token.type === 'link') return { type: 'link', url: token.url, ...(token.label && { text: token.label }) };
    return { type: 'text', text: token.text ?? token.label };
  });
  return [{ type: 'rich_text', block_id: newId('b'), elements: [{ type: 'rich_text_section', elements }] }];
}

/** A message as it lies in the channel. `team`: of a person from elsewhere, in a channel shared with them. */
export function saidMessage(slack, { user, text = '', thread_ts, subtype, bot_id, files, team, extra }) {
  const message = { type: 'message', user, text, ts: slack.world.ts() };
  if (subtype) message.subtype = subtype;
  if (subtype === 'bot_message') Object.assign(message, { bot_id: bot_id ?? 'BOTHER', username: extra.username ?? 'another bot' });
  else {
    message.client_msg_id = crypto.randomUUID();
    message.team = team ?? slack.team;
    if (bot_id) message.bot_id = bot_id;
    if (text) message.blocks = richText(text);
  }
  if (user === undefined) delete message.user;
  if (team && team !== slack.team) Object.assign(message, { user_team: team, source_team: team });
  if (thread_ts) message.thread_ts = thread_ts;
  if (files) Object.assign(message, { files, subtype: subtype ?? 'file_share', upload: false, display_as_bot: false });
  return Object.assign(message, extra);
}

export const messageEvent = (channel, message) => ({
  ...message,
  channel: channel.id,
  event_ts: message.event_ts ?? message.ts,
  channel_type: kindOf(channel),
});

/** The same message told as a mention: it has no channel_type. */
export function mentionEvent(channel, message) {
  const { upload: _, display_as_bot: __, parent_user_id, ...rest } = message;
  return { ...rest, ...(parent_user_id && { parent_user_id }), type: 'app_mention', channel: channel.id, event_ts: message.ts };
}

const nameOf = (channel) => ({ im: 'directmessage', group: 'privategroup' })[kindOf(channel)] ?? channel.name;
const triggerOf = () => `${Date.now()}.${newId('')}.${newId('t').toLowerCase()}`;

export function commandFields(slack, { user, channel, text = '', command = '/emcee', response_url, ...more }) {
  return {
    token: TOKEN,
    team_id: slack.team,
    team_domain: slack.domain,
    channel_id: channel.id,
    channel_name: nameOf(channel),
    user_id: user,
    user_name: slack.world.users.get(user)?.name ?? user,
    command,
    text,
    api_app_id: slack.appId,
    is_enterprise_install: 'false',
    response_url,
    trigger_id: triggerOf(),
    ...more,
  };
}

/** `pressed`: the button and the id of its block. */
export function actionPayload(slack, { user, channel, message, pressed: { button, block_id }, response_url, ephemeral }) {
  const { username = slack.world.users.get(user)?.name ?? user } = {};
  const action = { action_id: button.action_id, block_id, text: button.text, type: 'button', action_ts: slack.world.ts() };
  for (const key of ['value', 'url', 'style']) if (button[key] !== undefined) action[key] = button[key];
  return {
    type: 'block_actions',
    user: { id: user, username, name: username, team_id: slack.world.users.get(user)?.team_id ?? slack.team },
    api_app_id: slack.appId,
    token: TOKEN,
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral, ...thread(message) },
    trigger_id: triggerOf(),
    team: { id: slack.team, domain: slack.domain },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel.id, name: nameOf(channel) },
    // Of a message that only one person sees, the app gets no more than this.
    ...(!ephemeral && { message }),
    state: { values: {} },
    response_url,
    actions: [action],
  };
}

const thread = ({ thread_ts }) => (thread_ts ? { thread_ts } : {});

export const verification = (challenge) => ({ token: TOKEN, challenge, type: 'url_verification' });
export const rateLimited = (slack) => ({
  token: TOKEN,
  team_id: slack.team,
  type: 'app_rate_limited',
  minute_rate_limited: Math.floor(Date.now() / 60_000) * 60,
  api_app_id: slack.appId,
});
