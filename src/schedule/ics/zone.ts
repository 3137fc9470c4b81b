// VTIMEZONE: what a zone's clock does between two instants, change by change. Rules of recurrence would only guess at the future.
import { wallTime } from '../../content/time-zone.js';
import { DAY_MS, MINUTE_MS } from '../spans.js';
import { wall } from './text.js';

const STEP_MS = 20 * DAY_MS;

/** The component for a zone, good for every wall time between the two instants. */
export function zoneComponent(zone: string, from: number, to: number): string[] {
  const begin = from - 2 * DAY_MS;
  const changes = [
    { at: begin, before: offsetAt(begin, zone), after: offsetAt(begin, zone) },
    ...changesBetween(zone, begin, to + 2 * DAY_MS),
  ];
  // Without a change to compare with, the smaller offset of a zone is its standard time.
  const standard = Math.min(...changes.map(({ after }) => after));
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...changes.flatMap((change) => observance(change, standard, zone)), 'END:VTIMEZONE'];
}

interface Change {
  at: number;
  before: number;
  after: number;
}

function observance({ at, before, after }: Change, standard: number, zone: string): string[] {
  const kind = after > standard ? 'DAYLIGHT' : 'STANDARD';
  // The wall time that the old clock shows at the change.
  const start = new Date(at + before).toISOString().slice(0, 16);
  return [
    `BEGIN:${kind}`,
    `DTSTART:${wall(start)}`,
    `TZOFFSETFROM:${offset(before)}`,
    `TZOFFSETTO:${offset(after)}`,
    `TZNAME:${zone.replace(/.*\//, '')}${offset(after)}`,
    `END:${kind}`,
  ];
}

function changesBetween(zone: string, from: number, to: number): Change[] {
  const found: Change[] = [];
  for (let at = from; at < to; at += STEP_MS) {
    const [before, after] = [offsetAt(at, zone), offsetAt(at + STEP_MS, zone)];
    if (before !== after) found.push({ at: changeIn(zone, at, at + STEP_MS), before, after });
  }
  return found;
}

function changeIn(zone: string, from: number, to: number): number {
  const before = offsetAt(from, zone);
  let [inside, past] = [from, to];
  while (past - inside > MINUTE_MS) {
    const middle = Math.floor((inside + past) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(middle, zone) === before) inside = middle;
    else past = middle;
  }
  return past;
}

function offsetAt(instant: number, zone: string): number {
  const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  return Date.parse(`${wallTime(minute, zone)}:00Z`) - minute;
}

function offset(ms: number): string {
  const minutes = Math.abs(Math.round(ms / MINUTE_MS));
  return `${ms < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
}
