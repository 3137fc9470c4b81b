import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Webhook, WebhookResponse } from '../adapter.js';

class TooLong extends Error {}

/** Hands a request to an adapter: the body raw, up to the adapter's limit; nothing is decoded, for signatures cover the bytes. */
export async function answerWebhook(
  webhook: Webhook,
  { path, query }: { path: string; query: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Made for who asks for it: few do, and it costs as much as routing.
  let gone: AbortController | undefined;
  let answer: WebhookResponse | undefined;
  response.once('close', () => {
    if (!response.writableFinished) gone?.abort();
    answer?.written?.(response.writableFinished);
  });
  try {
    const body = await read(request, webhook.maxBytes);
    answer = await webhook.handle({
      ...{ method: request.method ?? 'GET', path, query, headers: request.headers, body },
      get signal() {
        gone ??= new AbortController();
        if (response.closed) gone.abort();
        return gone.signal;
      },
    });
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    response.writeHead(413, { Connection: 'close' });
    response.end(() => request.destroy());
  }
}

/** By events: an iterator over the request costs as much as all else here. */
function read(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(new TooLong());
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else {
        request.pause();
        reject(new TooLong());
      }
    });
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('error', reject);
  });
}
