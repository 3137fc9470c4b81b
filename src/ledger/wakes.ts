/** When an instance is to be looked at again: addresses that become free at about the same time are looked for together. */
const SLOT_MS = 8;

export class Wakes {
  readonly #wake: (instance: string) => void;
  /** Instance and slot. */
  readonly #planned = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(wake: (instance: string) => void) {
    this.#wake = wake;
  }

  /** Never earlier than in so many milliseconds. */
  plan(ms: number, instance: string): void {
    if (ms <= 0 || this.#stopped) return;
    const slot = Math.ceil((performance.now() + ms) / SLOT_MS);
    const planned = `${instance} ${slot}`;
    if (this.#planned.has(planned)) return;
    this.#planned.add(planned);
    this.#wakeAt(slot * SLOT_MS, instance, planned);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #wakeAt(due: number, instance: string, planned: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // A timer reckons from the beginning of its turn: in a long one it fires before its time, and would find nothing.
      if (performance.now() < due) return this.#wakeAt(due, instance, planned);
      this.#planned.delete(planned);
      this.#wake(instance);
    }, due - performance.now());
    timer.unref();
    this.#timers.add(timer);
  }
}
