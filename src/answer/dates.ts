// Dates that members write, where they are sure. What could be read in two ways (11/4, 4.11) is not read at all.

/** Days as `YYYY-MM-DD`, both included; or a day or month of any year. */
export type When = { from: string; to: string } | { month: number; day?: number };

export interface DateFound {
  when: When;
  /** The text without the date. */
  rest: string;
  /** Written like a code, `20231104`: it may be one that was mistyped. */
  compact: boolean;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const RELATIVE_YEARS = new Map([
  ...(['去年', 'last year'] as const).map((word) => [word, -1] as const),
  ...(['今年', 'this year'] as const).map((word) => [word, 0] as const),
  ...(['明年', 'next year'] as const).map((word) => [word, 1] as const),
]);
const RELATIVE_DAYS = new Map<string, readonly [unit: 'day' | 'week' | 'month', offset: number]>([
  ...(['今天', '今晚', 'today', 'tonight'] as const).map((word) => [word, ['day', 0]] as const),
  ...(['明天', '明晚', 'tomorrow'] as const).map((word) => [word, ['day', 1]] as const),
  ...(['昨天', 'yesterday'] as const).map((word) => [word, ['day', -1]] as const),
  ...(['本周', '这周', '这个星期', 'this week'] as const).map((word) => [word, ['week', 0]] as const),
  ...(['下周', '下个星期', 'next week'] as const).map((word) => [word, ['week', 1]] as const),
  ...(['上周', '上个星期', 'last week'] as const).map((word) => [word, ['week', -1]] as const),
  ...(['本月', '这个月', 'this month'] as const).map((word) => [word, ['month', 0]] as const),
  ...(['下个月', '下月', 'next month'] as const).map((word) => [word, ['month', 1]] as const),
  ...(['上个月', '上月', 'last month'] as const).map((word) => [word, ['month', -1]] as const),
]);

const YEAR_WORDS = `(${[...RELATIVE_YEARS.keys()].join('|')})`;
const DAY_WORDS = `(?<![a-z])(${[...RELATIVE_DAYS.keys()].join('|')})(?![a-z])`;

interface Form {
  pattern: RegExp;
  read(groups: string[], today: string): When | undefined;
}

const FORMS: Form[] = [
  form('(?<!\\d)(\\d{4}) ?[-/.年] ?(\\d{1,2}) ?[-/.月] ?(\\d{1,2})(?!\\d) ?[日号]?', ([y, m, d]) => day(y, m, d)),
  form('(?<![\\da-z])((?:19|20)\\d\\d)(\\d\\d)(\\d\\d)(?![\\da-z])', ([y, m, d]) => day(y, m, d)),
  form(`(?<![a-z])${MONTH} ?${DAY},? (\\d{4})(?!\\d)`, ([m, d, y]) => day(y, monthNumber(m), d)),
  form(`(?<!\\d)${DAY} (?:of )?${MONTH},? (\\d{4})(?!\\d)`, ([d, m, y]) => day(y, monthNumber(m), d)),
  form(`${YEAR_WORDS} ?的? ?(\\d{1,2}) ?月 ?(\\d{1,2})(?!\\d) ?[日号]?`, ([r, m, d], today) => day(relativeYear(r, today), m, d)),
  form(`${YEAR_WORDS} ?的? ?(\\d{1,2}) ?月份?`, ([r, m], today) => month(relativeYear(r, today), m)),
  form('(?<!\\d)(\\d{1,2}) ?月 ?(\\d{1,2})(?!\\d) ?[日号]?', ([m, d]) => anyYear(m, d)),
  form('(?<!\\d)(\\d{4}) ?年 ?(\\d{1,2}) ?月份?', ([y, m]) => month(y, m)),
  form('(?<![\\d-])(\\d{4})[-/](\\d{1,2})(?![\\d/-])', ([y, m]) => month(y, m)),
  form(`(?<![a-z])${MONTH},? (\\d{4})(?!\\d)`, ([m, y]) => month(y, monthNumber(m))),
  form(`(?<![a-z])${MONTH} ?${DAY}(?!\\d)`, ([m, d]) => anyYear(monthNumber(m), d)),
  form(`(?<!\\d)${DAY} (?:of )?${MONTH}(?![a-z])`, ([d, m]) => anyYear(monthNumber(m), d)),
  form('(?<!\\d)(\\d{1,2}) ?月份?', ([m]) => anyYear(m)),
  form(DAY_WORDS, ([word], today) => relative(word, today)),
  form(YEAR_WORDS, ([word], today) => year(relativeYear(word, today))),
  form('(?<!\\d)((?:19|20)\\d\\d) ?年?(?!\\d)', ([y]) => year(y)),
];

/** The first date in a folded line (`foldLine`); `today` is the community's day, for 今天 and "last year". */
export function findDate(line: string, today: string): DateFound | undefined {
  if (line.length > 200) return undefined;
  for (const { pattern, read } of FORMS) {
    const found = pattern.exec(line);
    const when = found && read(found.slice(1), today);
    if (found && when)
      return {
        when,
        compact: /^\d+$/.test(found[0]),
        rest: `${line.slice(0, found.index)} ${line.slice(found.index + found[0].length)}`.trim(),
      };
  }
  return undefined;
}

/** Whether an event that runs from one day to another falls on the date. */
export function fallsOn(when: When, start: string | null, end: string | null): boolean {
  if (start === null) return false;
  const first = start.slice(0, 10);
  if ('from' in when) return first <= when.to && (end ?? start).slice(0, 10) >= when.from;
  return Number(first.slice(5, 7)) === when.month && (when.day === undefined || Number(first.slice(8, 10)) === when.day);
}

function form(source: string, read: Form['read']): Form {
  return { pattern: new RegExp(source), read };
}

function day(y?: string, m?: string, d?: string): When | undefined {
  const iso = `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`;
  return isDay(iso) ? { from: iso, to: iso } : undefined;
}

function month(y?: string, m?: string): When | undefined {
  const first = `${y}-${m?.padStart(2, '0')}-01`;
  return isDay(first) ? { from: first, to: `${first.slice(0, 8)}31` } : undefined;
}

function year(y?: string): When {
  return { from: `${y}-01-01`, to: `${y}-12-31` };
}

function anyYear(m?: string, d?: string): When | undefined {
  const number = Number(m);
  if (!(number >= 1 && number <= 12)) return undefined;
  if (d === undefined) return { month: number };
  // 2024 has a 29 February.
  return isDay(`2024-${m?.padStart(2, '0')}-${d.padStart(2, '0')}`) ? { month: number, day: Number(d) } : undefined;
}

function relative(word: string | undefined, today: string): When | undefined {
  const [unit, offset] = RELATIVE_DAYS.get(word ?? '') ?? [];
  if (unit === undefined || offset === undefined) return undefined;
  if (unit === 'day') return { from: addDays(today, offset), to: addDays(today, offset) };
  if (unit === 'week') {
    const monday = addDays(today, -((new Date(`${today}T00:00Z`).getUTCDay() + 6) % 7) + 7 * offset);
    return { from: monday, to: addDays(monday, 6) };
  }
  const first = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + offset, 1)).toISOString();
  return month(first.slice(0, 4), first.slice(5, 7));
}

function relativeYear(word: string | undefined, today: string): string {
  return String(Number(today.slice(0, 4)) + (RELATIVE_YEARS.get(word as '去年') ?? 0));
}

function monthNumber(name?: string): string {
  return String(MONTHS.indexOf((name ?? '').slice(0, 3)) + 1);
}

function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00Z`) + days * 24 * 3600_000).toISOString().slice(0, 10);
}

function isDay(iso: string): boolean {
  const at = Date.parse(`${iso}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
}
