// The words by which a page says who speaks, about what, and which headings only divide the page.

/** What the label before a colon, or a heading of its own, announces. */
export type Label = 'speaker' | 'bio' | 'house' | 'title' | 'host';

const SPEAKER = `讲师 嘉宾 主讲 主讲人 主讲者 主讲嘉宾 主讲讲师 主讲老师 分享 分享人 分享者 分享嘉宾 分享讲师 分享老师 演讲人 演讲者 演讲嘉宾
  演讲讲师 特邀嘉宾 特邀讲师 特约嘉宾 直播嘉宾 直播讲师 直播主讲 讲者 报告人 发言人 发言嘉宾 授课老师 授课讲师 本期嘉宾 本期讲师 嘉宾讲师
  speaker speakers presenter presenters presentedby speakername speaker(s) presenter(s) talkby lecturer lecturers instructor instructors panelists guest
  guests guestspeaker guestspeakers 讲师阵容 嘉宾阵容 演讲嘉宾阵容 who by keynotespeaker keynotespeakers ourspeaker ourspeakers thespeaker thespeakers`;
const BIO = '个人简介 个人介绍 人物简介 人物介绍 bio speakerbio biography aboutthespeaker aboutthespeakers aboutthepresenter speakerbios';
const HOUSE =
  '公司 单位 所属公司 任职公司 工作单位 所在公司 所在单位 就职公司 就职单位 机构 所属机构 组织 所属组织 company organization organisation affiliation employer';
const TITLE = `议题 主题 题目 话题 分享主题 演讲主题 演讲题目 分享题目 分享议题 演讲议题 议题名称 议题题目 议题主题 演讲名称 报告题目 讲题 主讲题目 主讲主题
  topic title talk talktitle sessiontitle presentationtitle subject`;
const HOST = '主持人 主持 主持嘉宾 host hosts moderator moderators mc organizer organizers 出品人';

const LABELS = new Map<string, Label>();
const add = (words: string, label: Label) => {
  for (const word of words.split(/\s+/)) LABELS.set(word, label);
};
add(SPEAKER, 'speaker');
add(BIO, 'bio');
add(HOUSE, 'house');
add(TITLE, 'title');
add(HOST, 'host');

const INTRODUCTION = new Set(['简介', '介绍', '信息', '风采', '背景', '资料', '详解', '概况']);
const isLatin = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 38 || code === 39 || code === 8217;
const isHan = (code: number) => code >= 0x4e00 && code <= 0x9fff;
const isOtherLetter = (code: number) =>
  (code >= 0xc0 && code < 0x2000) || (code >= 0x3040 && code < 0x4e00) || (code >= 0xac00 && code < 0xd7b0);

/** Signs that a page puts around a label. */
const DRESS = new Set([...'\t\n\u00a0\u3000 *_`|｜>#:：.．、"“”【】「」『』[]~-'].map((sign) => sign.charCodeAt(0)));
const LONGEST_LABEL = 20;

/** The label without its dress, in small letters; empty when it is too long to be one. */
function undressed(raw: string): string {
  let text = '';
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (isHan(code) || isLatin(code) || !DRESS.has(code)) text += raw[at];
    if (text.length > LONGEST_LABEL) return '';
  }
  return text.toLowerCase();
}

const NUMBERED = /^(.{1,20}?)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})$/;

const MAY_NUMBER = new Set('0123456789一二三四五六七八九十');

/** What a label such as `讲师`, `嘉宾 2`, `讲师介绍` or `Speaker` announces; undefined when it is none. */
export function labelOf(raw: string): Label | undefined {
  if (raw.length > 32) return undefined;
  const text = undressed(raw);
  if (text.length < 2) return undefined;
  const known = LABELS.get(text);
  if (known) return known;
  if (INTRODUCTION.has(text.slice(-2))) {
    const of = LABELS.get(text.slice(0, -2).replace(/(?:的|自我|个人)$/, ''));
    return of === 'speaker' ? 'bio' : of === 'host' ? 'host' : undefined;
  }
  const numbered = MAY_NUMBER.has(text.charAt(text.length - 1)) ? NUMBERED.exec(text) : null;
  return numbered ? LABELS.get(numbered[1] ?? '') : undefined;
}

const PARTS = new Set(
  `活动 会议 直播 分享 演讲 议题 讲师 嘉宾 主题 内容 课程 本期 本次 本场 议程 日程 流程 安排 介绍 简介 概要 概述 详情 详解 回顾 总结 时间 地点 地址 信息 报名
  方式 参与 参会 须知 主办 协办 承办 合作 伙伴 主办方 协办方 承办方 组织方 组织者 组织 赞助 赞助商 单位 社区 媒体 支持 致谢 鸣谢 感谢 现场 精彩 画面 照片 图片 合影 花絮 瞬间
  下载 链接 资料 视频 回放 录像 幻灯片 课件 听众 观众 收益 受益 收获 大纲 提纲 目录 前言 导读 导语 导引 背景 关于 我们 更多 了解 加入 联系 联系我们 交流群 互动 礼品 奖品 抽奖 福利
  海报 往期 下期 预告 招募 问答 环节 提问 问题 展望 未来 亮点 目标 受众 人群 适合 对象 推荐 参考 相关 文章 文档 阅读 附录 结语 结束语 小结 写在 最后 其他 其它 说明 注意 事项 欢迎 干货
  技术 获取 扫码 关注 公众号 以及 与 和 及 的 与会 会场 主会场 分会场 上午 下午 晚上 第一天 第二天 ppt q&a qa faq pdf slides keynote 快闪 圆桌 讨论 话题 线上 线下 沙龙 专场 概况 详细 重点
  人 者 方 群 演讲者 分享人 分享者 主讲人 一 二 三 四 五 六 七 八 九 十 个人 订阅 转载 核心 观点 摘要 正文 附件 系列 周边 集锦 交通 直播间 观看 入口 热门 所有 全部 嘉宾们 讲师们 与会者 题目 名单 作者 参与者 开场 报名表`
    .split(/\s+/)
    .filter(Boolean),
);
const WORDS = new Set(
  `a about abstract after afterwards agenda an and announcement announcements are at attendance attendees attending archive background before bio bios break bring call chat code coming
  conduct contact contents coordinates coverage credits date dates description details directions discussion door doors drinks event events extra faq faqs feedback find food for format from
  further general get give hack help hosts hosted how i in info information intro introduction is it join key kind language learn lightning line lineup links live local location look main map
  materials me meet meeting meetings meetup meetups more news next night notes of on online open organisers organizers other our out overview panel participants participate past place
  plan pm policy prizes program programme pub q qa questions read reading recap recording recordings references register registration related resources rsvp s sample
  schedule secure sessions session signup sign slides social speak speaker speakers speaking special sponsor sponsors start submit summary survey table takeaways talk talks
  team thank thanks the this ticket tickets time timeline times timetable to topic topics transcript travel up upcoming update updates us venue video videos volunteer volunteers want watch we welcome what when
  where who why will with workshop workshops you your zoom prerequisites requirements requirement hosting accessibility abstracts tldr tl dr giveaway presentations presentation`
    .split(/\s+/)
    .filter(Boolean),
);
/** How many Han signs from `at` on are one word that divides pages. */
function partAt(text: string, at: number): number {
  let size = 4;
  while (size > 0 && !PARTS.has(text.slice(at, at + size))) size--;
  return size;
}

/** A heading that only divides the page (`活动日程`, `分享主题介绍`, `Venue & Registration`) is no talk. */
export function dividesPage(heading: string): boolean {
  if (heading.length > 48 || (heading.length === 4 && heading.endsWith('演讲'))) return false;
  let letters = 0;
  for (let at = 0; at < heading.length; ) {
    const code = heading.charCodeAt(at);
    let size = 1;
    if (isHan(code)) size = partAt(heading, at);
    else if (isLatin(code)) {
      while (isLatin(heading.charCodeAt(at + size))) size++;
      const word = heading.slice(at, at + size).toLowerCase();
      if (word !== '&' && !WORDS.has(word) && !PARTS.has(word)) return false;
    } else if (isOtherLetter(code)) return false;
    else {
      at++;
      continue;
    }
    if (!size) return false;
    letters += size;
    at += size;
  }
  return letters > 0;
}

const PAUSE_HAN =
  /^(?:活动|现场|会议|来宾|嘉宾|观众)?(?:签到|入场|茶歇|午休|午餐|晚餐|休息|抽奖|合[影照]|拍照|自我介绍|轮流|社区介绍|主办方|开[始幕]|闭幕|登记|撤场|彩排|开场|暖场|破冰|致辞|欢迎|主持人|自由|交流|互动|问答|答疑|结束|散场|退场|报名|参观|圆桌|展示|讨论|总结|颁奖|留影|聚餐|热身|领取|待定|敬请期待|午间|中场)/;
const PAUSE_LATIN =
  /^(?:q ?& ?a|lunch|(?:coffee|tea|short|afternoon|morning|comfort|refreshment)?\s?break|regist|check.?in|sign.?in|doors|arriv|networking\b|clos(?:e|ing)|welcome|opening\b(?! speech| keynote| talk)|intros?$|introductions?$|wrap|drinks\b|pizza\b|food\b|social(?:i[sz]ing)?$|end$|finish|pub\b|housekeeping|announcements|raffle|tbc|tba|tbd|n\/a|[-—–/.]{0,9}$)/i;

/** Rows of an agenda in which nobody gives a talk: registration, breaks, a group photo. */
export function isPause(title: string): boolean {
  if (title.length > 32 || title.includes('演讲')) return false;
  return title.charCodeAt(0) > 0x2e80 ? title.length <= 12 && PAUSE_HAN.test(title) : PAUSE_LATIN.test(title);
}

const AGENDA = /agenda|talks|sessions?|schedule|program|line.?up|presentations|议程|日程|话题|议题|演讲|分享|内容/i;

/** A dividing heading below which talks are listed. */
export const isAgenda = (heading: string) => AGENDA.test(heading);

const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const DATE = new RegExp(
  `^(?:.{0,30}[-–—,|] ?)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:the )?(?:(?:${MONTHS})\\.? [0-9]{1,2}(?:st|nd|rd|th)?,? ?(?:20[0-9]{2})?|[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?(?:${MONTHS})\\.?,? ?(?:20[0-9]{2})?|20[0-9]{2}[-./年 ]{1,2}[0-9]{1,2}[-./月 ]{1,2}[0-9]{1,2} ?日?.{0,12})$`,
  'i',
);

/** A heading that is a date (and perhaps a city). */
export const isDate = (heading: string) => heading.length < 60 && /\d/.test(heading) && DATE.test(heading);

const GATHERING =
  /meet-?up|大会|峰会|沙龙|论坛|年会|开放日|工作坊|交流会|分享会|见面会|conference|summit|workshop|hackathon|fest\d{0,4}(?![a-z])|嘉年华|议程|\bcamp\b|(?:^|[\s·—-])[\u4e00-\u9fff]{2,4}站/i;

/** The title of a gathering: a page of that name with a list of guests is an event, not one talk. */
export const isGathering = (title: string) => GATHERING.test(title);
