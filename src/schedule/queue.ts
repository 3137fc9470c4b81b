/** What is still to go out, in the order of its instants: looking at the next one costs nothing, however many there are. */
import type { Channel } from '../content/catalog.js';
import type { Planned } from './plan.js';

export interface Item {
  planned: Planned;
  channel: Channel;
  at: number;
}

export const keyOf = ({ planned, channel }: Pick<Item, 'planned' | 'channel'>): string => `${planned.post}/${channel.name}`;

export class Queue {
  /** The next one last. */
  #ahead: Item[] = [];

  replace(items: readonly Item[]): void {
    this.#ahead = [...items].sort((a, b) => b.at - a.at);
  }

  get nextAt(): number {
    return this.#ahead.at(-1)?.at ?? Number.POSITIVE_INFINITY;
  }

  /** The next ones first. */
  *inOrder(): Generator<Item> {
    for (let at = this.#ahead.length - 1; at >= 0; at--) yield this.#ahead[at] as Item;
  }

  takeDue(now: number): Item[] {
    const due: Item[] = [];
    for (let next = this.#ahead.at(-1); next && next.at <= now; next = this.#ahead.at(-1)) {
      due.push(next);
      this.#ahead.pop();
    }
    return due;
  }

  /** Tries again later. */
  putBack(items: readonly Item[]): void {
    if (items.length > 0) this.replace([...this.#ahead, ...items]);
  }
}
