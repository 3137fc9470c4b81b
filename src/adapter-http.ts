// The part of the contract (adapter.ts) that is about HTTP: webhooks that a platform calls, and pages of an adapter's own.
import type { Readable } from 'node:stream';

export interface WebhookRequest {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  signal: AbortSignal;
}

export interface WebhookResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Called when the response has left, or could not. */
  written?(ok: boolean): void;
}

export interface Webhook {
  maxBytes: number;
  handle(request: WebhookRequest): Promise<WebhookResponse>;
}

export interface RouteRequest extends WebhookRequest {
  /** The sender's network address: of the connection, or what a trusted proxy (EMCEE_TRUST_PROXY) says. */
  ip: string;
  /** Of this site, as browsers see it: EMCEE_PUBLIC_URL, else from the Host header. */
  origin: string;
  /** The sender's connection is encrypted (https), or EMCEE_PUBLIC_URL says that all are. */
  secure: boolean;
}

export interface RouteResponse {
  status: number;
  headers?: Record<string, string | string[]>;
  /** A stream stays open until it ends, the reader goes away or emcee stops. */
  body?: string | Buffer | Readable;
}

/** A page or an API of the adapter's own, on emcee's port, for adapters that are their own platform (the web chat). */
export interface Route {
  method: 'GET' | 'POST';
  /** Exactly this path; letters, digits, `.`, `_`, `-` and slashes. */
  path: string;
  /** Longer bodies are refused with 413; default 0. */
  maxBytes?: number;
  /** Origins whose pages may show this one in a frame; default: none. */
  framedBy?: readonly string[];
  handle(request: RouteRequest): Promise<RouteResponse>;
}
