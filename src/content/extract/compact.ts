// Days and hours written as bare digits, `190824 1313~1642`: only a label says that they are any.
import { isDay } from './dates.js';

const COMPACT_DAY = /^\s{0,3}(20)?(\d{2})(\d{2})(\d{2})(?!\d)/;
const SECOND_DAY = /^(\s{0,2}[-–—~至到]{1,2}\s{0,2})(?:20)?(\d{2})(\d{2})(\d{2})(?!\d)/;
const HOURS = /(?<![\d:./-])([01]\d|2[0-4])([0-5]\d)\s{0,2}([-–—~至到]{1,2})\s{0,2}([01]\d|2[0-4])([0-5]\d)(?![\d:./年-])/;
const ONE_HOUR = /^([^\d]{0,12}\s)([01]\d|2[0-3])([0-5]\d)(?![\d:./年-])/;
const FULL_DAY = /^\s{0,3}\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?/;
/** Digits and little else: a number in a sentence is no day. */
const SHORT = 60;
const FIRST_YEAR = 2008;
const LAST_YEAR = 2045;

/** The value with its day and hours spelled out; as it was when they are no real ones. */
export function spelledOut(value: string): string {
  if (value.length > SHORT || !/\d{4}/.test(value)) return value;
  const compact = COMPACT_DAY.exec(value);
  if (compact) return ofCompact(value, compact);
  const full = FULL_DAY.exec(value)?.[0];
  return full === undefined ? value : full + value.slice(full.length).replace(HOURS, '$1:$2$3$4:$5');
}

function ofCompact(value: string, [found, , year, month, date]: RegExpExecArray): string {
  const day = dayOf(year, month, date);
  if (!day) return value;
  let rest = value.slice(found.length);
  const second = SECOND_DAY.exec(rest);
  const last = second && dayOf(second[2], second[3], second[4]);
  if (second && last) rest = `${second[1]}${last}${rest.slice(second[0].length)}`;
  const timed = rest.replace(HOURS, '$1:$2$3$4:$5');
  return `${day} ${timed === rest ? rest.replace(ONE_HOUR, '$1$2:$3') : timed}`;
}

function dayOf(year: string | undefined, month: string | undefined, date: string | undefined): string | null {
  const day = { year: 2000 + Number(year), month: Number(month), day: Number(date) };
  return isDay(day) && day.year >= FIRST_YEAR && day.year <= LAST_YEAR ? `${day.year}-${month}-${date}` : null;
}
