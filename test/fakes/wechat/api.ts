// WeChat's API on loopback, by the published rules: it refuses what WeChat refuses and keeps what it accepted.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { customSend, massSend, preview } from './sends.js';

export type Json = Record<string, unknown>;
/** What happens to a request instead of an answer, or after the message was taken. */
export type Fault = 'reset' | 'takenThenReset' | '500' | 'html' | 'never' | { errcode: number; errmsg?: string };

export interface Follower {
  /** Messages that may still be sent, and until when: opened by what the member does. */
  windows: { by: string; until: number; left: number }[];
  left?: boolean;
}

export interface Sent {
  how: 'custom' | 'mass' | 'preview';
  to: string;
  text: string;
  clientmsgid?: string;
  msgId?: string;
}

export interface WeChatApi {
  url: string;
  appId: string;
  secret: string;
  /** personal: neither customer-service messages nor mass sends. */
  kind: 'personal' | 'subscription' | 'service';
  /** undefined: every address is listed. */
  allowedIps: string[] | undefined;
  followers: Map<string, Follower>;
  tags: Set<number>;
  massLeft: number;
  previewsLeft: number;
  customLeft: number;
  now(): number;
  clockAheadMs: number;
  /** Seconds, or whatever else stands in the answer. */
  expiresIn: unknown;
  /** Of the next requests to paths that end so. */
  next: { path: string; fault: Fault }[];
  autoreply: Json;
  sent: Sent[];
  massById: Map<string, { msgId: string; at: number }>;
  /** `stable_token`, `custom/send` … → how often it was asked for. */
  counts: Map<string, number>;
  /** Every body that came, for secrets that should not be in it. */
  urls: string[];
  /** The token that is good now; another one is given out at the next request. */
  expireToken(): void;
  /** A member does something: windows open as WeChat opens them. */
  memberDoes(openId: string, what: 'writes' | 'clicks' | 'follows' | 'scans'): void;
  close(): Promise<void>;
}

const HOUR_MS = 3600_000;
const TOKEN_SECONDS = 7_200;
/** By what a member does (Customer_Service_Messages, 2023). */
const WINDOWS = {
  writes: { ms: 48 * HOUR_MS, count: 5 },
  clicks: { ms: 60_000, count: 3 },
  follows: { ms: 60_000, count: 3 },
  scans: { ms: 60_000, count: 3 },
};

export async function startWeChatApi(given: Partial<WeChatApi> = {}): Promise<WeChatApi> {
  let token = '';
  let tokenUntil = 0;
  let forced = 0;
  const good = new Set<string>();

  const api: WeChatApi = {
    url: '',
    appId: 'wx2c2769f8efd9abc2',
    secret: 'b5d6f1c8e7a94d0b8c3f2e1d0a9b8c7d',
    kind: 'service',
    allowedIps: undefined,
    followers: new Map(),
    tags: new Set([100, 101]),
    massLeft: 100,
    previewsLeft: 100,
    customLeft: 500_000,
    now: Date.now,
    clockAheadMs: 0,
    expiresIn: TOKEN_SECONDS,
    next: [],
    autoreply: { is_add_friend_reply_open: 0, is_autoreply_open: 0 },
    sent: [],
    massById: new Map(),
    counts: new Map(),
    urls: [],
    expireToken() {
      good.clear();
      token = '';
    },
    memberDoes(openId, what) {
      const follower = api.followers.get(openId) ?? { windows: [] };
      api.followers.set(openId, follower);
      const { ms, count } = WINDOWS[what];
      // What a member writes begins the count anew.
      if (what === 'writes') follower.windows = follower.windows.filter(({ by }) => by !== what);
      follower.windows.push({ by: what, until: api.now() + ms, left: count });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    ...given,
  };

  const newToken = () => {
    token = randomBytes(64).toString('base64url');
    good.add(token);
    tokenUntil = api.now() + TOKEN_SECONDS * 1_000;
  };
  const credentials = (appid: unknown, secret: unknown): Json | undefined => {
    if (appid !== api.appId) return no(40013, 'invalid appid');
    if (secret !== api.secret) return no(40125, 'invalid appsecret');
    if (api.allowedIps && !api.allowedIps.includes('127.0.0.1'))
      return no(40164, 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: 6541-3b2c');
    return undefined;
  };
  const tokens: Record<string, (query: URLSearchParams, body: Json) => Json> = {
    '/cgi-bin/token'(query) {
      const refused = credentials(query.get('appid'), query.get('secret'));
      if (refused) return refused;
      good.clear();
      newToken();
      return { access_token: token, expires_in: api.expiresIn };
    },
    '/cgi-bin/stable_token'(_query, { grant_type, appid, secret, force_refresh = false }) {
      if (grant_type !== 'client_credential') return no(40002, 'invalid grant_type');
      const refused = credentials(appid, secret);
      if (refused) return refused;
      if (force_refresh) {
        forced += 1;
        if (forced > 20) return no(45009, 'reach max api daily quota limit');
        good.clear();
        newToken();
      } else if (token === '' || api.now() > tokenUntil - 300_000) newToken();
      return { access_token: token, expires_in: api.expiresIn };
    },
  };
  const calls: Record<string, (body: Json) => Json> = {
    '/cgi-bin/message/custom/send': (body) => customSend(api, body),
    '/cgi-bin/message/mass/sendall': (body) => massSend(api, body),
    '/cgi-bin/message/mass/preview': (body) => preview(api, body),
    '/cgi-bin/message/mass/get': () => (api.kind === 'personal' ? no(48001, 'api unauthorized') : no(40059, 'invalid message id')),
    '/cgi-bin/getcallbackip': () => ({ ip_list: ['101.226.103.0', '101.226.62.0/24'] }),
    '/cgi-bin/get_current_autoreply_info': () => api.autoreply,
  };

  const answer = (path: string, query: URLSearchParams, body: Json): Json => {
    const own = Object.hasOwn(tokens, path) ? tokens[path] : undefined;
    if (own) return own(query, body);
    if (!query.get('access_token')) return no(41001, 'access_token missing');
    if (!good.has(query.get('access_token') ?? ''))
      return no(api.now() > tokenUntil ? 42001 : 40001, 'invalid credential, access_token is invalid or not latest');
    return (Object.hasOwn(calls, path) ? calls[path] : undefined)?.(body) ?? no(40066, 'invalid url');
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://wechat');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const written = Buffer.concat(chunks).toString('utf8');
    api.urls.push(pathname);
    const name = pathname.replace('/cgi-bin/', '');
    api.counts.set(name, (api.counts.get(name) ?? 0) + 1);
    const planned = api.next.findIndex(({ path }) => pathname.endsWith(path));
    const fault = planned < 0 ? undefined : api.next.splice(planned, 1)[0]?.fault;
    response.setHeader('Date', new Date(api.now() + api.clockAheadMs).toUTCString());
    if (fault === 'never') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === '500') return void response.writeHead(500).end('busy');
    if (fault === 'html') return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>maintenance</html>');
    const json =
      typeof fault === 'object'
        ? no(fault.errcode, fault.errmsg ?? 'as planned')
        : answer(pathname, searchParams, written === '' ? {} : JSON.parse(written));
    if (fault === 'takenThenReset') return void request.socket.destroy();
    // Ids are numbers beyond 2^53 there.
    response.end(JSON.stringify(json).replace(/"(msg_id|msg_data_id)":"(\d+)"/g, '"$1":$2'));
  };
  const server = createServer((request, response) => void handle(request, response).catch(() => request.socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

export function no(errcode: number, errmsg: string): Json {
  return { errcode, errmsg };
}
