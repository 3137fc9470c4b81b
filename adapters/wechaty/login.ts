// Signing in by a picture that is scanned: shown on the terminal, and kept for a moment for the command and the page that show it.
import type { Host, Sessions } from '../../src/adapter.js';
import { type Load, load, SCAN } from './sdk.js';
import { SIGNED_IN, SIGNED_OUT } from './words.js';

const KEY = 'scan';
const SIGNED_IN_BEFORE = 'signed in before';
/** Pictures are replaced within a minute or two. */
const SCAN_MS = 4 * 60_000;

interface QrCode {
  toString(text: string, options: { type: 'terminal' | 'svg'; small?: boolean }): Promise<string>;
}

export class Login {
  readonly #host: Host;
  readonly #show: (picture: string) => void;
  readonly #load: Load;
  #told = false;
  #signedInBefore = false;

  constructor(host: Host, show: (picture: string) => void, from: Load = load) {
    this.#host = host;
    this.#show = show;
    this.#load = from;
  }

  async open(): Promise<void> {
    this.#signedInBefore = (await this.#host.sessions.get<boolean>(SIGNED_IN_BEFORE)) ?? false;
    this.#host.report({ is: 'waiting-for-login', scan: '' });
  }

  async scan(scan: string, status: number): Promise<void> {
    if (status === SCAN.scanned || status === SCAN.confirmed) {
      this.#host.log.info({}, 'the code was scanned: confirm it on the phone');
      return;
    }
    if (scan === '') return;
    this.#host.report({ is: 'waiting-for-login', scan });
    this.#tellOnce();
    await this.#host.sessions.set(KEY, scan, SCAN_MS);
    // Whoever scans it decides whose account the bot is: it never goes into a log.
    this.#show(await picture(scan, 'terminal', this.#load));
    this.#host.log.info({}, 'WeChat waits for a login: scan the code on the terminal, or the one that `emcee login wechaty` shows');
  }

  async signedIn(): Promise<void> {
    if (this.#told) this.#host.tell(SIGNED_IN);
    this.#told = false;
    this.#signedInBefore = true;
    this.#host.report({ is: 'online' });
    await this.#host.sessions.delete(KEY);
    await this.#host.sessions.set(SIGNED_IN_BEFORE, true);
  }

  signedOut(): void {
    this.#host.report({ is: 'waiting-for-login', scan: '' });
    this.#tellOnce();
  }

  /** At the very first login whoever sets it up stands in front of it. */
  #tellOnce(): void {
    if (this.#told || !this.#signedInBefore) return;
    this.#told = true;
    this.#host.tell(SIGNED_OUT);
  }
}

async function picture(scan: string, type: 'terminal' | 'svg', from: Load): Promise<string> {
  const qrcode = await from('qrcode');
  return ((qrcode.default ?? qrcode) as QrCode).toString(scan, { type, ...(type === 'terminal' && { small: true }) });
}

/** The picture that is waited for now. */
export async function loginPicture(sessions: Sessions, type: 'terminal' | 'svg', from: Load = load): Promise<string | undefined> {
  const scan = await sessions.get<string>(KEY);
  return scan === undefined ? undefined : picture(scan, type, from);
}
