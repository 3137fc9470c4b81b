import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Health {
  /** Messages are accepted. */
  ok: boolean;
  details: Record<string, unknown>;
}

/** Details go only to this machine, or to who holds the token; everybody else learns ok or not. */
export function healthPage(health: Health, request: IncomingMessage, token: string | undefined): { status: number; body: string } {
  const shown = { ok: health.ok, ...(mayKnow(request, token) ? health.details : {}) };
  return { status: health.ok ? 200 : 503, body: `${JSON.stringify(shown)}\n` };
}

function mayKnow(request: IncomingMessage, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token && given && timingSafeEqual(digest(token), digest(given))) return true;
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((header) => request.headers[header] !== undefined);
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}

const digest = (text: string) => createHash('sha256').update(text).digest();
