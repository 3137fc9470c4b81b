// Who writes: an anonymous visitor, known by an unguessable id in a cookie. Addresses and logs carry only its hash.
import { createHash, randomBytes } from 'node:crypto';
import type { RouteRequest } from '../../src/adapter.js';
import { cookies } from './cookies.js';

export interface Visitor {
  /** The last part of `web:person:…`; nobody can make the cookie from it. */
  id: string;
  /** Set-Cookie of a visitor who is new. */
  cookie?: string;
}

const YEAR_S = 365 * 24 * 3600;
const SECRET = /^[\w-]{22}$/;

/** `__Host-`: only this very host can have set it (RFC 6265bis, 4.1.3.2); browsers keep it for https only. */
const NAMES = { secure: '__Host-emcee', plain: 'emcee', framed: '__Host-emcee-frame' } as const;

/** The visitor of a request. `framed`: the page stands in another site's frame, which has cookies of its own (CHIPS). */
export function visitorOf({ headers, secure }: Pick<RouteRequest, 'headers' | 'secure'>, framed = false): Visitor {
  const given = cookies(headers.cookie);
  const secret = (secure ? (given.get(NAMES.secure) ?? given.get(NAMES.framed)) : given.get(NAMES.plain)) ?? '';
  if (SECRET.test(secret)) return { id: publicId(secret) };
  const fresh = randomBytes(16).toString('base64url');
  return { id: publicId(fresh), cookie: setCookie(fresh, { secure, framed }, YEAR_S) };
}

/** Set-Cookie lines that end a visitor: the next request is from somebody new. */
export function forgetVisitor(secure: boolean): string[] {
  return secure
    ? [setCookie('', { secure, framed: false }, 0), setCookie('', { secure, framed: true }, 0)]
    : [setCookie('', { secure, framed: false }, 0)];
}

function setCookie(value: string, { secure, framed }: { secure: boolean; framed: boolean }, maxAge: number): string {
  const name = !secure ? NAMES.plain : framed ? NAMES.framed : NAMES.secure;
  const site = secure && framed ? 'SameSite=None; Partitioned' : 'SameSite=Lax';
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; ${site}${secure ? '; Secure' : ''}`;
}

function publicId(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 22);
}
