// The content and what organizers have laid over it, for commands beside a running bot.
import { createAnswerer } from '../answer/index.js';
import type { Environment } from '../config/environment.js';
import type { Catalog, Community } from '../content/catalog.js';
import { withKept } from '../content/kept.js';
import { loadContent } from '../content/load.js';
import type { AliasParts } from '../desk/alias-check.js';
import type { KeptRow } from '../store/desk.js';
import type { Store } from '../store/port.js';
import { withStore } from './with-store.js';

export interface KeptContent extends AliasParts {
  store: Store;
  environment: Environment;
  /** With what is kept. */
  catalog: Catalog;
  community: Community;
  rows: readonly KeptRow[];
}

export async function withKeptContent<Result>(work: (content: KeptContent) => Promise<Result>): Promise<Result> {
  return withStore(async (store, environment) => {
    const now = new Date();
    const { catalog: base, community } = await loadContent(environment.content, { now: now.getTime(), cacheFile: environment.pagesCache });
    const rows = await store.kept();
    const catalog = withKept(base, rows, community);
    const answerer = createAnswerer(catalog, community);
    return work({
      ...{ store, environment, base, catalog, community, rows },
      find: (text, language) => answerer.answer({ text, language, place: 'direct', addressed: true, role: 'member', sender: '', now }),
    });
  });
}
