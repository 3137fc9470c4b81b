/** The bot as a whole. Start: config → store → content → adapters → bot. Stop: drain, save, exit. */
import { setTimeout } from 'node:timers/promises';
import type { AdapterModule, Host, Logger, Outgoing } from './adapter.js';
import { type Answerer, createAnswerer, refersBack } from './answer/index.js';
import { Alerts } from './bot/alerts.js';
import { Channels } from './bot/channels.js';
import { tellContentChanges } from './bot/content-news.js';
import { Errands } from './bot/errands.js';
import { gauges } from './bot/gauges.js';
import { Bot } from './bot/index.js';
import { loginPictures } from './bot/login-pictures.js';
import { Pauses } from './bot/pauses.js';
import { Platforms } from './bot/platforms.js';
import { status } from './bot/status.js';
import { keepTidy } from './bot/tidy.js';
import { Trust } from './bot/trust.js';
import { watch } from './bot/watch.js';
import { closeInTime, once } from './closing.js';
import type { AdapterSettings, Environment } from './config/environment.js';
import type { Community } from './content/catalog.js';
import { Kept } from './content/kept-live.js';
import { openLibrary } from './content/library.js';
import type { Language } from './content/types.js';
import { oneDesk } from './desk/index.js';
import { type Desk, openDesk } from './desk/open.js';
import { Ledger } from './ledger/index.js';
import { TIMING, type Timing } from './ledger/timing.js';
import { Metrics } from './metrics.js';
import { PHRASES } from './phrases/index.js';
import { CHANNEL_WORDS, inEveryLanguage, ORGANIZER_PHRASES, WATCH_WORDS } from './phrases/organizers.js';
import { Schedule } from './schedule/index.js';
import { listen } from './server/index.js';
import { keyvOver } from './store/keyv.js';
import { openStore } from './store/open.js';
import type { DeliveryKind, Outcome } from './store/port.js';

const DAY_MS = 24 * 3600_000;
/** `emcee is running` is said at the latest so long after the start. */
const CONNECT_MS = 2_000;

const SAMPLE_IS_SERVED =
  'this is the sample content: members get answers, nothing is posted by itself; `emcee init DIR` makes a content folder of your own';

export interface Parts {
  environment: Environment;
  adapters: AdapterSettings[];
  log: Logger;
  timing?: Timing;
  now?: () => number;
  lockWaitMs?: number;
}

export interface Running {
  url: string;
  /** Stops taking messages, lets what is under way end, closes everything. Twice is fine. */
  stop(): Promise<void>;
}

/** @throws StoreError, SettingsError or the system's error; what was started is closed again. */
export async function start(parts: Parts): Promise<Running> {
  const { environment, log } = parts;
  const now = parts.now ?? Date.now;
  const closing: (() => unknown)[] = [];
  const stop = once(async () => {
    for (const close of closing.reverse()) await closeInTime(close, log);
  });
  try {
    // The store's thread comes up while the pages are read.
    const opening = openStore(environment, log, true, parts.lockWaitMs);
    closing.push(() => opening.then((store) => store.close()).catch(() => undefined));
    const reading = openLibrary({ root: environment.content, cacheFile: environment.pagesCache, log, now });
    closing.push(() => reading.then((library) => library.close()).catch(() => undefined));
    const [store, library] = await Promise.all([opening, reading]);

    const metrics = new Metrics();
    let ownUrl: string | undefined;
    const kept = new Kept({ store, catalog: () => library.catalog(), community: () => library.community() });
    const catalog = () => kept.catalog();
    const calendarUrl = environment.publicUrl && `${environment.publicUrl}/calendar.ics`;
    const forMembers = () => ({ ...library.community(), calendarUrl });
    let answerer: Answerer = createAnswerer(catalog(), forMembers());
    const platforms: Platforms = new Platforms({
      log,
      now,
      about: () => about(library.community()),
      organizers: {
        signIn: (token) => desk.signIn.signIn(token),
        signedIn: (session) => desk.signIn.signedIn(session),
        signOut: (session) => desk.signIn.signOut(session),
        pictures: async (session) =>
          (await desk.signIn.signedIn(session)) && loginPictures(platforms.all, (instance) => keyvOver(store, `session:${instance}`, now)),
      },
      sessions: (instance) => keyvOver(store, `session:${instance}`, now),
      receive: ({ instance, module, adapter }, message) => {
        metrics.count('emcee_messages_total', { adapter: instance });
        const { threads = false, proactive, choices } = adapter.capabilities();
        return bot.receive({ instance, module, threads, limitsWho: typeof proactive === 'object', proactive, choices }, message);
      },
      settle: (deliveryId, outcome) =>
        void ledger.settle(deliveryId, outcome).catch((error) => log.error({ err: error }, 'a late result could not be kept')),
      tell: (notice, about) => {
        if (about === undefined || channels.has(about)) void alerts.notify(notice);
      },
      namesChanged: () => void channels.look(),
      changed: ({ instance, state }, before) => {
        if (state.is === 'offline') void alerts.notify(inEveryLanguage((say) => say.platformGone(instance, state.reason)));
        if (state.is !== 'online') return;
        ledger.resume();
        void channels.look();
        if (before === 'offline') void alerts.notify(inEveryLanguage((say) => say.platformBack(instance)));
        alerts.retry();
      },
    });
    const pauses = new Pauses({ store, kept, now });
    const ledger = new Ledger({
      store,
      log,
      now,
      timing: parts.timing ?? { ...TIMING, quiet: environment.readBackAfter },
      adapterOf: (address) => platforms.of(address)?.adapter,
      paused: (instance) => pauses.of(instance),
      ended: (instance, { kind }, end, tookMs) => {
        const { state: outcome } = end;
        if (outcome === 'sent') platforms.sent(instance);
        const toMend = toldToOrganizers(kind, end);
        if (toMend) void alerts.notify({ en: toMend, zh: toMend });
        metrics.count('emcee_attempts_total', { adapter: instance, kind, outcome });
        metrics.observe('emcee_send_duration_seconds', { adapter: instance, outcome }, tookMs / 1000);
      },
      online: () => platforms.online(),
    });
    const alerts = new Alerts({
      store,
      log,
      now,
      community: () => ({ ...community(), organizers: desk.people.addresses() }),
      capabilities: (address) => (pauses.of(address.slice(0, address.indexOf(':'))) ? undefined : platforms.capabilities(address)),
      say: (address, message, ids) => ledger.say(address, formatFor(platforms.of(address)?.module, message), ids),
      words: (notices, more, language) => ORGANIZER_PHRASES[language].bundle(notices, more),
      codeWithoutLink: (code) => inEveryLanguage((say) => say.codeWithoutLink(code)),
    });
    const channels = new Channels({
      log,
      kept: keyvOver(store, 'channels', now),
      community: () => library.community(),
      adapterOf: (instance) => platforms.of(`${instance}:`)?.adapter,
      isBound: (instance) => platforms.of(`${instance}:`)?.module.rooms !== undefined,
      notify: (text) => void alerts.notify(text),
      words: CHANNEL_WORDS,
    });
    const trust = new Trust(parts.adapters.map(({ module, values }) => [module.name, module.unstableIds?.(values)]));
    const community = () => trust.trusted(channels.resolved(library.community()));
    const tellDistrust = () => {
      for (const notice of trust.news(library.community())) void alerts.notify(notice);
    };
    const schedule = new Schedule({
      store,
      log,
      now,
      community,
      catalog,
      moduleOf: (address) => platforms.all.find(({ instance }) => address.startsWith(`${instance}:`))?.module,
      post: (post, targets) => ledger.post(post, targets),
      notify: (text, options) => void alerts.notify(text, options),
    });
    const find = (text: string, language: Language) =>
      answerer.answer({ text, language, place: 'direct', addressed: true, role: 'member', sender: '', now: new Date(now()) });
    const desk: Desk = openDesk({
      ...{ store, log, now, catalog, community, kept, ledger, platforms, pauses, schedule, find },
      written: () => library.community(),
      publicUrl: environment.publicUrl,
      ownUrl: () => ownUrl,
      notify: (text) => void alerts.notify(text),
    });
    const errands = new Errands({
      ...{ store, now, community, catalog, find },
      idOf: (event) => schedule.idOf(event),
      confirm: (event) => schedule.confirm(event),
      decide: (id, what) => schedule.decide(id, what),
      waiting: () => schedule.waiting,
      changed: () => schedule.changed(),
      calendarUrl,
    });
    const bot = new Bot({
      store,
      ledger,
      alerts,
      log,
      now,
      community,
      answer: (question) => answerer.answer(question),
      refersBack,
      errand: oneDesk([desk.run, (errand) => errands.run(errand), desk.takeText]),
      personOf: (account, session) => desk.people.personOf(account, session),
      paused: (instance) => pauses.of(instance),
      answered: (instance, kind, tookMs) => {
        metrics.count('emcee_answers_total', { adapter: instance, kind });
        metrics.observe('emcee_answer_duration_seconds', { adapter: instance }, tookMs / 1000);
      },
    });
    library.onChange((change) => {
      answerer = createAnswerer(catalog(), forMembers(), answerer);
      tellContentChanges(change, log, alerts);
      tellDistrust();
      void channels.look();
      schedule.changed(change);
      void desk.pagesChanged();
    });
    kept.onChange(() => {
      answerer = createAnswerer(catalog(), forMembers(), answerer);
      schedule.changed();
    });
    await desk.start();

    for (const { module, values } of parts.adapters) platforms.add(module, values);
    const server = await listen(
      {
        log,
        metricsToken: environment.metricsToken,
        now,
        catalog,
        community: () => library.community(),
        entries: () => schedule.entries,
        publicUrl: environment.publicUrl,
        trustProxy: environment.trustProxy,
        routes: platforms.all.flatMap(({ adapter }) => adapter.routes ?? []),
        webhook: (instance) => platforms.all.find((platform) => platform.instance === instance)?.adapter.webhook,
        metrics: async () => {
          const open = await store.open().catch(() => []);
          const { events } = library.catalog();
          return metrics.text(gauges({ open, platforms: platforms.all, events: events.length, unrecorded: bot.unrecorded, now: now() }));
        },
        health: () => ({
          ok: bot.canKeep,
          details: () =>
            status(
              platforms.all,
              store,
              { events: library.catalog().events.length, unrecorded: bot.unrecorded, silenced: bot.silenced },
              (instance) => pauses.of(instance),
            ),
        }),
      },
      environment.host,
      environment.port,
    );
    ownUrl = server.url;
    // Closed in the opposite order: first nothing is taken any more, then what is under way may end.
    closing.push(
      () => platforms.close(),
      () => ledger.stop(),
      () => server.close(),
      () => alerts.close(),
      () => channels.close(),
      () => desk.close(),
      keepTidy({ store, log, now, keepDeliveriesMs: environment.keepDays * DAY_MS }),
      () => schedule.close(),
      watch({
        ...{ store, now, words: WATCH_WORDS, platforms: () => platforms.all, paused: (instance) => pauses.of(instance) },
        notify: (text) => void alerts.notify(text),
      }),
    );

    if (library.community().sample) log.info({ content: environment.content }, SAMPLE_IS_SERVED);
    tellDistrust();
    await ledger.start();
    // A platform that takes its time, or never answers, does not hold the others back.
    await Promise.race([platforms.connect(), setTimeout(CONNECT_MS, undefined, { ref: false })]);
    log.info(
      { url: server.url, events: library.catalog().events.length, adapters: platforms.all.map(({ instance }) => instance) },
      'emcee is running',
    );
    // Nothing is due within the moment that its ticking takes to load; members need not wait for it.
    await schedule.start();
    return { url: server.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function about({ name, language, words }: Community): ReturnType<Host['about']> {
  return { name, language, welcome: { zh: words.welcome ?? PHRASES.zh.welcome, en: words.welcome ?? PHRASES.en.welcome } };
}

/** A post that was refused, and what keeps answers from everybody; one member who cannot be reached is no news. */
function toldToOrganizers(kind: DeliveryKind, end: Outcome): string | undefined {
  if (end.state !== 'refused') return undefined;
  return kind === 'post' || (kind === 'reply' && ['signed-out', 'not-allowed'].includes(end.reason)) ? end.detail : undefined;
}

function formatFor(module: AdapterModule | undefined, message: Outgoing): unknown {
  if (!module) throw new Error('the platform went away');
  return module.format(message);
}
