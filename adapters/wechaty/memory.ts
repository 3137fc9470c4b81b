// Wechaty's memory card (what a puppet needs to go on without a new scan) in emcee's store instead of a file in the working folder.
import type { Sessions } from '../../src/adapter.js';
import type { MemoryCard } from './sdk.js';

const KEY = 'memory';

export interface Memory {
  card: MemoryCard;
  /** From now on the store keeps what it has: some puppets forget the login while they are stopped. */
  freeze(): void;
}

/** Loaded, as a puppet wants to find it. */
export async function memoryOver(sessions: Sessions, Card: new () => MemoryCard): Promise<Memory> {
  const card = new Card();
  let isFrozen = false;
  card.storage = {
    load: async () => (await sessions.get<object>(KEY)) ?? {},
    save: async (payload) => {
      if (!isFrozen) await sessions.set(KEY, structuredClone(payload));
    },
    destroy: async () => {
      if (!isFrozen) await sessions.delete(KEY);
    },
  };
  await card.load();
  return {
    card,
    freeze: () => {
      isFrozen = true;
    },
  };
}
