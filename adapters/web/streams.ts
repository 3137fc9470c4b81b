// The open pages: one stream of server-sent events each (HTML Living Standard, 9.2).
import { PassThrough, type Readable } from 'node:stream';
import { EVERYBODY, type Post } from './mailboxes.js';

const BEAT_MS = 25_000;
/** A browser opens six connections to a host at most. */
const TABS_PER_VISITOR = 6;
const PAGES_PER_NETWORK = 1_000;
/** Well below the connections that the port takes: webhooks need some. */
const MOST_PAGES = 15_000;
/** A page that does not read is cut off; it asks again for what it missed. */
const MOST_UNREAD = 64 * 1024;
/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000;

interface Page {
  stream: PassThrough;
  network: string | undefined;
  /** What is posted before the page has what it missed: it comes after that. */
  held: Post[] | undefined;
}

export class Streams {
  readonly #visitors = new Map<string, Set<Page>>();
  readonly #networks = new Map<string, number>();
  readonly #beat: NodeJS.Timeout;
  #pages = 0;

  constructor() {
    // Proxies close what is silent.
    this.#beat = setInterval(() => this.#each(({ stream }) => write(stream, ':\n\n')), BEAT_MS);
    this.#beat.unref();
  }

  /** A stream that begins with what the page has missed; undefined when this visitor, this network or everybody has too many. */
  async open(visitor: string, network: string | undefined, missed: () => Promise<readonly Post[]>): Promise<Readable | undefined> {
    const pages = this.#visitors.get(visitor) ?? new Set();
    const ofNetwork = network === undefined ? 0 : (this.#networks.get(network) ?? 0);
    if (pages.size >= TABS_PER_VISITOR || ofNetwork >= PAGES_PER_NETWORK || this.#pages >= MOST_PAGES) return undefined;
    const page: Page = { stream: new PassThrough(), network, held: [] };
    this.#visitors.set(visitor, pages.add(page));
    if (network !== undefined) this.#networks.set(network, ofNetwork + 1);
    this.#pages += 1;
    page.stream.once('close', () => this.#leave(visitor, page));
    page.stream.write(`retry: ${RETRY_MS}\nevent: hello\ndata: {}\n\n`);
    try {
      const posts = await missed();
      const known = new Set(posts.map(({ seq }) => seq));
      const later = (page.held ?? []).filter(({ seq }) => !known.has(seq));
      page.held = undefined;
      for (const post of [...posts, ...later]) write(page.stream, event(post));
      return page.stream;
    } catch (error) {
      page.stream.destroy();
      throw error;
    }
  }

  tell(box: string, post: Post): void {
    const take = (page: Page) => (page.held ? void page.held.push(post) : write(page.stream, event(post)));
    if (box === EVERYBODY) this.#each(take);
    else for (const page of this.#visitors.get(box) ?? []) take(page);
  }

  close(): void {
    clearInterval(this.#beat);
    this.#each(({ stream }) => stream.end());
  }

  #leave(visitor: string, page: Page): void {
    this.#pages -= 1;
    const pages = this.#visitors.get(visitor);
    pages?.delete(page);
    if (pages?.size === 0) this.#visitors.delete(visitor);
    if (page.network === undefined) return;
    const left = (this.#networks.get(page.network) ?? 1) - 1;
    if (left > 0) this.#networks.set(page.network, left);
    else this.#networks.delete(page.network);
  }

  #each(work: (page: Page) => void): void {
    for (const pages of this.#visitors.values()) for (const page of pages) work(page);
  }
}

function event({ seq, first, message }: Post): string {
  return `event: post\nid: ${seq}\ndata: ${JSON.stringify({ seq, first, message })}\n\n`;
}

function write(stream: PassThrough, text: string): void {
  if (stream.destroyed || stream.writableEnded) return;
  stream.write(text);
  if (stream.readableLength + stream.writableLength > MOST_UNREAD) stream.destroy();
}
