// Title and speaker on one line: `title by name`, `title——name，house`, `name（house）：title`, `title，name，house role`.
import type { Speaker } from '../types.js';
import { endsWithRole } from './affiliation.js';
import { nameSetOff } from './speaker-names.js';
import { readSpeakers, readsLikeSpeaker } from './speakers.js';
import { plain } from './talk-text.js';
import { bracketed, goesOn, talkTitle } from './talk-title.js';

export interface Titled {
  title: string;
  speakers: Speaker[];
  /** What stands in brackets behind the name, when it may be a house or a nick name: `name（house）：title`. */
  bracket?: string;
}

const BY = /\s(?:presented )?by[:：]?\s(?=\S)/gi;
const NO_SPEECH = /(?:hosted|organi[sz]ed|sponsored|powered|supported|run|brought to you|led)$/i;
const MAY_DASH = /[—–]|\s[-|]/;
const DASHED = /\s?(?:——|—|–|\s-|\s--|\s\|)\s?/g;
const PERSON = /^[\p{L}.'’ ()（）@,，/&、·-]{2,60}$/u;
const EDGE = /^[-–—:：|｜,，\s]{1,6}|[-–—:：|｜,，\s]{1,6}$/g;

const PERSON_BEFORE =
  /^([\u4e00-\u9fff·]{2,8}|\p{Lu}[\p{L}'’. -]{2,30})(?:\s?[（(]([^（()）]{1,40})[）)])?(?:老师)?\s?(?:[:：,，|｜]|[-–—]{1,2})?\s?$/u;
const WRITES = /(?:著有?|编著|合著|主编|出版|翻译|译有?|写[了过的]?|作品|开设|撰写|发布)[:：]?\s?$/;
const NO_TALK_AFTER = /^(?:的|作者|译者|一书|专栏|系列|编著)/;

/** `name（nick）《title》`: nothing but a person stands in front. */
function personBefore(text: string): Titled | null {
  const open = text.indexOf('《');
  const close = open < 2 || open > 60 ? -1 : text.lastIndexOf('》');
  if (close < open + 3) return null;
  const front = text.slice(0, open);
  if (WRITES.test(front) || NO_TALK_AFTER.test(text.slice(close + 1).trim())) return null;
  const hit = PERSON_BEFORE.exec(front);
  if (!hit && !readsLikeSpeaker(front.replace(EDGE, ''), true)) return null;
  // Nothing but the name itself in front needs a known family name: `编著《…》`.
  const bare = hit !== null && !hit[2] && !/[\s:：,，|｜–—-]$/.test(front);
  const speakers = readSpeakers(front.replace(EDGE, ''), bare || (hit?.[1]?.length ?? 0) > 3);
  return speakers.length ? { title: text.slice(open + 1, close).trim(), speakers } : null;
}

/** `《title》 name`, `name《title》`. */
function aroundBrackets(text: string): Titled | null {
  const inner = bracketed(text);
  if (!inner) return text.includes('《') ? personBefore(text) : null;
  const before = text.slice(0, text.indexOf('《')).trim();
  const speakers = inner.rest ? readSpeakers(inner.rest.replace(EDGE, ''), true) : [];
  if (!speakers.length && goesOn(inner.rest)) return { title: talkTitle(text), speakers: [] };
  return {
    title: inner.title,
    speakers: speakers.length || !before ? speakers : (personBefore(text)?.speakers ?? readSpeakers(before.replace(EDGE, ''), true)),
  };
}

/** What a heading or a row of an agenda says of title and speaker; a bare Latin name behind a dash is believed only where `sure`. */
export function withSpeaker(raw: string, sure = false): Titled {
  const text = plain(raw);
  const inner = aroundBrackets(text);
  if (inner) return inner;
  for (const by of text.includes('by') ? text.matchAll(BY) : []) {
    const title = text.slice(0, by.index);
    const tail = text.slice(by.index + by[0].length);
    const speakers = title.length > 3 && !NO_SPEECH.test(title) ? readSpeakers(tail, !sure) : [];
    // `by Hand`, `by Step`: one Latin word alone is no person.
    if (speakers.length && /[ ,(（@，\u4e00-\u9fff]/.test(tail)) return { title: talkTitle(title), speakers };
  }
  let last: { at: number; size: number } | null = null;
  for (const hit of MAY_DASH.test(text) ? text.matchAll(DASHED) : []) last = { at: hit.index, size: hit[0].length };
  if (last && last.at > 3) {
    const tail = text.slice(last.at + last.size);
    const speakers = looksLikePerson(tail, sure) ? readSpeakers(tail, true) : [];
    if (speakers.length) return { title: talkTitle(text.slice(0, last.at)), speakers };
  }
  return { title: talkTitle(text), speakers: [] };
}

const LATIN_PERSON = /^\p{Lu}[\p{Ll}'’-]{1,20}(?: \p{Lu}[\p{Ll}'’-]{1,20}){1,2}$/u;

/** Behind a dash a person is believed only with a house. */
function looksLikePerson(tail: string, sure: boolean): boolean {
  if (tail.length < 2 || tail.length > 60 || !PERSON.test(tail)) return false;
  return /[,，(（@]/.test(tail) || readsLikeSpeaker(tail, true) || (sure && (LATIN_PERSON.test(tail) || tail.length < 5));
}

const NAMED = /^([^（(：:]{2,24})\s?[（(]([^（()）]{2,60})[）)]\s?([:：,，]|[-–—]{1,2})?\s?(\S.{3,})$/;

/** `name（house，role）：title`; in a heading the sign between them must be there. */
export function namedTitle(text: string, heading: boolean): Titled | null {
  if (!text.includes('（') && !text.includes('(')) return null;
  const hit = NAMED.exec(text);
  if (!hit || (heading && !hit[3])) return null;
  const inside = (hit[2] ?? '').trim();
  const role = endsWithRole(inside);
  const speakers = readSpeakers(`${hit[1]}（${hit[2]}）`, !role || (heading && !nameSetOff((hit[1] ?? '').trim())));
  const doubtful = speakers.length === 1 && !speakers[0]?.affiliation && SHORT_HOUSE.test(inside) && !/^[小阿老]/.test(inside);
  return speakers.length ? { title: talkTitle(hit[4] ?? ''), speakers, ...(doubtful && { bracket: inside }) } : null;
}

const SHORT_HOUSE = /^[\u4e00-\u9fff]{2,3}$/;

const HAN = /[\u4e00-\u9fff]/;
const TRANSLATED = /^[\x20-\x7e]{2,60}$/;
const NAMED_LATIN = /^\p{Lu}[\p{Ll}'’-]{1,20}(?: \p{Lu}[\p{Ll}'’-]{1,20}){1,2} ?[（(@]/u;
const SIGN_OFF = /^(.{4,120}?)\s?@\s?([\u4e00-\u9fff]{2,4}|\p{Lu}[\p{Ll}'’-]{1,20} \p{Lu}[\p{Ll}'’-]{1,20})$/u;

const BRACKET_TAIL = /^(.{4,120}?)\s?[（(]([^（()）]{2,60})[）)]$/;

/** `title，name，house role` and `title（name，house）`: how lists of talks and of recordings put it. */
export function listedTalk(raw: string): Titled {
  const text = plain(raw);
  const said = withSpeaker(text, true);
  if (said.speakers.length) return said;
  const parts = text.split(/[，,]\s?|(?<=[\u4e00-\u9fff）)]) ?-(?=[ \u4e00-\u9fff])/);
  for (let k = 1; k < parts.length; k++) {
    const tail = parts.slice(k).join('，');
    const front = parts.slice(0, k).join('');
    if (tail.length > 50 || front.length < 4 || /[（(][^）)]*$/.test(front)) continue;
    const speakers = readSpeakers(tail, true);
    const bareNames = NAMED_LATIN.test(tail) || parts.slice(k).every((part) => part.length < 12);
    if (speakers.length && (bareNames || endsWithRole(tail)))
      return { title: talkTitle(text.slice(0, text.indexOf(parts[k] as string, parts[k - 1]?.length)).replace(EDGE, '')), speakers };
  }
  const off = text.includes('@') ? SIGN_OFF.exec(text) : null;
  if (off) return { title: talkTitle(off[1] ?? ''), speakers: readSpeakers(off[2] ?? '') };
  const bracket = BRACKET_TAIL.exec(text);
  const inside = bracket ? readSpeakers(bracket[2] ?? '', true) : [];
  // `缓存漫谈（Notes on Caches）` says its title twice.
  if (bracket && inside.length && !(HAN.test(bracket[1] ?? '') && TRANSLATED.test(bracket[2] ?? '')))
    return { title: talkTitle(bracket[1] ?? ''), speakers: inside };
  return said;
}
