// What the routes of the web chat have in common: whose page asks, and how they answer.
import type { RouteRequest, RouteResponse } from '../../src/adapter.js';

/** Browsers say where a request comes from; a page of somebody else must not speak for a visitor. */
export function isOwnPage({ headers, origin: own }: RouteRequest): boolean {
  const from = headers['sec-fetch-site'];
  if (from !== undefined) return from === 'same-origin' || from === 'none';
  const { origin } = headers;
  // A proxy may have put another Host into the request.
  return typeof origin !== 'string' || origin === own || (URL.canParse(origin) && new URL(origin).host === headers.host);
}

/** A form of another site can send text, but no JSON. */
export function isJson({ headers }: RouteRequest): boolean {
  return /^application\/json(?:\s*;|$)/i.test(String(headers['content-type'] ?? ''));
}

export function notNow(): RouteResponse {
  return json(503, { error: 'not ready' }, { 'Retry-After': '2' });
}

export function tooMany(error: string, waitMs: number): RouteResponse {
  return json(429, { error }, { 'Retry-After': String(Math.ceil(waitMs / 1000)) });
}

export function json(status: number, value: unknown, headers: Record<string, string | string[]> = {}): RouteResponse {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value) };
}
