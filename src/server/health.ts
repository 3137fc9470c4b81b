import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Health {
  /** Messages are accepted. */
  ok: boolean;
  /** Asked for only by who may know them: they are read from the store. */
  details(): Promise<Record<string, unknown>>;
}

/** Details go only to this machine, or to who holds the token; everybody else learns ok or not. */
export async function healthPage(
  health: Health,
  request: IncomingMessage,
  token: string | undefined,
): Promise<{ status: number; body: string }> {
  const shown = { ok: health.ok, ...(mayKnow(request, token) ? await health.details() : {}) };
  return { status: health.ok ? 200 : 503, body: `${JSON.stringify(shown)}\n` };
}

/** Whoever holds the token, or asks from this machine without a proxy between. */
export function mayKnow(request: IncomingMessage, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token && given && timingSafeEqual(digest(token), digest(given))) return true;
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((header) => request.headers[header] !== undefined);
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}

const digest = (text: string) => createHash('sha256').update(text).digest();
