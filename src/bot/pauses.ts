/** The kill switch: a platform that an organizer has paused sends nothing until it is resumed, over restarts and in every replica. */
import type { Kept } from '../content/kept-live.js';
import type { KeptRow } from '../store/desk.js';
import type { Store } from '../store/port.js';

export interface PausesParts {
  store: Pick<Store, 'keep'>;
  /** It is kept, and noticed elsewhere, like what organizers write in a chat. */
  kept: Pick<Kept, 'rows' | 'read'>;
  now(): number;
}

export class Pauses {
  readonly #parts: PausesParts;
  /** Instance → who paused it; asked for each message, and so not looked for among thousands of rows each time. */
  #paused: ReadonlyMap<string, string> = new Map();
  #from: readonly KeptRow[] = [];

  constructor(parts: PausesParts) {
    this.#parts = parts;
  }

  /** Why it sends nothing; for the ledger's reader. */
  of(instance: string): string | undefined {
    const { rows } = this.#parts.kept;
    if (rows !== this.#from) {
      this.#paused = new Map(rows.flatMap(({ kind, name, by }) => (kind === 'pause' ? [[name, by] as const] : [])));
      this.#from = rows;
    }
    const by = this.#paused.get(instance);
    return by === undefined ? undefined : `paused by ${by}`;
  }

  async pause(instance: string, by: string): Promise<void> {
    const { store, kept, now } = this.#parts;
    await store.keep({ kind: 'pause', name: instance, value: true, by }, now());
    await kept.read();
  }

  async resume(instance: string, by: string): Promise<void> {
    const { store, kept, now } = this.#parts;
    await store.keep({ kind: 'pause', name: instance, value: null, by }, now());
    await kept.read();
  }
}
