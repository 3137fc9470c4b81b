/** One lane an address: its deliveries go one after another, in the order they were added; lanes run side by side. */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #waiting = new Set<string>();

  /** Adds work to a lane unless work with this id is in it already. Never rejects; work must handle its own errors. */
  add(lane: string, id: string, work: () => Promise<void>): void {
    if (this.#waiting.has(id)) return;
    this.#waiting.add(id);
    const tail = (this.#tails.get(lane) ?? Promise.resolve())
      .then(work)
      .catch(() => undefined)
      .finally(() => {
        this.#waiting.delete(id);
        if (this.#tails.get(lane) === tail) this.#tails.delete(lane);
      });
    this.#tails.set(lane, tail);
  }

  get size(): number {
    return this.#waiting.size;
  }

  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
