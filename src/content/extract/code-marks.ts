// A keyword between marks: ticks, quotation marks, brackets, bold.
import { LONGEST_CODE } from './code-shape.js';

const OPENS = new Map([
  ['`', '`'],
  ['“', '”'],
  ['”', '”'],
  ['"', '"'],
  ['「', '」'],
  ['『', '』'],
  ['【', '】'],
  ['[', ']'],
  ['〖', '〗'],
  ['‘', '’'],
  ["'", "'"],
  ['《', '》'],
  ['<', '>'],
  ['＜', '＞'],
]);
const FILLER = /^[\s*_:：,，=]{0,8}/;
const EMPHASIS = /[*`]/g;
const UNDERLINED = /^\s{0,2}_{1,2}([^_]{1,30})_{1,2}\s{0,2}$/;
const ESCAPED = /\\([_*#+.-])/g;
const TICKS = /^`{1,2}$/;

export interface Marked {
  code: string;
  /** Where its mark opens. */
  from: number;
  to: number;
}

/** What stands between the marks that open at `from`, after spaces and colons. */
export function readMarked(text: string, from: number): Marked | null {
  const filler = FILLER.exec(text.slice(from, from + 10))?.[0] ?? '';
  let at = from + filler.length;
  const isBold = filler.includes('**') || filler.includes('__');
  const open = text[at] ?? '';
  const close = OPENS.get(open);
  if (!close) return isBold ? readBold(text, from + filler.search(/\*\*|__/)) : null;
  let length = 1;
  while (open === '`' && text[at + length] === '`' && length < 2) length++;
  at += length;
  const mark = open === '`' ? '`'.repeat(length) : close;
  const end = nearest(text, at, TICKS.test(mark) ? [mark] : [mark, ...(open === '“' || open === '”' ? ['"', '“'] : [])]);
  if (end < 0) return null;
  let to = end + mark.length;
  while (text[to] === '*' || text[to] === '_') to++;
  return { code: bareOf(text.slice(at, end), open === '`'), from: at - length, to };
}

/** Emphasis inside the marks is dress; in ticks every sign but the ticks is meant. */
function bareOf(inner: string, inTicks: boolean): string {
  if (inTicks) return inner.replaceAll('`', '').trim();
  return inner.replace(EMPHASIS, '').replace(UNDERLINED, '$1').replace(ESCAPED, '$1').trim();
}

function readBold(text: string, at: number): Marked | null {
  const mark = text.slice(at, at + 2);
  const end = text.indexOf(mark, at + 2);
  if (end < 0 || end - at > LONGEST_CODE + 8) return null;
  const inner = text.slice(at + 2, end).replace(/^[\s“"「『【‘]+|[\s”"」』】’]+$/g, '');
  return { code: bareOf(inner, inner.includes('`')), from: at, to: end + 2 };
}

function nearest(text: string, from: number, marks: readonly string[]): number {
  const near = text.slice(from, from + LONGEST_CODE + 10);
  const ends = marks.map((mark) => near.indexOf(mark)).filter((end) => end >= 0);
  return ends.length ? from + Math.min(...ends) : -1;
}
