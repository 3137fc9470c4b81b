import type { Logger } from '../adapter.js';
import type { Environment } from '../config/environment.js';
import type { Store } from './port.js';
import { openSqlite } from './sqlite/index.js';

/**
 * The store that the settings name.
 * @param bot true for the bot: on one folder there is one; commands work beside it.
 * @throws StoreError when it cannot be used
 */
export async function openStore({ databaseUrl, data }: Environment, log: Logger, bot: boolean, lockWaitMs?: number): Promise<Store> {
  if (!databaseUrl) return openSqlite(data, { lock: bot, lockWaitMs });
  // Most installations never need its driver.
  const { openPostgres } = await import('./postgres/index.js');
  return openPostgres(databaseUrl, { log });
}
