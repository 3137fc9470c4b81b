// Broadcasts from the command line: beside a running bot, or before there is one. Nothing is connected.
import type { Adapter, AdapterModule, Address, Capabilities } from '../adapter.js';
import { loadAdapters } from '../adapters.js';
import { Broadcasts, type PlatformView } from '../broadcast/index.js';
import { type AdapterSettings, readAdapterSettings, readEnvironment } from '../config/environment.js';
import type { Community } from '../content/catalog.js';
import { type Known, meet } from '../schedule/known.js';
import { keyvOver } from '../store/keyv.js';
import type { Store } from '../store/port.js';
import { withKeptContent } from './kept-content.js';

export interface BroadcastScene {
  broadcasts: Broadcasts;
  store: Store;
  community: Community;
}

/** @throws SettingsError, StoreError */
export async function withBroadcasts<Result>(work: (scene: BroadcastScene) => Promise<Result>): Promise<Result> {
  const { modules } = await loadAdapters(readEnvironment().adapters, process.cwd());
  const settings = readAdapterSettings(modules);
  return withKeptContent(async ({ store, catalog, community: written }) => {
    const now = Date.now;
    const community = await resolved(written, store);
    const platforms = new Map(settings.map((each) => [each.module.name, viewOf(each)]));
    const broadcasts = new Broadcasts({
      store,
      now,
      catalog: () => catalog,
      community: () => community,
      platform: (instance) => platforms.get(instance),
      idOf: async (event) => {
        const known = (await store.knownEvents()) as Known[];
        return meet(catalog.events, known, { now: now(), first: false }).find((met) => met.event.id === event.id)?.known.id ?? event.id;
      },
    });
    return work({ broadcasts, store, community });
  });
}

/** Rooms that emcee.yaml knows by a platform's name: the bot has found and kept their addresses. */
async function resolved(community: Community, store: Store): Promise<Community> {
  const kept = keyvOver(store, 'channels');
  const channels = await Promise.all(
    community.channels.map(async (channel) => ({ ...channel, address: (await kept.get<string>(channel.address)) ?? channel.address })),
  );
  return { ...community, channels };
}

/** What a platform can do is known without connecting; whether it is connected only the bot knows. */
function viewOf({ module, values }: AdapterSettings): PlatformView {
  let adapter: Adapter | undefined;
  return { module, online: true, capabilities };

  function capabilities(to: Address): Capabilities {
    adapter ??= (module as AdapterModule).create(values, module.name);
    return adapter.capabilities(to);
  }
}
