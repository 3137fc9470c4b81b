// One request of the chat adapter, and the one question that matters when it fails: did any byte leave?
import { request } from 'node:http';

/** A failed request; `left`: bytes may have reached the platform. */
export class NoAnswer extends Error {
  constructor(message, left) {
    super(message);
    this.left = left;
  }
}

/** Settles with the whole answer, or rejects with NoAnswer. */
export function ask(url, { method = 'GET', body, agent, timeoutMs, signal }) {
  return new Promise((resolve, reject) => {
    let connected = false;
    const fail = (error) => reject(new NoAnswer(error.message, connected));
    if (signal?.aborted) return fail(new Error('given up before it began'));
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const asked = request(url, { method, agent, headers, signal }, (response) => {
      const chunks = [];
      // An answer that breaks off is no answer.
      response.on('data', (chunk) => chunks.push(chunk)).on('error', fail);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    // The whole request may take so long; the socket's own timeout would start anew with each byte.
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    asked.on('socket', (socket) => {
      // A kept connection is open already: bytes leave at once.
      if (!socket.connecting) connected = true;
      else socket.once('connect', () => (connected = true));
    });
    asked.on('error', fail).on('close', () => clearTimeout(timer));
    asked.end(body);
  });
}

/** Retry-After as milliseconds, 0 to one hour; one second when it says nothing. */
export function retryAfterMs(header, now = Date.now()) {
  const text = header?.trim() ?? '';
  // Numbers first: Date.parse takes '-5' for a month.
  const ms = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? 1_000 : Math.round(Math.min(Math.max(ms, 0), 3_600_000));
}
