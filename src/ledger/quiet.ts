import { instantOf, wallTime } from '../content/time-zone.js';

/** Quiet hours of a channel: `22:00-08:00`, wall time in a zone; they may span midnight. */
export interface QuietHours {
  /** As in emcee.yaml. */
  hours: string;
  zone: string;
}

const MINUTE_MS = 60_000;

/**
 * When a post that is due at `due` and worth nothing after `until` goes out: at once outside the quiet hours; else at their end, if that
 * is not too late; else just before they begin, so that it is not lost. Instants in milliseconds.
 */
export function outsideQuietHours(due: number, until: number, quiet: QuietHours | undefined): number {
  const span = quiet && quietSpan(due, quiet);
  if (!span) return due;
  return span.to <= until ? span.to : span.from - MINUTE_MS;
}

/** The quiet hours that an instant lies in. */
function quietSpan(instant: number, { hours, zone }: QuietHours): { from: number; to: number } | undefined {
  const [begin = '', end = ''] = hours.split('-').map((each) => each.trim());
  const today = wallTime(instant, zone).slice(0, 10);
  // Those that began yesterday, too.
  for (const day of [dayAfter(today, -1), today]) {
    const from = instantOf(`${day}T${begin}`, zone);
    const to = instantOf(`${begin < end ? day : dayAfter(day, 1)}T${end}`, zone);
    if (from <= instant && instant < to) return { from, to };
  }
  return undefined;
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10);
}
