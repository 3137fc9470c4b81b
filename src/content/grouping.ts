// Which pages are one event. Never by the day alone: a code, a translation, an explicit id, a talk or a title must say so too.
import { versionOf } from './language.js';
import { alike, core, dayNumber, foldCode, placesDiffer } from './likeness.js';
import type { Page } from './types.js';

/** How far the days of one event's pages may lie apart: real pages contradict each other by a day or two. */
const MAX_DAYS_APART = 3;
/** Titles are compared in pairs, but only where there are few: the time must not grow with the square of the pages. */
const MAX_COMPARED = 60;

/** What is compared about a page. */
interface Traits {
  day: number | null;
  title: string;
  isMain: boolean;
  /** The same for all language versions of the page. */
  version: string;
  codes: readonly string[];
}

interface Card extends Traits {
  page: Page;
  index: number;
}

/** Pages never change once they are read; most are the same in the next reading. */
const known = new WeakMap<Page, Traits>();

function traitsOf(page: Page): Traits {
  let traits = known.get(page);
  if (!traits) {
    traits = {
      day: dayNumber(page.start),
      title: core(page.title ?? ''),
      isMain: page.kind !== 'talk' && page.kind !== 'slides',
      version: versionOf(page.file).rest,
      codes: page.codes.length > 0 ? [...new Set(page.codes.map(foldCode))] : [],
    };
    known.set(page, traits);
  }
  return traits;
}

/** Groups of pages, each one event; pages must be sorted by file, and so are the groups. */
export function groupPages(pages: readonly Page[]): Page[][] {
  const cards = pages.map((page, index): Card => ({ ...traitsOf(page), page, index }));
  const groups = new Groups(cards.length);
  joinTranslations(cards, groups);
  joinSameId(cards, groups);
  joinByCode(cards, groups);
  joinTalkPages(cards, groups);
  joinAnnouncements(cards, groups);
  return groups.list().map((indexes) => indexes.flatMap((index) => pages[index] ?? []));
}

/** Union–find. */
class Groups {
  private readonly parent: number[];

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, index) => index);
  }

  of(index: number): number {
    let root = index;
    while (this.parent[root] !== root) root = this.parent[root] ?? root;
    for (let at = index; at !== root; ) {
      const next = this.parent[at] ?? root;
      this.parent[at] = root;
      at = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [left, right] = [this.of(a), this.of(b)];
    this.parent[Math.max(left, right)] = Math.min(left, right);
  }

  list(): number[][] {
    const lists = new Map<number, number[]>();
    for (let index = 0; index < this.parent.length; index++) add(lists, this.of(index), index);
    return [...lists.values()];
  }
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function joinTranslations(cards: readonly Card[], groups: Groups): void {
  const versions = new Map<string, Card[]>();
  for (const card of cards) add(versions, card.version, card);
  for (const same of versions.values()) joinAll(same, groups);
}

function joinSameId(cards: readonly Card[], groups: Groups): void {
  const ids = new Map<string, Card[]>();
  for (const card of cards) if (card.page.id !== null) add(ids, card.page.id, card);
  for (const [first, ...others] of ids.values()) {
    if (first) for (const other of others) if (!contradict(first, other)) groups.join(first.index, other.index);
  }
}

function joinByCode(cards: readonly Card[], groups: Groups): void {
  const codes = new Map<string, Card[]>();
  for (const card of cards) for (const code of card.codes) add(codes, code, card);
  const undated = new Map<Card, Card[][]>();
  for (const sharing of codes.values()) {
    if (sharing.length === 1) continue;
    const clusters = clustersByDay(sharing.filter(({ day }) => day !== null));
    for (const cluster of clusters) joinAll(cluster, groups);
    const without = sharing.filter(({ day }) => day === null);
    const firsts = clusters.flatMap(([first]) => first ?? []);
    if (firsts.length === 0) joinAll(without, groups);
    else if (firsts.length <= MAX_COMPARED) for (const card of without) add(undated, card, firsts);
  }
  for (const [card, lists] of undated) {
    const events = new Map(lists.flat().map((other) => [groups.of(other.index), other]));
    const [only] = events.values();
    // A list of many events' codes belongs to none of them.
    const meant = events.size === 1 ? only : lists.length === 1 ? lists[0]?.find(({ title }) => alike(title, card.title)) : undefined;
    if (meant) groups.join(meant.index, card.index);
  }
}

/** Pages with one code, by the days that are near each other, as long as nothing else contradicts. */
function clustersByDay(cards: Card[]): Card[][] {
  const clusters: Card[][] = [];
  for (const card of cards.sort((a, b) => (a.day ?? 0) - (b.day ?? 0) || a.index - b.index)) {
    let fitting: Card[] | undefined;
    for (const cluster of clusters.slice(-MAX_COMPARED)) if (cluster[0] && !contradict(cluster[0], card)) fitting = cluster;
    if (fitting) fitting.push(card);
    else clusters.push([card]);
  }
  return clusters;
}

function joinAll(cards: readonly Card[], groups: Groups): void {
  const [first] = cards;
  if (first) for (let at = 1; at < cards.length; at++) groups.join(first.index, cards[at]?.index ?? first.index);
}

/** Two pages that share a code or an id and still are two events: their days, or their titles and places, say so. */
function contradict(a: Card, b: Card): boolean {
  const apart = a.day === null || b.day === null ? 0 : Math.abs(a.day - b.day);
  if (apart > MAX_DAYS_APART) return true;
  if (!a.isMain || !b.isMain || alike(a.title, b.title)) return false;
  if (a.page.language !== b.page.language) return apart > 0;
  return apart > 0 || placesDiffer(a.page.location, b.page.location);
}

/** A talk page without the code of its siblings: the meetup page names its talk, or shows its recording. */
function joinTalkPages(cards: readonly Card[], groups: Groups): void {
  const talks = new Map<string, Card[]>();
  for (const card of cards) {
    if (!card.isMain) continue;
    for (const talk of card.page.talks) {
      const title = core(talk.title);
      if (title.length >= 4) add(talks, `talk ${title}`, card);
      if (talk.video) add(talks, `video ${talk.video}`, card);
    }
  }
  for (const card of cards) {
    if (card.isMain || card.page.codes.length > 0) continue;
    const keys = [`talk ${card.title}`, ...card.page.talks.map(({ title }) => `talk ${core(title)}`), ...videosOf(card.page)];
    const candidates = keys.flatMap((key) => talks.get(key) ?? []);
    // A talk that everybody has ("Opening") tells nothing.
    if (candidates.length > MAX_COMPARED) continue;
    const meetups = candidates.filter((meetup) => !contradict(meetup, card));
    const roots = new Set(meetups.map(({ index }) => groups.of(index)));
    if (roots.size === 1 && meetups[0]) groups.join(meetups[0].index, card.index);
  }
}

const videosOf = (page: Page) => [...page.videos, ...page.talks.flatMap(({ video }) => video ?? [])].map((video) => `video ${video}`);

/** The older announcement has no code: the same day and a title alike, and places that do not contradict. */
function joinAnnouncements(cards: readonly Card[], groups: Groups): void {
  const days = new Map<number, Card[]>();
  const titles = new Map<string, Card[]>();
  for (const card of cards) {
    if (!card.isMain || card.day === null) continue;
    add(days, card.day, card);
    add(titles, `${card.day} ${card.title}`, card);
  }
  const compare = (list: Card[]) => {
    if (list.length > MAX_COMPARED) return;
    for (const [at, card] of list.entries())
      for (const other of list.slice(0, at)) if (announces(other, card)) groups.join(other.index, card.index);
  };
  for (const list of days.values()) if (list.length > 1) compare(list);
  // Where a day has too many to compare, titles that are the same still find each other.
  for (const list of titles.values()) if (list.length > 1) compare(list);
}

function announces(a: Card, b: Card): boolean {
  if (a.page.codes.length > 0 && b.page.codes.length > 0) return false;
  if (a.page.id !== null && b.page.id !== null) return false;
  return alike(a.title, b.title) && !placesDiffer(a.page.location, b.page.location);
}
