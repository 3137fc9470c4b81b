// What a power cut may not take back: that a post was about to leave, that it has left, and what an organizer has decided. Messages and replies may be lost by one
// (never by a killed process): a disk has time for a hundred syncs a second, not for thousands.
import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt, Claim } from '../port.js';
import type { Call, Result } from './worker.js';

export function mustOutlivePowerCut({ name, args }: Call, result: Result | undefined): boolean {
  if (!result || 'error' in result) return false;
  switch (name) {
    case 'post':
    case 'cancel':
    case 'settle':
    case 'resolve':
    case 'take':
    case 'resumePost':
    case 'retryPost':
    case 'keep':
      return true;
    case 'claim':
      return (result.value as Claim[]).some(({ kind }) => kind === 'post');
    case 'record':
      return (args[0] as Attempt[]).some(({ id }) => !/^(?:reply|notice):/.test(id));
    default:
      return false;
  }
}

/** The file that commits are appended to; synced, it holds what `PRAGMA synchronous = FULL` promises of them (sqlite.org/wal.html). */
export class WriteAheadLog {
  readonly #file: string;
  #descriptor: number | undefined;

  constructor(folder: string) {
    this.#file = join(folder, 'emcee.db-wal');
  }

  sync(): void {
    this.#descriptor ??= openSync(this.#file, 'r+');
    fdatasyncSync(this.#descriptor);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
