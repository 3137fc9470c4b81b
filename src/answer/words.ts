// Words that say how something is asked, not what is asked for.
import { foldWords } from './fold.js';

// Longer ones first: the first that fits is taken.
const HAN = [
  ...['我想要', '发给我', '有没有', '在哪里', '幻灯片', '演讲稿', '那一场', '这一场', '什么时候'],
  ...['请问', '请发', '请给', '麻烦', '帮我', '帮忙', '给我', '发我', '我想', '我要', '想要', '想看', '需要', '回复', '回覆', '关键词'],
  ...['关键字', '口令', '暗号', '课件', '讲稿', '资料', '文件', '文档', '下载', '链接', '地址', '获取', '领取', '一下', '一份', '谢谢'],
  ...['多谢', '感谢', '你好', '您好', '这个', '那个', '那场', '这场', '这次', '那次', '关于', '没有', '回放', '视频', '录像', '录屏'],
  ...['在哪', '哪里', '怎么', '什么', '哪些', '活动', '聚会', '讲师', '老师', '议题', '分享'],
  ...['的', '吗', '呢', '吧', '呀', '啊', '了'],
];

const LATIN = new Set(
  (
    'ppt pptx pdf slide slides deck video videos recording recordings code codes keyword reply link links download get want need give ' +
    'send show find please plz pls thanks thank you me i my your the a an for of from to on in at about with by and is are was were can ' +
    'could would like have has hello hi there any some where when what which who do does how event events meetup meetups talk talks speaker'
  ).split(' '),
);

/** English words that no name or code is made of: a sentence with one of them is English. */
const ENGLISH = new Set(
  (
    'please thanks thank you me i my your the an for of from to on in at about with by and is are was were can could would like have has ' +
    'hello there any some where when what which who do does how send show find give get want need slides next last events event talks'
  ).split(' '),
);

const HAN_WORDS = new RegExp(HAN.join('|'), 'g');
/** Ask only where they stand alone: 发 in 发布会 belongs to the matter. */
const HAN_ALONE = /^[有发给我看请求要下是在和与及]+$/;
const HAN_ENDING = /(?<=\p{Script=Han}{2})[站场期]$/u;
const HAN_SIGN = /\p{Script=Han}/u;
const SHARED_EDGE = /^(?:ppt|pptx|pdf|slides?)(?=[^a-z])|(?<=[^a-z])(?:ppt|pptx|pdf|slides?)$/g;

/** What is left of folded words when the words of asking are taken out; empty: there was nothing else. */
export function withoutAsking(words: readonly string[]): string[] {
  return words
    .flatMap((word) => (HAN_SIGN.test(word) ? word.replace(HAN_WORDS, ' ').split(' ') : [word]))
    .flatMap((word) => word.replace(SHARED_EDGE, ' ').split(' '))
    .map((word) => word.replace(HAN_ENDING, ''))
    .filter((word) => word !== '' && !LATIN.has(word) && !HAN_ALONE.test(word));
}

/** Parts of a folded word where a code may begin or end: Chinese sign by sign, else whole runs, `20231104ppt` at the known word. */
export function units(word: string): string[] {
  return word
    .split(/(\p{Script=Han})/u)
    .flatMap((part) => part.split(/^(ppt|pptx|pdf|slides?)(?=\d)|(?<=\d)(ppt|pptx|pdf|slides?)$/))
    .filter((part): part is string => part !== undefined && part !== '');
}

/** The language of a text where it is clear: any Chinese sign, or several words with an English one among them. */
export function languageOf(text: string): 'zh' | 'en' | undefined {
  if (HAN_SIGN.test(text)) return /[\u3040-\u30FF]/.test(text) ? undefined : 'zh';
  const words = foldWords(text).filter((word) => /^[a-z']{1,30}$/.test(word));
  return words.length >= 2 && words.some((word) => ENGLISH.has(word)) ? 'en' : undefined;
}
