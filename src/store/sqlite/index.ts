import { Worker } from 'node:worker_threads';
import { OPERATION_NAMES, type OperationName } from '../operations/index.js';
import { type Store, StoreError } from '../port.js';
import type { Call, Opened, Opening, Result } from './worker.js';

type Waiting = { resolve(value: never): void; reject(error: Error): void };

/** Waking the thread and committing cost more than a call: where several callers are at it, calls gather for a moment. */
const BUSY_MS = 3;
const GATHER_MS = 1;

/**
 * The embedded store: SQLite in one worker thread. Calls made in one turn of the event loop, while a batch is being committed,
 * or within a millisecond where there are several callers, travel and commit together. A lone caller's calls go at once.
 * @param options.lock true for the bot: a second bot on the folder waits `lockWaitMs` and is then refused. Commands take no lock.
 * @throws StoreError when the folder cannot be used.
 */
export async function openSqlite(folder: string, options: { lock: boolean; lockWaitMs?: number }): Promise<Store> {
  const opening: Opening = { folder, lock: options.lock, lockWaitMs: options.lockWaitMs ?? 30_000 };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: opening });
  const waiting = new Map<number, Waiting>();
  let outgoing: string[] = [];
  let underWay = false;
  let planned = false;
  let busyUntil = 0;
  let lastId = 0;
  let dead: StoreError | undefined;

  const flush = () => {
    planned = false;
    const calls = outgoing;
    outgoing = [];
    underWay = true;
    busyUntil = calls.length > 1 ? performance.now() + BUSY_MS : 0;
    worker.postMessage(calls);
  };
  const plan = () => {
    if (planned || underWay || outgoing.length === 0) return;
    planned = true;
    if (performance.now() < busyUntil) setTimeout(flush, GATHER_MS);
    else setImmediate(flush);
  };
  const fail = (error: StoreError) => {
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    outgoing = [];
  };
  const settle = (results: string) => {
    underWay = false;
    plan();
    for (const result of JSON.parse(results) as Result[]) {
      const call = waiting.get(result.id);
      waiting.delete(result.id);
      if ('error' in result) call?.reject(new StoreError(`the store refused: ${result.error}`));
      else call?.resolve(result.value as never);
    }
  };

  await new Promise<void>((resolve, reject) => {
    worker.once('message', (answer: Opened) => (answer.opened ? resolve() : reject(new StoreError(answer.reason))));
    worker.once('error', (error) => reject(new StoreError(`the store's thread ended: ${(error as Error).message}`)));
  });
  worker.on('message', settle);
  worker.on('error', (error) => fail(new StoreError(`the store's thread ended: ${(error as Error).message}`)));
  worker.on('exit', () => fail(new StoreError('the store is closed')));

  const call =
    (name: OperationName) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        lastId += 1;
        try {
          outgoing.push(JSON.stringify({ id: lastId, name, args } satisfies Call));
        } catch (error) {
          // What an adapter made holds something that is no JSON: it fails alone.
          return reject(new StoreError(`this cannot be stored: ${(error as Error).message}`));
        }
        waiting.set(lastId, { resolve, reject });
        plan();
      });

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      while (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      if (dead) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await ended;
    })();
    return closing;
  };
  return { ...Object.fromEntries(OPERATION_NAMES.map((name) => [name, call(name)])), close, alone: options.lock } as unknown as Store;
}
