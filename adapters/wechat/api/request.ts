// One request to WeChat's API, and the question that matters when it fails: did any byte leave?
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

const TIMEOUT_MS = 8_000;
const LONGEST_ANSWER = 2 * 1024 * 1024;

export interface Answered {
  status: number;
  text: string;
  /** The server's clock, milliseconds since 1970. */
  date: number | undefined;
}

/** No answer, or none that can be read. The message holds no address: the token stands in its query. */
export class NoAnswer extends Error {
  /** Bytes may have reached WeChat. */
  readonly left: boolean;

  constructor(message: string, left: boolean) {
    super(message);
    this.left = left;
  }
}

/** POSTs JSON where there is a body, else GETs. @throws NoAnswer */
export function ask(url: URL, body: unknown, signal?: AbortSignal): Promise<Answered> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const fail = (error: Error) => reject(new NoAnswer(error.message, connected));
    if (signal?.aborted) return fail(new Error('given up before it began'));
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers = json === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) };
    const open = url.protocol === 'https:' ? overHttps : overHttp;
    // A connection of its own: one that is kept may be closed by the other side just as a message leaves.
    const asked = open(url, { method: json === undefined ? 'GET' : 'POST', headers, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > LONGEST_ANSWER) asked.destroy(new Error('the answer does not end'));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          date: Date.parse(response.headers.date ?? '') || undefined,
        }),
      );
    });
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect';
    asked.once('socket', (socket) =>
      socket.once(ready, () => {
        connected = true;
      }),
    );
    asked.on('error', fail).on('close', () => clearTimeout(timer));
    asked.end(json);
  });
}
