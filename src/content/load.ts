// The content once, for commands.
import { buildCatalog } from './build-catalog.js';
import type { Catalog, Community } from './catalog.js';
import { type FileProblem, Folder, type FolderOptions } from './folder.js';
import { noFolder } from './no-folder.js';
import type { Page } from './types.js';

export interface Loaded {
  /** As of the instant that was asked for. */
  catalog: Catalog;
  /** Of the same pages as of another instant: one may not be out yet, or not be out any more. */
  catalogAt(now: number): Catalog;
  community: Community;
  pages: readonly Page[];
  problems: FileProblem[];
}

/**
 * Reads a content folder. Mistakes are in `problems`, in the pages and in the catalog; everything else is served.
 * @param options.now milliseconds; default: the clock
 * @throws SettingsError when there is no such folder
 */
export async function loadContent(
  root: string,
  options: { now?: number } & Omit<Partial<FolderOptions>, 'root' | 'now' | 'gently'> = {},
): Promise<Loaded> {
  const { now, ...rest } = options;
  const folder = new Folder({ ...rest, root, now: () => now ?? Date.now() });
  try {
    const { catalog, community, pages, problems, slides } = (await folder.read()).content;
    return { catalog, catalogAt: (at) => buildCatalog(pages, community, slides, at), community, pages, problems };
  } catch (error) {
    throw noFolder(root, error) ?? error;
  }
}
