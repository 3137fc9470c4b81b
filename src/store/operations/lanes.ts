// One lane an address: at most one delivery under way, and since when the next may go. A lane knows its own next instant, so that
// a claim looks at lanes that are ready and at nothing else, however many deliveries there are.
import { marks, type Operation, padded, sql } from '../statement.js';
import { instanceOf } from './rows.js';

/** A statement takes 32,766 values in SQLite; a post may have more targets. */
const MOST_AT_ONCE = 1_024;

/** A delivery has been added: the lane is ready no later than that. */
export function* joinLane(address: string, priority: number, notBefore: number): Operation<void> {
  yield* joinLanes(new Map([[address, notBefore]]), priority);
}

/** The same for several: address → when. */
export function* joinLanes(lanes: ReadonlyMap<string, number>, priority: number): Operation<void> {
  if (lanes.size === 0) return;
  // In one order, whoever does it: two that hold what the other wants next would wait for ever.
  const sorted = [...lanes].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let from = 0; from < sorted.length; from += MOST_AT_ONCE) yield* join(sorted.slice(from, from + MOST_AT_ONCE), priority);
}

function* join(listed: readonly (readonly [address: string, at: number])[], priority: number): Operation<void> {
  yield* sql(
    `INSERT INTO lane (address, instance, rank, ready_at) VALUES ${listed.map(() => '(?, ?, ?, ?)').join(', ')}
     ON CONFLICT (address) DO UPDATE SET
       rank = CASE WHEN lane.rank <= excluded.rank THEN lane.rank ELSE excluded.rank END,
       ready_at = CASE WHEN lane.ready_at <= excluded.ready_at THEN lane.ready_at
                       WHEN excluded.ready_at > lane.free_at THEN excluded.ready_at ELSE lane.free_at END`,
    ...listed.flatMap(([address, notBefore]) => [address, instanceOf(address), priority, notBefore]),
  );
}

/** Deliveries have left these lanes, or come back: works out anew who is next, and when. Gives address → when, where something waits. */
export function* refreshLanes(addresses: readonly string[], areHeld = false): Operation<Map<string, number>> {
  if (addresses.length === 0) return new Map();
  const listed = padded(addresses.slice(0, MOST_AT_ONCE));
  // Held first: PostgreSQL would work out what comes next from what it saw before it waited for somebody who just added a delivery.
  if (!areHeld) yield* sql(`UPDATE lane SET free_at = free_at WHERE address IN (${marks(listed)})`, ...listed);
  const waiting = `FROM delivery d WHERE d.address = lane.address AND d.state = 'pending'`;
  const rows = yield* sql(
    `UPDATE lane SET
       rank = (SELECT d.priority ${waiting} ORDER BY d.priority, d.seq LIMIT 1),
       ready_at = (SELECT CASE WHEN d.not_before > lane.free_at THEN d.not_before ELSE lane.free_at END ${waiting} ORDER BY d.not_before LIMIT 1)
     WHERE address IN (${marks(listed)}) RETURNING address, ready_at`,
    ...listed,
  );
  const ready = rows
    .filter(({ ready_at }) => ready_at !== null)
    .map(({ address, ready_at }) => [String(address), Number(ready_at)] as const);
  return new Map([...ready, ...(yield* refreshLanes(addresses.slice(MOST_AT_ONCE), areHeld))]);
}
