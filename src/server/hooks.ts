import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Webhook } from '../adapter.js';

class TooLong extends Error {}

/** Hands a request to an adapter: the body raw, up to the adapter's limit; nothing is decoded, for signatures cover the bytes. */
export async function answerWebhook(
  webhook: Webhook,
  { path, query }: { path: string; query: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const body = await read(request, webhook.maxBytes);
    const answer = await webhook.handle({
      method: request.method ?? 'GET',
      path,
      query,
      headers: request.headers,
      body,
      signal: gone.signal,
    });
    response.once('close', () => answer.written?.(response.writableFinished));
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    response.writeHead(413, { Connection: 'close' });
    response.end(() => request.destroy());
  }
}

async function read(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new TooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new TooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
