import type { AdapterModule, Limit } from '../../src/adapter.js';

declare const chat: AdapterModule<{
  CHAT_URL: string;
  CHAT_LIMITS?: Limit[];
  CHAT_GAP_MS: number;
  CHAT_READ_BACK: boolean;
  CHAT_TIMEOUT_MS: number;
}>;
export default chat;
