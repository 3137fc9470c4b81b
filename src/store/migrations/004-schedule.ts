import type { Migration } from './index.js';

/** Events as they were first met, what a post is about, and who wants to be reminded. */
const tables = `
  ALTER TABLE post ADD COLUMN about TEXT;
  CREATE INDEX post_about ON post (about) WHERE about IS NOT NULL;

  CREATE TABLE known_event (
    id TEXT PRIMARY KEY,
    first_seen BIGINT NOT NULL,
    value TEXT NOT NULL
  );

  CREATE TABLE subscription (
    address TEXT NOT NULL,
    topic TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (address, topic)
  );
`;

export const schedule: Migration = { sqlite: tables, postgres: tables };
