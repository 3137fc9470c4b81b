// What WeChat posts to /hooks/wechat: signature → envelope → XML → meaning → answer. Whatever is not in order gets one refusal that
// says nothing; whatever happens inside, a message in order gets a well-formed answer in time.
import { TextDecoder } from 'node:util';
import type { Outgoing, WebhookRequest, WebhookResponse } from '../../src/adapter.js';
import type { Envelope } from './envelope.js';
import { format } from './format.js';
import { type Fields, type Meaning, meaningOf } from './meaning.js';
import { type Query, readQuery } from './query.js';
import { digestOf, Replays } from './replays.js';
import { replyXml, sealedXml } from './reply.js';
import { isFresh, isSigned } from './signature.js';
import { readXml } from './xml.js';

export interface CallbackParts {
  token: string;
  instance: string;
  /** Messages are sealed, and so are answers. */
  envelope: Envelope | undefined;
  /** The answer to a message; undefined: silence. */
  answer(meaning: Meaning): Promise<Outgoing | undefined>;
  /** A request with a good signature came at the wrong time (seconds, as it says), or at the right one (undefined). */
  clock(timestamp: number | undefined): void;
  /** WeChat signed it, and it is in another mode, or under another key, than the settings say. */
  unreadable(): void;
  now?: () => number;
}

const XML = { 'Content-Type': 'application/xml; charset=utf-8' };
const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
const REFUSED = textual(403, 'refused\n');
/** WeChat is content, and the member hears nothing. */
const SUCCESS = textual(200, 'success');
/** Nothing that a browser could take for anything but text. */
const ECHO = /^[\w+/=-]{1,512}$/;

export class Callback {
  readonly #parts: CallbackParts;
  readonly #now: () => number;
  readonly #replays = new Replays();
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });

  constructor(parts: CallbackParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  async handle({ method, query, body }: WebhookRequest): Promise<WebhookResponse> {
    if (method !== 'GET' && method !== 'POST') return { status: 405, headers: { ...TEXT, Allow: 'GET, POST' }, body: 'use GET or POST\n' };
    const read = readQuery(query);
    if (!read || !this.#isWeChat(read)) return REFUSED;
    return method === 'GET' ? echo(read) : this.#take(read, body);
  }

  #isWeChat({ signature, timestamp, nonce }: Query): boolean {
    if (!timestamp || !nonce || !isSigned(signature, this.#parts.token, timestamp, nonce)) return false;
    const fresh = isFresh(timestamp, this.#now());
    this.#parts.clock(fresh ? undefined : Number(timestamp));
    return fresh;
  }

  async #take(query: Query, body: Buffer): Promise<WebhookResponse> {
    const { instance, envelope, token, answer } = this.#parts;
    const now = this.#now();
    const fields = envelope ? this.#unsealed(query, body, envelope) : this.#fields(body);
    if (!fields || (!envelope && fields.has('Encrypt') && !fields.has('MsgType'))) this.#parts.unreadable();
    const meaning = fields && meaningOf(fields, instance, now);
    if (!meaning || !this.#replays.admits(query.timestamp ?? '', query.nonce ?? '', digestOf(fields), now)) return REFUSED;
    const reply = await answer(meaning);
    if (!reply) return SUCCESS;
    const plain = replyXml(format(reply), { to: meaning.from, from: meaning.to }, now);
    const xml = envelope ? sealedXml(plain, envelope, token, now) : plain;
    return { status: 200, headers: { ...XML, 'Content-Length': String(Buffer.byteLength(xml)) }, body: xml };
  }

  /** Also where the same message stands in plain beside it (兼容): only the sealed part is covered by a signature. */
  #unsealed({ encrypt_type, msg_signature, timestamp = '', nonce = '' }: Query, body: Buffer, envelope: Envelope): Fields | undefined {
    if (encrypt_type !== 'aes') return undefined;
    const sealed = this.#fields(body)?.get('Encrypt');
    if (!sealed || !isSigned(msg_signature, this.#parts.token, timestamp, nonce, sealed)) return undefined;
    const message = envelope.open(sealed);
    return message && this.#fields(message);
  }

  #fields(document: Buffer): Fields | undefined {
    let text: string;
    try {
      text = this.#utf8.decode(document);
    } catch {
      return undefined;
    }
    return text.includes('\u0000') ? undefined : readXml(text);
  }
}

function echo({ echostr }: Query): WebhookResponse {
  return echostr && ECHO.test(echostr) ? textual(200, echostr) : REFUSED;
}

function textual(status: number, body: string): WebhookResponse {
  return { status, headers: { ...TEXT, 'Content-Length': String(Buffer.byteLength(body)) }, body };
}
