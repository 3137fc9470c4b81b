// Where an event is: the address in the body before the short place in front matter, which is more often left over from another page.
import type { Source } from '../types.js';
import { subjectOf } from './label-names.js';
import type { Labelled } from './labels.js';
import { placedHeadings } from './placed.js';
import { zoneOfPlace } from './places.js';
import { plain } from './talk-text.js';

const LONGEST = 120;
const PLACE_KEYS = [
  'address',
  'location',
  'venue',
  'place',
  'base',
  'where',
  'location_name',
  'locationName',
  'venue_name',
  'city',
  '地点',
  '活动地点',
];
const INNER_KEYS = ['name', 'title', 'address', 'street', 'city'];
/** Taken off at either end: what is said about taking part from afar. */
const REMOTE_PART =
  /\s{0,2}(?:[+＋&和、/|,，;；]|以及|及)\s{0,2}(?:线上|線上|在线|online|virtual|zoom|视频号|b\s?站|腾讯会议|bilibili)[^+＋]{0,24}$|^(?:线上|線上|在线|online|virtual)(?:同步)?(?:直播)?\s{0,2}[+＋&和、/|]\s{0,2}/i;
const NO_PLACE =
  /^(?:线上|線上|在线|线下|線下|云端|网络|网上|直播|远程|online|virtual|remote|internet|webinar|everywhere|your (?:home|computer)|irc|zoom|google meet|microsoft teams|teams|discord|slack|youtube|twitch|jitsi|腾讯会议|飞书会议|钉钉|b\s?站|bilibili|哔哩哔哩|视频号|微信群|registration|register|link|website|here|this link|click here|点击.{0,8}|报名.{0,6}|fixme|todo|tba|tbd|tbc|n\/a|none|null|待定|待通知|待公布|未定|敬请期待|另行通知|见.{0,10}|详见.{0,10}|[-–—.]{1,3})(?=$|[\s(（,，:：;；/+&|直会平群号].{0,60}$)/i;
const NUMBERS_ONLY = /^[\d\s\-#:：]{3,}$/;
const ROUTE = /^(?:地铁|公交|乘|交通)/;
/** What is said about an address that comes later, in brackets or after the district. */
const TOLD_LATER =
  /\s?[（(][^（()）]{0,30}(?:通知|知会|告知|公布|洽谈|更新|说明|确认|请见|详见|暂定)[^（()）]{0,30}[)）]|[（(]\s{0,3}[)）]|[，,。；;]?\s?(?:详细|具体)(?:的|参会|会议)?(?:地址|地点|会议室|位置|教室)?[^，,。]{0,16}(?:通知|知会|告知|公布|说明).{0,12}$/;
const TOLD = /(?:通知|知会|告知|公布|通告|邮件(?:中)?说明)(?:您|大家|你)?[!！。.]?$|^报名后/;
/** An address on the net, or code. */
const NO_WORDS = /^[\s<=:]{0,4}(?:(?:https?:)?\/\/|=|截[止至])|[{}]/;
const LINKED = /^https?:\/\/\S+$/i;
const MAP_LINK =
  /\[([^[\]]{3,100})\]\((?:https?:)?\/\/(?:maps?\.|www\.google\.[a-z.]{2,6}\/maps|google\.[a-z.]{2,6}\/maps|goo\.gl\/maps|maps\.app|www\.openstreetmap|osm\.org|j\.map\.baidu|surl\.amap|uri\.amap|[a-z.]{0,20}google\.[a-z.]{2,6}\/maps)/i;
const MAP_WORDS = /^(?:\w+ ){0,2}maps?\W{0,2}$|^地图|^map link|^directions?$|^view (?:on )?map/i;
const TRAILING_MAP = /\s{0,2}[([]?(?:google )?(?:map|地图)[)\]]?$/i;
const HELD_IN =
  /(?:在|于)\s{0,2}([\u4e00-\u9fffA-Za-z0-9·（）() -]{2,30}?)\s{0,2}(?:如期|圆满|顺利|成功|正式|隆重|盛大)?(?:举办|举行|召开|落幕|收官|开幕|启幕|[和与](?:大家|你|您)见面)/;
/** `Meeting held at …`, `was held July 28-30 at …` */
const HELD_AT =
  /(?:^|\s)(?:meeting|meetup|event|was|is|be|been|were) (?:was |is |will be )?held (?:(?:on |from )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? [\d ,–-]{1,16}(?:st|nd|rd|th)?,? )?at (?:the )?([A-Z][^.;:!?\n]{2,60})(?=[.;:!?]|\s{0,3}$)/i;
const DAY_FIRST = /^20\d\d.{1,30}在/;
const ADDRESS_END = /(?:大厦|中心|大学|学院|酒店|饭店|宾馆|园区?|楼|厅|馆|广场|路|号|空间|会议室|咖啡|市|城|院|港|基地|校区)$/;
const NOT_HELD_IN =
  /[年月日天周期届场]$|^(?:线上|此|全球|各|国内|近日|今天|昨天|同期|上周|周|今年|去年|\d)|社区|直播间|平台|以外|沙龙|形式|第.期|活动|开始|b\s?站|上$|下$|支持|协办|联合/i;
const CITY_AT_END =
  /[，,]\s{0,2}((?:北京|上海|广州|深圳|杭州|成都|南京|武汉|西安|重庆|苏州|天津|厦门|长沙)[\u4e00-\u9fffA-Za-z0-9 ]{2,24})$/;
const HELD_LINES = 14;

const asText = (value: unknown) => (typeof value === 'string' ? value : '');

/** Null when the page names no place, or only says that it is online. */
export function readLocation(source: Source, labels: readonly Labelled[]): string | null {
  const labelled = labels.filter(({ subject }) => subject === 'where').map(({ value }) => placeIn(value));
  const own = labelled.find((place) => place !== null);
  if (own) return own;
  return ofKeys(source.data) ?? mapLink(source) ?? ofHeading(source) ?? heldIn(source);
}

function ofHeading(source: Source): string | null {
  const [only, ...others] = placedHeadings(source);
  return only && !others.length ? only.place : null;
}

/** A value without what is no place; null when nothing is left. */
function placeIn(value: string): string | null {
  if (NO_WORDS.test(value)) return null;
  let place = plain(value)
    .replace(/(?:https?:)?\/\/\S+/gi, '')
    .replace(/^[：:\s]+/, '');
  if (place.length > LONGEST * 2 || ROUTE.test(place)) return null;
  place = place.replace(TOLD_LATER, '');
  if (TOLD.test(place)) return null;
  place = place.replace(TRAILING_MAP, '');
  for (let times = 0; times < 2; times++) place = place.replace(REMOTE_PART, '').trim();
  place = place.replace(/[\s。.;；,，:：]+$/, '');
  if (place.length < 2 || place.length > LONGEST || LINKED.test(place) || NUMBERS_ONLY.test(place)) return null;
  return NO_PLACE.test(place) || subjectOf(place) ? null : place;
}

function ofKeys(data: Record<string, unknown>): string | null {
  for (const key of PLACE_KEYS) {
    const place = ofKey(data[key]);
    if (place) return place;
  }
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (typeof value !== 'object' || value === null || Array.isArray(value) || PLACE_KEYS.includes(key)) continue;
    const map = value as Record<string, unknown>;
    for (const inner of PLACE_KEYS) {
      const place = ofKey(map[inner]);
      if (place) return place;
    }
  }
  return null;
}

function ofKey(value: unknown): string | null {
  if (typeof value === 'string') return placeIn(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const parts = INNER_KEYS.map((key) => placeIn(asText((value as Record<string, unknown>)[key]))).filter((part) => part !== null);
  return parts.length ? [...new Set(parts)].join(', ').slice(0, LONGEST) : null;
}

/** A link to a map is put on the words that name the place. */
function mapLink({ lines }: Source): string | null {
  for (const line of lines) {
    if (line.kind === 'code' || !line.text.includes('map') || !line.text.includes('](')) continue;
    const text = MAP_LINK.exec(line.text.slice(0, 2000))?.[1];
    const place = text && !MAP_WORDS.test(text.trim()) ? placeIn(text) : null;
    if (place) return place;
  }
  return null;
}

/** `…在杭州圆满举办` in the first paragraphs. */
function heldIn({ lines }: Source): string | null {
  let read = 0;
  for (const line of lines) {
    if (line.kind !== 'text' && line.kind !== 'quote') continue;
    if (++read > HELD_LINES) return null;
    const text = line.text.slice(0, 400);
    const sentence = text.split(/[。！!]/)[0] ?? '';
    if (/\d\s{0,2}日/.test(sentence)) {
      const city = CITY_AT_END.exec(plain(sentence))?.[1];
      if (city && !NOT_HELD_IN.test(city)) return city.trim();
    }
    const at = text.includes('held ') || text.includes('Held ') ? HELD_AT.exec(plain(text))?.[1] : undefined;
    if (at && /^[A-Z\d]/.test(at)) return placeIn(at);
    if (!/[办行开幕官见]/.test(text)) continue;
    const held = HELD_IN.exec(plain(text))?.[1] ?? '';
    // `于 2 月 11 日在…举办`
    const place = (DAY_FIRST.test(held) ? held.slice(held.lastIndexOf('在') + 1) : held).replace(/^在/, '').trim();
    if (place && !NOT_HELD_IN.test(place) && (ADDRESS_END.test(place) || zoneOfPlace(place) !== null)) return placeIn(place);
  }
  return null;
}
