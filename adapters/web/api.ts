// What the chat page asks for. An answer comes in the response to its question; a repeat of the same id gets the same answer.
import type { Host, Route, RouteRequest, RouteResponse } from '../../src/adapter.js';
import { Allowance } from './allowance.js';
import { format } from './format.js';
import type { Mailboxes } from './mailboxes.js';
import { networkOf } from './network.js';
import { isJson, isOwnPage, json, notNow, tooMany } from './requests.js';
import { forgetSession, sessionOf } from './sign-in.js';
import type { Streams } from './streams.js';
import { forgetVisitor, type Visitor, visitorOf } from './visitors.js';

/** Bytes of a message. */
const LONGEST_TEXT = 4096;
/** A whole message as JSON, every sign of it escaped. */
const LONGEST_BODY = 6 * LONGEST_TEXT + 512;
const MINUTE_MS = 60_000;
const PER_VISITOR = 20;
/** Whoever throws cookies away is still one network; a lecture hall behind one address is many people. */
const PER_NETWORK = 1_200;

export interface ChatParts {
  instance: string;
  /** undefined: not connected, or closed. */
  connected(): Connected | undefined;
  streams: Streams;
}

/** What there is while the adapter is connected. */
export interface Connected {
  host: Host;
  mailboxes: Mailboxes;
}

interface Said {
  id: string;
  text: string;
  language?: 'zh' | 'en';
  /** The page stands in another site's frame, where a click may not be what it seems. */
  framed: boolean;
}

export function chatRoutes(parts: ChatParts): Route[] {
  const visitors = new Allowance(PER_VISITOR, MINUTE_MS);
  const networks = new Allowance(PER_NETWORK, MINUTE_MS);

  const say = async (request: RouteRequest): Promise<RouteResponse> => {
    const host = parts.connected()?.host;
    if (!host) return notNow();
    if (!isOwnPage(request)) return json(403, { error: 'only emcee’s own page may post here' });
    const said = readSaid(request.body);
    if (typeof said === 'string') return json(400, { error: said });
    if (Buffer.byteLength(said.text) > LONGEST_TEXT) return json(413, { error: `a message may have ${LONGEST_TEXT} bytes` });
    const visitor = visitorOf(request);
    const now = Date.now();
    const network = networkOf(request.ip);
    const wait = visitors.take(visitor.id, now) || (network === undefined ? 0 : networks.take(network, now));
    if (wait > 0) return tooMany('too many messages', wait);
    const shown = said.framed ? undefined : sessionOf(request);
    if (shown !== undefined && !isJson(request)) return json(415, { error: 'send JSON' });
    const organizer = shown === undefined ? undefined : await organizerOf(host, shown);
    const { reply } = await host.receive({
      // An id is only good for the visitor who made it: nobody gets the answer that another one got.
      id: `${visitor.id}:${said.id}`,
      where: `${parts.instance}:person:${visitor.id}`,
      sender: { id: visitor.id, isBot: false },
      text: said.text,
      addressed: true,
      at: new Date(now),
      language: said.language,
      ...(organizer && { session: shown }),
    });
    const cookies = [...(visitor.cookie ? [visitor.cookie] : []), ...(organizer === null ? forgetSession(request) : [])];
    return json(
      200,
      // Only a page that has shown a session is told what became of it.
      { id: said.id, reply: reply ? format(reply) : null, ...(organizer !== undefined && { organizer }) },
      cookies.length > 0 ? { 'Set-Cookie': cookies } : {},
    );
  };

  const unseen = ({ mailboxes }: Connected, request: RouteRequest, visitor: Visitor) => {
    const query = new URLSearchParams(request.query);
    const after = Number(request.headers['last-event-id'] ?? query.get('after') ?? Number.NaN);
    return mailboxes.unseen(visitor.id, Number.isFinite(after) ? after : undefined, Date.now());
  };

  const posts = async (request: RouteRequest): Promise<RouteResponse> => {
    const connected = parts.connected();
    if (!connected) return notNow();
    const visitor = visitorOf(request);
    const found = await unseen(connected, request, visitor);
    return json(200, { posts: found.map(({ seq, first, message }) => ({ seq, first, message })) }, greet(visitor));
  };

  const stream = async (request: RouteRequest): Promise<RouteResponse> => {
    const connected = parts.connected();
    if (!connected) return notNow();
    const visitor = visitorOf(request);
    const body = await parts.streams.open(visitor.id, networkOf(request.ip), () => unseen(connected, request, visitor));
    if (!body) return json(429, { error: 'too many open pages' }, { 'Retry-After': '60' });
    // X-Accel-Buffering: nginx would hold events back.
    return { status: 200, headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no', ...greet(visitor) }, body };
  };

  const forget = async (request: RouteRequest): Promise<RouteResponse> =>
    isOwnPage(request) ? { status: 204, headers: { 'Set-Cookie': forgetVisitor(request.secure) } } : json(403, { error: 'not from here' });

  return [
    { method: 'POST', path: '/api/chat/messages', maxBytes: LONGEST_BODY, handle: say },
    { method: 'GET', path: '/api/chat/posts', handle: posts },
    { method: 'GET', path: '/api/chat/stream', handle: stream },
    { method: 'POST', path: '/api/chat/forget', handle: forget },
  ];
}

/** A string says what is wrong. */
function readSaid(body: Buffer): Said | string {
  let value: Partial<Record<keyof Said, unknown>> | null;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return 'the body is no JSON';
  }
  const { id, text, language, framed } = value ?? {};
  if (typeof id !== 'string' || !/^[\w-]{8,64}$/.test(id)) return '`id` needs 8 to 64 letters, digits, _ or -';
  if (typeof text !== 'string') return '`text` is missing';
  return { id, text, framed: framed === true, ...((language === 'zh' || language === 'en') && { language }) };
}

/** The name of whoever has signed in; null: the session is over; undefined: nobody can tell just now. */
async function organizerOf({ organizers, log }: Host, session: string): Promise<string | null | undefined> {
  try {
    return organizers && ((await organizers.signedIn(session))?.name ?? null);
  } catch (error) {
    log.error({ err: error }, 'a session could not be looked up');
    return undefined;
  }
}

function greet({ cookie }: Visitor): Record<string, string> {
  return cookie ? { 'Set-Cookie': cookie } : {};
}
