// Fences of code, and the slips in them that would hide the rest of a page.

export interface Fence {
  sign: string;
  length: number;
  /** Never closed: the code ends where prose clearly goes on. */
  isOpen: boolean;
}

interface Seen {
  from: number;
  sign: string;
  length: number;
  /** It names a language, so it can only open. */
  isNamed: boolean;
}

const HEADING = /^ {0,3}#{2,6}\s\S/;
const PROSE = /^[\u4e00-\u9fff*「【“>][^\n]{0,80}[，。！：、]/;
const LOOKED_AHEAD = 40;

/** How often the sign at `at` is repeated. */
export function runLength(text: string, at: number): number {
  let length = 0;
  while (text[at + length] === text[at]) length++;
  return length;
}

/** The fences of one page, looked up when the first one opens. */
export class Fences {
  private seen: Seen[] | null = null;
  private next = 0;
  private readonly lastClosings = new Map<string, number>();

  constructor(private readonly body: string) {}

  /** The fence that a line opens with the sign at `at`; `stray` when it only looks like one. `to` is the line's end in the body. */
  opens(text: string, at: number, to: number): Fence | 'stray' | null {
    const sign = text[at] ?? '';
    const length = runLength(text, at);
    if (length < 3 || (sign === '`' && text.includes('`', at + length))) return null;
    const isNamed = text.slice(at + length).trim() !== '';
    const isClosed = this.lastClosing(sign, length) > to;
    if (isNamed) return { sign, length, isOpen: !isClosed };
    // Two that open in a row: the first, which names nothing, was a closing one too many.
    return isClosed && !this.follower(sign, length, to)?.isNamed ? { sign, length, isOpen: false } : 'stray';
  }

  private follower(sign: string, length: number, to: number): Seen | undefined {
    const seen = this.all();
    while ((seen[this.next]?.from ?? Number.POSITIVE_INFINITY) <= to) this.next++;
    const near = seen.slice(this.next, this.next + LOOKED_AHEAD);
    return near.find((other) => other.sign === sign && other.length >= length);
  }

  private lastClosing(sign: string, length: number): number {
    const key = `${sign}${length}`;
    const known = this.lastClosings.get(key);
    if (known !== undefined) return known;
    const from = this.all().findLast((other) => !other.isNamed && other.sign === sign && other.length >= length)?.from ?? -1;
    this.lastClosings.set(key, from);
    return from;
  }

  private all(): Seen[] {
    this.seen ??= [...seenIn(this.body, '```'), ...seenIn(this.body, '~~~')].sort((one, other) => one.from - other.from);
    return this.seen;
  }
}

/** Every line that starts with such a mark and could be a fence. */
function seenIn(body: string, mark: string): Seen[] {
  const found: Seen[] = [];
  for (let at = body.indexOf(mark); at >= 0; ) {
    const lineEnd = body.indexOf('\n', at);
    const end = lineEnd < 0 ? body.length : lineEnd;
    const length = runLength(body, at);
    const rest = body.slice(at + length, end);
    let before = at - 1;
    while (body[before] === ' ' || body[before] === '\t') before--;
    const isFirst = before < 0 || body[before] === '\n';
    if (isFirst && !(mark === '```' && rest.includes('`')))
      found.push({ from: at, sign: mark[0] ?? '', length, isNamed: rest.trim() !== '' });
    at = body.indexOf(mark, end);
  }
  return found;
}

/** The line, whose text begins at `at`, ends the code and belongs to it. */
export function closes(text: string, at: number, fence: Fence): boolean {
  if (text[at] !== fence.sign) return false;
  const length = runLength(text, at);
  return length >= fence.length && text.slice(at + length).trim() === '';
}

/** The line below code that is never closed is prose again. */
export const goesOn = (text: string, fence: Fence) => fence.isOpen && (HEADING.test(text) || PROSE.test(text));
