// Speaking first: customer-service messages to members who wrote lately, mass sends to audiences, previews of those to one follower.
// Only for accounts that WeChat has verified; what an account may not do is found out and kept.
import { createHash } from 'node:crypto';
import {
  type Address,
  type Capabilities,
  type Host,
  type Limit,
  type Wire as PlatformWire,
  type Receipt,
  SendError,
  type SendOptions,
} from '../../../src/adapter.js';
import type { Wire } from '../format.js';
import { Client, type Json } from './client.js';
import { Jobs } from './jobs.js';
import { type Part, Rights } from './rights.js';

const HOUR_MS = 3600_000;
/**
 * A message of the member opens 48 hours for five messages (Customer_Service_Messages); a little less, for the way. The five are WeChat's
 * to count (45047): its count begins anew with every message of the member, which no limit of the ledger's can say.
 */
const WINDOW_MS = 48 * HOUR_MS - 60_000;
/** So long a mass send under the same clientmsgid is recognized. */
const RECOGNIZED_MS = 23 * HOUR_MS;
const MOST_ID_BYTES = 64;

const NEVER: Capabilities = { proactive: 'never', rooms: false, choices: false, limits: [], gapMs: [0, 0] };

/** 群发 (Batch_Sends); WeChat counts what was sent on its web page, too, and that nobody can ask for. */
const MASS_LIMITS: Record<Mass, Limit> = {
  daily: { scope: 'adapter', count: 1, per: 'day', zone: 'Asia/Shanghai' },
  monthly: { scope: 'target', count: 4, per: 'month', zone: 'Asia/Shanghai' },
};

type Mass = 'daily' | 'monthly';

/** What an account may do that has all rights; before it is connected nobody knows of fewer. */
export function everyRight(to: Address | undefined, mass: Mass | undefined): Capabilities {
  if (partOf(to) === 'custom') return { ...NEVER, proactive: { withinMs: WINDOW_MS } };
  return { ...NEVER, proactive: 'always', limits: mass && to && !isPreview(to) ? [MASS_LIMITS[mass]] : [] };
}

export class Speaking {
  readonly #host: Host;
  readonly #client: Client;
  readonly #jobs: Jobs;
  readonly #rights: Rights;
  readonly #mass: Mass | undefined;

  constructor({ mass, ...settings }: { api: string; appId: string; secret: string; mass: Mass | undefined }, host: Host) {
    this.#host = host;
    this.#mass = mass;
    this.#client = new Client({ ...settings, sessions: host.sessions });
    this.#jobs = new Jobs(host);
    this.#rights = new Rights(host, this.#client);
  }

  capabilities(to: Address | undefined): Capabilities {
    return this.#rights.has(partOf(to)) ? everyRight(to, this.#mass) : NEVER;
  }

  recall(): Promise<void> {
    return this.#rights.recall();
  }

  look(): Promise<void> {
    return this.#rights.look();
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
      this.#rights.note(error, part);
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
