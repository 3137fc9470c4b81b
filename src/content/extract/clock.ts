// Times of day as people write them: `14:00-18:00`, `晚 7 点`, `下午 1:00 - 5:30`, `6:30pm to 8:00pm`.

import { eachMatch } from './matches.js';

export interface Span {
  /** Minutes after midnight. */
  start: number;
  /** May lie beyond 24:00, on the day after; null when none is given. */
  end: number | null;
}

/** unsure: an hour is written, but nothing says which half of the day it is in. */
export type Clock = Span | 'unsure' | null;

interface Token {
  from: number;
  to: number;
  hour: number;
  minute: number;
  part: Part;
  /** Written like `02:00`, or after noon: needs no part of the day. */
  plain: boolean;
}

type Part = 'am' | 'pm' | 'noon' | 'night' | null;

const DAY_PARTS = new Map<string, Part>([
  ...['凌晨', '半夜'].map((word): [string, Part] => [word, 'night']),
  ...['清晨', '早上', '早晨', '早', '上午', '上'].map((word): [string, Part] => [word, 'am']),
  ...['中午', '午间', '正午'].map((word): [string, Part] => [word, 'noon']),
  ...['下午', '午后', '傍晚', '晚上', '晚间', '今晚', '当晚', '晚', '夜间'].map((word): [string, Part] => [word, 'pm']),
]);
const PART_BEFORE = /(凌晨|半夜|清晨|早上|早晨|早|上午|中午|午间|正午|下午|午后|傍晚|晚上|晚间|今晚|当晚|晚|夜间|am|pm)\s{0,2}$/i;
const MERIDIEM = '(?:\\s{0,2}(a\\.?m\\b\\.?|p\\.?m\\b\\.?))?';
const COLON = new RegExp(`(?<![\\d:.])(\\d{1,2})\\s{0,2}:\\s{0,2}(\\d{2})(?![\\d])(?::\\d{2}(?:\\.\\d{1,9})?)?${MERIDIEM}`, 'gi');
const HANZI = /(?<!\d)(\d{1,2})\s{0,2}[点點时時](?!间|間|代|区|區|长|長|评|播)\s{0,2}(?:(半|一刻|三刻|整)|(\d{1,2})\s{0,2}(?:分|(?!\d)))?/g;
const BARE_MERIDIEM = /(?<![\d:.])(\d{1,2})\s{0,2}(a\.?m\b\.?|p\.?m\b\.?)/gi;
/** `8.00pm`: a dot parts hour and minutes only where the half of the day follows. */
const DOTTED = /(?<![\d:.])(\d{1,2})\.(\d{2})\s{0,2}(a\.?m\b\.?|p\.?m\b\.?)/gi;
const FIRST_HOUR = /(?<![\d:./-])(\d{1,2})(?:\.([0-5]\d))?\s{0,2}(?:[-–—~]|to|till?|until)\s{0,2}$/i;
const BETWEEN = /^[\s(]{0,3}(?:[-–—~]{1,3}|至|到|to|til|till|until|\/)\s{0,2}(?:次日|第二天|翌日|[\u4e00-\u9fff]{2})?\s{0,2}$/i;
const NOON_HOUR = 12;
const DAY = 24 * 60;
/** From this hour on a bare `H:MM` is read as it stands: events begin at 7:00 at the earliest. */
const FIRST_PLAIN_HOUR = 7;
const LATEST_NIGHT_END = 6 * 60;
const EARLIEST_EVENING = 17 * 60;

const partOf = (word: string | undefined): Part =>
  word === undefined ? null : /^a/i.test(word) ? 'am' : /^p/i.test(word) ? 'pm' : (DAY_PARTS.get(word) ?? null);

const MINUTES = new Map([
  ['半', 30],
  ['一刻', 15],
  ['三刻', 45],
]);

/** The first time, or span of time, in a text (NFKC-normalised, without zone offsets). */
export function findClock(text: string): Clock {
  const tokens = tokensOf(text);
  const [first, second] = tokens;
  if (!first) return null;
  const isRange = second !== undefined && BETWEEN.test(bare(text.slice(first.to, second.from)));
  if (!isRange) return single(first);
  const span = spanOf(first, second);
  const last = isSpan(span) && span.end !== null ? lastEnd(text, tokens, span.end) : null;
  return isSpan(span) && last !== null ? { start: span.start, end: last } : span;
}

const isSpan = (clock: Clock): clock is Span => clock !== null && clock !== 'unsure';

/** `9:30-12:00，13:30-17:30`: with a pause at noon the day ends with the second span. */
function lastEnd(text: string, tokens: readonly Token[], end: number): number | null {
  const [from, to] = tokens.slice(2);
  if (!from || !to || tokens.length > 4 || !BETWEEN.test(bare(text.slice(from.to, to.from)))) return null;
  const second = spanOf(from, to);
  return isSpan(second) && second.start >= end && second.end !== null && second.end < DAY ? second.end : null;
}

const bare = (between: string) => between.replace(/凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚|pm|am/i, '');

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const add = (match: RegExpExecArray, hour: number, minute: number, word: string | undefined) => {
    const from = match.index;
    const to = from + match[0].trimEnd().length;
    if (hour > 24 || minute > 59 || tokens.some((other) => from < other.to && to > other.from)) return;
    const before = PART_BEFORE.exec(text.slice(Math.max(0, from - 8), from))?.[1];
    const part = partOf(word) ?? partOf(before);
    tokens.push({ from, to, hour, minute, part, plain: hour >= FIRST_PLAIN_HOUR || (match[1] ?? '').startsWith('0') });
  };
  if (text.includes(':')) eachMatch(COLON, text, (match) => add(match, Number(match[1]), Number(match[2]), match[3]));
  eachMatch(HANZI, text, (match) => add(match, Number(match[1]), MINUTES.get(match[2] ?? '') ?? Number(match[3] ?? 0), undefined));
  if (text.includes('.')) eachMatch(DOTTED, text, (match) => add(match, Number(match[1]), Number(match[2]), match[3]));
  eachMatch(BARE_MERIDIEM, text, (match) => add(match, Number(match[1]), 0, match[2]));
  tokens.sort((one, other) => one.from - other.from);
  return withFirstHour(text, tokens);
}

/** `6-8pm`: only the second hour has a mark of its own. */
function withFirstHour(text: string, tokens: Token[]): Token[] {
  const first = tokens[0];
  if (!first?.part || tokens.length > 1) return tokens;
  const head = FIRST_HOUR.exec(text.slice(Math.max(0, first.from - 12), first.from));
  if (!head || Number(head[1]) > NOON_HOUR) return tokens;
  const from = first.from - head[0].length;
  return [
    { from, to: from + head[0].search(/[^\d.]/), hour: Number(head[1]), minute: Number(head[2] ?? 0), part: null, plain: false },
    first,
  ];
}

function minutes({ hour, minute }: Token, part: Part): number | null {
  if (hour > NOON_HOUR || (hour === 0 && part !== 'pm')) return hour * 60 + minute;
  if (part === 'pm') return ((hour % NOON_HOUR) + NOON_HOUR) * 60 + minute;
  if (part === 'noon') return (hour < 3 ? hour + NOON_HOUR : hour) * 60 + minute;
  if (part === 'night' || (part === 'am' && hour === NOON_HOUR)) return (hour % NOON_HOUR) * 60 + minute;
  return hour * 60 + minute;
}

function single(token: Token): Clock {
  if (!token.part && !token.plain) return 'unsure';
  const start = minutes(token, token.part);
  return start === null || start >= DAY ? null : { start, end: null };
}

function spanOf(first: Token, second: Token): Clock {
  const start = startOf(first, second);
  if (start === 'unsure' || start === null || start >= DAY) return start === 'unsure' ? start : null;
  return { start, end: endAfter(start, first, second) };
}

function startOf(first: Token, second: Token): number | 'unsure' | null {
  if (first.part) return minutes(first, first.part);
  if (second.part === 'pm' && first.hour <= NOON_HOUR) {
    const end = minutes(second, 'pm') ?? 0;
    const asAfternoon = minutes(first, 'pm') ?? 0;
    return asAfternoon < end ? asAfternoon : minutes(first, null);
  }
  if (first.plain || second.part === 'am') return minutes(first, null);
  return 'unsure';
}

function endAfter(start: number, first: Token, second: Token): number | null {
  const inherited = first.part === 'pm' || first.part === 'noon' ? 'pm' : null;
  const candidates = second.part
    ? [minutes(second, second.part)]
    : [inherited ? minutes(second, inherited) : null, minutes(second, null), second.hour < NOON_HOUR ? minutes(second, 'pm') : null];
  for (const end of candidates) if (end !== null && end > start && end - start < DAY) return end;
  const early = minutes(second, second.part) ?? 0;
  return start >= EARLIEST_EVENING && early <= LATEST_NIGHT_END ? early + DAY : null;
}

/** `14:00` of minutes after midnight. */
export function writeClock(clock: number): string {
  const within = clock % DAY;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}

/** True when minutes after midnight lie on the day after. */
export const isNextDay = (clock: number) => clock >= DAY;
