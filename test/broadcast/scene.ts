// Broadcasts over channels and pages in memory: a real store, platforms that are fakes, a clock that is set by hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Capabilities } from '../../src/adapter.js';
import { Broadcasts, type PlatformView } from '../../src/broadcast/index.js';
import type { Broadcast, Draft, Maker, Proposed, Refusal, Wanted } from '../../src/broadcast/types.js';
import type { Catalog, Channel, Community, CommunityEvent } from '../../src/content/catalog.js';
import { plainText } from '../../src/render/index.js';
import type { Store } from '../../src/store/port.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { catalog, community, event } from '../answer/scene.js';

export const HOUR = 3600_000;
export const DAY = 24 * HOUR;
/** 1 June 2027, 10:00 in Shanghai. */
export const NOW = Date.parse('2027-06-01T02:00:00Z');

export const FREE: Capabilities = { proactive: 'always', rooms: true, choices: true, limits: [], gapMs: [0, 0] };

export const channel = (name: string, tags: string[] = [], more: Partial<Channel> = {}): Channel => ({
  ...{ name, address: `slack:room:${name}`, tags },
  ...more,
});

export const rooms = (count: number, tags = ['many']): Channel[] => Array.from({ length: count }, (_, i) => channel(`room${i}`, tags));

export const meetup = (changes: Partial<CommunityEvent> = {}): CommunityEvent =>
  event({
    ...{ id: 'meetup', title: '云原生 Meetup 成都站', titles: { en: 'Cloud Native Meetup Chengdu' }, codes: ['20270602'] },
    ...{ start: '2027-06-02T14:00', end: '2027-06-02T17:00', location: '成都' },
    ...changes,
  });

export interface Scene {
  broadcasts: Broadcasts;
  /** The same over the same store, as in another process. */
  another(): Broadcasts;
  store: Store;
  catalog: Catalog;
  community: Community;
  platforms: Map<string, PlatformView>;
  now: number;
  pages(...events: CommunityEvent[]): void;
  channels(...channels: Channel[]): void;
  close(): Promise<void>;
}

export function fakeView(capabilities: Partial<Capabilities> = {}, more: Partial<PlatformView> & { most?: number } = {}): PlatformView {
  const { most = Number.POSITIVE_INFINITY, ...rest } = more;
  return {
    module: {
      format: (message) => ({ text: plainText(message).slice(0, most), ...(message.mention && { mention: message.mention }) }),
      preview: (wire) => (wire as { text: string }).text,
      rest: (message) => (plainText(message).length > most ? { text: 'more' } : undefined),
    },
    online: true,
    capabilities: () => ({ ...FREE, ...capabilities }),
    ...rest,
  };
}

export async function openScene(options: { channels?: Channel[]; events?: CommunityEvent[]; store?: Store } = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-broadcast-'));
  const store = options.store ?? (await openSqlite(folder, { lock: false }));
  const make = () =>
    new Broadcasts({
      store,
      now: () => scene.now,
      catalog: () => scene.catalog,
      community: () => scene.community,
      platform: (instance) => scene.platforms.get(instance),
      idOf: (each) => `first-${each.id}`,
    });
  const scene: Scene = {
    ...{ store, another: make, now: NOW },
    catalog: catalog(options.events ?? [meetup()]),
    community: community({
      channels: options.channels ?? [channel('成都群', ['成都']), channel('general', ['announce'], { language: 'en' })],
    }),
    platforms: new Map([['slack', fakeView()]]),
    broadcasts: undefined as unknown as Broadcasts,
    pages: (...events) => {
      scene.catalog = catalog(events);
    },
    channels: (...channels) => {
      scene.community = { ...scene.community, channels };
    },
    async close() {
      if (!options.store) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  scene.broadcasts = make();
  return scene;
}

let keys = 0;
export const maker = (person = 'slack:person:olga', more: Partial<Maker> = {}): Maker => {
  keys += 1;
  return { person, key: `slack:message:${keys}`, language: 'en', ...more };
};

export const wish = (more: Partial<Wanted> = {}): Wanted => ({ say: { text: 'Hello **all**' }, to: ['all'], except: [], ...more });

export function draftOf(proposed: Proposed): Draft {
  if (proposed.is !== 'proposed') throw new Error(`no draft: ${JSON.stringify(proposed)}`);
  return proposed.draft;
}

export function refusalOf(proposed: Proposed): Refusal {
  if (proposed.is !== 'refused') throw new Error(`not refused: ${JSON.stringify(proposed)}`);
  return proposed.why;
}

/** Proposed and confirmed by one person. */
export async function sent({ broadcasts }: Pick<Scene, 'broadcasts'>, wanted: Wanted, person?: string): Promise<Broadcast> {
  const { id, number, plan } = draftOf(await broadcasts.propose(wanted, maker(person)));
  const confirmed = await broadcasts.confirm({ id, number, count: plan.targets.length }, maker(person));
  expect(confirmed.is).toBe('confirmed');
  return (confirmed as { broadcast: Broadcast }).broadcast;
}
