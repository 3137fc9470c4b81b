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
    return this.#without(line).slice(0, 300);
  }

  /** The same error, without what nobody may see. */
  maskedError(error: unknown): Error {
    const { message, stack, name } = error instanceof Error ? error : new Error(String(error));
    return Object.assign(new Error(this.masked(message)), { name, stack: stack && this.#without(stack) });
  }

  /** Writes errors into the log only like that. */
  masking(log: Logger): Logger {
    const masked = (data: object) => ('err' in data ? { ...data, err: this.maskedError(data.err) } : data);
    return {
      debug: (data, message) => log.debug(masked(data), message),
      info: (data, message) => log.info(masked(data), message),
      warn: (data, message) => log.warn(masked(data), message),
      error: (data, message) => log.error(masked(data), message),
    };
  }

  #without(text: string): string {
    const secrets = [this.#token, this.#scan].filter((secret): secret is string => secret !== undefined && secret.length >= 4);
    return secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
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
