import type { ChildProcess } from 'node:child_process';
import type { Limit } from '../../src/adapter.js';
import type { Timing } from '../../src/ledger/timing.js';

export interface SenderOptions {
  /** One of them: SQLite or PostgreSQL. */
  folder?: string;
  url?: string;
  timing: Timing;
  chatUrl: string;
  readBack?: boolean;
  limits?: Limit[];
  deaf?: boolean;
}
export interface Sender {
  child: ChildProcess;
  log(): string;
  /** Its exit code or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  running(): boolean;
  /** Settles with the number of store calls since it was armed last. */
  arm(words: { crash?: string; pause?: string; fail?: string; 'fail-after'?: string }): Promise<number>;
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}
export function startSender(options: SenderOptions, ...flags: string[]): Promise<Sender>;
