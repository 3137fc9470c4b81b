/** Posts of which nobody knows whether they arrived: an organizer has looked, and says so: `到了 b1/main`, `没到 b1/main`. */
import type { Answer } from '../answer/types.js';
import type { Errand } from '../bot/errand.js';
import type { Language } from '../content/types.js';
import { DESK_STATUS_PHRASES } from '../phrases/desk-status.js';
import type { Store } from '../store/port.js';
import { shown } from './kept-view.js';
import { spoken } from './said.js';

/** So long what is sent once more may wait for its turn. */
const AGAIN_MS = 24 * 3600_000;
/** As long as a message may come again. */
const REMEMBERED_MS = 24 * 3600_000;
const WORDS: readonly [RegExp, 'sent' | 'again', Language][] = [
  [/^(?:到了|送到了)[\s:：]+(\S.*)$/u, 'sent', 'zh'],
  [/^(?:没到|没送到)[\s:：]+(\S.*)$/u, 'again', 'zh'],
  [/^arrived\s+(\S.*)$/i, 'sent', 'en'],
  [/^again\s+(\S.*)$/i, 'again', 'en'],
];

export interface UnknownPostsParts {
  store: Pick<Store, 'deliveries' | 'resolve' | 'writeAudit' | 'kvGet' | 'kvSet'>;
  /** Something is to go out. */
  wake(): void;
  now(): number;
}

export class UnknownPostsDesk {
  readonly #parts: UnknownPostsParts;

  constructor(parts: UnknownPostsParts) {
    this.#parts = parts;
  }

  /** Undefined, at once or later: it is about no such post. */
  run(errand: Errand): Promise<Answer | undefined> | undefined {
    if (errand.role !== 'organizer' || !errand.isDirect) return undefined;
    const text = errand.text.trim();
    for (const [word, end, language] of WORDS) {
      const id = word.exec(text)?.[1];
      if (id !== undefined) return this.#settle(id, end, errand, language);
    }
    return undefined;
  }

  /** The fence is that of the attempt that was asked about: the same message once more means no later one. */
  async #settle(id: string, end: 'sent' | 'again', errand: Errand, language: Language): Promise<Answer | undefined> {
    const { store, wake, now } = this.#parts;
    const { key, sender, person = sender } = errand;
    const [row] = await store.deliveries({ id, limit: 1 });
    if (!row) return undefined;
    const say = DESK_STATUS_PHRASES[language].settled;
    const channel = shown(row.channel ?? row.address);
    const mark = `settled:${key}`;
    const before = await store.kvGet(mark, now());
    if (row.state === 'unknown' && (before === undefined || Number(before) === row.fence)) {
      if (before === undefined) {
        await store.writeAudit({ who: person, did: `resolved-${end}`, about: { delivery: id, account: sender } }, now());
        await store.kvSet(mark, String(row.fence), now() + REMEMBERED_MS);
      }
      const found = end === 'sent' ? ({ state: 'sent' } as const) : ({ state: 'pending', forMs: AGAIN_MS, fence: row.fence } as const);
      if (!(await store.resolve(id, found, now()))) return spoken(say.already(channel), language);
      wake();
    } else if (before === undefined) return spoken(say.already(channel), language);
    return spoken(say[end](channel), language);
  }
}
