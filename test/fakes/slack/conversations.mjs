// conversations.*: reading channels and their messages.
import { limitOf, nextPage, pageOf, readCursor } from './pages.mjs';
import { demand, kindOf, Refusal, visible } from './world.mjs';

const SCOPE = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };
const TYPES = { public_channel: 'channel', private_channel: 'group', im: 'im', mpim: 'mpim' };
const KINDS = Object.keys(SCOPE);

/** A channel that this token may see, and the scope for its kind. */
function readable(slack, name, right) {
  // Without any scope of the family Slack does not even look for the channel.
  demand(
    slack,
    KINDS.map((kind) => `${SCOPE[kind]}:${right}`),
  );
  const channel = slack.world.channel(name);
  if (!visible(channel)) throw new Refusal('channel_not_found');
  demand(slack, [`${SCOPE[kindOf(channel)]}:${right}`]);
  return channel;
}

function edge(value, name) {
  if (value === undefined || value === '') return undefined;
  if (!/^\d+(\.\d+)?$/.test(String(value))) throw new Refusal(`invalid_ts_${name}`);
  return value;
}

// A ts has more digits than a number can hold.
const micros = (ts) => {
  const [seconds, rest = ''] = String(ts).split('.');
  return BigInt(seconds) * 1_000_000n + BigInt(rest.padEnd(6, '0').slice(0, 6));
};

/** Whether a message lies between the edges. 'now' and 0 are no edges. */
function between({ oldest, latest, inclusive }) {
  const from = edge(oldest, 'oldest');
  const to = edge(latest, 'latest');
  const on = inclusive === true || inclusive === 'true' || inclusive === '1';
  return ({ ts }) => {
    const at = micros(ts);
    if (from !== undefined && (on ? at < micros(from) : at <= micros(from))) return false;
    return to === undefined || micros(to) === 0n || (on ? at <= micros(to) : at < micros(to));
  };
}

/** A message as it is read back: what metadata holds is shown only on request. */
function shown(message, { include_all_metadata }) {
  const all = include_all_metadata === true || include_all_metadata === 'true' || include_all_metadata === '1';
  return message.metadata && !all ? { ...message, metadata: { event_type: message.metadata.event_type } } : message;
}

const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts;

function history(slack, args) {
  const channel = readable(slack, args.channel, 'history');
  if (!channel.is_member && !channel.is_im) throw new Refusal('not_in_channel');
  const limit = limitOf(args.limit, 100, 999);
  const cursor = readCursor(args.cursor, 'next_ts');
  const listed = slack.world.messages(channel.id).filter((message) => !isReply(message) || message.subtype === 'thread_broadcast');
  const found = listed.filter(between(args)).reverse();
  const rest = cursor === undefined ? found : found.filter(({ ts }) => micros(ts) <= BigInt(cursor));
  const next = rest[limit];
  return {
    messages: rest.slice(0, limit).map((message) => shown(message, args)),
    has_more: next !== undefined,
    pin_count: 0,
    ...(args.latest !== undefined && { latest: String(args.latest) }),
    ...(args.oldest !== undefined && { oldest: String(args.oldest) }),
    ...(next && nextPage('next_ts', micros(next.ts))),
  };
}

function replies(slack, args) {
  const channel = readable(slack, args.channel, 'history');
  if (!channel.is_member && !channel.is_im) throw new Refusal('not_in_channel');
  const asked = slack.world.find(channel.id, args.ts);
  if (!asked) throw new Refusal('thread_not_found');
  // Asked with the ts of a reply, Slack gives that reply alone.
  if (isReply(asked)) return { messages: [shown(asked, args)], has_more: false };
  const limit = limitOf(args.limit, 1_000, 1_000);
  const cursor = readCursor(args.cursor, 'next_ts');
  const found = slack.world.messages(channel.id).filter((message) => message.thread_ts === asked.ts && message !== asked);
  const rest = found.filter(between(args)).filter(({ ts }) => cursor === undefined || micros(ts) >= BigInt(cursor));
  const next = rest[limit];
  return {
    // The first message of the thread comes with every page.
    messages: [asked, ...rest.slice(0, limit)].map((message) => shown(message, args)),
    has_more: next !== undefined,
    ...(next && nextPage('next_ts', micros(next.ts))),
  };
}

function described(slack, { members, ...channel }) {
  const kind = kindOf(channel);
  if (kind === 'im')
    return { id: channel.id, created: channel.created, is_archived: false, is_im: true, is_org_shared: false, user: channel.user };
  return {
    is_channel: kind === 'channel',
    is_group: kind === 'group',
    is_im: false,
    is_mpim: kind === 'mpim',
    is_general: false,
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    creator: 'UANN',
    name_normalized: channel.name,
    num_members: members?.length ?? 2,
    context_team_id: slack.team,
    shared_team_ids: [slack.team],
    previous_names: [],
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    ...channel,
  };
}

function list(slack, args) {
  const types = String(args.types ?? 'public_channel').split(',');
  if (types.some((type) => !Object.hasOwn(TYPES, type.trim()))) throw new Refusal('invalid_types');
  const kinds = types.map((type) => TYPES[type.trim()]);
  for (const kind of kinds) demand(slack, [`${SCOPE[kind]}:read`]);
  const all = [...slack.world.channels.values()].filter((channel) => kinds.includes(kindOf(channel)) && visible(channel));
  const { items, more } = pageOf(all, { ...args, kind: 'channel' });
  const archived = args.exclude_archived === true || args.exclude_archived === 'true';
  // Slack leaves archived ones out after it has cut the page: a page may be short, even empty, with more to come.
  return { channels: items.filter((channel) => !(archived && channel.is_archived)).map((channel) => described(slack, channel)), ...more };
}

function info(slack, args) {
  return { channel: described(slack, readable(slack, args.channel, 'read')) };
}

export const conversationMethods = {
  'conversations.history': { run: history },
  'conversations.replies': { run: replies },
  'conversations.list': { run: list },
  'conversations.info': { run: info },
};
