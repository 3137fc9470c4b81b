// Dates as people write them, found in a short text.

import { type Day, isDay, type WrittenDay } from './dates.js';
import { eachMatch, matchesOf } from './matches.js';

export interface FoundDay extends WrittenDay {
  from: number;
  to: number;
  /** `Nov 15-24`, `10 月 24 日-28 日`: the last day of a range that names its month once. */
  last: WrittenDay | null;
}

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
const ORDINAL = '(?:st|nd|rd|th)?';
const RANGE = '\\s{0,2}(?:[-–—~]{1,2}|至|到|to)\\s{0,2}';

const FULL = /(?<!\d)(\d{4})\s{0,2}(?:年|[-/.])\s{0,2}(\d{1,2})\s{0,2}(?:月|[-/.])\s{0,2}(\d{1,2})(?!\d)\s{0,2}[日号號]?/g;
const NO_YEAR = /(?<!\d)(\d{1,2})\s{0,2}月\s{0,2}(\d{1,2})(?!\d)\s{0,2}[日号號]?/g;
const SECOND_DAY = new RegExp(`^(?:\\s?[(][^()]{1,6}[)])?${RANGE}(\\d{1,2})\\s{0,2}[日号號]`);
/** `2013.9.07-08`, and no time. */
const SECOND_NUMBER = /^[-–~](\d{1,2})(?![\d:年月日点时./-])/;
const DAY_FIRST = new RegExp(
  `(?<![\\d/.-])(\\d{1,2})${ORDINAL}(?:${RANGE}(\\d{1,2})${ORDINAL})?(?:\\s{1,2}(?:of\\s)?|-)${MONTH},?(?:(?:\\s{1,2}|-)(\\d{4})(?![\\d:]))?`,
  'gi',
);
const MONTH_FIRST = new RegExp(
  `\\b${MONTH}\\s{1,2}(\\d{1,2})${ORDINAL}(?![\\d:])(?:${RANGE}(\\d{1,2})${ORDINAL}(?![\\d:]))?(?:,?\\s{1,2}(\\d{4})(?![\\d:]))?`,
  'gi',
);
const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g;
const COMPACT = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/g;
const IN_NAME = /(?<!\d)((?:19|20)\d{2})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)/g;

const MONTHS = new Map('jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').map((name, index) => [name, index + 1]));
const HAS_DIGIT = /\d/;
const HAS_MONTH_NAME =
  /(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.,]{0,8}[\s-]|[\s-](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

const monthOf = (name: string | undefined) => MONTHS.get((name ?? '').slice(0, 3).toLowerCase());

type Add = (match: RegExpExecArray, day: WrittenDay, last?: number | string | undefined) => void;

/** Every date in a text (NFKC-normalised), in the order of the text. A slashed date whose order cannot be told is left out. */
export function findDays(text: string): FoundDay[] {
  const found: FoundDay[] = [];
  const add: Add = (match, day, lastDay) => {
    const from = match.index;
    const to = from + match[0].length;
    if (!isDay(day) || found.some((other) => from < other.to && to > other.from)) return;
    const last = lastDay ? { ...day, day: Number(lastDay) } : null;
    found.push({ ...day, from, to, last: last && isDay(last) && last.day > day.day ? last : null });
  };
  if (!HAS_DIGIT.test(text)) return found;
  eachMatch(FULL, text, (match) => add(match, written(match[1], match[2], match[3]), secondDay(text, match)));
  if (text.includes('月')) eachMatch(NO_YEAR, text, (match) => add(match, written(undefined, match[1], match[2]), secondDay(text, match)));
  if (HAS_MONTH_NAME.test(text)) {
    eachMatch(DAY_FIRST, text, (match) => add(match, written(match[4], monthOf(match[3]), match[1]), match[2]));
    eachMatch(MONTH_FIRST, text, (match) => add(match, written(match[4], monthOf(match[1]), match[2]), match[3]));
  }
  if (text.includes('/')) eachMatch(SLASHED, text, (match) => addSlashed(match, add));
  return found.sort((one, other) => one.from - other.from);
}

const written = (year: string | undefined, month: string | number | undefined, day: string | undefined): WrittenDay => ({
  year: year ? Number(year) : null,
  month: Number(month),
  day: Number(day),
});

function secondDay(text: string, match: RegExpExecArray): string | undefined {
  const to = match.index + match[0].length;
  const rest = text.slice(to, to + 24);
  return SECOND_DAY.exec(rest)?.[1] ?? (/\d$/.test(match[0]) ? SECOND_NUMBER.exec(rest)?.[1] : undefined);
}

/** 09/13/2020 and 13/09/2020 tell their order; 05/06/2020 does not. */
function addSlashed(match: RegExpExecArray, add: Add): void {
  const [, one, other, year] = match;
  if (Number(one) > 12) add(match, written(year, other, one));
  else if (Number(other) > 12 || one === other) add(match, written(year, one, other));
}

/** The day in a name such as `2020-12-19-workshop` or `meetup-chengdu-20231104`; null when there are several. */
export function dayInName(name: string): Day | null {
  const days = [...matchesOf(COMPACT, name), ...matchesOf(IN_NAME, name)].flatMap((match) => {
    const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
    return isDay(day) ? [day] : [];
  });
  return days.length === 1 ? (days[0] ?? null) : null;
}
