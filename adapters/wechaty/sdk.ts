// Wechaty itself. It weighs ten times what emcee does and takes a second to import, so it is loaded when it is needed and declared by
// the few shapes that are used: its own typings are there only when it is installed.
import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Language } from './words.js';

export interface Contact {
  id: string;
  name(): string;
  /** 2: an official account. */
  type(): number;
  say(text: string): Promise<Message | undefined>;
}

export interface Room {
  id: string;
  topic(): Promise<string>;
  memberAll(): Promise<Contact[]>;
  alias(contact: Contact): Promise<string | undefined>;
  say(text: string): Promise<Message | undefined>;
}

export interface Message {
  id: string;
  text(): string;
  type(): number;
  self(): boolean;
  talker(): Contact;
  room(): Room | undefined;
  date(): Date;
  mentionSelf(): Promise<boolean>;
}

export interface Friendship {
  id: string;
  type(): number;
  contact(): Contact;
  accept(): Promise<void>;
}

export interface Bot {
  start(): Promise<void>;
  stop(): Promise<void>;
  on(event: string, listener: (...args: never[]) => void): Bot;
  currentUser: Contact;
  isLoggedIn: boolean;
  Contact: { find(query: { id: string }): Promise<Contact | undefined> };
  Room: { find(query: { id: string }): Promise<Room | undefined>; findAll(): Promise<Room[]> };
}

/** Of wechaty-puppet's schemas. */
export const TEXT_MESSAGE = 7;
export const OFFICIAL_ACCOUNT = 2;
export const FRIENDSHIP = { confirm: 1, receive: 2 };
export const SCAN = { scanned: 3, confirmed: 4 };

export interface MemoryCard {
  storage?: { load(): Promise<object>; save(payload: object): Promise<void>; destroy(): Promise<void> };
  load(): Promise<void>;
}

type Puppet = new (options: { token?: string }) => object;

export interface Sdk {
  build(options: { name: string; puppet: object; memory: MemoryCard }): Bot;
  MemoryCard: new () => MemoryCard;
  Puppet: Puppet;
}

/** Imports a package by name. */
export type Load = (name: string) => Promise<Record<string, unknown>>;

/** Built or not, the packages lie beside the sources. */
const LOADERS = ['./load.mjs', '../../../adapters/wechaty/load.mjs'].map((path) => new URL(path, import.meta.url));
export const INSTALL = 'npm ci --prefix adapters/wechaty --omit=dev';

export const load: Load = async (name) => {
  const loader = LOADERS.find((url) => existsSync(url));
  if (!loader) return import(name);
  return (await import(loader.href)).default(name);
};

/** A name that people write → what is imported. */
export function packageOf(puppet: string): string {
  if (isPath(puppet)) return pathToFileURL(resolve(puppet)).href;
  return puppet.includes('/') || puppet.startsWith('wechaty-puppet-') ? puppet : `wechaty-puppet-${puppet}`;
}

export const isPath = (puppet: string): boolean => puppet.startsWith('.') || isAbsolute(puppet);

/** @throws Error, a sentence that says what to install */
export async function loadSdk(puppet: string, language: Language, from: Load = load): Promise<Sdk> {
  const wechaty = await found(from, 'wechaty', SAY[language].noWechaty);
  const { MemoryCard } = await found(from, 'memory-card', SAY[language].noWechaty);
  const name = packageOf(puppet);
  const module = await found(from, name, isPath(puppet) ? SAY[language].noFile(puppet) : SAY[language].noPuppet(puppet, name));
  const { WechatyBuilder, log } = wechaty as { WechatyBuilder: { build: Sdk['build'] }; log?: { level(level: string): void } };
  // It writes to the terminal what it meets, codes to scan and members' names among it; what matters comes as events.
  log?.level('silent');
  const Puppet = defaultOf(module);
  if (typeof Puppet !== 'function') throw new Error(SAY[language].noClass(puppet));
  return { build: (options) => WechatyBuilder.build(options), MemoryCard: MemoryCard as Sdk['MemoryCard'], Puppet: Puppet as Puppet };
}

async function found(from: Load, name: string, sentence: string): Promise<Record<string, unknown>> {
  try {
    return await from(name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    // One of its own parts may be missing instead: that the error itself says.
    const shown = name.startsWith('file:') ? fileURLToPath(name) : name;
    throw new Error(message.includes(`'${shown}'`) ? sentence : `${sentence} (${message})`, { cause: error });
  }
}

/** Some are CommonJS that was once ESM. */
function defaultOf(module: Record<string, unknown>): unknown {
  const exported = module.default as { default?: unknown } | undefined;
  return typeof exported === 'object' ? exported?.default : exported;
}

const SAY = {
  en: {
    noWechaty: `WECHATY_PUPPET is set, but Wechaty is not installed: run ${INSTALL} in emcee's folder.`,
    noPuppet: (puppet: string, name: string) =>
      `WECHATY_PUPPET=${puppet} needs the package ${name}: run npm i --prefix adapters/wechaty --no-save ${name} in emcee's folder (docs/wechaty.md lists puppets).`,
    noFile: (puppet: string) => `WECHATY_PUPPET: there is no ${puppet}, or it imports something that is not there.`,
    noClass: (puppet: string) => `WECHATY_PUPPET=${puppet} exports no puppet as its default.`,
  },
  zh: {
    noWechaty: `设置了 WECHATY_PUPPET，但没有安装 Wechaty：请在 emcee 目录运行 ${INSTALL}。`,
    noPuppet: (puppet: string, name: string) =>
      `WECHATY_PUPPET=${puppet} 需要 ${name}：请在 emcee 目录运行 npm i --prefix adapters/wechaty --no-save ${name}（可用的 puppet 见 docs/wechaty.md）。`,
    noFile: (puppet: string) => `WECHATY_PUPPET：没有 ${puppet}，或者它要导入的东西不存在。`,
    noClass: (puppet: string) => `WECHATY_PUPPET=${puppet} 没有默认导出 puppet。`,
  },
};
