// The ledger: deliveries a second through an adapter over HTTP, how close it comes to a platform's pace, and what it costs in memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Ledger } from '../dist/src/ledger/index.js';
import { TIMING } from '../dist/src/ledger/timing.js';
import { openPostgres } from '../dist/src/store/postgres/index.js';
import { openSqlite } from '../dist/src/store/sqlite/index.js';
import chat from '../test/fakes/chat-adapter.mjs';
import { report } from './measure.mjs';

const SERVER = fileURLToPath(new URL('../test/fakes/chat-server-main.mjs', import.meta.url));
const log = { debug() {}, info() {}, warn() {}, error: (data, message) => console.error(message, data.err?.message) };
const DELIVERIES = 10_000;
const PACED_CHANNELS = 500;
const PACED_EACH = 20;

export async function benchLedger(dir, postgresUrl) {
  const stores = {
    SQLite: () => openSqlite(dir, { lock: true }),
    ...(postgresUrl && { PostgreSQL: () => openPostgres(postgresUrl, { log }) }),
  };
  for (const [name, open] of Object.entries(stores)) {
    const bound = name === 'SQLite' ? 3_000 : 2_000;
    const targets = Array.from({ length: DELIVERIES }, (_, i) => ({ channel: `c${i}`, address: `chat:room:${i}` }));
    const { seconds, memoryMiB, report: seen } = await run(open, targets, {}, `${name}-free`);
    expectAll(seen, DELIVERIES);
    report(`${DELIVERIES} deliveries to ${DELIVERIES} addresses, ${name}: time`, [seconds], DELIVERIES / bound, 's');
    report('  deliveries a second', [DELIVERIES / seconds], undefined, '/s', 0);
    report('  memory over idle, at most', [memoryMiB], 40, 'MiB', 0);
  }
  const paced = Array.from({ length: PACED_CHANNELS * PACED_EACH }, (_, i) => ({
    channel: `c${i}`,
    address: `chat:room:${i % PACED_CHANNELS}`,
  }));
  const limits = { target: { count: 1, perMs: 1_000 }, graceMs: 20 };
  const { seconds, report: seen } = await run(stores.SQLite, paced, { gapMs: 1_000, limits }, 'paced');
  expectAll(seen, paced.length);
  report(`${PACED_CHANNELS} channels at 1 message/s each : the bound (${PACED_EACH - 1} s)`, [seconds / (PACED_EACH - 1)], 1 / 0.95);
}

async function run(open, targets, { gapMs = 0, limits }, post) {
  const server = spawn(process.execPath, [SERVER, JSON.stringify({ seed: 1, ...(limits && { limits }) })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
  const url = /http:\/\/[\d.:]+/.exec(line)[0];
  const rooms = [...new Set(targets.map(({ address }) => address.slice('chat:'.length)))];
  await fetch(`${url}/settings`, { method: 'POST', body: JSON.stringify({ targets: rooms }) });
  const store = await open();
  const adapter = chat.create({ CHAT_URL: url, CHAT_GAP_MS: gapMs, CHAT_READ_BACK: true, CHAT_TIMEOUT_MS: 5_000 }, 'chat');
  const ledger = new Ledger({ store, log, timing: TIMING, adapterOf: () => adapter, online: () => ['chat'] });
  try {
    const now = Date.now();
    for (let from = 0; from < targets.length; from += 1_000)
      await store.post(
        { id: post, kind: 'broadcast', by: 'bench' },
        targets.slice(from, from + 1_000).map((target) => ({ ...target, wire: { text: target.channel }, at: now, until: now + 3600_000 })),
        now,
      );
    globalThis.gc?.();
    const idle = process.memoryUsage.rss();
    let most = idle;
    const began = performance.now();
    await ledger.start();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      most = Math.max(most, process.memoryUsage.rss());
      if ((await store.open()).length === 0) break;
    }
    const seconds = (performance.now() - began) / 1000;
    const { violations } = await (await fetch(`${url}/report`)).json();
    const posts = (await (await fetch(`${url}/posts`)).text()).split('\n').filter(Boolean).length;
    return { seconds, memoryMiB: (most - idle) / 2 ** 20, report: { posts, violations } };
  } finally {
    await ledger.stop();
    await adapter.close();
    await store.close();
    server.kill();
  }
}

function expectAll(seen, count) {
  if (seen.posts !== count || seen.violations.length > 0)
    throw new Error(`${count} deliveries, the platform has ${seen.posts}; ${JSON.stringify(seen.violations).slice(0, 300)}`);
}
