// Tells that something may have changed under some folders. Only a hint: what changed is found by looking at everything.
// Folders are watched, not files: a folder's watch sees every write in it, costs one descriptor for all of its pages, and
// the watch on a folder's parent sees a swapped link or a replaced folder, which watching by path misses.
import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Where watching does not work (network drives, too many watches), the folders are looked at this often. */
const POLL_MS = 1_000;
/** Even where it works: some file systems lose events. */
const GLANCE_MS = 10_000;

export interface Watching {
  /** Replaces what is watched. */
  folders(paths: readonly string[]): void;
  close(): void;
}

/** @param onHint called often, from the first write on; must return at once */
export function watchFolders(onHint: () => void): Watching {
  const watchers = new Map<string, { watcher: FSWatcher; ino: number }>();
  let isReliable = true;
  let timer: NodeJS.Timeout | undefined;

  const glance = () => {
    clearInterval(timer);
    timer = setInterval(onHint, isReliable ? GLANCE_MS : POLL_MS);
    timer.unref();
  };
  const drop = (path: string) => {
    watchers.get(path)?.watcher.close();
    watchers.delete(path);
  };
  const add = (path: string) => {
    const ino = inodeOf(path);
    if (ino === undefined || watchers.get(path)?.ino === ino) return;
    drop(path);
    try {
      const watcher = watch(path, { persistent: false }, onHint);
      watcher.on('error', () => {
        drop(path);
        onHint();
      });
      watchers.set(path, { watcher, ino });
    } catch {
      isReliable = false;
    }
  };

  glance();
  return {
    folders(paths) {
      const wanted = new Set(paths);
      for (const path of watchers.keys()) if (!wanted.has(path)) drop(path);
      const before = isReliable;
      isReliable = true;
      for (const path of wanted) add(path);
      if (before !== isReliable) glance();
    },
    close() {
      clearInterval(timer);
      for (const path of [...watchers.keys()]) drop(path);
    },
  };
}

/** The folders that tell when these files or folders themselves are replaced: their own, and those of the links on the way. */
export function parentsOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => dirname(path)))];
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
