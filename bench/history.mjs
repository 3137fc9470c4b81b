// A long history must not make the next delivery slower: claims with a million final rows against claims with none, and their plans.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { openSqlite } from '../dist/src/store/sqlite/index.js';
import { report } from './measure.mjs';

const FINAL_ROWS = 1_000_000;
const ROUNDS = 300;

export async function benchHistory(dir) {
  const empty = join(dir, 'empty');
  const long = join(dir, 'long');
  const stores = await Promise.all(
    [empty, long].map(async (folder) => {
      mkdirSync(folder, { recursive: true });
      const store = await openSqlite(folder, { lock: true });
      if (folder === long) fill(join(folder, 'emcee.db'));
      return store;
    }),
  );
  const ratios = [];
  for (let i = 0; i < 7; i += 1) {
    const [none, many] = [await claims(stores[0], i), await claims(stores[1], i)];
    ratios.push(many / none);
  }
  report(`claim and receipt with ${FINAL_ROWS.toLocaleString('en')} final rows : with none`, ratios, 1.5);
  for (const line of plan(join(long, 'emcee.db'))) console.log(`  ${line}`);
  await Promise.all(stores.map((store) => store.close()));
}

async function claims(store, round) {
  const now = Date.now();
  const targets = Array.from({ length: ROUNDS }, (_, i) => ({
    channel: `${round}-${i}`,
    address: `chat:room:${i}`,
    wire: i,
    at: now,
    until: now + 3600_000,
  }));
  await store.post({ id: `p${round}`, kind: 'bench', by: 'bench' }, targets, now);
  const began = performance.now();
  for (let i = 0; i < ROUNDS; i += 1) {
    const [claim] = await store.claim({ owner: 'bench', instance: 'chat', limits: [], leaseMs: 30_000, most: 1, now });
    await store.record([{ id: claim.id, fence: claim.fence, outcome: { state: 'sent' } }], now);
  }
  return performance.now() - began;
}

function fill(file) {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA busy_timeout = 60000; BEGIN;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${FINAL_ROWS})
    INSERT INTO delivery (id, kind, post, channel, instance, address, priority, wire, state, not_before, expires_at, created_at, changed_at)
    SELECT 'old/' || i, 'post', 'old', i, 'chat', 'chat:room:' || (i % 1000), 2, '"x"', 'sent', i, i, i, i FROM n; COMMIT`);
  db.close();
}

function plan(file) {
  const db = new DatabaseSync(file);
  const steps = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT d.*, l.heard_at FROM lane l JOIN delivery d ON d.seq = (
         SELECT e.seq FROM delivery e WHERE e.address = l.address AND e.state = 'pending' AND (e.not_before <= 1 OR e.attempts > 0)
         ORDER BY e.priority, e.seq LIMIT 1)
       WHERE l.instance = 'chat' AND l.rank = 2 AND l.sending IS NULL AND l.ready_at <= 1 ORDER BY l.ready_at LIMIT 9`,
    )
    .all();
  db.close();
  return steps.map(({ detail }) => detail);
}
