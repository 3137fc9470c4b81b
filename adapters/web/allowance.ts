/** How much one sender may say: `count` messages in each span of `perMs`, which begins with the first. Forgets whoever is quiet. */
export class Allowance {
  readonly #count: number;
  readonly #perMs: number;
  readonly #spans = new Map<string, { endsAt: number; said: number }>();
  #tidyAt = 0;

  constructor(count: number, perMs: number) {
    this.#count = count;
    this.#perMs = perMs;
  }

  /** Takes one; returns the milliseconds to wait when there is none left, else 0. */
  take(sender: string, now: number): number {
    this.#tidy(now);
    const span = this.#spans.get(sender);
    if (!span || span.endsAt <= now) this.#spans.set(sender, { endsAt: now + this.#perMs, said: 1 });
    else if (span.said >= this.#count) return span.endsAt - now;
    else span.said += 1;
    return 0;
  }

  #tidy(now: number): void {
    if (now < this.#tidyAt) return;
    this.#tidyAt = now + this.#perMs;
    for (const [sender, { endsAt }] of this.#spans) if (endsAt <= now) this.#spans.delete(sender);
  }
}
