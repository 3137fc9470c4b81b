// Names and houses in one piece of text: `张三（阿三），云岭科技架构师`, `Ann Lee, CTO at Foo`, `云岭科技工程师 张三`.
import type { Speaker } from '../types.js';
import { endsWithRole, houseOf, houseOfClause } from './affiliation.js';
import { hanName, houseLike, latinName, NOT_NAMES, nameAt, nameSetOff, SURNAMES, TITLES } from './speaker-names.js';
import { allHan, plain } from './talk-text.js';

const NICK = /^(?:花名|昵称|网名|笔名|外号|人称|英文名|id|github|微信|twitter|@|aka|又名|she|he|they|艺名)/i;
const BRACKET = /^\s?[（(]([^（()）]{0,120})[）)]?/;
const NICK_WORD = /^\s?[,，]?\s?(?:花名|昵称|网名)[:：]?\s?([\u4e00-\u9fffA-Za-z]{1,12})/;

/** What a bracket after a name says: a nick name, or where the speaker works. */
function bracketHouse(inside: string, more: boolean): string {
  const text = inside.trim();
  if (!text || NICK.test(text)) return '';
  if (/[,，]/.test(text) || endsWithRole(text) || text.length > 12) return text;
  if (more) return '';
  if (allHan(text)) return text.length >= 4 || houseOf(text) ? (text.length >= 3 ? text : '') : '';
  return /^[A-Z\u4e00-\u9fff]/.test(text) ? text : '';
}

const JOINER = /^\s?(?:\/|、|&|＆|和|与|及|\+|and\b|,\s?and\b)\s?/;
const COMMA = /^\s?[,，]\s?/;
const LEAD = /^\s?(?:[:：,，|｜]|[-–—]{1,2}|@|·|来自|from\b|at\b)\s?/;

interface Read {
  names: string[];
  about: string;
  /** Houses in brackets of names that others follow: `甲（house）、乙（house）`. */
  own?: Map<string, string>;
}

const bare = (name: string) => name.replace(TITLES, '');

const ENGLISH_NAME = /^\s?[A-Z][a-z]{1,11}(?=\s?[,，])/;

/** `甲乙 Jack，云岭科技，架构师`: the Latin word is no house when the house follows. */
function withoutEnglishName(rest: string): string {
  const hit = ENGLISH_NAME.exec(rest);
  if (!hit) return rest;
  const more = rest.slice(hit[0].length).replace(LEAD, '');
  return houseOfClause(more.split(/[，,]/, 1)[0] ?? '', true) ? more : rest;
}

/** Names at the front, and all that is said after them. */
function namesFirst(text: string, sure: boolean): Read | null {
  const first = nameAt(text, sure);
  if (!first) return null;
  const names = [bare(first.name)];
  let { rest } = first;
  let about = '';
  const own = new Map<string, string>();
  for (let turn = 0; turn < 8; turn++) {
    rest = rest.replace(/^\s?(?:老师|博士|教授|先生|女士|同学)/, '').replace(NICK_WORD, '');
    const bracket = BRACKET.exec(rest);
    if (bracket) {
      rest = rest.slice(bracket[0].length);
      const house = bracketHouse(bracket[1] ?? '', endsWithRole(rest) || houseOf(rest.replace(LEAD, '')) !== null);
      about = house || about;
    }
    const joiner = JOINER.exec(rest);
    const next = joiner && nameAt(rest.slice(joiner[0].length), false);
    if (next) {
      if (about) own.set(names.at(-1) ?? '', about);
      names.push(bare(next.name));
      rest = next.rest;
      continue;
    }
    const comma = COMMA.exec(rest);
    const other = comma && nameAt(rest.slice(comma[0].length), true);
    // After a comma a second name stands alone; a house would be followed by a role or is longer than a name.
    if (other && isListEnd(other.rest) && allHan(other.name) === allHan(first.name) && !houseLike(other.name)) {
      names.push(bare(other.name));
      rest = other.rest;
      continue;
    }
    break;
  }
  rest = withoutEnglishName(rest);
  return { names, own, about: `${rest.replace(LEAD, '').replace(/^是/, '')}\n${about}` };
}

const isListEnd = (rest: string) => /^\s?(?:$|[,，、/&和与](?!\s?(?:\p{L}{0,12})?(?:师|人|家|总监|经理))|[（(])/u.test(rest);

const TAIL_BRACKET = /\s?[（(][^（()）]{0,40}[）)]$/;

/** `云岭科技架构师张三`: a role, and a name with a known family name glued to it. */
function namesGlued(text: string): Read | null {
  const name = /[\u4e00-\u9fff]{2,3}$/.exec(text)?.[0] ?? '';
  for (const last of [name, name.slice(1)]) {
    const before = text.slice(0, -last.length);
    if (
      last.length > 1 &&
      before.length > 3 &&
      SURNAMES.has(last[0] ?? '') &&
      !NOT_NAMES.has(last) &&
      !endsWithRole(last) &&
      endsWithRole(before)
    )
      return { names: [bare(last)], about: before };
  }
  return null;
}

/** `云岭科技架构师 张三`: the role stands before the name. */
function namesLast(raw: string): Read | null {
  const text = raw.replace(TAIL_BRACKET, '');
  const space = text.lastIndexOf(' ');
  if (space < 2 || /负责(?!人)|以及|专注|从事/.test(text)) return null;
  const last = text.slice(space + 1);
  const before = text.slice(0, space).trim();
  if (!allHan(last) || last.length < 2 || last.length > 4 || endsWithRole(last) || !/[\u4e00-\u9fffA-Za-z]/.test(before)) return null;
  if (!endsWithRole(before) && !/(?:团队|小组|社区|公司|集团)$/.test(before)) return null;
  return { names: [bare(last)], about: before };
}

const HOUSE_THEN_NAME = /^(.{2,30}?)[，,]\s?([\u4e00-\u9fff]{2,4})(?:\s.{0,30})?$/;

/** `云岭科技研发总监, 张三`: the house or the role stands before the comma. */
function namesAfterComma(text: string): Read | null {
  const [, before = '', last = ''] = HOUSE_THEN_NAME.exec(text) ?? [];
  if (!last || !SURNAMES.has(last[0] ?? '') || endsWithRole(last) || houseLike(last) || NOT_NAMES.has(last)) return null;
  const person = hanName(before, true) ?? (before.includes(' ') ? latinName(before, true) : null);
  if (person?.rest === '' || (allHan(before) && before.length < 5 && !endsWithRole(before))) return null;
  return endsWithRole(before) || !/[，,、]/.test(before) ? { names: [bare(last)], about: before } : null;
}

const PARTS = /[；;\n]|<br ?\/?>/;

/** Which speakers a text names; `sure` when only its form suggests that it names one. */
export function readSpeakers(raw: string, sure = false): Speaker[] {
  const speakers: Speaker[] = [];
  for (const part of raw.split(PARTS, 12)) {
    const text = plain(part)
      .replace(/^(?:by|with|嘉宾|讲师)[:：]?\s(?=\S)/i, '')
      .replace(/^[\s•·*@]{1,4}/, '');
    if (text.length < 2) continue;
    const read =
      namesLast(text) ?? (sure ? null : namesAfterComma(text)) ?? namesFirst(text, sure) ?? namesGlued(text.replace(TAIL_BRACKET, ''));
    if (!read) continue;
    const affiliation = read.about.trim() ? houseOf(read.about) : null;
    for (const name of read.names)
      if (name.length > 1 && !speakers.some((speaker) => speaker.name === name))
        speakers.push({ name, affiliation: (read.own?.has(name) ? houseOf(read.own.get(name) ?? '') : null) ?? affiliation });
  }
  return speakers;
}

/** Who stands at the front of a biography: where a label or a list says that somebody must, any family name will do. */
export function readIntroduced(raw: string): Speaker[] {
  const speakers = readSpeakers(raw, true);
  const name = speakers.length ? null : nameSetOff(plain(raw));
  return name ? readSpeakers(raw).filter((speaker) => speaker.name === name) : speakers;
}

const NAME_SHAPE = /^[^\s，,（(：:]{2,12}[\s，,（(]|\s[\u4e00-\u9fff]{2,4}$/;

/** Whether a short line by itself reads like `张三 云岭科技架构师`. */
export function readsLikeSpeaker(text: string, sure: boolean): boolean {
  if (text.length > 70 || text.length < 4) return false;
  if (!NAME_SHAPE.test(text)) return false;
  const clause = text.split(/[。；;]/, 1)[0] ?? '';
  const last = clause.split(/[，,、]/).some((part) => endsWithRole(part.trim()));
  return last && readSpeakers(text, sure).length > 0;
}
