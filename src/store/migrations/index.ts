// Numbered steps; the database says how many it has taken. A step that has shipped is never edited: add one.
import { first } from './001-first.js';
import { inboxByRow } from './002-inbox-by-row.js';
import { ledger } from './003-ledger.js';
import { schedule } from './004-schedule.js';
import { desk } from './005-desk.js';

/** What a step is in each database; PostgreSQL came with the third. */
export interface Migration {
  sqlite: string;
  postgres: string;
}

export const MIGRATIONS: readonly Migration[] = [first, inboxByRow, ledger, schedule, desk];
