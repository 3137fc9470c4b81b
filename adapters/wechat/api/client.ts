// WeChat's API: a token in each query, and answers that say no with status 200.
import { SendError, type Sessions } from '../../../src/adapter.js';
import { ApiError } from './errors.js';
import { type Answered, ask, type NoAnswer } from './request.js';
import { Tokens } from './tokens.js';

const DEAD_TOKEN = new Set([40001, 40014, 42001]);

export type Json = Record<string, unknown>;

export interface ClientParts {
  /** Without a slash at the end. */
  api: string;
  appId: string;
  secret: string;
  sessions: Sessions;
  now?: () => number;
}

export class Client {
  readonly #parts: ClientParts;
  readonly #tokens: Tokens;
  readonly #now: () => number;
  /** How far this machine's clock was ahead of WeChat's at the last answer, in milliseconds. */
  clockAheadMs: number | undefined;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
    const { appId, sessions } = parts;
    this.#tokens = new Tokens({ appId, sessions, now: this.#now, fetch: () => this.#fetchToken() });
  }

  /**
   * POSTs `body` where there is one, else GETs; `path` such as `/cgi-bin/getcallbackip`.
   * @throws ApiError when WeChat says no, SendError when it says nothing
   */
  async call(path: string, body?: Json, signal?: AbortSignal): Promise<Json> {
    for (let attempt = 1; ; attempt += 1) {
      const token = await this.#tokens.get();
      try {
        return await this.#ask(`${path}?access_token=${encodeURIComponent(token)}`, body, signal);
      } catch (error) {
        if (!(error instanceof ApiError) || !DEAD_TOKEN.has(error.code)) throw error;
        this.#tokens.drop(token);
        // A second time it is not the token's age.
        if (attempt > 1) throw error;
      }
    }
  }

  /** Sends something. Whoever takes a message says so: an answer without an errcode is a gateway's, say. */
  async order(path: string, body: Json, signal?: AbortSignal): Promise<Json> {
    const json = await this.call(path, body, signal);
    if (json.errcode === undefined) throw unclear('it holds no errcode');
    return json;
  }

  async #fetchToken(): Promise<{ token: string; seconds: number }> {
    const { appId, secret } = this.#parts;
    const given = { grant_type: 'client_credential', appid: appId, secret, force_refresh: false };
    try {
      const { access_token, expires_in } = await this.#ask('/cgi-bin/stable_token', given);
      if (typeof access_token !== 'string' || access_token === '')
        throw new SendError('unreachable', 'WeChat gave no token', { maybeSent: false });
      return { token: access_token, seconds: Number(expires_in) };
    } catch (error) {
      // Without a token nothing was sent, whatever became of this request.
      if (error instanceof SendError && error.maybeSent) throw new SendError(error.reason, error.message, { maybeSent: false });
      throw error;
    }
  }

  async #ask(pathAndQuery: string, body?: Json, signal?: AbortSignal): Promise<Json> {
    const answered = await ask(new URL(this.#parts.api + pathAndQuery), body, signal).catch((error: NoAnswer) => {
      throw new SendError('unreachable', `WeChat does not answer: ${error.message}`, { maybeSent: error.left });
    });
    if (answered.date !== undefined) this.clockAheadMs = this.#now() - answered.date;
    const json = jsonOf(answered);
    const code = Number(json.errcode ?? 0);
    if (!Number.isInteger(code)) throw unclear('its errcode is none');
    // Asked for again: the first one is on its way, which is what was wanted.
    if (code === 0 || code === 45065) return json;
    throw new ApiError(code, String(json.errmsg ?? ''), this.#now());
  }
}

function unclear(why: string): SendError {
  return new SendError('unreachable', `no clear answer from WeChat: ${why}`, { maybeSent: true });
}

function jsonOf({ status, text }: Answered): Json {
  if (status !== 200) throw unclear(`status ${status}`);
  try {
    // Ids of messages do not fit into a number.
    const json: unknown = JSON.parse(text.replace(/("msg(?:_data)?_?id"\s*:\s*)(\d+)/gi, '$1"$2"'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Json;
  } catch {
    // No JSON: told below.
  }
  throw unclear(`status ${status}`);
}
