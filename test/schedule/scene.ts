// A bot's schedule over pages in memory: real store, real ledger, a platform that is a fake, and a clock that is set by hand.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog, Community, CommunityEvent } from '../../src/content/catalog.js';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import { Schedule } from '../../src/schedule/index.js';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { catalog, community, event } from '../answer/scene.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';

const HOUR = 3600_000;
export const DAY = 24 * HOUR;
export const at = (instant: string): number => Date.parse(instant);

export const announce = { name: 'announce', address: 'fake:room:1', tags: ['announce'] };
export const chengdu = { name: 'chengdu', address: 'fake:room:2', tags: ['成都'] };

/** 2 June 2027, 14:00 in Shanghai: 06:00Z. */
export const meetup = (changes: Partial<CommunityEvent> = {}): CommunityEvent =>
  event({ id: 'meetup', title: 'Meetup', start: '2027-06-02T14:00', end: '2027-06-02T17:00', codes: ['20270602'], ...changes });

export const settings = (changes: Partial<Community> = {}): Community =>
  community({
    language: 'en',
    channels: [announce],
    reminders: [
      { before: '1d', to: ['announce'] },
      { before: '1h', to: ['announce'] },
      { after: '1d', to: ['announce'] },
    ],
    ...changes,
  });

export interface Scene {
  platform: FakePlatform;
  store: Store;
  schedule: Schedule;
  notices: string[];
  catalog: Catalog;
  community: Community;
  /** Pages change; the bot notices. */
  pages(events: CommunityEvent[], links?: Record<string, { label: string; url: string }[]>): void;
  settings(changes: Partial<Community>): void;
  /** Sets the clock, ticks, and waits until what was due has gone out. */
  tickAt(instant: string | number): Promise<void>;
  /** As it would be after a crash or another start: same store, nothing remembered. */
  restart(): Promise<void>;
  /** rule → state of all posts. */
  rows(): Promise<string[]>;
  close(): Promise<void>;
}

const opened = new Set<Scene>();

/** Closes what a test has opened. */
export async function closeScenes(): Promise<void> {
  for (const scene of opened) await scene.close();
  opened.clear();
}

export async function openScene(options: { events?: CommunityEvent[]; community?: Community; now: string; store?: Store }): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-schedule-'));
  const store = options.store ?? (await openSqlite(folder, { lock: true }));
  const platform = new FakePlatform();
  let now = at(options.now);
  let ledger = newLedger();
  const scene: Scene = {
    platform,
    store,
    notices: [],
    catalog: catalog(options.events ?? [meetup()]),
    community: options.community ?? settings(),
    schedule: undefined as unknown as Schedule,
    pages(events, links) {
      const before = new Map(scene.catalog.events.map((each) => [each.id, JSON.stringify(each)]));
      scene.catalog = catalog(events, links);
      scene.schedule.changed({
        changed: events.filter((each) => before.get(each.id) !== JSON.stringify(each)).flatMap(({ pages }) => pages),
      });
    },
    settings(changes) {
      scene.community = { ...scene.community, ...changes };
      scene.schedule.changed();
    },
    async tickAt(instant) {
      now = typeof instant === 'number' ? instant : at(instant);
      await scene.schedule.tick(now);
      await scene.schedule.tick(now);
      ledger.resume();
      await until(async () => !ledger.busy && !(await store.open()).some(({ state, oldest }) => state === 'pending' && oldest <= now));
    },
    async restart() {
      await scene.schedule.close();
      await ledger.stop();
      ledger = newLedger();
      scene.schedule = newSchedule();
    },
    async rows() {
      const rows = await store.deliveries({ limit: 1_000 });
      return rows.map(({ post, channel, state }) => `${post} ${channel} ${state}`);
    },
    async close() {
      opened.delete(scene);
      await scene.schedule.close();
      await ledger.stop();
      if (!options.store) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  scene.schedule = newSchedule();
  opened.add(scene);
  return scene;

  function newLedger(): Ledger {
    const timing = faster(TIMING, 100);
    return new Ledger({ store, log: silentLog, now: () => now, adapterOf: () => platform.adapter, online: () => ['fake'], timing });
  }

  function newSchedule(): Schedule {
    return new Schedule({
      store,
      log: silentLog,
      now: () => now,
      community: () => scene.community,
      catalog: () => scene.catalog,
      moduleOf: (address) => (address.startsWith('fake:') ? platform.module : undefined),
      post: (post, targets) => ledger.post(post, targets),
      notify: ({ en }) => void scene.notices.push(en),
    });
  }
}

const MINUTE = 60_000;
/** The reminder of the day before has gone out then. */
export const TOLD = at('2027-06-01T06:00:00Z');

/** One event, of which the channel has been reminded a day before. */
export async function told(event: CommunityEvent = meetup(), changes: Partial<Community> = {}): Promise<Scene> {
  const community = settings({ reminders: [{ before: '1d', to: ['announce'] }], ...changes });
  const scene = await openScene({ now: '2027-05-20T00:00:00Z', events: [event], community });
  await scene.tickAt('2027-05-20T00:00:00Z');
  await scene.tickAt(TOLD);
  assert.equal(scene.platform.texts().length, 1);
  return scene;
}

/** What is said when pages have changed and been still. */
export async function saidAfter(scene: Scene, ...steps: CommunityEvent[][]): Promise<string[]> {
  const had = scene.platform.texts().length;
  let now = TOLD + MINUTE;
  for (const events of steps) {
    scene.pages(events);
    await scene.tickAt(now);
    now += 11 * MINUTE;
    await scene.tickAt(now);
    now += MINUTE;
  }
  return scene.platform.texts().slice(had);
}
