// An operation of the store is written once, as the statements it makes one after the other; each driver runs them its own way:
// SQLite in its thread, at once; PostgreSQL over a connection. Both do it in one transaction.

export type Value = string | number | null;
export type Row = Record<string, unknown>;

/** `?` stands for each value. */
export interface Statement {
  text: string;
  values: readonly Value[];
}

/** Yields a statement, gets its rows back. */
export type Operation<Result> = Generator<Statement, Result, Row[]>;

/** Where the two databases differ. */
export interface Dialect {
  /** Appended to a SELECT: locks the rows of these tables and leaves out what another replica has locked. */
  lockFree(tables: string): string;
}

/** The rows of one statement: `const rows = yield* sql('SELECT …', id)`. Statements that change something end with RETURNING. */
export function* sql(text: string, ...values: Value[]): Operation<Row[]> {
  return yield { text, values };
}

export function* first(text: string, ...values: Value[]): Operation<Row | undefined> {
  return (yield { text, values })[0];
}

/** How many rows a statement with RETURNING has changed. */
export function* changed(text: string, ...values: Value[]): Operation<number> {
  return (yield { text, values }).length;
}

/** `?, ?, ?` */
export const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/**
 * The values, the last one repeated up to a power of two: for lists in which a repeat changes nothing. Databases keep what they have
 * worked out for a statement, and so meet a dozen of them instead of one for every length.
 */
export function padded<Value>(values: readonly Value[]): Value[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, values.length)));
  return Array.from({ length: size }, (_, index) => values[Math.min(index, values.length - 1)] as Value);
}

export const json = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);
