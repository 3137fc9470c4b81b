// WeChat, an account and the adapter over the real Wechaty; alone, or with the whole bot around it.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WechatyAdapter, type WechatyTiming } from '../../../adapters/wechaty/adapter.js';
import wechaty from '../../../adapters/wechaty/index.js';
import { type Load, load } from '../../../adapters/wechaty/sdk.js';
import type { WechatySettings } from '../../../adapters/wechaty/settings.js';
import type { AdapterModule, Host } from '../../../src/adapter.js';
import { readAdapterSettings, readEnvironment } from '../../../src/config/environment.js';
import { faster, TIMING } from '../../../src/ledger/timing.js';
import { type Running, start } from '../../../src/main.js';
import type { Delivery, Store } from '../../../src/store/port.js';
import { openSqlite } from '../../../src/store/sqlite/index.js';
import { SAMPLE, temporaryFolder } from '../../cli/emcee.js';
import { FakePlatform, silentLog, until } from '../../fakes/platform.js';
import type { WeChat } from '../../fakes/wechaty/wechat.js';

const QUICK: WechatyTiming = { look: 20, grace: 150, old: 120_000, retry: 5, close: 2_000 };
/** No gap, no hours: what tests of other things need. */
export const UNPACED = {
  WECHATY_PUPPET: './scripted',
  WECHATY_PACE: '0-1ms',
  WECHATY_REPLY_PACE: '0-1ms',
  WECHATY_BATCH: '1000/1s',
  WECHATY_DAILY: '10000',
  WECHATY_DAILY_REPLIES: '5000',
  WECHATY_HOURS: '00:00-24:00',
};

export function settingsOf(more: Record<string, string> = {}): WechatySettings {
  const [found] = readAdapterSettings([wechaty as AdapterModule], { ...UNPACED, ...more });
  return found?.values as WechatySettings;
}

/** Imports the scripted puppet in the place of the one that the settings name. */
function loadScripted(wechat: WeChat): Load {
  return async (name) => {
    if (!name.endsWith('/scripted')) return load(name);
    const { default: ScriptedPuppet } = await import('../../fakes/wechaty/puppet.mjs');
    return {
      default: class extends ScriptedPuppet {
        constructor() {
          super({ script: wechat.script });
        }
      },
    };
  };
}

export interface AdapterOptions {
  settings?: Record<string, string>;
  timing?: Partial<WechatyTiming>;
  show?(picture: string): void;
}

export function adapterOver(wechat: WeChat, { settings, timing, show }: AdapterOptions = {}): WechatyAdapter {
  const parts = { timing: { ...QUICK, ...timing }, load: loadScripted(wechat), show: show ?? (() => undefined) };
  return new WechatyAdapter(settingsOf(settings), 'wechaty', parts);
}

/** Connects, and lets WeChat begin: people, rooms and, unless it is not signed in, the login. */
export async function connected(wechat: WeChat, host: Host & { states: { is: string }[] }, options: AdapterOptions = {}) {
  const adapter = adapterOver(wechat, options);
  await adapter.connect(host);
  wechat.begin();
  if (wechat.signedIn) await until(() => host.states.at(-1)?.is === 'online', 'the login');
  return adapter;
}

export interface Scene {
  wechat: WeChat;
  /** Another platform, where the organizer is: `desk:person:boss`. */
  desk: FakePlatform;
  running: Running;
  adapter(): WechatyAdapter;
  folder: string;
  /** Adds posts as a command beside the bot does. */
  post(texts: Record<string, string>): Promise<void>;
  rows(): Promise<Delivery[]>;
  /** What organizers were told there. */
  notices(): string[];
  /** The organizer says something there, and gets this. */
  ask(text: string): Promise<string>;
  health(): Promise<Record<string, Record<string, unknown>>>;
  restart(more?: Record<string, string>): Promise<void>;
}

const YAML = `
community: 云原生社区
timezone: Asia/Shanghai
language: zh
organizers: [desk:person:boss]
channels:
  - { name: 成都群, address: 'wechaty:成都群', tags: [announce] }
  - { name: 深圳群, address: 'wechaty:深圳群', tags: [announce] }
`;

/** The whole bot over WeChat and over a desk where the organizer sits; opens, plays, tidies up. */
export async function onWeChat(wechat: WeChat, options: AdapterOptions & { yaml?: string }, act: (scene: Scene) => Promise<void>) {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'content'));
  writeFileSync(join(folder.path, 'content/emcee.yaml'), options.yaml ?? YAML);
  writeFileSync(join(folder.path, 'content/slides.yaml'), "'20231104': https://example.org/slides/20231104\n");
  cpSync(join(SAMPLE, 'events'), join(folder.path, 'content/events'), { recursive: true });
  const desk = new FakePlatform('desk');
  const environment = readEnvironment({
    ...{ EMCEE_CONTENT: join(folder.path, 'content'), EMCEE_DATA: join(folder.path, 'data'), PORT: '0' },
  });
  let asked = 0;
  let adapter: WechatyAdapter;
  const beside = async <Value>(work: (store: Store) => Promise<Value>) => {
    const store = await openSqlite(join(folder.path, 'data'), { lock: false });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const open = async (more: Record<string, string> = {}) => {
    const values = settingsOf({ ...options.settings, ...more });
    const create = () => {
      adapter = adapterOver(wechat, { ...options, settings: { ...options.settings, ...more } });
      return adapter;
    };
    const module = { ...wechaty, create };
    const running = await start({
      environment,
      adapters: [
        { module: module as AdapterModule, values },
        { module: desk.module, values: {} },
      ],
      log: silentLog,
      timing: faster(TIMING, 100),
    });
    wechat.begin();
    return running;
  };
  const scene: Scene = {
    wechat,
    desk,
    running: await open(),
    adapter: () => adapter,
    folder: folder.path,
    async post(texts) {
      asked += 1;
      const targets = Object.entries(texts).map(([channel, wire]) => ({
        ...{ channel, address: `wechaty:room:bound/${channel}`, wire, at: Date.now(), until: Date.now() + 3600_000 },
      }));
      await beside((store) => store.post({ id: `p${asked}-${Date.now()}`, kind: 'broadcast', by: 'cli:test' }, targets, Date.now()));
    },
    rows: () => beside((store) => store.deliveries({ replies: true, limit: 5_000 })),
    notices: () => desk.texts().filter((text) => /给组织者|For organizers/.test(text)),
    async ask(text) {
      asked += 1;
      const before = desk.texts().length;
      const at = new Date();
      const sender = { id: 'boss', isBot: false };
      await desk.host?.receive({ id: `q${asked}-${at.getTime()}`, where: 'desk:person:boss', sender, text, addressed: true, at });
      const answer = () =>
        desk
          .texts()
          .slice(before)
          .find((said) => !/^给组织者的提醒/.test(said));
      await until(() => answer() !== undefined, `an answer to ${text}`);
      return answer() ?? '';
    },
    async health() {
      return ((await (await fetch(`${scene.running.url}/healthz`)).json()) as { adapters: Record<string, Record<string, unknown>> })
        .adapters;
    },
    async restart(more) {
      await scene.running.stop();
      scene.running = await open(more);
    },
  };
  try {
    await act(scene);
  } finally {
    await scene.running.stop();
    folder.remove();
  }
}

/** Binds a room to a channel as an organizer does. */
export async function bind({ wechat, ask, adapter }: Scene, channel: string, room: string): Promise<void> {
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await ask(`绑定群 ${channel}`))?.[0] ?? '';
  wechat.say('ann', code, room);
  await until(async () => (await adapter().resolve(channel)) !== undefined, 'the binding');
}
