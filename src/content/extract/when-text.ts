// The value of a line or key that says when: days, hours, weekday, zone.
import { type Clock, findClock } from './clock.js';
import { type FoundDay, findDays } from './date-words.js';
import type { WrittenDay } from './dates.js';

export interface When {
  day: WrittenDay | null;
  lastDay: WrittenDay | null;
  /** Several days that are no range: evenings of a series. */
  isSeries: boolean;
  clock: Clock;
  /** The hour on the last day, when each day has its own: minutes after midnight. */
  lastClock: number | null;
  /** Of the first day as written, 0 is Sunday. */
  weekday: number | null;
  /** Minutes east of Greenwich, when written as a number. */
  offset: number | null;
  /** What stands for a zone in words: `CEST`, `Berlin Time`, `北京时间`. */
  zone: string | null;
  /** Weekly, monthly, `Every First Wednesday`: no single start. */
  isRecurring: boolean;
  /** `05/06/2024`: day and month may be either way round. */
  isMixed: boolean;
  /** To be announced, put off, or only a last day for something. */
  isOpen: boolean;
}

const LONGEST = 240;
const RECURRING_ZH = /每[周月天日年双单两]|每个?星期|隔周/;
const RECURRING_EN = /\b(?:every|weekly|monthly|bi-?weekly|fortnightly)\b/i;
const OPEN_ZH = /待定|待通知|待公布|未定|暂定|另行通知|敬请期待|原定|延期|推迟|改期|取消|截[止至]|截稿|之前/;
const OPEN_EN = /\b(?:tba|tbd|tbc|fixme|todo|postponed|cancell?ed|deadline|due|before|until further|xx+)\b|x月|XX/i;
const MIXED = /(?<!\d)\d{1,2}\/\d{1,2}\/\d{4}(?!\d)/;
const HAS_LATIN = /[A-Za-z]/;
const OFFSET = /\b(?:UTC|GMT|UCT)\s{0,2}(?:([+-])\s{0,2}(\d{1,2})(?::?([0-5]\d))?(?!\d))?/i;
const ISO_OFFSET = /(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s{0,2}(Z\b|[+-]\d{2}:?\d{2}(?![\d:]))/;
const ISO_TIME = /\d[T ]\d{1,2}:\d{2}(?::\d{2}|Z|\+|(?<=T\d\d:\d\d)-)/;
const ABBREVIATION = /(?:\d|[ap]m|\()\s{0,2}\(?([A-Z]{2,5})(?:\b|\))(?!\w)/;
const NOT_ZONES = new Set([
  'AM',
  'PM',
  'THE',
  'AT',
  'TO',
  'ON',
  'IN',
  'ST',
  'ND',
  'RD',
  'TH',
  'ET',
  'OR',
  'AND',
  'Q',
  'Z',
  'T',
  'UTC',
  'GMT',
  'UCT',
]);
const NAMED = /\b([A-Z][A-Za-z]{2,20}(?:\s[A-Z][a-z]{2,20})?)\s(?:[Ll]ocal\s)?[Tt]ime\b|([\u4e00-\u9fff]{2,4})时间/;
const IANA = /\b([A-Z][A-Za-z]{2,12}\/[A-Z][A-Za-z_]{2,20})\b/;
const ZH_WEEKDAY = /(?:周|星期|礼拜|週)\s?([一二三四五六日天末])/;
const EN_WEEKDAY = /\b(sun|mon|tue|wed|thu|fri|sat)(?:s|rs|nes|ur|rd)?(?:day)?\b/i;
const TO_LAST = /^[^\d\p{L}]{0,4}(?:\([^()]{1,12}\)|周.|星期.)?[\s\d:点时上下午晚]{0,14}(?:[-–—~]{1,3}|至|到|\bto\b|\bthrough\b|开始到)/u;
const HANZI_DIGITS = '零一二三四五六七八九';
const HANZI_HOUR = /(十)?([一二两三四五六七八九])?(?<=[十一二两三四五六七八九])([点點])(?!评|击|名|赞)/g;
const WEEKDAYS = new Map([...'日一二三四五六'].map((sign, index) => [sign, index]));
const ENGLISH_WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Reads a value such as `2024 年 5 月 25 日（周六）14:00-18:00`. */
export function readWhen(value: string): When {
  const text = value.slice(0, LONGEST).normalize('NFKC').replace(HANZI_HOUR, hourOf);
  const hasLatin = HAS_LATIN.test(text);
  const days = findDays(text);
  const { first, last, isSeries } = rangeOf(text, days);
  const { offset, zone, rest } = readZone(text, hasLatin);
  const timed = withoutDays(rest, days);
  return {
    day: first,
    lastDay: last,
    isSeries,
    clock: findClock(timed),
    lastClock: last && days[1] ? endOf(timed.slice(days[1].to)) : null,
    weekday: weekdayNear(text, days, hasLatin),
    offset,
    zone,
    isRecurring: RECURRING_ZH.test(text) || (hasLatin && RECURRING_EN.test(text)),
    isMixed: days.length === 0 && MIXED.test(text),
    isOpen: OPEN_ZH.test(text) || (hasLatin && OPEN_EN.test(text)),
  };
}

function rangeOf(text: string, days: readonly FoundDay[]): { first: WrittenDay | null; last: WrittenDay | null; isSeries: boolean } {
  const [first, second] = days;
  if (!first) return { first: null, last: null, isSeries: false };
  if (first.last) return { first, last: first.last, isSeries: days.length > 1 };
  if (!second) return { first, last: null, isSeries: false };
  const isRange = days.length === 2 && TO_LAST.test(text.slice(first.to, second.from));
  const isSame = days.every((day) => day.month === first.month && day.day === first.day);
  return { first: yearFrom(first, second), last: isRange ? second : null, isSeries: !isRange && !isSame };
}

/** `June 24 to June 26, 2019` gives its year at the end. */
const yearFrom = (first: WrittenDay, second: WrittenDay): WrittenDay =>
  first.year === null && second.year !== null ? { ...first, year: second.year } : first;

function endOf(text: string): number | null {
  const clock = findClock(text);
  return clock === null || clock === 'unsure' ? null : (clock.end ?? clock.start);
}

const hourOf = (_: string, tens: string | undefined, ones: string | undefined, after: string) =>
  `${(tens ? 10 : 0) + (ones ? HANZI_DIGITS.indexOf(ones.replace('两', '二')) : 0)}${after}`;

/** Dates out of the way, same length: `2024-05-25 14:00` must not read `25 14:00`. */
function withoutDays(text: string, days: readonly FoundDay[]): string {
  let shown = text;
  for (const { from, to } of days) shown = `${shown.slice(0, from)}${' '.repeat(to - from)}${shown.slice(to)}`;
  return shown;
}

function weekdayNear(text: string, days: readonly FoundDay[], hasLatin: boolean): number | null {
  const part = days[1] ? text.slice(0, days[1].from) : text;
  const hanzi = ZH_WEEKDAY.exec(part)?.[1];
  if (hanzi) return WEEKDAYS.get(hanzi) ?? null;
  const english = hasLatin ? EN_WEEKDAY.exec(part)?.[1] : undefined;
  return english ? ENGLISH_WEEKDAYS.indexOf(english.toLowerCase()) : null;
}

/** Offsets are blanked, same length, so that `+08:00` is not read as a time. */
function readZone(text: string, hasLatin: boolean): { offset: number | null; zone: string | null; rest: string } {
  if (!hasLatin && !text.includes('+')) {
    const place = text.includes('时间') ? NAMED.exec(text)?.[2] : undefined;
    return { offset: null, zone: place ?? null, rest: text };
  }
  const iso = ISO_TIME.test(text) ? ISO_OFFSET.exec(text) : null;
  if (iso) {
    const at = iso.index + (iso[1] ?? '').length;
    return { offset: isoOffset(iso[2] ?? ''), zone: null, rest: blank(text, at, iso.index + iso[0].length) };
  }
  const iana = text.includes('/') ? IANA.exec(text)?.[1] : undefined;
  const named = NAMED.exec(text);
  const words = iana ?? named?.[1] ?? named?.[2] ?? null;
  const utc = OFFSET.exec(text);
  if (utc) {
    const sign = utc[1] === '-' ? -1 : 1;
    const offset = sign * (Number(utc[2] ?? 0) * 60 + Number(utc[3] ?? 0));
    return { offset, zone: words, rest: blank(text, utc.index, utc.index + utc[0].length) };
  }
  const short = ABBREVIATION.exec(text)?.[1];
  return { offset: null, zone: words ?? (short && !NOT_ZONES.has(short) ? short : null), rest: text };
}

function isoOffset(written: string): number {
  if (written === 'Z') return 0;
  const sign = written.startsWith('-') ? -1 : 1;
  return sign * (Number(written.slice(1, 3)) * 60 + Number(written.slice(-2)));
}

const blank = (text: string, from: number, to: number) => `${text.slice(0, from)}${' '.repeat(to - from)}${text.slice(to)}`;
