// Wechaty's memory card (what a puppet needs to go on without a new scan) in emcee's store instead of a file in the working folder.
import type { Sessions } from '../../src/adapter.js';
import type { MemoryCard } from './sdk.js';

const KEY = 'memory';

/** Loaded, as a puppet wants to find it. */
export async function memoryOver(sessions: Sessions, Card: new () => MemoryCard): Promise<MemoryCard> {
  const card = new Card();
  card.storage = {
    load: async () => (await sessions.get<object>(KEY)) ?? {},
    save: async (payload) => void (await sessions.set(KEY, payload)),
    destroy: async () => void (await sessions.delete(KEY)),
  };
  await card.load();
  return card;
}
