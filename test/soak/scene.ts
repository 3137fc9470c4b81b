// A store, a platform and senders that come and go: what the tests of crashes play in, and the judgement at the end.
import { expect } from 'vitest';
import { TIMING, type Timing } from '../../src/ledger/timing.js';
import type { Store } from '../../src/store/port.js';
import { openPostgres } from '../../src/store/postgres/index.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { temporaryFolder } from '../cli/emcee.js';
import { type ChatFault, type ChatServer, type ChatSettings, startChatServer } from '../fakes/chat-server.mjs';
import { checkInvariants } from '../fakes/oracle.js';
import { silentLog } from '../fakes/platform.js';
import { freshDatabase } from '../fakes/postgres.js';
import { type Sender, type SenderOptions, startSender } from './senders.mjs';

/** Hundreds of times as fast, in the order that the ledger needs: lease > request, quiet > request + what the platform keeps back. */
export const FAST: Timing = {
  ...TIMING,
  ...{ lease: 1_000, heartbeat: 240, request: 300, retry: 20, quiet: 1_000, recheck: 400, drain: 2_000, poll: 40, sweep: 60 },
};
const SLOW_MS = 450;
/** Nothing here takes so long unless it is stuck. */
const STUCK_MS = 40_000;

export type Where = { folder: string } | { url: string };

export interface Scene {
  where: Where;
  store: Store;
  server: ChatServer;
  start(...flags: string[]): Promise<Sender>;
  /** Adds deliveries, spread over the targets; each gets a number that grows. */
  post(count: number): Promise<void>;
  /** Until nothing is left to do, or the sender has ended. False: it has ended before. */
  finished(sender?: Sender): Promise<boolean>;
  states(): Promise<Record<string, number>>;
  /** Every promise of the ledger, by the platform's record and the store's. */
  judge(options?: { unknown?: 'none' | 'may-stay'; order?: boolean; ambiguous?: number; killedInFlight?: number }): Promise<void>;
  close(): Promise<void>;
}

export interface SceneOptions extends Partial<ChatSettings> {
  seed?: number;
  targetCount?: number;
  timing?: Timing;
  sender?: Partial<SenderOptions>;
}

/** `server`: the PostgreSQL to make a database in; undefined: SQLite in a folder of its own. */
async function openScene(server: string | undefined, options: SceneOptions = {}): Promise<Scene> {
  const { targetCount = 5, timing = FAST, sender: senderOptions, ...platform } = options;
  const targets = Array.from({ length: targetCount }, (_, i) => `room:${i + 1}`);
  const chat = await startChatServer({ slowMs: SLOW_MS, retryAfter: '0.03', ...platform, targets });
  const folder = temporaryFolder();
  const database = server === undefined ? undefined : await freshDatabase(server);
  const where: Where = database ? { url: database.url } : { folder: folder.path };
  const store = 'url' in where ? await openPostgres(where.url, { log: silentLog }) : await openSqlite(folder.path, { lock: false });
  const expected: { post: string; channel: string }[] = [];
  const senders: Sender[] = [];
  let posts = 0;

  const scene: Scene = {
    ...{ where, store, server: chat },
    async start(...flags) {
      const sender = await startSender({ ...where, timing, chatUrl: chat.url, ...senderOptions }, ...flags);
      senders.push(sender);
      return sender;
    },
    async post(count) {
      posts += 1;
      const id = `post-${posts}`;
      const now = Date.now();
      const list = Array.from({ length: count }, (_, i) => {
        const channel = `c${i}`;
        expected.push({ post: id, channel });
        return { channel, address: `chat:${targets[i % targets.length]}`, wire: { text: `${id} #${i}` }, at: now, until: now + 3600_000 };
      });
      await store.post({ id, kind: 'broadcast', by: 'test' }, list, now);
    },
    async finished(sender) {
      const until = performance.now() + STUCK_MS;
      while (performance.now() < until) {
        if (sender && !sender.running()) return false;
        const open = await store.open();
        if (open.length === 0 || (senderOptions?.readBack === false && open.every(({ state }) => state === 'unknown'))) return true;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`not finished: ${JSON.stringify(await scene.states())}\n${senders.at(-1)?.log().slice(-2_000)}`);
    },
    async states() {
      const rows = await store.deliveries({ limit: 100_000 });
      const counts: Record<string, number> = {};
      for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    },
    async judge({ unknown = 'none', order = false, ambiguous, killedInFlight } = {}) {
      const rows = (await store.deliveries({ limit: 100_000 })).map((row) => ({ ...row, at: row.createdAt, seq: row.place }));
      const evidence = { posts: chat.posts, violations: chat.violations, rows, expected, ambiguous, killedInFlight };
      // An order is kept where every end is clear: what becomes unknown lets the next pass, and may be repeated after it.
      const found = checkInvariants(evidence).filter((sentence) => order || !sentence.startsWith('I6'));
      const ends = unknown === 'none' ? ['sent'] : ['sent', 'unknown'];
      const others = rows.filter(({ state }) => !ends.includes(state)).map(({ id, state, reason }) => `${id} is ${state} (${reason})`);
      expect([...found, ...others].slice(0, 10)).toEqual([]);
    },
    async close() {
      await Promise.all(senders.filter((each) => each.running()).map((each) => each.end('SIGKILL')));
      await store.close();
      await chat.close();
      await database?.drop();
      folder.remove();
    },
  };
  return scene;
}

/** Opens a scene, plays in it and tidies up, whatever happens. */
export async function play(server: string | undefined, options: SceneOptions, act: (scene: Scene) => Promise<void>): Promise<void> {
  const scene = await openScene(server, options);
  try {
    await act(scene);
  } finally {
    await scene.close();
  }
}

/** What the platform does with the first sends of a batch: every way into and out of `unknown` is taken. */
export const TROUBLE: ChatFault[] = [
  'none',
  'acceptedThenReset',
  'slow',
  'none',
  'error500',
  'rateLimited',
  'html',
  'none',
  'acceptedThen500',
];
