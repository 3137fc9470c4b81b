/**
 * Socket Mode: one connection at a time, kept up by ourselves. The SDK's own reconnecting ends the process when Slack cannot be reached,
 * and tells nobody why a connection had to be opened anew.
 */
import type { Logger as BoltLogger, webApi } from '@slack/bolt';
import type { ConnectionState, Logger } from '../../src/adapter.js';
import { type Connection, openConnection } from './connection.js';
import { isInteractive, type SlackReceiver } from './receiver.js';

export interface SocketTiming {
  /** From opening to Slack's hello. */
  helloMs: number;
  /** Slack pings every half minute at most; a connection in which nothing at all comes so long is dead. */
  silentMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
  /** A connection that Slack does not close in time is cut. */
  closeMs: number;
  /** One that ends sooner than this was none: the next attempt waits, longer each time. */
  steadyMs: number;
}

export const SOCKET_TIMING: SocketTiming = {
  ...{ helloMs: 15_000, silentMs: 75_000, closeMs: 1_000, steadyMs: 20_000 },
  ...{ firstRetryMs: 1_000, longestRetryMs: 120_000 },
};

export interface SocketParts {
  appToken: string;
  receiver: SlackReceiver;
  clientOptions: webApi.WebClientOptions;
  logger: BoltLogger;
  log: Logger;
  report(state: ConnectionState): void;
  /** What an error of the opening means, for people. */
  explain(error: unknown): string;
  timing?: SocketTiming;
}

export interface SlackEvent {
  ack(response?: object): Promise<void>;
  body: Record<string, unknown>;
  retry_num?: number;
  retry_reason?: string;
}

export class SlackSocket {
  readonly #parts: SocketParts;
  readonly #timing: SocketTiming;
  readonly #underWay = new Set<Promise<void>>();
  #connection: Connection | undefined;
  #openedAt = 0;
  #retryMs: number;
  #retry: NodeJS.Timeout | undefined;
  #watching: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#timing = parts.timing ?? SOCKET_TIMING;
    this.#retryMs = this.#timing.firstRetryMs;
  }

  /** Settles when Slack has said hello. @throws Error whose message says what to mend; then nothing is left open */
  async start(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      throw new Error(this.#parts.explain(error), { cause: error });
    }
    if (this.#stopped) throw new Error('stopped while connecting');
    this.#watching = setInterval(() => this.#watch(), this.#timing.silentMs / 10);
    this.#watching.unref();
  }

  /** Takes nothing more, and waits for what is being taken. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#watching);
    clearTimeout(this.#retry);
    await Promise.allSettled(this.#underWay);
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  async #open(): Promise<void> {
    const { appToken, clientOptions, logger, log } = this.#parts;
    const connection = await openConnection({
      ...{ appToken, clientOptions, logger, log, timing: this.#timing },
      take: (event) => this.#take(event),
      ended: (gone) => this.#lost(gone),
    });
    if (this.#stopped) return connection.close();
    this.#connection = connection;
    this.#openedAt = Date.now();
  }

  #watch(): void {
    const connection = this.#connection;
    if (connection && Date.now() - connection.heardAt() >= this.#timing.silentMs) this.#lost(connection);
  }

  /** It has ended, or nothing comes through it any more. */
  #lost(connection: Connection): void {
    if (connection !== this.#connection || this.#stopped) return;
    this.#connection = undefined;
    void connection.close();
    const silentMs = Date.now() - connection.heardAt();
    // The SDK ends a silent one as well, a little sooner: that is no renewal either.
    if (silentMs > this.#timing.silentMs / 4)
      this.#again(`nothing has come through the open connection for ${Math.round(silentMs / 1000)} s`);
    else if (Date.now() - this.#openedAt < this.#timing.steadyMs) this.#later('Slack ends each connection right after it was opened', 0);
    else {
      // Slack renews connections every few hours: that is no news.
      this.#retryMs = this.#timing.firstRetryMs;
      this.#again();
    }
  }

  /** The only way to another connection after the first: one attempt at a time. */
  #again(reason?: string): void {
    if (reason) this.#parts.report({ is: 'offline', reason });
    this.#open().then(
      () => {
        if (!this.#stopped) this.#parts.report({ is: 'online' });
      },
      (error) => this.#later(this.#parts.explain(error), Number((error as { retryAfter?: number }).retryAfter ?? 0) * 1_000),
    );
  }

  #later(reason: string, atLeastMs: number): void {
    if (this.#stopped) return;
    const waitMs = Math.max(atLeastMs, this.#retryMs * (1 + Math.random() / 4));
    this.#retryMs = Math.min(this.#retryMs * 2, this.#timing.longestRetryMs);
    this.#parts.report({ is: 'offline', reason, retryAt: new Date(Date.now() + waitMs) });
    this.#retry = setTimeout(() => this.#again(), waitMs);
    this.#retry.unref();
  }

  #take({ ack, body, retry_num, retry_reason }: SlackEvent): void {
    if (this.#stopped || typeof body !== 'object' || body === null) return;
    const { receiver } = this.#parts;
    const taking: Promise<void> = receiver
      .take(body, retry_num, retry_reason)
      .then(
        () => ack(),
        (error) => {
          const answer = receiver.failed(body, error);
          return isInteractive(body) ? ack(answer) : undefined;
        },
      )
      // On a connection that is gone: Slack sends it again, and it is answered once.
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(taking));
    this.#underWay.add(taking);
  }
}
