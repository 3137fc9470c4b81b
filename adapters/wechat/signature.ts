// How WeChat shows that a request is its own: SHA-1 over the sorted parts (developers.weixin.qq.com, Access_Overview).
import { hash, timingSafeEqual } from 'node:crypto';

/** A signature is good for so long before and after its timestamp. */
const WINDOW_S = 300;
const HEX = /^[0-9a-f]{40}$/;
const NO_DIGEST = '0'.repeat(40);

/** 40 hex digits over the parts; for an envelope its base64 text is one of them. */
export function sign(...parts: string[]): string {
  return hash('sha1', parts.sort().join(''), 'hex');
}

/** Whether `given` is the signature over the parts; takes the same time whatever `given` is. */
export function isSigned(given: string | undefined, ...parts: string[]): boolean {
  const wellFormed = given !== undefined && HEX.test(given);
  const claimed = Buffer.from(wellFormed ? given : NO_DIGEST, 'latin1');
  return timingSafeEqual(Buffer.from(sign(...parts), 'latin1'), claimed) && wellFormed;
}

/** Whether a timestamp (seconds, as written) is near enough; `now` in milliseconds. */
export function isFresh(timestamp: string | undefined, now: number): boolean {
  return timestamp !== undefined && /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= WINDOW_S;
}
