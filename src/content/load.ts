// The content once, for commands.
import type { Catalog, Community } from './catalog.js';
import { type FileProblem, Folder, type FolderOptions } from './folder.js';
import { noFolder } from './no-folder.js';
import type { Page } from './types.js';

/**
 * Reads a content folder. Mistakes are in `problems`, in the pages and in the catalog; everything else is served.
 * @param options.now milliseconds; default: the clock
 * @throws SettingsError when there is no such folder
 */
export async function loadContent(
  root: string,
  options: { now?: number } & Omit<Partial<FolderOptions>, 'root' | 'now' | 'gently'> = {},
): Promise<{ catalog: Catalog; community: Community; pages: readonly Page[]; problems: FileProblem[] }> {
  const { now, ...rest } = options;
  const folder = new Folder({ ...rest, root, now: () => now ?? Date.now() });
  try {
    const { content } = await folder.read();
    const { catalog, community, pages, problems } = content;
    return { catalog, community, pages, problems };
  } catch (error) {
    throw noFolder(root, error) ?? error;
  }
}
