import type { Route, Webhook } from './adapter-http.js';

/**
 * The contract between emcee and a chat platform. An adapter imports this file and nothing else of `src/`.
 * docs/adapters.md shows one being written; test/contracts/adapter.ts is the suite that each has to pass.
 */

/** `instance:kind:id`, for example `slack:room:C01`, `wechat:person:oABC`, `wechat:audience:all`. */
export type Address = `${string}:${'room' | 'person' | 'audience'}:${string}`;

/** A label and its link; `password` is what netdisks call 提取码, `note` one short remark. */
export interface Link {
  label: string;
  url: string;
  password?: string;
  note?: string;
}

/** For platforms that can show an instant by the reader's own clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  at: number;
  /** Which of the card's lines tells the time, and the same with the event's zone. */
  line: string;
  zoned: string;
  /** Goes before the reader's own time. */
  label: string;
}

export interface Card {
  title: string;
  /** Plain sentences under the title: when, where, who. */
  lines?: string[];
  links: Link[];
  /** So many of the links, from the first on, are what was asked for: the slides that a code gets. */
  asked?: number;
  /** The event's own web page; it is among the links too. */
  page?: string;
  image?: string;
  clock?: Clock;
}

/** Something to tap or to type: `say` is what the member sends when they choose it. */
export interface Choice {
  label: string;
  say: string;
}

/** A message before any platform has touched it. `text` is small Markdown: **bold**, [label](url), lists, plain lines. */
export interface Outgoing {
  text: string;
  card?: Card;
  choices?: Choice[];
  /** The only way to mention people; no text, page or member can. */
  mention?: 'everyone' | Address[];
  /** Nothing was understood, and this only says how to ask: a platform where people chat may keep it back. */
  hint?: true;
}

/** What a platform will get, made by the adapter's `format`: any JSON value. Frozen before it is sent. */
export type Wire = unknown;

export interface Incoming {
  /** The platform's own id, the same on every redelivery. */
  id: string;
  /** Where it was said, and so where an answer goes. */
  where: Address;
  sender: { id: string; name?: string; isBot: boolean };
  /** What was said, without the mention of the bot. */
  text: string;
  /** The bot was meant: a direct chat, a mention, a command of the platform. */
  addressed: boolean;
  at: Date;
  language?: 'zh' | 'en';
  /** Some platforms take only one answer, and only until then. */
  answerBefore?: Date;
  /** Nothing was said: somebody has joined or followed, and is welcomed. */
  arrived?: boolean;
  /** What `send` and `seen` get as `inReplyTo`: the thread of the question, say. Default: `id`. */
  replyTo?: string;
  /** The text of the message that this one answers, asked for only when it is wanted. Never rejects. */
  quoted?(): Promise<string | undefined>;
  /** What a page shows whose visitor has signed in as an organizer; emcee tells whether it is true. */
  session?: string;
  /** False: it does not count as a message that lets the bot speak first for a while (a tap on a menu). */
  opensWindow?: boolean;
}

export interface Receipt {
  platformId?: string;
  state: 'accepted' | 'waiting' | 'delivered';
  at: Date;
  counts?: Record<string, number>;
}

export interface Limit {
  scope: 'adapter' | 'target';
  count: number;
  /** Milliseconds, or a span that is drawn anew for each message, or a calendar period in `zone`. */
  per: number | [min: number, max: number] | 'day' | 'month';
  zone?: string;
  /** Whom it counts: answers to members, or all else that the bot says. Default: both. */
  of?: 'replies' | 'posts';
}

/** What the platform allows; read anew before each send. */
export interface Capabilities {
  /** Whether the bot may speak first: at any time, only so long after the member last wrote, or never. */
  proactive: 'always' | { withinMs: number } | 'never';
  rooms: boolean;
  /** An answer in a room goes into the thread of its question, so that repeats disturb nobody. */
  threads?: boolean;
  /** Choices can be shown as buttons; else they are numbered in the text. */
  choices: boolean;
  limits: Limit[];
  /** Between two messages to one address; drawn anew for each. */
  gapMs: [min: number, max: number];
  /** Wall time between which posts go out (`09:00`, `21:00`); what is due at other times waits. Answers and notices go at any time. */
  hours?: { from: string; to: string; zone: string };
  /** Why nothing is sent now: what waits goes on waiting. Of one address it holds up that address alone. */
  stopped?: string;
  /** What an organizer should know of the pace before a broadcast. */
  pace?: Record<'zh' | 'en', string>;
  quota?(): { left: number; resetsAt: Date };
  /** Silence longer than this is unusual: organizers are told. */
  silentAfterMs?: number;
}

export type ConnectionState =
  | { is: 'connecting' | 'online' | 'closed' }
  | { is: 'waiting-for-login'; scan: string }
  | { is: 'offline'; reason: string; retryAt?: Date };

export interface Logger {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Survives restarts: cursors, tokens, sessions. A keyv namespace of the adapter's own. */
export interface Sessions {
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown, ttlMs?: number): Promise<unknown>;
  delete(key: string): Promise<boolean>;
}

/** What emcee gives an adapter. */
export interface Host {
  /**
   * Settles once the message is safely ours, so that the adapter may acknowledge it; rejects when it could not be kept,
   * so that the platform tries again. `reply` is there for adapters that answer in the response itself (`passive`);
   * for all others emcee sends it through `send`.
   */
  receive(message: Incoming): Promise<{ reply?: Outgoing }>;
  /** Results that come later than the send: a mass send's report, an administrator's confirmation. */
  settle(deliveryId: string, result: Receipt | SendError): void;
  report(state: ConnectionState): void;
  /**
   * Something that organizers have to know or to mend, in their language. `about`: only of interest while that address is one of the
   * community's channels.
   */
  tell(notice: Record<'zh' | 'en', string>, about?: Address): void;
  /** The community that the adapter speaks for, as its settings say now; `welcome` is small Markdown. */
  about(): { name: string; language: 'zh' | 'en'; welcome: Record<'zh' | 'en', string> };
  /** A name that `resolve` did not know, or knew as another address, may be known now: the community's channels are looked up again. */
  namesChanged(): void;
  log: Logger;
  sessions: Sessions;
  /** For pages whose visitors may sign in as organizers. */
  organizers?: OrganizerSessions;
}

/** A page keeps a session's secret in a cookie and shows it with each message (`Incoming.session`); whose it is, emcee knows. */
export interface OrganizerSessions {
  /** Uses up the token of a one-time link. Undefined: it is wrong, used or too old. */
  signIn(token: string): Promise<{ session: string; name: string } | undefined>;
  /** Whose session it is, as lists name them; undefined: it is over. */
  signedIn(session: string): Promise<{ name: string } | undefined>;
  /** Ends it in every process. */
  signOut(session: string): Promise<void>;
  /** What has to be scanned now so that platforms come online (AdapterModule.login), as SVG; undefined: the session is over. */
  pictures(session: string): Promise<{ platform: string; svg: string }[] | undefined>;
}

export interface SendOptions {
  inReplyTo?: string;
  deliveryId?: string;
  signal?: AbortSignal;
}

export interface Adapter {
  /** Settles when the platform has accepted us. After that, reconnecting is the adapter's own work. */
  connect(host: Host): Promise<void>;
  /** Stops receiving, waits for sends under way, frees sockets and timers. Never rejects; twice is fine. */
  close(): Promise<void>;
  /** `to`: of this address, where they are not the same for all. */
  capabilities(to?: Address): Capabilities;
  /** Delivers one message, or rejects with a SendError that says what to do next. */
  send(to: Address, wire: Wire, options?: SendOptions): Promise<Receipt>;
  /** Turns a configured name ('#events', a room's topic) into an address; undefined when unknown. */
  resolve?(name: string): Promise<Address | undefined>;
  webhook?: Webhook;
  /** Read once, before `connect`. */
  routes?: readonly Route[];
  /** Read-back: did this delivery arrive? */
  seen?(
    to: Address,
    deliveryId: string,
    attemptedAt: Date,
    inReplyTo?: string,
  ): Promise<{ state: 'sent'; platformId: string } | { state: 'absent' } | { state: 'cannot-tell' }>;
  edit?(to: Address, platformId: string, wire: Wire): Promise<void>;
}

export type SendReason =
  | 'rate-limited'
  | 'window-closed'
  | 'unknown-target'
  | 'not-allowed'
  | 'signed-out'
  | 'too-long'
  | 'refused'
  | 'unreachable';

export type RetryScope = 'target' | 'adapter' | 'posts';

/** Why a message did not go out, and what may be done next. */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly reason: SendReason;
  /** True whenever the bytes may have reached the platform: such a delivery is `unknown`, never simply repeated. */
  readonly maybeSent: boolean;
  readonly retryAfterMs: number | undefined;
  /** Who has to wait so long: this target (default), everything that goes through the adapter, or all but its answers to members. */
  readonly retryScope: RetryScope | undefined;

  constructor(
    reason: SendReason,
    message: string,
    options: { maybeSent: boolean; retryAfterMs?: number; retryScope?: RetryScope; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.maybeSent = options.maybeSent;
    this.retryAfterMs = options.retryAfterMs;
    this.retryScope = options.retryScope;
  }
}

export type { Route, RouteRequest, RouteResponse, Webhook, WebhookRequest, WebhookResponse } from './adapter-http.js';
export type {
  AdapterModule,
  AutoReplies,
  AutoReply,
  BoundRoom,
  Examined,
  RoomBinding,
  Setting,
} from './adapter-module.js';
export {
  cleanText,
  cutBytes,
  cutCharacters,
  escapeMarkdown,
  type Inline,
  type MarkdownLine,
  misleads,
  parseMarkdown,
  plainText,
  safeUrl,
  splitBytes,
  splitCharacters,
} from './render/index.js';
