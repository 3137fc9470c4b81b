// Markdown and HTML taken off the short texts that titles and speakers are made of.

/** Longer lines are prose: no title and no speaker line is read from beyond this. */
const LONGEST = 400;

const IMAGE = /!\[[^[\]]{0,300}\]\([^()\s]{0,500}[^()]{0,100}\)/g;
const LINK = /\[([^[\]]{0,300})\](?:\([^()]{0,500}\)|\[[^[\]]{0,80}\])/g;
const TAG = /<\/?[a-zA-Z][^<>]{0,300}>/g;
const ANCHOR = /\s?\{[#:][^{}]{0,80}\}$/;
const EMPHASISED = /[*_~`]/;
const EMPHASIS = /\*{1,3}|__|~~|`/g;
const UNDERSCORE = /(^|[\s(（])_([^_\s][^_]{0,300})_(?=$|[\s.,;:!?)）])/g;
const SPACES = /[\s\u200b\ufeff]{1,200}/g;
const ODD_SPACE = / {2}|[\t\n\r\u00a0\u3000\u200b\ufeff]/;
const MARKUP = /[[\]*_`<>&{~!\\]/;

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['rsquo', '’'],
  ['lsquo', '‘'],
  ['ldquo', '“'],
  ['rdquo', '”'],
]);
const ACCENTS = new Map([
  ['grave', '\u0300'],
  ['acute', '\u0301'],
  ['circ', '\u0302'],
  ['tilde', '\u0303'],
  ['uml', '\u0308'],
  ['ring', '\u030a'],
  ['cedil', '\u0327'],
  ['caron', '\u030c'],
]);
const ENTITY = /&(?:#(x?[0-9a-fA-F]{1,6})|([a-zA-Z]{2,10}));/g;
const ACCENTED = /^([a-zA-Z])([a-z]{3,6})$/;

function entity(whole: string, code: string | undefined, name: string | undefined): string {
  if (code) {
    const point = code[0] === 'x' ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 10);
    return point > 31 && point < 0x110000 ? String.fromCodePoint(point) : whole;
  }
  const known = ENTITIES.get(name ?? '');
  if (known) return known;
  const accented = ACCENTED.exec(name ?? '');
  const accent = accented && ACCENTS.get(accented[2] ?? '');
  return accent ? `${accented[1]}${accent}`.normalize('NFC') : whole;
}

/** The text as a reader sees it, on one line, cut to the length of a long title. */
export function plain(raw: string): string {
  let text = raw.length > LONGEST ? raw.slice(0, LONGEST) : raw;
  if (MARKUP.test(text)) {
    if (text.includes('](') || text.includes('][')) text = text.replace(IMAGE, '').replace(LINK, '$1');
    if (text.includes('<')) text = text.replace(TAG, ' ');
    if (text.includes('{')) text = text.trimEnd().replace(ANCHOR, '');
    if (text.includes('&')) text = text.replace(ENTITY, entity);
    if (EMPHASISED.test(text)) text = text.replace(EMPHASIS, '');
    if (text.includes('_')) text = text.replace(UNDERSCORE, '$1$2');
    if (text.includes('\\')) text = text.replace(/\\([\\[\](){}<>*_#!&.+-])/g, '$1');
  }
  return (ODD_SPACE.test(text) ? text.replace(SPACES, ' ') : text).trim();
}

const MEDIA =
  /[\s|｜,，、/]{0,3}[[（(]?\[(?:slides?|ppts?|pdf|decks?|videos?|recording|replay|youtube|bilibili|keynote|b ?站|视频|录像|回放|幻灯片?|课件|资料|下载|演示|演讲稿|代码|code|demo)[^[\]]{0,12}\]\([^()\s]{0,500}[^()]{0,100}\)[\])）]?/gi;

/** Without links to slides, recordings and the like, which follow the words that matter. */
export const withoutMedia = (raw: string) => (raw.length > 4000 ? raw : raw.replace(MEDIA, ''));

/** Without the mark of a list item or a quotation at its start. */
export function withoutMarker(raw: string): string {
  const text = raw.includes('&nbsp;') ? raw.replaceAll('&nbsp;', ' ') : raw;
  let at = 0;
  for (let marks = 0; marks < 4; marks++) {
    while (at < text.length && (text[at] === ' ' || text[at] === '\t' || text[at] === '\u3000')) at++;
    const sign = text[at];
    if (sign === '>') at++;
    else if ((sign === '-' || sign === '*' || sign === '+' || sign === '•') && (text[at + 1] === ' ' || text[at + 1] === '\t')) at += 2;
    else if (sign !== undefined && sign >= '0' && sign <= '9' && (text[at + 1] === '.' || text[at + 1] === ')') && text[at + 2] === ' ')
      at += 3;
    else break;
  }
  return at ? text.slice(at) : text;
}

const isHan = (code: number) => (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);

/** How many Han signs a text starts with; a middle dot inside a transcribed name counts. */
export function hanPrefix(text: string): number {
  let at = 0;
  while (at < text.length && (isHan(text.charCodeAt(at)) || (at > 0 && text[at] === '·' && isHan(text.charCodeAt(at + 1))))) at++;
  return at;
}

/** True when every sign is Han. */
export const allHan = (text: string) => text.length > 0 && hanPrefix(text) === text.length;
