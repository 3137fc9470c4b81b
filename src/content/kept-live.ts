// What organizers have written in a chat, alive: read when the store's revision has changed, and laid over the pages' catalog.
import type { KeptRow } from '../store/desk.js';
import type { Store } from '../store/port.js';
import type { Catalog, Community } from './catalog.js';
import { type KeptTrouble, keptTroubles, withKept } from './kept.js';

export interface KeptParts {
  store: Pick<Store, 'kept'>;
  /** As the pages and slides.yaml make it. */
  catalog(): Catalog;
  community(): Community;
}

export class Kept {
  readonly #parts: KeptParts;
  readonly #listeners = new Set<() => void>();
  #rows: readonly KeptRow[] = [];

  constructor(parts: KeptParts) {
    this.#parts = parts;
  }

  /** For watchRevision, which tries again. Rejects when the store fails: what was read before serves until then. */
  async read(): Promise<void> {
    const rows = await this.#parts.store.kept();
    if (JSON.stringify(rows) === JSON.stringify(this.#rows)) return;
    this.#rows = rows;
    for (const listener of this.#listeners) listener();
  }

  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The pages' catalog with what is kept: what members are answered from. */
  catalog(): Catalog {
    return withKept(this.#parts.catalog(), this.#rows, this.#parts.community());
  }

  /** The same as it would be without anything kept. */
  base(): Catalog {
    return this.#parts.catalog();
  }

  get rows(): readonly KeptRow[] {
    return this.#rows;
  }

  troubles(): readonly KeptTrouble[] {
    return keptTroubles(this.#parts.catalog(), this.#rows, this.#parts.community());
  }
}
