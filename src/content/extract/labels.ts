// Lines that name what they say: `时间：…`, `- **地点**：…`, `| 日期 | … |`, a heading `## 直播时间` with its line below.
import type { Line } from '../types.js';
import { LONGEST_NAME, mayEndName, type Name, nameOf, type Subject, subjectOf } from './label-names.js';
import { matchesOf } from './matches.js';
import { plain, withoutMarker } from './talk-text.js';

export interface Labelled {
  subject: Subject;
  value: string;
  /** The name itself speaks of an occasion: `活动时间`, `Meeting time`; a bare `日期` also stands on articles. */
  isOccasion: boolean;
  /** Index into the lines. */
  at: number;
  line: number;
  /** Index of the heading above, -1 before the first. */
  section: number;
}

const LONGEST_VALUE = 400;
const OTHER_OCCASION =
  /往期|上一?[期届次]|下一?[期届次]|历史|历届|相关活动|其他活动|预告片|previous|past (?:events?|meetings?|meetups?)|upcoming|next (?:event|meeting|meetup|session)|archive/i;
const INLINE =
  /(?:^|[\s,，;；|｜。])(?:[*_]{0,3})((?:活动|会议|直播|举办)?(?:时间|日期|地点|地址|形式)|Date|Time|Location|Venue|Where|When)(?:[*_]{0,3})\s?[：:]/gi;
const MAY_HOLD_LABELS = /[时時]间|日期|地[点點址]|形式|[DTLVW](?:ate|ime|ocation|enue|here|hen)/;
const DAY = /(?<!\d)20\d\d\s{0,2}[-./年]\s{0,2}\d{1,2}\s{0,2}[-./月]\s{0,2}\d{1,2}/;
/** `**When** - …` */
const DASHED = /^[^*\p{L}\d]{0,8}\*\*([^*]{2,24})\*\*\s{0,3}[-–—]{1,2}(?=\s)/u;
const LINES_BELOW = 5;
const LEADS_ON = /[：:]\s{0,3}$/;
const MAP_TEXT = /\[[^[\]]{0,20}(?:map|directions|地图)[^[\]]{0,12}\](?:\([^()]{0,300}\)|\[[^[\]]{0,60}\])?/gi;
/** `地址：https://… 截至 2024-05-25` */
const NO_DAY = /:\/\/|截[至止]/;
const SECONDS = /\d{1,2}:\d{2}:\d{2}(?!\d|.{0,3}[+-]\d\d:)/;
const KEY = /^[A-Za-z][\w-]{0,20}:(?:\s|$)/;
const OTHER_KEY = /^(?:title|layout|tags?|categor(?:y|ies)|author|slug|draft|keywords|description|permalink|toc|comments):/i;
const BREAK = /<br\s?\/?>|<\/?(?:p|td|th|tr|li|div)\b[^<>]{0,200}>/gi;

/** Reads every labelled line of a page; sections about other occasions are left out. */
export function readLabels(lines: readonly Line[]): Labelled[] {
  const found: Labelled[] = [];
  let section = -1;
  let isOther = false;
  let otherLevel = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'blank' || line.kind === 'code' || line.kind === 'rule') continue;
    if (line.kind === 'heading') {
      const hasHeading = section >= 0;
      section = at;
      if (isOther && line.level <= otherLevel) isOther = false;
      if (!isOther && (hasHeading || line.level > 1) && OTHER_OCCASION.test(line.text)) {
        isOther = true;
        otherLevel = line.level;
      }
    }
    if (isOther) continue;
    const add: Add = ({ subject, isOccasion }, value, from = line.number) => {
      // `分享地址` with a day below it says when.
      const says = subject === 'where' && DAY.test(value) && !NO_DAY.test(value) ? 'when' : subject;
      if (says === 'when' && !isOccasion && isPublication(lines, at, value)) return;
      found.push({ subject: says, value, isOccasion, at, line: from, section });
    };
    if (line.kind === 'table') readRow(line.text, add);
    else if (line.text.includes('<') && /<(?:br|td|th|p|li|div)\b/i.test(line.text)) {
      readCells(line.text.split(BREAK), add, lines, at);
    } else readPart(line.text, add, lines, at);
  }
  return found;
}

type Add = (name: Name, value: string, line?: number) => void;

function readRow(text: string, add: Add): void {
  if (text.length > 600) return;
  const cells = text.split('|').map((cell) => cell.trim());
  const [name, value] = cells.filter((cell, index) => cell !== '' || (index > 0 && index < cells.length - 1));
  if (!name || !value || cells.length > 4 || subjectOf(value)) return;
  const meaning = nameOf(name.replace(/[：:]$/, ''));
  if (meaning) add(meaning, plain(value));
}

/** Parts of a line of HTML: a cell that is only a name has its value in the next one. */
function readCells(parts: readonly string[], add: Add, lines: readonly Line[], at: number): void {
  let name: Name | null = null;
  for (const part of parts) {
    const text = plain(part);
    if (text === '') continue;
    if (name) add(name, text);
    name = name ? null : nameOf(text);
    if (!name) readPart(part, add, lines, at);
  }
}

function readPart(raw: string, add: Add, lines: readonly Line[], at: number): void {
  const text = raw.length > LONGEST_VALUE ? raw.slice(0, LONGEST_VALUE) : raw;
  const dashed = text.includes('**') ? DASHED.exec(text) : null;
  const named = dashed && nameOf(dashed[1] ?? '');
  if (named && dashed) {
    readValue(named, text.slice(dashed[0].length), add, lines, at);
    return;
  }
  const colon = firstColon(text);
  if (colon > 0) {
    const meaning = mayEndName(text, colon) ? nameOf(withoutMarker(text.slice(0, colon))) : null;
    if (meaning) readValue(meaning, text.slice(colon + 1), add, lines, at);
    else if (text.length < 200 && MAY_HOLD_LABELS.test(text)) readInline(text, add);
    return;
  }
  if (text.length > LONGEST_NAME + 8) return;
  const isHeading = lines[at]?.kind === 'heading';
  if (!isHeading && !text.includes('**') && !text.includes('【')) return;
  const meaning = nameOf(withoutMarker(text));
  if (meaning) addBelow(meaning, add, lines, at);
}

function firstColon(text: string): number {
  const head = text.length > LONGEST_NAME + 10 ? text.slice(0, LONGEST_NAME + 10) : text;
  const wide = head.indexOf('：');
  const narrow = head.indexOf(':');
  if (wide < 0 || (narrow >= 0 && narrow < wide)) return narrow;
  return wide;
}

/** `活动时间：时间：…` says its name twice; `时间：… 地点：…` holds two values. */
function readValue(name: Name, raw: string, add: Add, lines: readonly Line[], at: number): void {
  const again = /^[\s*_]{0,6}([^\s:：]{2,10})[：:]/.exec(raw);
  const value = again && subjectOf(again[1] ?? '') === name.subject ? raw.slice(again[0].length) : raw;
  if (plain(value).replace(/[*_\s]/g, '') === '') {
    addBelow(name, add, lines, at);
    return;
  }
  const cut = nextLabel(value, 1);
  add(name, shown(cut < 0 ? value : value.slice(0, cut)));
  if (cut >= 0) readInline(value.slice(cut), add);
}

function nextLabel(text: string, from: number): number {
  if (!text.includes('：', from) && !text.includes(':', from)) return -1;
  return matchesOf(INLINE, text).find(({ index }) => index >= from)?.index ?? -1;
}

function readInline(text: string, add: Add): void {
  const matches = matchesOf(INLINE, text);
  matches.forEach((match, index) => {
    const meaning = nameOf(match[1] ?? '');
    const from = match.index + match[0].length;
    const value = shown(text.slice(from, matches[index + 1]?.index ?? text.length));
    if (meaning && value) add(meaning, value);
  });
}

/** The value in the line below a heading, a bold line, or an empty label; not when that line has a label of its own. */
function addBelow(name: Name, add: Add, lines: readonly Line[], at: number): void {
  for (let next = at + 1; next < lines.length && next < at + LINES_BELOW; next++) {
    const line = lines[next] as Line;
    if (line.kind === 'blank') continue;
    if (line.kind !== 'text' && line.kind !== 'item' && line.kind !== 'quote') return;
    const text = withoutMarker(line.text);
    const colon = firstColon(text);
    if (colon > 0 && subjectOf(text.slice(0, colon))) return;
    // `The address of the venue:` only leads over to the value.
    if (name.subject === 'where' && LEADS_ON.test(text)) continue;
    add(name, plain(name.subject === 'where' ? onOneLine(text) : text), line.number);
    return;
  }
}

/** Without dress; an address on the net in `<…>` stays, for it says that the rest is no place. */
const shown = (value: string) => plain(value.includes('<http') ? value.replace(/<(https?:[^<>\s]{1,300})>/g, '$1') : value);

/** An address written over several lines of HTML. */
const onOneLine = (text: string) =>
  text.includes('<')
    ? text
        .replace(MAP_TEXT, '')
        .replace(/(?:\s{0,2}<br\s?\/?>\s{0,2}){1,4}/gi, ', ')
        .replace(/[\s,]{1,8}$/, '')
    : text;

/** A second block of keys inside the body: its `date` is that of writing, like every time with seconds. */
function isPublication(lines: readonly Line[], at: number, value: string): boolean {
  if (SECONDS.test(value)) return true;
  if (!KEY.test(lines[at]?.text ?? '')) return false;
  for (const step of [-1, 1]) {
    for (let next = at + step; Math.abs(next - at) < 8; next += step) {
      const line = lines[next];
      if (!line || line.kind === 'blank' || line.kind === 'rule') break;
      if (OTHER_KEY.test(line.text)) return true;
    }
  }
  return false;
}
