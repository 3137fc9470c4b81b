// Readings that one line alone does not justify (`name - title`, `title name`): believed when most lines of an agenda read so.
import { NOT_NAMES, nameSetOff, SURNAMES } from './speaker-names.js';
import { readSpeakers } from './speakers.js';
import type { Mark } from './talk-mark.js';
import { plain } from './talk-text.js';
import { talkTitle } from './talk-title.js';
import { dividesPage } from './talk-words.js';
import type { Titled } from './titled.js';

/** A line of an agenda, with or without such a reading. */
export interface Guess {
  mark: Mark;
  agenda: number;
  reading: Titled | null;
  /** Only the reading makes it a talk. */
  alone: boolean;
  /** Its speaker is known without a guess. */
  sure?: boolean;
}

const FRONT = /^(\S.{1,28}?)\s?(?:[:：]\s?|\s[-–—|]\s|——|—)(\S.{3,})$/;
const LATIN_PERSON = /^\p{Lu}[\p{Ll}'’-]{1,20}(?: \p{Lu}[\p{Ll}'’.-]{0,20}){1,2}$/u;
const LAST = /^(.{3,}\S)\s{1,2}([\u4e00-\u9fff]{2,3})$/;
/** A title opens with a capital, and has more than a word. */
const OPENS = /^(?:[\u2e80-\uffff“"].{3}|[^a-z].{3,200} \S)/;
const LONGEST = 160;

const isPerson = (text: string) =>
  LATIN_PERSON.test(text) ? !dividesPage(text) : nameSetOff(text) === text && SURNAMES.has(text[0] ?? '') && !dividesPage(text);

/** The reading of a line as `name - title` or, where `last`, as `title name`. */
export function guessOf(raw: string, last: boolean): Titled | null {
  const text = plain(raw);
  if (text.length > LONGEST) return null;
  const front = FRONT.exec(text);
  if (front?.[1] && isPerson(front[1]) && OPENS.test(front[2] ?? ''))
    return { title: talkTitle(front[2] ?? ''), speakers: readSpeakers(front[1]) };
  const end = last ? LAST.exec(text) : null;
  const name = end?.[2] ?? '';
  if (end && SURNAMES.has(name[0] ?? '') && !NOT_NAMES.has(name) && nameSetOff(name) && !dividesPage(name))
    return { title: talkTitle(end[1] ?? ''), speakers: readSpeakers(name) };
  return null;
}

const kindOf = ({ mark, alone }: Guess) => (mark.timed ? 'timed' : alone || mark.item ? 'item' : `h${mark.level}`);

/** Believes the readings that most lines of one list share; takes away the marks that nothing else justifies. */
export function settleGuesses(marks: readonly Mark[], guesses: readonly Guess[]): Mark[] {
  if (!guesses.some((guess) => guess.reading)) return marks as Mark[];
  const lists = new Map<string, Guess[]>();
  for (const guess of guesses) {
    const key = `${guess.agenda} ${kindOf(guess)}`;
    const list = lists.get(key);
    if (list) list.push(guess);
    else lists.set(key, [guess]);
  }
  const refused = new Set<Mark>();
  for (const list of lists.values()) {
    const read = list.filter((guess) => guess.reading);
    const good = read.length + list.filter((guess) => guess.sure).length;
    const believed = good > 1 && good * 2 > list.length;
    for (const { mark, reading, alone } of read) {
      if (believed && reading) Object.assign(mark, { role: 'talk', title: reading.title, speakers: reading.speakers });
      else if (alone) refused.add(mark);
    }
  }
  return refused.size ? marks.filter((mark) => !refused.has(mark)) : (marks as Mark[]);
}
