import type { Store } from '../../src/store/port.js';

export interface Case {
  name: string;
  run(): Promise<void>;
}

/** A list of cases, and how one is added: each gets a store of its own. */
export function storeCases(open: () => Promise<Store>): { cases: Case[]; add(name: string, body: (store: Store) => Promise<void>): void } {
  const cases: Case[] = [];
  const add = (name: string, body: (store: Store) => Promise<void>) => {
    cases.push({
      name,
      run: async () => {
        const store = await open();
        try {
          await body(store);
        } finally {
          await store.close();
        }
      },
    });
  };
  return { cases, add };
}
