// One POST of JSON over a kept connection: the whole way of a message out. fetch costs several times as much.
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

const MOST_BYTES = 1_000_000;
/** Shorter than any server keeps an idle connection, so that a request hardly ever meets one that is being closed. */
const IDLE_MS = 4_000;
const MOST_CONNECTIONS = 64;

export interface Posted {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** The request ended without an answer. `left`: bytes may have reached the platform. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly left: boolean;

  constructor(left: boolean, cause: unknown) {
    super(`no answer: ${(cause as NodeJS.ErrnoException)?.code ?? (cause as Error)?.message ?? cause}`);
    this.left = left;
  }
}

export class Poster {
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: MOST_CONNECTIONS, timeout: IDLE_MS });
  readonly #https = new HttpsAgent({ keepAlive: true, maxSockets: MOST_CONNECTIONS, timeout: IDLE_MS });

  /** @throws NoAnswer */
  post(url: URL, json: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Posted> {
    return new Promise((resolve, reject) => {
      let left = false;
      const secure = url.protocol === 'https:';
      const request = (secure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: secure ? this.#https : this.#http,
        headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(json) },
      });
      // By hand: the request's own way of being aborted costs as much as sending it.
      const abort = () => request.destroy(new Error('no answer in time'));
      signal?.addEventListener('abort', abort, { once: true });
      const fail = (error: unknown) => {
        signal?.removeEventListener('abort', abort);
        reject(new NoAnswer(left, error));
      };
      request.once('socket', (socket) => {
        if (!socket.connecting) left = true;
        else socket.once(secure ? 'secureConnect' : 'connect', () => (left = true));
      });
      request.once('error', fail);
      request.once('response', (response) =>
        read(
          response,
          (body) => {
            signal?.removeEventListener('abort', abort);
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
          },
          fail,
        ),
      );
      if (signal?.aborted) abort();
      request.end(json);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

function read(response: IncomingMessage, done: (body: string) => void, fail: (error: unknown) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MOST_BYTES) response.destroy(new Error('the answer is too long'));
    else chunks.push(chunk);
  });
  response.once('end', () => done(Buffer.concat(chunks).toString('utf8')));
  response.once('error', fail);
  response.once('close', () => {
    if (!response.complete) fail(new Error('the answer broke off'));
  });
}
