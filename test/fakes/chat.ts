// Conversations in one line: await ann.says('20231104').hears(/slides/). Real content, real bot, real store; only the platform is a fake.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Address } from '../../src/adapter.js';
import { createAnswerer, refersBack } from '../../src/answer/index.js';
import { Alerts } from '../../src/bot/alerts.js';
import { Bot } from '../../src/bot/index.js';
import { loadContent } from '../../src/content/load.js';
import { Ledger } from '../../src/ledger/index.js';
import { inEveryLanguage, ORGANIZER_PHRASES } from '../../src/phrases/organizers.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { FakePlatform, silentLog, until } from './platform.js';

export interface Said extends Promise<void> {
  /** What came back, as the platform shows it; one pattern a part that must be there. */
  hears(...parts: (RegExp | string)[]): Promise<void>;
  hearsNot(...parts: (RegExp | string)[]): Promise<void>;
  hearsNothing(): Promise<void>;
}

export interface Somebody {
  says(text: string): Said;
  /** The same in a room, without mentioning the bot. */
  saysInRoom(text: string): Said;
  mentions(text: string): Said;
}

export interface Chat {
  somebody(id: string): Somebody;
  /** Lets time pass. */
  later(ms: number): void;
  close(): Promise<void>;
}

/** A chat over a content folder (default: the sample content), at an instant. */
export async function openChat(options: { content?: string; now?: string; threads?: boolean } = {}): Promise<Chat> {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-chat-'));
  let now = new Date(options.now ?? '2026-03-01T12:00:00+08:00').getTime();
  const store = await openSqlite(folder, { lock: true });
  const { catalog, community } = await loadContent(options.content ?? fileURLToPath(new URL('../../content', import.meta.url)), { now });
  const platform = new FakePlatform();
  const ledger = new Ledger({ store, log: silentLog, now: () => now, adapterOf: () => platform.adapter, online: () => ['fake'] });
  const alerts = new Alerts({
    store,
    log: silentLog,
    now: () => now,
    community: () => community,
    capabilities: () => undefined,
    say: (address, message, ids) => ledger.say(address, platform.module.format(message), ids),
    words: (notices, more, language) => ORGANIZER_PHRASES[language].bundle(notices, more),
    codeWithoutLink: (code) => inEveryLanguage((say) => say.codeWithoutLink(code)),
  });
  const answerer = createAnswerer(catalog, community);
  const bot = new Bot({
    store,
    ledger,
    alerts,
    log: silentLog,
    now: () => now,
    community: () => community,
    answer: (question) => answerer.answer(question),
    refersBack,
  });

  let count = 0;
  const say = (id: string, where: Address, text: string, addressed: boolean): Said => {
    count += 1;
    const message = { id: `m${count}`, where, sender: { id, isBot: false }, text, addressed, at: new Date(now) };
    const before = platform.arrived.length;
    const heard = (async () => {
      await bot.receive({ instance: 'fake', module: platform.module, threads: options.threads ?? false }, message);
      await until(async () => !ledger.busy && (await store.open()).length === 0, 'the reply');
      return platform.arrived.slice(before).map((each) => each.text);
    })();
    const said = heard.then(() => undefined) as Said;
    said.hears = async (...parts) => {
      const texts = await heard;
      expect(texts, `'${text}' got ${texts.length} answers`).toHaveLength(1);
      for (const part of parts) expect(texts[0]).toMatch(part);
    };
    said.hearsNot = async (...parts) => {
      for (const heardText of await heard) for (const part of parts) expect(heardText).not.toMatch(part);
    };
    said.hearsNothing = async () => expect(await heard).toEqual([]);
    return said;
  };
  return {
    somebody: (id) => ({
      says: (text) => say(id, `fake:person:${id}`, text, true),
      saysInRoom: (text) => say(id, 'fake:room:1', text, false),
      mentions: (text) => say(id, 'fake:room:1', text, true),
    }),
    later: (ms) => {
      now += ms;
    },
    async close() {
      alerts.close();
      await ledger.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
