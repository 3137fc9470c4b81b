/** Whether a word can be an alias of a code. Pure. */
import { fold } from '../answer/fold.js';
import { isErrandWord } from '../bot/errands.js';
import type { CodeEntry } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import type { KeptRow } from '../store/desk.js';
import { readBroadcastWish } from './broadcast-texts.js';
import { codesOf, type FindParts, findCode, isCode, isTaken } from './code-finder.js';
import { readKeptRequest } from './kept-requests.js';
import { readOrganizerWish } from './organizer-texts.js';
import { isPlatformWish } from './platforms.js';
import { readStatusWish } from './status.js';

/** Words of organizers as folding leaves them, where their desks ask for the blanks. */
const WITHOUT_BLANKS = /^(?:remindme|sendnow|do(?:no|n)tsend|link(?:an|my)?account|stopremindingme|nomorereminders|confirm|确认)$/;

export type AliasCheck =
  | { is: 'fine'; entry: CodeEntry; before: KeptRow | undefined; near: CodeEntry | undefined }
  | { is: 'code' | 'word' }
  | { is: 'several'; entries: CodeEntry[] }
  /** What it is to stand for is no code. */
  | { is: 'unknown' };

export interface AliasParts extends FindParts {
  /** Without anything kept. */
  base: FindParts['catalog'];
  rows: readonly KeptRow[];
}

export function checkAlias(alias: string, code: string, parts: AliasParts, language: Language): AliasCheck {
  const folded = fold(alias);
  if (isTaken(alias) || [alias.trim(), folded].some(isOrganizersWord) || alias.includes('\n')) return { is: 'word' };
  const { base, rows, catalog } = parts;
  if (isCode(base, alias) || rows.some((row) => row.kind === 'slides' && fold(row.name) === folded)) return { is: 'code' };
  const found = findCode(code, parts, language);
  if (found.is === 'several') return { is: 'several', entries: found.entries };
  const entry = found.is === 'shared' || (found.is === 'code' && found.rest === '') ? found.entry : undefined;
  if (!entry) return { is: 'unknown' };
  const near = codesOf(catalog)
    .near(folded)
    .find((other) => other.code !== entry.code && !other.events.some((event) => entry.events.includes(event)));
  return { is: 'fine', entry, before: aliasRow(rows, alias), near };
}

/** Whether one of the desks takes a text: as an alias it would never reach that desk again. */
function isOrganizersWord(text: string): boolean {
  const kept = readKeptRequest(text);
  const isKept = kept !== undefined && ('about' in kept ? kept.about : 'alias' in kept ? kept.alias : '') === '';
  const asks = readBroadcastWish(text) ?? readStatusWish(text) ?? readOrganizerWish(text);
  return asks !== undefined || isKept || isPlatformWish(text) || isErrandWord(text) || WITHOUT_BLANKS.test(text);
}

/** The kept row of an alias, in whatever spelling. */
export function aliasRow(rows: readonly KeptRow[], alias: string): KeptRow | undefined {
  const folded = fold(alias);
  const aliases = rows.filter(({ kind }) => kind === 'alias');
  return aliases.find(({ name }) => name === alias) ?? aliases.find(({ name }) => fold(name) === folded);
}

/** The kept row of a code's links, in whatever spelling. */
export function slidesRow(rows: readonly KeptRow[], code: string): KeptRow | undefined {
  const folded = fold(code);
  const slides = rows.filter(({ kind }) => kind === 'slides');
  return slides.find(({ name }) => name === code) ?? slides.find(({ name }) => fold(name) === folded);
}
