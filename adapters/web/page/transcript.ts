// The conversation, as this browser keeps it: over reloads, and the same in every tab. Tabs write side by side, so nothing is
// replaced: entries are united by their id, and a tab that finds its own missing writes it again.
import type { Outgoing } from '../../../src/adapter.js';

export type Trouble = 'unsent' | 'too-long' | 'refused';

export interface Mine {
  from: 'me';
  id: string;
  /** Milliseconds since 1970, by this browser's clock. */
  at: number;
  text: string;
  /** waiting: on its way, or to be sent when the connection is back. */
  state: 'waiting' | 'answered' | Trouble;
}

export interface Theirs {
  from: 'bot';
  id: string;
  at: number;
  message: Outgoing;
  /** Which of its versions it is: a later one has a greater number. */
  seq?: number;
}

export type Entry = Mine | Theirs;

interface Kept {
  /** Grows when the chat is cleared: what an older one holds is gone. */
  epoch: number;
  entries: Entry[];
  /** The last post that was seen. */
  seen?: number;
}

const KEY = 'emcee-chat';
const MOST_ENTRIES = 200;

export class Transcript {
  #kept: Kept = { epoch: 0, entries: [] };
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.#unite(read());
    window.addEventListener('storage', ({ key }) => {
      if (key !== KEY && key !== null) return;
      const stored = read();
      this.#unite(stored);
      if (stored.epoch === this.#kept.epoch && stored.entries.length < this.#kept.entries.length) this.#write();
      this.#tell();
    });
  }

  get entries(): readonly Entry[] {
    return this.#kept.entries;
  }

  get seen(): number | undefined {
    return this.#kept.seen;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  put(...entries: Entry[]): void {
    this.#change({ ...this.#kept, entries });
  }

  /** A post, or what stands in its place from now on: `first` is then the number that it was said under. */
  see(seq: number, message: Outgoing, first = seq): void {
    this.#change({ ...this.#kept, entries: [{ from: 'bot', id: `post-${first}`, at: Date.now(), message, seq }], seen: seq });
  }

  saw(seq: number): void {
    this.#change({ ...this.#kept, entries: [], seen: seq });
  }

  clear(): void {
    this.#kept = { epoch: Math.max(Date.now(), this.#kept.epoch + 1), entries: [], seen: this.#kept.seen };
    this.#write();
    this.#tell();
  }

  #change(news: Kept): void {
    this.#unite(read());
    this.#unite(news);
    this.#write();
    this.#tell();
  }

  #unite(other: Kept): void {
    if (other.epoch < this.#kept.epoch) return;
    const entries = other.epoch > this.#kept.epoch ? [] : this.#kept.entries;
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    for (const entry of other.entries) {
      const known = byId.get(entry.id);
      // What has its answer is never waiting again, whatever an older copy says.
      if (!known || (known.from === 'me' && known.state !== 'answered')) byId.set(entry.id, entry);
      // A post that was changed stays where it stood.
      else if (known.from === 'bot' && entry.from === 'bot' && (entry.seq ?? 0) > (known.seq ?? 0))
        byId.set(entry.id, { ...entry, at: known.at });
    }
    const seen = Math.max(this.#kept.seen ?? 0, other.seen ?? 0) || undefined;
    const sorted = [...byId.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    this.#kept = { epoch: other.epoch, entries: sorted.slice(-MOST_ENTRIES), seen };
  }

  #write(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // Storage may be full or forbidden (a private window, a frame): the chat then lasts as long as its tab.
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function read(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Kept> | null;
    if (typeof kept?.epoch === 'number' && Array.isArray(kept.entries))
      return { ...kept, entries: (kept.entries as unknown[]).filter(isEntry) } as Kept;
  } catch {
    // Not ours, or forbidden: begin anew.
  }
  return { epoch: 0, entries: [] };
}

/** An earlier version of the page, or somebody else, may have written something that cannot be shown. */
function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Omit<Mine & Theirs, 'from'>> | null;
  if (typeof entry?.id !== 'string' || typeof entry.at !== 'number') return false;
  if (typeof entry.text === 'string') return true;
  const { text, card, choices = [] } = (entry.message ?? {}) as Partial<Outgoing>;
  const isCard = card === undefined || (Array.isArray(card.links) && Array.isArray(card.lines ?? []) && typeof card.title === 'string');
  return typeof text === 'string' && isCard && Array.isArray(choices);
}
