// What the schedule keeps: events as they were first met, what was told about them, who wants to be reminded.
import type { KnownEvent, Subscription, Told } from '../port.js';
import { changed, json, marks, type Operation, padded, type Row, sql } from '../statement.js';

const MOST_AT_ONCE = 512;

export function* knownEvents(): Operation<KnownEvent[]> {
  return (yield* sql('SELECT id, first_seen, value FROM known_event ORDER BY id')).map(knownOf);
}

export function* keepEvents(events: readonly KnownEvent[]): Operation<number> {
  let written = 0;
  // What was left out arrives as null on its way to SQLite's thread.
  for (const { id, firstSeen, value, was } of events)
    written +=
      (was ?? undefined) === undefined
        ? yield* changed(
            `INSERT INTO known_event (id, first_seen, value) VALUES (?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET value = excluded.value RETURNING 1`,
            ...[id, firstSeen, JSON.stringify(value)],
          )
        : yield* changed(
            'UPDATE known_event SET value = ? WHERE id = ? AND value = ? RETURNING 1',
            ...[JSON.stringify(value), id, JSON.stringify(was)],
          );
  return written;
}

export function* meetEvents(events: readonly KnownEvent[]): Operation<void> {
  for (const { id, firstSeen, value } of events)
    yield* sql(
      'INSERT INTO known_event (id, first_seen, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      ...[id, firstSeen, JSON.stringify(value)],
    );
}

export function* told(about: readonly string[]): Operation<Told[]> {
  const rows: Row[] = [];
  for (let from = 0; from < about.length; from += MOST_AT_ONCE) {
    const listed = padded(about.slice(from, from + MOST_AT_ONCE));
    rows.push(
      ...(yield* sql(
        `SELECT p.about, p.id AS post, p.kind, p.facts, d.channel, d.address, d.state, d.seq FROM post p JOIN delivery d ON d.post = p.id
         WHERE p.about IN (${marks(listed)}) ORDER BY d.seq`,
        ...listed,
      )),
    );
  }
  return rows.map((row) => ({
    about: String(row.about),
    post: String(row.post),
    kind: String(row.kind),
    facts: json(row.facts),
    channel: String(row.channel),
    address: String(row.address),
    state: row.state as Told['state'],
    place: Number(row.seq),
  }));
}

export function* once(key: string, value: string, expiresAt: number, now: number): Operation<boolean> {
  yield* sql('DELETE FROM kv WHERE key = ? AND expires_at IS NOT NULL AND expires_at <= ?', key, now);
  return (
    (yield* changed('INSERT INTO kv (key, value, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1', key, value, expiresAt)) >
    0
  );
}

export function* subscribe({ address, topic, language }: Subscription): Operation<boolean> {
  const added = yield* changed(
    'INSERT INTO subscription (address, topic, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1',
    ...[address, topic, JSON.stringify({ language })],
  );
  return added > 0;
}

export function* unsubscribe(address: string, topic?: string): Operation<number> {
  // What was left out arrives as null on its way to SQLite's thread.
  return (topic ?? undefined) === undefined
    ? yield* changed('DELETE FROM subscription WHERE address = ? RETURNING 1', address)
    : yield* changed('DELETE FROM subscription WHERE address = ? AND topic = ? RETURNING 1', address, topic as string);
}

export function* subscriptions(): Operation<Subscription[]> {
  const rows = yield* sql('SELECT address, topic, value FROM subscription ORDER BY address, topic');
  return rows.map((row) => ({
    address: String(row.address),
    topic: String(row.topic),
    language: (json(row.value) as Pick<Subscription, 'language'>).language,
  }));
}

function knownOf(row: Row): KnownEvent {
  return { id: String(row.id), firstSeen: Number(row.first_seen), value: json(row.value) };
}
