import type { Migration } from './index.js';

export const first: Migration = {
  sqlite: `
  CREATE TABLE inbox (
    key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    reply TEXT
  ) WITHOUT ROWID;
  CREATE INDEX inbox_by_age ON inbox (received_at);

  CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    wire TEXT NOT NULL,
    in_reply_to TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    platform_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    lease_until INTEGER,
    not_before INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  );
  CREATE INDEX delivery_open ON delivery (state, created_at) WHERE state IN ('pending', 'sending', 'unknown');
  CREATE INDEX delivery_final ON delivery (changed_at) WHERE state IN ('sent', 'refused', 'cancelled');

  CREATE TABLE memory (
    member TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX memory_by_age ON memory (changed_at);

  CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX notice_untold ON notice (id) WHERE told = 0;

  CREATE TABLE tally (
    about TEXT NOT NULL,
    what TEXT NOT NULL,
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (about, what)
  ) WITHOUT ROWID;

  CREATE TABLE kv (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    expires_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX kv_by_expiry ON kv (expires_at) WHERE expires_at IS NOT NULL;
  `,
  postgres: '',
};
