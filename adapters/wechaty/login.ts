// Signing in by a picture that is scanned: shown on the terminal, and kept for a moment for the command and the page that show it.
import type { Host, Sessions } from '../../src/adapter.js';
import { type Load, load, SCAN } from './sdk.js';
import type { Troubles } from './troubles.js';
import { otherAccount, SIGNED_IN, SIGNED_OUT } from './words.js';

const KEY = 'scan';
const SIGNED_IN_BEFORE = 'signed in before';
const ACCOUNT = 'account';
/** Pictures are replaced within a minute or two. */
const SCAN_MS = 4 * 60_000;

interface QrCode {
  toString(text: string, options: { type: 'terminal' | 'svg'; small?: boolean }): Promise<string>;
}

export interface Account {
  id: string;
  name: string;
}

export interface LoginParts {
  host: Host;
  troubles: Troubles;
  /** Shows the picture to whoever stands before it. */
  show(picture: string): void;
  load?: Load;
  /** A puppet that gives nothing to scan for so long cannot do its work. */
  graceMs: number;
}

export class Login {
  readonly #parts: LoginParts;
  #told = false;
  #signedInBefore = false;
  #hasSpoken = false;
  /** Since when there is nothing to scan; undefined: there is, or nobody waits. */
  #waitingSince: number | undefined;

  constructor(parts: LoginParts) {
    this.#parts = parts;
  }

  async open(): Promise<void> {
    this.#signedInBefore = (await this.#parts.host.sessions.get<boolean>(SIGNED_IN_BEFORE)) ?? false;
  }

  /** The puppet has started; it may have asked for a login, or found one, by then. */
  begin(): void {
    if (this.#hasSpoken) return;
    this.#waitingSince = Date.now();
    this.#parts.host.report({ is: 'waiting-for-login', scan: '' });
  }

  async scan(scan: string, status: number): Promise<void> {
    const { host, troubles, show, load: from } = this.#parts;
    if (status === SCAN.scanned || status === SCAN.confirmed) {
      host.log.info({}, 'the code was scanned: confirm it on the phone');
      return;
    }
    if (scan === '') return;
    this.#hasSpoken = true;
    this.#waitingSince = undefined;
    troubles.hide(scan);
    host.report({ is: 'waiting-for-login', scan });
    this.#tellOnce();
    await host.sessions.set(KEY, scan, SCAN_MS);
    // Whoever scans it decides whose account the bot is: it never goes into a log.
    show(await picture(scan, 'terminal', from));
    host.log.info({}, 'WeChat waits for a login: scan the code on the terminal, or the one that `emcee login wechaty` shows');
  }

  async signedIn(account: Account): Promise<void> {
    const { host } = this.#parts;
    this.#hasSpoken = true;
    if (this.#told) host.tell(SIGNED_IN);
    this.#told = false;
    this.#signedInBefore = true;
    this.#waitingSince = undefined;
    host.report({ is: 'online' });
    await host.sessions.delete(KEY);
    await host.sessions.set(SIGNED_IN_BEFORE, true);
    const before = await host.sessions.get<Account>(ACCOUNT);
    // With some puppets its id is another one each time; and an account may be renamed.
    if (before && before.id !== account.id && before.name !== account.name) host.tell(otherAccount(account.name, before.name));
    await host.sessions.set(ACCOUNT, account);
  }

  signedOut(): void {
    this.#waitingSince = Date.now();
    this.#parts.host.report({ is: 'waiting-for-login', scan: '' });
    this.#tellOnce();
  }

  /** The puppet has failed; it tries again by itself. */
  failed(): void {
    const { host, troubles } = this.#parts;
    if (this.#waitingSince !== undefined) host.report({ is: 'offline', reason: troubles.last ?? 'the puppet gives no code to scan' });
  }

  /** Called now and then while nobody is signed in. */
  wait(): void {
    if (this.#waitingSince !== undefined && Date.now() - this.#waitingSince > this.#parts.graceMs) this.failed();
  }

  /** At the very first login whoever sets it up stands in front of it. */
  #tellOnce(): void {
    if (this.#told || !this.#signedInBefore) return;
    this.#told = true;
    this.#parts.host.tell(SIGNED_OUT);
  }
}

async function picture(scan: string, type: 'terminal' | 'svg', from: Load = load): Promise<string> {
  const qrcode = await from('qrcode');
  return ((qrcode.default ?? qrcode) as QrCode).toString(scan, { type, ...(type === 'terminal' && { small: true }) });
}

/** The picture that is waited for now. */
export async function loginPicture(sessions: Sessions, type: 'terminal' | 'svg', from: Load = load): Promise<string | undefined> {
  const scan = await sessions.get<string>(KEY);
  return scan === undefined ? undefined : picture(scan, type, from);
}
