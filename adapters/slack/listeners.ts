// What the app listens to, and what each event means to emcee. A listener that fails lets Slack send its event again.
import type { App } from '@slack/bolt';
import type { Address, Host, Incoming } from '../../src/adapter.js';
import type { Directory } from './directory.js';
import {
  type ButtonClick,
  type Envelope,
  fromArrival,
  fromClick,
  fromCommand,
  fromMessage,
  isOurs,
  type MessageEvent,
  type Self,
  type SlashCommand,
} from './events.js';
import { readSaid } from './mrkdwn.js';
import type { WelcomeChannels } from './welcome.js';
import { MOVED } from './words.js';

export interface Listening {
  self: Self;
  host: Host;
  directory: Directory;
  welcomed: WelcomeChannels;
  /** The text that a thread began with. */
  parentOf(channel: string, thread: string): Promise<string | undefined>;
  /** The app is no longer installed, or its token was revoked. */
  removed(): void;
}

type AnyEvent = { type: string };
type Joined = AnyEvent & { user: string; channel: string; team?: string };
type Moved = AnyEvent & { channel: string | { id: string; name?: string } };
type Revoked = AnyEvent & { tokens?: { bot?: string[] } };

export function listen(app: App, { self, host, directory, welcomed, parentOf, removed }: Listening): void {
  const take = async (message: Incoming | undefined) => {
    if (message) await host.receive(message);
  };

  // In place of a listener for each: Bolt asks every listener about every message, and most of what a channel says is not for us.
  app.use(async ({ body }) => {
    if (!isOurs(body as Envelope, self)) return;
    if ('event' in body) await on(body.event as AnyEvent);
    else if ('command' in body) await take(fromCommand(body as unknown as SlashCommand, self, Date.now()));
    else if ('actions' in body) await take(fromClick(body as unknown as ButtonClick, self, Date.now()));
  });

  async function on(event: AnyEvent): Promise<void> {
    if (event.type === 'message' || event.type === 'app_mention')
      await take(withQuoted(event as MessageEvent, fromMessage(event as MessageEvent, self)));
    else if (event.type === 'member_joined_channel') await welcome(event as Joined);
    else if (/^(?:channel|group)_(?:rename|archive|unarchive|deleted|left)$/.test(event.type)) moved(event as Moved);
    // It is sent for the tokens of members, too.
    else if (event.type === 'app_uninstalled' || (event.type === 'tokens_revoked' && (event as Revoked).tokens?.bot?.length)) removed();
  }

  /** In a thread, what it began with is what is answered. */
  function withQuoted({ channel, ts, thread_ts: thread }: MessageEvent, message: Incoming | undefined): Incoming | undefined {
    if (!message || thread === undefined || thread === ts) return message;
    return {
      ...message,
      quoted: async () => {
        const text = await parentOf(channel, thread);
        return text === undefined ? undefined : readSaid(text, self.user).text;
      },
    };
  }

  async function welcome({ user, team = self.team, channel }: Joined): Promise<void> {
    if (user === self.user || team !== self.team || !welcomed.has(channel)) return;
    // For good, not only for as long as the inbox remembers.
    const key = `welcomed:${user}`;
    if (await host.sessions.get(key)) return;
    await take(fromArrival(user, self, Date.now()));
    await host.sessions.set(key, true);
  }

  function moved({ type, channel }: Moved): void {
    const { id, name = '' } = typeof channel === 'string' ? { id: channel } : channel;
    const address: Address = `${self.instance}:room:${id}`;
    const news = MOVED[type.slice(type.indexOf('_') + 1)]?.(directory.nameOf(address), name);
    directory.forget();
    // The host knows which channels emcee speaks in.
    if (news) host.tell(news, address);
  }
}
