// Which files are pages: a walk over the content folder and the further folders it names. Nothing is opened here.
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { splitGlob } from './glob.js';
import { problem } from './problems.js';
import type { Problem } from './types.js';

const MAX_FILES = 10_000;
const MAX_DEPTH = 40;

/** A file as it was when it was listed; the same stamp means the same text. */
export interface Listed {
  /** Relative to the content folder, with `/`. */
  file: string;
  /** Where to open it: links are resolved. */
  path: string;
  stamp: string;
}

export interface Listing {
  files: Listed[];
  problems: (Problem & { file: string })[];
  /** Real folders that were walked, for the watcher. */
  folders: string[];
}

export interface Tree {
  /** The folder to walk, links in it resolved. */
  real: string;
  /** What stands in front of each path in the list: `events/`, `../website/content/zh/`. */
  prefix: string;
  fits: (rest: string) => boolean;
}

/**
 * The trees of a content folder: `events/`, or the whole folder when it has neither that nor an emcee.yaml, and the sources.
 * @throws the system's error when the content folder is not there
 */
export function treesOf(root: string, sources: readonly string[]): { real: string; trees: Tree[]; problems: Listing['problems'] } {
  const real = realpathSync(root);
  readdirSync(real);
  const events = exists(`${real}/events`);
  const all = !events && !exists(`${real}/emcee.yaml`);
  const problems: Listing['problems'] = [];
  const trees: Tree[] = [];
  const isMarkdown = (rest: string) => /\.md$/i.test(rest);
  if (all) trees.push({ real, prefix: '', fits: isMarkdown });
  if (events) trees.push({ real: `${real}/events`, prefix: 'events/', fits: isMarkdown });
  for (const glob of sources) {
    const { folder, fits } = splitGlob(glob);
    const found = [resolve(root, folder), resolve(real, folder)].find(exists);
    if (found) trees.push({ real: realpathSync(found), prefix: folder === '.' ? '' : `${folder}/`, fits });
    else problems.push({ ...noSource(folder), file: 'emcee.yaml' });
  }
  return { real, trees, problems };
}

/**
 * Lists the pages of these trees in the order of their names. A tree that is gone or cannot be read is a problem, not an error.
 * @param breathe called before each file; a promise is waited for, so that a bot can answer meanwhile
 */
export async function listPages(trees: readonly Tree[], breathe: () => Promise<void> | undefined = () => undefined): Promise<Listing> {
  const listing: Listing = { files: [], problems: [], folders: [] };
  const seen = new Set<string>();
  for (const tree of trees) await walk(tree, tree.real, '', listing, seen, 0, breathe);
  // Two sources may name the same folder.
  if (trees.length > 1) listing.files = [...new Map(listing.files.map((each) => [each.file, each])).values()];
  if (listing.files.length > MAX_FILES) {
    listing.problems.push({ ...tooMany(listing.files.length), file: listing.files[MAX_FILES]?.file ?? '' });
    listing.files.length = MAX_FILES;
  }
  return listing;
}

async function walk(
  tree: Tree,
  folder: string,
  below: string,
  listing: Listing,
  seen: Set<string>,
  depth: number,
  breathe: () => Promise<void> | undefined,
): Promise<void> {
  if (seen.has(`${tree.prefix}\0${folder}`) || depth > MAX_DEPTH || listing.files.length > MAX_FILES) return;
  seen.add(`${tree.prefix}\0${folder}`);
  const complain = (found: Problem, rest: string) => listing.problems.push({ ...found, file: tree.prefix + rest });
  let entries: ReturnType<typeof entriesOf>;
  try {
    entries = entriesOf(folder);
  } catch (error) {
    complain(unreadable(error), below);
    return;
  }
  listing.folders.push(folder);
  for (const entry of entries) {
    const { name } = entry;
    // Hidden files are editors' and git's own; swap and backup files do not end in .md.
    if (name.startsWith('.') || name === 'node_modules') continue;
    const rest = below + name;
    let path = `${folder}/${name}`;
    let isFolder = entry.isDirectory();
    if (entry.isSymbolicLink()) {
      const target = follow(path, tree.real);
      if (!target) {
        if (tree.fits(rest)) complain(leadsOut(), rest);
        continue;
      }
      path = target.path;
      isFolder = target.isFolder;
    }
    if (isFolder) {
      await walk(tree, path, `${rest}/`, listing, seen, depth + 1, breathe);
      continue;
    }
    if (!tree.fits(rest)) continue;
    const pause = breathe();
    if (pause) await pause;
    const found = stampOf(path);
    if (typeof found === 'string') listing.files.push({ file: tree.prefix + rest, path, stamp: found });
    else if (found) complain(found, rest);
  }
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where a link leads, if that is inside the tree; a loop or a dangling link leads nowhere. */
function follow(path: string, root: string): { path: string; isFolder: boolean } | undefined {
  try {
    const target = realpathSync(path);
    if (target !== root && !target.startsWith(root + sep)) return undefined;
    // A link to a folder that contains the link would never end.
    if (path.startsWith(target + sep)) return undefined;
    return { path: target, isFolder: statSync(target).isDirectory() };
  } catch {
    return undefined;
  }
}

/** Undefined when the file vanished meanwhile. */
function stampOf(path: string): string | Problem | undefined {
  try {
    const stat = lstatSync(path);
    if (!stat.isFile()) return notAFile();
    return stamp(stat);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : unreadable(error);
  }
}

/** Changes whenever the file was written, replaced or touched. */
export function stamp({ size, mtimeMs, ctimeMs, ino }: { size: number; mtimeMs: number; ctimeMs: number; ino: number }): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

const unreadable = (error: unknown) =>
  problem(
    0,
    'error',
    'file-unreadable',
    `It cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). See to its rights, or take it away.`,
    `无法读取（${(error as NodeJS.ErrnoException).code ?? '原因不明'}）。请检查权限，或把它移走。`,
  );

const notAFile = () =>
  problem(
    0,
    'error',
    'file-kind',
    'This is no regular file (a pipe, a device or a socket), so it is not opened. Put a text file in its place.',
    '这不是普通文件（可能是管道、设备或套接字），没有打开。请换成文本文件。',
  );

const leadsOut = () =>
  problem(
    0,
    'error',
    'file-link',
    'This link leads out of the content folder, or nowhere, so it is not followed. Put the file itself here, or name its folder under sources: in emcee.yaml.',
    '这个链接指向内容目录之外，或者没有目标，没有跟随。请放入文件本身，或在 emcee.yaml 的 sources: 里写上它的目录。',
  );

const tooMany = (count: number) =>
  problem(
    0,
    'error',
    'folder-too-many',
    `There are ${count} pages or more; emcee reads ${MAX_FILES}. From this one on they are left out: name fewer folders under sources:.`,
    `页面达到 ${count} 个以上，emcee 最多读取 ${MAX_FILES} 个。从这一页起没有读取：请减少 sources: 里的目录。`,
  );

const noSource = (folder: string) =>
  problem(
    0,
    'error',
    'source-missing',
    `sources: names the folder ${folder}, which is not there. Write it relative to the content folder.`,
    `sources: 里的目录 ${folder} 不存在。请写相对于内容目录的路径。`,
  );
