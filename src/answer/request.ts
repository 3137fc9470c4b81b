import { type CodeIndex, isDistinctive } from './codes.js';
import { units, withoutAsking } from './words.js';

const LONGEST_REQUEST = 100;

/**
 * Codes inside a short request: "PPT 20231104", "我要20231104的ppt". A code that is a plain word or short counts only when
 * nothing but words of asking stands around it; one that is such a word itself (`PPT`) only as the whole message. Folded,
 * in the order in which they stand.
 */
export function codesInRequest(words: readonly string[], codes: CodeIndex): string[] {
  const parts = words.flatMap((word) => units(word).map((text, index) => ({ text, first: index === 0 })));
  if (parts.reduce((sum, { text }) => sum + text.length, 0) > LONGEST_REQUEST) return [];
  const found: string[] = [];
  const rest: string[] = [];
  for (let from = 0; from < parts.length; ) {
    const best = longestAt(from);
    const part = parts[from];
    if (best && !found.includes(best.code)) found.push(best.code);
    if (best) rest.push(' ');
    else if (part) rest.push(part.first ? ` ${part.text}` : part.text);
    from = best?.end ?? from + 1;
  }
  if (found.length === 0) return [];
  const left = withoutAsking(rest.join('').split(' ').filter(Boolean));
  // One sign too many is a slip, not a request: "2021上海x" must not be answered as 2021上海.
  if ([...left.join('')].length === 1) return [];
  return left.length === 0 ? found : found.filter(isDistinctive);

  function longestAt(from: number): { code: string; end: number } | undefined {
    let text = '';
    let best: { code: string; end: number } | undefined;
    for (let end = from; end < parts.length; end++) {
      text += parts[end]?.text;
      if (text.length > codes.longest) break;
      if (codes.folded(text).length > 0 && !isAsking(text)) best = { code: text, end: end + 1 };
    }
    return best;
  }
}

/** Words of a message that look like codes: four signs or more, a digit among them, and no year. */
export function codeLike(words: readonly string[]): string[] {
  return withoutAsking(words).filter((word) => /\p{N}/u.test(word) && [...word].length >= 4 && !/^(?:19|20)\d\d年?$/.test(word));
}

function isAsking(folded: string): boolean {
  return withoutAsking([folded]).length === 0;
}
