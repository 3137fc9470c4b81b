// An Official Account as a chat platform. Answers ride on WeChat's own requests; speaking first is another matter (api/).
import {
  type Adapter,
  type Address,
  type Capabilities,
  type Host,
  type Outgoing,
  type Receipt,
  SendError,
  type Webhook,
  type WebhookRequest,
  type WebhookResponse,
} from '../../src/adapter.js';
import { Callback } from './callback.js';
import { Courtesy } from './courtesy.js';
import { Envelope } from './envelope.js';
import type { Meaning } from './meaning.js';
import { modeOf, type Settings } from './settings.js';
import { SkewedClock } from './skewed-clock.js';
import { UnderWay } from './under-way.js';

/** Of a body; WeChat's own are a few. */
const MOST_BYTES = 64 * 1024;
/** The last moment for an answer: WeChat hangs up after five seconds. */
const ANSWER_MS = 4_300;

const PULL_ONLY: Capabilities = { proactive: 'never', rooms: false, choices: false, limits: [], gapMs: [0, 0] };

export class WeChatAdapter implements Adapter {
  readonly webhook: Webhook;
  readonly #settings: Settings;
  readonly #underWay = new UnderWay<Outgoing | undefined>(ANSWER_MS);
  #connected: { host: Host; courtesy: Courtesy; clock: SkewedClock } | undefined;

  constructor(settings: Settings, instance: string) {
    this.#settings = settings;
    const { WECHAT_TOKEN, WECHAT_AES_KEY = '', WECHAT_APP_ID = '' } = settings;
    const callback = new Callback({
      token: WECHAT_TOKEN,
      instance,
      envelope: modeOf(settings) === 'plain' ? undefined : new Envelope(WECHAT_AES_KEY, WECHAT_APP_ID),
      answer: (meaning) => this.#answer(meaning),
      clock: (timestamp) => this.#connected?.clock.heard(timestamp, Date.now()),
    });
    this.webhook = { maxBytes: MOST_BYTES, handle: (request) => this.#handle(callback, request) };
  }

  async connect(host: Host): Promise<void> {
    // No request leaves here: whoever only answers needs none of WeChat's API.
    this.#connected = { host, courtesy: new Courtesy(host.sessions), clock: new SkewedClock(host) };
    host.report({ is: 'online' });
  }

  async close(): Promise<void> {
    this.#connected = undefined;
    await this.#underWay.ended();
  }

  capabilities(): Capabilities {
    return PULL_ONLY;
  }

  async send(to: Address): Promise<Receipt> {
    throw new SendError('not-allowed', `${to}: this account only answers`, { maybeSent: false });
  }

  async #handle(callback: Callback, request: WebhookRequest): Promise<WebhookResponse> {
    // WeChat tries again twice within fifteen seconds.
    if (!this.#connected) return { status: 503, headers: { 'Retry-After': '2' } };
    return callback.handle(request);
  }

  async #answer(meaning: Meaning): Promise<Outgoing | undefined> {
    const { key, message } = meaning;
    const connected = this.#connected;
    if (!message || !connected) return undefined;
    const { host } = connected;
    try {
      // A redelivery may come while the first is still being answered: all of them get the one answer.
      return await this.#underWay.share(key, async () => {
        const { reply } = await host.receive(message);
        return reply?.hint && !(await this.#mayHint(connected.courtesy, meaning)) ? undefined : reply;
      });
    } catch (error) {
      host.log.error({ err: error }, 'a message from WeChat was not answered');
      return undefined;
    }
  }

  #mayHint(courtesy: Courtesy, { from, key }: Meaning): Promise<boolean> | boolean {
    return this.#settings.WECHAT_HINTS === 'hourly' && courtesy.allows(from, key, Date.now());
  }
}
