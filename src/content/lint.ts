// `emcee check`: what is worth mending, page by page and over all of them. Errors are refused pages; the rest are warnings.
import type { Catalog, Community, CommunityEvent } from './catalog.js';
import type { FileProblem } from './folder.js';
import { dayNumber } from './likeness.js';
import { findings } from './lint-words.js';
import { nearCodes } from './near-codes.js';
import { instantOf } from './time-zone.js';
import type { Page } from './types.js';

const DAY_MS = 86_400_000;

/** Everything found in the catalog, with its file, ordered by file and line. Takes time in proportion to the pages. */
export function check(catalog: Catalog, community: Community, now: number): FileProblem[] {
  const pages = new Map(catalog.pages.map((page) => [page.file, page]));
  const found: FileProblem[] = [...catalog.problems];
  for (const page of catalog.pages) found.push(...page.problems.map((each) => ({ ...each, file: page.file })), ...ofPage(page));
  for (const event of catalog.events) found.push(...ofEvent(event, pages, catalog, community, now));
  found.push(...ofRules(catalog, community), ...nearCodes(catalog));
  return found.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

/** Rules that reach nobody: a slip in a tag is a silent channel. */
function* ofRules({ events }: Catalog, { channels, reminders, digests }: Community): Generator<FileProblem> {
  const known = new Set(channels.flatMap(({ tags }) => tags));
  const unknown = (rules: readonly { to?: string[] }[]) => new Set(rules.flatMap(({ to }) => to ?? []).filter((tag) => !known.has(tag)));
  for (const tag of unknown([...reminders, ...digests])) yield { ...findings.nobodyHears(tag), file: 'emcee.yaml' };
  for (const { reminders: own, pages } of events)
    for (const tag of unknown(own ?? [])) yield { ...findings.nobodyHears(tag), file: pages[0] ?? '' };
}

function* ofPage(page: Page): Generator<FileProblem> {
  const { file, start, end } = page;
  if (start && end && end < start.slice(0, end.length)) yield { ...findings.endBeforeStart(start, end), file };
  const links = [...page.slides, ...page.videos, ...page.live, page.register, page.url, page.image];
  for (const talk of page.talks) links.push(talk.video, talk.slides);
  const insecure = links.filter((link) => link?.startsWith('http://'));
  if (insecure[0]) yield { ...findings.insecureLink(insecure[0], insecure.length), file };
}

function* ofEvent(
  event: CommunityEvent,
  pages: ReadonlyMap<string, Page>,
  catalog: Catalog,
  community: Community,
  now: number,
): Generator<FileProblem> {
  const file = event.pages[0] ?? '';
  const own = event.pages.flatMap((each) => pages.get(each) ?? []);
  const leader = own[0];
  if (!leader) return;
  const isEvent = leader.kind === 'event' || leader.kind === 'recap' || event.pages.length > 1;
  const hasSlides = event.slides.length > 0 || event.talks.some(({ slides }) => slides !== null);
  if (isEvent && event.codes.length === 0 && !hasSlides) yield { ...findings.noCode(), file };
  // Who set a zone for the community has answered for all pages.
  if (event.start && event.start.length > 10 && own.every(({ timezone }) => timezone === null) && community.timezone === 'UTC')
    yield { ...findings.noZone(), file };
  yield* contradictions(own);

  if (!event.start || event.status === 'cancelled') return;
  const isReminded = (event.reminders ?? community.reminders).length > 0 && community.channels.length > 0;
  if (event.startBasis === 'guess' && isReminded && instantOf(event.start, event.timezone) > now)
    yield { ...findings.unsureStart(event.start), file };
  const over = instantOf(event.end ?? event.start, event.timezone);
  const days = Math.floor((now - over) / DAY_MS);
  if (days < community.slidesAfterDays) return;
  const waiting = event.codes.filter((code) => catalog.codes.get(code)?.links.length === 0);
  if (waiting.length > 0) yield { ...findings.noSlides(waiting, days), file };
}

/** Pages of one event that name different days: one of them is wrong, and members will read it. */
function* contradictions([leader, ...others]: Page[]): Generator<FileProblem> {
  const day = leader && dayNumber(leader.start);
  if (day === null || day === undefined) return;
  for (const other of others) {
    const otherDay = dayNumber(other.start);
    if (otherDay !== null && otherDay !== day)
      yield {
        ...findings.otherDay(other.start?.slice(0, 10) ?? '', leader?.file ?? '', leader?.start?.slice(0, 10) ?? ''),
        file: other.file,
      };
  }
}
