// chat.*: what can be posted, where, and how often.
import { refusedBlocks } from './blocks.mjs';
import { refusedMetadata } from './metadata.mjs';
import { demand, kindOf, newId, now, Refusal, visible } from './world.mjs';

const LONGEST_TEXT = 40_000;
/** Timers and the network squeeze together what was sent a gap apart. */
const GAP_GRACE_MS = 20;

const yes = (value) => value === true || value === 'true' || value === '1' || value === 1;

/** Throws what Slack says about a message's content; returns what is left of the arguments. */
export function contentOf({ text, blocks, attachments, metadata }) {
  if (blocks !== undefined && blocks !== null) {
    const refused = refusedBlocks(blocks);
    if (refused) throw new Refusal(refused.error, { errors: refused.messages, response_metadata: { messages: refused.messages } });
  }
  if (!text && !(blocks?.length > 0) && !(attachments?.length > 0)) throw new Refusal('no_text');
  if (text !== undefined && typeof text !== 'string') throw new Refusal('invalid_arguments');
  if (text?.length > LONGEST_TEXT) throw new Refusal('msg_too_long');
  const wrong = metadata === undefined || metadata === null ? undefined : refusedMetadata(metadata);
  if (wrong) throw new Refusal(wrong);
  return { text: text ?? '', blocks: blocks ?? undefined, attachments, metadata: metadata ?? undefined };
}

/** With link_names or parse=full Slack makes mentions of plain names. */
function linked(slack, text, { link_names, parse }) {
  if (!yes(link_names) && parse !== 'full') return text;
  return text.replace(/(?<![<\w])([@#])([\w.-]+)/g, (whole, sign, name) => {
    if (sign === '@' && ['channel', 'here', 'everyone'].includes(name)) return `<!${name}>`;
    const among = [...(sign === '@' ? slack.world.users : slack.world.channels).values()];
    const found = among.find((one) => one.name === name);
    return found ? `<${sign}${found.id}>` : whole;
  });
}

/** Blocks as Slack keeps them: each has an id, each button too. */
const withIds = (blocks) =>
  blocks?.map((block) => ({
    block_id: newId('b'),
    ...block,
    ...(block.type === 'actions' ? { elements: block.elements.map((one) => ({ action_id: newId('a'), ...one })) } : {}),
    ...(block.accessory?.type === 'button' ? { accessory: { action_id: newId('a'), ...block.accessory } } : {}),
  }));

export function botMessage(slack, content, ts) {
  const { id, bot_id, name } = slack.botUser;
  const bot_profile = { id: bot_id, app_id: slack.appId, name, team_id: slack.team, deleted: false, updated: 1_700_000_000 };
  const { text, blocks, attachments, metadata } = content;
  const message = { type: 'message', user: id, bot_id, app_id: slack.appId, text, ts, team: slack.team, bot_profile };
  return Object.assign(message, blocks && { blocks: withIds(blocks) }, attachments && { attachments }, metadata && { metadata });
}

/** The channel that a post goes to, or why it may not. */
function writable(slack, name) {
  const channel = slack.world.channel(name, { byName: true, byUser: true });
  if (!visible(channel)) throw new Refusal('channel_not_found');
  if (channel.is_archived) throw new Refusal('is_archived');
  if (!channel.is_member && !channel.is_im && !slack.scopes.includes('chat:write.public')) throw new Refusal('not_in_channel');
  return channel;
}

function threadOf(slack, channel, thread_ts) {
  if (thread_ts === undefined || thread_ts === '') return undefined;
  const parent = slack.world.find(channel.id, thread_ts);
  if (!parent || (parent.thread_ts && parent.thread_ts !== parent.ts)) throw new Refusal('thread_not_found');
  return thread_ts;
}

function keepGap(slack, channel) {
  const since = now() - (slack.lastPosts.get(channel.id) ?? Number.NEGATIVE_INFINITY);
  if (slack.gapMs > 0 && since < slack.gapMs - GAP_GRACE_MS) {
    slack.limited += 1;
    throw new Refusal('ratelimited', {}, 429, { 'Retry-After': '1' });
  }
  slack.lastPosts.set(channel.id, now());
}

function postMessage(slack, args) {
  const channel = writable(slack, args.channel);
  const content = contentOf(args);
  const thread_ts = threadOf(slack, channel, args.thread_ts);
  keepGap(slack, channel);
  content.text = linked(slack, content.text, args);
  const message = botMessage(slack, content, slack.world.ts());
  if (thread_ts) message.thread_ts = thread_ts;
  if (thread_ts && yes(args.reply_broadcast)) message.subtype = 'thread_broadcast';
  slack.world.store(channel.id, message);
  const { unfurl_links, unfurl_media } = args;
  slack.keep({ ...content, channel: channel.id, ts: message.ts, thread_ts, user: slack.botUser.id, unfurl_links, unfurl_media });
  slack.echoed(channel, message);
  return { channel: channel.id, ts: message.ts, message };
}

function postEphemeral(slack, args) {
  const channel = writable(slack, args.channel);
  if (!slack.world.users.has(args.user)) throw new Refusal('user_not_found');
  if (channel.is_im && channel.user !== args.user) throw new Refusal('user_not_in_channel');
  if (channel.members && !channel.members.includes(args.user)) throw new Refusal('user_not_in_channel');
  const content = contentOf(args);
  const thread_ts = threadOf(slack, channel, args.thread_ts);
  const ts = slack.world.ts();
  slack.ephemerals.set(ts, botMessage(slack, content, ts));
  slack.keep({ ...content, channel: channel.id, ts, thread_ts, user: slack.botUser.id, to: args.user, ephemeral: true });
  return { message_ts: ts };
}

function update(slack, args) {
  const channel = slack.world.channel(args.channel);
  if (!visible(channel)) throw new Refusal('channel_not_found');
  const message = slack.world.find(channel.id, args.ts);
  if (!message) throw new Refusal('message_not_found');
  if (message.user !== slack.botUser.id) throw new Refusal('cant_update_message');
  if (channel.is_archived) throw new Refusal('is_archived');
  const content = contentOf(args);
  const before = structuredClone(message);
  // A text alone takes the blocks away; metadata stays unless there is new metadata.
  Object.assign(message, { text: content.text, edited: { user: message.user, ts: slack.world.ts() } });
  if (content.blocks) message.blocks = withIds(content.blocks);
  else delete message.blocks;
  if (content.metadata) message.metadata = content.metadata;
  slack.updates.push({ ...content, channel: channel.id, ts: args.ts, at: now() });
  slack.echoed(channel, message, before);
  return { channel: channel.id, ts: args.ts, text: content.text, message };
}

function open(slack, { users, channel: known }) {
  if (known !== undefined) {
    const channel = slack.world.channel(known);
    if (!channel || !['im', 'mpim'].includes(kindOf(channel))) throw new Refusal('channel_not_found');
    demand(slack, [`${kindOf(channel)}:write`]);
    return { no_op: true, already_open: true, channel: { id: channel.id } };
  }
  const wanted = String(users ?? '')
    .split(',')
    .filter(Boolean);
  if (wanted.length === 0) throw new Refusal('users_list_not_supplied');
  demand(slack, [wanted.length === 1 ? 'im:write' : 'mpim:write']);
  if (wanted.some((user) => !slack.world.users.has(user))) throw new Refusal('user_not_found');
  if (wanted.some((user) => slack.world.users.get(user).deleted)) throw new Refusal('user_disabled');
  if (wanted.includes(slack.botUser.id)) throw new Refusal('cannot_dm_bot');
  if (wanted.length === 1) return { channel: { id: slack.world.dm(wanted[0]) } };
  return {
    channel: { id: slack.world.addChannel({ id: newId('G'), is_mpim: true, is_private: true, name: `mpdm-${wanted.join('--')}-1` }) },
  };
}

export const chatMethods = {
  'chat.postMessage': { scope: 'chat:write', run: postMessage },
  'chat.postEphemeral': { scope: 'chat:write', run: postEphemeral },
  'chat.update': { scope: 'chat:write', run: update },
  'conversations.open': { run: open },
};
