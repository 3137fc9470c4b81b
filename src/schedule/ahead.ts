// The next posts, for whoever asks what comes: one line a post, however many channels get it.
import type { Item } from './queue.js';

export interface Ahead {
  post: string;
  /** When the first of its channels gets it. */
  at: number;
  /** `before: 1d`; of a digest its name. */
  rule: string;
  /** Of the event; null: a digest. */
  title: string | null;
  channels: number;
}

/** @param items in the order of their instants */
export function nextPosts(items: Iterable<Item>, count: number): Ahead[] {
  const posts = new Map<string, Ahead>();
  for (const { planned, at } of items) {
    const known = posts.get(planned.post);
    if (known) known.channels++;
    else if (posts.size < count) {
      const { post, rule, subject } = planned;
      posts.set(post, { post, at, rule, title: subject?.event.title ?? null, channels: 1 });
    }
  }
  return [...posts.values()];
}
