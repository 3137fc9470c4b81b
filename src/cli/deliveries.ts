import type { Delivery, DeliveryState } from '../store/port.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { withStore } from './with-store.js';

const STATES: readonly DeliveryState[] = ['pending', 'held', 'sending', 'sent', 'refused', 'unknown', 'cancelled', 'missed'];
const PAGE = 1_000;
/** How long a delivery that is sent again by hand may wait for its turn. */
const AGAIN_MS = 24 * 3600_000;

interface Options {
  state?: string;
  post?: string;
  replies?: boolean;
  json?: boolean;
}

/** `emcee deliveries`: who was told what, where and when; with the bot up or down. */
export async function deliveriesCommand({ state, post, replies = false, json }: Options): Promise<Outcome> {
  if (state !== undefined && !STATES.includes(state as DeliveryState))
    throw new UsageError(`--state: '${state}' is no state. Write one of ${STATES.join(', ')}.`);
  return withStore(async (store) => {
    const rows: Delivery[] = [];
    for (let after = 0; ; ) {
      const page = await store.deliveries({ state: state as DeliveryState | undefined, post, replies, limit: PAGE, after });
      rows.push(...page);
      after = page.at(-1)?.place ?? 0;
      if (page.length < PAGE) break;
    }
    if (json) return jsonOutcome(rows.map(shownAsJson));
    if (rows.length === 0) return { lines: ['No deliveries.'] };
    return { lines: rows.map(line) };
  });
}

/** `emcee deliveries resolve ID sent|again`: what nobody but a person can tell. */
export async function resolveCommand(id: string, end: string): Promise<Outcome> {
  if (end !== 'sent' && end !== 'again')
    throw new UsageError(`'${end}' is no end. Write sent (it arrived) or again (it did not: send it).`);
  return withStore(async (store) => {
    const found = end === 'sent' ? ({ state: 'sent' } as const) : ({ state: 'pending', forMs: AGAIN_MS } as const);
    if (await store.resolve(id, found, Date.now()))
      return {
        lines: [end === 'sent' ? `${id} is recorded as sent.` : `${id} will be sent again by the running bot, or by the next one.`],
      };
    throw new UsageError(`${id} is no delivery whose end is unknown: emcee deliveries --state unknown lists those.`);
  });
}

function shownAsJson({
  id,
  kind,
  post,
  channel,
  address,
  state,
  reason,
  platformId,
  receipt,
  counts,
  attempts,
  createdAt,
  changedAt,
  notBefore,
}: Delivery) {
  return {
    ...{ id, kind, post, channel, address, state, reason, platformId, receipt, counts, attempts },
    at: new Date(changedAt).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
    notBefore: new Date(notBefore).toISOString(),
  };
}

function line({ id, channel, address, state, reason, attempts, changedAt }: Delivery): string {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
  return `${new Date(changedAt).toISOString()}  ${state.padEnd(9)} ${channel ?? address}  ${id}${reason ? `  (${reason}${tries})` : ''}`;
}
