import { spans } from './spans.js';

/** Cuts to at most `maxBytes` of UTF-8, never inside a link, an entity or a grapheme; `more` marks that something is gone. */
export function cutBytes(text: string, maxBytes: number, more = '…'): string {
  return cut(text, maxBytes, more, utf8Length);
}

/** Cuts to at most `max` UTF-16 units, which is how platforms count characters; else as `cutBytes`. */
export function cutCharacters(text: string, max: number, more = '…'): string {
  return cut(text, max, more, unitLength);
}

/** Splits into parts of at most `maxBytes` that joined are the text again; after a paragraph, a line or a blank where possible. */
export function splitBytes(text: string, maxBytes: number): string[] {
  return split(text, maxBytes, utf8Length);
}

/** As `splitBytes`, by UTF-16 units. */
export function splitCharacters(text: string, max: number): string[] {
  return split(text, max, unitLength);
}

/** Whether a piece would fit into a part of its own. */
type Fitting = (start: number, end: number) => boolean;
type Measure = (text: string, at: number) => number;

let graphemes: Intl.Segmenter | undefined;

function cut(text: string, max: number, more: string, measure: Measure): string {
  if (3 * text.length <= max || fits(text, 0, max, measure) === text.length) return text;
  const room = max - sizeOf(more, measure);
  if (room < 0) return '';
  const limit = fits(text, 0, room, measure);
  return (
    text
      .slice(
        0,
        boundary(text, 0, limit, () => true),
      )
      .trimEnd() + more
  );
}

function split(text: string, max: number, measure: Measure): string[] {
  const parts: string[] = [];
  const fitting: Fitting = (start, end) => 3 * (end - start) <= max || fits(text, start, max, measure) >= end;
  for (let from = 0; from < text.length; ) {
    const limit = fits(text, from, max, measure);
    const end = limit === text.length ? limit : bestEnd(text, from, limit, fitting);
    parts.push(text.slice(from, end));
    from = end;
  }
  return parts;
}

// The nicest place in the second half of what fits; a link or a grapheme that alone is too long is cut all the same.
function bestEnd(text: string, from: number, limit: number, fitting: Fitting): number {
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(mark, limit - mark.length) + mark.length;
    if (at - mark.length >= from && at > from + (limit - from) / 2 && boundary(text, from, at, fitting) === at) return at;
  }
  const safe = boundary(text, from, limit, fitting);
  if (safe > from) return safe;
  return limit > from ? limit : from + (isPair(text, from) ? 2 : 1);
}

/** The last place in (from, limit] that is inside no link, entity or grapheme; `from` when there is none. */
function boundary(text: string, from: number, limit: number, fitting: Fitting): number {
  let at = limit;
  for (const span of spans(text, from, limit, fitting)) if (span.end > at && span.start < at) at = span.start;
  if (at === from || at === text.length) return at;
  // Made at the first long text: it takes longer than all else here does at start.
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return from + (graphemes.segment(text.slice(from, at + 64)).containing(at - from)?.index ?? at - from);
}

/** How far from `from` the text goes until `max` is full, by whole code points. */
function fits(text: string, from: number, max: number, measure: Measure): number {
  let size = 0;
  let at = from;
  while (at < text.length) {
    size += measure(text, at);
    if (size > max) return at;
    at += isPair(text, at) ? 2 : 1;
  }
  return at;
}

function sizeOf(text: string, measure: Measure): number {
  let size = 0;
  for (let at = 0; at < text.length; at += isPair(text, at) ? 2 : 1) size += measure(text, at);
  return size;
}

function utf8Length(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit < 0x80 ? 1 : unit < 0x800 ? 2 : isPair(text, at) ? 4 : 3;
}

function unitLength(text: string, at: number): number {
  return isPair(text, at) ? 2 : 1;
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  const low = text.charCodeAt(at + 1);
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
}
