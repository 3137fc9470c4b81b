import { Worker } from 'node:worker_threads';
import { type Store, StoreError } from '../port.js';
import type { Operations } from './operations.js';
import type { Call, Opened, Opening, Result } from './worker.js';

type Waiting = { resolve(value: never): void; reject(error: Error): void };

const OPERATIONS = [
  'accept',
  'memory',
  'say',
  'claim',
  'record',
  'expire',
  'pending',
  'deliveries',
  'addNotice',
  'untoldNotices',
  'tallies',
  'forget',
  'kvGet',
  'kvSet',
  'kvDelete',
  'kvClear',
] as const satisfies (keyof Operations)[];

/**
 * The embedded store: SQLite in one worker thread. Calls made in one turn of the event loop, or while a batch is being
 * committed, travel and commit together.
 * @param options.lock true for the bot: a second bot on the folder waits `lockWaitMs` and is then refused. Commands take no lock.
 * @throws StoreError when the folder cannot be used.
 */
export async function openSqlite(folder: string, options: { lock: boolean; lockWaitMs?: number }): Promise<Store> {
  const opening: Opening = { folder, lock: options.lock, lockWaitMs: options.lockWaitMs ?? 30_000 };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: opening });
  const waiting = new Map<number, Waiting>();
  let outgoing: Call[] = [];
  let underWay = false;
  let lastId = 0;
  let dead: StoreError | undefined;

  const flush = () => {
    if (underWay || outgoing.length === 0) return;
    const calls = outgoing;
    outgoing = [];
    underWay = true;
    try {
      worker.postMessage(calls);
    } catch {
      // One of them holds what no thread can be given (a function in an adapter's wire): it fails alone.
      worker.postMessage(calls.filter(travels));
    }
  };
  const travels = (call: Call) => {
    try {
      structuredClone(call);
      return true;
    } catch (error) {
      waiting.get(call.id)?.reject(new StoreError(`this cannot be stored: ${(error as Error).message}`));
      waiting.delete(call.id);
      return false;
    }
  };
  const fail = (error: StoreError) => {
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    outgoing = [];
  };
  const settle = (results: Result[]) => {
    underWay = false;
    flush();
    for (const result of results) {
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
    (name: keyof Operations) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        outgoing.push({ id: lastId, name, args });
        if (outgoing.length === 1) queueMicrotask(flush);
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
  return { ...Object.fromEntries(OPERATIONS.map((name) => [name, call(name)])), close } as unknown as Store;
}
