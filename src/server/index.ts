/**
 * The one HTTP port. /healthz, /readyz and the adapters' webhooks are answered here, on plain node:http, with bodies raw;
 * everything else is for browsers and goes to site.ts.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Webhook } from '../adapter.js';
import { type Health, healthPage, mayKnow } from './health.js';
import { answerWebhook } from './hooks.js';
import { pipeliningGuard, refuseProperly } from './refusals.js';
import { securityHeaders } from './security-headers.js';
import type { Site, SiteParts } from './site.js';

export interface ServerParts extends SiteParts {
  health(): Health;
  metrics(): Promise<{ type: string; body: string }>;
  metricsToken: string | undefined;
  /** The webhook of /hooks/<instance>. */
  webhook(instance: string): Webhook | undefined;
}

/** The framework takes a tenth of a second to load; until then members on other platforms have their first answers. */
const PAGES_LATER_MS = 500;
const MOST_CONNECTIONS = 20_000;

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
    // Answered below, with headers.
    requireHostHeader: false,
  });
  server.maxConnections = MOST_CONNECTIONS;
  const site = lazySite(parts);
  const headers = securityHeaders(parts.publicUrl);
  const eachHeader = Object.entries(headers);
  const isBearable = pipeliningGuard();
  refuseProperly(server, headers);
  let closing = false;
  server.on('request', (request, response) => {
    if (!isBearable(request, response)) return;
    for (const [name, value] of eachHeader) response.setHeader(name, value);
    // A client that keeps its connection would keep the server open.
    if (closing) response.setHeader('Connection', 'close');
    route(parts, site, request, response).catch((error) => {
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
  // Where no platform is a page, the first to look at one waits a moment, and until then its memory is saved.
  const warmUp = parts.routes.length > 0 ? setTimeout(() => void site().catch(() => undefined), PAGES_LATER_MS).unref() : undefined;
  const bound = server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return {
    url: `http://${name}:${bound.port}`,
    close: async () => {
      clearTimeout(warmUp);
      closing = true;
      // Streams would stay open as long as their readers do.
      await site.close();
      await close(server);
    },
  };
}

function lazySite(parts: SiteParts): { (): Promise<Site>; close(): Promise<void> } {
  let site: Promise<Site> | undefined;
  const load = () => {
    site ??= (async () => {
      const { createSite } = await import('./site.js');
      return createSite(parts);
    })();
    return site;
  };
  const close = async () => (await site?.catch(() => undefined))?.close();
  return Object.assign(load, { close });
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

async function route(parts: ServerParts, site: () => Promise<Site>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.host === undefined && request.httpVersion !== '1.0') return send(response, 400, 'text/plain', 'Host is missing\n');
  // The absolute form, as a proxy is asked (RFC 9112, 3.2.2).
  const url = (request.url ?? '/').replace(/^https?:\/\/[^/?]*(?=[/?]|$)/i, '') || '/';
  request.url = url;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  if (path.startsWith('/hooks/')) {
    const webhook = parts.webhook(path.slice('/hooks/'.length).replace(/\/$/, ''));
    if (webhook) return answerWebhook(webhook, { path, query }, request, response);
    return send(response, 404, 'text/plain', 'not found\n');
  }
  if (path !== '/healthz' && path !== '/readyz' && path !== '/metrics') return (await site()).answer(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'use GET\n', { Allow: 'GET, HEAD' });
  if (path === '/metrics') {
    if (!mayKnow(request, parts.metricsToken)) return send(response, 403, 'text/plain', 'set EMCEE_METRICS_TOKEN and send it\n');
    const { type, body } = await parts.metrics();
    return send(response, 200, type, body);
  }
  const { status, body } = await healthPage(parts.health(), request, parts.metricsToken);
  send(response, status, 'application/json', body);
}

function send(response: ServerResponse, status: number, type: string, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'Content-Type': type.includes('charset') ? type : `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
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
