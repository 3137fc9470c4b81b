import type { Migration } from './index.js';

/** Deliveries with their posts, lanes and limits. `identity` counts up by itself. */
const tables = (identity: string) => `
  CREATE TABLE post (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    facts TEXT,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
  );

  CREATE TABLE delivery (
    seq ${identity},
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    post TEXT,
    channel TEXT,
    instance TEXT NOT NULL,
    address TEXT NOT NULL,
    priority INTEGER NOT NULL,
    wire TEXT NOT NULL,
    in_reply_to TEXT,
    hold INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    reason TEXT,
    platform_id TEXT,
    receipt TEXT,
    counts TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    fence BIGINT NOT NULL DEFAULT 0,
    owner TEXT,
    lease_until BIGINT,
    not_before BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    attempt_ended_at BIGINT,
    checked_at BIGINT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
  );
  CREATE UNIQUE INDEX delivery_once ON delivery (post, channel) WHERE post IS NOT NULL;
  CREATE INDEX delivery_lane ON delivery (address, priority, seq) WHERE state = 'pending';
  CREATE INDEX delivery_due ON delivery (address, not_before) WHERE state = 'pending';
  CREATE INDEX delivery_late ON delivery (expires_at) WHERE state IN ('pending', 'held');
  CREATE INDEX delivery_held ON delivery (address) WHERE state = 'held';
  CREATE INDEX delivery_leased ON delivery (lease_until) WHERE state = 'sending';
  CREATE INDEX delivery_unknown ON delivery (instance, seq) WHERE state = 'unknown';
  CREATE INDEX delivery_final ON delivery (changed_at) WHERE state IN ('sent', 'refused', 'cancelled', 'missed');

  CREATE TABLE lane (
    address TEXT PRIMARY KEY,
    instance TEXT NOT NULL,
    sending TEXT,
    free_at BIGINT NOT NULL DEFAULT 0,
    ready_at BIGINT,
    rank INTEGER,
    heard_at BIGINT
  );
  CREATE INDEX lane_ready ON lane (instance, rank, ready_at) WHERE sending IS NULL;

  CREATE TABLE spent (
    scope TEXT NOT NULL,
    delivery TEXT NOT NULL,
    rolling BIGINT,
    ends_at BIGINT NOT NULL
  );
  CREATE INDEX spent_by_end ON spent (scope, ends_at);
  CREATE INDEX spent_by_delivery ON spent (delivery);
`;

export const ledger: Migration = {
  sqlite: `
  ALTER TABLE delivery RENAME TO delivery_before;
  DROP INDEX delivery_open;
  DROP INDEX delivery_final;
  ${tables('INTEGER PRIMARY KEY AUTOINCREMENT')}
  INSERT INTO delivery
    (id, kind, instance, address, priority, wire, in_reply_to, state, reason, platform_id, attempts, fence, owner, lease_until,
     not_before, expires_at, attempt_ended_at, created_at, changed_at)
  SELECT id, kind, substr(address, 1, instr(address, ':') - 1), address, CASE kind WHEN 'reply' THEN 0 ELSE 1 END, wire, in_reply_to, state,
    reason, platform_id, attempts, fence, owner, lease_until, CASE WHEN not_before > created_at THEN not_before ELSE created_at END,
    created_at + CASE kind WHEN 'reply' THEN 600000 ELSE 86400000 END, CASE state WHEN 'unknown' THEN changed_at END, created_at, changed_at
  FROM delivery_before ORDER BY created_at, rowid;
  DROP TABLE delivery_before;
  INSERT INTO lane (address, instance, sending) SELECT address, instance, max(CASE state WHEN 'sending' THEN id END) FROM delivery GROUP BY address;
  UPDATE lane SET
    rank = (SELECT min(d.priority) FROM delivery d WHERE d.address = lane.address AND d.state = 'pending'),
    ready_at = (SELECT min(d.not_before) FROM delivery d WHERE d.address = lane.address AND d.state = 'pending');
  `,
  postgres: `
  ${tables('BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY')}
  CREATE TABLE inbox (
    key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    reply TEXT
  );
  CREATE INDEX inbox_by_age ON inbox (received_at);

  CREATE TABLE memory (
    member TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at BIGINT NOT NULL
  );
  CREATE INDEX memory_by_age ON memory (changed_at);

  CREATE TABLE notice (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX notice_untold ON notice (id) WHERE told = 0;

  CREATE TABLE tally (
    about TEXT NOT NULL,
    what TEXT NOT NULL,
    count BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (about, what)
  );

  CREATE TABLE kv (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    expires_at BIGINT
  );
  CREATE INDEX kv_by_expiry ON kv (expires_at) WHERE expires_at IS NOT NULL;
  `,
};
