/** Which code an organizer means: as a member would send it, or by the event's title or day, found as answers find it. */
import { CodeIndex } from '../answer/codes.js';
import { commandOf, referenceOf } from '../answer/commands.js';
import { fold } from '../answer/fold.js';
import type { Answer } from '../answer/types.js';
import type { Catalog, CodeEntry, CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';

const MOST_CHOICES = 3;
const LONGEST_CODE = 40;
const LONGEST_SUBJECT = 120;

export type FoundCode =
  /** `rest`: what was written behind it. */
  | { is: 'code'; entry: CodeEntry; rest: string }
  | { is: 'several'; entries: CodeEntry[]; written: string; rest: string }
  /** It stands on more than one event. */
  | { is: 'shared'; entry: CodeEntry }
  | { is: 'without-code'; event: CommunityEvent }
  /** Nothing like it is known. */
  | { is: 'unknown'; written: string; rest: string }
  | { is: 'nothing' };

export interface FindParts {
  catalog: Catalog;
  find(text: string, language: Language): Answer;
}

const indices = new WeakMap<Catalog['codes'], CodeIndex>();

/** The codes of a catalog, made ready once. */
export function codesOf({ codes }: Catalog): CodeIndex {
  let index = indices.get(codes);
  if (!index) {
    index = new CodeIndex(codes);
    indices.set(codes, index);
  }
  return index;
}

/** Whether a text as a whole gets the answer of a code or an alias. */
export function isCode(catalog: Catalog, text: string): boolean {
  return entriesOf(catalog, text).length > 0;
}

/** Whether a text cannot be a code: members say it to command or to choose, or there is nothing left of it, or too much. */
export function isTaken(text: string): boolean {
  const folded = fold(text);
  return folded === '' || [...folded].length > LONGEST_CODE || commandOf(folded) !== undefined || referenceOf(folded) !== undefined;
}

/** Help, a code, the next page: what is never the text of something else. */
export function asksTheBot(catalog: Catalog, text: string): boolean {
  const folded = fold(text);
  return commandOf(folded) !== undefined || referenceOf(folded) !== undefined || isCode(catalog, text.trim());
}

export function findCode(subject: string, parts: FindParts, language: Language): FoundCode {
  const trimmed = subject.trim();
  if (trimmed === '' || trimmed.length > LONGEST_SUBJECT) return { is: 'nothing' };
  const { catalog, find } = parts;
  for (const between of [/\s+/, /[\s:：,，;；、]+/]) {
    const words = trimmed.split(between).filter(Boolean);
    for (let count = words.length; count > 0; count--) {
      const written = words.slice(0, count).join(' ');
      const [first, ...others] = entriesOf(catalog, written);
      if (!first) continue;
      const rest = words.slice(count).join(' ');
      const events = new Set([first, ...others].flatMap((entry) => entry.events));
      return events.size > 1 ? { is: 'shared', entry: { ...first, events: [...events] } } : { is: 'code', entry: first, rest };
    }
  }
  const [written = '', ...further] = trimmed.split(/\s+/);
  const rest = further.join(' ');
  // "newcode2024 主论坛" is no search for 主论坛; "2023 成都" is one.
  const isLikeCode = /\p{N}/u.test(written) && [...written].length >= 4 && !/^(?:19|20)\d\d年?$/.test(written);
  const found = isLikeCode ? named(find(written, language), catalog, rest, written) : named(find(trimmed, language), catalog, '', written);
  return found ?? { is: 'unknown', written, rest };
}

function named({ kind, events, reply }: Answer, catalog: Catalog, rest: string, written: string): FoundCode | undefined {
  if (kind === 'command' || kind === 'none') return undefined;
  const found = events.flatMap((id) => catalog.byId.get(id) ?? []);
  const [only, another] = found;
  if (only && !another && (kind === 'search' || kind === 'code')) {
    const entry = codeOf(only, catalog);
    return entry ? { is: 'code', entry, rest } : { is: 'without-code', event: only };
  }
  const chosen = (reply?.choices ?? []).flatMap(({ say }) => catalog.codes.get(say) ?? []);
  const entries = [...new Set([...chosen, ...found.flatMap((event) => codeOf(event, catalog) ?? [])])];
  return entries.length > 0 ? { is: 'several', entries: entries.slice(0, MOST_CHOICES), written, rest } : undefined;
}

/** The code that gets the slides of this event and of no other. */
function codeOf(event: CommunityEvent, catalog: Catalog): CodeEntry | undefined {
  const entries = event.codes.flatMap((code) => catalog.codes.get(code) ?? []);
  return entries.find(({ events, purpose }) => events.length === 1 && purpose === 'slides');
}

function entriesOf(catalog: Catalog, text: string): readonly CodeEntry[] {
  const exact = catalog.codes.get(text);
  return exact ? [exact] : codesOf(catalog).folded(fold(text));
}
