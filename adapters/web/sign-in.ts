/**
 * Organizers sign in: a one-time link leads to a page with one button. Looking at the page changes nothing, for chat platforms look at
 * every link; what stands behind the # of the link never leaves the browser before the button is pressed.
 */
import type { OrganizerSessions, Route, RouteRequest, RouteResponse } from '../../src/adapter.js';
import { Allowance } from './allowance.js';
import { cookies } from './cookies.js';
import { networkOf } from './network.js';
import { builtFile } from './pages.js';
import { isJson, isOwnPage, json, notNow, tooMany } from './requests.js';

/** `__Host-`: only this very host can have set it (RFC 6265bis, 4.1.3.2). Without https it is for this very machine only. */
const NAMES = { secure: '__Host-emcee-organizer', loopback: 'emcee-organizer' } as const;
const SECRET = /^[\w-]{43}$/;
/** emcee ends a session earlier when it is not used. */
const LONGEST_S = 12 * 3600;
const MINUTE_MS = 60_000;
const PER_NETWORK = 30;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The session that a request shows; whether it is a true one, emcee tells. */
export function sessionOf(request: Pick<RouteRequest, 'headers' | 'secure' | 'origin'>): string | undefined {
  const name = cookieName(request);
  const value = name && cookies(request.headers.cookie).get(name);
  return value && SECRET.test(value) ? value : undefined;
}

/** Set-Cookie that ends a session in the browser. */
export function forgetSession(request: Pick<RouteRequest, 'secure' | 'origin'>): string[] {
  return setCookie(request, '', 0);
}

export function signInRoutes(organizers: () => OrganizerSessions | undefined): Route[] {
  const networks = new Allowance(PER_NETWORK, MINUTE_MS);

  const page = async (): Promise<RouteResponse> => {
    return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: builtFile('sign-in.html') };
  };

  const signIn = async (request: RouteRequest): Promise<RouteResponse> => {
    const sessions = organizers();
    if (!sessions) return notNow();
    if (!isOwnPage(request)) return json(403, { error: 'only emcee’s own page may sign in' });
    if (!isJson(request)) return json(415, { error: 'send JSON' });
    if (cookieName(request) === undefined)
      return json(403, { error: 'signing in needs https: set EMCEE_PUBLIC_URL to an https address, and EMCEE_TRUST_PROXY' });
    const network = networkOf(request.ip);
    const wait = network === undefined ? 0 : networks.take(network, Date.now());
    if (wait > 0) return tooMany('too many tries', wait);
    const token = tokenIn(request.body);
    if (token === undefined) return json(400, { error: '`token` is missing' });
    const found = await sessions.signIn(token);
    if (!found) return json(401, { error: 'this link was used already, or is too old: ask the bot for a new one' });
    const before = sessionOf(request);
    if (before !== undefined) await sessions.signOut(before);
    return json(200, { name: found.name }, { 'Set-Cookie': setCookie(request, found.session, LONGEST_S) });
  };

  const signOut = async (request: RouteRequest): Promise<RouteResponse> => {
    const sessions = organizers();
    if (!sessions) return notNow();
    if (!isOwnPage(request)) return json(403, { error: 'only emcee’s own page may sign out' });
    const session = sessionOf(request);
    if (session !== undefined) await sessions.signOut(session);
    return { status: 204, headers: { 'Set-Cookie': forgetSession(request) } };
  };

  return [
    { method: 'GET', path: '/sign-in', handle: page },
    { method: 'POST', path: '/sign-in', maxBytes: 512, handle: signIn },
    { method: 'POST', path: '/sign-out', maxBytes: 512, handle: signOut },
  ];
}

/** Undefined: a session shown here could be read on the way. */
function cookieName({ secure, origin }: Pick<RouteRequest, 'secure' | 'origin'>): string | undefined {
  if (secure) return NAMES.secure;
  return URL.canParse(origin) && LOOPBACK.test(new URL(origin).hostname) ? NAMES.loopback : undefined;
}

function setCookie(request: Pick<RouteRequest, 'secure' | 'origin'>, value: string, maxAge: number): string[] {
  const name = cookieName(request);
  const secure = name === NAMES.secure ? '; Secure' : '';
  return name === undefined ? [] : [`${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`];
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const { token } = JSON.parse(body.toString('utf8')) as { token?: unknown };
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}
