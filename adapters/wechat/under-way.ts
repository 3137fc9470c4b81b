/** Work that several callers wait for at once, each no longer than `limitMs`. */
export class UnderWay<Value> {
  readonly #limitMs: number;
  readonly #works = new Map<string, Promise<Value>>();

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** What `work` gives; whoever comes with the same key meanwhile gets the same. @throws when it fails or takes too long. */
  async share(key: string, work: () => Promise<Value>): Promise<Value> {
    let mine = this.#works.get(key);
    if (!mine) {
      mine = work().finally(() => this.#works.delete(key));
      this.#works.set(key, mine);
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${this.#limitMs} ms`)), this.#limitMs);
    });
    try {
      return await Promise.race([mine, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Settles when all of it has ended, or would be too late anyway. */
  async ended(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, this.#limitMs);
    });
    await Promise.race([Promise.allSettled([...this.#works.values()]), late]);
    clearTimeout(timer);
  }
}
