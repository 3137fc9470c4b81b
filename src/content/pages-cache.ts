// Understood pages and settings on disk, so that a start with unchanged files costs only their stats and one JSON.parse.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, Problem } from './types.js';

const FORMAT = 1;

/** Something that was read from a file, with the stamp of that file. */
export interface Stamped<Value> {
  stamp: string;
  value: Value;
}

export interface Cached {
  pages: Map<string, Stamped<Page>>;
  /** Results of reading emcee.yaml and slides.yaml: name → stamp and result. */
  settings: Record<string, Stamped<unknown>>;
}

const EMPTY = (): Cached => ({ pages: new Map(), settings: {} });

/** Whatever is not as it was written, by this very build and for this folder, counts as nothing. Never throws. */
export function readCache(file: string, root: string): Cached {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(found) || found.format !== FORMAT || found.build !== build() || found.root !== root) return EMPTY();
    if (!Array.isArray(found.pages) || !isRecord(found.settings)) return EMPTY();
    const pages = new Map<string, Stamped<Page>>();
    for (const entry of found.pages) {
      if (!isRecord(entry) || typeof entry.stamp !== 'string' || !isPage(entry.value)) return EMPTY();
      pages.set(entry.value.file, { stamp: entry.stamp, value: entry.value });
    }
    const settings = Object.entries(found.settings).filter((entry): entry is [string, Stamped<unknown>] => {
      const [, each] = entry;
      return isRecord(each) && typeof each.stamp === 'string' && isRecord(each.value);
    });
    return { pages, settings: Object.fromEntries(settings) };
  } catch {
    return EMPTY();
  }
}

/** Writes a new file beside the old one and puts it in its place. @throws the system's error */
export async function writeCache(file: string, root: string, { pages, settings }: Cached): Promise<void> {
  const text = JSON.stringify({ format: FORMAT, build: build(), root, settings, pages: [...pages.values()] });
  const fresh = `${file}.${process.pid}.new`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(fresh, text, { mode: 0o600 });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

let known: string | undefined;

/** Changes with every build: what an older emcee understood of a page is not what this one would. */
function build(): string {
  if (known !== undefined) return known;
  const folder = dirname(fileURLToPath(import.meta.url));
  const times = [folder, `${folder}/extract`, `${folder}/../config`].flatMap((each) =>
    readdirSync(each).map((name) => statSync(`${each}/${name}`).mtimeMs),
  );
  known = `${Math.max(...times)} ${times.length} ${process.version}`;
  return known;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string');
const isTextOrNull = (value: unknown) => value === null || typeof value === 'string';
const isNumberOrNull = (value: unknown) => value === null || typeof value === 'number';

const TEXTS = ['codes', 'slides', 'videos', 'live', 'tags', 'organizers'] as const;
const WORDS = ['title', 'start', 'startBasis', 'end', 'timezone', 'location', 'account', 'id', 'url', 'image', 'register'] as const;

/** Checks what the rest of emcee relies on: a file on disk may have been changed by anybody. */
function isPage(value: unknown): value is Page {
  if (!isRecord(value) || typeof value.file !== 'string' || typeof value.kind !== 'string' || typeof value.status !== 'string')
    return false;
  if (value.language !== 'zh' && value.language !== 'en') return false;
  if (!TEXTS.every((key) => isTexts(value[key])) || !WORDS.every((key) => isTextOrNull(value[key]))) return false;
  if (typeof value.draft !== 'boolean' || !isNumberOrNull(value.publishAt) || !isNumberOrNull(value.expireAt)) return false;
  if (!isRecord(value.codeFor) || !isTexts(Object.values(value.codeFor))) return false;
  if (value.online !== null && typeof value.online !== 'boolean') return false;
  return Array.isArray(value.talks) && value.talks.every(isTalk) && Array.isArray(value.problems) && value.problems.every(isProblem);
}

function isTalk(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.title === 'string' &&
    isTextOrNull(value.video) &&
    isTextOrNull(value.slides) &&
    Array.isArray(value.speakers) &&
    value.speakers.every((each) => isRecord(each) && typeof each.name === 'string' && isTextOrNull(each.affiliation))
  );
}

export function isProblem(value: unknown): value is Problem {
  return (
    isRecord(value) &&
    typeof value.line === 'number' &&
    typeof value.level === 'string' &&
    typeof value.rule === 'string' &&
    isRecord(value.message) &&
    typeof value.message.en === 'string' &&
    typeof value.message.zh === 'string'
  );
}
