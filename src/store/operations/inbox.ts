// What came in: each message once, with its reply, the intent to send it and the member's memory.
import type { Acceptance, Accepted } from '../port.js';
import { changed, first, json, type Operation, sql } from '../statement.js';
import { claimReply } from './claim.js';
import { insertDelivery } from './enqueue.js';
import { refreshLanes } from './lanes.js';
import { count, markTold } from './notices.js';
import { instanceOf } from './rows.js';

export function* accept(message: Acceptance): Operation<Accepted> {
  const { key, address, member, now, reply, delivery, memory, toldNotices, tally } = message;
  const isFirst = yield* changed(
    'INSERT INTO inbox (key, address, received_at, reply) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1',
    key,
    address,
    now,
    reply === undefined ? null : JSON.stringify(reply),
  );
  if (!isFirst) {
    const row = yield* first('SELECT reply FROM inbox WHERE key = ?', key);
    const kept = json(row?.reply);
    return { first: false, ...(kept !== undefined && { reply: kept }) };
  }
  if (message.opensWindow) yield* hear(address, now);
  const isNew = delivery !== undefined && (yield* insertDelivery(delivery, now));
  const fence = isNew && message.claim ? yield* claimReply(delivery, message.claim, now) : undefined;
  if (memory === null) yield* sql('DELETE FROM memory WHERE member = ?', member);
  else if (memory !== undefined)
    yield* sql(
      `INSERT INTO memory (member, value, changed_at) VALUES (?, ?, ?)
       ON CONFLICT (member) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
      member,
      JSON.stringify(memory),
      now,
    );
  if (toldNotices) yield* markTold(toldNotices);
  if (tally) yield* count(tally.about, tally.what, now);
  return { first: true, ...(fence !== undefined && { fence }) };
}

/** The member has written: the platform lets the bot answer for a while, and what waited for that may go. */
function* hear(address: string, now: number): Operation<void> {
  yield* sql(
    'INSERT INTO lane (address, instance, heard_at) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET heard_at = excluded.heard_at',
    ...[address, instanceOf(address), now],
  );
  const released = yield* changed(
    `UPDATE delivery SET state = 'pending', reason = NULL, not_before = ?, changed_at = ? WHERE address = ? AND state = 'held' RETURNING 1`,
    ...[now, now, address],
  );
  if (released > 0) yield* refreshLanes([address]);
}

export function* memory(member: string): Operation<unknown> {
  return json((yield* first('SELECT value FROM memory WHERE member = ?', member))?.value);
}
