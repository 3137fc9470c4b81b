// WeChat's sealed messages: AES-256-CBC over 16 random bytes ‖ length (4 bytes, big end first) ‖ message ‖ app id, filled up to
// whole 32-byte blocks (developers.weixin.qq.com, Message_encryption_and_decryption). It has no integrity of its own: check the signature first.
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const BLOCK = 32;
const RANDOM = 16;
const HEAD = RANDOM + 4;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export class Envelope {
  readonly #key: Buffer;
  readonly #appId: Buffer;

  /** @param key the EncodingAESKey: 43 signs */
  constructor(key: string, appId: string) {
    this.#key = Buffer.from(`${key}=`, 'base64');
    this.#appId = Buffer.from(appId);
  }

  /** base64 → the message's bytes; undefined whatever is wrong with it. */
  open(sealed: string): Buffer | undefined {
    if (sealed.length % 4 !== 0 || !BASE64.test(sealed)) return undefined;
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
    const decipher = createDecipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16)).setAutoPadding(false);
    const filled = Buffer.concat([decipher.update(bytes), decipher.final()]);
    const padding = filled.at(-1) ?? 0;
    if (padding < 1 || padding > BLOCK || padding > filled.length) return undefined;
    if (!filled.subarray(filled.length - padding).every((byte) => byte === padding)) return undefined;
    const plain = filled.subarray(0, filled.length - padding);
    if (plain.length < HEAD) return undefined;
    const end = HEAD + plain.readUInt32BE(RANDOM);
    if (end > plain.length || !isSame(plain.subarray(end), this.#appId)) return undefined;
    return plain.subarray(HEAD, end);
  }

  /** The message as base64. `random`: 16 bytes, for the examples that WeChat publishes. */
  seal(message: string, random: Buffer = randomBytes(RANDOM)): string {
    const text = Buffer.from(message);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    const size = HEAD + text.length + this.#appId.length;
    const padding = BLOCK - (size % BLOCK);
    const cipher = createCipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16)).setAutoPadding(false);
    const filled = Buffer.concat([random, length, text, this.#appId, Buffer.alloc(padding, padding)]);
    return Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64');
  }
}

/** Of any lengths, in the same time. */
function isSame(one: Buffer, other: Buffer): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
