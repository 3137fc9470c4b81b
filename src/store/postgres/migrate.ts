import { MIGRATIONS } from '../migrations/index.js';
import { StoreError } from '../port.js';
import type { Connection } from './transaction.js';

/** Any number of ours: whoever holds it may change the tables. */
const LOCK = 7_305_2026;

/** Takes the steps that are due; replicas that start together take turns. @throws StoreError when the database is newer */
export async function migrate(connection: Connection): Promise<void> {
  await connection.exec('BEGIN');
  try {
    await connection.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await connection.exec('CREATE TABLE IF NOT EXISTS emcee_schema (taken INTEGER NOT NULL)');
    const [row] = await connection.query('SELECT taken FROM emcee_schema', []);
    const taken = Number(row?.taken ?? 0);
    if (taken > MIGRATIONS.length)
      throw new StoreError(
        `the database (DATABASE_URL) was written by a newer emcee (schema ${taken}, this one knows ${MIGRATIONS.length}): update emcee.`,
      );
    for (const step of MIGRATIONS.slice(taken)) if (step.postgres) await connection.exec(step.postgres);
    await connection.query(row ? 'UPDATE emcee_schema SET taken = $1' : 'INSERT INTO emcee_schema VALUES ($1)', [MIGRATIONS.length]);
    await connection.exec('COMMIT');
  } catch (error) {
    await connection.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
