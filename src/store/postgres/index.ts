import pg from 'pg';
import type { Logger } from '../../adapter.js';
import { OPERATION_NAMES, operations } from '../operations/index.js';
import { type Store, StoreError } from '../port.js';
import type { Operation } from '../statement.js';
import { withDatabaseClock } from './clock.js';
import { migrate } from './migrate.js';
import { BEGIN, type Connection, runIn } from './transaction.js';

/** Operations side by side; PostgreSQL commits those that come together with one sync. */
const CONNECTIONS = 10;
const CONNECT_MS = 10_000;
const STATEMENT_MS = 15_000;
const IDLE_MS = 5_000;
/** A deadlock, two that wrote the same row, or a server that is starting again: the operation is done once more. */
const AGAIN = new Set(['40P01', '40001', '57P01', '57P02', '57P03', '25P03', '57014', '08006', '08003', '08000']);
const MOST_TRIES = 4;

export interface PostgresOptions {
  log: Logger;
  /** database: its clock decides about leases and what is due, for several machines share it. given: the caller's, in tests. */
  clock?: 'database' | 'given';
}

/**
 * The shared store: several replicas over one PostgreSQL.
 * @throws StoreError when it cannot be reached, or was made by a newer emcee.
 */
export async function openPostgres(url: string, { log, clock = 'database' }: PostgresOptions): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    // A replica that is paused within a transaction must not hold its locks against the others for longer.
    idle_in_transaction_session_timeout: IDLE_MS,
    application_name: 'emcee',
  });
  // A connection that breaks while nobody uses it would otherwise end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'a connection to PostgreSQL has broken'));
  try {
    await withConnection(pool, migrate);
  } catch (error) {
    await pool.end();
    throw error instanceof StoreError ? error : new StoreError(`PostgreSQL (DATABASE_URL) cannot be used: ${(error as Error).message}`);
  }
  return storeOver((work) => withConnection(pool, work), { alone: false, clock, close: () => pool.end() });
}

type WithConnection = <Result>(work: (connection: Connection) => Promise<Result>) => Promise<Result>;

/** The operations over anything that speaks PostgreSQL: a pool of connections, or PGlite. */
export function storeOver(connected: WithConnection, rest: { alone: boolean; clock: 'database' | 'given'; close(): Promise<void> }): Store {
  const all = operations({ lockFree: (tables) => ` FOR UPDATE OF ${tables} SKIP LOCKED` }) as unknown as Record<
    string,
    (...args: unknown[]) => Operation<unknown>
  >;
  const call =
    (name: string) =>
    async (...args: unknown[]): Promise<unknown> => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await connected((connection) =>
            runIn(connection, (now) => {
              const given = rest.clock === 'given' ? args : withDatabaseClock(name, args, now);
              return all[name]?.(...given) as Operation<unknown>;
            }),
          );
        } catch (error) {
          if (!mayTryAgain(error) || tries >= MOST_TRIES)
            throw new StoreError(`the store refused: ${(error as Error).message}`, { cause: error });
          await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** tries));
        }
      }
    };
  const calls = Object.fromEntries(OPERATION_NAMES.map((name) => [name, call(name)]));
  return { ...calls, alone: rest.alone, close: rest.close } as unknown as Store;
}

function mayTryAgain(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return AGAIN.has(code ?? '') || /ECONNREFUSED|ECONNRESET|Connection terminated|timeout exceeded/i.test(`${code} ${message}`);
}

async function withConnection<Result>(pool: pg.Pool, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    return await work({
      query: async (text, values) => (await client.query(text, [...values])).rows,
      exec: async (text) => void (await client.query(text)),
      begin: async () => {
        // Several statements at once come back as several results.
        const [, clock] = (await client.query(BEGIN)) as unknown as pg.QueryResult[];
        return Number(clock?.rows[0]?.now);
      },
    });
  } catch (error) {
    broken ??= mayTryAgain(error) ? (error as Error) : undefined;
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
