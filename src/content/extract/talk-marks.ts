// One walk over the lines: where a talk may begin, and which lines say who speaks.
import type { Line, Speaker } from '../types.js';
import { readSpeakers, readsLikeSpeaker } from './speakers.js';
import { itemTalk, type Place } from './talk-items.js';
import { plain, withoutMarker } from './talk-text.js';
import { afterTime, bracketed, hasTalkMarker, isBareMarker } from './talk-title.js';
import { dividesPage, isAgenda, isDate, isPause, type Label, labelOf } from './talk-words.js';
import { listedTalk, namedTitle, type Titled, withSpeaker } from './titled.js';

/** A line that begins something. Headings keep their level; bold lines and times stand below them. */
export interface Mark {
  at: number;
  level: number;
  /** talk: says so itself; maybe: a talk if somebody speaks; speaker, bio: the lines below are about speakers; divider: neither. */
  role: 'talk' | 'maybe' | 'speaker' | 'bio' | 'divider';
  title: string;
  /** Named on the line itself. */
  speakers: Speaker[];
  /** An item of a list ends with its list or the next item. */
  item?: boolean;
  /** A heading believed to name its speaker only because of its form. */
  inline?: boolean;
  /** Marked as a talk in Latin letters: `Session 2: …`. */
  latin?: boolean;
  /** `开场致辞`, `Welcome`: a talk only if a label says who gives it. */
  pause?: boolean;
  /** Behind the only speaker's name, in brackets: a house or a nick name. */
  bracket?: string;
}

/** A line that says something about whoever speaks. */
export interface Word {
  at: number;
  label: Label;
  value: string;
}

export interface Marks {
  marks: Mark[];
  words: Word[];
}

export const BELOW_HEADINGS = 7;

export const bracketOf = ({ bracket }: Titled) => (bracket ? { bracket } : {});

function headingMark(line: Line, at: number): Mark {
  const text = plain(line.text);
  const mark = (role: Mark['role'], title = text, speakers: Speaker[] = []): Mark => ({
    at,
    level: line.level || 2,
    role,
    title,
    speakers,
  });
  const label = labelOf(text);
  if (label === 'speaker' || label === 'bio') return mark(label);
  if (isBareMarker(text)) return mark('talk', '');
  const marked = hasTalkMarker(text);
  if (!marked && (dividesPage(text) || isDate(text))) return mark('divider');
  const timed = afterTime(text);
  const named = namedTitle(text, true);
  if (named) return { ...mark('talk', named.title, named.speakers), ...bracketOf(named) };
  const { title, speakers } = withSpeaker(timed ?? text, timed !== null || marked);
  if (!title) return mark('divider');
  if (isPause(title)) return { ...mark('maybe', title), pause: true };
  const colon = text.search(/[:：]/);
  if (colon > 0 && colon < 10 && labelOf(text.slice(0, colon)) === 'speaker')
    return mark('speaker', text, readSpeakers(text.slice(colon + 1)));
  if (marked) return { ...mark('talk', title, speakers), latin: /^[a-z]/i.test(text) };
  if (timed !== null) return mark(speakers.length ? 'talk' : 'maybe', title, speakers);
  return speakers.length ? { ...mark('talk', title, speakers), inline: true } : mark('maybe', title);
}

function boldMark(inner: string, at: number): Mark | null {
  const text = plain(inner);
  const mark = (role: Mark['role'], title = text, speakers: Speaker[] = [], level = BELOW_HEADINGS): Mark => ({
    at,
    level,
    role,
    title,
    speakers,
  });
  const label = labelOf(text);
  if (label === 'speaker' || label === 'bio') return mark(label, text, [], BELOW_HEADINGS + 1);
  if (label || dividesPage(text)) return mark('divider', text, [], BELOW_HEADINGS + 1);
  const timed = afterTime(text);
  if (timed) return timedMark(timed, at, true);
  const named = namedTitle(text, false);
  if (named) return { ...mark('talk', named.title, named.speakers), ...bracketOf(named) };
  const { title, speakers } = withSpeaker(text);
  if (!title || title.length < 3 || isPause(title)) return null;
  return mark(hasTalkMarker(text) || speakers.length ? 'talk' : 'maybe', title, speakers);
}

function timedMark(rest: string, at: number, bold: boolean): Mark | null {
  const text = plain(rest);
  if (text.length < 4 || text.length > 200 || isPause(text)) return null;
  const { title, speakers } = listedTalk(text);
  if (title.length < 3 || isPause(title)) return null;
  return { at, level: BELOW_HEADINGS, role: speakers.length || bold ? 'talk' : 'maybe', title, speakers };
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

const BOLD_LINE = /^\*\*([^*]{2,200})\*\*[:：]?\s{0,8}$/;
const PRESENTED = /^(?:hosted|presented|talk|given|a talk) by[:：]?\s(.{2,120})$/i;
const mayStart = (code: number) => code === 42 || code === 0x300a || code === 91 || (code >= 48 && code <= 57);

/** Reads marks and speaker lines; tables are read elsewhere. */
export function readMarks(lines: readonly Line[]): Marks {
  const marks: Mark[] = [];
  const words: Word[] = [];
  let place: Place = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    let mark: Mark | null = null;
    if (line.kind === 'blank' || line.kind === 'code' || line.kind === 'table' || line.kind === 'rule') continue;
    if (line.kind === 'heading') {
      mark = headingMark(line, at);
      marks.push(mark);
      place = placeBelow(mark);
      if (mark.role === 'speaker' && mark.speakers.length)
        words.push({ at, label: 'speaker', value: mark.title.replace(/^[^:：]{1,10}[:：]/, '') });
      continue;
    }
    const text = line.kind === 'text' && mayBePlain(line.text) ? line.text.trim() : withoutMarker(line.text);
    const said = labelled(text);
    if (said?.label === 'title') {
      const { title, speakers } = withSpeaker(said.value);
      if (title.length > 2 && title.length < 120 && !title.includes('http'))
        marks.push({ at, level: BELOW_HEADINGS, role: 'maybe', title, speakers });
    } else if (said?.label) words.push({ at, label: said.label, value: said.value });
    else if (mayStart(text.charCodeAt(0)) && (mark = startMark(line, text, at))) {
      marks.push(line.kind === 'item' ? { ...mark, item: true } : mark);
      if (mark.role === 'divider' || mark.role === 'speaker') place = placeBelow(mark) ?? place;
    } else if (place && line.kind === 'item' && line.level < 2 && text.length > 5) {
      const talk = itemTalk(text, place);
      if (talk)
        marks.push({ at, level: BELOW_HEADINGS, role: 'talk', title: talk.title, speakers: talk.speakers, item: true, ...bracketOf(talk) });
    } else if (text.length < 140 && text.includes(' by ')) {
      const by = PRESENTED.exec(plain(text));
      if (by) words.push({ at, label: 'speaker', value: by[1] ?? '' });
    }
  }
  return { marks, words };
}

/** What the list below a heading may hold. */
function placeBelow({ role, title }: Mark): Place {
  if (role === 'speaker') return 'speakers';
  return role === 'divider' && isAgenda(title) ? 'agenda' : null;
}

function mayBePlain(text: string): boolean {
  const head = text.charCodeAt(0);
  return head > 62;
}

function startMark(line: Line, text: string, at: number): Mark | null {
  if (text.length > 260) return null;
  const bold = text.startsWith('**') ? BOLD_LINE.exec(text) : null;
  if (bold?.[1]) return boldMark(bold[1], at);
  const timed = afterTime(text.startsWith('**') ? text.replace('**', '').replace('**', '') : text);
  if (timed !== null) return timedMark(timed, at, false);
  if (line.kind !== 'item' && text.startsWith('《') && text.length < 120) {
    const inner = bracketed(plain(text));
    if (inner && (inner.rest === '' || readsLikeSpeaker(inner.rest, false)))
      return { at, level: BELOW_HEADINGS, role: 'maybe', title: inner.title, speakers: inner.rest ? readSpeakers(inner.rest) : [] };
  }
  return null;
}
