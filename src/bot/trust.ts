/** Organizers are known by ids that last. Where a platform's do not, whoever is listed by one of them is a member like all others. */
import type { Community } from '../content/catalog.js';
import { PLATFORM_PHRASES } from '../phrases/platforms.js';
import type { Notice } from '../store/port.js';

type Reason = Notice['text'];

export class Trust {
  readonly #reasons: ReadonlyMap<string, Reason>;
  #last: { from: Community; trusted: Community } | undefined;
  #told = '';

  constructor(reasons: readonly (readonly [instance: string, reason: Reason | undefined])[]) {
    this.#reasons = new Map(reasons.flatMap(([instance, reason]) => (reason ? [[instance, reason] as const] : [])));
  }

  /** The community without the organizers, and the addresses for alerts, that cannot be told apart from others. */
  trusted(from: Community): Community {
    if (this.#reasons.size === 0) return from;
    if (this.#last?.from === from) return this.#last.trusted;
    const lasts = (address: string) => this.#reasonOf(address) === undefined;
    this.#last = { from, trusted: { ...from, organizers: from.organizers.filter(lasts), alerts: from.alerts.filter(lasts) } };
    return this.#last.trusted;
  }

  /** What organizers should hear of it: each list once. */
  news({ organizers, alerts }: Community): Reason[] {
    const distrusted = [...new Set([...organizers, ...alerts])].filter((address) => this.#reasonOf(address) !== undefined);
    const list = distrusted.join(' ');
    if (list === this.#told) return [];
    this.#told = list;
    return distrusted.map((address) => {
      const reason = this.#reasonOf(address) as Reason;
      return { zh: PLATFORM_PHRASES.zh.noOrganizer(address, reason.zh), en: PLATFORM_PHRASES.en.noOrganizer(address, reason.en) };
    });
  }

  /** A person's id: rooms are addressed in a way of their own. */
  #reasonOf(address: string): Reason | undefined {
    const [instance = '', kind] = address.split(':', 2);
    return kind === 'person' ? this.#reasons.get(instance) : undefined;
  }
}
