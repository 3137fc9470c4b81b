// A name at the front of a text: Han signs, or capitalised Latin words.
import { endsWithRole } from './affiliation.js';
import { allHan, hanPrefix } from './talk-text.js';

/** The first sign of Chinese family names; tells a name from a word where nothing else does. */
export const SURNAMES = new Set(
  `赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封储靳段富焦巴牧山谷车侯班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司黎溥印怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄东殴沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙丰关查游竺权盖益桓公欧涂闫佟岳付仝代展帅战鹿亓初苑晋揣车覃兰区操原白阙逄逯佘冼昝逢卓楚敬洛栗欧隋雒税宿鄢`,
);
export const NOT_NAMES = new Set(
  '议题 主题 讲师 嘉宾 待定 暂无 技术 时间 地点 简介 介绍 内容 分享 活动 直播 公司 专家 架构师 工程师 负责人 程序员 高级 资深 目前 曾任 现任 主持人 社区 团队 来自 全体 全员 所有 各位 大家 敬请期待 现场 茶歇 神秘嘉宾 更多 码农 极客 博主 前端 后端 全栈 开源 资深码农 主要 负责 拥有 热爱 本人 笔者 尤其 以及 关于 通过 如何 例如 比如 但是 其中'.split(
    ' ',
  ),
);
export const TITLES = /(?:老师|博士|教授|先生|女士|同学|院士|大佬|老板)$/;
const HONORIFIC = /^(?:Dr|Prof|Professor|Mr|Ms|Mrs)\.? /;
const LATIN_NAME =
  /^(\p{Lu}[\p{L}'’.-]{0,20}(?: (?:(?:de|da|di|del|van|von|der|den|el|al|bin|la|le|ten|dos|y)\b|\p{Lu}[\p{L}'’.-]{0,20})){0,4})/u;
const COMMON =
  /^(?:the|this|a|an|we|our|in|on|at|how|what|why|when|speaker|speakers|tbc|tba|tbd|topic|talk|time|date|location|abstract|bio|hosted|join|come|he|she|they|i|it|to|for|from|by|and|about|various|everyone|open|lightning|slides|video|more|introduction|building|using)\b/i;

export interface Name {
  name: string;
  rest: string;
}

const COMPOUND =
  /^(?:欧阳|司马|上官|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|端木|轩辕|西门|澹台|太史|申屠|宗政|濮阳|淳于|单于|呼延)|(?:老师|同学|博士|教授|先生|女士)$/;
const HOUSE_END = /(?:社区|科技|集团|大学|公司|金服|银行|软件|数据|通信|网络|团队|中心)$/;

/** Takes a Han name off the front; `sure` asks for a known family name. */
export function hanName(text: string, sure: boolean): Name | null {
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
  if (sure && size === 4 && !dotted && !COMPOUND.test(name)) return null;
  if (NOT_NAMES.has(name) || endsWithRole(name) || (size > 2 && HOUSE_END.test(name)) || (sure && !SURNAMES.has(name[0] ?? '') && !dotted))
    return null;
  return { name, rest: text.slice(size) };
}

export function latinName(raw: string, sure: boolean): Name | null {
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

export const nameAt = (text: string, sure: boolean): Name | null => hanName(text, sure) ?? latinName(text, sure);

/** Whether a name is rather that of a house. */
export const houseLike = (name: string) =>
  /(?:云|网|社区|科技|集团|大学|公司|金服|银行|软件|数据|通信|Labs?|Inc)$/.test(name) || (!allHan(name) && !name.includes(' '));

const NAME_THEN = /^([\u4e00-\u9fff]{2,3})(?:\s?[，,（(：:|｜]|\s?[-–—]{1,2}|$)/;

/** The Han name that a sign sets off from what follows: `甲乙，…`, `甲乙（…`; any family name will do. */
export function nameSetOff(text: string): string | null {
  const name = NAME_THEN.exec(text)?.[1];
  return name && !NOT_NAMES.has(name) && !houseLike(name) && !endsWithRole(name) ? name : null;
}
