// From marks and speaker lines to talks: every speaker line belongs to the nearest mark above that encloses it.
import type { Line, Speaker } from '../types.js';
import { fillHouse, readBlock } from './speaker-block.js';
import { readIntroduced, readSpeakers } from './speakers.js';
import { endOfValue, fromFirstLine, fromLineAbove, markSigned, namesStandAbove } from './talk-below.js';
import { BELOW_HEADINGS, type Mark, type Word } from './talk-mark.js';
import type { Marks } from './talk-marks.js';
import { fromTelling } from './talk-telling.js';
import { plain, withoutMarker } from './talk-text.js';
import { titleKey } from './talk-title.js';
import { dividesPage, isAgenda, isGathering, isPause } from './talk-words.js';

/** A talk and the lines it covers: a recording between them is its own. */
export interface Found {
  title: string;
  speakers: Speaker[];
  from: number;
  to: number;
}

export interface Sections {
  talks: Found[];
  /** Speakers that no section of the page claims. */
  speakers: Speaker[];
}

class Claim {
  speakers: Speaker[] = [];
  about: string[] = [];
  /** A label says that somebody speaks, whether or not the name could be read. */
  said = false;

  add(more: readonly Speaker[]): void {
    for (const speaker of more) {
      const known = this.speakers.find((one) => one.name === speaker.name);
      if (!known) this.speakers.push({ ...speaker });
      else known.affiliation ??= speaker.affiliation;
    }
  }
}

/** The index of the mark that encloses a line at `at`, looking up from marks[before]; -1 for the page itself. */
function ownerOf(marks: readonly Mark[], before: number, level: number, isPage: (mark: Mark) => boolean): number {
  let ceiling = level;
  for (let k = before; k >= 0; k--) {
    const mark = marks[k] as Mark;
    const talks = mark.role === 'talk' || mark.role === 'maybe';
    if (talks && mark.level < ceiling) return isPage(mark) ? -1 : k;
    // `## 议题 1：…` and its `## 讲师` may stand on one level.
    if (mark.role === 'talk' && mark.level === level && mark.level === ceiling) return k;
    ceiling = Math.min(ceiling, mark.level);
  }
  return -1;
}

function applyWord(claim: Claim, word: Word, lines: readonly Line[], limit: number): void {
  const value = plain(word.value);
  if (value && (word.label === 'speaker' || word.label === 'bio')) claim.said = true;
  const block = () => readBlock(lines, word.at + 1, endOfValue(lines, word.at + 1, limit));
  if (word.label === 'speaker') claim.add(value ? readSpeakers(word.value) : block());
  else if (word.label === 'house') {
    if (value && value.length < 60) for (const speaker of claim.speakers) speaker.affiliation ??= value.replace(/[。.]$/, '');
  } else if (word.label === 'bio') {
    if (!claim.speakers.length) claim.add(value ? readIntroduced(word.value) : block());
    const next = lines[word.at + 1];
    claim.about.push(value || (next && next.kind !== 'heading' ? plain(withoutMarker(next.text)) : ''));
  }
}

/** Reads the talks that stand on the page as sections, bold titles or rows with a time. */
export function readSections(lines: readonly Line[], { marks, words }: Marks, pageTitle: string): Sections {
  const claims = new Map<number, Claim>();
  const claimOf = (k: number): Claim => {
    const claim = claims.get(k) ?? new Claim();
    claims.set(k, claim);
    return claim;
  };
  const isPage = pageMarks(marks, pageTitle);
  const nextMark = (k: number) => marks[k + 1]?.at ?? lines.length;

  absorbBareMarkers(marks);
  let w = 0;
  for (let k = -1; k < marks.length; k++) {
    const mark = marks[k];
    const limit = nextMark(k);
    const block = mark && (mark.role === 'speaker' || mark.role === 'bio') && mark.at >= 0 ? mark : null;
    const titled = block?.role === 'speaker' && marks[k + 1]?.labelled === true;
    const owner = titled ? k + 1 : block ? ownerOf(marks, k - 1, block.level, isPage) : ownerOf(marks, k, BELOW_HEADINGS + 2, isPage);
    if (mark?.speakers.length && !block) claimOf(k).add(mark.speakers);
    if (block) claimOf(owner).add(block.speakers.length ? block.speakers : readBlock(lines, block.at + 1, limit));
    for (; w < words.length && (words[w] as Word).at < limit; w++) {
      const word = words[w] as Word;
      if (word.label === 'host' || (block && word.at > block.at && word.label !== 'speaker')) continue;
      applyWord(claimOf(owner), word, lines, Math.min(limit, words[w + 1]?.at ?? limit));
    }
  }
  return collect(lines, marks, claims, isPage, pageTitle, words.length > 0);
}

/** Marks that stand for the page itself: its first heading of level 1, and whatever repeats its title. */
function pageMarks(marks: readonly Mark[], pageTitle: string): (mark: Mark) => boolean {
  const key = titleKey(pageTitle);
  const firstHeading = marks.find((mark) => mark.level < BELOW_HEADINGS);
  const same = new Set(
    marks.filter(
      (mark) =>
        (mark === firstHeading && mark.level === 1 && mark.role !== 'talk') ||
        (Math.abs(mark.title.length - pageTitle.length) < 9 && titleKey(mark.title) === key),
    ),
  );
  return (mark) => same.has(mark);
}

/** `## 议题一` takes its title from the first title below. */
function absorbBareMarkers(marks: Mark[]): void {
  for (let k = 0; k + 1 < marks.length; k++) {
    const mark = marks[k] as Mark;
    const next = marks[k + 1] as Mark;
    if (mark.role !== 'talk' || mark.title || next.level <= mark.level || next.role === 'divider') continue;
    if (next.role !== 'maybe' && next.role !== 'talk') continue;
    mark.title = next.title;
    mark.speakers = next.speakers;
    marks.splice(k + 1, 1);
  }
}

function collect(
  lines: readonly Line[],
  marks: readonly Mark[],
  claims: ReadonlyMap<number, Claim>,
  isPage: (mark: Mark) => boolean,
  pageTitle: string,
  said: boolean,
): Sections {
  const talks: Found[] = [];
  const bySpeakers = marks.some((mark) => mark.level === BELOW_HEADINGS && mark.role === 'talk' && mark.speakers.length > 0);
  // `Session 2: …` also numbers the chapters of a tutorial.
  const gathering = isGathering(pageTitle) || [...claims.values()].some((claim) => claim.speakers.length > 0);
  const inline = marks.filter((mark) => mark.inline).length;
  // `Foo by Ann Lee` in a list of licences or of books: only a page of an event has talks.
  const event = gathering && (isGathering(pageTitle) || said || marks.some((mark) => saysEvent(mark)));
  let agenda: Mark | null = null;
  const above = namesStandAbove(lines, marks);
  markSigned(lines, marks);
  marks.forEach((mark, k) => {
    if (mark.level < BELOW_HEADINGS) {
      if (mark.role === 'divider' && isAgenda(mark.title)) agenda = mark;
      else if (agenda && mark.level <= agenda.level) agenda = null;
    }
    if ((mark.role !== 'talk' && mark.role !== 'maybe') || !mark.title || isPage(mark)) return;
    // `How to do it – Step by Step`: one such heading in an article is no talk, several or one in an agenda are.
    if (mark.inline && !event) return;
    if (mark.inline && inline < 2 && !agenda && !mark.speakers.some((speaker) => speaker.affiliation)) return;
    const claim = claims.get(k);
    const to = marks[k + 1]?.at ?? lines.length;
    let speakers = claim?.speakers.length
      ? claim.speakers
      : above && mark.bare
        ? fromLineAbove(lines, mark.at)
        : fromFirstLine(lines, mark, to, agenda !== null);
    if (!speakers.length && agenda && mark.level < BELOW_HEADINGS) speakers = fromTelling(lines, mark.at, to);
    for (const speaker of speakers) fillHouse(speaker, claim?.about ?? []);
    if (mark.bracket) settleBracket(mark.bracket, speakers, lines, mark.at, to);
    if (!speakers.length && !gathering && mark.latin) return;
    if ((mark.pause && !claim?.said) || (!speakers.length && PROSE.test(mark.title))) return;
    const sure = speakers.length > 0 || claim?.said || (mark.role === 'talk' && (mark.level < BELOW_HEADINGS || bySpeakers));
    if (sure && mark.title.length <= 160)
      talks.push({ title: mark.title, speakers, from: mark.at, to: mark.item ? endOfItem(lines, mark.at) : endOf(marks, k, lines.length) });
  });
  if (!talks.length) talks.push(...planned(lines, marks));
  closeBelowHeadings(talks, marks);
  return { talks, speakers: claims.get(-1)?.speakers ?? [] };
}

/** A sentence is no title. */
const PROSE = /[。；]$|，.{20,}[？！?!]$|^.{60,}，/;

const saysEvent = ({ role, inline, title }: Mark) => (role === 'talk' ? !inline : role === 'divider' && isAgenda(title));

const FEWEST_ROWS = 2;

/** An agenda without any speaker still says what the talks are. */
function planned(lines: readonly Line[], marks: readonly Mark[]): Found[] {
  const rows: Found[] = [];
  let inAgenda = false;
  for (const mark of marks) {
    if (mark.level < BELOW_HEADINGS && !mark.timed) inAgenda = mark.role === 'divider' && isAgenda(mark.title);
    else if (inAgenda && mark.timed && mark.title.length > 3 && !isPause(mark.title) && !dividesPage(mark.title))
      rows.push({ title: mark.title, speakers: [], from: mark.at, to: endOfItem(lines, mark.at) });
  }
  return rows.length < FEWEST_ROWS ? [] : rows;
}

/** `name（house）`: a house unless the page says that the speaker works elsewhere. */
function settleBracket(bracket: string, [speaker]: readonly Speaker[], lines: readonly Line[], from: number, to: number): void {
  if (!speaker) return;
  const about: string[] = [];
  for (let at = from + 1; at < to && about.length < 4; at++) if (lines[at]?.kind !== 'blank') about.push(plain(lines[at]?.text ?? ''));
  if (about.some((text) => new RegExp(`(?:花名|昵称|网名)[:：]?\\s?${bracket}`).test(text))) {
    fillHouse(speaker, about);
    return;
  }
  const own = { ...speaker };
  fillHouse(own, about);
  if (!own.affiliation || own.affiliation.includes(bracket)) speaker.affiliation = bracket;
  else if (about.some((text) => text.includes(bracket) && !/花名|昵称|网名/.test(text))) speaker.affiliation = bracket;
}

function endOfItem(lines: readonly Line[], from: number): number {
  const level = lines[from]?.level ?? 0;
  let at = from + 1;
  for (; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'heading' || line.kind === 'rule' || (line.kind === 'item' && line.level <= level)) break;
    if (lines[at - 1]?.kind === 'blank' && line.kind === 'text' && !/^\s/.test(line.text)) break;
  }
  return at;
}

function endOf(marks: readonly Mark[], k: number, last: number): number {
  const level = Math.min((marks[k] as Mark).level, BELOW_HEADINGS - 1);
  for (let next = k + 1; next < marks.length; next++) if ((marks[next] as Mark).level <= level) return (marks[next] as Mark).at;
  return last;
}

/** A talk ends where the next one starts, unless that one stands inside it. */
function closeBelowHeadings(talks: Found[], marks: readonly Mark[]): void {
  const levelAt = new Map(marks.map((mark) => [mark.at, mark.level]));
  talks.forEach((talk, k) => {
    const next = talks[k + 1];
    if (next && next.from < talk.to && (levelAt.get(next.from) ?? 0) <= (levelAt.get(talk.from) ?? 0)) talk.to = next.from;
  });
}
