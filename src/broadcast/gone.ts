// Channels that were there when a broadcast was confirmed and have left emcee.yaml since.
import type { Community } from '../content/catalog.js';
import type { DeliveryState, Store } from '../store/port.js';
import { ADDRESS } from './reach.js';

const PAGE = 1_000;

export interface Gone {
  channel: string;
  address: string;
}

/** Of the deliveries in this state. */
export async function gone(
  post: string,
  state: DeliveryState,
  store: Pick<Store, 'deliveries'>,
  { channels }: Pick<Community, 'channels'>,
): Promise<Gone[]> {
  const addresses = new Set(channels.map(({ address }) => address));
  // What is known by a platform's name only may not have been found yet by this process: its name says that it is there.
  const names = new Set(channels.filter(({ address }) => !ADDRESS.test(address)).map(({ name }) => name));
  const found: Gone[] = [];
  for (let after: number | undefined; ; ) {
    const rows = await store.deliveries({ post, state, limit: PAGE, ...(after !== undefined && { after }) });
    for (const { channel, address } of rows)
      if (!addresses.has(address) && !names.has(channel ?? '')) found.push({ channel: channel ?? address, address });
    after = rows.at(-1)?.place;
    if (rows.length < PAGE) return found;
  }
}
