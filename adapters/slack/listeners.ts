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

export function listen(app: App, { self, host, directory, welcomed }: Listening): void {
  const take = async (message: Incoming | undefined) => {
    if (message) await host.receive(message);
  };
  const ours = (body: unknown) => isOurs(body as Envelope, self);

  app.event(/^(?:message|app_mention)$/, async ({ event, body }) => {
    if (ours(body)) await take(fromMessage(event as unknown as MessageEvent, self));
  });
  app.command(/.*/, async ({ command, body }) => {
    if (ours(body)) await take(fromCommand(command as unknown as SlashCommand, self, Date.now()));
  });
  app.action(/.*/, async ({ body }) => {
    if (ours(body)) await take(fromClick(body as unknown as ButtonClick, self, Date.now()));
  });

  app.event('member_joined_channel', async ({ event, body }) => {
    if (!ours(body) || event.user === self.user || (event.team ?? self.team) !== self.team) return;
    if (!(await isWelcomed(event.channel, welcomed, directory))) return;
    // For good, not only for as long as the inbox remembers.
    const key = `welcomed:${event.user}`;
    if (await host.sessions.get(key)) return;
    await take(fromArrival(event.user, self, Date.now()));
    await host.sessions.set(key, true);
  });

  app.event(/^(?:channel|group)_(?:rename|archive|unarchive|deleted|left)$/, async ({ event, body }) => {
    if (!ours(body)) return;
    directory.forget();
    const { type, channel } = event as unknown as { type: string; channel: string | { id: string; name?: string } };
    const { id, name } = typeof channel === 'string' ? { id: channel, name: undefined } : channel;
    const address: Address = `${self.instance}:room:${id}`;
    const news = newsOf(type.slice(type.indexOf('_') + 1), directory.nameOf(address), name);
    if (news) host.tell(news, address);
  });

  app.event(/^(?:app_uninstalled|tokens_revoked)$/, async () => {
    const reason =
      host.about().language === 'zh' ? '应用已从 Slack 工作区卸载，请重新安装' : 'the app was removed from the workspace: install it again';
    host.report({ is: 'offline', reason });
  });
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
