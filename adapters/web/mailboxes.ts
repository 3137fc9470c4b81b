// What emcee said without having been asked: kept for pages that are closed or offline just now. Answers ride on their own request.
import type { Outgoing, Sessions } from '../../src/adapter.js';

export interface Post {
  /** Grows with each post; a page asks for what came after the last one it saw. */
  seq: number;
  /** It stands in the place of the post that had this number. */
  first?: number;
  at: number;
  message: Outgoing;
  deliveryId?: string;
}

/** The box that every visitor reads. */
export const EVERYBODY = 'all';

const KEPT = 20;
const KEPT_MS = 7 * 24 * 3600_000;
/** Somebody new sees the latest only. */
const FOR_NEWCOMERS = 3;

export class Mailboxes {
  readonly #sessions: Sessions;
  readonly #turns = new Map<string, Promise<unknown>>();
  #lastSeq: number;
  /** Everybody's box, read once. */
  #everybody: Post[] | undefined;

  private constructor(sessions: Sessions, lastSeq: number) {
    this.#sessions = sessions;
    this.#lastSeq = lastSeq;
  }

  static async open(sessions: Sessions): Promise<Mailboxes> {
    return new Mailboxes(sessions, (await sessions.get<number>('last-seq')) ?? 0);
  }

  /** Keeps a message; one with a delivery id that is there already is not kept twice. */
  add(box: string, message: Outgoing, deliveryId: string | undefined, now: number): Promise<Post> {
    return this.#inTurn(box, () => this.#add(box, message, deliveryId, now));
  }

  /** Puts another message in the place of a post, `first` being its number; undefined: it is not there any more. */
  change(box: string, first: number, message: Outgoing, now: number): Promise<Post | undefined> {
    return this.#inTurn(box, async () => {
      const posts = await this.#read(box);
      const before = posts.find((post) => (post.first ?? post.seq) === first);
      if (!before) return undefined;
      const post: Post = { ...before, seq: await this.#nextSeq(now), first, message };
      await this.#keep(box, [...posts.filter((each) => each !== before), post]);
      return post;
    });
  }

  async #inTurn<Value>(box: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.#turns.get(box) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    this.#turns.set(box, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(box) === mine) this.#turns.delete(box);
    }
  }

  /** What a visitor has not seen: of their own box and of everybody's. `after` undefined: somebody new. */
  async unseen(visitor: string, after: number | undefined, now: number): Promise<Post[]> {
    const { own, everybody } = await this.#bothBoxes(visitor, now);
    const posts =
      after === undefined ? [...own, ...everybody.slice(-FOR_NEWCOMERS)] : [...own, ...everybody].filter(({ seq }) => seq > after);
    return posts.sort((a, b) => a.seq - b.seq);
  }

  /** As they were at one moment: a page that has seen a post never asks for an earlier one again. */
  async #bothBoxes(visitor: string, now: number): Promise<{ own: Post[]; everybody: Post[] }> {
    for (;;) {
      const before = this.#lastSeq;
      await Promise.allSettled([this.#turns.get(visitor), this.#turns.get(EVERYBODY)]);
      const own = await this.#read(visitor);
      const everybody = (await this.#read(EVERYBODY)).filter(({ at }) => at > now - KEPT_MS);
      if (before === this.#lastSeq) return { own, everybody };
    }
  }

  async find(box: string, deliveryId: string): Promise<Post | undefined> {
    return (await this.#read(box)).find((post) => post.deliveryId === deliveryId);
  }

  async #add(box: string, message: Outgoing, deliveryId: string | undefined, now: number): Promise<Post> {
    const posts = await this.#read(box);
    const same = deliveryId === undefined ? undefined : posts.find((post) => post.deliveryId === deliveryId);
    if (same) return same;
    const post: Post = { seq: await this.#nextSeq(now), at: now, message, ...(deliveryId !== undefined && { deliveryId }) };
    await this.#keep(box, [...posts, post].slice(-KEPT));
    return post;
  }

  async #keep(box: string, posts: Post[]): Promise<void> {
    await this.#sessions.set(`box:${box}`, posts, KEPT_MS);
    if (box === EVERYBODY) this.#everybody = posts;
  }

  /** Greater than all before it, also after a restart with a clock that was set back. */
  async #nextSeq(now: number): Promise<number> {
    this.#lastSeq = Math.max(now, this.#lastSeq + 1);
    const seq = this.#lastSeq;
    await this.#sessions.set('last-seq', seq, KEPT_MS);
    return seq;
  }

  async #read(box: string): Promise<Post[]> {
    if (box !== EVERYBODY) return (await this.#sessions.get<Post[]>(`box:${box}`)) ?? [];
    const posts = this.#everybody ?? (await this.#sessions.get<Post[]>(`box:${EVERYBODY}`)) ?? [];
    // While it was read, a post may have come.
    this.#everybody ??= posts;
    return this.#everybody;
  }
}
