// Headings, bold lines and times: what each of them begins.
import type { Line, Speaker } from '../types.js';
import { nameSetOff } from './speaker-names.js';
import { readSpeakers, readsLikeSpeaker } from './speakers.js';
import { BELOW_HEADINGS, type Mark } from './talk-mark.js';
import { plain } from './talk-text.js';
import { afterTime, bracketed, hasTalkMarker, isBareMarker } from './talk-title.js';
import { dividesPage, isDate, isPause, labelOf } from './talk-words.js';
import { listedTalk, namedTitle, type Titled, withSpeaker } from './titled.js';

export const bracketOf = ({ bracket }: Titled) => (bracket ? { bracket } : {});

export function headingMark(line: Line, at: number): Mark {
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
  const after = colon > 0 && colon < 10 ? text.slice(colon + 1).trim() : '';
  // `分享一：…` may name a talk or somebody.
  const person = !marked || nameSetOff(after) === after || readsLikeSpeaker(after, true);
  if (after && person && labelOf(text.slice(0, colon)) === 'speaker') return mark('speaker', text, readSpeakers(text.slice(colon + 1)));
  if (marked) return { ...mark('talk', title, speakers), latin: /^[a-z]/i.test(text) };
  if (timed !== null) return { ...mark(speakers.length ? 'talk' : 'maybe', title, speakers), timed: true };
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
  return { ...mark(hasTalkMarker(text) || speakers.length ? 'talk' : 'maybe', title, speakers), bare: /^《[^《》]*》$/.test(text) };
}

function timedMark(rest: string, at: number, bold: boolean): Mark | null {
  const text = plain(rest);
  if (text.length < 4 || text.length > 200 || isPause(text)) return null;
  const { title, speakers } = listedTalk(text);
  if (title.length < 3 || isPause(title)) return null;
  return { at, level: BELOW_HEADINGS, role: speakers.length || bold ? 'talk' : 'maybe', title, speakers, timed: true };
}

const BOLD_LINE = /^\*\*([^*]{2,200})\*\*[:：]?\s{0,8}$/;

/** The mark that a line with a bold, bracketed or timed start makes. */
export function startMark(line: Line, text: string, at: number): Mark | null {
  if (text.length > 260) return null;
  const bold = text.startsWith('**') ? BOLD_LINE.exec(text) : null;
  if (bold?.[1]) return boldMark(bold[1], at);
  const timed = afterTime(text.startsWith('**') ? text.replace('**', '').replace('**', '') : text);
  if (timed !== null) return timedMark(timed, at, false);
  if (line.kind !== 'item' && text.startsWith('《') && text.length < 120) {
    const inner = bracketed(plain(text));
    if (inner && (inner.rest === '' || readsLikeSpeaker(inner.rest, false)))
      return {
        at,
        level: BELOW_HEADINGS,
        role: 'maybe',
        title: inner.title,
        speakers: inner.rest ? readSpeakers(inner.rest) : [],
        bare: inner.rest === '',
      };
  }
  return null;
}
