import type { ConnectionState } from '../../src/adapter.js';

/** Slack is asked again so often whether it takes the token. */
const ASK_AGAIN_MS = 60_000;

export interface TokenWatchParts {
  report(state: ConnectionState): void;
  /** What organizers are told. */
  reason(): string;
  /** Rejects while Slack does not take the token. */
  ask(): Promise<unknown>;
  askAgainMs?: number;
}

/** A token that Slack no longer takes is a state: what is to go out waits until it is taken again. */
export class TokenWatch {
  readonly #parts: TokenWatchParts;
  #asking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: TokenWatchParts) {
    this.#parts = parts;
  }

  get isRefused(): boolean {
    return this.#asking !== undefined;
  }

  /** Slack has just refused it, or says that the app was removed. */
  refused(): void {
    if (this.#asking || this.#closed) return;
    this.#parts.report({ is: 'offline', reason: this.#parts.reason() });
    this.#askLater();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#asking);
  }

  #askLater(): void {
    this.#asking = setTimeout(() => {
      this.#parts.ask().then(
        () => {
          this.#asking = undefined;
          if (!this.#closed) this.#parts.report({ is: 'online' });
        },
        () => {
          if (!this.#closed) this.#askLater();
        },
      );
    }, this.#parts.askAgainMs ?? ASK_AGAIN_MS);
    this.#asking.unref();
  }
}
