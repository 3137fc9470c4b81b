// A keyword without marks around it: both sides of the sentence must speak for it.
import type { Asked } from './code-phrases.js';
import { isCode, LONGEST_CODE } from './code-shape.js';
import { followsClearly, GETS, isBenefit, NAMES_KEYWORD } from './code-words.js';

const REST_READ = LONGEST_CODE + 60;
const FILLER = /^[ \t\u3000:：]{0,4}/;
/** A line that was broken on purpose goes on in the next one. */
const HARD_BREAK = /^[:：]?(?: {2,8}|\\)\n[ \t\u3000]{0,4}/;
/** Where it ends. */
const BARE =
  /^([\p{L}\p{N}][\p{L}\p{N}_+#.-]{0,23}?)(?=$|[\s，。,；;！!、）)/]|或|即可|获取|獲取|领取|下载|可以|可获|可得|进群|入群|就能|就可|就有|便可|得到|查看|阅读|申请|加入|参与|来|到)/u;
const BARE_LATIN = /^([A-Za-z0-9][A-Za-z0-9_-]{1,23})(?![A-Za-z0-9_-])/;
const AFTER_LATIN = /^[\s，。,]|^即|^获|^领|^下载|^可|^进|^入|^或|^就?有|^$/;
const NO_BARE_START =
  /^(?:我|你|您|他|她|它|本|该|这|那|的|了|后|时|将|请|至|给|在|并|和|与|或|邮|评|问|此|以|任|相|对|如|即|可|获|領|领|下|到|为|是|会|有|上|里|中|内|消息|通知|用户|大家|速度|率|检查|确认|及时|一个|信息|状态|内容|操作|正常|到公众|公众|关键|之后|让|就|能|来|都)/;
/** `公众号回复 ebook` needs no further word when the clause ends with it. */
const IN_ACCOUNT = /(?:公众号|公眾號|订阅号|服务号|号)\s{0,2}[内里中]?\s{0,2}(?:[后後]台)?\s{0,2}$/;
const LATIN = /^[A-Za-z0-9_-]+$/;
const CLAUSE_END = /^\s{0,2}(?:$|[，。,；;！!）)`~～\n])/;
const MORE = /^\s{0,2}(?:或者?|、|\/|\bor\b)\s{0,2}(?:回复)?\s{0,2}/;
const MOST = 5;

/** The keywords from `from` on: one, and what is named beside it with 或 or 、. */
export function readBare(text: string, from: number, verb: string, before: string): Asked[] {
  if (!/回/.test(verb)) return [];
  const isOffered = isBenefit(before);
  if (!isOffered && !followsClearly(before)) return [];
  const broken = NAMES_KEYWORD.test(verb) ? HARD_BREAK.exec(text.slice(from, from + 16))?.[0] : undefined;
  const filler = broken ?? FILLER.exec(text.slice(from, from + 6))?.[0] ?? '';
  const at = from + filler.length;
  const rest = text.slice(at, at + REST_READ);
  const isNamed = NAMES_KEYWORD.test(verb) && /[:：]/.test(filler);
  const code = wordOf(rest);
  if (!code || !isKeyword(code, isNamed)) return [];
  const after = rest.slice(code.length);
  const isAlone = filler !== '' && LATIN.test(code) && CLAUSE_END.test(after) && (isOffered || IN_ACCOUNT.test(before));
  if (!isNamed && !isAlone && !GETS.test(after.slice(0, 24))) return [];
  return [{ code, before, after, isSure: true }, ...others(after, before)];
}

/** `插件 或 ebook，` names another one; a list ends with the clause. */
function others(after: string, before: string): Asked[] {
  const found: Asked[] = [];
  let rest = after;
  for (let more = MORE.exec(rest); more && found.length < MOST; more = MORE.exec(rest)) {
    rest = rest.slice(more[0].length);
    const code = wordOf(rest);
    if (!code || !isKeyword(code, false)) break;
    rest = rest.slice(code.length);
    found.push({ code, before, after: rest, isSure: true });
  }
  return found;
}

function wordOf(rest: string): string | undefined {
  const latin = BARE_LATIN.exec(rest);
  return latin?.[1] && AFTER_LATIN.test(rest.slice(latin[0].length)) ? latin[1] : BARE.exec(rest)?.[1];
}

const isKeyword = (code: string, isNamed: boolean) =>
  (isNamed || !NO_BARE_START.test(code)) && isCode(code) && (code.length > 1 || /\d/.test(code));
