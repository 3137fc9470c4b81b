// Slack's SDK, loaded when Slack is wanted and not before.
import type { App, Logger as BoltLogger, Receiver, webApi } from '@slack/bolt';
import type { Logger } from '../../src/adapter.js';
import type { SlackClock } from './clock.js';
import type { Self } from './events.js';

export type WebClient = webApi.WebClient;

export interface Bolt {
  App: typeof App;
  webApi: typeof webApi;
}

/** One call takes at most so long; calls are not repeated by the SDK: its default repeats one for half an hour. */
const TIMEOUT_MS = 10_000;

export async function loadBolt(): Promise<Bolt> {
  try {
    return await import('@slack/bolt');
  } catch (cause) {
    throw new Error('Slack is configured, but @slack/bolt is not installed: run npm ci.', { cause });
  }
}

/** @param clock told the date of each answer */
export function clientOptions(apiUrl: string, logger: BoltLogger, clock?: SlackClock): webApi.WebClientOptions {
  const dated: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    clock?.note(response.headers.get('date'));
    return response;
  };
  return { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: TIMEOUT_MS, logger, fetch: dated };
}

export interface AppParts {
  bolt: Bolt;
  token: string;
  apiUrl: string;
  self: Self;
  receiver: Receiver;
  logger: BoltLogger;
}

/** An app that acknowledges nothing by itself: a failure reaches the receiver, which then lets Slack try again. */
export function createApp({ bolt, token, apiUrl, self, receiver, logger }: AppParts): App {
  const app = new bolt.App({
    receiver,
    logger,
    clientOptions: clientOptions(apiUrl, logger),
    convoStore: false,
    // Messages of bots, ourselves among them, are told from others where all messages are read (events.ts).
    ignoreSelf: false,
    authorize: async () => ({ botToken: token, botId: self.bot, botUserId: self.user, teamId: self.team }),
  });
  app.error(async (error) => {
    throw 'original' in error && error.original instanceof Error ? error.original : error;
  });
  return app;
}

/** Bolt's notes go where all others go. Its debug notes hold whole messages of members: they go nowhere. */
export function loggerFor(log: Logger): BoltLogger {
  const text = (parts: unknown[]) => parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: () => undefined,
    info: (...parts) => log.debug({ from: 'bolt' }, text(parts)),
    warn: (...parts) => log.warn({ from: 'bolt' }, text(parts)),
    error: (...parts) => log.warn({ from: 'bolt' }, text(parts)),
    setLevel: () => undefined,
    getLevel: () => 'info' as ReturnType<BoltLogger['getLevel']>,
    setName: () => undefined,
  };
}
