// Commands about a platform, beside the running bot: the kill switch, signing in, and binding rooms to channels.
import { type AdapterModule, cleanText, type RoomBinding } from '../adapter.js';
import { loadAdapters } from '../adapters.js';
import { type Environment, readAdapterSettings } from '../config/environment.js';
import { loadContent } from '../content/load.js';
import { bindingOf } from '../desk/platforms.js';
import { keyvOver } from '../store/keyv.js';
import type { Store } from '../store/port.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';
import { operator, withStore } from './with-store.js';

interface Scene {
  environment: Environment;
  store: Store;
  /** Of the platforms that are on. */
  modules: AdapterModule[];
}

/** `emcee pause PLATFORM`, `emcee resume PLATFORM`: nothing goes out there until it is resumed. */
export function switchCommand(is: 'pause' | 'resume', platform: string): Promise<Outcome> {
  return withScene(async ({ store, modules }) => {
    moduleOf(modules, platform);
    await store.keep({ kind: 'pause', name: platform, value: is === 'pause' ? true : null, by: operator() }, Date.now());
    await store.writeAudit({ who: operator(), did: is === 'pause' ? 'paused' : 'resumed', about: { platform } }, Date.now());
    const what = is === 'pause' ? `is paused: nothing goes out, what waits stays. emcee resume ${platform} lets it go on.` : 'sends again.';
    return { lines: [`${platform} ${what}`] };
  });
}

/** `emcee login PLATFORM`: the picture that the running bot waits to have scanned. */
export function loginCommand(platform: string): Promise<Outcome> {
  return withScene(async ({ store, modules }) => {
    const { login } = moduleOf(modules, platform);
    if (!login) throw new UsageError(`${platform} needs no picture to sign in.`);
    const picture = await login(keyvOver(store, `session:${platform}`), 'terminal');
    if (picture === undefined)
      return { lines: [`${platform} waits for no login. Is the bot running? /healthz tells its state.`], exitCode: 1 };
    return { lines: [picture, 'Scan it with the app on the phone; run the command again when it is out of date.'] };
  });
}

/** `emcee rooms`: channels that have to be bound to rooms, and to which they are. */
export function roomsCommand({ json }: { json?: boolean }): Promise<Outcome> {
  return withScene(async (scene) => {
    const bindable = await bindings(scene);
    const rows = await Promise.all(
      bindable.map(async ({ channel, name, rooms }) => {
        const found = (await rooms.list()).find((each) => each.channel === name);
        return {
          channel: channel.name,
          name,
          state: found?.state ?? 'unbound',
          topic: found?.topic ?? null,
          candidates: found?.candidates ?? [],
        };
      }),
    );
    if (json) return jsonOutcome(rows);
    if (rows.length === 0) return { lines: ['No channel has to be bound: emcee.yaml names none such as address: wechaty:chengdu.'] };
    return {
      lines: rows.map(({ channel, state, topic, candidates }) => {
        const which = candidates.map((each) => `${cleanText(each.topic)} (${each.members})`).join(', ');
        return `${state.padEnd(8)} ${channel}${topic ? `  ${cleanText(topic)}` : ''}${which ? `  candidates: ${which}` : ''}`;
      }),
    };
  });
}

/** `emcee rooms bind CHANNEL`: what has to be typed in the room. `confirm`: the one candidate is it. */
export function bindCommand(is: 'bind' | 'confirm', channel: string): Promise<Outcome> {
  return withScene(async (scene) => {
    const bindable = await bindings(scene);
    const found = bindable.find((each) => each.channel.name === channel || each.name === channel);
    if (!found) {
      const names = bindable.map((each) => each.channel.name).join(', ');
      throw new UsageError(`'${channel}' is no channel that has to be bound. ${names ? `These are: ${names}.` : 'emcee.yaml names none.'}`);
    }
    const wrote = (did: string) => scene.store.writeAudit({ who: operator(), did, about: { channel: found.channel.name } }, Date.now());
    if (is === 'confirm') {
      if (await found.rooms.confirm(found.name)) {
        await wrote('confirmed-room');
        return { lines: [`${channel}: the running bot goes on with that room.`] };
      }
      return { lines: [`${channel}: nothing is asked, or several rooms fit. emcee rooms bind ${channel}`], exitCode: 1 };
    }
    await wrote('asked-to-bind');
    const { say, forMs } = await found.rooms.bind(found.name);
    return { lines: [`Within ${Math.round(forMs / 60_000)} minutes, type this in the room (the bot has to be in it):`, '', `  ${say}`] };
  });
}

async function bindings({ environment, store, modules }: Scene): Promise<ReturnType<typeof bindingOf>> {
  const { community } = await loadContent(environment.content, { now: Date.now(), cacheFile: environment.pagesCache });
  const roomsOf = (instance: string): RoomBinding | undefined =>
    modules.find(({ name }) => name === instance)?.rooms?.(keyvOver(store, `session:${instance}`));
  return community.channels.flatMap((channel) => bindingOf(channel, roomsOf));
}

function moduleOf(modules: readonly AdapterModule[], name: string): AdapterModule {
  const module = modules.find((each) => each.name === name);
  if (module) return module;
  const names = modules.map((each) => each.name).join(', ');
  const those = names ? `These are: ${names}.` : 'None is.';
  throw new UsageError(
    `'${name}' is no platform that is on. ${those} Is the command run with the bot's own settings? emcee doctor tells what is missing.`,
  );
}

function withScene(work: (scene: Scene) => Promise<Outcome>): Promise<Outcome> {
  return withStore(async (store, environment) => {
    const { modules } = await loadAdapters(environment.adapters, process.cwd());
    return work({ environment, store, modules: readAdapterSettings(modules).map(({ module }) => module) });
  });
}
