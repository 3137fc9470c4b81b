// Codes that one slip of the finger turns into another event's.
import type { Catalog, CodeEntry } from './catalog.js';
import { editsBetween } from './did-you-mean.js';
import type { FileProblem } from './folder.js';
import { foldCode } from './likeness.js';
import { findings } from './lint-words.js';

/** Neighbours that are looked at for one code: enough to find one, and never the square of all. */
const MAX_COMPARED = 40;

/** For each code at most one other that is one edit away, found by the codes with one letter left out. */
export function* nearCodes(catalog: Catalog): Generator<FileProblem> {
  const seen = new Map<string, CodeEntry[]>();
  for (const entry of catalog.codes.values()) {
    const [event] = entry.events;
    if (!event) continue;
    const code = foldCode(entry.code);
    const keys = [code, ...shortened(code)];
    const near = neighbour(entry, code, keys, seen);
    if (near?.events[0]) {
      const isDated = isOwnDay(entry) && isOwnDay(near);
      yield { ...findings.nearCode(entry.code, near.code, near.events[0].title, isDated), file: event.pages[0] ?? '' };
    }
    for (const key of keys) {
      const list = seen.get(key);
      if (!list) seen.set(key, [entry]);
      else if (list.length < MAX_COMPARED) list.push(entry);
    }
  }
}

function neighbour(entry: CodeEntry, code: string, keys: string[], seen: ReadonlyMap<string, CodeEntry[]>): CodeEntry | undefined {
  for (const key of keys)
    for (const other of seen.get(key) ?? [])
      if (!other.events.some((event) => entry.events.includes(event)) && editsBetween(code, foldCode(other.code), 1) === 1) return other;
  return undefined;
}

function shortened(code: string): string[] {
  if (code.length < 3 || code.length > 40) return [];
  return Array.from({ length: code.length }, (_, at) => code.slice(0, at) + code.slice(at + 1));
}

/** `20231104` on an event of that day is no slip, however near another day's code lies. */
function isOwnDay({ code, events }: CodeEntry): boolean {
  const digits = code.replace(/\D/g, '');
  const day = events[0]?.start?.slice(0, 10).replaceAll('-', '');
  return day !== undefined && digits.length >= 4 && day.endsWith(digits);
}
