// Every link of a page's body, with what stands around it; found by scanning, so that no long line costs more than its length.
import type { Line } from '../types.js';

export interface Link {
  /** Index of the line. */
  at: number;
  url: string;
  /** The text of a Markdown link, else empty. */
  label: string;
  /** The line in front of the link, at most its last 160 signs. */
  before: string;
  /** Where it stood: an attribute of a tag (a player), or text. */
  embedded: boolean;
}

/** Signs that no bare address holds. */
const STOPS = new Set([...' \t\n\r<>"`|\\^{}（）【】「」『』《》，。；、！？：“”’…'].map((sign) => sign.charCodeAt(0)));
const isPlainSign = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 45 && code <= 57) || code === 37 || (code >= 65 && code <= 90);

function endOfUrl(text: string, from: number, quote: string): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isPlainSign(code)) continue;
    const sign = text[at] as string;
    if (quote === '(') {
      if (sign === '(') depth++;
      else if (sign === ')' && depth-- === 0) break;
      else if (sign === ' ' || sign === '\t' || sign === '<') break;
      continue;
    }
    if (sign === quote || STOPS.has(code)) break;
    if (quote === '' && sign === "'" && at + 1 === text.length) break;
    if (sign === '(') depth++;
    if (sign === ')' && depth-- <= 0) break;
    if (sign === ']' || (sign === '*' && text[at + 1] === '*')) break;
  }
  if (quote === '') while (at > from && ".,;:!?'*_~".includes(text[at - 1] as string)) at--;
  return at;
}

/** A line or page with more is no event page, and a hostile one must not cost more. */
const MOST_IN_LINE = 200;
const MOST_IN_PAGE = 5000;

/** The text between the brackets in front of `](`. */
function labelBefore(text: string, close: number): { label: string; open: number } {
  let depth = 0;
  for (let at = close; at >= 0 && close - at < 300; at--) {
    if (text[at] === ']') depth++;
    else if (text[at] === '[' && --depth === 0) return { label: text.slice(at + 1, close), open: at };
  }
  return { label: '', open: close };
}

function linksOfLine(text: string, at: number, into: Link[]): void {
  let next = text.indexOf('//');
  for (let turn = 0; next >= 0 && turn < MOST_IN_LINE; turn++) {
    let start = next;
    if (text[next - 1] === ':') {
      if (/https?:$/i.test(text.slice(Math.max(0, next - 6), next)))
        start = text[next - 2] === 's' || text[next - 2] === 'S' ? next - 6 : next - 5;
      else {
        next = text.indexOf('//', next + 2);
        continue;
      }
    }
    const front = text[start - 1] ?? '';
    const protocolRelative = start === next;
    const markdown = front === '(' && text[start - 2] === ']';
    const quoted = front === '"' || front === "'";
    if (protocolRelative && !(markdown || quoted) && !(front === '' || front === ' ' || front === '=')) {
      next = text.indexOf('//', next + 2);
      continue;
    }
    const end = endOfUrl(text, start, markdown ? '(' : quoted ? front : '');
    const url = text.slice(start, end);
    const host = /^(?:https?:)?\/\/[\w-]+\.[\w.-]+/i.test(url.slice(0, 120));
    if (host) {
      const { label, open } = markdown ? labelBefore(text, start - 2) : { label: '', open: start };
      const image = markdown && text[open - 1] === '!';
      const nearby = Math.max(0, start - 400);
      const tag = quoted ? nearby + text.slice(nearby, start).lastIndexOf('<') : -1;
      const embedded = quoted && tag >= nearby;
      const anchor = embedded && /^<a\s/i.test(text.slice(tag, tag + 3));
      if (!image && !(embedded && /^<img/i.test(text.slice(tag, tag + 4)))) {
        const inside = anchor ? (text.slice(text.indexOf('>', end) + 1 || end).split('<', 1)[0] ?? '') : label;
        into.push({ at, url: clean(url), label: inside, before: text.slice(Math.max(0, open - 160), open), embedded: embedded && !anchor });
      }
    }
    next = text.indexOf('//', Math.max(end, next + 2));
  }
}

/** One way to write a link: `//` gets https, `&amp;` its sign, and no space at the ends. */
export function clean(raw: string): string {
  const url = raw.trim().replace(/,$/, '');
  const whole = url.startsWith('//') ? `https:${url}` : url;
  return whole.includes('&amp;') ? whole.replaceAll('&amp;', '&') : whole;
}

const PLAYER = /youtube|youku|bilibili|bvid|vimeo/i;
const SHORTCODE = /(?:\{\{[<%]|\{%|<)\s{0,4}(youtube|bilibili|vimeo|youtu)[a-z-]{0,12}\b([^{}<>]{0,200})/gi;
const ID =
  /(?:\b(?:id|bvid|videoid|code|video)\s?=\s?\{?)?["'“]?(?:https?:\/\/[^\s"']{0,60}[/=])?(BV[0-9A-Za-z]{10}|av[0-9]{4,14}|[\w-]{6,12})["'”]?/i;

/** Recordings written as a Hugo or Liquid shortcode, or as a component: `{{< youtube id="…" >}}`, `<Bilibili bvid=… />`. */
function shortcodes(text: string, at: number, into: Link[]): void {
  for (const hit of text.matchAll(SHORTCODE)) {
    const args = (hit[2] ?? '').replace(/\b(?:class|title|autoplay|width|height|start)\s?=\s?"[^"]{0,100}"/gi, '');
    const named = /\b(?:id|bvid|videoid|code|video)\s?=\s?\{?["']?([\w-]{6,14})/i.exec(args)?.[1] ?? ID.exec(args.trim())?.[1];
    if (!named) continue;
    const kind = (hit[1] ?? '').toLowerCase();
    const url =
      kind === 'bilibili'
        ? `https://www.bilibili.com/video/${named}`
        : kind === 'vimeo'
          ? `https://vimeo.com/${named}`
          : `https://www.youtube.com/watch?v=${named}`;
    if (kind === 'vimeo' ? /^\d+$/.test(named) : kind !== 'bilibili' ? named.length === 11 : /^(?:BV|av)/i.test(named))
      into.push({ at, url, label: '', before: '', embedded: true });
  }
}

/** All links of the body but those of images and code. */
export function readLinks(lines: readonly Line[]): Link[] {
  const links: Link[] = [];
  for (let at = 0; at < lines.length && links.length < MOST_IN_PAGE; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'blank' || line.kind === 'code') continue;
    const { text } = line;
    if (text.includes('//')) linksOfLine(text, at, links);
    if ((text.includes('<') || text.includes('{')) && PLAYER.test(text)) shortcodes(text, at, links);
  }
  return links;
}
