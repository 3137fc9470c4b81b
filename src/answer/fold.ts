// One form for all spellings of the same thing. For comparing only: what is shown is always the original.
import { simplified } from './simplified.js';

/** Dashes, underscores, brackets, quotes and blanks: written or not, they make no difference. */
const JOINERS = String.raw`\p{White_Space}\p{Pd}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'\u0060\u00B4\u2212`;
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}`;

const UNSEEN = new RegExp(`[${INVISIBLE}]`, 'gu');
const UNSEEN_KEEPING_BLANKS = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}]/gu;
const JOINED = new RegExp(`[${JOINERS}${INVISIBLE}]`, 'gu');
const BETWEEN_WORDS = new RegExp(`[${JOINERS}\\p{Cc},;!?，。、；：！？…~|]+`, 'gu');
const NOT_ASCII = /[^\u0000-\u007F]/;
const LEADING = new Set('.,:;!?。、，；：！？·•…~*/\\|>#');
const TRAILING = new Set('.,:;!?。、，；：！？·•…~*/\\|>');

/**
 * The form in which codes are compared: NFKC, no case, traditional as simplified, without blanks, dashes, underscores,
 * quotes, brackets, invisible signs, and without punctuation at either end.
 */
export function fold(text: string): string {
  if (isFolded(text)) return text;
  if (!NOT_ASCII.test(text)) return withoutEdges(text.toLowerCase().replace(JOINED, ''));
  return withoutEdges(caseFolded(text.replace(JOINED, '').normalize('NFKC')).replace(JOINED, ''));
}

/** Folded, but with blanks between words, and inner hyphens and the like as they are: for reading dates. */
export function foldLine(text: string): string {
  return caseFolded(text.replace(UNSEEN_KEEPING_BLANKS, '').normalize('NFKC'))
    .replace(/\p{White_Space}+/gu, ' ')
    .replace(UNSEEN, '')
    .trim();
}

/** Folded words: split where blanks, dashes, brackets and punctuation stood, without punctuation at the ends of each. */
export function foldWords(text: string): string[] {
  return foldLine(text)
    .split(BETWEEN_WORDS)
    .map(withoutEdges)
    .filter((word) => word !== '');
}

// Locale-free: İ and ı stay what they are, whatever the server's language.
function caseFolded(text: string): string {
  return simplified(text.toLowerCase().replace(/ß/g, 'ss').replace(/ς/g, 'σ'));
}

function isFolded(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!((unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a))) return false;
  }
  return true;
}

function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && LEADING.has(text.charAt(start))) start++;
  while (end > start && TRAILING.has(text.charAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
