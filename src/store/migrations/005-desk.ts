import type { Migration } from './index.js';

/** Organizers, what they were asked and what they wrote; and posts that can be stopped. */
const tables = (identity: string) => `
  CREATE TABLE organizer (
    address TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    name TEXT,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL
  );

  CREATE TABLE audit (
    id ${identity},
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    did TEXT NOT NULL,
    about TEXT NOT NULL
  );

  CREATE TABLE proposal (
    id TEXT PRIMARY KEY,
    made_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    value TEXT NOT NULL,
    proof TEXT,
    tries INTEGER NOT NULL,
    expires_at BIGINT NOT NULL,
    kept_until BIGINT NOT NULL,
    taken_by TEXT,
    created_at BIGINT NOT NULL
  );
  CREATE INDEX proposal_by_kind ON proposal (kind, person);

  CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
  );

  CREATE TABLE kept (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    made_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (kind, name)
  );

  ALTER TABLE post ADD COLUMN stopped_at BIGINT;
  ALTER TABLE post ADD COLUMN note TEXT;
  CREATE INDEX post_by_kind ON post (kind, created_at);
`;

export const desk: Migration = {
  sqlite: tables('INTEGER PRIMARY KEY AUTOINCREMENT'),
  postgres: tables('BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY'),
};
