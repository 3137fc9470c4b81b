import type { Operation, Row, Value } from '../statement.js';

/** What speaks PostgreSQL. */
export interface Connection {
  query(text: string, values: readonly Value[]): Promise<Row[]>;
  /** Several statements without values. */
  exec(text: string): Promise<void>;
  /** Runs `BEGIN` and returns its `now`: one round trip. */
  begin(): Promise<number>;
}

/** One operation in one transaction; it is told what time it is by the database's clock. */
export async function runIn<Result>(connection: Connection, start: (now: number) => Operation<Result>): Promise<Result> {
  const operation = start(await connection.begin());
  try {
    let step = operation.next();
    while (!step.done) step = operation.next(await connection.query(numbered(step.value.text), step.value.values));
    await connection.exec('COMMIT');
    return step.value;
  } catch (error) {
    await connection.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Begins a transaction; its one row says what time it is by the database's clock, in milliseconds since 1970. */
export const BEGIN = 'BEGIN; SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now';

const texts = new Map<string, string>();

/** `?` → `$1`, `$2`, …; no text of ours holds a question mark of its own. */
function numbered(text: string): string {
  let ready = texts.get(text);
  if (ready === undefined) {
    let count = 0;
    ready = text.replace(/\?/g, () => {
      count += 1;
      return `$${count}`;
    });
    if (texts.size > 500) texts.clear();
    texts.set(text, ready);
  }
  return ready;
}
