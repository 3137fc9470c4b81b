// What Slack sends, as messages (docs.slack.dev/reference/events, /interactivity). Pure.
import type { Address, Incoming } from '../../src/adapter.js';
import { readSaid } from './mrkdwn.js';

/** Who we are, from auth.test. */
export interface Self {
  instance: string;
  team: string;
  /** The bot's user and its bot id. */
  user: string;
  bot: string | undefined;
}

/** The parts of `message` and `app_mention` events that are read here. */
export interface MessageEvent {
  type: string;
  subtype?: string;
  channel: string;
  channel_type?: string;
  user?: string;
  bot_id?: string;
  team?: string;
  user_team?: string;
  text?: string;
  ts: string;
  thread_ts?: string;
  edited?: unknown;
}

export interface SlashCommand {
  team_id: string;
  user_id: string;
  user_name?: string;
  text?: string;
  trigger_id: string;
  response_url?: string;
}

export interface ButtonClick {
  user: { id: string; team_id?: string };
  container?: { channel_id?: string; message_ts?: string; thread_ts?: string };
  channel?: { id: string };
  actions: { value?: string; action_ts?: string }[];
}

export interface Envelope {
  team_id?: unknown;
  team?: { id?: unknown } | null;
  authorizations?: { team_id?: unknown }[] | null;
}

/** Said by a person; everything else (edits, joins, topics, bots' messages) is not for us. */
const SPOKEN = new Set([undefined, 'file_share', 'thread_broadcast']);

/** Whether this was sent for our workspace: an event names it, and so does the installation that it was sent to. */
export function isOurs({ team_id, team, authorizations }: Envelope, self: Self): boolean {
  const installed = authorizations?.[0]?.team_id;
  return (team_id ?? team?.id) === self.team && (installed === undefined || installed === null || installed === self.team);
}

/** A message or a mention: both have the same id where Slack sends both. Undefined where nobody spoke to us. */
export function fromMessage(event: MessageEvent, self: Self): Incoming | undefined {
  const { channel, user, ts } = event;
  if (!SPOKEN.has(event.subtype) || event.edited || !user || typeof channel !== 'string' || typeof ts !== 'string') return undefined;
  const direct = event.channel_type === 'im' || (event.channel_type === undefined && channel.startsWith('D'));
  const { text, addressed } = readSaid(typeof event.text === 'string' ? event.text : '', self.user);
  const thread = event.thread_ts ?? (direct ? undefined : ts);
  return {
    id: `${self.team}:${channel}:${ts}`,
    where: direct ? person(self, user) : room(self, channel),
    sender: { id: senderId(user, event.user_team ?? event.team, self), isBot: event.bot_id !== undefined || user === self.user },
    text,
    addressed: direct || addressed,
    at: new Date(Number(ts) * 1000),
    replyTo: thread && threadOf(thread),
  };
}

/** A slash command is answered where it was given, to its sender alone. */
export function fromCommand(command: SlashCommand, self: Self, now: number): Incoming {
  return {
    id: `${self.team}:command:${command.trigger_id}`,
    where: person(self, command.user_id),
    sender: { id: command.user_id, name: command.user_name, isBot: false },
    text: command.text?.trim() || 'help',
    addressed: true,
    at: new Date(now),
    replyTo: command.response_url,
  };
}

/** A choice that was tapped says what the choice says. Undefined for links, which only open. */
export function fromClick(click: ButtonClick, self: Self, now: number): Incoming | undefined {
  const [action] = click.actions;
  const channel = click.container?.channel_id ?? click.channel?.id;
  const message = click.container?.message_ts;
  if (!action?.value || !channel) return undefined;
  const direct = channel.startsWith('D');
  const thread = click.container?.thread_ts ?? (direct ? undefined : message);
  return {
    id: `${self.team}:${channel}:${message ?? ''}:${click.user.id}:${action.action_ts ?? now}`,
    where: direct ? person(self, click.user.id) : room(self, channel),
    sender: { id: senderId(click.user.id, click.user.team_id, self), isBot: false },
    text: action.value,
    addressed: true,
    at: new Date(now),
    replyTo: thread && threadOf(thread),
  };
}

/** Somebody joined a channel whose new members are welcomed: once each, whatever they join. */
export function fromArrival(user: string, self: Self, now: number): Incoming {
  const where = person(self, user);
  return {
    id: `${self.team}:welcome:${user}`,
    where,
    sender: { id: user, isBot: false },
    text: '',
    addressed: true,
    at: new Date(now),
    arrived: true,
  };
}

const THREAD = 'thread:';

function threadOf(ts: string): string {
  return `${THREAD}${ts}`;
}

/** What `Incoming.replyTo` above says: the thread to answer in, or the address that a slash command is answered at. */
export function replyTarget(inReplyTo: string | undefined): { thread?: string; responseUrl?: string } {
  if (inReplyTo?.startsWith(THREAD)) return { thread: inReplyTo.slice(THREAD.length) };
  return inReplyTo !== undefined && URL.canParse(inReplyTo) && inReplyTo.startsWith('http') ? { responseUrl: inReplyTo } : {};
}

/** Somebody from another workspace (Slack Connect) is never taken for one of our organizers. */
function senderId(user: string, team: string | undefined, self: Self): string {
  return team === undefined || team === self.team ? user : `${team}-${user}`;
}

function person(self: Self, user: string): Address {
  return `${self.instance}:person:${user}`;
}

function room(self: Self, channel: string): Address {
  return `${self.instance}:room:${channel}`;
}
