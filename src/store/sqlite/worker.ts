// The one thread that touches the file. Calls that arrive together are committed together: one commit a batch, a savepoint a call.
import { parentPort, workerData } from 'node:worker_threads';
import { type OperationName, operations } from '../operations/index.js';
import type { Operation, Row, Statement } from '../statement.js';
import { openDatabase, openLock } from './database.js';
import { mustOutlivePowerCut, WriteAheadLog } from './power.js';

export interface Call {
  id: number;
  name: OperationName;
  args: unknown[];
}
/** In answer to a list of calls, each as JSON: threads hand a text over several times faster than an object. */
export type Result = { id: number; value: unknown } | { id: number; error: string };
export type Opened = { opened: true } | { opened: false; reason: string };
export type Opening = { folder: string; lock: boolean; lockWaitMs: number };

if (!parentPort) throw new Error('worker.js runs as a worker thread only');
const port = parentPort;
const { folder, lock, lockWaitMs } = workerData as Opening;
// One process writes: nothing has to be locked row by row.
const run = operations({ lockFree: () => '' }) as unknown as Record<string, (...args: unknown[]) => Operation<unknown>>;

let held: ReturnType<typeof openLock> | undefined;
let db: ReturnType<typeof openDatabase>;
let wal: WriteAheadLog;
/** Reading a statement anew takes longer than doing what it says. */
const prepared = new Map<string, ReturnType<typeof db.prepare>>();
const MOST_PREPARED = 200;

try {
  if (lock) held = openLock(folder, lockWaitMs);
  db = openDatabase(folder);
  wal = new WriteAheadLog(folder);
  port.on('message', (calls: string[] | 'close') =>
    calls === 'close' ? close() : port.postMessage(JSON.stringify(batch(calls.map(read)))),
  );
  port.postMessage({ opened: true } satisfies Opened);
} catch (error) {
  held?.close();
  port.postMessage({ opened: false, reason: sentence(error) } satisfies Opened);
}

const read = (text: string) => JSON.parse(text) as Call;

function batch(calls: Call[]): Result[] {
  try {
    statement('BEGIN IMMEDIATE').run();
    const results = calls.map(one);
    statement('COMMIT').run();
    if (calls.some((call, index) => mustOutlivePowerCut(call, results[index]))) wal.sync();
    return results;
  } catch (error) {
    try {
      statement('ROLLBACK').run();
    } catch {
      // SQLite has rolled back already (a full disk does that): nothing of the batch was kept.
    }
    const message = sentence(error);
    return calls.map(({ id }) => ({ id, error: message }));
  }
}

function one({ id, name, args }: Call): Result {
  statement('SAVEPOINT one').run();
  try {
    const value = outcome(run[name]?.(...args) as Operation<unknown>);
    statement('RELEASE one').run();
    return { id, value };
  } catch (error) {
    statement('ROLLBACK TO one').run();
    statement('RELEASE one').run();
    return { id, error: sentence(error) };
  }
}

function outcome(operation: Operation<unknown>): unknown {
  let step = operation.next();
  while (!step.done) step = operation.next(rowsOf(step.value));
  return step.value;
}

function rowsOf({ text, values }: Statement): Row[] {
  return statement(text).all(...values) as Row[];
}

function statement(text: string): ReturnType<typeof db.prepare> {
  let ready = prepared.get(text);
  if (!ready) {
    ready = db.prepare(text);
    // Statements about many rows differ by their number of rows; those are not worth keeping for ever.
    if (prepared.size >= MOST_PREPARED) prepared.clear();
    prepared.set(text, ready);
  }
  return ready;
}

function close(): void {
  wal.close();
  db.close();
  held?.close();
  port.close();
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
