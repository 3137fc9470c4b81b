// The schedule: a tick while 100,000 posts are planned, 1,000 posts due in one minute, and planning 1,000 pages anew.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '../dist/src/content/load.js';
import { Schedule } from '../dist/src/schedule/index.js';
import { openSqlite } from '../dist/src/store/sqlite/index.js';
import { paired, report } from './measure.mjs';
import { writePages } from './pages.mjs';

const PAGES = 1_000;
const DAY_MS = 86_400_000;
/** The pages of the bench begin on 1 January 2015, one a day, each at 14:00 in Shanghai. */
const BEFORE_ALL = Date.UTC(2014, 10, 1);
const FORMAT = { format: (message) => message.text };
const quiet = { debug() {}, info() {}, warn() {}, error: (data, message) => console.error(message, data) };

export async function benchSchedule(dir) {
  writePages(dir, PAGES);
  const load = () => loadContent(dir, { now: Date.now() });
  const { catalog, community } = await load();
  const rules = ['7d', '3d', '1d', '3h'].map((before) => ({ before, to: ['announce'] }));
  const channels = (count) =>
    Array.from({ length: count }, (_, at) => ({ name: `c${at}`, address: `bench:room:${at}`, tags: ['announce'] }));
  const open = async (name, settings, now, of = catalog) => {
    mkdirSync(join(dir, name), { recursive: true });
    const store = await openSqlite(join(dir, name), { lock: true });
    const post = (one, targets) => store.post(one, targets, Date.now());
    const about = { ...community, ...settings };
    const schedule = new Schedule({
      ...{ store, post, log: quiet, now: () => now, catalog: () => of, community: () => about, moduleOf: () => FORMAT, notify() {} },
    });
    await schedule.tick(now);
    return { store, schedule };
  };

  const many = await open('many', { reminders: rules, channels: channels(25) }, BEFORE_ALL);
  if (many.schedule.nextAt !== Date.UTC(2014, 11, 25, 6)) throw new Error(`next at ${new Date(many.schedule.nextAt).toISOString()}`);
  const idle = Array.from({ length: 15 }, (_, at) => {
    const before = performance.now();
    for (let round = 0; round < 10_000; round += 1) many.schedule.tick(BEFORE_ALL + at * 10_000 + round);
    return (performance.now() - before) / 10;
  });
  report('a tick while 100,000 posts are planned and none is due', idle, 50, 'µs', 3);
  await many.store.close();

  const took = [];
  const events = catalog.events.map((event) => ({ ...event, start: '2015-01-01T14:00', end: null }));
  const sameDay = { ...catalog, events, byId: new Map(events.map((event) => [event.id, event])) };
  for (let round = 0; round < 5; round += 1) {
    const settings = { reminders: [{ before: '1d', to: ['announce'] }], channels: channels(1) };
    const { store, schedule } = await open(`due-${round}`, settings, BEFORE_ALL, sameDay);
    const due = Date.UTC(2014, 11, 31, 6);
    const before = performance.now();
    await schedule.tick(due);
    took.push((performance.now() - before) / 1_000);
    const rows = await store.deliveries({ limit: 2_000 });
    if (rows.length !== 1_000) throw new Error(`${rows.length} posts`);
    await store.close();
  }
  report('1,000 posts due at once: in the ledger', took, 2, 's', 3);

  // Every page is still to come: the dearest plan there is.
  const { store, schedule } = await open('again', { reminders: rules, channels: channels(5) }, BEFORE_ALL);
  const replan = async () => {
    schedule.changed({ changed: [] });
    await schedule.tick(BEFORE_ALL + DAY_MS);
  };
  const { a, b, ratio } = await paired(7, async () => void (await load()), replan);
  report(`planning ${PAGES} pages anew : loading them`, ratio, 1);
  report('  loading', a, undefined, 'ms', 0);
  report('  planning', b, undefined, 'ms', 0);
  await store.close();
}
