// What the visitor said, on its way: one message after the other, each with an id, so that a repeat is answered but not asked twice.
import type { Outgoing } from '../../../src/adapter.js';
import type { Mine, Transcript } from './transcript.js';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
const REQUEST_MS = 20_000;
/** After this nobody waits for an answer any more. */
const GIVE_UP_MS = 10 * 60_000;

type Attempt = { is: 'answered'; reply: Outgoing | null } | { is: 'later'; waitMs?: number } | { is: 'too-long' | 'refused' };

interface About {
  language: string;
  framed: boolean;
  /** Who is signed in, as an answer tells; null: nobody any more. */
  isOrganizer(name: string | null): void;
}

export class Outbox {
  readonly #transcript: Transcript;
  readonly #about: About;
  readonly #changed: (trouble: 'none' | 'offline' | 'too-fast') => void;
  #running = false;
  #wake: (() => void) | undefined;

  constructor(transcript: Transcript, about: About, changed: (trouble: 'none' | 'offline' | 'too-fast') => void) {
    this.#transcript = transcript;
    this.#about = about;
    this.#changed = changed;
  }

  say(text: string): void {
    this.#transcript.put({ from: 'me', id: newId(), at: Date.now(), text, state: 'waiting' });
    void this.run();
  }

  again(entry: Mine): void {
    this.#transcript.put({ ...entry, state: 'waiting', at: Date.now() });
    void this.run();
  }

  /** The connection may be back: do not wait any longer. */
  wake(): void {
    this.#wake?.();
    void this.run();
  }

  /** Sends what waits, also what a reload or another tab left behind. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    let wait = FIRST_WAIT_MS;
    for (let next = this.#next(); next; next = this.#next()) {
      const attempt = Date.now() - next.at > GIVE_UP_MS ? undefined : await this.#attempt(next);
      if (attempt?.is === 'later') {
        this.#changed(attempt.waitMs === undefined ? 'offline' : 'too-fast');
        await this.#pause(attempt.waitMs ?? wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
        continue;
      }
      wait = FIRST_WAIT_MS;
      if (attempt) this.#changed('none');
      this.#settle(next, attempt);
    }
    this.#running = false;
  }

  #next(): Mine | undefined {
    return this.#transcript.entries.find((entry): entry is Mine => entry.from === 'me' && entry.state === 'waiting');
  }

  #settle(mine: Mine, attempt: Exclude<Attempt, { is: 'later' }> | undefined): void {
    const state = attempt?.is ?? 'unsent';
    const reply = attempt?.is === 'answered' ? attempt.reply : null;
    const at = Math.max(Date.now(), mine.at + 1);
    this.#transcript.put({ ...mine, state }, ...(reply ? [{ from: 'bot', id: `re-${mine.id}`, at, message: reply } as const] : []));
  }

  async #attempt({ id, text }: Mine): Promise<Attempt> {
    const { language, framed, isOrganizer } = this.#about;
    try {
      const response = await fetch('/api/chat/messages', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id, text, language, ...(framed && { framed }) }),
        signal: AbortSignal.timeout(REQUEST_MS),
      });
      if (response.ok) {
        const { reply, organizer } = (await response.json()) as { reply: Outgoing | null; organizer?: string | null };
        if (organizer !== undefined) isOrganizer(organizer);
        return { is: 'answered', reply };
      }
      if (response.status === 429) return { is: 'later', waitMs: 1000 * Math.max(1, Number(response.headers.get('Retry-After')) || 3) };
      if (response.status === 413) return { is: 'too-long' };
      return response.status >= 500 ? { is: 'later' } : { is: 'refused' };
    } catch {
      return { is: 'later' };
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const wake = this.#wake;
      function done() {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = () => {
        wake?.();
        done();
      };
    });
  }
}

/** Unguessable, as `crypto.randomUUID` is; that one is only there on https and localhost. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
