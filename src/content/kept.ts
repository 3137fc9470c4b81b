/**
 * What organizers have written in a chat, laid over the catalog that the pages make: links to slides, which win over slides.yaml and the
 * page, and aliases, which answer as the code that they stand for. Pure; the same input gives the same object.
 */
import type { Link } from '../adapter.js';
import type { KeptRow } from '../store/desk.js';
import type { Catalog, CodeEntry, Community } from './catalog.js';
import { foldCode } from './likeness.js';
import type { Language } from './types.js';
import { asText, isWebLink } from './values.js';

/** An alias that is not served. */
export interface KeptTrouble {
  alias: string;
  /** What it was to stand for. */
  target: string;
  /** code: it is a code of its own now; gone: what it stands for is no code any more; circle: it leads back to itself. */
  why: 'code' | 'gone' | 'circle';
}

interface Laid {
  language: Language;
  catalog: Catalog;
  troubles: readonly KeptTrouble[];
}

type Spellings = ReadonlyMap<string, readonly CodeEntry[]>;

const NO_TROUBLES: readonly KeptTrouble[] = [];
const laid = new WeakMap<Catalog, WeakMap<readonly KeptRow[], Laid>>();
const spellings = new WeakMap<Catalog['codes'], Spellings>();

/** The catalog with what is kept; the catalog itself when nothing is. */
export function withKept(catalog: Catalog, rows: readonly KeptRow[], community: Pick<Community, 'language'>): Catalog {
  return rows.length === 0 ? catalog : layOver(catalog, rows, community).catalog;
}

/** Aliases that cannot be served, for organizers to mend. */
export function keptTroubles(catalog: Catalog, rows: readonly KeptRow[], community: Pick<Community, 'language'>): readonly KeptTrouble[] {
  return rows.length === 0 ? NO_TROUBLES : layOver(catalog, rows, community).troubles;
}

/** The links of a kept row; what is no link to the web is left out, whoever wrote it. */
export function keptLinks({ kind, value }: Pick<KeptRow, 'kind' | 'value'>): Link[] {
  const links = kind === 'slides' ? (value as { links?: unknown } | null)?.links : undefined;
  if (!Array.isArray(links)) return [];
  return links.flatMap((each: Record<string, unknown> | null): Link[] => {
    const url = asText(each?.url);
    if (url === undefined || !isWebLink(url)) return [];
    const password = asText(each?.password);
    const note = asText(each?.note);
    return [{ label: asText(each?.label) ?? '', url, ...(password && { password }), ...(note && { note }) }];
  });
}

/** What an alias stands for, as it was written; undefined: the row is none. */
export function keptTarget({ kind, value }: Pick<KeptRow, 'kind' | 'value'>): string | undefined {
  return kind === 'alias' ? asText((value as { code?: unknown } | null)?.code) : undefined;
}

/** The entry of a code, in whatever spelling; an exact one first. */
function spelled(codes: Catalog['codes'], code: string): CodeEntry | undefined {
  return codes.get(code) ?? spellingsOf(codes).get(foldCode(code))?.[0];
}

function layOver(catalog: Catalog, rows: readonly KeptRow[], { language }: Pick<Community, 'language'>): Laid {
  let ofCatalog = laid.get(catalog);
  if (!ofCatalog) {
    ofCatalog = new WeakMap();
    laid.set(catalog, ofCatalog);
  }
  const known = ofCatalog.get(rows);
  if (known?.language === language) return known;
  const codes = new Map(catalog.codes);
  const added = new Map<string, CodeEntry>();
  for (const row of rows) layLinks(row, catalog.codes, codes, added, language);
  const troubles = layAliases(rows, catalog.codes, codes, added);
  const made = { language, catalog: { ...catalog, codes }, troubles };
  ofCatalog.set(rows, made);
  return made;
}

function layLinks(
  row: KeptRow,
  base: Catalog['codes'],
  codes: Map<string, CodeEntry>,
  added: Map<string, CodeEntry>,
  language: Language,
): void {
  const given = keptLinks(row);
  if (given.length === 0) return;
  const entry = spelled(base, row.name);
  // What is no slides is named by what it is, in the reader's language.
  const word = entry && entry.purpose !== 'slides' ? '' : language === 'zh' ? 'PPT' : 'Slides';
  const links = given.map((link, at) => ({ ...link, label: link.label || (word && given.length > 1 ? `${word} ${at + 1}` : word) }));
  if (!entry) {
    const own: CodeEntry = { code: row.name, events: [], links, purpose: 'slides', isKept: true };
    codes.set(row.name, own);
    added.set(foldCode(row.name), own);
    return;
  }
  // Other spellings of the code answer with the same links, and not with what slides.yaml says beside them.
  for (const other of spellingsOf(base).get(foldCode(entry.code)) ?? [])
    if (other !== entry && areOne(entry, other)) codes.set(other.code, { ...other, links: [], isKept: true });
  codes.set(entry.code, { ...entry, links, isKept: true });
}

function layAliases(
  rows: readonly KeptRow[],
  base: Catalog['codes'],
  codes: Map<string, CodeEntry>,
  added: ReadonlyMap<string, CodeEntry>,
): KeptTrouble[] {
  const targets = new Map<string, string>();
  for (const row of rows) {
    const target = keptTarget(row);
    if (target !== undefined) targets.set(foldCode(row.name), target);
  }
  if (targets.size === 0) return [];
  const entryOf = (code: string): CodeEntry | undefined => {
    const entry = spelled(base, code);
    return entry ? codes.get(entry.code) : added.get(foldCode(code));
  };
  const troubles: KeptTrouble[] = [];
  for (const row of rows) {
    const target = keptTarget(row);
    if (target === undefined) continue;
    const found = entryOf(row.name) ? 'code' : follow(target, foldCode(row.name), targets, entryOf);
    if (typeof found === 'string') troubles.push({ alias: row.name, target, why: found });
    else codes.set(row.name, found);
  }
  return troubles;
}

/** From alias to alias until a code is reached. */
function follow(
  target: string,
  from: string,
  targets: ReadonlyMap<string, string>,
  entryOf: (code: string) => CodeEntry | undefined,
): CodeEntry | 'gone' | 'circle' {
  const passed = new Set([from]);
  for (let next = target; ; ) {
    const entry = entryOf(next);
    if (entry) return entry;
    const folded = foldCode(next);
    if (passed.has(folded)) return 'circle';
    passed.add(folded);
    const further = targets.get(folded);
    if (further === undefined) return 'gone';
    next = further;
  }
}

/** Two spellings of one code: on the same events, or one of them on none. */
function areOne({ events }: CodeEntry, other: CodeEntry): boolean {
  return events.length === 0 || other.events.length === 0 || other.events.every((event) => events.includes(event));
}

function spellingsOf(codes: Catalog['codes']): Spellings {
  const known = spellings.get(codes);
  if (known) return known;
  const all = new Map<string, CodeEntry[]>();
  for (const entry of codes.values()) {
    const folded = foldCode(entry.code);
    const same = all.get(folded);
    if (!same) all.set(folded, [entry]);
    else if (!same.includes(entry)) same.push(entry);
  }
  spellings.set(codes, all);
  return all;
}
