import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readEnvironment } from '../config/environment.js';
import { backUpFile } from '../store/sqlite/backup.js';
import { type Outcome, UsageError } from './output.js';

/** `emcee backup FILE`: a whole copy of the store, also while the bot runs. */
export async function backupCommand(file: string): Promise<Outcome> {
  const { data, databaseUrl } = readEnvironment();
  if (databaseUrl) throw new UsageError('DATABASE_URL is set: PostgreSQL has its own copies, for example pg_dump --format=custom.');
  const source = join(data, 'emcee.db');
  const target = resolve(file);
  if (!existsSync(source)) throw new UsageError(`There is no store in ${data} yet: it is made when the bot first starts.`);
  if (existsSync(target)) throw new UsageError(`${target} is there already: name a new file, nothing is overwritten.`);
  backUpFile(source, target);
  return { lines: [`The store is copied to ${target}. To go back to it: stop the bot and put it into ${data} as emcee.db.`] };
}
