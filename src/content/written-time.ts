// Times as front matter keys give them: a day, a day with an hour, and either with an offset.
export interface WrittenTime {
  /** `YYYY-MM-DDTHH:mm` or `YYYY-MM-DD`, as on the clock of who wrote it. */
  wall: string;
  /** Minutes east of UTC; undefined when the writer gave none. */
  offset: number | undefined;
  seconds: number;
}

const FORM =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s{0,3}(\d{1,2})[:：](\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s{0,3}(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;

/** Undefined when this is no time, or a day that the calendar does not have. */
export function readTime(value: unknown): WrittenTime | undefined {
  const [, year, month = '', day = '', hour, minute, second, offset] = (typeof value === 'string' && FORM.exec(value.trim())) || [];
  if (year === undefined) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const known = new Date(`${date}T00:00:00Z`);
  // A Date rolls 31 February over into March: only what comes back unchanged was a real day.
  if (Number.isNaN(known.getTime()) || !known.toISOString().startsWith(date)) return undefined;
  if (hour === undefined) return { wall: date, offset: undefined, seconds: 0 };
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  return {
    wall: `${date}T${hour.padStart(2, '0')}:${minute}`,
    offset: offset === undefined ? undefined : minutesOf(offset),
    seconds: Number(second ?? 0),
  };
}

function minutesOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** Milliseconds; a time without an offset is taken as UTC, as Hugo does. */
export function readInstant(value: unknown): number | null {
  const time = readTime(value);
  if (!time) return null;
  return (
    Date.parse(`${time.wall.length === 10 ? `${time.wall}T00:00` : time.wall}:00Z`) - (time.offset ?? 0) * 60_000 + time.seconds * 1_000
  );
}
