// Speaking first: customer-service messages to members who wrote lately, mass sends to audiences, previews of those to one follower.
// Only for accounts that WeChat has verified; what an account may not do is found out and kept.
import { createHash } from 'node:crypto';
import {
  type Address,
  type Capabilities,
  type Host,
  type Wire as PlatformWire,
  type Receipt,
  SendError,
  type SendOptions,
} from '../../../src/adapter.js';
import type { Wire } from '../format.js';
import { Client, type Json } from './client.js';
import { ApiError } from './errors.js';
import { Jobs } from './jobs.js';
import { probe } from './probe.js';

const HOUR_MS = 3600_000;
/**
 * A message of the member opens 48 hours for five messages (Customer_Service_Messages); a little less, for the way. The five are WeChat's
 * to count (45047): its count begins anew with every message of the member, which no limit of the ledger's can say.
 */
const WINDOW_MS = 48 * HOUR_MS - 60_000;
/** What was found out is good for so long; what another process found out is looked up more often, for nobody knows its age. */
const KNOWN_MS = 24 * HOUR_MS;
const READ_AGAIN_MS = HOUR_MS;
/** After a second failure; the first may be chance. */
const LOOK_AGAIN_MS = 10 * 60_000;
/** So long a mass send under the same clientmsgid is recognized. */
const RECOGNIZED_MS = 23 * HOUR_MS;
const MOST_ID_BYTES = 64;
const TELL_EVERY_MS = HOUR_MS;

const NEVER: Capabilities = { proactive: 'never', rooms: false, choices: false, limits: [], gapMs: [0, 0] };

/** Which part of the API a message needs. */
export type Part = 'custom' | 'mass';

export class Speaking {
  readonly #host: Host;
  readonly #client: Client;
  readonly #jobs: Jobs;
  readonly #closed = new Set<Part>();
  readonly #told = new Map<number, number>();
  #bannedUntil = 0;
  #looking: Promise<void> | undefined;
  #lookAt = 0;
  #failures = 0;

  constructor(settings: { api: string; appId: string; secret: string }, host: Host) {
    this.#host = host;
    this.#client = new Client({ ...settings, sessions: host.sessions });
    this.#jobs = new Jobs(host);
  }

  capabilities(to: Address | undefined): Capabilities {
    const part = partOf(to);
    if (this.#closed.has(part) || Date.now() < this.#bannedUntil) return NEVER;
    return { ...NEVER, proactive: part === 'mass' ? 'always' : { withinMs: WINDOW_MS } };
  }

  /** What was found out before. */
  async recall(): Promise<void> {
    const closed = await this.#host.sessions.get<Part[]>('closed').catch(() => undefined);
    for (const part of closed ?? []) this.#closed.add(part);
  }

  /** When there is time: what the account may not do is better known before somebody plans with it. */
  async look(): Promise<void> {
    if (Date.now() < this.#lookAt) return;
    this.#looking ??= this.#findOut().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #findOut(): Promise<void> {
    const { sessions } = this.#host;
    try {
      const known = await sessions.get<Part[]>('closed');
      const closed = known ?? (await probe(this.#client));
      this.#closed.clear();
      for (const part of closed) this.#closed.add(part);
      this.#failures = 0;
      this.#lookAt = Date.now() + (known ? READ_AGAIN_MS : KNOWN_MS);
      // Only what is new: else an account that starts anew every day would never be looked at again.
      if (!known) await sessions.set('closed', closed, KNOWN_MS);
    } catch (error) {
      this.#failures += 1;
      if (this.#failures > 1) this.#lookAt = Date.now() + LOOK_AGAIN_MS;
      this.#noteFailure(error, undefined);
    }
  }

  close(): void {
    this.#jobs.close();
  }

  async send(to: Address, wire: PlatformWire, { deliveryId, signal }: SendOptions): Promise<Receipt> {
    const part = partOf(to);
    try {
      return part === 'custom'
        ? await this.#toMember(to, wire as Wire, signal)
        : await this.#toAudience(to, wire as Wire, deliveryId, signal);
    } catch (error) {
      this.#noteFailure(error, part);
      throw error;
    }
  }

  /** A mass send that is made again under its id is not made twice; of everything else nothing can be read back. */
  async seen(to: Address, attemptedAt: Date): Promise<{ state: 'absent' | 'cannot-tell' }> {
    const again = partOf(to) === 'mass' && !isPreview(to) && Date.now() - attemptedAt.getTime() < RECOGNIZED_MS;
    return { state: again ? 'absent' : 'cannot-tell' };
  }

  finished(...job: Parameters<Jobs['finished']>): Promise<void> {
    return this.#jobs.finished(...job);
  }

  async #toMember(to: Address, wire: Wire, signal?: AbortSignal): Promise<Receipt> {
    await this.#client.order('/cgi-bin/message/custom/send', { touser: idOf(to), ...messageOf(wire) }, signal);
    return { state: 'accepted', at: new Date() };
  }

  async #toAudience(to: Address, { text, nextPage }: Wire, deliveryId: string | undefined, signal?: AbortSignal): Promise<Receipt> {
    const message = messageOf({ text, nextPage });
    if (isPreview(to)) {
      const { msg_id } = await this.#client.order(
        '/cgi-bin/message/mass/preview',
        { touser: idOf(to).slice(PREVIEW.length), ...message },
        signal,
      );
      return { state: 'accepted', at: new Date(), ...(typeof msg_id === 'string' && { platformId: msg_id }) };
    }
    const id = idOf(to);
    const filter = id === 'all' ? { is_to_all: true } : /^\d{1,10}$/.test(id) ? { is_to_all: false, tag_id: Number(id) } : undefined;
    if (!filter)
      throw new SendError('unknown-target', `there is no audience ${id}: write all, or the number of a tag`, { maybeSent: false });
    const clientmsgid = deliveryId && { clientmsgid: shortened(deliveryId) };
    const { msg_id } = await this.#client.order('/cgi-bin/message/mass/sendall', { filter, ...message, ...clientmsgid }, signal);
    const platformId = typeof msg_id === 'string' ? msg_id : undefined;
    const early = platformId && deliveryId ? await this.#began(platformId, deliveryId) : undefined;
    if (early instanceof SendError) throw early;
    if (early) return early;
    // It is checked, perhaps confirmed on the administrator's phone, and only then sent.
    return { state: 'waiting', at: new Date(), platformId };
  }

  async #began(id: string, deliveryId: string): Promise<Receipt | SendError | undefined> {
    try {
      return await this.#jobs.began(id, deliveryId);
    } catch (error) {
      this.#host.log.warn({ err: error }, 'a mass send cannot be followed');
      return undefined;
    }
  }

  #noteFailure(error: unknown, part: Part | undefined): void {
    if (!(error instanceof ApiError)) return;
    if (error.code === 48001 && part) {
      this.#closed.add(part);
      void this.#host.sessions.set('closed', [...this.#closed], KNOWN_MS).catch(() => undefined);
    }
    if (error.code === 48004 || error.code === 50002) this.#bannedUntil = Date.now() + HOUR_MS;
    const last = this.#told.get(error.code) ?? Number.NEGATIVE_INFINITY;
    if (!error.mend || Date.now() - last < TELL_EVERY_MS) return;
    this.#told.set(error.code, Date.now());
    this.#host.tell({ en: `WeChat: ${error.says.en}`, zh: `公众号：${error.says.zh}` });
  }
}

const PREVIEW = 'preview:';

function idOf(address: Address): string {
  return address.split(':').slice(2).join(':');
}

function partOf(to: Address | undefined): Part {
  return to?.split(':', 2)[1] === 'audience' ? 'mass' : 'custom';
}

function isPreview(to: Address): boolean {
  return idOf(to).startsWith(PREVIEW);
}

function messageOf({ text, nextPage, news }: Wire): Json {
  if (news) {
    const { title, description, image, url } = news;
    return { msgtype: 'news', news: { articles: [{ title, description, picurl: image, url }] } };
  }
  // 更多 turns pages of answers only.
  return { msgtype: 'text', text: { content: nextPage ? `${text}\n…` : text } };
}

/** The delivery's id, or what stands for it where WeChat takes none so long. */
function shortened(deliveryId: string): string {
  return Buffer.byteLength(deliveryId) <= MOST_ID_BYTES ? deliveryId : createHash('sha256').update(deliveryId).digest('hex');
}
