// Events, codes and what slides.yaml says of them, ready to be asked.
import type { Link } from '../adapter.js';
import type { Catalog, CodeEntry, Community, CommunityEvent } from './catalog.js';
import { foldCode } from './likeness.js';
import { mergePages } from './merge.js';
import { problem } from './problems.js';
import type { Slides, SlidesEntry } from './slides.js';
import type { Page, Problem } from './types.js';

/**
 * Builds the catalog of what is public at this moment. Never changes what it is given.
 * @param now milliseconds: Hugo's `publishDate` and `expiryDate` are held against it
 */
export function buildCatalog(pages: readonly Page[], community: Community, slides: Slides, now: number): Catalog {
  const events = mergePages(
    pages.filter((page) => isPublic(page, now)),
    community,
  );
  const problems: (Problem & { file: string })[] = [];
  const { codes, unused } = codesOf(events, slides, community);
  for (const [code, { line }] of unused) problems.push({ ...unknownCode(line, code), file: 'slides.yaml' });
  for (const { code, events: sharing } of codes.values()) {
    const [first, second] = sharing;
    if (first && second) problems.push({ ...sharedCode(code, first, second), file: second.pages[0] ?? '' });
  }
  problems.push(...sameIds(pages, events));
  return { events, byId: new Map(events.map((event) => [event.id, event])), codes, pages, problems };
}

function isPublic({ draft, publishAt, expireAt }: Page, now: number): boolean {
  return !draft && (publishAt === null || publishAt <= now) && (expireAt === null || expireAt > now);
}

/** The next instant after `now` at which a page appears or expires; undefined when none does. */
export function nextChange(pages: readonly Page[], now: number): number | undefined {
  let next: number | undefined;
  for (const { publishAt, expireAt } of pages)
    for (const at of [publishAt, expireAt]) if (at !== null && at > now && (next === undefined || at < next)) next = at;
  return next;
}

function codesOf(events: readonly CommunityEvent[], slides: Slides, community: Community) {
  const byCode = new Map<string, CommunityEvent[]>();
  for (const event of events)
    for (const code of event.codes) {
      const sharing = byCode.get(code);
      if (sharing) sharing.push(event);
      else byCode.set(code, [event]);
    }
  const unused = new Map(slides);
  const spellings = new Map([...slides].map(([code, entry]) => [foldCode(code), { code, entry }]));
  const codes = new Map<string, CodeEntry>();
  for (const [code, sharing] of byCode) {
    // `2021上海` in slides.yaml is meant for `2021 上海` on the page.
    const entry = slides.get(code) ?? spellings.get(foldCode(code))?.entry;
    unused.delete(slides.has(code) ? code : (spellings.get(foldCode(code))?.code ?? code));
    codes.set(code, { code, events: sharing, ...whatItGets(code, sharing, entry, community) });
  }
  for (const [code, entry] of unused) codes.set(code, { code, events: [], links: entry.links, purpose: entry.purpose ?? 'slides' });
  return { codes, unused };
}

function whatItGets(code: string, events: readonly CommunityEvent[], entry: SlidesEntry | undefined, { language }: Community) {
  const [event] = events;
  const said = event && Object.hasOwn(event.codeFor, code) ? event.codeFor[code] : undefined;
  const purpose = entry?.purpose ?? said ?? 'slides';
  if (entry && entry.links.length > 0) return { links: entry.links, purpose };
  // A page's slides are no answer to a code for photos, nor to one that may mean another event.
  const links = event && events.length === 1 && purpose === 'slides' ? ownSlides(event, language === 'zh' ? 'PPT' : 'Slides') : [];
  return { links, purpose };
}

function ownSlides(event: CommunityEvent, word: string): Link[] {
  const many = event.slides.length > 1;
  const whole = event.slides.map((url, at) => ({ label: many ? `${word} ${at + 1}` : word, url }));
  return [...whole, ...event.talks.flatMap(({ title, slides }) => (slides ? [{ label: title, url: slides }] : []))];
}

function sameIds(pages: readonly Page[], events: readonly CommunityEvent[]): (Problem & { file: string })[] {
  const eventOf = new Map(events.flatMap((event) => event.pages.map((file) => [file, event])));
  const owners = new Map<string, Page>();
  const found: (Problem & { file: string })[] = [];
  for (const page of [...pages].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const event = eventOf.get(page.file);
    if (page.id === null || !event) continue;
    const owner = owners.get(page.id);
    if (!owner) owners.set(page.id, page);
    else if (eventOf.get(owner.file) !== event) found.push({ ...sharedId(page.id, owner.file, event.id), file: page.file });
  }
  return found;
}

const unknownCode = (line: number, code: string) =>
  problem(
    line,
    'warning',
    'slides-code-unknown',
    `No page names the code '${code}'. It is answered with its link all the same; write it under codes: on its event's page.`,
    `没有页面写着口令“${code}”。仍会用链接答复；请写到活动页面的 codes: 里。`,
  );

const sharedCode = (code: string, first: CommunityEvent, second: CommunityEvent) =>
  problem(
    0,
    'warning',
    'code-conflict',
    `The code '${code}' stands on two events, '${first.title}' (${first.pages[0]}) and '${second.title}' (${second.pages[0]}). Until one of them gets another code, the bot asks which is meant.`,
    `口令“${code}”写在两场活动上：“${first.title}”（${first.pages[0]}）和“${second.title}”（${second.pages[0]}）。给其中一场换一个口令之前，机器人会反问是哪一场。`,
  );

const sharedId = (id: string, owner: string, used: string) =>
  problem(
    0,
    'error',
    'id-duplicate',
    `The id '${id}' stands on ${owner} already, which is another event. This one goes by '${used}' until it gets an id of its own.`,
    `编号“${id}”已经用在 ${owner} 上，那是另一场活动。在换成自己的 id 之前，这一场用“${used}”。`,
  );
