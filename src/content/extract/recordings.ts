// Is a link a recording, a live room, or neither?

const LIVE =
  /^https?:\/\/(?:live\.bilibili\.com|(?:[\w-]+\.)?zoom\.(?:us|com|com\.cn)\/(?:j|w|my|s|meeting|webinar)\/|zoom\.us|(?:[\w-]+\.)?meeting\.tencent\.com|voovmeeting\.com|(?:[\w-]+\.)?meet\.jit\.si|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|(?:[\w-]+\.)?webex\.com|live\.douyin\.com|(?:www\.)?douyu\.com|(?:www\.)?huya\.com|(?:www\.)?twitch\.tv\/(?!videos)|whereby\.com|meet\.(?:kubernetes|[a-z-]+)\.(?:io|org)|bbb\.|gotomeet|global\.gotomeeting|(?:[\w-]+\.)?feishu\.cn\/(?:j|live)|vc\.feishu\.cn|meeting\.dingtalk\.com|h5\.dingtalk\.com\/(?:meeting|group-live)|discord\.gg\/stage|live\.(?:vhall|polyv|csdn|juejin|huodongxing|photoplus|baidu)\.|wx\.vzan\.com|appkuaizhibo|live\.weixin)/i;
const KNOWN =
  /^https?:\/\/(?:player\.bilibili\.com\/|(?:www\.|m\.)?bilibili\.com\/(?:video|bangumi|medialist|list|festival)\/|(?:www\.|m\.)?bilibili\.com\/(?:av|BV)|b23\.tv\/|(?:www\.|m\.)?youtube(?:-nocookie)?\.com\/(?:watch|embed\/|live\/|shorts\/|v\/)|youtu\.be\/[\w-]{6}|player\.vimeo\.com\/video\/|vimeo\.com\/(?:\d|showcase|album)|v\.youku\.com\/v_show|player\.youku\.com\/|v\.qq\.com\/(?:x|iframe|txp)|(?:www\.)?ixigua\.com\/(?:\d|iframe)|(?:www\.)?acfun\.cn\/v\/|skillsmatter\.com\/(?:skillscasts|podcast)\/|(?:www\.)?infoq\.(?:com|cn)\/(?:presentations|presentation|video)\/|media\.ccc\.de\/v\/|(?:www\.)?twitch\.tv\/videos\/|(?:www\.)?loom\.com\/(?:share|embed)\/|(?:fast|[\w-]+)\.wistia\.(?:com|net)\/|assets\.lrug\.org\/videos\/|open\.163\.com\/newview)/i;
export const LISTS =
  /^https?:\/\/(?:(?:www\.|m\.)?youtube\.com\/playlist|space\.bilibili\.com\/\d+\/(?:channel|lists|favlist)|list\.youku\.com)/i;
/** Home pages of channels and of sites: never one event's recording. */
const CHANNEL =
  /^https?:\/\/(?:(?:www\.|m\.)?youtube\.com\/(?:channel|c|user|@|results|feed|$)|space\.bilibili\.com\/\d+\/?(?:[?#]|$|dynamic|video)|(?:www\.)?bilibili\.com\/?$)/i;
const FILE = /\.(?:mp4|webm|mov|m4v|m3u8|flv|mkv|ogv)(?:[?#]|$)/i;
const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|ico|bmp)(?:[?#@]|$)/i;
const ARTICLE =
  /^https?:\/\/(?:mp\.weixin\.qq\.com|(?:[\w-]+\.)?zhihu\.com|(?:[\w-]+\.)?csdn\.net|juejin\.|(?:www\.)?jianshu|github\.com|gitlab\.com|gitee\.com|raw\.githubusercontent|(?:[\w-]+\.)?yuque\.com|twitter\.com|x\.com|(?:www\.)?linkedin|(?:www\.)?meetup\.com|(?:[\w-]+\.)?eventbrite|docs\.google|forms\.gle|jinshuju|(?:www\.)?wjx|(?:www\.)?huodongxing|(?:www\.)?bagevent|(?:[\w-]+\.)?slack\.com|t\.me|discord|(?:www\.)?facebook|weibo\.com|medium\.com|dev\.to)/i;

const WORD = /视频|回放|回看|录像|录屏|录播|重播|\bvideos?\b|\brecord(?:ing|ed)?s?\b|\breplay\b|\bwatch\b/i;
const NO_WORD =
  /文字|文章|图文|博客|文档|往期|上期|上一期|教程|article|blog|transcript|transcription|previous|past |subscribe|channel|直播间|直播地址|提交|会议号|摄影/i;
/** The word leads to the link: nothing but a few signs stands between them. */
const LEADS = /(?:视频|回放|回看|直播回顾|录像|录屏|录播|重播|\bvideos?|\brecordings?|\breplay)[^。；;!?]{0,14}[:：]?[\s*_]{0,4}[<(（]?$/i;

export type Verdict = 'recording' | 'live' | null;

const POINTS = /(?:访问|观看|查看|请见|详见|移步|地址|链接|[:：]|\b(?:at|on|here))[\s*_]{0,4}$/i;
const ONLY_LABEL = /^[-*<>\s]{0,12}(?:观看)?(?:地址|链接|入口|link|url)?\s?[:：]?[\s*<]{0,4}$/i;

/** A link's text that means the recording itself, not a title in which the word occurs. */
const NAMES_RECORDING =
  /^.{0,24}(?:视频|回放|回看|录像|录屏|录播|重播).{0,12}$|^(?:[\w-]{1,12}\s){0,4}(?:videos?|recordings?|replay)(?:\s\w{1,12})?$|^watch\b.{0,24}$/i;

/** Whether words announce a recording, as the heading above a list of them does. */
export const saysRecording = (text: string) => WORD.test(text) && !NO_WORD.test(text);

/** A section about what others wrote and filmed. */
const REFERENCES =
  /参考|引用|(?:扩展|延伸|拓展|推荐|相关|深入)(?:阅读|资料|链接|文章|资源|学习)|附录|\breferences?\b|further reading|\bbibliography\b|^(?:useful |related |other )?(?:links|resources)$|see also|reading list/i;
export const isReferences = (text: string) => text.length < 60 && REFERENCES.test(text) && !/回放|录像|回看|\brecordings?\b/i.test(text);

/** A recording of this page's own event says so even among references. */
const OWN_RECORDING =
  /回放|回看|录像|录播|直播回顾|\brecording\b|\breplay\b|^(?:the )?videos?$|^(?:本期|本次|分享|活动|演讲)?视频$|^(?:youtube|b ?站|bilibili|哔哩哔哩)$/i;
export const saysOwnRecording = (text: string) => OWN_RECORDING.test(text.trim());

/** Whether words right before a link lead to a recording. */
export const leadsToRecording = (before: string) => LEADS.test(before.slice(-40));

const MAY_TELL =
  /视频|回放|回看|录|直播|观看|播|演讲|分享|\bvideos?\b|record|\bwatch|\bview\b|\btalks?\b|keynote|\bpresent|speech|session|stream|\byoutube\b|bilibili/i;
const LINK_END = /\]\([^()]{0,500}\)/g;
const MARKER = /^[\s\-*>+•]{1,8}|^\d{1,2}[.)]\s/;

/** Whether a link is a word of a sentence: text before and behind it, and none of it speaks of a recording. */
export function inSentence(line: string, before: string, label: string, url: string): boolean {
  if (label === '' || label.length > 40 || before.replace(MARKER, '').length < 8 || /[:：]\s?$/.test(before)) return false;
  const end = line.indexOf(url) + url.length;
  const after = line.slice(end, end + 60).replace(/^[^)]{0,40}\)/, '');
  if (end < url.length || !/^[\s,]{0,2}[\p{L}[]/u.test(after) || !/\p{L}/u.test(before)) return false;
  return !MAY_TELL.test((line.length > 1000 ? before + after : line).replace(LINK_END, ']'));
}

/** What a link is, by its address and, where that says nothing, by the words that lead to it. */
export function judgeVideo(url: string, label: string, before: string, heading: string, embedded: boolean, above = ''): Verdict {
  if (LIVE.test(url)) return 'live';
  if (CHANNEL.test(url) || PICTURE.test(url)) return null;
  if (KNOWN.test(url) || FILE.test(url)) return /往期|上期回顾|上一期/.test(`${label}${before}`) ? null : 'recording';
  if (embedded || ARTICLE.test(url)) return null;
  const tail = before.slice(-40);
  if (LISTS.test(url))
    return WORD.test(`${label} ${tail} ${heading} ${above}`) && !/subscribe|往期|历届|previous/i.test(`${label} ${tail}`)
      ? 'recording'
      : null;
  if (label && !NAMES_RECORDING.test(label))
    return LEADS.test(tail) && POINTS.test(tail) && !NO_WORD.test(`${tail}${label}`) ? 'recording' : null;
  if (label) return !NO_WORD.test(label) && !/\.(?:pdf|pptx?|md|html?)$/i.test(url) ? 'recording' : null;
  if (/\.(?:pdf|pptx?|zip|md)$/i.test(url)) return null;
  return (LEADS.test(tail) && !NO_WORD.test(tail)) || (ONLY_LABEL.test(before) && heading.length < 30 && saysRecording(heading))
    ? 'recording'
    : null;
}

const BVID = /\b(?:BV|bv)([0-9A-Za-z]{10})\b/;
const AID = /(?:[?&]aid=|\/av)(\d+)/;
const PART = /[?&](?:p|page)=(\d+)/;
const YOUTUBE = /(?:youtu\.be\/|\/(?:embed|live|shorts|v)\/|[?&]v=)([\w-]{11})/;

/** The same for player and page of one recording, whatever the scheme. */
export function recordingKey(url: string): string {
  if (url.includes('bilibili.com')) {
    const id = BVID.exec(url)?.[1] ?? AID.exec(url)?.[1];
    if (id) return `bilibili:${id}:${PART.exec(url)?.[1] ?? '1'}`;
  }
  if (url.includes('youtu')) {
    const id = YOUTUBE.exec(url)?.[1];
    if (id) return `youtube:${id}`;
  }
  return url.replace(/^https?:/i, '').replace(/\/$/, '');
}

const BVID_GIVEN = /[?&]bvid=([^&]*)/;

/** True when a player names a Bilibili id that cannot be one. */
export const hasBrokenId = (url: string) => {
  const id = BVID_GIVEN.exec(url)?.[1];
  return id !== undefined && id !== '' && !BVID.test(`bvid=${id}`.replace('bvid=', ' '));
};
