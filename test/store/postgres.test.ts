// The SQL of PostgreSQL on every machine (PGlite, PostgreSQL in this process), and on a server where one answers: only there do
// replicas contend.
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/port.js';
import { openPostgres, storeOver } from '../../src/store/postgres/index.js';
import { migrate } from '../../src/store/postgres/migrate.js';
import { BEGIN, type Connection } from '../../src/store/postgres/transaction.js';
import { storeContract } from '../contracts/store.js';
import { deskContract } from '../contracts/store-desk.js';
import { postsContract } from '../contracts/store-posts.js';
import { silentLog } from '../fakes/platform.js';
import { freshDatabase, serverUrl } from '../fakes/postgres.js';

const TABLES = 'post, delivery, lane, spent, inbox, memory, notice, tally, kv, organizer, audit, proposal, session, kept';

describe('on PGlite', () => {
  let lite: PGlite;
  let connection: Connection;
  beforeAll(async () => {
    lite = new PGlite();
    connection = {
      query: async (text, values) => (await lite.query(text, [...values])).rows as Record<string, unknown>[],
      exec: async (text) => void (await lite.exec(text)),
      begin: async () => Number((await lite.exec(BEGIN)).at(-1)?.rows[0]?.now),
    };
    await migrate(connection);
  }, 60_000);
  afterAll(() => lite?.close());

  /** One connection: operations take turns, as transactions would otherwise mix. */
  const open = async (): Promise<Store> => {
    await lite.exec(`TRUNCATE ${TABLES}`);
    let turn: Promise<unknown> = Promise.resolve();
    const connected = <Result>(work: (each: Connection) => Promise<Result>): Promise<Result> => {
      const mine = turn.then(() => work(connection));
      turn = mine.catch(() => undefined);
      return mine;
    };
    return storeOver(connected, { alone: false, clock: 'given', close: async () => undefined });
  };
  for (const { name, run } of [...storeContract(open), ...deskContract(open), ...postsContract(open)]) test(name, run);

  test('a database of a newer emcee is refused; the same one is taken as it is', async () => {
    await migrate(connection);
    await lite.exec('UPDATE emcee_schema SET taken = taken + 1');
    await expect(migrate(connection)).rejects.toThrow(/newer emcee/);
    await lite.exec('UPDATE emcee_schema SET taken = taken - 1');
  });
});

const server = await serverUrl();
if (!server) console.warn('skipped: no PostgreSQL answers; set TEST_DATABASE_URL to try replicas against one');

describe.skipIf(!server)('on a PostgreSQL server', () => {
  let url: string;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ url, drop } = await freshDatabase(server ?? ''));
  });
  afterAll(() => drop?.());

  const open = async (): Promise<Store> => {
    const store = await openPostgres(url, { log: silentLog, clock: 'given' });
    const client = new pg.Client(url);
    await client.connect();
    await client.query(`TRUNCATE ${TABLES}`);
    await client.end();
    return store;
  };
  for (const { name, run } of [...storeContract(open), ...deskContract(open), ...postsContract(open)]) test(name, run);

  test('replicas that start together on an empty database all come up', async () => {
    const fresh = await freshDatabase(server ?? '');
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgres(fresh.url, { log: silentLog })));
    await Promise.all(stores.map((store) => store.addNotice({ en: 'x', zh: 'x' }, 0)));
    expect(await stores[0]?.untoldNotices(10)).toHaveLength(4);
    await Promise.all(stores.map((store) => store.close()));
    await fresh.drop();
  });

  test('replicas that claim together share the deliveries; none is claimed twice, none of an address side by side', async () => {
    const first = await open();
    const others = await Promise.all([1, 2, 3].map(() => openPostgres(url, { log: silentLog, clock: 'given' })));
    const targets = Array.from({ length: 300 }, (_, i) => ({
      ...{ channel: `c${i}`, address: `chat:room:${i % 60}`, wire: i, at: 0, until: 1e15 },
    }));
    await first.post({ id: 'p', kind: 'broadcast', by: 'x' }, targets, 0);
    const claimed: string[] = [];
    const underWay = new Set<string>();
    const work = async (store: Store, owner: string) => {
      for (let empty = 0; empty < 5; ) {
        const claims = await store.claim({ owner, instance: 'chat', limits: [], leaseMs: 30_000, most: 10, now: 1_000 });
        empty = claims.length > 0 ? 0 : empty + 1;
        for (const { id, address } of claims) {
          expect(underWay.has(address), `${address} has two under way`).toBe(false);
          underWay.add(address);
          claimed.push(id);
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
        for (const { address } of claims) underWay.delete(address);
        await store.record(
          claims.map(({ id, fence }) => ({ id, fence, outcome: { state: 'sent' } })),
          1_000,
        );
      }
    };
    await Promise.all([first, ...others].map((store, index) => work(store, `owner ${index}`)));
    expect(claimed).toHaveLength(300);
    expect(new Set(claimed).size).toBe(300);
    await Promise.all([first, ...others].map((store) => store.close()));
  });

  test('replicas that count together never exceed a limit', async () => {
    const first = await open();
    const second = await openPostgres(url, { log: silentLog, clock: 'given' });
    const targets = Array.from({ length: 50 }, (_, i) => ({ channel: `c${i}`, address: `chat:room:${i}`, wire: i, at: 0, until: 1e15 }));
    await first.post({ id: 'p', kind: 'broadcast', by: 'x' }, targets, 0);
    const limits = [{ scope: 'adapter', count: 7, per: 1_000 }] as const;
    const claim = (store: Store, owner: string) => store.claim({ owner, instance: 'chat', limits, leaseMs: 30_000, most: 5, now: 1_000 });
    const claims = (await Promise.all(Array.from({ length: 10 }, (_, i) => claim(i % 2 ? first : second, `o${i}`)))).flat();
    expect(claims).toHaveLength(7);
    await Promise.all([first.close(), second.close()]);
  });

  test('its clock decides, not that of the machine', async () => {
    await (await open()).close();
    const store = await openPostgres(url, { log: silentLog });
    const hourAhead = Date.now() + 3600_000;
    await store.say({ id: 'notice:1', kind: 'notice', address: 'late:person:1', wire: 'w', forMs: 60_000 }, hourAhead, []);
    const [claim] = await store.claim({ owner: 'a', instance: 'late', limits: [], leaseMs: 30_000, most: 1, now: hourAhead });
    expect(claim?.id).toBe('notice:1');
    expect(await store.expire(hourAhead)).toEqual({ unknown: 0, expired: 0 });
    await store.close();
  });
});

test('an address where nothing answers is refused with a sentence', async () => {
  await expect(openPostgres('postgres://nobody@127.0.0.1:1/none', { log: silentLog })).rejects.toThrow(/DATABASE_URL/);
});
