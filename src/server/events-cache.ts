import type { Catalog, Community } from '../content/catalog.js';

interface Page {
  status: number;
  html: string;
}

const MOST_PAGES = 200;
const MINUTE_MS = 60_000;

/** Rendered pages, for as long as nothing on them can have changed: the same content, and the same minute. */
export class EventsCache {
  readonly #pages = new Map<string, Page>();
  #catalog: Catalog | undefined;
  #community: Community | undefined;
  #minute = Number.NaN;

  get(key: string, { catalog, community, now }: { catalog: Catalog; community: Community; now: number }, render: () => Page): Page {
    const minute = Math.floor(now / MINUTE_MS);
    if (catalog !== this.#catalog || community !== this.#community || minute !== this.#minute || this.#pages.size > MOST_PAGES) {
      this.#pages.clear();
      this.#catalog = catalog;
      this.#community = community;
      this.#minute = minute;
    }
    let page = this.#pages.get(key);
    if (!page) {
      page = render();
      this.#pages.set(key, page);
    }
    return page;
  }
}
