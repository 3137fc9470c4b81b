// Sentences that ask for a keyword: `关注「…」公众号，后台回复 `KW` 即可获取`, `回复关键词“KW”`, `reply "KW" to our account`.

import { readBare } from './code-bare.js';
import { type Marked, readMarked } from './code-marks.js';
import { isCode } from './code-shape.js';
import { ELSEWHERE, follows, GETS, isBenefit, NAMES_KEYWORD, NOT_ASKED, namesAccount, THINGS, TO_A_PERSON } from './code-words.js';
import { matchesOf } from './matches.js';

export interface Asked {
  code: string;
  /** The sentence up to the verb, and from the code on. */
  before: string;
  after: string;
  /** The sentence itself says that something is followed, or calls it a keyword. */
  isSure: boolean;
}

const BEFORE_READ = 120;
const AFTER_READ = 60;

const VERB =
  /(?:后台|後台|评论区)?(?:回[复覆複]|发送|發送|输入|留言|私信)(?:一下|数字|字母|文字|消息|口令|暗号|以下|下方|如下|对应)?(?:的)?(?:关键[词字]|關鍵[詞字]|口令|暗号|代码|数字|字样|消息|信息|内容)?(?:是|为)?(?:到?(?:我们的?)?公众号[:：])?/g;
const ENGLISH_VERB =
  /\b(?:reply(?:ing)?|send(?:ing)?|text(?:ing)?|message|dm)\b(?: us)?(?: with)?(?: the)?(?: (?:keyword|code|word|text|message))?/gi;
/** The mark held the account's name, or the text of a link. */
const NO_CODE_AFTER = /^\s{0,2}(?:本|官方|微信)?(?:公众号|公眾號|订阅号|服务号)|^\(|^\]\(/;
const MORE = /^\s{0,2}(?:或者?|\/|、|和|与|及|\bor\b)\s{0,2}(?:回复|发送)?\s{0,2}/;
const BEHIND = /^[后後]台/;

/** The keywords that a line asks for; `next` is the line below, for a sentence that goes on there. */
export function asked(line: string, next: string): Asked[] {
  const text = clean(next ? `${line}\n${next}` : line);
  const end = next ? text.lastIndexOf('\n') : text.length;
  const found: Asked[] = [];
  for (const verb of [VERB, ENGLISH_VERB]) {
    for (const match of matchesOf(verb, text)) {
      const at = match.index;
      if (at >= end) break;
      const isEnglish = verb === ENGLISH_VERB;
      found.push(...readAfter(text, at, at + match[0].length, match[0], isEnglish));
    }
  }
  return found;
}

const TAG = /<\/?(?:b|strong|em|i|u|span|font|mark|p|big|sub|sup)\b[^<>]{0,120}>/gi;
const CODE_TAG = /<\/?(?:code|kbd)>/gi;

function clean(text: string): string {
  let shown = text;
  if (shown.includes('<'))
    shown = shown
      .replace(CODE_TAG, '`')
      .replace(TAG, '')
      .replace(/<br\s?\/?>/gi, ' ');
  if (shown.includes('&')) shown = shown.replace(/&ldquo;|&rdquo;|&quot;/g, '"').replace(/&nbsp;/g, ' ');
  return shown;
}

function readAfter(text: string, verbAt: number, from: number, verb: string, isEnglish: boolean): Asked[] {
  const before = lastSentences(text.slice(Math.max(0, verbAt - BEFORE_READ), verbAt + (BEHIND.exec(verb)?.[0].length ?? 0)));
  if (ELSEWHERE.test(before.slice(-40)) || ELSEWHERE.test(verb) || NOT_ASKED.test(before)) return [];
  const found: Asked[] = [];
  let at = from;
  for (let more = 0; more < 4; more++) {
    const marked = readMarked(text, at);
    if (!marked) break;
    const after = text.slice(marked.to, marked.to + AFTER_READ);
    const gets = GETS.test(after) && (NAMES_KEYWORD.test(verb) || THINGS.test(after));
    const isSure = follows(before) || isEnglish || gets || isBenefit(before) || /公众号/.test(verb + after.slice(0, 40));
    const isOther = NO_CODE_AFTER.test(after) || ELSEWHERE.test(after.slice(0, 16)) || !crosses(text, from, marked, verb, before);
    if (!isOther && isCode(marked.code) && isAsked(verb, before, after, isEnglish))
      found.push({ code: marked.code, before, after, isSure: isSure && !TO_A_PERSON.test(before) });
    const again = MORE.exec(after);
    if (!again) break;
    at = marked.to + again[0].length;
  }
  if (found.length || isEnglish || readMarked(text, from)) return found;
  return TO_A_PERSON.test(before) ? [] : readBare(text, from, verb, before);
}

/** Over a line's end only where the line above was clearly not finished: `… 后台回复关键词` or `… 回复：`. */
function crosses(text: string, from: number, marked: Marked, verb: string, before: string): boolean {
  const end = text.indexOf('\n', from);
  if (end < 0 || marked.from < end) return true;
  const isOpen =
    NAMES_KEYWORD.test(verb) || /[后後]台|私信/.test(verb) || /[后後]台$/.test(before) || /[：:]\s{0,3}$/.test(text.slice(from, end));
  return isOpen && text.slice(end + 1, marked.from).trim() === '';
}

/** `发送` and `输入` are said of much else: they need the account named in their own sentence. */
function isAsked(verb: string, before: string, after: string, isEnglish: boolean): boolean {
  if (isEnglish) return follows(before) || (follows(after) && GETS.test(after)) || (/keyword/i.test(verb) && GETS.test(after));
  if (/回/.test(verb)) return true;
  return namesAccount(before) || /^.{0,12}(?:到|至|给).{0,20}(?:公众号|公眾號|订阅号|服务号)/.test(after);
}

const STOP = /[。！!？?\n]/g;

/** Two sentences back at most: the account often stands in the one before. */
function lastSentences(text: string): string {
  const stops = matchesOf(STOP, text).map(({ index }) => index);
  const cut = stops.length > 1 ? (stops[stops.length - 2] ?? -1) : -1;
  return text.slice(cut + 1);
}
