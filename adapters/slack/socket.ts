/**
 * Socket Mode: one connection at a time, kept up by ourselves. The SDK's own reconnecting ends the process when Slack cannot be
 * reached, and does not notice a connection that is open while nothing comes through it.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Logger as BoltLogger, webApi } from '@slack/bolt';
import type { SocketModeClient } from '@slack/socket-mode';
import type { ConnectionState, Logger } from '../../src/adapter.js';
import { isInteractive, type SlackReceiver } from './receiver.js';

export interface SocketTiming {
  /** From opening to Slack's hello. */
  helloMs: number;
  /** Slack pings every half minute or so; a connection in which nothing at all comes so long is dead. */
  silentMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
  /** A connection that Slack does not close in time is cut. */
  closeMs: number;
}

export const SOCKET_TIMING: SocketTiming = {
  helloMs: 15_000,
  silentMs: 90_000,
  firstRetryMs: 1_000,
  longestRetryMs: 120_000,
  closeMs: 1_000,
};

const PING = 'undici:websocket:ping';

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

interface SlackEvent {
  ack(response?: object): Promise<void>;
  body: Record<string, unknown>;
  retry_num?: number;
  retry_reason?: string;
}

export class SlackSocket {
  readonly #parts: SocketParts;
  readonly #timing: SocketTiming;
  readonly #underWay = new Set<Promise<void>>();
  readonly #heard = () => {
    this.#heardAt = Date.now();
  };
  #client: SocketModeClient | undefined;
  #heardAt = 0;
  #retryMs: number;
  #watching: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#timing = parts.timing ?? SOCKET_TIMING;
    this.#retryMs = this.#timing.firstRetryMs;
  }

  /** Settles when Slack has said hello. @throws Error whose message says what to mend; then nothing is left open */
  async start(): Promise<void> {
    this.#stopped = false;
    subscribe(PING, this.#heard);
    try {
      await this.#open();
    } catch (error) {
      await this.stop();
      throw new Error(this.#parts.explain(error), { cause: error });
    }
    this.#watching = setInterval(() => this.#watch(), this.#timing.silentMs / 6);
    this.#watching.unref();
  }

  /** Takes nothing more, and waits for what is being taken. */
  async stop(): Promise<void> {
    this.#stopped = true;
    unsubscribe(PING, this.#heard);
    clearInterval(this.#watching);
    clearTimeout(this.#retry);
    await Promise.allSettled(this.#underWay);
    const client = this.#client;
    this.#client = undefined;
    if (client) await this.#close(client);
  }

  async #open(): Promise<void> {
    const { SocketModeClient } = await import('@slack/socket-mode');
    const { appToken, clientOptions, logger } = this.#parts;
    const client = new SocketModeClient({ appToken, clientOptions, logger, autoReconnectEnabled: false });
    this.#client = client;
    client.on('ws_message', this.#heard);
    client.on('slack_event', (event: SlackEvent) => this.#take(event));
    // The reason stands in the `disconnected` that follows.
    client.on('error', (error: unknown) => this.#parts.log.debug({ err: error }, 'the connection to Slack failed'));
    let timer: NodeJS.Timeout | undefined;
    try {
      const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('Slack opened a connection and then said nothing')), this.#timing.helloMs);
      });
      await Promise.race([client.start(), tooLate]);
    } catch (error) {
      void this.#close(client);
      throw error ?? new Error('Slack closed the connection');
    } finally {
      clearTimeout(timer);
    }
    if (this.#stopped) return void this.#close(client);
    this.#heard();
    this.#retryMs = this.#timing.firstRetryMs;
    client.on('disconnected', () => {
      if (client === this.#client) void this.#again();
    });
  }

  /** A new connection in place of one that has ended; the first at once, for Slack renews connections every few hours. */
  async #again(reason?: string): Promise<void> {
    if (this.#stopped) return;
    const { report, explain } = this.#parts;
    if (reason) report({ is: 'offline', reason });
    try {
      await this.#open();
      if (!this.#stopped) report({ is: 'online' });
    } catch (error) {
      if (this.#stopped) return;
      const waitMs = this.#retryMs * (1 + Math.random() / 4);
      this.#retryMs = Math.min(this.#retryMs * 2, this.#timing.longestRetryMs);
      const why = explain(error);
      report({ is: 'offline', reason: why, retryAt: new Date(Date.now() + waitMs) });
      this.#retry = setTimeout(() => void this.#again(why), waitMs);
      this.#retry.unref();
    }
  }

  #watch(): void {
    const client = this.#client;
    if (!client || Date.now() - this.#heardAt < this.#timing.silentMs) return;
    this.#heard();
    this.#client = undefined;
    void this.#close(client);
    void this.#again(`nothing has come through the open connection for ${Math.round(this.#timing.silentMs / 1000)} s`);
  }

  #take({ ack, body, retry_num, retry_reason }: SlackEvent): void {
    if (this.#stopped || typeof body !== 'object' || body === null) return;
    const { receiver, log } = this.#parts;
    const taking: Promise<void> = receiver
      .take(body, retry_num, retry_reason)
      .then(
        () => ack(),
        (error) => {
          log.warn({ err: error }, 'an event from Slack could not be taken; Slack sends it again');
          return isInteractive(body) ? ack(receiver.apology()) : undefined;
        },
      )
      // On a connection that is gone: Slack sends it again, and it is answered once.
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(taking));
    this.#underWay.add(taking);
  }

  /** Twice: the first asks Slack to close, the second does not ask. */
  async #close(client: SocketModeClient): Promise<void> {
    const closed = client.disconnect().catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, this.#timing.closeMs);
    });
    await Promise.race([closed, patience]);
    clearTimeout(timer);
    void client.disconnect().catch(() => undefined);
  }
}
