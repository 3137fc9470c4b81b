// What a workspace of the fake Slack holds: people, conversations and their messages.

/** Slack says no: `error` is its own word for it. Nothing was stored. */
export class Refusal extends Error {
  constructor(error, more = {}, status = 200, headers = {}) {
    super(error);
    Object.assign(this, { error, more, status, headers });
  }
}

/** Milliseconds since 1970 with fractions: latencies are read from it. */
export const now = () => performance.timeOrigin + performance.now();

// A bot may outlive a fake, and remembers the ids of events: those of the next one are others.
let ids = Date.now() * 36;
export const newId = (prefix) => `${prefix}${(ids++).toString(36).toUpperCase()}`;

const DEFAULT_USERS = [
  { id: 'UANN', name: 'ann', real_name: 'Ann' },
  { id: 'UBEN', name: 'ben', real_name: 'Ben' },
];
const DEFAULT_CHANNELS = [
  { id: 'CGENERAL', name: 'general', is_member: true, is_general: true },
  { id: 'CEVENTS', name: 'events', is_member: true },
  { id: 'CELSE', name: 'elsewhere', is_member: false },
  { id: 'COLD', name: 'old', is_member: true, is_archived: true },
  { id: 'GINSIDE', name: 'inside', is_member: true, is_private: true },
  { id: 'GSECRET', name: 'secret', is_member: false, is_private: true },
];

export class World {
  users = new Map();
  channels = new Map();
  #messages = new Map();
  #lastMicros = 0;

  constructor({ team, teamName, botUser, users = DEFAULT_USERS, channels = DEFAULT_CHANNELS }) {
    Object.assign(this, { team, teamName, botUser });
    for (const user of [...users, { id: botUser.id, name: botUser.name, real_name: botUser.name, is_bot: true }])
      this.users.set(user.id, { team_id: team, deleted: false, is_bot: false, ...user });
    for (const channel of channels) this.addChannel(channel);
  }

  addChannel(channel) {
    this.channels.set(channel.id, { is_member: true, is_archived: false, is_private: false, created: 1_700_000_000, ...channel });
    this.#messages.set(channel.id, []);
    return channel.id;
  }

  /** Seconds and microseconds, never the same twice: within a channel Slack uses it as the message's id. */
  ts() {
    this.#lastMicros = Math.max(Math.floor(now() * 1_000), this.#lastMicros + 1);
    const digits = String(this.#lastMicros);
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  /** The direct conversation of the bot with somebody; made when it is first needed. */
  dm(user) {
    const open = [...this.channels.values()].find((channel) => channel.is_im && channel.user === user);
    return open?.id ?? this.addChannel({ id: this.channels.has(`D${user}`) ? newId('D') : `D${user}`, is_im: true, user });
  }

  /** By id, '#name' or a person's id; undefined for what the bot cannot see either. */
  channel(name, { byName = false, byUser = false } = {}) {
    if (typeof name !== 'string') return undefined;
    const found = this.channels.get(name);
    if (found) return found;
    if (byUser && this.users.has(name)) return this.channels.get(this.dm(name));
    const wanted = name.replace(/^#/, '');
    return byName ? [...this.channels.values()].find((channel) => channel.name === wanted) : undefined;
  }

  messages(channel) {
    return this.#messages.get(channel) ?? [];
  }

  find(channel, ts) {
    // From the end: what is asked for is nearly always among the latest.
    return this.messages(channel).findLast((message) => message.ts === ts);
  }

  store(channel, message) {
    this.messages(channel).push(message);
    const parent = message.thread_ts && message.thread_ts !== message.ts ? this.find(channel, message.thread_ts) : undefined;
    if (!parent) return message;
    const repliers = new Set([...(parent.reply_users ?? []), message.user]);
    Object.assign(parent, {
      thread_ts: parent.ts,
      reply_count: (parent.reply_count ?? 0) + 1,
      reply_users_count: repliers.size,
      latest_reply: message.ts,
      reply_users: [...repliers],
    });
    if (parent.user) message.parent_user_id = parent.user;
    return message;
  }
}

export const kindOf = (channel) => (channel.is_im ? 'im' : channel.is_mpim ? 'mpim' : channel.is_private ? 'group' : 'channel');

/** Whether the bot can know at all that it exists. */
export const visible = (channel) => channel !== undefined && (channel.is_member || kindOf(channel) === 'channel');

/** One of these scopes has to be there. */
export function demand(slack, anyOf, granted = slack.scopes) {
  if (anyOf.some((scope) => granted.includes(scope))) return;
  throw new Refusal('missing_scope', { needed: anyOf.join(','), provided: granted.join(',') });
}
