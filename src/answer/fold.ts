// One form for all spellings of the same thing. For comparing only: what is shown is always the original.
import { simplified } from './simplified.js';

/** Dashes, underscores, brackets, quotes and blanks: written or not, they make no difference. */
const JOINERS = String.raw`\p{White_Space}\p{Pd}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'\u0060\u00B4\u2212`;
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}`;

const UNSEEN = new RegExp(`[${INVISIBLE}]`, 'gu');
const UNSEEN_KEEPING_BLANKS = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}]/gu;
const JOINED = new RegExp(`[${JOINERS}${INVISIBLE}]`, 'gu');
const BETWEEN_WORDS = new RegExp(`[${JOINERS}\\p{Cc},:;!?，。、；：！？…~|]+`, 'gu');
const TWO_FORMS = /[ßς]/;
const ASCII_KEPT = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit).replace(JOINED, '') !== '');
const LEADING = new Set('.,:;!?。、，；：！？·•…~*/\\|>#');
const TRAILING = new Set('.,:;!?。、，；：！？·•…~*/\\|>');

/**
 * The form in which codes are compared: NFKC, no case, traditional as simplified, without blanks, dashes, underscores,
 * quotes, brackets, invisible signs, and without punctuation at either end.
 */
export function fold(text: string): string {
  return foldAscii(text) ?? foldUnicode(text);
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

// Codes are looked up by this for every message: each step that changes nothing is passed over.
function foldUnicode(text: string): string {
  const seen = text.replace(JOINED, '');
  const compatible = seen.normalize('NFKC');
  const folded = foldAscii(compatible);
  if (folded !== undefined) return folded;
  const joined = compatible === seen ? compatible : compatible.replace(JOINED, '');
  return withoutEdges(caseFolded(joined));
}

// Locale-free: İ and ı stay what they are, whatever the server's language.
function caseFolded(text: string): string {
  const lower = text.toLowerCase();
  return simplified(TWO_FORMS.test(lower) ? lower.replaceAll('ß', 'ss').replaceAll('ς', 'σ') : lower);
}

/** The same for plain ASCII, which most codes are, without any expression; undefined when there is more than ASCII. */
function foldAscii(text: string): string | undefined {
  let folded = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= ASCII_KEPT.length) return undefined;
    if (ASCII_KEPT[unit]) continue;
    folded += text.slice(from, at);
    from = at + 1;
  }
  return withoutEdges((from === 0 ? text : folded + text.slice(from)).toLowerCase());
}

function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && LEADING.has(text.charAt(start))) start++;
  while (end > start && TRAILING.has(text.charAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
