// The one thread that touches the file. Calls that arrive together are committed together: one commit a batch, a savepoint a call.
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase, openLock } from './database.js';
import { type Operations, operations } from './operations.js';

export interface Call {
  id: number;
  name: keyof Operations;
  args: unknown[];
}
export type Result = { id: number; value: unknown } | { id: number; error: string };
export type Opened = { opened: true } | { opened: false; reason: string };
export type Opening = { folder: string; lock: boolean; lockWaitMs: number };

if (!parentPort) throw new Error('worker.js runs as a worker thread only');
const port = parentPort;
const { folder, lock, lockWaitMs } = workerData as Opening;

let held: ReturnType<typeof openLock> | undefined;
let db: ReturnType<typeof openDatabase>;
let run: Record<string, (...args: unknown[]) => unknown>;
try {
  if (lock) held = openLock(folder, lockWaitMs);
  db = openDatabase(folder);
  run = operations(db) as typeof run;
  port.on('message', (calls: Call[] | 'close') => (calls === 'close' ? close() : port.postMessage(batch(calls))));
  port.postMessage({ opened: true } satisfies Opened);
} catch (error) {
  held?.close();
  port.postMessage({ opened: false, reason: sentence(error) } satisfies Opened);
}

function close(): void {
  db.close();
  held?.close();
  port.close();
}

function batch(calls: Call[]): Result[] {
  try {
    db.exec('BEGIN IMMEDIATE');
    const results = calls.map(one);
    db.exec('COMMIT');
    return results;
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back already (a full disk does that): nothing of the batch was kept.
    }
    const message = sentence(error);
    return calls.map(({ id }) => ({ id, error: message }));
  }
}

function one({ id, name, args }: Call): Result {
  db.exec('SAVEPOINT one');
  try {
    const value = run[name]?.(...args);
    db.exec('RELEASE one');
    return { id, value };
  } catch (error) {
    db.exec('ROLLBACK TO one; RELEASE one');
    return { id, error: sentence(error) };
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
