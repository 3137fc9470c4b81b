/**
 * Links as people paste them from netdisks and documents: with their password behind them, before them or in the address, with a name,
 * with full-width signs, in brackets, and with the words that the netdisk adds. Pure; no expression here can backtrack far.
 */
import type { Link } from '../adapter.js';
import { isWebLink } from '../content/values.js';
import { cleanText, cutCharacters } from '../render/index.js';

const MOST_LINKS = 20;
const LONGEST_LABEL = 40;

const WORD_FOR_PASSWORD = '(?:提取码|提取密码|访问码|访问密码|分享码|密码|pass ?code|password|extraction code|access code|pwd)';
/** Chinese signs after an address belong to it only where one of these stands before them, and never when they begin such a word. */
const NOT_OF_ADDRESS = /^(?:提取|访问码|分享码|密码|链接|复制|点击|打开|来自)/;
const ADDRESS = /https?:\/\/[!-~]+|(?<![\w@.:/-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,10}\/[!-~]+/giy;
const ADDRESS_START = /https?:\/\/|(?<![\w@.:/-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,10}\/[!-~]/i;
const HAN_RUN = /[\p{Script=Han}]{1,60}/uy;
const ASCII_RUN = /[!-~]*/y;
const STATED = new RegExp(
  `${WORD_FOR_PASSWORD}\\s{0,3}(?:[:：=＝是为【「（(]\\s{0,3}|\\s)([!-'*-+\\--:<-Z^-z|~]{1,32}|[\\p{Script=Han}\\w]{1,20})`,
  'iu',
);
const NO_PASSWORD = /^(?:无|没有|不需要|none|no)$/i;
const IN_ADDRESS = /[?&#](?:pwd|passwd|password|passcode|accesscode)=([\w]{2,12})(?![\w])/i;
const BARE_PASSWORD = /^(?:[a-z0-9]{4}|(?=[a-z0-9]{0,11}\d)[a-z0-9]{3,12})$/i;
const ONLY_WORD = /^[\w!@#$%^&*+=.-]{3,32}$/;

const SHARED_FILE = /(?:分享的?(?:了|文件)|share(?:d)?)[:：]?\s*[「『“"《【]?([^」』”"》】\n，,。；;]{1,80})/i;
const FROM_PRODUCT = /^[【[](?:腾讯文档|腾讯微云|WPS|金山文档|飞书云文档|石墨文档|语雀)[^\]】]{0,20}[】\]]\s*/i;
const BOILERPLATE =
  /复制这段|复制本段|打开.{0,20}app|手机app|点击链接|超级会员|无需下载|操作更方便|查看更方便|来自.{0,12}(?:网盘|云盘)|^下载$/i;
const LINK_WORD = /(?:下载|分享)?(?:链接|网址|地址)\s*(?:如下)?[:：是为]?|\b(?:link|url)\s*[:：]/gi;
const EDGES =
  /^[\s:：,，、。.;；|=>\-–—*•·#([{（「『【《“"'<)\]}）」』】》”!！]+|[\s:：,，、。.;；|=<\-–—*•·([{（「『【《“"')\]}）」』】》”]+$/g;
const NUMBERED = /^\s*\d{1,2}\s?[.、)）]\s*/;

/** The text up to its first address, and from there on. */
export function splitAtLink(text: string): { head: string; tail: string } {
  const usual = unified(text);
  const at = usual.search(ADDRESS_START);
  return at < 0 ? { head: usual, tail: '' } : { head: usual.slice(0, at), tail: usual.slice(at) };
}

/** All links in a text, each once, with what is said of them; the label is empty where there is none. */
export function readLinks(text: string): Link[] {
  const usual = unified(text);
  const found = addressesIn(usual);
  const links: Link[] = [];
  let before = usual.slice(0, found[0]?.from ?? 0);
  let early = takePassword(before, 'before');
  let label = lastLabel(early.rest);
  for (const [at, { url, to }] of found.entries()) {
    const isLast = at === found.length - 1;
    before = usual.slice(to, found[at + 1]?.from);
    const stated = takePassword(before, isLast ? 'last' : 'between');
    const [line = '', ...further] = stated.rest.split('\n');
    // A name behind the address is its own, unless another address follows on the same line.
    const isOwn = isLast || further.length > 0;
    const name = label || (isOwn ? labelOf(line) : '');
    const password = stated.password ?? early.password ?? IN_ADDRESS.exec(url)?.[1];
    if (isWebLink(url) && !links.some((link) => link.url === url)) links.push({ label: name, url, ...(password && { password }) });
    label = lastLabel(isOwn ? further.join('\n') : line);
    early = { rest: '', password: undefined };
  }
  return links.slice(0, MOST_LINKS);
}

function unified(text: string): string {
  return cleanText(text)
    .replace(/(https?)\s?[:：]\s?[/／]{2}/gi, '$1://')
    .replace(/？(?=[\w-]{1,20}[=＝])/g, '?')
    .replace(/＆(?=[\w-]{1,20}[=＝])/g, '&')
    .replace(/(?<=[?&][\w-]{1,20})＝/g, '=')
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .replace(/[\u00A0\u3000]/g, ' ');
}

function addressesIn(text: string): { url: string; from: number; to: number }[] {
  const found: { url: string; from: number; to: number }[] = [];
  for (let from = 0; from < text.length; ) {
    const next = text.slice(from).search(ADDRESS_START);
    if (next < 0) break;
    from += next;
    ADDRESS.lastIndex = from;
    const first = ADDRESS.exec(text)?.[0];
    if (first === undefined) break;
    const written = withoutEnd(first.length + from === text.length ? first : first + furtherSigns(text, from + first.length, first));
    const to = from + Math.max(written.length, 1);
    found.push({ url: /^https?:/i.test(written) ? written : `https://${written}`, from, to });
    from = to;
  }
  return found;
}

/** Chinese file names stand in addresses that were copied from a page. */
function furtherSigns(text: string, from: number, before: string): string {
  let at = from;
  for (let last = before.at(-1) ?? ''; '/=_-#&?.'.includes(last) || at > from; last = text[at - 1] ?? '') {
    HAN_RUN.lastIndex = at;
    const run = HAN_RUN.exec(text)?.[0];
    if (run === undefined || NOT_OF_ADDRESS.test(run)) break;
    const known = run.search(/提取码|访问码|密码/);
    at += known < 0 ? run.length : known;
    ASCII_RUN.lastIndex = at;
    const more = known < 0 ? (ASCII_RUN.exec(text)?.[0] ?? '') : '';
    at += more.length;
    if (more === '') break;
  }
  return text.slice(from, at);
}

/** Without the sentence's own signs at the end, and without what an editor has put around the address. */
function withoutEnd(address: string): string {
  const cut = /[<>"`|\\^{}]/.exec(address);
  let end = cut ? cut.index : address.length;
  for (let sign = address[end - 1]; sign !== undefined && end > 0; sign = address[end - 1]) {
    const opening = { ')': '(', ']': '[' }[sign];
    const isOpen = opening !== undefined && address.slice(0, end - 1).split(opening).length > address.slice(0, end - 1).split(sign).length;
    if (isOpen || !".,;:!?'*_)]".includes(sign) || (sign === '_' && address[end - 2] !== '_')) break;
    end--;
  }
  return address.slice(0, end);
}

function takePassword(text: string, place: 'before' | 'between' | 'last'): { password: string | undefined; rest: string } {
  const stated = STATED.exec(text);
  // Before an address the word may be part of a name: "password security".
  if (stated && (place !== 'before' || /[:：=＝是为]/.test(stated[0]))) {
    const said = (stated[1] ?? '').replace(/[.,;:!]+$/, '');
    const rest = text.replace(stated[0], '\u0020');
    return { password: said === '' || NO_PASSWORD.test(said) ? undefined : said, rest };
  }
  if (place === 'before') return { password: undefined, rest: text };
  const [line = '', ...further] = text.split('\n');
  const word = line.replace(EDGES, '');
  const isPassword = BARE_PASSWORD.test(word) || (place === 'last' && ONLY_WORD.test(word) && further.join('').trim() === '');
  return isPassword ? { password: word, rest: ['', ...further].join('\n') } : { password: undefined, rest: text };
}

function lastLabel(text: string): string {
  const lines = text.split('\n').map(labelOf);
  return lines.findLast((line) => line !== '') ?? '';
}

/** What is left of a line when everything that a netdisk adds is taken away. */
function labelOf(line: string): string {
  const plain = line.replace(LINK_WORD, ' ').trim();
  const shared = SHARED_FILE.exec(plain)?.[1];
  const product = plain.replace(FROM_PRODUCT, '');
  const name = shared ?? (BOILERPLATE.test(product) ? '' : product);
  return cutCharacters(name.replace(NUMBERED, '').replace(EDGES, '').replace(EDGES, '').trim(), LONGEST_LABEL);
}
