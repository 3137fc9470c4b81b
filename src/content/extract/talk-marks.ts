// One walk over the lines: where a talk may begin, and which lines say who speaks.
import type { Line } from '../types.js';
import { readSpeakers, readsLikeSpeaker } from './speakers.js';
import { type Guess, guessOf, settleGuesses } from './talk-guesses.js';
import { itemTalk, type Place } from './talk-items.js';
import { BELOW_HEADINGS, type Mark, type Word } from './talk-mark.js';
import { bracketOf, headingMark, startMark } from './talk-starts.js';
import { plain, withoutMarker } from './talk-text.js';
import { afterTime, talkTitle } from './talk-title.js';
import { dividesPage, isAgenda, isPause, type Label, labelOf } from './talk-words.js';
import { withSpeaker } from './titled.js';

export interface Marks {
  marks: Mark[];
  words: Word[];
}

/** Label and value of `**讲师**：张三`, `- Speaker: Ann`; null when no label stands before the colon. */
function labelled(text: string): { label: Label; value: string } | null {
  const head = text.length > 30 ? text.slice(0, 30) : text;
  let colon = head.indexOf('：');
  const ascii = head.indexOf(':');
  if (colon < 0 || (ascii > 0 && ascii < colon)) colon = ascii;
  const label = colon < 2 ? undefined : labelOf(head.slice(0, colon));
  if (!label) return null;
  return {
    label,
    value: text
      .slice(colon + 1, colon + 2000)
      .replace(/^[*_\s]{1,9}/, '')
      .replace(/\*{1,3}\s?$/, ''),
  };
}

const PRESENTED = /^(?:hosted|presented|talk|given|a talk) by[:：]?\s(.{2,120})$/i;
const mayStart = (code: number) => code === 42 || code === 0x300a || code === 91 || (code >= 48 && code <= 57);

/** Reads marks and speaker lines; tables are read elsewhere. */
export function readMarks(lines: readonly Line[]): Marks {
  const marks: Mark[] = [];
  const words: Word[] = [];
  const guesses: Guess[] = [];
  let place: Place = null;
  let agenda: Mark | null = null;
  const guess = (mark: Mark, text: string, alone: boolean): boolean => {
    const reading = guessOf(text, mark.timed === true);
    guesses.push({ mark, agenda: agenda?.at ?? -1, reading, alone });
    return reading !== null;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'code' && (place !== 'agenda' || afterTime(line.text.trim()) === null)) continue;
    if (line.kind === 'blank' || line.kind === 'table' || line.kind === 'rule') continue;
    if (line.kind === 'heading') {
      const mark = headingMark(line, at);
      marks.push(mark);
      place = placeBelow(mark);
      if (place === 'agenda' || (agenda && mark.level <= agenda.level)) agenda = place === 'agenda' ? mark : null;
      else if (agenda && mark.role === 'maybe' && !mark.pause) guess(mark, line.text, false);
      if (mark.role === 'speaker' && mark.speakers.length)
        words.push({ at, label: 'speaker', value: mark.title.replace(/^[^:：]{1,10}[:：]/, '') });
      continue;
    }
    const text = line.kind === 'text' && mayBePlain(line.text) ? line.text.trim() : withoutMarker(line.text);
    const said = labelled(text);
    if (said) {
      const mark = said.label === 'title' ? titleMark(said.value, at) : null;
      if (mark) marks.push(mark);
      else if (said.label === 'speaker') {
        const parent = parentMark(lines, at, marks);
        if (parent) marks.push(parent);
      }
      if (said.label !== 'title') words.push({ at, ...said });
      continue;
    }
    const started: Mark | null = mayStart(text.charCodeAt(0)) ? startMark(line, text, at) : null;
    const mark: Mark | null = started ?? itemMark(line, text, at, place);
    const found: Mark | null = mark ?? nestedMark(lines, at, text, marks, place);
    if (found) {
      marks.push(line.kind === 'item' ? { ...found, item: true } : found);
      const mark = marks.at(-1) as Mark;
      if (found.timed && found.role === 'maybe') guess(mark, afterTime(text) ?? text, false);
      else if (place === 'agenda' && found.speakers.length)
        guesses.push({ mark, agenda: agenda?.at ?? -1, reading: null, alone: false, sure: true });
      if (found.role === 'divider' || found.role === 'speaker') place = placeBelow(found) ?? place;
    } else if (place === 'agenda' && line.kind === 'item' && line.level < 2) {
      const mark: Mark = { at, level: BELOW_HEADINGS, role: 'maybe', title: '', speakers: [], item: true };
      if (guess(mark, text, true)) marks.push(mark);
    } else if (text.length < 140 && text.includes(' by ')) {
      const by = PRESENTED.exec(plain(text));
      if (by) words.push({ at, label: 'speaker', value: by[1] ?? '' });
    }
  }
  return { marks: settleGuesses(marks, guesses), words };
}

function titleMark(value: string, at: number): Mark | null {
  const { title, speakers } = withSpeaker(value);
  const isTitle = title.length > 2 && title.length < 120 && !title.includes('http');
  return isTitle ? { at, level: BELOW_HEADINGS, role: 'maybe', title, speakers, labelled: true } : null;
}

/** The item of a list right above a deeper one: a title, when that one names the speaker. */
function parentMark(lines: readonly Line[], at: number, marks: readonly Mark[]): Mark | null {
  const line = lines[at] as Line;
  const above = lines[at - 1];
  if (line.kind !== 'item' || line.level < 2 || above?.kind !== 'item' || above.level >= line.level || marks.at(-1)?.at === at - 1)
    return null;
  const text = withoutMarker(above.text);
  const title = text.length < 200 && !labelled(text) ? talkTitle(text) : '';
  if (title.length < 4 || title.length > 120 || dividesPage(title) || isPause(title)) return null;
  return { at: at - 1, level: BELOW_HEADINGS, role: 'maybe', title, speakers: [], item: true };
}

/** `- title` with `  - name，house role` below it. */
function nestedMark(lines: readonly Line[], at: number, text: string, marks: readonly Mark[], place: Place): Mark | null {
  if (place !== 'agenda' || lines[at]?.kind !== 'item' || (lines[at]?.level ?? 0) < 2) return null;
  const parent = parentMark(lines, at, marks);
  const shown = parent ? plain(text) : '';
  return parent && readsLikeSpeaker(shown, true) ? { ...parent, role: 'talk', speakers: readSpeakers(shown, true) } : null;
}

const NUMBERED = /^\d{1,2}[，,、](?!\d)/;

function itemMark(line: Line, text: string, at: number, place: Place): Mark | null {
  if (!place || (line.kind === 'item' ? line.level > 1 : !NUMBERED.test(text))) return null;
  const talk = itemTalk(text, place);
  return talk && { at, level: BELOW_HEADINGS, role: 'talk', title: talk.title, speakers: talk.speakers, ...bracketOf(talk) };
}

/** What the list below a heading may hold. */
function placeBelow({ role, title }: Mark): Place {
  if (role === 'speaker') return title === '分享' || title === '演讲' ? 'agenda' : 'speakers';
  return role === 'divider' && isAgenda(title) ? 'agenda' : null;
}

function mayBePlain(text: string): boolean {
  const head = text.charCodeAt(0);
  return head > 62;
}
