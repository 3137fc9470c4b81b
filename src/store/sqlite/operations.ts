// The store's operations in SQL: each runs inside the worker's transaction, synchronously.
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Acceptance, Accepted, Claim, Delivery, DeliveryState, NewDelivery, Notice, Outcome, Store, Tally } from '../port.js';

type Row = Record<string, unknown>;
/** Every operation of the port but `close`, with its promise taken off: the worker answers at once. */
export type Operations = { [Name in keyof Omit<Store, 'close'>]: (...args: Parameters<Store[Name]>) => Awaited<ReturnType<Store[Name]>> };

/** No more different questions are counted than this; the rarest unasked ones give way first. */
const MOST_TALLIES = 10_000;

export function operations(db: DatabaseSyncInstance): Operations {
  const prepared = new Map<string, StatementSyncInstance>();
  const sql = (text: string): StatementSyncInstance => {
    let statement = prepared.get(text);
    if (!statement) {
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  const changed = (text: string, ...values: (string | number | null)[]) => Number(sql(text).run(...values).changes);

  const insertDelivery = (delivery: NewDelivery, now: number) =>
    changed(
      `INSERT INTO delivery (id, kind, address, wire, in_reply_to, state, created_at, changed_at) VALUES (?, ?, ?, ?, ?, 'pending', ?, ?)
       ON CONFLICT DO NOTHING`,
      delivery.id,
      delivery.kind,
      delivery.address,
      JSON.stringify(delivery.wire),
      delivery.inReplyTo ?? null,
      now,
      now,
    );
  const markTold = (ids: readonly number[]) => {
    for (const id of ids) changed('UPDATE notice SET told = 1 WHERE id = ?', id);
  };

  return {
    accept(message: Acceptance): Accepted {
      const first = changed(
        'INSERT INTO inbox (key, address, received_at, reply) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        message.key,
        message.address,
        message.now,
        message.reply === undefined ? null : JSON.stringify(message.reply),
      );
      if (!first) {
        const row = sql('SELECT reply FROM inbox WHERE key = ?').get(message.key) as Row | undefined;
        return { first: false, reply: json(row?.reply) };
      }
      if (message.delivery) insertDelivery(message.delivery, message.now);
      if (message.memory === null) changed('DELETE FROM memory WHERE member = ?', message.member);
      else if (message.memory !== undefined)
        changed(
          `INSERT INTO memory (member, value, changed_at) VALUES (?, ?, ?)
           ON CONFLICT (member) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
          message.member,
          JSON.stringify(message.memory),
          message.now,
        );
      if (message.toldNotices) markTold(message.toldNotices);
      if (message.tally) count(message.tally.about, message.tally.what, message.now);
      return { first: true, reply: message.reply };
    },

    memory(member: string): unknown {
      return json((sql('SELECT value FROM memory WHERE member = ?').get(member) as Row | undefined)?.value);
    },

    say(delivery: NewDelivery, now: number, toldNotices: number[]): void {
      insertDelivery(delivery, now);
      markTold(toldNotices);
    },

    claim(id: string, owner: string, now: number, leaseMs: number): Claim | undefined {
      const row = sql(
        `UPDATE delivery SET state = 'sending', owner = ?, fence = fence + 1, lease_until = ?, attempts = attempts + 1, changed_at = ?
         WHERE id = ? AND state = 'pending' AND not_before <= ? RETURNING *`,
      ).get(owner, now + leaseMs, now, id, now) as Row | undefined;
      return row && { ...delivery(row), fence: Number(row.fence) };
    },

    record(id: string, fence: number, outcome: Outcome, now: number): boolean {
      const platformId = outcome.state === 'sent' ? (outcome.platformId ?? null) : null;
      const reason = outcome.state === 'sent' ? null : outcome.reason;
      const notBefore = outcome.state === 'pending' ? outcome.notBefore : 0;
      const ours = changed(
        `UPDATE delivery SET state = ?, reason = ?, platform_id = ?, not_before = ?, lease_until = NULL, changed_at = ?
         WHERE id = ? AND fence = ? AND state = 'sending'`,
        outcome.state,
        reason,
        platformId,
        notBefore,
        now,
        id,
        fence,
      );
      if (ours || outcome.state !== 'sent') return ours > 0;
      changed(
        `UPDATE delivery SET state = 'sent', reason = NULL, platform_id = ?, changed_at = ? WHERE id = ? AND state = 'unknown'`,
        platformId,
        now,
        id,
      );
      return false;
    },

    expire(now: number, limits: { replyMs: number; noticeMs: number }): { unknown: number; expired: number } {
      const unknown = changed(
        `UPDATE delivery SET state = 'unknown', reason = 'the process ended while sending', changed_at = ? WHERE state = 'sending' AND lease_until <= ?`,
        now,
        now,
      );
      const expired = changed(
        `UPDATE delivery SET state = 'refused', reason = 'expired', changed_at = ?
         WHERE state = 'pending' AND created_at <= CASE kind WHEN 'reply' THEN ? ELSE ? END`,
        now,
        now - limits.replyMs,
        now - limits.noticeMs,
      );
      return { unknown, expired };
    },

    pending(instances: readonly string[], limit: number): Delivery[] {
      const rows = sql(
        `SELECT * FROM delivery WHERE state = 'pending' AND substr(address, 1, instr(address, ':') - 1) IN (SELECT value FROM json_each(?))
         ORDER BY created_at, rowid LIMIT ?`,
      ).all(JSON.stringify(instances), limit) as Row[];
      return rows.map(delivery);
    },

    deliveries(filter: { state?: DeliveryState; limit: number }): Delivery[] {
      const rows = sql('SELECT * FROM delivery WHERE ?1 IS NULL OR state = ?1 ORDER BY created_at, rowid LIMIT ?2').all(
        filter.state ?? null,
        filter.limit,
      );
      return (rows as Row[]).map(delivery);
    },

    addNotice(text: Notice['text'], now: number): void {
      changed('INSERT INTO notice (text, created_at) VALUES (?, ?)', JSON.stringify(text), now);
    },

    untoldNotices(limit: number): Notice[] {
      const rows = sql('SELECT * FROM notice WHERE told = 0 ORDER BY id LIMIT ?').all(limit) as Row[];
      return rows.map((row) => ({ id: Number(row.id), text: json(row.text) as Notice['text'], createdAt: Number(row.created_at) }));
    },

    tallies(about: string, limit: number): Tally[] {
      const rows = sql('SELECT * FROM tally WHERE about = ? ORDER BY count DESC, last_at DESC LIMIT ?').all(about, limit) as Row[];
      return rows.map((row) => ({ about, what: String(row.what), count: Number(row.count), lastAt: Number(row.last_at) }));
    },

    forget(before: { inbox: number; deliveries: number; memory: number }): void {
      changed('DELETE FROM inbox WHERE received_at < ?', before.inbox);
      changed(`DELETE FROM delivery WHERE state IN ('sent', 'refused', 'cancelled') AND changed_at < ?`, before.deliveries);
      changed('DELETE FROM memory WHERE changed_at < ?', before.memory);
      changed('DELETE FROM kv WHERE expires_at IS NOT NULL AND expires_at < ?', before.memory);
      changed('DELETE FROM notice WHERE told = 1 AND created_at < ?', before.deliveries);
    },

    kvGet(key: string, now: number): string | undefined {
      const row = sql('SELECT value FROM kv WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)').get(key, now) as Row | undefined;
      return row && String(row.value);
    },

    kvSet(key: string, value: string, expiresAt: number | null): void {
      changed(
        `INSERT INTO kv (key, value, expires_at) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`,
        key,
        value,
        expiresAt,
      );
    },

    kvDelete(key: string): boolean {
      return changed('DELETE FROM kv WHERE key = ?', key) > 0;
    },

    kvClear(prefix: string): void {
      changed('DELETE FROM kv WHERE substr(key, 1, length(?1)) = ?1', prefix);
    },
  };

  function count(about: string, what: string, now: number): void {
    changed(
      `INSERT INTO tally (about, what, count, last_at) VALUES (?, ?, 1, ?)
       ON CONFLICT (about, what) DO UPDATE SET count = count + 1, last_at = excluded.last_at`,
      about,
      what,
      now,
    );
    const rows = Number((sql('SELECT count(*) AS n FROM tally').get() as Row).n);
    if (rows > MOST_TALLIES)
      changed('DELETE FROM tally WHERE (about, what) IN (SELECT about, what FROM tally ORDER BY count, last_at LIMIT 100)');
  }
}

function delivery(row: Row): Delivery {
  return {
    id: String(row.id),
    kind: row.kind as Delivery['kind'],
    address: String(row.address),
    wire: json(row.wire),
    ...(row.in_reply_to === null ? {} : { inReplyTo: String(row.in_reply_to) }),
    state: row.state as DeliveryState,
    reason: row.reason === null ? null : String(row.reason),
    platformId: row.platform_id === null ? null : String(row.platform_id),
    attempts: Number(row.attempts),
    createdAt: Number(row.created_at),
    notBefore: Number(row.not_before),
  };
}

const json = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);
