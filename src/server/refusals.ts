// What Node refuses before there is a request to answer, with the headers that every answer carries.
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Requests of one socket that wait for their answer; whoever sends more at once (pipelining) wants to keep others waiting. */
const MOST_PIPELINED = 100;

export function refuseProperly(server: Server, headers: Record<string, string>): void {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}Connection: close\r\n\r\n`);
  });
  server.on('checkExpectation', (_request, response) => response.writeHead(417, headers).end());
}

/** Counts the requests of each socket that are not answered yet; false: too many, the socket is gone. */
export function pipeliningGuard(): (request: IncomingMessage, response: { once(event: 'close', done: () => void): unknown }) => boolean {
  const waiting = new WeakMap<object, number>();
  return ({ socket }, response) => {
    const count = (waiting.get(socket) ?? 0) + 1;
    waiting.set(socket, count);
    response.once('close', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    if (count > MOST_PIPELINED) socket.destroy();
    return count <= MOST_PIPELINED;
  };
}
