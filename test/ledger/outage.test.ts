// The store goes away under the ledger: a database that crashes, a disk that is full. Nothing is sent that cannot be recorded, and
// nothing ends a process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Ledger } from '../../src/ledger/index.js';
import { faster, TIMING } from '../../src/ledger/timing.js';
import { openSqlite } from '../../src/store/sqlite/index.js';
import { startOwnPostgres } from '../fakes/own-postgres.js';
import { FakePlatform, silentLog, until } from '../fakes/platform.js';
import { play } from '../soak/scene.js';

const own = await startOwnPostgres();
if (!own) console.warn('skipped: PostgreSQL’s programs (initdb, pg_ctl) cannot be used here; its crash is not tried');

test.skipIf(!own)(
  'PostgreSQL crashes and comes back, three times: no process ends, nothing twice, nothing lost',
  { timeout: 120_000 },
  async () => {
    try {
      await play(own?.url, { targetCount: 40 }, async (scene) => {
        const replicas = [await scene.start(), await scene.start()];
        for (let round = 0; round < 3; round += 1) {
          await scene.post(200);
          const before = scene.server.posts.length;
          await until(() => scene.server.posts.length > before + 20, 'posts');
          own?.crashAndRestart();
        }
        await scene.finished();
        for (const replica of replicas) expect(replica.running(), replica.log().slice(-1_000)).toBe(true);
        await scene.judge();
      });
    } finally {
      own?.stop();
    }
  },
);

/** A disk of eight megabytes; undefined where this user may not make one. */
function smallDisk(): { folder: string; remove(): void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'emcee-disk-'));
  const made = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status === 0;
  const remove = () => {
    if (made) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  if (made) return { folder, remove };
  remove();
  return undefined;
}

const disk = smallDisk();
if (!disk) console.warn('skipped: a small disk cannot be mounted here; a full one is not tried');

test.skipIf(!disk)(
  'a full disk: nothing more is sent than can be recorded; with room again it goes on, each once',
  { timeout: 60_000 },
  async () => {
    if (!disk) return;
    const store = await openSqlite(disk.folder, { lock: true });
    const platform = new FakePlatform();
    platform.sendMs = 10;
    const ledger = new Ledger({
      store,
      log: silentLog,
      adapterOf: () => platform.adapter,
      online: () => ['fake'],
      timing: faster(TIMING, 20),
    });
    try {
      const targets = Array.from({ length: 600 }, (_, i) => ({
        ...{ channel: `c${i}`, address: `fake:room:${i}` as const, wire: `post ${i}`, at: Date.now(), until: Date.now() + 3600_000 },
      }));
      await ledger.post({ id: 'p', kind: 'broadcast', by: 'test' }, targets);
      await ledger.start();
      await until(() => platform.arrived.length > 50, 'the first posts');
      const junk = join(disk.folder, 'junk');
      expect(() => writeFileSync(junk, Buffer.alloc(16 * 2 ** 20))).toThrow(/ENOSPC/);
      await until(async () => {
        const before = platform.arrived.length;
        await wait(150);
        return before === platform.arrived.length;
      }, 'the end of sending');
      const sent = platform.arrived.length;
      expect(sent).toBeLessThan(600);
      await expect(store.addNotice({ en: 'x'.repeat(50_000), zh: 'x' }, 0)).rejects.toThrow(/full/);
      unlinkSync(junk);
      await until(async () => (await store.open()).length === 0 && !ledger.busy, 'the rest');
      expect(platform.texts().sort()).toEqual(targets.map(({ wire }) => wire).sort());
    } finally {
      await ledger.stop();
      await store.close();
      disk.remove();
    }
  },
);
