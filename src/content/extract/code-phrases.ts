// Sentences that ask for a keyword: `关注「…」公众号，后台回复 `KW` 即可获取`, `回复关键词“KW”`, `reply "KW" to our account`.

import { type Marked, readMarked } from './code-marks.js';
import { isCode, LONGEST_CODE } from './code-shape.js';
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
const GETS =
  /获取|獲取|领取|領取|获得|獲得|下载|下載|即可|可得|得到|索取|查看|申请|入群|进群|加群|拉群|报名|参与|参加|阅读|有资源|收到|拿到|拿走|有惊喜|观看|抽奖|打包|免费|\bto (?:get|receive|download|join|claim)\b|\bfor the\b|\band (?:get|receive|download)\b|\bto our\b/i;
/** What is handed out for a keyword. */
const THINGS = /ppt|pdf|课件|讲义|幻灯|资料|源码|代码|链接|电子书|视频|回放|照片|图片|群|slides?|deck|recording/i;
const FOLLOWS = /关注|關注|公众号|公眾號|订阅号|服务号|后台|後台|小助手|扫码|扫描|微信|wechat|weixin|official account|\bfollow\b|\bbot\b/i;
/** For a keyword without marks: `系统后台` is somebody's console. */
const FOLLOWS_CLEARLY = /关注|關注|公众号|公眾號|订阅号|服务号|小助手|扫码|扫描|微信|(?<![\u4e00-\u9fff])[后後]台/;
/** Other places where people are asked to reply. */
const ELSEWHERE = /邮件|邮箱|e-?mail|\bissue|评论|留言板|帖子|楼层|工单|\bpr\b|pull request|thread|弹幕|聊天区|\bcomment|slack/i;
/** Somebody else replies, or has replied. */
const NOT_ASKED = /(?:自动|收到|及时|尽快|已经?|未|没有?|快速|统一)$/;
const NAMES_KEYWORD = /[键鍵]|口令|暗号/;
/** The mark held the account's name, or the text of a link. */
const NO_CODE_AFTER = /^\s{0,2}(?:本|官方|微信)?(?:公众号|公眾號|订阅号|服务号)|^\(|^\]\(/;
/** Sent to a person, who is not this bot. */
const TO_A_PERSON = /加.{0,16}(?:好友|微信)|微信号|个人微信|as (?:your |a )?friend/i;

/** Where a keyword without marks ends. */
const BARE =
  /^([\p{L}\p{N}][\p{L}\p{N}_+#.-]{0,23}?)(?=$|[\s，。,；;！!、）)]|即可|获取|獲取|领取|下载|可以|可获|可得|进群|入群|就能|就可|便可|得到|查看|申请|加入|参与|来|到)/u;
const BARE_LATIN = /^([A-Za-z0-9][A-Za-z0-9_-]{1,23})(?![A-Za-z0-9_-])/;
const NO_BARE_START =
  /^(?:我|你|您|他|她|它|本|该|这|那|的|了|后|时|将|请|至|给|在|并|和|与|或|邮|评|问|此|以|任|相|对|如|即|可|获|領|领|下|到|为|是|会|有|上|里|中|内|消息|通知|用户|大家|速度|率|检查|确认|及时|一个|信息|状态|内容|操作|正常|到公众|公众|关键|之后|让|就|能|来|都)/;
const MORE = /^\s{0,2}(?:或者?|\/|、|和|与|及|\bor\b)\s{0,2}(?:回复|发送)?\s{0,2}/;

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
  const before = lastSentences(text.slice(Math.max(0, verbAt - BEFORE_READ), verbAt + (verb.match(/^[后後]台/)?.[0].length ?? 0)));
  if (ELSEWHERE.test(before.slice(-40)) || ELSEWHERE.test(verb) || NOT_ASKED.test(before)) return [];
  const found: Asked[] = [];
  let at = from;
  for (let more = 0; more < 4; more++) {
    const marked = readMarked(text, at);
    if (!marked) break;
    const after = text.slice(marked.to, marked.to + AFTER_READ);
    const gets = GETS.test(after) && (NAMES_KEYWORD.test(verb) || THINGS.test(after));
    const isSure = FOLLOWS.test(before) || isEnglish || gets || /公众号/.test(verb + after.slice(0, 40));
    const isOther = NO_CODE_AFTER.test(after) || ELSEWHERE.test(after.slice(0, 16)) || !crosses(text, from, marked, verb, before);
    if (!isOther && isCode(marked.code) && isAsked(verb, before, after, isEnglish))
      found.push({ code: marked.code, before, after, isSure: isSure && !TO_A_PERSON.test(before) });
    const again = MORE.exec(after);
    if (!again) break;
    at = marked.to + again[0].length;
  }
  if (found.length || isEnglish || readMarked(text, from)) return found;
  const bare = TO_A_PERSON.test(before) ? null : readBare(text, from, verb, before);
  return bare ? [bare] : [];
}

/** Over a line's end only where the line above was clearly not finished: `… 后台回复关键词` or `… 回复：`. */
function crosses(text: string, from: number, marked: Marked, verb: string, before: string): boolean {
  const end = text.indexOf('\n', from);
  if (end < 0 || marked.from < end) return true;
  const isOpen =
    NAMES_KEYWORD.test(verb) || /[后後]台|私信/.test(verb) || /[后後]台$/.test(before) || /[：:]\s{0,3}$/.test(text.slice(from, end));
  return isOpen && text.slice(end + 1, marked.from).trim() === '';
}

/** `发送` and `输入` are said of much else: they need the account named before them. */
function isAsked(verb: string, before: string, after: string, isEnglish: boolean): boolean {
  if (isEnglish) return FOLLOWS.test(before) || (FOLLOWS.test(after) && GETS.test(after)) || (/keyword/i.test(verb) && GETS.test(after));
  if (/回/.test(verb)) return true;
  return /公众号|公眾號|订阅号|服务号|后台|後台|关注|關注/.test(before) || /^.{0,12}(?:到|至|给).{0,20}(?:公众号|公眾號|后台)/.test(after);
}

const STOP = /[。！!？?\n]/g;

/** Two sentences back at most: the account often stands in the one before. */
function lastSentences(text: string): string {
  const stops = matchesOf(STOP, text).map(({ index }) => index);
  const cut = stops.length > 1 ? (stops[stops.length - 2] ?? -1) : -1;
  return text.slice(cut + 1);
}

/** Without marks around it both sides of the sentence must speak for a keyword. */
function readBare(text: string, from: number, verb: string, before: string): Asked | null {
  const filler = /^[ \t\u3000:：]{0,4}/.exec(text.slice(from, from + 6))?.[0] ?? '';
  const rest = text.slice(from + filler.length, from + filler.length + LONGEST_CODE + AFTER_READ);
  if (!/回/.test(verb)) return null;
  if (!FOLLOWS_CLEARLY.test(before)) return null;
  const latin = BARE_LATIN.exec(rest);
  const match = BARE.exec(rest);
  const code = latin?.[1] && /^[\s，。,]|^即|^获|^领|^下载|^可|^进|^入|^$/.test(rest.slice(latin[0].length)) ? latin[1] : match?.[1];
  const isNamed = NAMES_KEYWORD.test(verb) && /[:：]/.test(filler);
  if (!code || (!isNamed && NO_BARE_START.test(code)) || !isCode(code) || (code.length < 2 && !/\d/.test(code))) return null;
  const after = rest.slice(code.length);
  if (!isNamed && !GETS.test(after.slice(0, 24))) return null;
  return { code, before, after, isSure: true };
}
