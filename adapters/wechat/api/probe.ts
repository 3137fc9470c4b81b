import type { Client, Json } from './client.js';
import { ApiError } from './errors.js';
import type { Part } from './speaking.js';

/** Requests that reach nobody: WeChat says first whether the account may make them at all. */
const HARMLESS: Record<Part, [path: string, body: Json]> = {
  custom: ['/cgi-bin/message/custom/send', { touser: '', msgtype: 'text', text: { content: '-' } }],
  mass: ['/cgi-bin/message/mass/get', { msg_id: '1' }],
};

/** A busy, used-up or banned account says nothing about what else it may do. */
const TELLS_NOTHING = new Set([48004, 50002]);

/**
 * The parts of the API that are closed to this account (48001); each is asked for. @throws ApiError, SendError when that cannot be found
 * out
 */
export async function probe(client: Client): Promise<Part[]> {
  const closed: Part[] = [];
  let failed: ApiError | undefined;
  for (const part of ['custom', 'mass'] as const) {
    try {
      await client.call(...HARMLESS[part]);
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason === 'signed-out') throw error;
      if (error.code === 48001) closed.push(part);
      else if (error.reason === 'rate-limited' || TELLS_NOTHING.has(error.code)) failed ??= error;
    }
  }
  if (failed) throw failed;
  return closed;
}
