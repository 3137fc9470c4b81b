// emcee.yaml and slides.yaml of a content folder. Their parsers are loaded only when a file has changed since it was cached.
import { realpathSync } from 'node:fs';
import { type ReadCommunity, withDefaults } from '../config/community-defaults.js';
import { isProblem, type Stamped } from './pages-cache.js';
import { problem } from './problems.js';
import type { Slides, SlidesEntry } from './slides.js';
import { readTextFile } from './text-file.js';
import type { Language, Problem } from './types.js';

export type SettingsCache = Record<string, Stamped<unknown>>;

interface ListedSlides {
  slides: [string, SlidesEntry][];
  problems: Problem[];
}

/** @param guess see readCommunity */
export function communityOf(path: string, guess: Language, cache: SettingsCache): Promise<ReadCommunity> {
  return read<ReadCommunity>(path, guess, cache, {
    absent: (problems) => ({ community: withDefaults({}, guess), problems, isGuess: true }),
    understand: async (text) => (await import('../config/community.js')).readCommunity(text, guess),
  });
}

/** @param language of the labels that slides.yaml leaves out */
export async function slidesOf(path: string, language: Language, cache: SettingsCache): Promise<{ slides: Slides; problems: Problem[] }> {
  const { slides, problems } = await read<ListedSlides>(path, language, cache, {
    absent: (problems) => ({ slides: [], problems }),
    understand: async (text) => {
      const read = (await import('./slides.js')).readSlides(text, language);
      return { ...read, slides: [...read.slides] };
    },
  });
  return { slides: new Map(slides), problems };
}

interface Reading<T> {
  absent(problems: Problem[]): T;
  understand(text: string): Promise<T>;
}

async function read<T extends { problems: Problem[] }>(path: string, about: string, cache: SettingsCache, reading: Reading<T>): Promise<T> {
  const file = readTextFile(realPath(path));
  if (!file) return reading.absent(wasRead(cache, path) ? [goneFile()] : []);
  if ('problem' in file) return reading.absent([file.problem]);
  if (file.text.trim() === '') return reading.absent([emptyFile()]);
  const name = `${about} ${path}`;
  const known = cache[name];
  // The text itself is compared: it is small, and coarse clocks can give two texts one stamp.
  if (known?.stamp === file.text && isSound(known.value)) return known.value as T;
  const value = await reading.understand(file.text);
  cache[name] = { stamp: file.text, value };
  return value;
}

/** Read before, in this run or in the one whose cache this is: who takes such a file away has rarely meant to. */
const wasRead = (cache: SettingsCache, path: string) => Object.keys(cache).some((name) => name.endsWith(` ${path}`));

function isSound(value: unknown): boolean {
  const { problems, community, slides } = value as {
    problems?: unknown;
    community?: { name?: unknown; channels?: unknown };
    slides?: unknown;
  };
  if (!Array.isArray(problems) || !problems.every(isProblem)) return false;
  return community
    ? typeof community.name === 'string' && Array.isArray(community.channels)
    : Array.isArray(slides) && slides.every(Array.isArray);
}

/** These two may be links to anywhere: who runs the bot put them there, and they may live outside a public repository. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Folder keeps what an earlier version said: an editor may just be about to write. */
const goneFile = () =>
  problem(
    1,
    'error',
    'settings-gone',
    'The file is gone; what it said before still holds. Put it back, or start emcee again to go on without it.',
    '文件不见了，暂时沿用原来的内容。请放回文件；如果本来就不要了，重新启动 emcee 即可。',
  );

const emptyFile = () => problem(1, 'warning', 'settings-empty', 'The file is empty.', '文件是空的。');
