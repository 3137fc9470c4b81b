/** The pages and APIs for browsers, on fastify: /events, the built assets, and the routes that adapters bring. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger, Route, RouteRequest } from '../adapter.js';
import type { Catalog, Community } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import type { FeedEntry } from '../schedule/ics/feed.js';
import { readAssets } from './assets.js';
import { CalendarFeeds, isKnownTag } from './calendar-feed.js';
import { EventsCache } from './events-cache.js';
import { eventsPage } from './events-page.js';
import { framedBy } from './security-headers.js';

export interface SiteParts {
  log: Logger;
  routes: readonly Route[];
  catalog(): Catalog;
  community(): Community;
  /** The events as the schedule has met them, for the calendar; undefined before it has. */
  entries?(): readonly FeedEntry[] | undefined;
  now(): number;
  publicUrl: string | undefined;
  trustProxy: readonly string[];
}

export interface Site {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Ends the streams that are open. */
  close(): void;
}

const FOREVER = 'public, max-age=31536000, immutable';

export async function createSite(parts: SiteParts): Promise<Site> {
  const { log, routes, publicUrl, trustProxy } = parts;
  const streams = new Set<Readable>();
  const app = Fastify({
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    routerOptions: { ignoreTrailingSlash: true },
    // For what is no route: a body is read before that is known.
    bodyLimit: 1024,
    frameworkErrors: (error, _request, reply) => void sayError(reply, error.statusCode ?? 400),
  });
  // Bodies are handed over raw: each route knows what it takes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  let warned = trustProxy.length > 0;
  app.addHook('onRequest', (request, _reply, done) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined) {
      warned = true;
      log.warn({}, 'a proxy is in front of emcee, and EMCEE_TRUST_PROXY does not name it: senders cannot be told apart by their address');
    }
    done();
  });
  app.setNotFoundHandler((_request, reply) => sayError(reply, 404));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, path: request.routeOptions.url }, 'a page failed');
    return sayError(reply, status);
  });

  const assets = readAssets();
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
    const asset = assets.get(request.params['*']);
    if (!asset) return sayError(reply, 404);
    const zipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(request.headers['accept-encoding'] ?? ''));
    reply.headers({ 'Content-Type': asset.type, 'Cache-Control': FOREVER, Vary: 'Accept-Encoding' });
    if (zipped) reply.header('Content-Encoding', 'gzip');
    return reply.send(zipped ? asset.gzip : asset.body);
  });

  // Browsers ask for it where a page names no icon.
  const icon = [...assets].find(([name]) => /^icon-.*\.svg$/.test(name))?.[1];
  app.get('/favicon.ico', (_request, reply) =>
    icon ? reply.headers({ 'Content-Type': icon.type, 'Cache-Control': 'max-age=86400' }).send(icon.body) : sayError(reply, 404),
  );

  const stylesheet = [...assets.keys()].find((name) => /^events-.*\.css$/.test(name));
  if (!stylesheet) log.error({}, 'the web pages are not built: run npm run build');
  const chat = routes.some(({ path }) => path === '/');
  const cache = new EventsCache();
  app.get('/events', (request, reply) => {
    const content = { catalog: parts.catalog(), community: parts.community(), now: parts.now() };
    const language = readerLanguage(request.headers['accept-language']) ?? content.community.language;
    const query = queryOf(request.url);
    const { status, html } = cache.get(`${language}?${query}`, content, () =>
      eventsPage({ ...content, language, query: new URLSearchParams(query), stylesheet: `/assets/${stylesheet}`, chat }),
    );
    return reply.code(status).headers({ 'Content-Type': 'text/html; charset=utf-8', Vary: 'Accept-Language' }).send(html);
  });
  const feeds = new CalendarFeeds();
  app.get('/calendar.ics', (request, reply) => {
    const entries = parts.entries?.();
    // A calendar with other ids, or older versions, would show each event twice, or go back to what it was.
    if (!entries) return sayError(reply.header('Retry-After', '2'), 503);
    const community = parts.community();
    const query = new URLSearchParams(queryOf(request.url));
    const wanted = query.get('lang');
    const language = wanted === 'zh' || wanted === 'en' ? wanted : community.language;
    const found = feeds.get(query, language, { entries, community });
    if (!found) return sayError(reply, 404);
    const { body, etag } = found;
    reply.headers({ 'Content-Type': 'text/calendar; charset=utf-8', ETag: etag, 'Cache-Control': 'no-cache' });
    return isKnownTag(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(body);
  });
  if (!chat) app.get('/', (_request, reply) => reply.redirect('/events'));

  for (const route of routes) {
    try {
      if (!isOwnPath(route.path)) throw new Error('a route needs a plain path that is not /healthz, /readyz, /metrics or below /hooks');
      app.route({
        method: route.method,
        url: route.path,
        bodyLimit: Math.max(1, route.maxBytes ?? 0),
        handler: async (request, reply) => {
          const { status, headers, body } = await route.handle(ofRoute(route, request, reply, publicUrl));
          reply.code(status);
          if (route.framedBy) reply.headers({ ...framedBy(route.framedBy), 'Cross-Origin-Opener-Policy': 'unsafe-none' });
          if (headers) reply.headers(headers);
          if (!(body instanceof Readable)) return reply.send(body ?? '');
          streams.add(body);
          body.once('close', () => streams.delete(body));
          // Nobody reads it: the sender has gone, or asked for the headers only.
          if (request.method === 'HEAD' || reply.raw.destroyed) body.destroy();
          return request.method === 'HEAD' ? reply.send('') : reply.send(body);
        },
      });
    } catch (error) {
      // Two adapters may want one path; the others' pages stay.
      log.error({ err: error, path: route.path }, 'a route of an adapter cannot be used');
    }
  }

  await app.ready();
  return {
    answer: (request, response) => app.routing(request, response),
    close: () => {
      for (const stream of streams) stream.destroy();
    },
  };
}

function isOwnPath(path: string): boolean {
  return /^\/[\w./-]*$/.test(path) && !/^\/(?:healthz|readyz|metrics|hooks)(?:\/|$)/.test(path);
}

function ofRoute(route: Route, request: FastifyRequest, reply: FastifyReply, publicUrl: string | undefined): RouteRequest {
  let gone: AbortController | undefined;
  const origin = publicUrl ?? `${request.protocol}://${request.headers.host ?? ''}`;
  return {
    method: request.method,
    path: route.path,
    query: queryOf(request.url),
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    // A sender that has gone has no address any more.
    ip: request.ip ?? '',
    origin,
    secure: request.protocol === 'https' || origin.startsWith('https:'),
    // Few routes look at it.
    get signal() {
      if (!gone) {
        const controller = new AbortController();
        reply.raw.once('close', () => controller.abort());
        gone = controller;
      }
      return gone.signal;
    },
  };
}

/** The first language of the browser's list that emcee speaks. */
function readerLanguage(header: string | undefined): Language | undefined {
  const wanted = (header ?? '')
    .slice(0, 200)
    .toLowerCase()
    .split(',')
    .map((each) => each.trim().slice(0, 2));
  return wanted.find((each): each is Language => each === 'zh' || each === 'en');
}

function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

function sayError(reply: FastifyReply, status: number): FastifyReply {
  const sentence =
    status === 404
      ? 'There is nothing here. 这里没有内容。'
      : status === 413
        ? 'That is too long. 内容太长了。'
        : status === 503
          ? 'This is not ready yet; please try again in a moment. 还没准备好，请稍后再试。'
          : 'That did not work. 出错了。';
  return reply.code(status).headers({ 'Content-Type': 'text/plain; charset=utf-8' }).send(`${sentence}\n`);
}
