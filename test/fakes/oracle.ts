// Compares what the platform accepted with what the bot recorded. Every sentence that comes back names a promise that was broken.
import type { ChatPost, ChatViolation } from './chat-server.mjs';
import { groupBy } from './group-by.js';

/** One delivery as the bot recorded it. */
export interface Row {
  id: string;
  /** Undefined or null: not part of a post to many (a reply). */
  post?: string | null;
  channel?: string | null;
  address: string;
  state: string;
  reason: string | null;
  platformId: string | null;
  attempts: number;
  /** When it was made: the order within an address, unless there is a `seq`. */
  at: number;
  seq?: number;
}

export interface Evidence {
  posts: readonly ChatPost[];
  violations: readonly ChatViolation[];
  rows: readonly Row[];
  /** Where each post had to go. */
  expected: readonly { post: string; channel: string }[];
  /** Answers that left the sender in doubt (the platform counts them), and sends under way when the bot was killed. Without both: no bound. */
  ambiguous?: number;
  killedInFlight?: number;
  /** Instants by post: nothing goes out before, nor later than two seconds after. */
  confirmed?: ReadonlyMap<string, number>;
  stopped?: ReadonlyMap<string, number>;
  /** acceptance: as members saw them. Default: as requests came, for what a platform keeps back no sender can order. */
  orderBy?: 'arrival' | 'acceptance';
}

const FINAL = new Set(['sent', 'refused', 'unknown', 'cancelled', 'missed']);
const STOP_GRACE_MS = 2_000;

export function checkInvariants(evidence: Evidence): string[] {
  const byKey = groupBy(evidence.posts, ({ key }) => key);
  const byId = new Map(evidence.rows.map((row) => [row.id, row]));
  return [
    ...twice(evidence, byKey, byId),
    ...records(evidence, byKey),
    ...bound(evidence),
    ...order(evidence, byId),
    ...noticed(evidence),
    ...instants(evidence, byId),
    ...missing(evidence),
  ];
}

type ByKey = ReadonlyMap<string | undefined, ChatPost[]>;
type ById = ReadonlyMap<string, Row>;
const idsOf = (posts: readonly ChatPost[]) => posts.map(({ id }) => id).join(', ');
const pairOf = ({ post, channel }: Pick<Row, 'post' | 'channel'>) => `(${post}, ${channel})`;

function* twice({ posts }: Evidence, byKey: ByKey, byId: ById): Generator<string> {
  for (const [key, made] of byKey) {
    if (key === undefined) yield `I1: ${idsOf(made)} came without a key, so that nobody can tell them apart.`;
    else if (made.length > 1) yield `I1: ${key} was accepted ${made.length} times, as ${idsOf(made)}.`;
    if (key !== undefined && !byId.has(key)) yield `I4: ${idsOf(made)} was accepted for ${key}, which has no row.`;
  }
  const pairs = groupBy(posts, ({ key }) => {
    const row = byId.get(key ?? '');
    return row?.post != null ? pairOf(row) : undefined;
  });
  for (const [pair, made] of pairs) {
    const keys = new Set(made.map(({ key }) => key));
    if (pair && keys.size > 1) yield `I1: ${pair} was accepted for ${[...keys].join(' and ')}, as ${idsOf(made)}.`;
  }
}

function* records({ rows }: Evidence, byKey: ByKey): Generator<string> {
  for (const { id, state, reason, address, platformId } of rows) {
    if (!FINAL.has(state)) yield `I2: ${id} is ${state} (${reason ?? 'no reason'}), which is not final.`;
    const made = byKey.get(id) ?? [];
    if (state === 'sent' && made.length === 0) yield `I3: ${id} is recorded as sent, and the platform never accepted it.`;
    if (state === 'sent' && platformId !== null && made.length > 0 && !made.some((post) => post.id === platformId))
      yield `I3: ${id} is recorded as ${platformId}, and the platform accepted it as ${idsOf(made)}.`;
    for (const post of made)
      if (address.slice(address.indexOf(':') + 1) !== post.target)
        yield `I3: ${id} is for ${address}, and ${post.id} went to ${post.target}.`;
    if (made.length > 0 && state !== 'sent' && state !== 'unknown')
      yield `I4: ${id} was accepted as ${idsOf(made)}, and is recorded as ${state} (${reason ?? 'no reason'}).`;
  }
}

function* bound({ rows, ambiguous, killedInFlight }: Evidence): Generator<string> {
  if (ambiguous === undefined && killedInFlight === undefined) return;
  const most = (ambiguous ?? 0) + (killedInFlight ?? 0);
  const unknown = rows.filter(({ state }) => state === 'unknown').map(({ id }) => id);
  if (unknown.length <= most) return;
  const some = unknown.slice(0, 10).join(', ');
  yield `I5: ${unknown.length} rows are unknown and ${most} may be: ${some}${unknown.length > 10 ? ', …' : ''}.`;
}

function* order({ posts, orderBy = 'arrival' }: Evidence, byId: ById): Generator<string> {
  const placed = orderBy === 'arrival' ? posts.toSorted((a, b) => a.arrival - b.arrival) : posts;
  const last = new Map<string, Row>();
  for (const { key, target } of placed) {
    const row = byId.get(key ?? '');
    if (!row) continue;
    const before = last.get(target);
    if (before && (row.seq ?? row.at) < (before.seq ?? before.at))
      yield `I6: ${row.id} came to ${target} after ${before.id}, and was made before it.`;
    else last.set(target, row);
  }
}

/** What the platform saw for itself. That two posts to one target overlapped is no broken promise as long as their order holds. */
function* noticed({ violations }: Evidence): Generator<string> {
  for (const { kind, key, target, at, why } of violations) {
    if (kind === 'rate') yield `I7: ${key} to ${target} at ${at} ${why}.`;
    if (kind === 'order') yield `I6: ${key} at ${at}: ${why}.`;
  }
}

function* instants({ posts, confirmed, stopped }: Evidence, byId: ById): Generator<string> {
  for (const { id, key, arrivedAt } of posts) {
    const post = byId.get(key ?? '')?.post;
    if (post == null) continue;
    const from = confirmed?.get(post) ?? Number.NEGATIVE_INFINITY;
    const to = (stopped?.get(post) ?? Number.POSITIVE_INFINITY) + STOP_GRACE_MS;
    if (arrivedAt < from) yield `I8: ${key} (${id}) came ${from - arrivedAt} ms before ${post} was confirmed.`;
    if (arrivedAt > to) yield `I8: ${key} (${id}) came ${arrivedAt - to + STOP_GRACE_MS} ms after ${post} was stopped.`;
  }
}

function* missing({ rows, expected }: Evidence): Generator<string> {
  const ids = groupBy(rows, ({ id }) => id);
  for (const [id, same] of ids) if (same.length > 1) yield `I1: ${same.length} rows are called ${id}.`;
  const wanted = new Set(expected.map(pairOf));
  const there = groupBy(
    rows.filter(({ post }) => post != null),
    pairOf,
  );
  for (const pair of wanted) if (!there.has(pair)) yield `Rows: ${pair} was expected and has none.`;
  for (const [pair, made] of there) {
    const names = made.map(({ id }) => id).join(', ');
    if (!wanted.has(pair)) yield `Rows: ${names} is for ${pair}, which nobody asked for.`;
    if (made.length > 1) yield `Rows: ${pair} has ${made.length}: ${names}.`;
  }
}
