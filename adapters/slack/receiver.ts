/**
 * Bolt's receiver on emcee's one server: a signed request, or an envelope of Socket Mode, becomes an event of the app. Acknowledged is
 * what the app's listeners have taken; what they could not take Slack sends again.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { App, Receiver } from '@slack/bolt';
import type { Logger, WebhookRequest, WebhookResponse } from '../../src/adapter.js';
import { isSigned } from './signature.js';

const AGAIN: WebhookResponse = { status: 503, headers: { 'Retry-After': '5' } };
const OK: WebhookResponse = { status: 200 };

type Body = Record<string, unknown>;

export interface ReceiverParts {
  /** Undefined: Socket Mode only; then no request is signed. */
  signingSecret: string | undefined;
  log: Logger;
  /** Said to whoever's slash command or tap could not be taken. */
  sorry(): string;
  /** The same to whoever tapped: Slack shows no answer to that but what comes to its response_url. */
  apologize(responseUrl: string): void;
  /** Slack holds back events: there are more than an app may hear. */
  limited(): void;
}

export class SlackReceiver implements Receiver {
  readonly #parts: ReceiverParts;
  readonly #secret: KeyObject | undefined;
  #app: App | undefined;

  constructor(parts: ReceiverParts) {
    this.#parts = parts;
    this.#secret = parts.signingSecret === undefined ? undefined : createSecretKey(parts.signingSecret, 'utf8');
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.#app = undefined;
  }

  /** A request at /hooks/slack. */
  async handle({ method, headers, body: bytes }: WebhookRequest): Promise<WebhookResponse> {
    if (method !== 'POST') return { status: 405, headers: { Allow: 'POST' } };
    if (!this.#secret || !isSigned(headers, bytes, this.#secret, Date.now())) return { status: 401 };
    const body = read(bytes, String(headers['content-type'] ?? ''));
    if (!body) return { status: 400 };
    if (body.type === 'url_verification')
      return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: String(body.challenge ?? '') };
    if (body.ssl_check) return OK;
    if (body.type === 'app_rate_limited') {
      this.#parts.limited();
      return OK;
    }
    try {
      await this.take(body, Number(headers['x-slack-retry-num'] ?? 0), text(headers['x-slack-retry-reason']));
      return OK;
    } catch (error) {
      const answer = this.failed(body, error);
      if (!isInteractive(body)) return AGAIN;
      return { status: 200, headers: { 'Content-Type': 'application/json' }, ...(answer && { body: JSON.stringify(answer) }) };
    }
  }

  /** Settles when the app's listeners have taken it. @throws what a listener threw, or that emcee is starting or stopping */
  async take(body: Body, retryNum?: number, retryReason?: string): Promise<void> {
    if (!this.#app) throw new Error('Slack is not connected yet');
    // Bolt acknowledges events before it runs its listeners; what counts here is that they are done.
    await this.#app.processEvent({ body, retryNum, retryReason, ack: async () => undefined });
  }

  /** It could not be taken: what a slash command is answered with; a tap is answered where Slack shows it. */
  failed(body: Body, error: unknown): object | undefined {
    const { log, sorry, apologize } = this.#parts;
    log.warn(
      { err: error },
      isInteractive(body) ? 'a command or a tap could not be taken' : 'an event could not be taken; Slack sends it again',
    );
    if (body.command !== undefined) return { response_type: 'ephemeral', text: sorry() };
    if (typeof body.response_url === 'string') apologize(body.response_url);
    return undefined;
  }
}

/** Slack does not send it again. */
export function isInteractive(body: Body): boolean {
  return body.command !== undefined || body.actions !== undefined;
}

/** JSON, or a form whose `payload` is JSON. Undefined for what Slack does not send. */
function read(bytes: Buffer, contentType: string): Body | undefined {
  const written = bytes.toString('utf8');
  try {
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return object(JSON.parse(written));
    const form = new URLSearchParams(written);
    const payload = form.get('payload');
    return payload === null ? Object.fromEntries(form) : object(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

/** Bolt looks into `event` and `actions` without asking what they are. */
function object(value: unknown): Body | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const body = value as Body;
  const isEvent = body.event === undefined || (typeof body.event === 'object' && body.event !== null);
  return isEvent && (body.actions === undefined || Array.isArray(body.actions)) ? body : undefined;
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
