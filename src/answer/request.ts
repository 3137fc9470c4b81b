import type { CodeEntry } from '../content/catalog.js';
import { type CodeIndex, isDistinctive } from './codes.js';
import { fold } from './fold.js';
import { units, withoutAsking } from './words.js';

const LONGEST_REQUEST = 100;

export interface CodeRequest {
  /** Different codes in the order in which they stand; codes that fold alike are one group. */
  groups: (readonly CodeEntry[])[];
  /** What else was said, without the words of asking. */
  rest: string[];
}

/**
 * Codes inside a short request: "PPT 20231104", "我要20231104的ppt". A code that is a plain word or short counts only when
 * nothing but words of asking stands around it; one that is such a word itself (`PPT`) only as the whole message.
 */
export function codesInRequest(words: readonly string[], codes: CodeIndex): CodeRequest | undefined {
  const parts = words.flatMap((word) => units(word).map((text, index) => ({ text, first: index === 0 })));
  if (parts.reduce((sum, { text }) => sum + text.length, 0) > LONGEST_REQUEST) return undefined;
  const groups: (readonly CodeEntry[])[] = [];
  const rest: string[] = [];
  for (let from = 0; from < parts.length; ) {
    const found = longestAt(from);
    if (found) {
      if (!groups.includes(found.group)) groups.push(found.group);
      rest.push(' ');
      from = found.end;
    } else {
      const part = parts[from];
      if (part) rest.push(part.first ? ` ${part.text}` : part.text);
      from += 1;
    }
  }
  if (groups.length === 0) return undefined;
  const left = withoutAsking(rest.join('').split(' ').filter(Boolean));
  // One sign too many is a slip, not a request: "2021上海x" must not be answered as 2021上海.
  if ([...left.join('')].length === 1) return undefined;
  const certain = left.length === 0 ? groups : groups.filter((group) => group.some(({ code }) => isDistinctive(code)));
  return certain.length > 0 ? { groups: certain, rest: left } : undefined;

  function longestAt(from: number): { group: readonly CodeEntry[]; end: number } | undefined {
    let text = '';
    let best: { group: readonly CodeEntry[]; end: number } | undefined;
    for (let end = from; end < parts.length; end++) {
      text += parts[end]?.text;
      if (text.length > codes.longest) break;
      const group = codes.folded(text);
      if (group.length > 0 && !isAsking(text)) best = { group, end: end + 1 };
    }
    return best;
  }
}

/** Words of a message that look like codes: they hold a digit and four signs or more. */
export function codeLike(words: readonly string[]): string[] {
  return withoutAsking(words).filter((word) => /\p{N}/u.test(word) && [...word].length >= 4);
}

function isAsking(folded: string): boolean {
  return withoutAsking([fold(folded)]).length === 0;
}
