import type { Logger } from '../adapter.js';
import type { Store } from '../store/port.js';

const HOUR_MS = 3600_000;
const INBOX_MS = 48 * HOUR_MS;

export interface TidyParts {
  store: Store;
  log: Logger;
  now(): number;
  /** Final deliveries are kept so long. */
  keepDeliveriesMs: number;
}

/** Each hour forgets messages of two days ago, old deliveries, and what members were offered an hour ago. Returns what ends it. */
export function keepTidy({ store, log, now, keepDeliveriesMs }: TidyParts): () => void {
  const tidy = () =>
    store
      .forget({ inbox: now() - INBOX_MS, deliveries: now() - keepDeliveriesMs, memory: now() - HOUR_MS, now: now() })
      .catch((error) => log.warn({ err: error }, 'old rows could not be removed'));
  void tidy();
  const timer = setInterval(tidy, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
