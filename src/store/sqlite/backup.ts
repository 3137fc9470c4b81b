import { chmodSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';

/** A whole and consistent copy, also while others write (sqlite.org/lang_vacuum.html). It appears under its name when it is whole. */
export function backUp(db: DatabaseSyncInstance, file: string): void {
  const whileCopying = `${file}.new`;
  rmSync(whileCopying, { force: true });
  db.prepare('VACUUM INTO ?').run(whileCopying);
  chmodSync(whileCopying, 0o600);
  renameSync(whileCopying, file);
}

export function backUpFile(source: string, target: string): void {
  const db = new DatabaseSync(source, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 10000');
    backUp(db, target);
  } finally {
    db.close();
  }
}
