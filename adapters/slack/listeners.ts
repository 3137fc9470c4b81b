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

export interface Listening {
  self: Self;
  host: Host;
  directory: Directory;
  /** Channels whose new members are welcomed: names or ids. */
  welcomed: readonly string[];
}

type AnyEvent = { type: string };
type Joined = AnyEvent & { user: string; channel: string; team?: string };
type Moved = AnyEvent & { channel: string | { id: string; name?: string } };

export function listen(app: App, { self, host, directory, welcomed }: Listening): void {
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
    if (event.type === 'message' || event.type === 'app_mention') await take(fromMessage(event as MessageEvent, self));
    else if (event.type === 'member_joined_channel') await welcome(event as Joined);
    else if (/^(?:channel|group)_(?:rename|archive|unarchive|deleted|left)$/.test(event.type)) moved(event as Moved);
    else if (event.type === 'app_uninstalled' || event.type === 'tokens_revoked') {
      const zh = host.about().language === 'zh';
      host.report({
        is: 'offline',
        reason: zh ? '应用已从 Slack 工作区卸载，请重新安装' : 'the app was removed from the workspace: install it again',
      });
    }
  }

  async function welcome({ user, team = self.team, channel }: Joined): Promise<void> {
    if (user === self.user || team !== self.team || !(await isWelcomed(channel, welcomed, directory))) return;
    // For good, not only for as long as the inbox remembers.
    const key = `welcomed:${user}`;
    if (await host.sessions.get(key)) return;
    await take(fromArrival(user, self, Date.now()));
    await host.sessions.set(key, true);
  }

  function moved({ type, channel }: Moved): void {
    directory.forget();
    const { id, name } = typeof channel === 'string' ? { id: channel, name: undefined } : channel;
    const address: Address = `${self.instance}:room:${id}`;
    const news = newsOf(type.slice(type.indexOf('_') + 1), directory.nameOf(address), name);
    if (news) host.tell(news, address);
  }
}

async function isWelcomed(channel: string, welcomed: readonly string[], directory: Directory): Promise<boolean> {
  for (const name of welcomed) if (name === channel || (await directory.resolve(name))?.endsWith(`:${channel}`)) return true;
  return false;
}

/** Only of interest for channels that emcee speaks in: the host knows those. */
function newsOf(what: string, name: string, newName: string | undefined): Record<'zh' | 'en', string> | undefined {
  if (what === 'rename')
    return {
      en: `The Slack channel ${name} is now called #${newName}. emcee stays with it; please write the new name in emcee.yaml.`,
      zh: `Slack 频道 ${name} 已改名为 #${newName}。emcee 会继续使用它；请在 emcee.yaml 里写上新名字。`,
    };
  if (what === 'unarchive') return undefined;
  return {
    en: `The Slack channel ${name} was ${what === 'left' ? 'closed to the bot' : what === 'deleted' ? 'deleted' : 'archived'}: emcee can no longer post there.`,
    zh: `Slack 频道 ${name} ${what === 'left' ? '已把机器人移出' : what === 'deleted' ? '已被删除' : '已归档'}：emcee 无法再往那里发消息。`,
  };
}
