// The real operations on a database in memory, run at once; and what has to hold between any two of them.
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { MIGRATIONS } from '../../src/store/migrations/index.js';
import { operations } from '../../src/store/operations/index.js';
import type { Operation, Row, Value } from '../../src/store/statement.js';

type Written = ReturnType<typeof operations>;
export type Operations = {
  [Name in keyof Written]: (
    ...args: Parameters<Written[Name]>
  ) => ReturnType<Written[Name]> extends Operation<infer Result> ? Result : never;
};

/** A fault put into the statements on purpose: the text and what it becomes. */
export type Planted = readonly [from: string, to: string];

export interface Delivery {
  id: string;
  address: string;
  state: string;
  fence: number;
  seq: number;
  priority: number;
  not_before: number;
  expires_at: number;
}
export interface Lane {
  address: string;
  sending: string | null;
  ready_at: number | null;
}
export type Picture = ReadonlyMap<string, Delivery>;

export class ModelStore {
  readonly #db = new DatabaseSync(':memory:');
  readonly #prepared = new Map<string, ReturnType<DatabaseSyncInstance['prepare']>>();
  readonly #deliveries;
  readonly #lanes;
  readonly #changes;
  readonly #begin;
  readonly #rollback;
  readonly run: Operations;
  /** The planted fault has been met: otherwise it is a fault no more. */
  planted = false;

  constructor(fault?: Planted) {
    this.#db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
    for (const { sqlite } of MIGRATIONS) this.#db.exec(sqlite);
    this.#deliveries = this.#db.prepare('SELECT id, address, state, fence, seq, priority, not_before, expires_at FROM delivery');
    this.#deliveries.setReturnArrays(true);
    this.#lanes = this.#db.prepare("SELECT address, sending, ready_at FROM lane WHERE instr(address, ':') > 0");
    this.#changes = this.#db.prepare('SELECT total_changes() AS n');
    this.#begin = this.#db.prepare('BEGIN');
    this.#rollback = this.#db.prepare('ROLLBACK');
    const written = operations({ lockFree: () => '' });
    const runs = Object.entries(written).map(([name, operation]) => [
      name,
      (...args: unknown[]) => this.#outcome((operation as (...args: unknown[]) => Operation<unknown>)(...args), fault),
    ]);
    this.run = Object.fromEntries(runs) as Operations;
  }

  /** Whatever the schedule does is gone afterwards: cheaper than deleting it. */
  schedule<Result>(play: () => Result): Result {
    this.#begin.run();
    try {
      return play();
    } finally {
      this.#rollback.run();
    }
  }

  deliveries(): Picture {
    const rows = this.#deliveries.all() as unknown as [string, string, string, number, number, number, number, number][];
    const picture = new Map<string, Delivery>();
    for (const [id, address, state, fence, seq, priority, not_before, expires_at] of rows)
      picture.set(id, { id, address, state, fence, seq, priority, not_before, expires_at });
    return picture;
  }

  /** Grows with every row that is changed. */
  changes(): number {
    return (this.#changes.get() as unknown as { n: number }).n;
  }

  lanes(): Lane[] {
    return this.#lanes.all() as unknown as Lane[];
  }

  close(): void {
    this.#db.close();
  }

  #outcome(operation: Operation<unknown>, fault: Planted | undefined): unknown {
    let step = operation.next();
    while (!step.done) step = operation.next(this.#rows(step.value.text, step.value.values, fault));
    return step.value;
  }

  #rows(text: string, values: readonly Value[], fault: Planted | undefined): Row[] {
    let statement = this.#prepared.get(text);
    if (!statement) {
      const changed = fault ? text.replace(...fault) : text;
      if (changed !== text) this.planted = true;
      // SQLite compiles a statement anew whenever the value of a bare `LIMIT ?` is bound: most of the time would go there.
      statement = this.#db.prepare(changed.replaceAll('LIMIT ?', 'LIMIT 0 + ?'));
      this.#prepared.set(text, statement);
    }
    return statement.all(...values) as Row[];
  }
}

/** Returns what is wrong with the rows, if anything. */
export function wrongWith(before: Picture, after: Picture, lanes: readonly Lane[]): string | undefined {
  const sending = new Map<string, string>();
  const laneOf = new Map(lanes.map((lane) => [lane.address, lane]));
  for (const row of after.values()) {
    if (row.fence < (before.get(row.id)?.fence ?? 0)) return `the fence of ${row.id} has decreased`;
    const lane = laneOf.get(row.address);
    if (row.state === 'pending' && (lane?.ready_at ?? null) === null) return `${row.id} is pending and its lane knows nothing of it`;
    if (row.state !== 'sending') continue;
    const other = sending.get(row.address);
    if (other) return `${row.id} and ${other} are under way to ${row.address} at once`;
    sending.set(row.address, row.id);
    if (lane?.sending !== row.id) return `${row.id} is under way, its lane says ${lane?.sending}`;
  }
  for (const { address, sending: id } of lanes)
    if (id !== null && sending.get(address) !== id) return `lane ${address} waits for ${id}, which is not under way`;
  return undefined;
}

/** The same numbers for the same seed. */
export function random(seed: number): () => number {
  let a = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
