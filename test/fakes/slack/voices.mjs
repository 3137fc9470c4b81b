// What people do in the workspace, told to the bot as Slack tells it.
import {
  actionPayload,
  commandFields,
  envelope,
  mentionEvent,
  messageEvent,
  rateLimited,
  richText,
  saidMessage,
  verification,
} from './payloads.mjs';
import { kindOf } from './world.mjs';

const HISTORY = { channel: 'channels:history', group: 'groups:history', im: 'im:history', mpim: 'mpim:history' };
/** Messages about messages: they are no lines in the channel. */
const HIDDEN = ['message_changed', 'message_deleted', 'message_replied'];

export class Voices {
  #slack;

  constructor(slack) {
    this.#slack = slack;
  }

  #channel(name) {
    const channel = this.#slack.world.channel(name, { byName: true, byUser: true });
    if (!channel) throw new Error(`there is no channel '${name}'`);
    return channel;
  }

  /** Over a socket or to the webhook. */
  event(event, { envelope: more, ...options } = {}) {
    const payload = envelope(this.#slack, event, more);
    if (!this.#slack.useSockets) return this.#slack.deliver(payload, options);
    return this.#slack.hub.send('events_api', payload, false).then((answer) => [answer]);
  }

  async say({ channel: name, user: sayer, text, thread_ts, subtype, bot_id, files, team, envelope: more, delivery, ...extra }) {
    const slack = this.#slack;
    const channel = this.#channel(name);
    const user = sayer ?? (subtype === 'bot_message' ? undefined : 'UANN');
    const message = saidMessage(slack, { user, text, thread_ts, subtype, bot_id, files, team, extra });
    if (!HIDDEN.includes(subtype)) slack.world.store(channel.id, message);
    const shared = team && team !== slack.team ? { is_ext_shared_channel: true } : {};
    const options = { ...delivery, envelope: { ...shared, ...more } };
    const events = this.eventsOf(channel, message);
    if (slack.mentionFirst) events.reverse();
    const responses = await Promise.all(events.map((event) => this.event(event, options)));
    return { ts: message.ts, responses: responses.flat() };
  }

  /** What the bot hears of a message: nothing where it is no member or has no right to listen. */
  eventsOf(channel, message) {
    const { scopes, botUser } = this.#slack;
    const kind = kindOf(channel);
    if (!channel.is_member && kind !== 'im') return [];
    const events = [];
    if (scopes.includes(HISTORY[kind])) events.push(messageEvent(channel, message));
    const mentioned = new RegExp(`<@${botUser.id}(\\|[^>]*)?>`).test(message.text ?? '');
    const told = mentioned && kind !== 'im' && message.user !== botUser.id && !HIDDEN.includes(message.subtype);
    if (told && scopes.includes('app_mentions:read')) events.push(mentionEvent(channel, message));
    return events;
  }

  /** Somebody changes what they said. */
  async edit({ channel: name, ts, text }) {
    const channel = this.#channel(name);
    const message = this.#slack.world.find(channel.id, ts);
    const before = structuredClone(message);
    Object.assign(message, { text, blocks: richText(text), edited: { user: message.user, ts: this.#slack.world.ts() } });
    return this.changed(channel, message, before);
  }

  async changed(channel, message, previous_message) {
    const ts = this.#slack.world.ts();
    const event = { type: 'message', subtype: 'message_changed', hidden: true, message, previous_message, ts };
    return (await Promise.all(this.eventsOf(channel, event).map((told) => this.event(told)))).flat();
  }

  /** Something else happens; what it changes in the workspace is changed. */
  happen(event, options) {
    const id = event.channel?.id ?? event.channel;
    const channel = this.#slack.world.channels.get(id);
    if (channel && event.type === 'channel_rename') channel.name = event.channel.name;
    if (channel && event.type === 'channel_archive') channel.is_archived = true;
    if (channel && event.type === 'channel_unarchive') channel.is_archived = false;
    if (channel && (event.type === 'channel_left' || event.type === 'group_left')) channel.is_member = false;
    if (channel && event.user === this.#slack.botUser.id && event.type === 'member_joined_channel') channel.is_member = true;
    return this.event({ event_ts: this.#slack.world.ts(), ...event }, options);
  }

  async command({ channel: name = 'CGENERAL', user = 'UANN', delivery, ...given }) {
    const channel = this.#channel(name);
    const response_url = this.#slack.replies.open({ channel: channel.id, user });
    const fields = commandFields(this.#slack, { ...given, user, channel, response_url });
    return { response_url, ...(await this.#interact('slash_commands', fields, new URLSearchParams(fields), delivery, { channel, user })) };
  }

  /** `message`: a post, or its ts; `action`: a button of it, or its action_id, or its label. */
  async click({ channel: name, user = 'UANN', message: given, action, delivery }) {
    const ts = given.ts ?? given;
    const channel = this.#channel(name ?? given.channel);
    const ephemeral = this.#slack.ephemerals.has(ts);
    const message = this.#slack.ephemerals.get(ts) ?? this.#slack.world.find(channel.id, ts);
    const pressed = buttonsOf(message).find(({ button }) => matches(button, action));
    if (!pressed) throw new Error(`there is no such button in ${ts}`);
    const response_url = this.#slack.replies.open({ channel: channel.id, user, ts });
    const payload = actionPayload(this.#slack, { user, channel, message, pressed, response_url, ephemeral });
    const form = new URLSearchParams({ payload: JSON.stringify(payload) });
    return { response_url, ...(await this.#interact('interactive', payload, form, delivery, { channel, user })) };
  }

  /** Never repeated by Slack. What the bot says in its answer to a command is shown to the one who gave it. */
  async #interact(type, payload, form, options, { channel, user }) {
    const responses = this.#slack.useSockets
      ? [await this.#slack.hub.send(type, payload, true)]
      : await this.#slack.deliver(form, { retries: false, ...options });
    if (type === 'slash_commands' && responses[0].status === 200) this.#slack.replies.immediate(responses[0].body, channel.id, user);
    return { payload, responses };
  }

  challenge(challenge, options) {
    return this.#slack.deliver(verification(challenge), options);
  }

  rateLimited(options) {
    return this.#slack.deliver(rateLimited(this.#slack), options);
  }
}

const buttonsOf = (message) =>
  (message?.blocks ?? []).flatMap(({ block_id, elements = [], accessory }) =>
    [...elements, accessory].filter((one) => one?.type === 'button').map((button) => ({ button, block_id })),
  );

const matches = (button, action) =>
  typeof action === 'string'
    ? button.action_id === action || button.text.text === action
    : Object.entries({ action_id: action.action_id, value: action.value }).every(
        ([key, value]) => value === undefined || button[key] === value,
      );
