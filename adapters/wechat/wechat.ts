// An Official Account as a chat platform. Answers ride on WeChat's own requests; speaking first is another matter (api/).
// Nothing is fetched before the first answer, and a personal account needs none of the API.
import {
  type Adapter,
  type Address,
  type Capabilities,
  type Host,
  type Outgoing,
  type Receipt,
  SendError,
  type SendOptions,
  type Webhook,
  type WebhookRequest,
  type WebhookResponse,
  type Wire,
} from '../../src/adapter.js';
import { everyRight, Speaking } from './api/speaking.js';
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
const WARN_EVERY_MS = 10 * 60_000;

const PULL_ONLY: Readonly<Capabilities> = { proactive: 'never', rooms: false, choices: false, limits: [], gapMs: [0, 0] };

interface Connected {
  host: Host;
  courtesy: Courtesy;
  clock: SkewedClock;
  /** undefined: there is no secret, so the account only answers. */
  speaking: Speaking | undefined;
}

export class WeChatAdapter implements Adapter {
  readonly webhook: Webhook;
  readonly #settings: Settings;
  readonly #underWay = new UnderWay<Outgoing | undefined>(ANSWER_MS);
  #connected: Connected | undefined;
  #warned = Number.NEGATIVE_INFINITY;

  constructor(settings: Settings, instance: string) {
    this.#settings = settings;
    const { WECHAT_TOKEN, WECHAT_AES_KEY = '', WECHAT_APP_ID = '' } = settings;
    const callback = new Callback({
      token: WECHAT_TOKEN,
      instance,
      envelope: modeOf(settings) === 'plain' ? undefined : new Envelope(WECHAT_AES_KEY, WECHAT_APP_ID),
      answer: (meaning) => this.#answer(meaning),
      clock: (timestamp) => this.#connected?.clock.heard(timestamp, Date.now()),
      unreadable: () => this.#unreadable(),
    });
    this.webhook = { maxBytes: MOST_BYTES, handle: (request) => this.#handle(callback, request) };
  }

  async connect(host: Host): Promise<void> {
    const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret, WECHAT_API_URL: api, WECHAT_MASS: mass } = this.#settings;
    const speaking = appId && secret ? new Speaking({ api, appId, secret, mass }, host) : undefined;
    this.#connected = { host, courtesy: new Courtesy(host.sessions), clock: new SkewedClock(host), speaking };
    void speaking?.recall();
    host.report({ is: 'online' });
  }

  async close(): Promise<void> {
    this.#connected?.speaking?.close();
    this.#connected = undefined;
    await this.#underWay.ended();
  }

  capabilities(to?: Address): Capabilities {
    if (this.#connected) return this.#connected.speaking?.capabilities(to) ?? PULL_ONLY;
    const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret, WECHAT_MASS: mass } = this.#settings;
    return appId && secret ? everyRight(to, mass) : PULL_ONLY;
  }

  async send(to: Address, wire: Wire, options: SendOptions = {}): Promise<Receipt> {
    const speaking = this.#connected?.speaking;
    if (!speaking) throw new SendError('not-allowed', 'this account only answers: there is no WECHAT_APP_SECRET', { maybeSent: false });
    return speaking.send(to, wire, options);
  }

  async seen(to: Address, _deliveryId: string, attemptedAt: Date): Promise<{ state: 'absent' | 'cannot-tell' }> {
    return this.#connected?.speaking?.seen(to, attemptedAt) ?? { state: 'cannot-tell' };
  }

  async #handle(callback: Callback, request: WebhookRequest): Promise<WebhookResponse> {
    const speaking = this.#connected?.speaking;
    // WeChat tries again twice within fifteen seconds.
    if (!this.#connected) return { status: 503, headers: { 'Retry-After': '2' } };
    const response = await callback.handle(request);
    return speaking && response.status === 200 ? { ...response, written: () => void speaking.look() } : response;
  }

  async #answer(meaning: Meaning): Promise<Outgoing | undefined> {
    const { key, message, finished } = meaning;
    const connected = this.#connected;
    if (finished)
      void connected?.speaking
        ?.finished(finished)
        .catch((error) => connected.host.log.error({ err: error }, 'a mass send cannot be followed'));
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

  #unreadable(): void {
    const now = performance.now();
    if (!this.#connected || now - this.#warned < WARN_EVERY_MS) return;
    this.#warned = now;
    this.#connected.host.log.warn(
      { mode: modeOf(this.#settings) },
      'messages of WeChat are refused: they do not come in this mode (WECHAT_MODE, WECHAT_AES_KEY); choose the same at mp.weixin.qq.com',
    );
  }

  #mayHint(courtesy: Courtesy, { from, key }: Meaning): Promise<boolean> | boolean {
    return this.#settings.WECHAT_HINTS === 'hourly' && courtesy.allows(from, key, Date.now());
  }
}
