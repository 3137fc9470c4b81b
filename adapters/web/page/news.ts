// Posts as they come: server-sent events, and asking now and then where those do not get through (a proxy that holds them back).
import type { Outgoing } from '../../../src/adapter.js';
import type { Transcript } from './transcript.js';

export type Connection = 'connecting' | 'online' | 'polling' | 'offline';

interface Post {
  seq: number;
  first?: number;
  message: Outgoing;
}

/** An open stream says hello at once; one that has not by then is held back. */
const HELLO_MS = 6_000;
const POLL_MS = 10_000;
const STREAM_AGAIN_MS = 5 * 60_000;
/** A tab in the background gives its connection back: a browser has six to a host. */
const HIDDEN_MS = 60_000;

export class News {
  readonly #transcript: Transcript;
  readonly #changed: (connection: Connection) => void;
  #source: EventSource | undefined;
  #hello: number | undefined;
  #poll: number | undefined;
  #hidden: number | undefined;
  #pollingSince = 0;

  constructor(transcript: Transcript, changed: (connection: Connection) => void) {
    this.#transcript = transcript;
    this.#changed = changed;
    window.addEventListener('online', () => this.#restart());
    window.addEventListener('offline', () => changed('offline'));
    document.addEventListener('visibilitychange', () => this.#onVisibility());
    this.#stream();
  }

  #stream(): void {
    this.#stop();
    const { seen } = this.#transcript;
    const source = new EventSource(`/api/chat/stream${seen === undefined ? '' : `?after=${seen}`}`);
    this.#source = source;
    this.#hello = window.setTimeout(() => this.#pollInstead(), HELLO_MS);
    source.addEventListener('hello', () => {
      clearTimeout(this.#hello);
      this.#changed('online');
    });
    source.addEventListener('post', ({ data }) => this.#take(JSON.parse(data) as Post));
    source.onerror = () => {
      // Refused for good: too many tabs, or a proxy that knows no streams. Else the browser comes back by itself.
      if (source.readyState === EventSource.CLOSED) this.#pollInstead();
      else this.#changed('offline');
    };
  }

  #pollInstead(): void {
    this.#stop();
    this.#pollingSince = Date.now();
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { seen } = this.#transcript;
    try {
      const response = await fetch(`/api/chat/posts${seen === undefined ? '' : `?after=${seen}`}`);
      if (!response.ok) throw new Error(String(response.status));
      for (const post of ((await response.json()) as { posts: Post[] }).posts) this.#take(post);
      this.#changed('polling');
      if (Date.now() - this.#pollingSince > STREAM_AGAIN_MS) return this.#stream();
    } catch {
      this.#changed('offline');
    }
    this.#poll = window.setTimeout(() => void this.#ask(), POLL_MS);
  }

  #take({ seq, first, message }: Post): void {
    if (seq > (this.#transcript.seen ?? 0)) this.#transcript.see(seq, message, first);
  }

  #restart(): void {
    this.#changed('connecting');
    this.#stream();
  }

  #onVisibility(): void {
    clearTimeout(this.#hidden);
    if (document.visibilityState === 'hidden') this.#hidden = window.setTimeout(() => this.#stop(), HIDDEN_MS);
    else if (!this.#source && this.#poll === undefined) this.#restart();
  }

  #stop(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#hello);
    clearTimeout(this.#poll);
    this.#poll = undefined;
  }
}
