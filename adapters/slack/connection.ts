// One connection of Socket Mode, from Slack's hello to its end.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { SocketModeClient } from '@slack/socket-mode';
import type { SlackEvent, SocketParts, SocketTiming } from './socket.js';

export interface Connection {
  /** When anything at all last came, a ping too; milliseconds since 1970. */
  heardAt(): number;
  /** Asks Slack to close it, and cuts it where Slack does not. */
  close(): Promise<void>;
}

export interface ConnectionParts extends Pick<SocketParts, 'appToken' | 'clientOptions' | 'logger' | 'log'> {
  timing: SocketTiming;
  take(event: SlackEvent): void;
  ended(connection: Connection): void;
}

/** Of every websocket of the process; each message names its own. */
const PING = 'undici:websocket:ping';

/** Settles at Slack's hello. @throws the SDK's errors, or that no hello came; then nothing is left open */
export async function openConnection({ appToken, clientOptions, logger, log, timing, take, ended }: ConnectionParts): Promise<Connection> {
  const { SocketModeClient } = await import('@slack/socket-mode');
  const client = new SocketModeClient({ appToken, clientOptions, logger, autoReconnectEnabled: false });
  let heardAt = Date.now();
  const heard = () => {
    heardAt = Date.now();
  };
  const pinged = (message: unknown) => {
    if ((message as { websocket?: unknown }).websocket === websocketOf(client)) heard();
  };
  subscribe(PING, pinged);
  client.on('ws_message', heard);
  client.on('slack_event', take);
  // The reason stands in the `disconnected` that follows.
  client.on('error', (error: unknown) => log.debug({ err: error }, 'the connection to Slack failed'));
  const connection: Connection = {
    heardAt: () => heardAt,
    close: () => {
      unsubscribe(PING, pinged);
      return close(client, timing.closeMs);
    },
  };
  let timer: NodeJS.Timeout | undefined;
  try {
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Slack opened a connection and then said nothing')), timing.helloMs);
    });
    await Promise.race([client.start(), tooLate]);
  } catch (error) {
    void connection.close();
    throw error ?? new Error('Slack closed the connection');
  } finally {
    clearTimeout(timer);
  }
  client.on('disconnected', () => ended(connection));
  return connection;
}

/** The SDK keeps it to itself. */
function websocketOf(client: SocketModeClient): unknown {
  return (client as unknown as { websocket?: { websocket?: unknown } }).websocket?.websocket;
}

/** Twice: the first asks Slack to close, the second does not ask. */
async function close(client: SocketModeClient, patienceMs: number): Promise<void> {
  const closed = client.disconnect().catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([closed, patience]);
  clearTimeout(timer);
  void client.disconnect().catch(() => undefined);
}
