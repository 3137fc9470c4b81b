// A talk's title without what a page writes around it.
import { endsWithRole } from './affiliation.js';
import { plain } from './talk-text.js';

const NUMBER = '(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})';
const MARKER = new RegExp(
  `^(?:第${NUMBER}个?(?:议题|主题|话题|演讲|分享)\\s?[:：]\\s?|(?:议题|主题|话题|演讲|分享|专题|报告|演讲主题|分享主题|分享议题|主题分享)\\s?${NUMBER}?\\s?(?:[:：、.|｜]|[-–—]{1,2})\\s?|(?:议题|主题|话题|演讲|分享|专题|报告)\\s?${NUMBER}\\s|(?:topic|talk|session|section|speech|presentation|keynote|lightning talk)\\s?[-#]?\\s?[0-9]{1,2}\\s?(?:[:：.|｜)]|[-–—]{1,2})?\\s|(?:topic|talk|keynote|lightning talk|title|feature talk|main talk|workshop|panel)\\s?(?:[:：]|[-–—]{1,2})\\s?|主题演讲\\s?[:：]\\s?|topic\\s?[0-9]{1,2}\\s?[:：]\\s?|section\\s?[0-9]{1,2}\\s?[:：]\\s?)`,
  'i',
);
const NUMBERED_ONLY = new RegExp(`^(?:议题|主题|话题|演讲|分享|专题|报告|topic|talk|session|speech)\\s?[-#]?\\s?${NUMBER}$`, 'i');
const SPEECH = /^(?:开场演讲|主题演讲|主旨演讲|圆桌环节|圆桌论坛|圆桌讨论)(?:\s?[:：|-]\s?|\s)(?=\S)/;
const LIST_NUMBER =
  /^(?:[0-9]{1,2}(?:[.、)）]|[，,](?!\d))|[（(][0-9一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、|[①-⑩])\s?(?=\S)/;
const MAY_MARK = new Set('第议主话演分专报tspklfwTSPKLFW');
const MAY_NUMBER = new Set('0123456789（(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩');
const MAY_SPEAK = new Set('开主圆');
const SYMBOL = /^(?:[|｜#>·•]\s?|\p{Extended_Pictographic}\p{M}?\s?)+/u;
const TIME =
  /^[\s|｜[(（【]{0,3}(?:上午|下午|晚上?|am|pm)?\s?[0-2]?[0-9]\s?[:：.h]\s?[0-5][0-9](?:\s?[ap]\.?m\.?)?(?:\s?(?:[-–—~～至到]|--|——|to|until)\s?(?:[0-2]?[0-9]\s?[:：.h]\s?[0-5][0-9](?:\s?[ap]\.?m\.?)?))?[\s|｜\])）】:：,，–—-]{0,4}/i;

/** Whether the heading says by itself that a talk follows (`议题 3：`, `Talk 2 -`). */
export const hasTalkMarker = (text: string) => MAY_MARK.has(text.charAt(0)) && MARKER.test(text) && text.replace(MARKER, '').length > 1;

/** `议题一` alone: the title stands on a line below. */
export const isBareMarker = (text: string) => text.length < 14 && NUMBERED_ONLY.test(text);

/** `1400~`, `1400-1430`: years are no times. */
const COMPACT =
  /^(?!20(?:0[1-9]|[12])|19\d[^05])(?:[01][0-9]|2[0-3])[0-5][0-9]\s?(?:[~～]|(?:[-–—~～至到]|--)\s?(?:[01][0-9]|2[0-3])[0-5][0-9](?!\d))[\s|｜\])）】:：,，–—-]{0,4}(?!\d)/;
const DOTTED = /^\D{0,3}[0-9]{1,2}\.[0-9]{2}\D{0,6}$/;

const digitAt = (text: string, at: number) => (text.charCodeAt(at) ^ 48) < 10;

/** Takes a time or a span of time off the front; null when there is none. */
export function afterTime(text: string): string | null {
  const head = text.charCodeAt(0);
  if (!(head >= 48 && head <= 57) && !/^[\s|｜[(（【上下晚]/.test(text)) return null;
  const hit = digitAt(text, 1) && digitAt(text, 2) && digitAt(text, 3) ? COMPACT.exec(text) : TIME.exec(text);
  // 2.13 numbers a chapter, unless a span or the half of the day says that it is a time.
  if (hit && DOTTED.test(hit[0])) return null;
  // 00:34:11 is a place in a recording, 3.10.2 a version.
  return hit && hit[0].length > 3 && !/[:.\d]/.test(text[hit[0].trimEnd().length] ?? '') ? text.slice(hit[0].length) : null;
}

/** The text inside 《》 when that is the title, also behind a short heading word (`圆桌环节-《…》`). */
export function bracketed(text: string): { title: string; rest: string } | null {
  const open = text.indexOf('《');
  if (open < 0 || open > 8) return null;
  const before = text.slice(0, open).trim();
  if (before && !/(?:[-–—:：|｜]|环节|演讲|主题|分享|论坛|\d[、.]?)$/.test(before)) return null;
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '《') depth++;
    else if (text[at] === '》' && --depth === 0)
      return { title: text.slice(open + 1, at).trim(), rest: text.slice(at + 1).replace(/^[》\s]+/, '') };
  }
  return null;
}

const GOES_ON = /^(?:[-–—]{1,2}|[:：|｜])\s?(?=\S)([^，,（(@《[]{4,})$/;
const NO_SUBTITLE = /^(?:ppts?|slides?|pdf|videos?|recording|视频|回放|录像|下载|资料|课件|幻灯|演讲|分享|讲师|嘉宾|主讲|speaker|by\b)/i;

/** Whether the title goes on behind 《…》: `《Foo》 - a framework for all`. */
export function goesOn(rest: string): boolean {
  const tail = GOES_ON.exec(rest)?.[1];
  return tail !== undefined && !NO_SUBTITLE.test(tail) && !endsWithRole(tail);
}

const OPENS_QUOTE = new Set('“"「『');
const EDGES = new Set(':：|｜# ');
const QUOTED = /^[“"「『]([^“”"「」『』]{2,120})[”"」』]$/;

/** The title as members know it: no number, no time, no brackets around the whole. */
export function talkTitle(raw: string): string {
  let text = plain(raw);
  const first = text.charCodeAt(0);
  // A title that starts with a letter or a Han sign has no symbol or number to lose, but it may have a marker.
  if (!((first >= 65 && first <= 90) || (first >= 97 && first <= 122) || (first >= 0x4e00 && first <= 0x9fff)))
    text = text.replace(SYMBOL, '');
  if (MAY_NUMBER.has(text.charAt(0))) text = text.replace(LIST_NUMBER, '');
  if (MAY_MARK.has(text.charAt(0))) text = text.replace(MARKER, '');
  if (MAY_SPEAK.has(text.charAt(0))) text = text.replace(SPEECH, '');
  const inner = bracketed(text);
  if (inner && inner.title.length > 1 && !goesOn(inner.rest)) return inner.title;
  if (OPENS_QUOTE.has(text.charAt(0))) text = text.replace(QUOTED, '$1');
  let from = 0;
  let to = text.length;
  while (from < to && EDGES.has(text.charAt(from))) from++;
  while (to > from && EDGES.has(text.charAt(to - 1))) to--;
  return text.slice(from, to).trim();
}

const SERIES =
  /^(.{0,40}?(?:#|第|no\.|vol\.?|episode|bytesize|session|webinar|part|issue|lecture|ep\.?|[a-z]{3,16} )\s?[0-9]{1,4}(?:\s?(?:期|讲|届|场|次|回)|(?=\D)))(?:\s?(?:[:：|｜]|[-–—]{1,3})|\s(?=\S)|(?=《)|(?<=[期讲届场次回])(?=\S))\s?/i;
const SERIES_WORD = /#|第|no\.|vol|episode|session|webinar|issue|lecture|ep\.?\s?\d/i;

/** `第 12 期：title` → `title`; without a word that means a series only when the rest stands alone on the page. */
export function withoutSeries(title: string, standsAlone: (rest: string) => boolean): string {
  const hit = SERIES.exec(title);
  if (!hit) return title;
  const rest = talkTitle(title.slice(hit[0].length));
  if (rest.length < 4) return title;
  return SERIES_WORD.test(hit[1] ?? '') || standsAlone(rest) ? rest : title;
}

const WIDE = /[\u00c0-\u024f\u2150-\u218f\u2460-\u24ff\u3300-\u33ff\uff01-\uff5e\u3000]/;

/** Letters, digits and the signs that tell C++ from C#; everything else differs between two writings of one title. */
const counts = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 48 && code <= 57) ||
  code === 43 ||
  code === 35 ||
  (code >= 0xc0 &&
    !(code >= 0x2000 && code < 0x2070) &&
    !(code >= 0x2500 && code < 0x2580) &&
    !(code >= 0x3000 && code < 0x3030) &&
    code < 0xfe00);

/** One spelling for comparing a title here with a title there. */
export function titleKey(title: string): string {
  const text = (WIDE.test(title) ? title.normalize('NFKC') : title).toLowerCase();
  let key = '';
  for (let at = 0; at < text.length; at++) if (counts(text.charCodeAt(at))) key += text[at];
  return key;
}
