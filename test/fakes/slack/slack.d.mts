import type { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';

// biome-ignore lint/suspicious/noExplicitAny: what Slack sends and takes is any JSON; tests look into it
export type Json = any;

export interface SlackUser {
  id: string;
  name: string;
  real_name?: string;
  team_id?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  tz?: string;
  [more: string]: unknown;
}

export interface SlackChannel {
  id: string;
  name?: string;
  is_member?: boolean;
  is_archived?: boolean;
  is_private?: boolean;
  is_im?: boolean;
  is_mpim?: boolean;
  is_ext_shared?: boolean;
  is_general?: boolean;
  /** Of a direct conversation. */
  user?: string;
  /** Who is in it; not set: everybody. */
  members?: string[];
  [more: string]: unknown;
}

/** What can be changed while it runs. */
export interface SlackSettings {
  /** Granted to the bot's token. */
  scopes: string[];
  appScopes: string[];
  /** A post in a channel sooner than this after the last accepted one gets 429; 0: never. */
  gapMs: number;
  latencyMs: number;
  /** Of the fault 'slow'. */
  slowMs: number;
  /** How long a delivery waits for its 2xx. */
  ackMs: number;
  pingMs: number;
  socketRetryMs: number;
  /** How long a response_url works. */
  responseUrlMs: number;
  /** Whether events that were not acknowledged are delivered again. */
  retries: boolean;
  /** Whether the bot hears its own posts and edits, as on Slack. */
  echo: boolean;
  /** Events, commands and clicks go over Socket Mode. */
  useSockets: boolean;
  /** app_mention is sent before message: Slack promises no order. */
  mentionFirst: boolean;
}

export interface SlackOptions extends Partial<SlackSettings> {
  port?: number;
  team?: string;
  teamName?: string;
  domain?: string;
  appId?: string;
  botUser?: { id: string; bot_id: string; name: string };
  botToken?: string;
  appToken?: string;
  signingSecret?: string;
  users?: SlackUser[];
  channels?: SlackChannel[];
}

export interface SlackPost {
  channel: string;
  ts: string;
  thread_ts?: string;
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: { event_type: string; event_payload: Record<string, Json> };
  user: string;
  /** Milliseconds since 1970, with fractions. */
  at: number;
  unfurl_links?: unknown;
  unfurl_media?: unknown;
  /** Only `to` sees it. */
  ephemeral?: boolean;
  to?: string;
  responseUrl?: string;
  response_type?: string;
  replace_original?: boolean;
  delete_original?: boolean;
  /** The ts of the message that it replaces or deletes. */
  original?: string;
}

export interface SlackCall {
  method: string;
  args: Json;
  headers: IncomingHttpHeaders;
  at: number;
}

/** `status` 0: no answer, and `error` says why. Over a socket: 200 for an acknowledgement. */
export interface Delivered {
  status: number;
  body: string;
  ms: number;
  headers?: IncomingHttpHeaders;
  error?: string;
  envelopeId?: string;
  tries?: number;
}

export type FaultName =
  | 'reset'
  | '500'
  | '503'
  | 'html'
  | 'hang'
  | '429'
  | '429-long'
  | '429-date'
  | '429-bare'
  | `accepted-then-${'reset' | '500' | '503' | 'html' | 'hang'}`
  | 'slow'
  | 'half-json';

/** Slack's no, or any answer; `accepted`: the call is carried out first. */
export type SlackFault =
  | FaultName
  | { error: string; accepted?: boolean; [more: string]: unknown }
  | { status: number; headers?: Record<string, string>; body?: Json; accepted?: boolean };

export interface Delivery {
  retries?: boolean;
  retryDelaysMs?: number[];
  headers?: Record<string, string>;
  secret?: string;
  /** Seconds. */
  timestamp?: number | string;
  signature?: string;
  /** Sent and signed in place of the payload. */
  rawBody?: string | Buffer;
  /** Sent in place of what was signed. */
  sentBody?: string | Buffer;
  contentEncoding?: string;
}

export interface Said {
  /** A channel's id or '#name', a direct conversation, or a person: their direct conversation with the bot. */
  channel: string;
  user?: string;
  /** As on the wire: `&`, `<` and `>` are escaped, mentions are `<@U…>`. */
  text?: string;
  thread_ts?: string;
  subtype?: string;
  bot_id?: string;
  files?: Json[];
  /** Of a person from another team (Slack Connect). */
  team?: string;
  /** Put over the fields around the event. */
  envelope?: Record<string, unknown>;
  delivery?: Delivery;
  [more: string]: unknown;
}

type Button = { action_id?: string; value?: string };

export interface Slack extends SlackSettings, EventEmitter {
  /** For SLACK_API_URL. */
  readonly url: string;
  readonly port: number;
  readonly team: string;
  readonly teamName: string;
  readonly domain: string;
  readonly appId: string;
  readonly botUser: { id: string; bot_id: string; name: string };
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly world: {
    users: Map<string, SlackUser>;
    channels: Map<string, SlackChannel>;
    messages(channel: string): Json[];
    find(channel: string, ts: string): Json;
    addChannel(channel: SlackChannel): string;
  };
  /** The bot's webhook. */
  hook: string | undefined;
  /** What every call gets from now on: 'account_inactive', 'token_revoked', … */
  tokenError: string | undefined;
  /** Every accepted message, in order. */
  posts: SlackPost[];
  /** Every accepted chat.update. */
  updates: { channel: string; ts: string; text: string; blocks?: Json[]; metadata?: Json; at: number }[];
  /** Everything that came, also what was refused. A response_url is the method 'response_url'. */
  calls: SlackCall[];
  /** How many posts came sooner than `gapMs`. */
  limited: number;
  /** The post that fits (or the n-th post), now or as soon as it comes. */
  posted(fits: number | ((post: SlackPost) => boolean), withinMs?: number): Promise<SlackPost>;
  /** The next calls of a method ('*': any; 'response_url') meet it, in order. */
  fault(method: string, fault: SlackFault, times?: number): void;
  clearFaults(): void;
  /** The id of a person's direct conversation with the bot. */
  dm(user: string): string;
  say(said: Said): Promise<{ ts: string; responses: Delivered[] }>;
  edit(said: { channel: string; ts: string; text: string }): Promise<Delivered[]>;
  event(
    event: { type: string; [more: string]: unknown },
    options?: Delivery & { envelope?: Record<string, unknown> },
  ): Promise<Delivered[]>;
  command(given: {
    user?: string;
    channel?: string;
    text?: string;
    command?: string;
    delivery?: Delivery;
    [more: string]: unknown;
  }): Promise<{ response_url: string; payload: Json; responses: Delivered[] }>;
  /** `action`: a button, its action_id or its label. Rejects when the message has no such button. */
  click(given: {
    user?: string;
    channel?: string;
    message: string | { ts: string; channel?: string };
    action: string | Button;
    delivery?: Delivery;
  }): Promise<{ response_url: string; payload: Json; responses: Delivered[] }>;
  challenge(challenge: string, options?: Delivery): Promise<Delivered[]>;
  rateLimited(options?: Delivery): Promise<Delivered[]>;
  /** To the webhook: an object as JSON, URLSearchParams as a form. */
  deliver(payload: object, options?: Delivery): Promise<Delivered[]>;
  readonly sockets: readonly { open: boolean; close(code?: number, reason?: string): void; destroy(): void; send(value: Json): void }[];
  readonly acks: string[];
  noHello: boolean;
  /** The connections that are open now stay open, and nothing comes from them any more: no pings, pongs, envelopes. */
  goSilent(): void;
  /** The same, but pongs still come. */
  goMute(): void;
  dropSockets(): void;
  disconnectNotice(reason?: string, closeAfterMs?: number): void;
  /** Sends once more, same ids, retry_attempt 0: what is not acknowledged, and so many of the last that are. Returns the ids. */
  replay(options?: { acked?: number }): string[];
  close(): Promise<void>;
}

export function startSlack(options?: SlackOptions): Promise<Slack>;
