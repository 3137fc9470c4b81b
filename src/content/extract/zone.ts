// The zone of a page's times: a key, words beside the time, the place. An abbreviation alone is never read: CST is three zones.
import { problem } from '../problems.js';
import { instantOf, isZone, wallTime } from '../time-zone.js';
import type { Problem, Source } from '../types.js';
import { zoneOfPlace } from './places.js';
import type { Start } from './when.js';

export interface ZoneFacts {
  timezone: string | null;
  /** True when the page names a zone that could not be told for sure: the start then waits for confirmation. */
  isDoubtful: boolean;
  problems: Problem[];
}

const ZONE_KEYS = ['timezone', 'timeZone', 'time_zone', 'tz', 'Timezone'];
/** Zones without summer time that the offset alone names. */
const STEADY = new Map([
  [480, 'Asia/Shanghai'],
  [330, 'Asia/Kolkata'],
  [345, 'Asia/Kathmandu'],
  [570, 'Australia/Darwin'],
  [0, 'UTC'],
]);
/** Abbreviations, and the zones they can mean: used only to check a zone that the place has told. */
const UTC_WORDS = /^(?:utc|gmt|z)$/i;
const TRADITIONAL = /[時間報體與會議講題場點參實們開發個對這為學區灣]/;
const SIMPLIFIED = /[时间报体与会议讲题场点参实们开发个对这为学区线]/;
const LINES_READ = 20;
const SIGNS_READ = 80;
const MINUTE = 60_000;

/** `place` is the location as found; `places` further words that may name it (title, country). */
export function readZone(source: Source, start: Start, place: string | null, title: string | null): ZoneFacts {
  const named = namedByKey(source);
  if (named) return { timezone: named, isDoubtful: false, problems: [] };
  const beside = start.zone && (isZone(start.zone) ? start.zone : zoneOfPlace(start.zone));
  if (beside) return { timezone: beside, isDoubtful: false, problems: [] };
  const local = placeZone(source, place, title);
  const stranger = start.zone !== null && /^[A-Z]{2,5}$/.test(start.zone) && !UTC_WORDS.test(start.zone);
  if (start.offset !== null && start.start) return byOffset(start, local ?? chineseZone(source, place));
  if (local) return { timezone: local, isDoubtful: false, problems: [] };
  if (stranger) return { timezone: null, isDoubtful: true, problems: [abbreviation(start.zone ?? '')] };
  return { timezone: chineseZone(source, place), isDoubtful: false, problems: [] };
}

function namedByKey({ data }: Source): string | null {
  for (const key of ZONE_KEYS) {
    const value = data[key];
    if (typeof value === 'string' && isZone(value.trim())) return value.trim();
  }
  return null;
}

function placeZone({ data }: Source, place: string | null, title: string | null): string | null {
  for (const words of [place, data.city, data.country, data.region, title]) {
    const zone = typeof words === 'string' && words !== '' ? zoneOfPlace(words) : null;
    if (zone) return zone;
  }
  return null;
}

/** The zone of the place when it has that offset then; else the zone that the offset names. */
function byOffset({ start, offset }: Start, local: string | null): ZoneFacts {
  const minutes = offset ?? 0;
  const day = (start ?? '').slice(0, 10);
  if (local) {
    const agrees = offsetOf(local, start ?? '') === minutes;
    if (agrees) return { timezone: local, isDoubtful: false, problems: [] };
    return { timezone: local, isDoubtful: true, problems: [otherOffset(local, minutes, day)] };
  }
  const hours = -minutes / 60;
  const steady = STEADY.get(minutes) ?? (Number.isInteger(hours) ? `Etc/GMT${hours > 0 ? '+' : ''}${hours}` : null);
  return { timezone: steady && isZone(steady) ? steady : null, isDoubtful: steady === null, problems: [] };
}

function offsetOf(zone: string, wall: string): number {
  const instant = instantOf(wall, zone);
  return Math.round((Date.parse(`${wallTime(instant, zone)}:00Z`) - Math.floor(instant / MINUTE) * MINUTE) / MINUTE);
}

/** A page in simplified Chinese is about an event in China, or online for people there, unless its place says otherwise. */
function chineseZone(source: Source, place: string | null): string | null {
  if (source.language !== 'zh') return null;
  if (place && !/[\u4e00-\u9fff]/.test(place)) return null;
  let simplified = 0;
  let read = 0;
  for (const line of source.lines) {
    if (line.kind === 'blank' || line.kind === 'code') continue;
    const text = line.text.slice(0, SIGNS_READ);
    if (TRADITIONAL.test(text)) simplified--;
    else if (SIMPLIFIED.test(text)) simplified++;
    if (++read > LINES_READ || simplified > 1) break;
  }
  return simplified < 0 ? null : 'Asia/Shanghai';
}

const abbreviation = (zone: string) =>
  problem(
    0,
    'warning',
    'timezone-abbreviation',
    `'${zone}' can mean several zones, and the page names no place. Write \`timezone:\` with the full name, such as Europe/Berlin.`,
    `“${zone}”可能指好几个时区，页面上又没有地点。请在 front matter 里写 \`timezone:\` 全名，例如 Europe/Berlin。`,
  );

const otherOffset = (zone: string, minutes: number, day: string) =>
  problem(
    0,
    'warning',
    'timezone-offset',
    `${zone} is not UTC${minutes < 0 ? '-' : '+'}${Math.abs(minutes / 60)} on ${day}. The zone of the place is used; leave the offset out, or write \`timezone:\`.`,
    `${day} 当天 ${zone} 并不是 UTC${minutes < 0 ? '-' : '+'}${Math.abs(minutes / 60)}。这里采用了地点所在的时区；请去掉偏移量，或写明 \`timezone:\`。`,
  );
