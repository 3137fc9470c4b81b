// A PostgreSQL of a test's own, to be stopped as rudely as one likes. Needs its programs (initdb, pg_ctl) on the PATH or in Debian's place.
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OwnPostgres {
  url: string;
  /** As a crash would: nothing is written that was not. */
  crashAndRestart(): void;
  stop(): void;
}

/** undefined: it cannot be started here. */
export async function startOwnPostgres(): Promise<OwnPostgres | undefined> {
  const bin = programs();
  if (!bin) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'emcee-postgres-'));
  const user = userFor(folder);
  const run = (program: string, ...args: string[]) =>
    spawnSync(join(bin, program), args, { ...user, cwd: folder, stdio: 'ignore', timeout: 60_000 } satisfies SpawnSyncOptions).status === 0;
  const port = await freePort();
  const data = join(folder, 'data');
  const options = ['-D', data, '-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`, '-l', join(folder, 'log'), '-w'];
  if (!run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync') || !run('pg_ctl', ...options, 'start')) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    crashAndRestart: () => void run('pg_ctl', ...options, '-m', 'immediate', 'restart'),
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function programs(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  return [...versions, ...(process.env.PATH ?? '').split(':')].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')),
  );
}

/** PostgreSQL refuses to run as root; where a test does, it runs as the user that Debian makes for it. */
function userFor(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [id('-u'), id('-g')];
  if (!uid || !gid) return {};
  chownSync(folder, uid, gid);
  return { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
