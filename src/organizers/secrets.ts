// Codes and tokens: made here, shown once, kept as hashes only.
import { createHash, randomBytes, randomInt, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt) as (password: string, salt: string, length: number) => Promise<Buffer>;

/** Without 0, 1, I, L, O and U, which are taken for one another. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = LETTERS.slice(0, 8);
const SHAPE = /^([2-9A-HJKMNP-TV-Z]{4})-([2-9A-HJKMNP-TV-Z]{4})$/;
/** Phones and input methods write a hyphen in many ways. */
const HYPHENS = /[\u2010-\u2015\u2212\u30FC\uFE58\uFE63\uFF0D]/gu;

export interface Code {
  /** What it is kept under: no secret by itself. */
  id: string;
  secret: string;
}

/** A digit in its first half tells a code from two words with a hyphen. */
export function newCode(): Code {
  const id = letters(4).split('');
  if (!id.some((letter) => DIGITS.includes(letter))) id[randomInt(id.length)] = DIGITS.charAt(randomInt(DIGITS.length));
  return { id: id.join(''), secret: letters(4) };
}

export function shownCode({ id, secret }: Code): string {
  return `${id}-${secret}`;
}

/** The code that a whole text is, in small letters or full width too; undefined: it is none. */
export function codeIn(text: string): Code | undefined {
  if (text.length > 32) return undefined;
  const [, id, secret] = SHAPE.exec(text.replace(HYPHENS, '-').normalize('NFKC').trim().toUpperCase()) ?? [];
  return id && secret && /\d/.test(id) ? { id, secret } : undefined;
}

/** Four letters are soon tried out by whoever has seen the hash: each try is made to cost something. */
export async function proofOf({ id, secret }: Code): Promise<string> {
  return (await derive(secret, `emcee invitation ${id}`, 32)).toString('base64url');
}

/** 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Of a token: it is too long to be found by trying. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function letters(count: number): string {
  return Array.from({ length: count }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}
