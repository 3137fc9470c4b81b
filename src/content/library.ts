// The living content: watched, read again when something changes, and never worse than its last good version.
import { readlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Logger } from '../adapter.js';
import { SettingsError } from '../config/environment.js';
import { ALARMS, type Alarm } from './alarms.js';
import type { Catalog, Community } from './catalog.js';
import { type Content, type FileProblem, Folder, type Reading } from './folder.js';
import { noFolder } from './no-folder.js';
import { writeCache } from './pages-cache.js';
import { parentsOf, watchFolders } from './watch.js';

export interface LibraryOptions {
  /** Folder with emcee.yaml, slides.yaml and events/; may be a link. */
  root: string;
  /** Default: emcee.yaml and slides.yaml in the root. */
  communityFile?: string;
  slidesFile?: string;
  /** Understood pages are kept here for a fast start; none are kept when it is not given. */
  cacheFile?: string;
  log?: Pick<Logger, 'warn'>;
  /** Milliseconds. */
  now?: () => number;
}

/** What happened to the content since the last one. */
export interface ContentChange {
  /** Files that are new, different or gone, relative to the content folder. */
  changed: readonly string[];
  /** Findings that were not there before: each is told once. */
  problems: readonly FileProblem[];
  alarms: readonly Alarm[];
}

export interface Library {
  catalog(): Catalog;
  community(): Community;
  /** Everything that is wrong at this moment, what was told already included. */
  problems(): readonly FileProblem[];
  /** The first listener hears at once of what was wrong at the start. Returns how to stop listening. */
  onChange(listener: (change: ContentChange) => void): () => void;
  /** Looks now instead of waiting for the watch; settles when what was found is in service. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** So long nothing more must happen before the folder is read: a checkout of 500 files is one change. */
const QUIET_MS = 100;
/** But a folder in which something happens all the time is read this often. */
const AT_MOST_MS = 600;
const MAX_TIMER_MS = 2 ** 31 - 1;
const CACHE_AFTER_MS = 2_000;

/** @throws SettingsError when there is no such folder, or emcee.yaml has mistakes: all of them are named. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const now = options.now ?? Date.now;
  const folder = new Folder({ ...options, now, gently: true });
  const first = await folder.read().catch((error: unknown) => {
    throw noFolder(options.root, error) ?? error;
  });
  // A checkout that is not mounted yet comes back by itself; what emcee.yaml says wrongly does not.
  const mistakes = first.content.problems.filter(
    ({ file, level, rule }) => file === 'emcee.yaml' && level === 'error' && rule !== 'source-missing',
  );
  if (mistakes.length > 0) throw new SettingsError(mistakes.map(({ file, line, message }) => `${file}:${line}: ${message.en}`));
  return new LiveLibrary(folder, first, { ...options, now });
}

class LiveLibrary implements Library {
  private content: Content;
  private readonly listeners = new Set<(change: ContentChange) => void>();
  private told: Set<string>;
  private waiting: ContentChange | undefined;
  private readonly watching = watchFolders(() => this.hint());
  private hintTimer: NodeJS.Timeout | undefined;
  private dueTimer: NodeJS.Timeout | undefined;
  private cacheTimer: NodeJS.Timeout | undefined;
  private firstHint = 0;
  private running: Promise<void> | undefined;
  private isHintedAgain = false;
  private isGone = false;
  private kept: readonly string[] = [];
  private isClosed = false;

  constructor(
    private readonly folder: Folder,
    { content, changed }: Reading,
    private readonly options: LibraryOptions & { now: () => number },
  ) {
    this.content = content;
    this.told = new Set();
    const problems = this.untold(content, () => false);
    if (problems.length > 0) this.waiting = { changed: [], problems, alarms: [] };
    this.settle(changed.length > 0);
    // Between the reading and the watch something may have changed.
    this.hint();
  }

  catalog(): Catalog {
    return this.content.catalog;
  }

  community(): Community {
    return this.content.community;
  }

  problems(): readonly FileProblem[] {
    return allProblems(this.content);
  }

  onChange(listener: (change: ContentChange) => void): () => void {
    this.listeners.add(listener);
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) queueMicrotask(() => listener(waiting));
    return () => this.listeners.delete(listener);
  }

  async refresh(): Promise<void> {
    await this.running;
    await this.reload();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.watching.close();
    clearTimeout(this.hintTimer);
    clearTimeout(this.dueTimer);
    this.listeners.clear();
    await this.running;
    if (this.cacheTimer) await this.saveCache();
  }

  private hint(): void {
    if (this.isClosed) return;
    if (this.running) {
      this.isHintedAgain = true;
      return;
    }
    const at = performance.now();
    if (!this.hintTimer) this.firstHint = at;
    clearTimeout(this.hintTimer);
    this.hintTimer = setTimeout(() => void this.reload(), Math.max(0, Math.min(QUIET_MS, this.firstHint + AT_MOST_MS - at)));
    this.hintTimer.unref();
  }

  private reload(): Promise<void> {
    clearTimeout(this.hintTimer);
    this.hintTimer = undefined;
    this.running ??= this.readAgain()
      .catch((error) => this.options.log?.warn({ err: error }, 'the content could not be read again'))
      .finally(() => {
        this.running = undefined;
        if (!this.isHintedAgain) return;
        this.isHintedAgain = false;
        this.hint();
      });
    return this.running;
  }

  private async readAgain(): Promise<void> {
    let reading: Reading;
    try {
      reading = await this.folder.read();
    } catch (error) {
      if (this.isClosed) return;
      this.watching.folders(this.waysIn());
      if (!this.isGone)
        this.tell({ changed: [], problems: [], alarms: [ALARMS.gone(this.options.root, this.content.catalog.pages.length)] });
      this.isGone = true;
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return;
    }
    if (this.isClosed) return;
    const alarms: Alarm[] = [];
    const { content, changed, kept, unsettled } = reading;
    if (this.isGone) alarms.push(ALARMS.back(this.options.root));
    this.isGone = false;
    if (kept.length > 0 && this.kept.length === 0) alarms.push(ALARMS.tooManyGone(kept, content.pages.length));
    this.kept = kept;
    this.content = content;
    const touched = new Set(changed);
    const problems = this.untold(content, (file) => touched.has(file));
    if (changed.length > 0 || problems.length > 0 || alarms.length > 0) this.tell({ changed, problems, alarms });
    this.settle(changed.length > 0);
    if (unsettled) this.isHintedAgain = true;
  }

  /** Findings that have not been told; those that are mended may be told again when they come back. */
  private untold(content: Content, isTouched: (file: string) => boolean): FileProblem[] {
    const present = new Set<string>();
    const fresh: FileProblem[] = [];
    for (const found of allProblems(content)) {
      const key = `${found.file}\0${found.rule}\0${found.line}\0${found.message.en}`;
      present.add(key);
      // What is merely worth knowing about a page is told when somebody has just worked on it; `emcee check` tells it always.
      if (!this.told.has(key) && (found.level === 'error' || isTouched(found.file) || !found.isOfPage)) fresh.push(found);
    }
    this.told = present;
    return fresh.map(({ isOfPage: _, ...found }: FileProblem & { isOfPage?: boolean }) => found);
  }

  private tell(change: ContentChange): void {
    if (this.listeners.size === 0) this.waiting = joined(this.waiting, change);
    for (const listener of this.listeners) {
      try {
        listener(change);
      } catch (error) {
        this.options.log?.warn({ err: error }, 'a listener for content changes failed');
      }
    }
  }

  private settle(isChanged: boolean): void {
    this.watching.folders([...this.content.folders, ...this.waysIn()]);
    clearTimeout(this.dueTimer);
    if (this.content.nextChange !== undefined) {
      const wait = Math.max(0, this.content.nextChange - this.options.now());
      this.dueTimer = setTimeout(() => this.hint(), Math.min(wait, MAX_TIMER_MS));
      this.dueTimer.unref();
    }
    if (!isChanged || !this.options.cacheFile || this.cacheTimer) return;
    this.cacheTimer = setTimeout(() => void this.saveCache(), CACHE_AFTER_MS);
    this.cacheTimer.unref();
  }

  /** The folders in which the root, the links that lead to it, and the settings files are named. */
  private waysIn(): string[] {
    const { root, communityFile, slidesFile } = this.options;
    const steps = [root];
    for (let path = root; steps.length < 10; steps.push(path)) {
      try {
        path = resolve(dirname(path), readlinkSync(path));
      } catch {
        break;
      }
    }
    return [root, ...parentsOf([...steps, ...[communityFile, slidesFile].filter((file) => file !== undefined)])];
  }

  private async saveCache(): Promise<void> {
    clearTimeout(this.cacheTimer);
    this.cacheTimer = undefined;
    const { cacheFile, root, log } = this.options;
    if (!cacheFile) return;
    await writeCache(cacheFile, root, this.folder.toCache()).catch((error) =>
      log?.warn({ err: error, file: cacheFile }, 'what was understood of the pages could not be kept for the next start'),
    );
  }
}

function allProblems({ problems, pages, catalog }: Content): (FileProblem & { isOfPage?: boolean })[] {
  const ofPages = pages.flatMap(({ file, problems: found }) => found.map((each) => ({ ...each, file, isOfPage: true })));
  return [...problems, ...ofPages, ...catalog.problems];
}

function joined(before: ContentChange | undefined, after: ContentChange): ContentChange {
  if (!before) return after;
  return {
    changed: [...new Set([...before.changed, ...after.changed])],
    problems: [...before.problems, ...after.problems],
    alarms: [...before.alarms, ...after.alarms],
  };
}
