// For commands that work beside a running bot.
import { userInfo } from 'node:os';
import { type Environment, readEnvironment } from '../config/environment.js';
import { createLog } from '../log.js';
import { openStore } from '../store/open.js';
import type { Store } from '../store/port.js';

/** Opens the store that the settings name, and closes it whatever happens. */
export async function withStore<Result>(work: (store: Store, environment: Environment) => Promise<Result>): Promise<Result> {
  const environment = readEnvironment();
  const store = await openStore(environment, createLog('warn', []), false);
  try {
    return await work(store, environment);
  } finally {
    await store.close();
  }
}

/** Who acts, for the audit log: `cli:alice`. */
export function operator(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    // In a container the user may have no name.
    return `cli:${process.getuid?.() ?? 'unknown'}`;
  }
}
