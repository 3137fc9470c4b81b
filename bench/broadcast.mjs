// A broadcast to 10,000 channels: proposed, shown and confirmed, against writing its 10,000 rows alone.
import { mkdirSync } from 'node:fs';
import { Broadcasts } from '../dist/src/broadcast/index.js';
import { previewText } from '../dist/src/broadcast/words.js';
import { openPostgres } from '../dist/src/store/postgres/index.js';
import { openSqlite } from '../dist/src/store/sqlite/index.js';
import { paired, report } from './measure.mjs';

const TARGETS = 10_000;
const TEXT = 'The meetup is on **Saturday**: [sign up](https://example.org/register). '.repeat(5);
const ABLE = { proactive: 'always', rooms: true, choices: true, limits: [], gapMs: [0, 0] };
const log = { debug() {}, info() {}, warn() {}, error: (data, message) => console.error(message, data.err?.message) };

export async function benchBroadcast(dir, postgresUrl) {
  mkdirSync(dir, { recursive: true });
  const stores = {
    SQLite: () => openSqlite(dir, { lock: true }),
    ...(postgresUrl && { PostgreSQL: () => openPostgres(postgresUrl, { log }) }),
  };
  for (const [name, open] of Object.entries(stores)) {
    const store = await open();
    const channels = Array.from({ length: TARGETS }, (_, i) => ({ name: `c${i}`, address: `bench:room:${i}`, tags: ['all-of-us'] }));
    const community = { timezone: 'UTC', language: 'en', channels, reminders: [], digests: [] };
    const catalog = { events: [], byId: new Map(), codes: new Map(), pages: [], problems: [] };
    const module = { format: ({ text }) => ({ text }), preview: ({ text }) => text };
    const broadcasts = new Broadcasts({
      ...{ store, now: Date.now, catalog: () => catalog, community: () => community, idOf: ({ id }) => id },
      platform: () => ({ module, online: true, capabilities: () => ABLE }),
    });
    let round = 0;
    const rowsOnly = async () => {
      round += 1;
      const id = `rows-${round}`;
      const now = Date.now();
      const targets = channels.map(({ name: channel, address }) => ({ channel, address, wire: { text: TEXT }, at: now, until: now + 1e6 }));
      await store.post({ id, kind: 'broadcast', by: 'bench' }, targets, now);
      return () => store.cancel(id, Date.now());
    };
    const whole = async () => {
      round += 1;
      const by = (key) => ({ person: 'cli:bench', key: `${key}-${round}`, language: 'en' });
      const { draft } = await broadcasts.propose({ say: { text: TEXT }, to: ['all-of-us'], except: [] }, by('propose'));
      previewText(draft, 'en');
      const { id, number } = draft;
      const confirmed = await broadcasts.confirm({ id, number, count: TARGETS }, by('confirm'));
      if (confirmed.broadcast?.total !== TARGETS) throw new Error(`not confirmed: ${JSON.stringify(confirmed).slice(0, 200)}`);
      return () => broadcasts.stop(id, by('stop'));
    };
    const { a, b, ratio } = await paired(7, rowsOnly, whole);
    report(`a broadcast to ${TARGETS} channels, proposed and confirmed : its rows alone, ${name}`, ratio, 2);
    report('  its rows alone', a, undefined, 'ms', 0);
    report('  proposed, shown, confirmed', b, undefined, 'ms', 0);
    const stops = await stopping(store);
    report('  stopping it', stops, 2_000, 'ms', 0);
    await store.close();
  }
}

async function stopping(store) {
  const took = [];
  for (let round = 0; round < 5; round += 1) {
    const [last] = await store.posts({ kinds: ['broadcast'], limit: 1 });
    await store.resumePost(last.id, Date.now() + 1e6, Date.now());
    const before = performance.now();
    await store.cancel(last.id, Date.now());
    took.push(performance.now() - before);
  }
  return took;
}
