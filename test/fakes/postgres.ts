// A real PostgreSQL where there is one: TEST_DATABASE_URL, or the usual local server. Each caller gets a database of its own.
import pg from 'pg';

const USUAL = 'postgres://postgres@127.0.0.1:5432/postgres';

/** Of a server that answers; undefined: there is none, and what needs it skips with a visible line. */
export async function serverUrl(): Promise<string | undefined> {
  const url = process.env.TEST_DATABASE_URL ?? USUAL;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return url;
  } catch {
    return undefined;
  }
}

export async function freshDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `emcee_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await inServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => inServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function inServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}
