// Names and houses in one piece of text: `张三（阿三），云岭科技架构师`, `Ann Lee, CTO at Foo`, `云岭科技工程师 张三`.
import type { Speaker } from '../types.js';
import { endsWithRole, houseOf } from './affiliation.js';
import { allHan, hanPrefix, plain } from './talk-text.js';

/** The first sign of Chinese family names; tells a name from a word where nothing else does. */
const SURNAMES = new Set(
  `赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封储靳段富焦巴牧山谷车侯班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司黎溥印怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄东殴沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙丰关查游竺权盖益桓公欧涂闫佟岳付仝代展帅战鹿亓初苑晋揣车覃兰区操原`,
);
const NOT_NAMES = new Set(
  '议题 主题 讲师 嘉宾 待定 暂无 技术 时间 地点 简介 介绍 内容 分享 活动 直播 公司 专家 架构师 工程师 负责人 程序员 高级 资深 目前 曾任 现任 主持人 社区 团队 来自 全体 全员 所有 各位 大家 敬请期待 现场 茶歇 神秘嘉宾 更多'.split(
    ' ',
  ),
);
const TITLES = /(?:老师|博士|教授|先生|女士|同学|院士|大佬|老板)$/;
const HONORIFIC = /^(?:Dr|Prof|Professor|Mr|Ms|Mrs)\.? /;
const LATIN_NAME =
  /^(\p{Lu}[\p{L}'’.-]{0,20}(?: (?:(?:de|da|di|del|van|von|der|den|el|al|bin|la|le|ten|dos|y)\b|\p{Lu}[\p{L}'’.-]{0,20})){0,4})/u;
const COMMON =
  /^(?:the|this|a|an|we|our|in|on|at|how|what|why|when|speaker|speakers|tbc|tba|tbd|topic|talk|time|date|location|abstract|bio|hosted|join|come|he|she|they|i|it|to|for|from|by|and|about|various|everyone|open|lightning|slides|video|more|introduction|building|using)\b/i;

interface Name {
  name: string;
  rest: string;
}

const HOUSE_END = /(?:社区|科技|集团|大学|公司|金服|银行|软件|数据|通信|网络|团队|中心)$/;

/** Takes a Han name off the front; `sure` asks for a known family name. */
function hanName(text: string, sure: boolean): Name | null {
  let size = hanPrefix(text);
  const is = text.indexOf('是');
  if (is >= 2 && is <= 4 && size > 4) size = is;
  const from = /^(.{2,4}?)(?:来自|老师|博士|教授|先生|女士|同学)/.exec(text);
  if (from?.[1] && size > from[1].length && SURNAMES.has(text[0] ?? '') && allHan(from[1])) size = from[1].length;
  const dotted = text.slice(0, size).includes('·');
  if (size < 2 || size > (dotted ? 12 : 4)) return null;
  const after = text[size] ?? '';
  if (after && /[A-Za-z0-9_]/.test(after)) return null;
  const name = text.slice(0, size);
  if (NOT_NAMES.has(name) || endsWithRole(name) || (size > 2 && HOUSE_END.test(name)) || (sure && !SURNAMES.has(name[0] ?? '') && !dotted))
    return null;
  return { name, rest: text.slice(size) };
}

function latinName(raw: string, sure: boolean): Name | null {
  const text = raw.replace(HONORIFIC, '');
  const found = LATIN_NAME.exec(text)?.[1];
  if (!found || COMMON.test(found)) return null;
  const after = text.slice(found.length).trimStart();
  if (/^[\p{L}\d'’]/u.test(after) && !/^(?:from|at|is|will|and|of|with)\b|^[\u4e00-\u9fff]/.test(after)) return null;
  const words = found.split(' ');
  // One Latin word before Han is a house or a project: `KubeX 研发工程师`.
  if (words.length === 1 && (sure || /^[\u4e00-\u9fff]/.test(after))) return null;
  if (endsWithRole(found) || found.length < 2 || words.length > 5) return null;
  return { name: found.replace(/[.-]+$/, ''), rest: text.slice(text.indexOf(found) + found.length) };
}

const nameAt = (text: string, sure: boolean): Name | null => hanName(text, sure) ?? latinName(text, sure);

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
}

const bare = (name: string) => name.replace(TITLES, '');

/** Names at the front, and all that is said after them. */
function namesFirst(text: string, sure: boolean): Read | null {
  const first = nameAt(text, sure);
  if (!first) return null;
  const names = [bare(first.name)];
  let { rest } = first;
  let about = '';
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
  return { names, about: `${rest.replace(LEAD, '').replace(/^是/, '')}\n${about}` };
}

const isListEnd = (rest: string) => /^\s?(?:$|[,，、/&和与](?!\s?(?:\p{L}{0,12})?(?:师|人|家|总监|经理))|[（(])/u.test(rest);
const houseLike = (name: string) =>
  /(?:云|网|社区|科技|集团|大学|公司|金服|银行|软件|数据|通信|Labs?|Inc)$/.test(name) || (!allHan(name) && !name.includes(' '));

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
      if (name.length > 1 && !speakers.some((speaker) => speaker.name === name)) speakers.push({ name, affiliation });
  }
  return speakers;
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
