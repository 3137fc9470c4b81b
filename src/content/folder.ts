// The content folder as it was last understood. Each reading looks at everything and opens only what has changed.
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ReadCommunity } from '../config/community-defaults.js';
import { buildCatalog, nextChange } from './build-catalog.js';
import type { Catalog, Community } from './catalog.js';
import { versionOf } from './language.js';
import { type Listed, type Listing, listPages, treesOf } from './listing.js';
import { type Cached, readCache, type Stamped } from './pages-cache.js';
import { problem } from './problems.js';
import { isBroken, NOTHING } from './refused.js';
import { communityOf, slidesOf } from './settings-files.js';
import type { Slides } from './slides.js';
import { readTextFile } from './text-file.js';
import type { Language, Page, Problem } from './types.js';

export type FileProblem = Problem & { file: string };

export interface FolderOptions {
  root: string;
  /** Default: emcee.yaml and slides.yaml in the root; they may live elsewhere. */
  communityFile?: string;
  slidesFile?: string;
  /** Understood pages of an earlier run; only read here. */
  cacheFile?: string;
  now: () => number;
  /** Work no longer than some milliseconds at a time, so that members get their answers meanwhile. */
  gently?: boolean;
}

export interface Content {
  catalog: Catalog;
  community: Community;
  pages: readonly Page[];
  slides: Slides;
  /** Findings about the folder, emcee.yaml and slides.yaml; those about pages stand in the pages and in the catalog. */
  problems: FileProblem[];
  /** When a page appears or expires by itself. */
  nextChange: number | undefined;
  /** Folders to watch. */
  folders: string[];
}

export interface Reading {
  content: Content;
  /** Pages and settings that are new, different or gone. */
  changed: string[];
  /** Pages that are gone, but so many at once that their last good version still serves. */
  kept: string[];
  /** Files that were being written while they were read. */
  unsettled: boolean;
}

/** How long one stretch of work may hold up answers, in milliseconds. */
const STRETCH_MS = 8;
/** A file this young may still be written to. */
const SETTLED_MS = 40;

export class Folder {
  private pages = new Map<string, Stamped<Page>>();
  private cached: Cached | undefined;
  private settings: Cached['settings'] = {};
  private community: ReadCommunity | undefined;
  private slides: { slides: Slides; problems: Problem[] } | undefined;
  private content: Content | undefined;

  constructor(private readonly options: FolderOptions) {}

  /** @throws the system's error when the folder is not there; what was understood before stays. */
  async read(): Promise<Reading> {
    const { root, now } = this.options;
    const breathe = this.options.gently ? breather() : () => undefined;
    const isFirst = this.content === undefined;
    this.cached ??= this.options.cacheFile ? readCache(this.options.cacheFile, root) : { pages: new Map(), settings: {} };
    if (isFirst) this.settings = this.cached.settings;

    const communityFile = this.options.communityFile ?? join(root, 'emcee.yaml');
    const before = this.community;
    let community = await communityOf(communityFile, this.content?.community.language ?? 'en', this.settings);
    const { trees, problems } = treesOf(root, this.sound(community).community.sources);
    const listing = await listPages(trees, breathe);
    const { pages, changed, kept, unsettled } = await this.readPages(listing, breathe);
    if (community.isGuess) community = await communityOf(communityFile, majority(pages), this.settings);

    const language = this.sound(community).community.language;
    const slides = await slidesOf(this.options.slidesFile ?? join(root, 'slides.yaml'), language, this.settings);
    const settings = [...named('emcee.yaml', community.problems), ...named('slides.yaml', slides.problems)];
    // At a start there is nothing before it that could still hold.
    const found = [...settings.filter(({ rule }) => !(isFirst && rule === 'settings-gone')), ...problems, ...listing.problems];
    // With most of its pages gone the folder is no witness for its settings either.
    const isLoss = kept.length > 0 && before !== undefined;
    this.community = isLoss ? before : this.sound(community);
    // A file that is no YAML any more would take every link away; single wrong entries are left out.
    const isLost = slides.problems.some(({ rule }) => !rule.startsWith('slides-entry') && !rule.startsWith('slides-duplicate'));
    if (!this.slides || !(isLost || isLoss)) {
      if (this.slides && different(this.slides.slides, slides.slides)) changed.push('slides.yaml');
      this.slides = slides;
    }
    if (before && JSON.stringify(before.community) !== JSON.stringify(this.community.community)) changed.push('emcee.yaml');

    this.pages = pages;
    const list = [...pages.values()].map(({ value }) => value);
    const at = now();
    const isDue = this.content?.nextChange !== undefined && this.content.nextChange <= at;
    if (isFirst || changed.length > 0 || isDue) {
      const catalog = buildCatalog(list, this.community.community, this.slides.slides, at);
      this.content = {
        catalog,
        community: this.community.community,
        pages: list,
        slides: this.slides.slides,
        problems: found,
        nextChange: nextChange(list, at),
        folders: listing.folders,
      };
    } else if (this.content) this.content = { ...this.content, problems: found, folders: listing.folders };
    return { content: this.content as Content, changed: isDue && changed.length === 0 ? ['(publishDate)'] : changed, kept, unsettled };
  }

  /** What a later start may skip. */
  toCache(): Cached {
    return { pages: this.pages, settings: this.settings };
  }

  /** Settings with mistakes never replace good ones. */
  private sound(read: ReadCommunity): ReadCommunity {
    const isWrong = read.problems.some(({ level, rule }) => level === 'error' || rule === 'settings-empty');
    return isWrong && this.community ? this.community : read;
  }

  private async readPages(listing: Listing, breathe: Breathe) {
    const pages = new Map<string, Stamped<Page>>();
    const changed: string[] = [];
    let unsettled = false;
    for (const listed of listing.files) {
      const known = this.pages.get(listed.file);
      if (known?.stamp === listed.stamp) {
        pages.set(listed.file, known);
        continue;
      }
      const pause = breathe();
      if (pause) await pause;
      const cached = known ? undefined : this.cached?.pages.get(listed.file);
      if (cached?.stamp === listed.stamp) {
        pages.set(listed.file, cached);
        changed.push(listed.file);
        continue;
      }
      if (known && this.isYoung(listed)) {
        pages.set(listed.file, known);
        unsettled = true;
        continue;
      }
      const fresh = await this.understand(listed, known);
      if (!fresh) {
        // It was there a moment ago: the folder is being replaced.
        if (known) pages.set(listed.file, known);
        unsettled = true;
        continue;
      }
      pages.set(listed.file, fresh);
      unsettled ||= fresh.stamp === '';
      // Touched, or still as broken as before: nothing has changed for anybody.
      if (!known || JSON.stringify(known.value) !== JSON.stringify(fresh.value)) changed.push(listed.file);
    }
    // A page that became a pipe or a link out is broken, not gone.
    for (const { file, ...found } of listing.problems) {
      const known = this.pages.get(file);
      if (known && !pages.has(file)) pages.set(file, { stamp: '-', value: { ...known.value, problems: [found] } });
    }
    const gone = [...this.pages.keys()].filter((file) => !pages.has(file));
    const isTooMuch = pages.size * 3 < this.pages.size * 2 && (gone.length > 1 || pages.size === 0);
    if (!isTooMuch) return { pages, changed: [...changed, ...gone], kept: [], unsettled };
    for (const file of gone) pages.set(file, this.pages.get(file) as Stamped<Page>);
    return { pages, changed, kept: gone, unsettled };
  }

  private isYoung({ stamp }: Listed): boolean {
    const age = this.options.now() - Number(stamp.split(' ')[1]);
    return age >= 0 && age < SETTLED_MS;
  }

  private async understand(listed: Listed, known: Stamped<Page> | undefined): Promise<Stamped<Page> | undefined> {
    const file = readTextFile(listed.path);
    if (!file) return undefined;
    const page = 'problem' in file ? refused(listed.file, file.problem) : await readText(file.text, listed.file);
    const { stamp } = file;
    if (!known || !isBroken(page.problems)) return { stamp, value: page };
    // The last good version serves, with the mistakes of the new one.
    const isGood = !isBroken(known.value.problems) || known.value.kind !== 'other' || known.value.title !== null;
    return { stamp, value: isGood ? { ...known.value, problems: page.problems } : page };
  }
}

async function readText(text: string, file: string): Promise<Page> {
  if (text.trim() === '') return refused(file, emptyFile());
  const { readPage } = await import('./page.js');
  // Pieces of a string keep the whole of it in memory; a copy does not.
  return JSON.parse(JSON.stringify(readPage(text, file))) as Page;
}

const refused = (file: string, found: Problem): Page => ({
  ...NOTHING(),
  file,
  language: versionOf(file).language ?? 'en',
  problems: [found],
});

const named = (file: string, problems: readonly Problem[]): FileProblem[] => problems.map((each) => ({ ...each, file }));

function majority(pages: ReadonlyMap<string, Stamped<Page>>): Language {
  let chinese = 0;
  for (const { value } of pages.values()) chinese += value.language === 'zh' ? 1 : -1;
  return chinese > 0 ? 'zh' : 'en';
}

const different = (a: Slides, b: Slides) => JSON.stringify([...a]) !== JSON.stringify([...b]);

type Breathe = () => Promise<void> | undefined;

function breather(): Breathe {
  let since = performance.now();
  return () => {
    if (performance.now() - since < STRETCH_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}

const emptyFile = () =>
  problem(1, 'error', 'file-empty', 'The page is empty. Write it, or take the file away.', '页面是空的。请写上内容，或删除文件。');
