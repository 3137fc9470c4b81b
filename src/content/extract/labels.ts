// Lines that name what they say: `时间：…`, `- **地点**：…`, `| 日期 | … |`, a heading `## 直播时间` with its line below.
import type { Line } from '../types.js';
import { plain, withoutMarker } from './talk-text.js';

/** when: day and hour; where: a place; form: on site or online; live: how to take part from afar. */
export type Subject = 'when' | 'where' | 'form' | 'live';

export interface Labelled {
  subject: Subject;
  value: string;
  /** The name itself speaks of an occasion: `活动时间`, `Meeting time`; a bare `日期` also stands on articles. */
  isOccasion: boolean;
  /** Index into the lines. */
  at: number;
  line: number;
  /** Index of the heading above, -1 before the first. */
  section: number;
}

const LONGEST_NAME = 24;
const LONGEST_VALUE = 400;
const OCCASION =
  '(?:本次|本期|本场|正式|大会|会议|活动|直播|直播间|举办|举行|召开|开始|分享|峰会|论坛|沙龙|讲座|公开课|线上|线下|首播|开播|研讨会|研讨|工作坊|课程|培训|比赛|演讲|聚会|例会|训练营|见面会|分享会|交流会|meetup|meeting|live|event|workshop|webinar|会场|场地|集合|详细|具体|現場|活動|會議|舉辦){0,3}';
const WHEN_ZH = new RegExp(`^${OCCASION}(?:时间|日期|時間|日期时间|时段|开始)(?:(?:和|与|及|、|/|&)?(?:地点|地址|地點))?$`, 'i');
const WHERE_ZH = new RegExp(`^${OCCASION}(?:时间(?:和|与|及|、|/|&)?)?(?:地点|地址|地點|场地|会场|位置|举办地|所在地|城市)$`, 'i');
const FORM_ZH = new RegExp(`^${OCCASION}(?:形式|方式|类型|平台)$`, 'i');
const LIVE_ZH =
  /^(?:b\s?站)?(?:线上|在线|观看)?(?:直播|会议|接入|观看|参会|入会|参与|腾讯会议|zoom)(?:间|会议)?(?:号|号码|地址|链接|id|密码|方式|平台|入口|间地址|间链接|间)$|^(?:腾讯会议|zoom|会议室|会议号|会议密码|飞书会议|钉钉会议|b\s?站直播|视频号直播|直播|线上)$/i;
const WHEN_EN =
  /^(?:(?:event|meeting|meetup|workshop|webinar|session|call|talk|class|start|starting|live|conference|next meeting) )?(?:dates?|time|times|day|when|starts?|starts at|starting|schedule)(?:(?: ?(?:and|&|\/|\+|,) ?| )(?:dates?|time|place|location|where|venue))?$/i;
const WHERE_EN =
  /^(?:(?:event|meeting|meetup|workshop|conference) )?(?:locations?|where|venue|place|address|city|room)(?: ?(?:and|&|\/) ?(?:address|directions|room|time|date))?$/i;
const FORM_EN = /^(?:format|type|mode|event type)$/i;
const LIVE_EN =
  /^(?:(?:zoom|meeting|join|webinar|livestream|live stream|stream|google meet|teams|online|video call)(?: (?:link|url|id|room|meeting|stream|info))?|how to join|dial-?in)$/i;
const DECORATION = /[\s*_`~>[\]【】「」（）()#|·•\-—、.\p{Extended_Pictographic}\ufe0f\u200b]{1,40}/gu;
const OTHER_OCCASION =
  /往期|上一?期|上一?届|下一?期|下一?届|下期|历史|历届|相关活动|其他活动|预告片|previous|past (?:events?|meetings?|meetups?)|upcoming|next (?:event|meeting|meetup|session)|archive/i;
const INLINE =
  /(?:^|[\s,，;；|｜。])(?:[*_]{0,3})((?:活动|会议|直播|举办)?(?:时间|日期|地点|地址|形式)|Date|Time|Location|Venue|Where|When)(?:[*_]{0,3})\s?[：:]/gi;
const ENDINGS = /[间間期段始点點址地置市场場式型台号码接链d密间入口播]$|[a-z]$/i;
const DAY = /(?<!\d)20\d\d\s{0,2}[-./年]\s{0,2}\d{1,2}\s{0,2}[-./月]\s{0,2}\d{1,2}/;
const BREAK = /<br\s?\/?>|<\/?(?:p|td|th|tr|li|div)\b[^<>]{0,200}>/gi;

const known = new Map<string, Name | null>();
const MOST_KNOWN = 4000;

function classify(name: string): Subject | null {
  if (WHEN_ZH.test(name) || WHEN_EN.test(name)) return 'when';
  if (WHERE_ZH.test(name) || WHERE_EN.test(name)) return 'where';
  if (FORM_ZH.test(name) || FORM_EN.test(name)) return 'form';
  return LIVE_ZH.test(name) || LIVE_EN.test(name) ? 'live' : null;
}

/** What a label is about; null when it says something else. */
export function subjectOf(label: string): Subject | null {
  return read(label)?.subject ?? null;
}

interface Name {
  subject: Subject;
  isOccasion: boolean;
}

const NO_OCCASION = /^(?:日期|时间|時間|日期时间|dates?|times?|day|when|schedule)$/i;

function read(label: string): Name | null {
  if (label.length > LONGEST_NAME || label.length < 2) return null;
  const cached = known.get(label);
  if (cached !== undefined) return cached;
  const cleaned = label.replace(DECORATION, ' ').trim();
  const name = /[\u4e00-\u9fff]/.test(cleaned) ? cleaned.replaceAll(' ', '') : cleaned;
  const subject = name.length > 1 && ENDINGS.test(name) ? classify(name) : null;
  const meaning = subject && { subject, isOccasion: !NO_OCCASION.test(name) };
  if (known.size < MOST_KNOWN) known.set(label, meaning);
  return meaning;
}

/** Reads every labelled line of a page; sections about other occasions are left out. */
export function readLabels(lines: readonly Line[]): Labelled[] {
  const found: Labelled[] = [];
  let section = -1;
  let isOther = false;
  let otherLevel = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'blank' || line.kind === 'code' || line.kind === 'rule') continue;
    if (line.kind === 'heading') {
      section = at;
      if (isOther && line.level <= otherLevel) isOther = false;
      if (!isOther && OTHER_OCCASION.test(line.text)) {
        isOther = true;
        otherLevel = line.level;
      }
    }
    if (isOther) continue;
    const add: Add = ({ subject, isOccasion }, value) => {
      // `分享地址` with a day below it says when.
      const says = subject === 'where' && DAY.test(value) ? 'when' : subject;
      found.push({ subject: says, value, isOccasion, at, line: line.number, section });
    };
    if (line.kind === 'table') readRow(line.text, add);
    else if (line.text.includes('<') && /<(?:br|td|th|p|li|div)\b/i.test(line.text)) {
      for (const part of line.text.split(BREAK)) readPart(part, add, lines, at);
    } else readPart(line.text, add, lines, at);
  }
  return found;
}

type Add = (name: Name, value: string) => void;

function readRow(text: string, add: Add): void {
  if (text.length > 600) return;
  const cells = text.split('|').map((cell) => cell.trim());
  const [name, value] = cells.filter((cell, index) => cell !== '' || (index > 0 && index < cells.length - 1));
  if (!name || !value || cells.length > 4 || subjectOf(value)) return;
  const meaning = read(name.replace(/[：:]$/, ''));
  if (meaning) add(meaning, plain(value));
}

function readPart(raw: string, add: Add, lines: readonly Line[], at: number): void {
  const text = raw.length > LONGEST_VALUE ? raw.slice(0, LONGEST_VALUE) : raw;
  const colon = firstColon(text);
  if (colon > 0) {
    const meaning = read(withoutMarker(text.slice(0, colon)));
    if (meaning) readValue(meaning, text.slice(colon + 1), add, lines, at);
    else if (text.length < 200) readInline(text, add);
    return;
  }
  if (text.length > LONGEST_NAME + 8) return;
  const isHeading = lines[at]?.kind === 'heading';
  if (!isHeading && !text.includes('**') && !text.includes('【')) return;
  const meaning = read(withoutMarker(text));
  if (meaning) addBelow(meaning, add, lines, at);
}

function firstColon(text: string): number {
  const head = text.length > LONGEST_NAME + 10 ? text.slice(0, LONGEST_NAME + 10) : text;
  const wide = head.indexOf('：');
  const narrow = head.indexOf(':');
  if (wide < 0 || (narrow >= 0 && narrow < wide)) return narrow;
  return wide;
}

/** `活动时间：时间：…` says its name twice; `时间：… 地点：…` holds two values. */
function readValue(name: Name, raw: string, add: Add, lines: readonly Line[], at: number): void {
  const again = /^[\s*_]{0,6}([^\s:：]{2,10})[：:]/.exec(raw);
  const value = again && subjectOf(again[1] ?? '') === name.subject ? raw.slice(again[0].length) : raw;
  if (plain(value).replace(/[*_\s]/g, '') === '') return addBelow(name, add, lines, at);
  const cut = nextLabel(value, 1);
  add(name, plain(cut < 0 ? value : value.slice(0, cut)));
  if (cut >= 0) readInline(value.slice(cut), add);
}

function nextLabel(text: string, from: number): number {
  if (!text.includes('：', from) && !text.includes(':', from)) return -1;
  for (const match of text.matchAll(INLINE)) if ((match.index ?? 0) >= from) return match.index ?? 0;
  return -1;
}

function readInline(text: string, add: Add): void {
  const matches = [...text.matchAll(INLINE)];
  matches.forEach((match, index) => {
    const meaning = read(match[1] ?? '');
    const from = (match.index ?? 0) + match[0].length;
    const value = plain(text.slice(from, matches[index + 1]?.index ?? text.length));
    if (meaning && value) add(meaning, value);
  });
}

/** The value in the line below a heading, a bold line, or an empty label; not when that line has a label of its own. */
function addBelow(name: Name, add: Add, lines: readonly Line[], at: number): void {
  for (let next = at + 1; next < lines.length && next < at + 4; next++) {
    const line = lines[next] as Line;
    if (line.kind === 'blank') continue;
    if (line.kind !== 'text' && line.kind !== 'item' && line.kind !== 'quote') return;
    const text = withoutMarker(line.text);
    const colon = firstColon(text);
    if (colon > 0 && subjectOf(text.slice(0, colon))) return;
    add(name, plain(text));
    return;
  }
}
