import { SendError, type Sessions } from '../../../src/adapter.js';
import type { Settings } from '../settings.js';
import { Client } from './client.js';

const FORGETS: Sessions = { get: async () => undefined, set: async () => undefined, delete: async () => false };

/** A client for one command; its token is the one that a running bot has, for WeChat gives the same to both. undefined: no secret. */
export function clientFor({ WECHAT_API_URL: api, WECHAT_APP_ID: appId, WECHAT_APP_SECRET: secret }: Settings): Client | undefined {
  return appId && secret ? new Client({ api, appId, secret, sessions: FORGETS }) : undefined;
}

/** Why a request failed, in words. */
export function wordsOf(error: unknown): string {
  if (error instanceof SendError) return error.message;
  throw error;
}
