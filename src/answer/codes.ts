import type { CodeEntry } from '../content/catalog.js';
import { fold } from './fold.js';

const MOST_NEAR = 3;
const SHORTEST_NEAR = 4;

/** All codes: as written, folded, and those one slip of the finger away. Everything but the first is built when first needed. */
export class CodeIndex {
  readonly #written: ReadonlyMap<string, CodeEntry>;
  #folded: Map<string, CodeEntry[]> | undefined;
  #signs: string[] | undefined;
  #longest = 0;

  constructor(codes: ReadonlyMap<string, CodeEntry>) {
    this.#written = codes;
  }

  /** Letter by letter as on the page. */
  written(text: string): CodeEntry | undefined {
    return this.#written.get(text);
  }

  /** The codes that fold to this; several when two pages spell one code differently. */
  folded(folded: string): readonly CodeEntry[] {
    return this.#byFold().get(folded) ?? [];
  }

  /** Signs of the longest code, folded. */
  get longest(): number {
    this.#byFold();
    return this.#longest;
  }

  /**
   * Codes one edit away: two signs swapped, then one changed, then one too many or missing. Tries every edit with the signs
   * that codes are made of, so that its cost does not grow with the number of codes.
   */
  near(folded: string): CodeEntry[] {
    const signs = [...folded];
    if (signs.length < SHORTEST_NEAR - 1 || signs.length > this.longest + 1) return [];
    const found = new Set<CodeEntry>();
    for (const edit of edits(signs, this.#alphabet())) {
      if ([...edit].length < SHORTEST_NEAR || edit === folded) continue;
      for (const entry of this.#byFold().get(edit) ?? []) found.add(entry);
      if (found.size >= MOST_NEAR) break;
    }
    return [...found].slice(0, MOST_NEAR);
  }

  #byFold(): Map<string, CodeEntry[]> {
    if (this.#folded) return this.#folded;
    const all = new Map<string, CodeEntry[]>();
    const aliases: [alias: string, entry: CodeEntry][] = [];
    for (const [written, entry] of this.#written) {
      const folded = fold(entry.code);
      if (folded === '') continue;
      const same = all.get(folded);
      if (written !== entry.code) aliases.push([fold(written), entry]);
      else if (same) same.push(entry);
      else all.set(folded, [entry]);
      if (folded.length > this.#longest) this.#longest = folded.length;
    }
    // Last, for a code is never taken by an alias; and it stands for all spellings of its code.
    for (const [alias, { code }] of aliases) {
      const meant = all.get(fold(code));
      if (alias === '' || !meant || all.has(alias)) continue;
      all.set(alias, meant);
      if (alias.length > this.#longest) this.#longest = alias.length;
    }
    this.#folded = all;
    return all;
  }

  #alphabet(): string[] {
    this.#signs ??= [...new Set([...this.#byFold().keys()].flatMap((code) => [...code]))];
    return this.#signs;
  }
}

function* edits(signs: readonly string[], alphabet: readonly string[]): Generator<string> {
  const before = signs.map((_, at) => signs.slice(0, at).join(''));
  const after = signs.map((_, at) => signs.slice(at).join(''));
  const head = (at: number) => before[at] ?? signs.join('');
  const tail = (at: number) => after[at] ?? '';
  for (let at = 0; at + 1 < signs.length; at++) yield `${head(at)}${signs[at + 1]}${signs[at]}${tail(at + 2)}`;
  // From the end: what a code begins with (a year, a name) is what people remember.
  for (let at = signs.length - 1; at >= 0; at--) for (const sign of alphabet) yield `${head(at)}${sign}${tail(at + 1)}`;
  for (let at = 0; at < signs.length; at++) yield `${head(at)}${tail(at + 1)}`;
  for (let at = signs.length; at >= 0; at--) for (const sign of alphabet) yield `${head(at)}${sign}${tail(at)}`;
}

/** Whether a code cannot be mistaken for ordinary talk: six signs or more, and not a plain word. */
export function isDistinctive(code: string): boolean {
  const folded = fold(code);
  return [...folded].length >= 6 && /\p{N}/u.test(folded);
}
