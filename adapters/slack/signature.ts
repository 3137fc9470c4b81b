import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Both sides of the clock: a signature from the future is as wrong as an old one. */
const LONGEST_SKEW_S = 300;

type Headers = Record<string, string | string[] | undefined>;

/**
 * Whether Slack signed these very bytes just now: `v0=` + hex HMAC-SHA256 of `v0:timestamp:body`
 * (docs.slack.dev/authentication/verifying-requests-from-slack). A body that arrives encoded is not what was signed.
 */
export function isSigned(headers: Headers, body: Buffer, secret: KeyObject, now: number): boolean {
  const timestamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  const encoding = headers['content-encoding'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return false;
  if (encoding !== undefined && encoding !== 'identity') return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > LONGEST_SKEW_S) return false;
  const wanted = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
