// What became of mass sends: WeChat tells it in an event (MASSSENDJOBFINISH), minutes or half an hour later.
import { type Host, type Receipt, SendError } from '../../../src/adapter.js';
import type { FinishedJob } from '../meaning.js';

const KEEP_MS = 7 * 24 * 3600_000;
/** So long the ledger may need to write down that a request was answered; a result that comes before is repeated then. */
const WRITTEN_AFTER_MS = 3_000;
const MOST_KEPT = 1_000;

type Sentence = Record<'zh' | 'en', string>;
/** `err(…)` in the event's Status. */
const FAILURES = new Map<string, Sentence>([
  ['10001', { en: 'it looks like advertising', zh: '涉嫌广告' }],
  ['20001', { en: 'it looks political', zh: '涉嫌政治' }],
  ['20002', { en: 'it looks indecent', zh: '涉嫌色情' }],
  ['20004', { en: 'it looks harmful to society', zh: '涉嫌社会' }],
  ['20006', { en: 'it looks unlawful', zh: '涉嫌违法犯罪' }],
  ['20008', { en: 'it looks like fraud', zh: '涉嫌欺诈' }],
  ['20013', { en: 'it looks like a breach of copyright', zh: '涉嫌版权' }],
  ['21000', { en: 'something else is wrong with it', zh: '涉嫌其他' }],
  ['22000', { en: 'it looks like mutual promotion', zh: '涉嫌互推' }],
  ['40001', { en: 'the administrator refused it', zh: '管理员拒绝' }],
  ['40002', { en: 'the administrator did not confirm it within 30 minutes', zh: '管理员 30 分钟内没有确认' }],
]);

export class Jobs {
  readonly #host: Pick<Host, 'sessions' | 'settle' | 'tell'>;
  /** Reports that organizers know of; also in the sessions, for the next process. */
  readonly #told = new Set<string>();
  /** Delivery → when its request was answered. */
  readonly #fresh = new Map<string, number>();
  readonly #again = new Set<NodeJS.Timeout>();

  constructor(host: Pick<Host, 'sessions' | 'settle' | 'tell'>) {
    this.#host = host;
  }

  /** A mass send was taken by WeChat under this id. Gives its result where the report was here first. */
  async began(id: string, deliveryId: string): Promise<Receipt | SendError | undefined> {
    const { sessions } = this.#host;
    this.#fresh.set(deliveryId, Date.now());
    keepFew(this.#fresh);
    await sessions.set(`mass:${id}`, deliveryId, KEEP_MS);
    // Short ones end before their request does.
    const early = await sessions.get<FinishedJob>(`finished:${id}`);
    return early && this.#settle(deliveryId, early);
  }

  async finished(job: FinishedJob): Promise<void> {
    const { sessions } = this.#host;
    // Each of the two writes before it reads, so that at least one of them finds the other.
    await sessions.set(`finished:${job.id}`, job, KEEP_MS);
    const deliveryId = await sessions.get<string>(`mass:${job.id}`);
    if (deliveryId !== undefined) await this.#settle(deliveryId, job);
  }

  close(): void {
    for (const timer of this.#again) clearTimeout(timer);
    this.#again.clear();
  }

  async #settle(deliveryId: string, job: FinishedJob): Promise<Receipt | SendError> {
    const { result, notice } = resultOf(job);
    this.#host.settle(deliveryId, result);
    if (Date.now() - (this.#fresh.get(deliveryId) ?? 0) < WRITTEN_AFTER_MS) this.#settleAgain(deliveryId, result);
    if (notice && (await this.#isNews(job.id))) this.#host.tell(notice);
    return result;
  }

  /** The answer of the request may not be written down yet, and a result counts only after it. */
  #settleAgain(deliveryId: string, result: Receipt | SendError): void {
    const timer = setTimeout(() => {
      this.#again.delete(timer);
      this.#host.settle(deliveryId, result);
    }, WRITTEN_AFTER_MS);
    this.#again.add(timer.unref());
  }

  /** WeChat reports again what it had no answer to. */
  async #isNews(id: string): Promise<boolean> {
    const { sessions } = this.#host;
    if (this.#told.has(id)) return false;
    this.#told.add(id);
    keepFew(this.#told);
    if (await sessions.get<true>(`told:${id}`)) return false;
    await sessions.set(`told:${id}`, true, KEEP_MS);
    return true;
  }
}

function resultOf({ id, status, counts }: FinishedJob): { result: Receipt | SendError; notice?: Sentence } {
  if (/^send ?success$/i.test(status.trim())) {
    const { total = 0, sent = total, failed = 0 } = counts;
    return {
      result: { platformId: id, state: 'delivered', at: new Date(), counts },
      ...(failed > 0 && {
        notice: {
          en: `WeChat's mass send reached ${sent} of ${total}; ${failed} could not get it (many have had their four of this month).`,
          zh: `群发送达 ${sent}/${total} 人，${failed} 人没有收到（可能本月已收满 4 条）。`,
        },
      }),
    };
  }
  const code = /err\((\d+)\)/i.exec(status)?.[1] ?? '';
  const why = FAILURES.get(code) ?? { en: status.slice(0, 60) || 'no reason given', zh: status.slice(0, 60) || '没有说明原因' };
  return {
    result: new SendError('refused', `WeChat did not send it: ${why.en}`, { maybeSent: false }),
    notice: { en: `WeChat did not make the mass send: ${why.en}.`, zh: `群发没有发出：${why.zh}。` },
  };
}

/** The oldest go. */
function keepFew(kept: Set<string> | Map<string, unknown>): void {
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
