// Pieces of text that must not be cut: addresses, entities, Markdown links, tags and Slack's <…>, `code` and **bold**.

export interface Span {
  start: number;
  end: number;
}

const ENTITY = /&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[\da-f]{1,6});/iy;
const ADDRESS = /(?:https?:\/\/|mailto:|weixin:\/\/)[!-;=?-[\]-~]{1,4000}/iy;
const START = /[&<[`*]|https?:|mailto:|weixin:/gi;
const LONGEST = 2000;
const LONGEST_LABEL = 300;

/**
 * The spans that start between `from` and `until`, in order, none within another. One that `fits` refuses is none; there may
 * be others inside it. Linear in what lies between.
 */
export function* spans(text: string, from: number, until: number, fits: (start: number, end: number) => boolean): Generator<Span> {
  START.lastIndex = from;
  for (let found = START.exec(text); found && found.index < until; found = START.exec(text)) {
    const start = found.index;
    const end = endOf(text, start);
    const whole = end > start && fits(start, end);
    if (whole) yield { start, end };
    // Set last, for the expression is shared. An address holds nothing else that would have to stay whole.
    START.lastIndex = whole || (end > start && /\w/.test(found[0])) ? end : start + 1;
  }
}

function endOf(text: string, start: number): number {
  switch (text[start]) {
    case '&':
      return match(ENTITY, text, start);
    case '<':
      return tagEnd(text, start);
    case '[':
      return linkEnd(text, start);
    case '`':
      return pairEnd(text, start, '`');
    case '*':
      return text[start + 1] === '*' ? pairEnd(text, start, '**') : -1;
    default:
      return match(ADDRESS, text, start);
  }
}

function match(expression: RegExp, text: string, start: number): number {
  expression.lastIndex = start;
  return expression.test(text) ? expression.lastIndex : -1;
}

function tagEnd(text: string, start: number): number {
  const close = find(text, '>', start + 1, LONGEST, '<\n');
  if (close < 0) return -1;
  if (!/^<a[ >]/i.test(text.slice(start, start + 3))) return close + 1;
  const slice = text.slice(close + 1, close + 1 + LONGEST_LABEL);
  const end = slice.indexOf('</a>');
  return end < 0 ? close + 1 : close + 1 + end + 4;
}

function linkEnd(text: string, start: number): number {
  const middle = find(text, ']', start + 1, LONGEST_LABEL, '[\n');
  if (middle < 0 || text[middle + 1] !== '(') return -1;
  const close = closingParenthesis(text, middle + 2);
  return close < 0 ? -1 : close + 1;
}

function pairEnd(text: string, start: number, mark: string): number {
  const close = find(text, mark, start + mark.length, LONGEST_LABEL, '\n');
  return close <= start + mark.length ? -1 : close + mark.length;
}

function closingParenthesis(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + LONGEST); at++) {
    const sign = text.charAt(at);
    if (' \n['.includes(sign)) return -1;
    if (sign === '(') depth++;
    else if (sign === ')' && depth-- === 0) return at;
  }
  return -1;
}

// Looks only so far and stops at any of `stops`: a text full of opening signs must not cost its length squared.
function find(text: string, sign: string, from: number, reach: number, stops: string): number {
  const end = Math.min(text.length, from + reach);
  for (let at = from; at < end; at++) {
    if (text.startsWith(sign, at)) return at;
    if (stops.includes(text.charAt(at))) return -1;
  }
  return -1;
}
