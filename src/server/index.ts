/**
 * The one HTTP port: /healthz, /readyz and the adapters' webhooks on plain node:http. Bodies of webhooks are handed over raw.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger, Webhook } from '../adapter.js';
import { type Health, healthPage } from './health.js';
import { answerWebhook } from './hooks.js';

export interface ServerParts {
  log: Logger;
  health(): Health;
  metricsToken: string | undefined;
  /** The webhook of /hooks/<instance>. */
  webhook(instance: string): Webhook | undefined;
}

/** Headers that every answer carries, also a 404. */
const SECURITY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/**
 * Listens on host and port (0: any free one).
 * @throws an error that names HOST or PORT and keeps the system's code.
 */
export async function listen(parts: ServerParts, host: string, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 5_000,
  });
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    route(parts, request, response).catch((error) => {
      // Whoever hangs up half-way must not fill the log.
      parts.log[request.destroyed && !request.complete ? 'debug' : 'error']({ err: error }, 'a request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return { url: `http://${name}:${bound.port}`, close: () => close(server) };
}

function cannotListen({ code = 'unknown', message }: NodeJS.ErrnoException, host: string, port: number): Error {
  const mend =
    code === 'EADDRINUSE'
      ? `Port ${port} is taken by another program: stop it, or set PORT to another one.`
      : code === 'EACCES'
        ? `Port ${port} is not allowed to this user: set PORT to one above 1023.`
        : `HOST=${host} is no address of this machine: 127.0.0.1 is for this machine only, 0.0.0.0 for everybody.`;
  return Object.assign(new Error(`${mend} (${code}: ${message})`), { code });
}

async function route(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  if (path.startsWith('/hooks/')) {
    const webhook = parts.webhook(path.slice('/hooks/'.length).replace(/\/$/, ''));
    if (webhook) return answerWebhook(webhook, { path, query }, request, response);
  }
  if (path !== '/healthz' && path !== '/readyz') return send(response, 404, 'text/plain', 'not found\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'use GET\n', { Allow: 'GET, HEAD' });
  const { status, body } = healthPage(parts.health(), request, parts.metricsToken);
  send(response, status, 'application/json', body);
}

function send(response: ServerResponse, status: number, type: string, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(body), ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Answers what is under way, then closes the idle connections. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
