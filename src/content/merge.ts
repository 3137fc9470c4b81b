// Pages → events: the fullest page leads, the others fill in what it leaves open.
import type { Community, CommunityEvent } from './catalog.js';
import { groupPages } from './grouping.js';
import { mergeTalks } from './merge-talks.js';
import { ownAddress, siteAddress } from './site-address.js';
import type { Basis, Language, Page } from './types.js';

/** One event for each group of pages that belong together, ordered by leading page; the same whatever the order of the pages. */
export function mergePages(pages: readonly Page[], community: Community): CommunityEvent[] {
  const sorted = pages.filter(tellsOfAnEvent).sort(byFile);
  const events = groupPages(sorted).map((group) =>
    eventOf(group.length > 1 ? group.sort(byFullness(community.language)) : group, community),
  );
  return withUniqueIds(events, new Map(pages.map((page) => [page.file, page])));
}

const byFile = (a: Page, b: Page) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);

/** Index pages list events, drafts are not out yet, and pages of no clear kind need at least a code or an explicit start. */
function tellsOfAnEvent(page: Page): boolean {
  if (page.draft || page.kind === 'index' || /(?:^|\/)_index\.md$/.test(page.file)) return false;
  return page.kind !== 'other' || page.codes.length > 0 || (page.start !== null && page.startBasis === 'key');
}

const isMain = (page: Page) => page.kind !== 'talk' && page.kind !== 'slides' && page.kind !== 'notes';

function byFullness(language: Language): (a: Page, b: Page) => number {
  const rank = (page: Page) => [
    isMain(page) ? 0 : 1,
    -page.talks.length,
    page.kind === 'recap' ? 0 : 1,
    -page.codes.length,
    page.start ? 0 : 1,
    page.language === language ? 0 : 1,
  ];
  const ranks = new Map<Page, number[]>();
  const rankOf = (page: Page) => {
    const known = ranks.get(page) ?? rank(page);
    ranks.set(page, known);
    return known;
  };
  return (a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? byFile(a, b) : (left[at] ?? 0) - (right[at] ?? 0);
  };
}

function eventOf(pages: Page[], community: Community): CommunityEvent {
  const leader = pages[0] as Page;
  const first = <T>(pick: (page: Page) => T | null | undefined): T | null => {
    for (const page of pages) {
      const value = pick(page);
      if (value !== null && value !== undefined) return value;
    }
    return null;
  };
  const fullest = (pick: (page: Page) => string[]) => pages.map(pick).find((list) => list.length > 0) ?? [];
  const all = (pick: (page: Page) => string[]) => (pages.length === 1 ? pick(leader) : [...new Set(pages.flatMap(pick))]);
  const talks = mergeTalks(pages);
  const inTalks = new Set(talks.flatMap(({ video, slides }) => [video, slides]));
  const outside = (list: string[]) => (list.length > 0 ? list.filter((link) => !inTalks.has(link)) : list);
  const time = timeOf(pages);
  const timezone = first((page) => page.timezone) ?? community.timezone;
  const language = leader.language;
  return {
    id: first((page) => page.id) ?? pathId(leader.file),
    pages: pages.map(({ file }) => file),
    title: titleOf(pages, language, time.start, talks.length),
    titles: titlesOf(pages),
    language,
    ...time,
    timezone,
    location: first((page) => page.location),
    online: first((page) => page.online),
    status: pages.find(({ status }) => status !== 'scheduled')?.status ?? 'scheduled',
    codes: all((page) => page.codes),
    codeFor: pages.length === 1 ? leader.codeFor : Object.fromEntries(pages.toReversed().flatMap((page) => Object.entries(page.codeFor))),
    account: first((page) => page.account),
    talks,
    slides: outside(all((page) => page.slides)),
    videos: outside(all((page) => page.videos)),
    live: all((page) => page.live),
    url: first((page) => ownAddress(page.url, community.site)) ?? siteAddress(leader.file, community.site),
    image: first((page) => page.image),
    register: first((page) => page.register),
    tags: all((page) => page.tags),
    organizers: fullest((page) => page.organizers),
    reminders: first((page) => page.reminders) ?? undefined,
  };
}

const BASIS: Record<Basis, number> = { key: 0, agreed: 1, guess: 2 };

/** The surest start; among those of one day, one with an hour. The end comes from a page with the same start. */
function timeOf(pages: readonly Page[]): Pick<CommunityEvent, 'start' | 'startBasis' | 'end'> {
  const dated = pages.filter(({ start }) => start !== null);
  const main = dated.filter(isMain);
  const candidates = main.length > 0 ? main : dated;
  const surest = candidates.reduce<Page | undefined>((best, page) => (best && rankOf(best) <= rankOf(page) ? best : page), undefined);
  if (!surest?.start) return { start: null, startBasis: null, end: null };
  const day = surest.start.slice(0, 10);
  const timed = surest.start.length > 10 ? surest : dated.find(({ start }) => start?.startsWith(`${day}T`));
  const start = timed?.start ?? surest.start;
  const end = surest.end ?? timed?.end ?? dated.find((page) => page.start === start && page.end !== null)?.end ?? null;
  return { start, startBasis: surest.startBasis, end: end !== null && end >= start.slice(0, end.length) ? end : null };
}

const rankOf = ({ startBasis }: Page) => (startBasis ? BASIS[startBasis] : 3);

/** Talk pages alone do not name their event: then its day, place and the number of talks do. */
function titleOf(pages: readonly Page[], language: Language, start: string | null, talks: number): string {
  const main = pages.find((page) => isMain(page) && page.title) ?? pages.find((page) => page.kind === 'notes' && page.title);
  if (main?.title) return main.title;
  if (talks <= 1 || pages.length === 1) return pages.find(({ title }) => title)?.title ?? nameOf(pages[0]?.file ?? '');
  const location = pages.find((page) => page.location)?.location;
  const code = pages.flatMap(({ codes }) => codes)[0];
  const when = [start?.slice(0, 10) ?? code, location].filter(Boolean).join(' ');
  return language === 'zh' ? `${when}（${talks} 个议题）` : `${when} (${talks} talks)`;
}

function titlesOf(pages: readonly Page[]): Partial<Record<Language, string>> {
  const titles: Partial<Record<Language, string>> = {};
  const isAlone = !pages.some(isMain);
  for (const page of pages) if (page.title && (isMain(page) || (isAlone && pages.length === 1))) titles[page.language] ??= page.title;
  return titles;
}

const nameOf = (file: string) =>
  file
    .replace(/\.md$/i, '')
    .replace(/\/index$/, '')
    .replace(/^.*\//, '');

/** Design 3.5: the path without `.md` and a final `/index`; directly in `events/` only the name. */
function pathId(file: string): string {
  const path = file.replace(/\.md$/i, '').replace(/\/index$/i, '');
  return /^events\/[^/]+\.md$/i.test(file) ? path.slice('events/'.length) : path;
}

/** Who wrote an id down keeps it; of two that did, the first. The others are known by their path. */
function withUniqueIds(events: CommunityEvent[], pages: ReadonlyMap<string, Page>): CommunityEvent[] {
  const taken = new Set<string>();
  const isExplicit = (event: CommunityEvent) => event.pages.some((file) => pages.get(file)?.id === event.id);
  const others: CommunityEvent[] = [];
  for (const event of events) {
    if (isExplicit(event) && !taken.has(event.id)) taken.add(event.id);
    else others.push(event);
  }
  for (const event of others) {
    const file = event.pages[0] ?? '';
    const path = file.replace(/\.md$/i, '');
    let id = pathId(file);
    for (let at = 1; taken.has(id); at++) id = at === 1 ? path : `${path}~${at}`;
    event.id = id;
    taken.add(id);
  }
  return events;
}
