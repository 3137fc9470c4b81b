import type { App } from '@slack/bolt';
import {
  type Adapter,
  type Address,
  type Capabilities,
  type Host,
  type Receipt,
  SendError,
  type SendOptions,
  type Webhook,
  type Wire,
} from '../../src/adapter.js';
import { clientOptions, createApp, loadBolt, loggerFor, type WebClient } from './bolt.js';
import { Directory } from './directory.js';
import { replyTarget, type Self } from './events.js';
import { explain } from './explain.js';
import type { Language } from './failures.js';
import type { SlackWire } from './format.js';
import { listen } from './listeners.js';
import { Outbox } from './outbox.js';
import { type Found, findMessage } from './read-back.js';
import { SlackReceiver } from './receiver.js';
import { SlackSocket, type SocketTiming } from './socket.js';

/** Events are small; Slack says nothing of a limit, and a message has 40,000 characters at most. */
const MOST_BYTES = 1_000_000;

/** One message a second in a channel, reckoned from the moment that Slack took the last (docs.slack.dev/apis/web-api/rate-limits). */
const CAPABILITIES: Capabilities = { proactive: 'always', rooms: true, threads: true, choices: true, limits: [], gapMs: [1_000, 1_000] };

export interface SlackSettings extends Record<string, unknown> {
  SLACK_BOT_TOKEN: string;
  SLACK_SIGNING_SECRET?: string;
  SLACK_APP_TOKEN?: string;
  SLACK_API_URL: string;
  /** Names or ids of channels whose new members are welcomed. */
  SLACK_WELCOME?: string[];
}

interface Connected {
  self: Self;
  client: WebClient;
  directory: Directory;
  app: App;
  socket: SlackSocket | undefined;
}

export class SlackAdapter implements Adapter {
  readonly webhook: Webhook;
  readonly #settings: SlackSettings;
  readonly #instance: string;
  readonly #timing: SocketTiming | undefined;
  readonly #outbox: Outbox;
  readonly #underWay = new Set<Promise<unknown>>();
  #host: Host | undefined;
  #receiver: SlackReceiver | undefined;
  #connected: Connected | undefined;

  constructor(settings: SlackSettings, instance: string, timing?: SocketTiming) {
    this.#settings = settings;
    this.#instance = instance;
    this.#timing = timing;
    this.#outbox = new Outbox(settings.SLACK_API_URL, settings.SLACK_BOT_TOKEN, () => this.#language());
    this.webhook = { maxBytes: MOST_BYTES, handle: (request) => this.#receiver?.handle(request) ?? Promise.resolve({ status: 503 }) };
  }

  /** @throws Error that says what to mend; it may be called again */
  async connect(host: Host): Promise<void> {
    this.#host = host;
    const { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = this.#settings;
    // Before Slack has said who we are: it verifies the address while the app is being made.
    this.#receiver ??= new SlackReceiver({
      ...{ signingSecret, log: host.log },
      sorry: () => SORRY[this.#language()],
      limited: () => host.tell(LIMITED),
    });
    const receiver = this.#receiver;
    const bolt = await loadBolt();
    const logger = loggerFor(host.log);
    const client = new bolt.webApi.WebClient(token, clientOptions(apiUrl, logger));
    const self = await this.#whoAmI(client);
    const directory = new Directory(client, this.#instance, host);
    const app = createApp({ bolt, token, apiUrl, self, receiver, logger });
    listen(app, { self, host, directory, welcomed: this.#settings.SLACK_WELCOME ?? [] });
    const socket = await this.#openSocket(receiver, host);
    this.#connected = { self, client, directory, app, socket };
    host.report({ is: 'online' });
  }

  async close(): Promise<void> {
    const socket = this.#connected?.socket;
    this.#connected = undefined;
    await socket?.stop();
    await this.#receiver?.stop();
    await Promise.allSettled(this.#underWay);
    this.#outbox.close();
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  async send(to: Address, wire: Wire, { inReplyTo, deliveryId, signal }: SendOptions = {}): Promise<Receipt> {
    const connected = this.#connected;
    if (!connected) throw new SendError('unreachable', 'Slack is not connected', { maybeSent: false });
    const sending = this.#send(connected.directory.nameOf(to), to, wire as SlackWire, { inReplyTo, deliveryId, signal });
    this.#underWay.add(sending);
    return sending.finally(() => this.#underWay.delete(sending));
  }

  async resolve(name: string): Promise<Address | undefined> {
    return this.#connected?.directory.resolve(name);
  }

  async seen(to: Address, deliveryId: string, attemptedAt: Date, inReplyTo?: string): Promise<Found> {
    const target = this.#targetOf(to);
    const { thread, responseUrl } = replyTarget(inReplyTo);
    if (!this.#connected || !target || responseUrl) return { state: 'cannot-tell' };
    const { client, directory } = this.#connected;
    const channel = target.kind === 'person' ? await directory.directRoom(target.id) : target.id;
    return findMessage(client, channel, thread, deliveryId, attemptedAt);
  }

  async #send(where: string, to: Address, wire: SlackWire, { inReplyTo, deliveryId, signal }: SendOptions): Promise<Receipt> {
    const target = this.#targetOf(to);
    if (!target) throw new SendError('unknown-target', `Slack has no ${to}`, { maybeSent: false });
    const { thread, responseUrl } = replyTarget(inReplyTo);
    if (responseUrl && this.#isSlack(responseUrl)) {
      await this.#outbox.respond(responseUrl, { wire, where, signal });
      return { state: 'accepted', at: new Date() };
    }
    const { ts, channel } = await this.#outbox.post({ channel: target.id, thread, wire, deliveryId, where, signal });
    return { platformId: `${channel}:${ts}`, state: 'accepted', at: new Date() };
  }

  /** `slack:room:C1`, `slack:person:U1`: Slack takes a person's id for the direct messages with them. */
  #targetOf(to: Address): { kind: string; id: string } | undefined {
    const [instance, kind = '', id = ''] = to.split(':');
    return instance === this.#instance && (kind === 'room' || kind === 'person') && /^[A-Z0-9]{2,}$/.test(id) ? { kind, id } : undefined;
  }

  /** An answer goes to nobody but Slack, whatever address a command brought. */
  #isSlack(responseUrl: string): boolean {
    const { protocol, host } = new URL(responseUrl);
    return (protocol === 'https:' && host === 'hooks.slack.com') || host === new URL(this.#settings.SLACK_API_URL).host;
  }

  async #whoAmI(client: WebClient): Promise<Self> {
    try {
      const { team_id: team, user_id: user, bot_id: bot } = await client.auth.test();
      if (!team || !user) throw new Error('Slack does not say who the bot is');
      return { instance: this.#instance, team, user, bot };
    } catch (error) {
      throw new Error(explain(error, 'bot', this.#language()), { cause: error });
    }
  }

  async #openSocket(receiver: SlackReceiver, host: Host): Promise<SlackSocket | undefined> {
    const { SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = this.#settings;
    if (!appToken) return undefined;
    const logger = loggerFor(host.log);
    const socket = new SlackSocket({
      ...{ appToken, receiver, logger, log: host.log, timing: this.#timing },
      clientOptions: clientOptions(apiUrl, logger),
      report: (state) => host.report(state),
      explain: (error) => explain(error, 'app', this.#language()),
    });
    await socket.start();
    return socket;
  }

  #language(): Language {
    return this.#host?.about().language ?? 'en';
  }
}

/** 30,000 an hour (docs.slack.dev/apis/events-api/app_rate_limited). */
const LIMITED: Record<Language, string> = {
  en: 'Slack holds back events for the rest of this minute: the workspace says more than an app may hear in an hour. Members may have to ask again; manifest-mentions.yaml hears less.',
  zh: 'Slack 这一分钟内不再推送消息：工作区的消息数超过了应用每小时的上限。成员可能需要再问一次；manifest-mentions.yaml 接收的消息更少。',
};

const SORRY: Record<Language, string> = {
  en: 'Sorry, that did not work just now. Please try again in a moment.',
  zh: '抱歉，刚才没能处理好。请稍后再试一次。',
};
