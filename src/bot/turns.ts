/** One message at a time per address, in order; different addresses do not wait for each other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<Value>(address: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last.get(address);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(address, mine);
    const leave = () => {
      if (this.#last.get(address) === mine) this.#last.delete(address);
    };
    mine.then(leave, leave);
    return mine;
  }
}
