// What each line of a page's body is: one pass, no look-back beyond the line before.
import { closes, type Fence, Fences, goesOn, runLength } from './fences.js';
import { Closings, Comments, opensRaw } from './hidden.js';
import type { Line } from './types.js';

const TAB_WIDTH = 4;
const LONGEST_SETEXT_HEADING = 160;
const IMPORT = /^(?:import\s[^\n]{0,200}?['"]|export\s(?:const|let|default|function)\s)/;

/** Splits a body into lines and says what each of them is. `firstLine` is the number of the body's first line in its file. */
export function scan(body: string, firstLine: number): Line[] {
  const lines: Line[] = [];
  const comments = new Comments(body);
  const closings = new Closings(body);
  const fences = new Fences(body);
  let fence: Fence | null = null;
  let raw: string | null = null;
  let number = firstLine;
  let from = 0;
  while (from <= body.length) {
    const lineEnd = body.indexOf('\n', from);
    const next = lineEnd < 0 ? body.length : lineEnd;
    const end = next > from && body.charCodeAt(next - 1) === 13 ? next - 1 : next;
    const text = body.slice(from, end);
    if (fence && goesOn(text, fence)) fence = null;
    if (fence) {
      if (closes(text, start(text), fence)) fence = null;
      lines.push({ number, text, kind: 'code', level: 0 });
    } else if (raw) {
      if (text.toLowerCase().includes(raw)) raw = null;
      lines.push({ number, text, kind: 'code', level: 0 });
    } else {
      const visible = comments.blank(text, from);
      const at = start(visible);
      const head = visible[at];
      const opened = head === '`' || head === '~' ? fences.opens(visible, at, next) : null;
      if (opened !== 'stray') fence = opened;
      if (head === '<') raw = opensRaw(visible, next, closings);
      if (opened || raw) lines.push({ number, text: visible, kind: 'code', level: 0 });
      else lines.push(read(visible, at, number, lines));
    }
    number++;
    if (lineEnd < 0) break;
    from = lineEnd + 1;
  }
  return lines;
}

/** Where a line's text begins after spaces and tabs. */
function start(text: string): number {
  let at = 0;
  for (let code = text.charCodeAt(0); code === 32 || code === 9; code = text.charCodeAt(at)) at++;
  return at;
}

/** Indentation in columns of the first signs, which are spaces and tabs. */
function columnsOf(text: string, at: number): number {
  let columns = 0;
  for (let k = 0; k < at; k++) columns += text.charCodeAt(k) === 32 ? 1 : TAB_WIDTH - (columns % TAB_WIDTH);
  return columns;
}

/** A line that is neither code nor comment. Underlines and table rulers also say what the line above was. */
function read(text: string, at: number, number: number, lines: readonly Line[]): Line {
  const before = lines[lines.length - 1];
  const columns = at && columnsOf(text, at);
  const line = (kind: Line['kind'], level = 0, shown = text): Line => ({ number, text: shown, kind, level });
  const head = text[at];
  if (head === undefined || (head > '\u007f' && text.trim() === '')) return line('blank');
  const continues = before?.kind === 'text';
  switch (head) {
    case '#': {
      const level = headingLevel(text, at);
      if (level && columns < 4) return line('heading', level, headingText(text, at + level));
      break;
    }
    case '>':
      return line('quote');
    case '|':
      return line('table');
    case '=':
    case '-':
      if (columns < 4 && before && continues && isUnderline(text, at) && isShortParagraph(lines)) {
        before.kind = 'heading';
        before.level = head === '=' ? 1 : 2;
        before.text = before.text.trim();
        return line('blank', 0, '');
      }
  }
  if (isRule(text, at, head)) return line('rule');
  if (isItem(text, at)) return line('item', columns);
  if (text.includes('|')) {
    if (before?.kind === 'table') return line('table');
    if (before && continues && isTableRuler(text, at) && before.text.includes('|')) {
      before.kind = 'table';
      return line('table');
    }
  }
  const isModule = (head === 'i' || head === 'e') && !continues && IMPORT.test(text);
  return line(isModule ? 'code' : 'text');
}

/** `##标题` without a space is a heading to most sites' readers; `#word` alone is a hashtag. */
function headingLevel(text: string, at: number): number {
  const level = runLength(text, at);
  if (level > 6) return 0;
  const after = text[at + level];
  const spaced = after === undefined || after === ' ' || after === '\t' || after === '\u3000' || after === '\u00a0';
  return spaced || (level > 1 && /[\p{Script=Han}\p{Lu}《【「“*]/u.test(after)) ? level : 0;
}

function headingText(text: string, at: number): string {
  const shown = text.slice(at).trim();
  let end = shown.length;
  while (end > 0 && shown[end - 1] === '#') end--;
  const isClosed = end < shown.length && (end === 0 || shown[end - 1] === ' ' || shown[end - 1] === '\t');
  return isClosed ? shown.slice(0, end).trimEnd() : shown;
}

function isUnderline(text: string, at: number): boolean {
  return text.slice(at + runLength(text, at)).trim() === '';
}

/** Only a paragraph of one line is a heading: a ruler right below longer prose was meant as a ruler. */
function isShortParagraph(lines: readonly Line[]): boolean {
  const last = lines[lines.length - 1];
  const above = lines[lines.length - 2];
  const text = last?.text.trimStart() ?? '';
  return above?.kind !== 'text' && text.length <= LONGEST_SETEXT_HEADING && !text.startsWith('<') && !text.startsWith('![');
}

function isRule(text: string, at: number, head: string): boolean {
  if (head !== '-' && head !== '*' && head !== '_') return false;
  let count = 0;
  for (let k = at; k < text.length; k++) {
    const sign = text[k];
    if (sign === head) count++;
    else if (sign !== ' ' && sign !== '\t') return false;
  }
  return count >= 3;
}

const isSpace = (sign: string | undefined) => sign === ' ' || sign === '\t' || sign === undefined;

function isItem(text: string, at: number): boolean {
  const head = text[at];
  if (head === '-' || head === '*' || head === '+' || head === '•') return isSpace(text[at + 1]);
  let digits = 0;
  while (digits < 10 && (text.charCodeAt(at + digits) ^ 48) < 10) digits++;
  const mark = text[at + digits];
  return digits > 0 && digits < 10 && (mark === '.' || mark === ')') && isSpace(text[at + digits + 1]);
}

function isTableRuler(text: string, at: number): boolean {
  let dashes = 0;
  for (let k = at; k < text.length; k++) {
    const sign = text[k];
    if (sign === '-') dashes++;
    else if (sign !== '|' && sign !== ':' && sign !== ' ' && sign !== '\t') return false;
  }
  return dashes > 0;
}
