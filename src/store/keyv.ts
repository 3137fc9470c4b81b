import { EventEmitter } from 'node:events';
import Keyv, { type KeyvStoreAdapter } from 'keyv';
import type { Store } from './port.js';

/**
 * keyv's face over our store, for sessions and preferences. Never for dedupe, claims or limits: keyv has no
 * "set if absent", so two replicas that get and then set would both win.
 */
export function keyvOver(store: Store, namespace: string, now: () => number = Date.now): Keyv {
  return new Keyv({ store: new StoreAdapter(store, namespace, now), namespace, useKeyPrefix: false });
}

class StoreAdapter extends EventEmitter implements KeyvStoreAdapter {
  opts = {};
  namespace?: string | undefined;
  readonly #store: Store;
  readonly #now: () => number;

  constructor(store: Store, namespace: string, now: () => number) {
    super();
    this.#store = store;
    this.#now = now;
    this.namespace = namespace;
  }

  get<Value>(key: string): Promise<Value | undefined> {
    return this.#store.kvGet(this.#key(key), this.#now()) as Promise<Value | undefined>;
  }

  async set(key: string, value: unknown, ttl?: number): Promise<void> {
    await this.#store.kvSet(this.#key(key), String(value), ttl ? this.#now() + ttl : null);
  }

  delete(key: string): Promise<boolean> {
    return this.#store.kvDelete(this.#key(key));
  }

  clear(): Promise<void> {
    return this.#store.kvClear(this.#key(''));
  }

  #key(key: string): string {
    return `${this.namespace}:${key}`;
  }
}
