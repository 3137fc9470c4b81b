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
import { SlackClock } from './clock.js';
import { Directory } from './directory.js';
import { replyTarget, type Self } from './events.js';
import { explain } from './explain.js';
import type { Language } from './failures.js';
import type { SlackWire } from './format.js';
import { listen } from './listeners.js';
import { Outbox } from './outbox.js';
import { type Found, findMessage, parentText } from './read-back.js';
import { SlackReceiver } from './receiver.js';
import { SlackSocket, type SocketTiming } from './socket.js';
import { TokenWatch } from './token-watch.js';
import { WelcomeChannels } from './welcome.js';
import { LIMITED, REMOVED, SORRY } from './words.js';

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
  client: WebClient;
  directory: Directory;
}

export class SlackAdapter implements Adapter {
  readonly webhook: Webhook;
  readonly #settings: SlackSettings;
  readonly #instance: string;
  readonly #timing: SocketTiming | undefined;
  readonly #clock = new SlackClock();
  readonly #outbox: Outbox;
  readonly #underWay = new Set<Promise<unknown>>();
  #host: Host | undefined;
  #receiver: SlackReceiver | undefined;
  #socket: SlackSocket | undefined;
  #connected: Connected | undefined;
  #token: TokenWatch | undefined;
  #closed = false;

  constructor(settings: SlackSettings, instance: string, timing?: SocketTiming) {
    this.#settings = settings;
    this.#instance = instance;
    this.#timing = timing;
    this.#outbox = new Outbox(settings.SLACK_API_URL, settings.SLACK_BOT_TOKEN, () => this.#language(), this.#clock);
    this.webhook = { maxBytes: MOST_BYTES, handle: (request) => this.#receiver?.handle(request) ?? Promise.resolve({ status: 503 }) };
  }

  /** @throws Error that says what to mend; it may be called again */
  async connect(host: Host): Promise<void> {
    this.#host = host;
    const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl, SLACK_WELCOME: channels = [] } = this.#settings;
    // Before Slack has said who we are: it verifies the address while the app is being made.
    this.#receiver ??= this.#newReceiver(host);
    const receiver = this.#receiver;
    const bolt = await loadBolt();
    const logger = loggerFor(host.log);
    const client = new bolt.webApi.WebClient(token, clientOptions(apiUrl, logger, this.#clock));
    const self = await this.#whoAmI(client);
    this.#token = new TokenWatch({
      report: (state) => host.report(state),
      reason: () => REMOVED[this.#language()],
      ask: () => client.auth.test(),
    });
    const directory = new Directory(client, this.#instance, host);
    const welcomed = new WelcomeChannels(channels, host);
    listen(createApp({ bolt, token, apiUrl, self, receiver, logger }), {
      ...{ self, host, directory, welcomed },
      parentOf: (channel, thread) => parentText(client, channel, thread),
      removed: () => this.#token?.refused(),
    });
    await this.#openSocket(receiver, host);
    if (this.#closed) return void (await this.close());
    this.#connected = { client, directory };
    // Nobody who joins waits for it.
    void welcomed.look(directory);
    host.report({ is: 'online' });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#connected = undefined;
    this.#token?.close();
    await this.#socket?.stop();
    await this.#receiver?.stop();
    await Promise.allSettled(this.#underWay);
    this.#outbox.close();
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  async send(to: Address, wire: Wire, options: SendOptions = {}): Promise<Receipt> {
    const connected = this.#connected;
    if (!connected) throw new SendError('unreachable', 'Slack is not connected', { maybeSent: false });
    const sending = this.#send(connected, to, wire as SlackWire, options);
    this.#underWay.add(sending);
    try {
      return await sending;
    } catch (error) {
      if (error instanceof SendError && error.reason === 'signed-out') this.#token?.refused();
      throw error;
    } finally {
      this.#underWay.delete(sending);
    }
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
    return findMessage(client, channel, thread, deliveryId, this.#clock.seconds(attemptedAt));
  }

  async edit(to: Address, platformId: string, wire: Wire): Promise<void> {
    const { directory } = this.#connected ?? {};
    const [channel = '', ts = ''] = platformId.split(':');
    if (!directory) throw new SendError('unreachable', 'Slack is not connected', { maybeSent: false });
    await this.#outbox.update({ channel, ts, wire: wire as SlackWire, where: () => directory.nameOf(to) });
  }

  async #send({ directory }: Connected, to: Address, wire: SlackWire, { inReplyTo, deliveryId, signal }: SendOptions): Promise<Receipt> {
    const target = this.#targetOf(to);
    if (!target) throw new SendError('unknown-target', `Slack has no ${to}`, { maybeSent: false });
    const where = () => directory.nameOf(to);
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
    const api = new URL(this.#settings.SLACK_API_URL);
    return (protocol === 'https:' && /^hooks\.slack(?:-gov)?\.com$/.test(host)) || (protocol === api.protocol && host === api.host);
  }

  #newReceiver(host: Host): SlackReceiver {
    return new SlackReceiver({
      ...{ signingSecret: this.#settings.SLACK_SIGNING_SECRET, log: host.log },
      sorry: () => SORRY[this.#language()],
      apologize: (responseUrl) => {
        if (!URL.canParse(responseUrl) || !this.#isSlack(responseUrl)) return;
        const wire = { text: SORRY[this.#language()], blocks: [] };
        void this.#outbox.respond(responseUrl, { wire, where: () => 'Slack' }).catch(() => undefined);
      },
      limited: () => host.tell(LIMITED),
    });
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

  async #openSocket(receiver: SlackReceiver, host: Host): Promise<void> {
    const { SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = this.#settings;
    if (!appToken || this.#closed) return;
    const logger = loggerFor(host.log);
    this.#socket = new SlackSocket({
      ...{ appToken, receiver, logger, log: host.log, timing: this.#timing },
      clientOptions: clientOptions(apiUrl, logger, this.#clock),
      report: (state) => {
        if (!this.#token?.isRefused) host.report(state);
      },
      explain: (error) => explain(error, 'app', this.#language()),
    });
    await this.#socket.start();
  }

  #language(): Language {
    return this.#host?.about().language ?? 'en';
  }
}
