/**
 * chat.postMessage and the answers to slash commands. A JSON refusal or a 429 is definite; whatever else comes back, the message may
 * be there.
 */
import { SendError } from '../../src/adapter.js';
import type { SlackClock } from './clock.js';
import { type Language, limited, refusal, unclear, unreachable } from './failures.js';
import type { SlackWire } from './format.js';
import { NoAnswer, type Posted, Poster } from './post.js';

/** Slack always says how long; this is for a proxy that does not. */
const UNSAID_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3600_000;
/** Where an organizer can look it up; readable by every member, so no more than an id. */
export const METADATA_TYPE = 'emcee_delivery';

export interface Parcel {
  channel: string;
  thread?: string;
  wire: SlackWire;
  deliveryId?: string;
  /** For sentences: `#events`. Asked for only where there is something to say. */
  where(): string;
  signal?: AbortSignal;
}

export class Outbox {
  readonly #poster = new Poster();
  readonly #url: URL;
  readonly #updateUrl: URL;
  readonly #token: string;
  readonly #language: () => Language;
  readonly #clock: SlackClock;
  /** Channels that are asked to wait, until when. */
  readonly #resting = new Map<string, number>();

  constructor(apiUrl: string, token: string, language: () => Language, clock: SlackClock) {
    this.#url = new URL('chat.postMessage', apiUrl);
    this.#updateUrl = new URL('chat.update', apiUrl);
    this.#token = token;
    this.#language = language;
    this.#clock = clock;
  }

  /** @returns the message's `ts`. @throws SendError */
  async post({ channel, thread, wire, deliveryId, where, signal }: Parcel): Promise<{ ts: string; channel: string }> {
    const json = JSON.stringify({
      channel,
      ...wire,
      thread_ts: thread,
      unfurl_links: false,
      unfurl_media: false,
      link_names: false,
      parse: 'none',
      metadata: deliveryId && { event_type: METADATA_TYPE, event_payload: { id: deliveryId } },
    });
    const posted = await this.#send(this.#url, json, { Authorization: `Bearer ${this.#token}` }, signal);
    if (posted.status === 429) throw this.#limit(posted, channel, where());
    const answer = posted.status === 200 ? parsed(posted.body) : undefined;
    if (answer?.ok === true && typeof answer.ts === 'string') return { ts: answer.ts, channel: String(answer.channel ?? channel) };
    if (answer?.ok === false && typeof answer.error === 'string') throw refusal(answer.error, where(), this.#language());
    throw unclear(where(), this.#language());
  }

  /** Puts this in the place of a message of ours (docs.slack.dev/reference/methods/chat.update). @throws SendError */
  async update({ channel, ts, wire, where, signal }: Omit<Parcel, 'thread' | 'deliveryId'> & { ts: string }): Promise<void> {
    const json = JSON.stringify({ channel, ts, ...wire, link_names: false, parse: 'none' });
    const posted = await this.#send(this.#updateUrl, json, { Authorization: `Bearer ${this.#token}` }, signal);
    if (posted.status === 429) throw this.#limit(posted, channel, where());
    const answer = posted.status === 200 ? parsed(posted.body) : undefined;
    if (answer?.ok === true) return;
    if (answer?.ok === false && typeof answer.error === 'string') throw refusal(answer.error, where(), this.#language());
    throw unclear(where(), this.#language());
  }

  /** Only its asker sees it, and Slack gives it no id. @throws SendError */
  async respond(url: string, { wire, where, signal }: Omit<Parcel, 'channel' | 'thread'>): Promise<void> {
    const json = JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...wire, unfurl_links: false, unfurl_media: false });
    const posted = await this.#send(new URL(url), json, {}, signal);
    const answer = parsed(posted.body);
    if (posted.status === 200 && (answer?.ok === true || ['ok', ''].includes(posted.body.trim()))) return;
    if (posted.status === 429) throw limited(waitOf(posted.headers['retry-after'], Date.now()), false, where(), this.#language());
    if (posted.status === 404 || posted.status === 410 || (posted.status === 200 && answer?.ok === false))
      throw new SendError('window-closed', 'the slash command is too old to be answered', { maybeSent: false });
    throw unclear(where(), this.#language());
  }

  close(): void {
    this.#poster.close();
  }

  async #send(...request: Parameters<Poster['post']>): Promise<Posted> {
    try {
      const posted = await this.#poster.post(...request);
      this.#clock.note(posted.headers.date);
      return posted;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw error.left ? unclear('Slack', this.#language(), error) : unreachable(this.#language(), error);
    }
  }

  /** One channel is asked to wait: its own pace. A second one within that time: the workspace's. */
  #limit({ headers }: Posted, channel: string, where: string): SendError {
    const now = Date.now();
    const waitMs = waitOf(headers['retry-after'], now);
    for (const [each, until] of this.#resting) if (until <= now) this.#resting.delete(each);
    const others = this.#resting.size > (this.#resting.has(channel) ? 1 : 0);
    this.#resting.set(channel, now + waitMs);
    return limited(waitMs, others, where, this.#language());
  }
}

function parsed(body: string): { ok?: unknown; ts?: unknown; channel?: unknown; error?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Retry-After: seconds, or a date (RFC 9110, 10.2.3). */
function waitOf(header: string | undefined, now: number): number {
  const seconds = header === undefined || header.trim() === '' ? Number.NaN : Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header ?? '') - now : seconds * 1000;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS) : UNSAID_WAIT_MS;
}
