// Kills senders at random while deliveries go out to a platform that has a bad day, and compares both records at the end:
//   npm run soak -- --deliveries 10000 --kills 50 [--seed 1] [--replicas 2] [--store sqlite|postgres|both]
// PostgreSQL: TEST_DATABASE_URL, or the usual local server; one database is made and dropped. Ends with 1 if any is doubled or lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { faster, TIMING } from '../dist/src/ledger/timing.js';
import { openPostgres } from '../dist/src/store/postgres/index.js';
import { openSqlite } from '../dist/src/store/sqlite/index.js';
import { BAD_DAY, draw, pick } from '../test/fakes/chat-faults.mjs';
import { startSender } from '../test/soak/senders.mjs';

const PLATFORM = fileURLToPath(new URL('../test/fakes/chat-server-main.mjs', import.meta.url));
const SERVER = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const ADDRESSES = 200;
const BATCH = 1_000;
const STUCK_MS = 120_000;
/** A twentieth of every span, but the quiet period longer than a request and what the platform keeps back. */
const LATE_MS = 1_000;
const timing = { ...faster(TIMING, 20), quiet: TIMING.request / 20 + LATE_MS + 500, recheck: 1_000, replyLimit: 3600_000 };

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    replicas: { type: 'string', default: '2' },
    store: { type: 'string', default: 'both' },
  },
});
const [deliveries, mostKills, seed, replicas] = [values.deliveries, values.kills, values.seed, values.replicas].map(Number);
if (![deliveries, mostKills, seed, replicas].every(Number.isInteger) || !['sqlite', 'postgres', 'both'].includes(values.store)) {
  console.error('Give whole numbers, and --store sqlite, postgres or both.');
  process.exit(2);
}

async function inServer(statement) {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** Where the senders find the store, the store itself, and how to tidy up. */
async function openStore(kind) {
  if (kind === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'emcee-soak-'));
    return {
      where: { folder },
      store: await openSqlite(folder, { lock: false }),
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const name = `emcee_soak_${process.pid}`;
  await inServer(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  const remove = () => inServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return { where: { url: url.href }, store: await openPostgres(url.href, { log: silent }), remove };
}

async function fill(store, targets) {
  const now = Date.now();
  const all = Array.from({ length: deliveries }, (_, i) => ({ channel: `c${i}`, address: `chat:${targets[i % targets.length]}` }));
  for (let i = 0; i < all.length; i += BATCH) {
    const some = all.slice(i, i + BATCH).map((each) => ({ ...each, wire: { text: each.channel }, at: now, until: now + 24 * 3600_000 }));
    await store.post({ id: 'soak', kind: 'broadcast', by: 'soak' }, some, now);
  }
}

/** Kills one of the senders after another; what has been killed is started again. Gives the number of kills. */
async function kill(store, start, senders) {
  let kills = 0;
  let left = Number.POSITIVE_INFINITY;
  let movedAt = performance.now();
  while (left > 0) {
    await wait(kills < mostKills ? 10 + 70 * draw(seed, 'when', kills) : 200);
    const now = (await store.open()).reduce((sum, { count }) => sum + count, 0);
    if (now < left) movedAt = performance.now();
    left = now;
    if (performance.now() - movedAt > STUCK_MS) break;
    if (left === 0 || kills >= mostKills) continue;
    const victim = pick([...senders.keys()], draw(seed, 'whom', kills));
    await senders[victim].end('SIGKILL');
    kills += 1;
    senders[victim] = await start();
  }
  return kills;
}

async function soak(kind) {
  const targets = Array.from({ length: ADDRESSES }, (_, i) => `room:${i + 1}`);
  const settings = { seed, targets, faults: BAD_DAY, lateMs: LATE_MS, retryAfter: '0.1' };
  const platform = spawn(process.execPath, [PLATFORM, JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const chatUrl = String((await once(platform.stdout, 'data'))[0]).trim();
  const { where, store, remove } = await openStore(kind);
  const start = () => startSender({ ...where, timing, chatUrl });
  const senders = [];
  try {
    await fill(store, targets);
    const began = performance.now();
    // On one folder there is one bot.
    while (senders.length < (kind === 'sqlite' ? 1 : replicas)) senders.push(await start());
    const kills = await kill(store, start, senders);
    const seconds = (performance.now() - began) / 1_000;
    const posts = (await (await fetch(`${chatUrl}/posts`)).text())
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const { counts } = await (await fetch(`${chatUrl}/report`)).json();
    const rows = await store.deliveries({ limit: deliveries + 1 });
    const arrived = new Set(posts.map(({ key }) => key));
    const doubled = posts.length - arrived.size;
    const unknown = rows.filter(({ state }) => state === 'unknown').length;
    // Lost: it did not arrive, and nobody is told so.
    const lost =
      deliveries - rows.length + rows.filter(({ id, state }) => !arrived.has(id) && !['refused', 'unknown'].includes(state)).length;
    const others = rows.filter(({ state }) => state !== 'sent' && state !== 'unknown').length;
    console.log(
      `${kind}: ${deliveries} deliveries, seed ${seed}: ${doubled} doubled, ${lost} lost, ${unknown} unknown, ${others} neither sent nor unknown; ` +
        `${seconds.toFixed(1)} s, ${kills} kills, ${counts.ambiguous} answers in doubt`,
    );
    return doubled === 0 && lost === 0;
  } finally {
    await Promise.all(senders.map((each) => each.end('SIGKILL')));
    platform.kill();
    await store.close();
    await remove();
  }
}

let held = true;
for (const kind of values.store === 'both' ? ['sqlite', 'postgres'] : [values.store]) {
  const reachable =
    kind === 'sqlite' ||
    (await inServer('SELECT 1').then(
      () => true,
      () => false,
    ));
  if (!reachable) console.log('postgres: skipped, no server answers (TEST_DATABASE_URL)');
  else held = (await soak(kind)) && held;
}
process.exit(held ? 0 : 1);
