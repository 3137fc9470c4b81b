/** The organizers' desk with all that it needs: who they are, what they keep, their broadcasts; each desk in the order it is asked in. */
import type { Address, Logger } from '../adapter.js';
import type { Answer } from '../answer/types.js';
import type { RunErrand } from '../bot/errand.js';
import type { Pauses } from '../bot/pauses.js';
import type { Platform, Platforms } from '../bot/platforms.js';
import { Broadcasts } from '../broadcast/index.js';
import type { Catalog, Community } from '../content/catalog.js';
import type { Kept } from '../content/kept-live.js';
import type { Language } from '../content/types.js';
import type { Ledger } from '../ledger/index.js';
import { Invites } from '../organizers/invites.js';
import { People } from '../organizers/people.js';
import { SignIn } from '../organizers/sign-in.js';
import type { Schedule } from '../schedule/index.js';
import { keyvOver } from '../store/keyv.js';
import type { Notice, Store } from '../store/port.js';
import { watchRevision } from '../store/revision.js';
import { BroadcastDesk } from './broadcasts.js';
import { Follower } from './follow.js';
import { oneDesk } from './index.js';
import { OrganizerDesk } from './organizers.js';
import { PlatformDesk } from './platforms.js';
import { SlidesDesk } from './slides.js';
import { StatusDesk } from './status.js';
import { UnknownPostsDesk } from './unknown-posts.js';

/** A platform that was paused elsewhere is silent, and who was removed is nobody, so long after it at the latest. */
const LOOK_MS = 500;

export interface OpenDeskParts {
  store: Store;
  log: Logger;
  now(): number;
  catalog(): Catalog;
  /** With every address that is known by now in place of its name. */
  community(): Community;
  /** As emcee.yaml has it. */
  written(): Community;
  kept: Kept;
  ledger: Ledger;
  platforms: Platforms;
  pauses: Pauses;
  schedule: Schedule;
  /** What a text gets as an answer. */
  find(text: string, language: Language): Answer;
  publicUrl: string | undefined;
  /** Where this process listens; undefined: not yet. */
  ownUrl(): string | undefined;
  notify(text: Notice['text']): void;
}

export interface Desk {
  people: People;
  signIn: SignIn;
  run: RunErrand;
  /** What is asked after every other errand: the text of a broadcast that was asked for. */
  takeText: RunErrand;
  /** Announcements that wait for their time look at their events again. Never rejects. */
  pagesChanged(): Promise<void>;
  /** Takes up what was under way. Never rejects. */
  start(): Promise<void>;
  close(): void;
}

export function openDesk(parts: OpenDeskParts): Desk {
  const { store, log, now, catalog, community, platforms, pauses, schedule, ledger, find, kept } = parts;
  const platformAt = (address: string): Platform | undefined => platforms.all.find(({ instance }) => address.startsWith(`${instance}:`));
  const sendersOf = (instance: string): Platform['senders'] => platformAt(`${instance}:`)?.senders ?? 'account';
  const people = new People({ store, log, now, community, sendersOf });
  const signIn = new SignIn({
    ...{ store, people, now, publicUrl: parts.publicUrl, ownUrl: parts.ownUrl },
    hasPage: () => platforms.all.some(({ adapter }) => adapter.routes?.some(({ path }) => path === '/') ?? false),
  });
  const broadcasts = new Broadcasts({
    ...{ store, now, catalog, community },
    platform: (instance) => {
      const platform = platformAt(`${instance}:`);
      if (!platform) return undefined;
      const { module, adapter, state } = platform;
      const stopped = pauses.of(instance);
      const capabilities = (to: Address) => ({ ...adapter.capabilities(to), ...(stopped !== undefined && { stopped }) });
      return { module, online: state.is === 'online', capabilities };
    },
    idOf: (event) => schedule.idOf(event),
    wake: () => ledger.resume(),
    notify: parts.notify,
  });
  const follower = new Follower({
    ...{ broadcasts, ledger, store, log, now, isOrganizer: (person) => people.has(person) },
    moduleOf: (address) => platformAt(address)?.module,
  });
  const organizerDesk = new OrganizerDesk({ store, people, signIn, community, find, sendersOf, now, invites: new Invites(store, now) });
  const broadcastDesk = new BroadcastDesk({
    ...{ broadcasts, catalog, community, now },
    waiting: keyvOver(store, 'broadcast-text', now),
    follow: () => follower.follow(),
  });
  const platformDesk = new PlatformDesk({
    community: parts.written,
    instances: () => platforms.all.map(({ instance }) => instance),
    rooms: (instance) => platformAt(`${instance}:`)?.module.rooms?.(keyvOver(store, `session:${instance}`, now)),
    pause: (instance, by) => pauses.pause(instance, by),
    resume: async (instance, by) => {
      await pauses.resume(instance, by);
      ledger.resume();
    },
    did: (did, who, about) => store.writeAudit({ who, did, about }, now()),
  });
  const slidesDesk = new SlidesDesk({ store, kept, community, find, now });
  const statusDesk = new StatusDesk({
    ...{ store, catalog, community, now },
    platforms: () => platforms.all.map((each) => ({ ...each, paused: pauses.of(each.instance) !== undefined })),
    nextPosts: (count) => schedule.ahead(count),
    troubles: () => kept.troubles(),
  });
  const unknownPostsDesk = new UnknownPostsDesk({ store, now, wake: () => ledger.resume() });
  const watch = watchRevision(store, () => Promise.all([people.read(), kept.read()]), LOOK_MS);
  return {
    ...{ people, signIn },
    run: oneDesk([
      // "resume wechaty" is about a platform, not about a broadcast.
      (errand) => platformDesk.run(errand),
      // "remove slides: 20231104" is about slides, not about an organizer.
      (errand) => slidesDesk.run(errand),
      (errand) => organizerDesk.run(errand),
      broadcastDesk.run,
      (errand) => statusDesk.run(errand),
      (errand) => unknownPostsDesk.run(errand),
    ]),
    takeText: broadcastDesk.takeText,
    pagesChanged: () =>
      broadcasts.pagesChanged().catch((error) => log.error({ err: error }, 'announcements that wait could not be looked at')),
    start: async () => {
      await watch.look().catch((error) => log.error({ err: error }, 'what organizers have set cannot be read yet; it is tried again'));
      follower.start();
    },
    close: () => {
      watch.close();
      follower.close();
    },
  };
}
