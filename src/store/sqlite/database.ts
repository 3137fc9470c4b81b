import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { MIGRATIONS } from '../migrations/index.js';
import { StoreError } from '../port.js';
import { backUp } from './backup.js';

/** Opens `emcee.db` in the folder, making both when they are missing, and takes the migrations that are due. */
export function openDatabase(folder: string): DatabaseSyncInstance {
  makeFolder(folder);
  const file = join(folder, 'emcee.db');
  const db = open(file);
  try {
    chmodSync(file, 0o600);
    // NORMAL in WAL survives a killed process; a power cut may lose the last replies.
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    migrate(db, folder);
    return db;
  } catch (error) {
    db.close();
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `${file} cannot be used: ${(error as Error).message}. Move it away (emcee then starts a new one) or restore a backup.`,
    );
  }
}

/**
 * Only one bot may work on a folder. The lock is an open transaction on a file of its own:
 * the operating system releases it with the process, however that ends.
 */
export function openLock(folder: string, waitMs: number): DatabaseSyncInstance {
  makeFolder(folder);
  const lock = open(join(folder, 'bot.lock'));
  lock.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.round(waitMs))}`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const reason = (error as Error).message;
    throw new StoreError(
      /locked|busy/i.test(reason)
        ? `another emcee is running on ${folder}: stop it, or give this one a folder of its own with EMCEE_DATA.`
        : `cannot write to ${folder}: ${reason}. Is the disk full or read-only? EMCEE_DATA names another folder.`,
    );
  }
  return lock;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError(`cannot make the data folder ${folder}: ${(error as Error).message}. EMCEE_DATA names another one.`);
  }
}

function open(file: string): DatabaseSyncInstance {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw new StoreError(`cannot open ${file}: ${(error as Error).message}. Is the folder writable? EMCEE_DATA names another one.`);
  }
}

/** Before it is changed, what is there is copied: `backup-<steps taken>.db`. */
function migrate(db: DatabaseSyncInstance, folder: string): void {
  const file = join(folder, 'emcee.db');
  const taken = stepsTaken(db);
  if (taken > MIGRATIONS.length)
    throw new StoreError(`${file} was written by a newer emcee (schema ${taken}, this one knows ${MIGRATIONS.length}): update emcee.`);
  if (taken === MIGRATIONS.length) return;
  if (taken > 0) backUp(db, join(folder, `backup-${taken}.db`));
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been quicker.
    for (const step of MIGRATIONS.slice(stepsTaken(db))) db.exec(step.sqlite);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

const stepsTaken = (db: DatabaseSyncInstance) => Number((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version);
