// A bot in this process over real adapters, a real store and a real HTTP port, put together as the start does it; its clock can be set on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdapterModule, Address } from '../../src/adapter.js';
import type { Answer } from '../../src/answer/types.js';
import { Alerts } from '../../src/bot/alerts.js';
import type { Errand } from '../../src/bot/errand.js';
import { Bot } from '../../src/bot/index.js';
import { Platforms } from '../../src/bot/platforms.js';
import { OrganizerDesk } from '../../src/desk/organizers.js';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import { Invites, invite } from '../../src/organizers/invites.js';
import { People } from '../../src/organizers/people.js';
import { SIGN_IN_PATH, SignIn } from '../../src/organizers/sign-in.js';
import { ORGANIZER_PHRASES } from '../../src/phrases/organizers.js';
import { listen } from '../../src/server/index.js';
import { keyvOver } from '../../src/store/keyv.js';
import type { Store } from '../../src/store/port.js';
import { watchRevision } from '../../src/store/revision.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { catalog, community } from '../answer/scene.js';
import { silentLog, until } from '../fakes/platform.js';

export interface House {
  store: Store;
  people: People;
  platforms: Platforms;
  url: string;
  /** What was asked for, and as whom. */
  errands: Errand[];
  /** Everything that went to the log. */
  logged: string[];
  organizers: string[];
  later(ms: number): void;
  invite(): Promise<string>;
  /** Nothing waits to be sent. */
  quiet(): Promise<void>;
  /** Addresses of organizers, those of emcee.yaml too. */
  roster(): string[];
  close(): Promise<void>;
}

export interface HouseOptions {
  adapters: { module: AdapterModule; settings?: Record<string, unknown> }[];
  organizers?: string[];
  channels?: { name: string; address: string; tags: string[] }[];
  /** Codes of events. */
  codes?: string[];
  store?: Store;
  publicUrl?: string;
  trustProxy?: string[];
}

export async function openHouse(options: HouseOptions): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-organizers-'));
  const store = options.store ?? (await openSqlite(folder, { lock: true }));
  const { publicUrl, codes = [], channels = [], trustProxy = [] } = options;
  let skipped = 0;
  const now = () => Date.now() + skipped;
  const logged: string[] = [];
  const write = (data: object, message: string) => void logged.push(`${message} ${JSON.stringify(data)}`);
  const log = { debug: write, info: write, warn: write, error: write };
  const errands: Errand[] = [];
  const organizers = [...(options.organizers ?? [])];
  const settings = () => community({ language: 'en', organizers, channels });
  const say = (text: string): Answer => ({
    kind: codes.includes(text) ? 'code' : 'none',
    events: [],
    language: 'en',
    reply: { text: `ordinary: ${text}` },
  });

  const platforms: Platforms = new Platforms({
    log,
    now,
    about: () => ({ name: 'emcee', language: 'en', welcome: { zh: '你好', en: 'Hello' } }),
    sessions: (instance) => keyvOver(store, `session:${instance}`, now),
    receive: ({ instance, module, adapter }, message) =>
      bot.receive(
        { instance, module, threads: adapter.capabilities().threads ?? false, proactive: adapter.capabilities().proactive },
        message,
      ),
    settle: () => undefined,
    tell: () => undefined,
    changed: () => ledger.resume(),
    organizers: {
      signIn: (token) => signIn.signIn(token),
      signedIn: (session) => signIn.signedIn(session),
      signOut: (session) => signIn.signOut(session),
      pictures: async (session) => (await signIn.signedIn(session)) && [{ platform: 'wechaty', svg: '<svg/>' }],
    },
  });
  const sendersOf = (instance: string) => platforms.all.find((each) => each.instance === instance)?.senders ?? 'account';
  const ledger = new Ledger({
    ...{ store, log: silentLog, now, timing: faster(TIMING, 100) },
    adapterOf: (address) => platforms.of(address)?.adapter,
    online: () => platforms.online(),
  });
  const alerts = new Alerts({
    ...{ store, log: silentLog, now, community: settings, capabilities: () => undefined, say: async () => undefined },
    words: (notices, more, language) => ORGANIZER_PHRASES[language].bundle(notices, more),
    codeWithoutLink: () => ({ en: '', zh: '' }),
  });
  const people = new People({ store, log, community: settings, sendersOf, now });
  const signIn = new SignIn({
    ...{ store, people, publicUrl, now },
    ownUrl: () => server.url,
    hasPage: () => platforms.all.some(({ adapter }) => adapter.routes?.some(({ path }) => path === SIGN_IN_PATH)),
  });
  const desk = new OrganizerDesk({
    ...{ store, people, signIn, sendersOf, now, community: settings, find: say },
    invites: new Invites(store, now),
  });
  const bot = new Bot({
    ...{ store, ledger, alerts, log, now, community: settings },
    answer: ({ text }) => say(text),
    refersBack: () => false,
    personOf: (account, session) => people.personOf(account, session),
    errand: (errand) => {
      errands.push(errand);
      return desk.run(errand);
    },
  });
  for (const { module, settings = {} } of options.adapters) platforms.add(module, settings);
  const watch = watchRevision(store, () => people.read(), 50);
  await watch.look();
  const server = await listen(
    {
      ...{ log, metricsToken: undefined, now, publicUrl, trustProxy },
      catalog: () => catalog([]),
      community: settings,
      routes: platforms.all.flatMap(({ adapter }) => adapter.routes ?? []),
      webhook: (instance) => platforms.all.find((each) => each.instance === instance)?.adapter.webhook,
      metrics: async () => ({ type: 'text/plain', body: '' }),
      health: () => ({ ok: true, details: async () => ({}) }),
    },
    '127.0.0.1',
    0,
  );
  await platforms.connect();
  await ledger.start();
  return {
    ...{ store, people, platforms, errands, logged, organizers, url: server.url },
    later: (ms) => {
      skipped += ms;
    },
    invite: async () => (await invite(store, { by: 'cli:test' }, now())).code,
    quiet: () => until(async () => !ledger.busy && (await store.open()).every(({ state }) => state === 'unknown'), 'silence'),
    roster: () => people.list().flatMap(({ accounts }) => accounts.map(({ address }) => address)),
    async close() {
      await server.close();
      await platforms.close();
      watch.close();
      alerts.close();
      await ledger.stop();
      if (!options.store) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A wrong code that looks like this one. */
export function wrongCode(code: string): string {
  return `${code.slice(0, -1)}${code.endsWith('X') ? 'Y' : 'X'}`;
}

export const person = (instance: string, id: string): Address => `${instance}:person:${id}`;
