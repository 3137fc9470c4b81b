// What became of mass sends: WeChat tells it in an event (MASSSENDJOBFINISH), minutes or half an hour later.
import { type Host, SendError } from '../../../src/adapter.js';
import type { FinishedJob } from '../meaning.js';

const KEEP_MS = 7 * 24 * 3600_000;

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

  constructor(host: Pick<Host, 'sessions' | 'settle' | 'tell'>) {
    this.#host = host;
  }

  /** A mass send was taken by WeChat under this id. */
  async began(id: string, deliveryId: string): Promise<void> {
    const { sessions } = this.#host;
    await sessions.set(`mass:${id}`, deliveryId, KEEP_MS);
    // Short ones end before their request does.
    const early = await sessions.get<FinishedJob>(`finished:${id}`);
    if (early) this.#settle(deliveryId, early);
  }

  async finished(job: FinishedJob): Promise<void> {
    const { sessions } = this.#host;
    const deliveryId = await sessions.get<string>(`mass:${job.id}`);
    if (deliveryId === undefined) await sessions.set(`finished:${job.id}`, job, KEEP_MS);
    else this.#settle(deliveryId, job);
  }

  #settle(deliveryId: string, { id, status, counts }: FinishedJob): void {
    const { settle, tell } = this.#host;
    if (/^send ?success$/i.test(status.trim())) {
      settle(deliveryId, { platformId: id, state: 'delivered', at: new Date(), counts });
      const { total = 0, sent = total, failed = 0 } = counts;
      if (failed > 0)
        tell({
          en: `WeChat's mass send reached ${sent} of ${total}; ${failed} could not get it (many have had their four of this month).`,
          zh: `群发送达 ${sent}/${total} 人，${failed} 人没有收到（可能本月已收满 4 条）。`,
        });
      return;
    }
    const code = /err\((\d+)\)/i.exec(status)?.[1] ?? '';
    const why = FAILURES.get(code) ?? { en: status.slice(0, 60) || 'no reason given', zh: status.slice(0, 60) || '没有说明原因' };
    settle(deliveryId, new SendError('refused', `WeChat did not send it: ${why.en}`, { maybeSent: false }));
    tell({ en: `WeChat did not make the mass send: ${why.en}.`, zh: `群发没有发出：${why.zh}。` });
  }
}
