// Organizers and members talk to a bot whose slides links and aliases live in a real store; a second replica can stand beside it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Incoming } from '../../src/adapter.js';
import { type Answerer, createAnswerer, refersBack } from '../../src/answer/index.js';
import { Alerts } from '../../src/bot/alerts.js';
import type { RunErrand } from '../../src/bot/errand.js';
import { Bot } from '../../src/bot/index.js';
import type { Catalog, Community } from '../../src/content/catalog.js';
import { Kept } from '../../src/content/kept-live.js';
import { SlidesDesk } from '../../src/desk/slides.js';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import { inEveryLanguage, ORGANIZER_PHRASES } from '../../src/phrases/organizers.js';
import type { Store } from '../../src/store/port.js';
import { watchRevision } from '../../src/store/revision.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { season, community as settings } from '../answer/scene.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';

export const OLGA = 'fake:person:olga';

export interface DeskScene {
  store: Store;
  kept: Kept;
  desk: SlidesDesk;
  platform: FakePlatform;
  /** Says something, and gives what is answered; '' for silence. */
  say(text: string, about?: Saying): Promise<string>;
  /** The same message once more, as a platform does that heard no acknowledgement. */
  again(): Promise<void>;
  /** Minutes go by. */
  later(ms: number): void;
  now(): number;
  close(): Promise<void>;
}

export interface Saying {
  as?: string;
  room?: boolean;
  addressed?: boolean;
}

export async function openDesk(
  options: { store?: Store; catalog?: Catalog; community?: Partial<Community>; further?: (scene: DeskScene) => RunErrand } = {},
): Promise<DeskScene> {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-desk-'));
  const store = options.store ?? (await openSqlite(folder, { lock: true }));
  const pages = options.catalog ?? season();
  const community = settings({ organizers: [OLGA, 'fake:person:oscar'], ...options.community });
  const platform = new FakePlatform();
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const kept = new Kept({ store, catalog: () => pages, community: () => community });
  let answerer: Answerer = createAnswerer(kept.catalog(), community);
  kept.onChange(() => {
    answerer = createAnswerer(kept.catalog(), community, answerer);
  });
  const watch = watchRevision(store, () => kept.read(), 20);
  await watch.look();
  const desk = new SlidesDesk({
    ...{ store, kept, now, community: () => community },
    find: (text, language) =>
      answerer.answer({ text, language, place: 'direct', addressed: true, role: 'member', sender: '', now: new Date(now()) }),
  });
  const timing = faster(TIMING, 100);
  const ledger = new Ledger({ store, log: silentLog, now, adapterOf: () => platform.adapter, online: () => ['fake'], timing });
  const alerts = new Alerts({
    ...{ store, log: silentLog, now, community: () => community, capabilities: () => undefined, say: async () => undefined },
    words: (notices, more, language) => ORGANIZER_PHRASES[language].bundle(notices, more),
    codeWithoutLink: (code) => inEveryLanguage((say) => say.codeWithoutLink(code)),
  });
  const bot = new Bot({
    ...{ store, ledger, alerts, log: silentLog, now, refersBack, community: () => community },
    answer: (question) => answerer.answer(question),
    errand: (errand) => further?.(errand) ?? desk.run(errand),
  });
  let count = 0;
  let last: Incoming | undefined;
  const receive = async (message: Incoming) => {
    await bot.receive({ instance: 'fake', module: platform.module, threads: false, proactive: 'always' }, message);
    await until(async () => !ledger.busy && (await store.open()).length === 0);
  };
  const scene: DeskScene = {
    ...{ store, kept, desk, platform, now },
    async say(text, { as = 'olga', room = false, addressed = !room } = {}) {
      const before = platform.arrived.length;
      const where = room ? ('fake:room:1' as const) : (`fake:person:${as}` as const);
      count += 1;
      last = { id: `${folder}-${count}`, where, sender: { id: as, isBot: false }, text, addressed, at: new Date(now()) };
      await receive(last);
      return platform.texts().slice(before).join('\n\n');
    },
    again: async () => last && receive(last),
    later(ms) {
      ahead += ms;
    },
    async close() {
      watch.close();
      alerts.close();
      await ledger.stop();
      if (!options.store) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const further = options.further?.(scene);
  return scene;
}
