// The names that lines give to what they say: which of them tell a time, a place, a form, a way to take part.

/** when: day and hour; where: a place; form: on site or online; live: how to take part from afar. */
export type Subject = 'when' | 'where' | 'form' | 'live';

export const LONGEST_NAME = 24;
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
/** Emphasis, brackets, bullets and pictures around a name. */
const DECORATION = /[\s*_`~>[\]【】「」（）()#|·•\-—、.\u{1f000}-\u{1faff}\u2600-\u27bf\u200b]{1,40}|\ufe0f/gu;
const NO_OCCASION = /^(?:日期|时间|時間|日期时间|dates?|times?|day|when|schedule)$/i;
const HAN_ENDINGS = new Set('间間期段始点點址地置市场場式型台号码接链密入口播议');
const LATIN_ENDINGS = new Set(
  (
    'date dates time times day when start starts starting at schedule place location locations where venue address directions city room ' +
    'format type mode zoom meeting join webinar livestream stream meet teams online call link url id info in'
  ).split(' '),
);
const TRAILING = new Set(' \t*_`~】」）)|·•-—、.\u3000');

/** `会议时间（北京时间）` */
const REMARK = /[（(][^（()）]{0,16}[)）][*\s]{0,4}$/;

export interface Name {
  subject: Subject;
  /** It speaks of an occasion: `活动时间`, `Meeting time`; a bare `日期` also stands on articles. */
  isOccasion: boolean;
}

/** What a label is about; null when it says something else. */
export function nameOf(label: string): Name | null {
  if (label.length > LONGEST_NAME || label.length < 2 || !mayEndName(label, label.length)) return null;
  const cleaned = label.replace(REMARK, '').replace(DECORATION, ' ').trim();
  const name = /[\u4e00-\u9fff]/.test(cleaned) ? cleaned.replaceAll(' ', '') : cleaned;
  const subject = name.length > 1 ? classify(name) : null;
  return subject && { subject, isOccasion: !NO_OCCASION.test(name) };
}

export const subjectOf = (label: string): Subject | null => nameOf(label)?.subject ?? null;

/** Most lines with a colon say something else: the last word before `to` is enough to know. */
export function mayEndName(label: string, to: number): boolean {
  let end = to;
  while (end > 0 && TRAILING.has(label[end - 1] ?? '')) end--;
  const last = label[end - 1];
  if (last === undefined) return false;
  if (last > '\u2fff') return HAN_ENDINGS.has(last);
  let start = end;
  while (start > 0 && /[a-z]/i.test(label[start - 1] ?? '')) start--;
  return LATIN_ENDINGS.has(label.slice(start, end).toLowerCase());
}

function classify(name: string): Subject | null {
  if (WHEN_ZH.test(name) || WHEN_EN.test(name)) return 'when';
  if (WHERE_ZH.test(name) || WHERE_EN.test(name)) return 'where';
  if (FORM_ZH.test(name) || FORM_EN.test(name)) return 'form';
  return LIVE_ZH.test(name) || LIVE_EN.test(name) ? 'live' : null;
}
