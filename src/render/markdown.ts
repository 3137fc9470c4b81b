// The small Markdown of an Outgoing: **bold**, `code`, [label](url), lists, plain lines; a backslash takes a sign literally.
// Everything else, HTML included, is text. One pass, no expression that can backtrack.
import { safeUrl } from './safe.js';

export type Inline =
  | { is: 'text' | 'bold' | 'code'; text: string }
  /** `url` is safe to link to. */
  | { is: 'link'; text: string; url: string };

export interface MarkdownLine {
  /** item: one of a list, without its mark; number: its number in a numbered list. */
  is: 'plain' | 'item';
  number?: number;
  content: Inline[];
}

const SPECIAL = /[\\`*[\]]/g;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const BULLET = /^ {0,3}[-*•] +/;
const NUMBERED = /^ {0,3}(\d{1,3})[.)] +/;
const LONGEST_SPAN = 2000;

/** Text of a page or a member, so that small Markdown shows it literally. */
export function escapeMarkdown(text: string): string {
  return text.replace(SPECIAL, '\\$&').replace(/^( {0,3})([-•]|\d{1,3}[.)])(?= )/gm, (_, indent: string, mark: string) => {
    return `${indent}${mark.slice(0, -1)}\\${mark.slice(-1)}`;
  });
}

/** Reads small Markdown line by line; adapters turn the result into their platform's markup. */
export function parseMarkdown(markdown: string): MarkdownLine[] {
  return markdown.split('\n').map((line) => {
    const bullet = BULLET.exec(line);
    if (bullet) return { is: 'item', content: parseInline(line.slice(bullet[0].length)) };
    const numbered = NUMBERED.exec(line);
    if (numbered) return { is: 'item', number: Number(numbered[1]), content: parseInline(line.slice(numbered[0].length)) };
    return { is: 'plain', content: parseInline(line) };
  });
}

function parseInline(line: string): Inline[] {
  const parts: Inline[] = [];
  let text = '';
  const push = (part: Inline) => {
    if (text) parts.push({ is: 'text', text });
    text = '';
    parts.push(part);
  };
  for (let at = 0; at < line.length; ) {
    const span = line[at] === '\\' ? undefined : spanAt(line, at);
    if (span) {
      push(span.part);
      at = span.end;
    } else if (line[at] === '\\' && ESCAPABLE.test(line[at + 1] ?? '')) {
      text += line[at + 1];
      at += 2;
    } else {
      text += line[at];
      at += 1;
    }
  }
  if (text) parts.push({ is: 'text', text });
  return parts;
}

function spanAt(line: string, at: number): { part: Inline; end: number } | undefined {
  if (line[at] === '`') {
    const close = closing(line, at + 1, '`', false);
    return close > at + 1 ? { part: { is: 'code', text: line.slice(at + 1, close) }, end: close + 1 } : undefined;
  }
  if (line.startsWith('**', at)) {
    const close = closing(line, at + 2, '**', true);
    return close > at + 2 ? { part: { is: 'bold', text: literal(line.slice(at + 2, close)) }, end: close + 2 } : undefined;
  }
  return line[at] === '[' ? linkAt(line, at) : undefined;
}

function linkAt(line: string, at: number): { part: Inline; end: number } | undefined {
  const middle = closing(line, at + 1, ']', true);
  if (middle < 0 || line[middle + 1] !== '(') return undefined;
  const close = closingParenthesis(line, middle + 2);
  if (close < 0) return undefined;
  const text = literal(line.slice(at + 1, middle));
  const url = safeUrl(line.slice(middle + 2, close));
  return { part: url ? { is: 'link', text, url } : { is: 'text', text }, end: close + 1 };
}

// A span that does not close nearby is no span: this bounds the work for a line full of opening signs.
function closing(line: string, from: number, sign: string, escapes: boolean): number {
  const end = Math.min(line.length, from + LONGEST_SPAN);
  for (let at = from; at < end; at++) {
    if (escapes && line[at] === '\\') at++;
    else if (line[at] === sign[0] && line.startsWith(sign, at)) return at;
    else if (sign === ']' && line[at] === '[') return -1;
  }
  return -1;
}

function closingParenthesis(line: string, from: number): number {
  const end = Math.min(line.length, from + LONGEST_SPAN);
  let depth = 0;
  for (let at = from; at < end; at++) {
    if (line[at] === ' ' || line[at] === '[') return -1;
    if (line[at] === '(') depth++;
    else if (line[at] === ')' && depth-- === 0) return at;
  }
  return -1;
}

function literal(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
