// What goes wrong inside Wechaty and its puppets: said once a minute, however often it happens, and never on the console, where they
// print tokens and codes to scan.
import { format } from 'node:util';
import type { Logger } from '../../src/adapter.js';

const AGAIN_MS = 60_000;
const MOST_KEPT = 200;
const METHODS = ['debug', 'log', 'info', 'warn', 'error'] as const;

export class Troubles {
  readonly #log: Logger;
  readonly #said = new Map<string, number>();
  readonly #token: string | undefined;
  #scan: string | undefined;
  /** The last one, in its own words. */
  last: string | undefined;

  constructor(log: Logger, token: string | undefined) {
    this.#log = log;
    this.#token = token;
  }

  /** The code that is to be scanned now. */
  hide(scan: string): void {
    this.#scan = scan;
  }

  note(error: unknown): void {
    this.last = this.masked(error instanceof Error ? error.message : String(error));
    const now = Date.now();
    if (now - (this.#said.get(this.last) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    if (this.#said.size >= MOST_KEPT) this.#said.clear();
    this.#said.set(this.last, now);
    this.#log.warn({ reason: this.last }, 'Wechaty reports an error');
  }

  /** Its first line, without what nobody may see: organizers and /healthz are told it, too. */
  masked(message: string): string {
    const line = message.split('\n', 1)[0]?.replace(/^\d\d:\d\d:\d\d /, '') ?? '';
    const secrets = [this.#token, this.#scan].filter((secret): secret is string => secret !== undefined && secret.length >= 4);
    return secrets
      .flatMap((secret) => [secret, encodeURIComponent(secret)])
      .reduce((text, secret) => text.replaceAll(secret, '***'), line)
      .slice(0, 300);
  }

  /** emcee itself writes nothing there. Returns what gives the console back. */
  takeConsole(): () => void {
    const kept = METHODS.map((method) => [method, console[method]] as const);
    for (const method of METHODS)
      console[method] = (...written: unknown[]) => {
        if (method === 'warn' || method === 'error') this.note(format(...written));
      };
    return () => {
      for (const [method, original] of kept) console[method] = original;
    };
  }
}
