// The account that a code is sent to: the words around 公众号 before the verb.
import { matchesOf } from './matches.js';

const MARKED_BEFORE =
  /[「『【“"《[`]\s{0,2}([^「」『』【】“”"《》[\]`\n]{2,30}?)\s{0,2}[」』】”"》\]`]\s{0,3}(?:官方)?(?:微信|wechat)?\s{0,2}(?:公众号|公眾號|公众平台|订阅号|服务号|公号)/gi;
const MARKED_AFTER =
  /(?:公众号|公眾號|公众平台|订阅号|服务号|公号)\s{0,2}[:：]?\s{0,2}[「『【“"《[`]\s{0,2}([^「」『』【】“”"《》[\]`\n]{2,30}?)\s{0,2}[」』】”"》\]`]/gi;
const FOLLOWED =
  /(?:关注|關注|follow)(?:微信|官方|我们的?|社区)?\s{0,2}[:：]?\s{0,2}[「『【“"《[`]\s{0,2}([^「」『』【】“”"《》[\]`\n]{2,30}?)\s{0,2}[」』】”"》\]`]/gi;
/** `在【…】后台回复` */
const IN_BACK_OFFICE =
  /在\s{0,2}[「『【“"《]\s{0,2}([^「」『』【】“”"《》[\]`\n]{2,30}?)\s{0,2}[」』】”"》]\s{0,2}的?(?:微信)?\s{0,2}[后後]台/g;
const BARE_LATIN = /((?:[A-Za-z0-9][\w.+-]{0,20}\s){0,3}[A-Za-z0-9][\w.+-]{1,20})\s{0,2}(?:官方)?(?:微信)?(?:公众号|公眾號|订阅号|服务号)/g;
const BARE_AFTER = /(?:公众号|公眾號|订阅号|服务号)(?:\s{0,2}[:：]\s{0,2}|\s{1,2})([^\s，。,；;、“”"'`()（）「」【】『』]{2,24})/g;
const BARE_HAN =
  /(?:关注|關注|在)\s{0,2}([^\s，。,；;、“”"'`()（）「」『』《》【】[\]:：]{2,20}?)\s{0,2}(?:官方)?(?:微信)?(?:公众号|公眾號|订阅号|服务号)/g;
const WECHAT_ACCOUNT =
  /(?:(?:wechat|weixin)\s)?(?:official\s)?account\s{0,2}[:：]?\s{0,2}[“"'`*「]{1,3}([^“”"'`*「」\n]{2,30}?)[”"'`*」]{1,3}/gi;
const LINK = /\[([^[\]]{1,40})\]\([^()]{0,200}\)/g;
/** Words that stand where a name would, and name nobody. */
const NOBODY =
  /^(?:(?:我们?的?|本|微信|官方|上[方面]|下[方面]|以下|该|此|这个){1,4}|同名|社区|扫码|二维码|并|的|公众号|our|the|us|wechat|weixin|扫描.{0,12}|文末.{0,6}|(?:后|並|并|请|[，,])?(?:后台|後台|在|内)?.{0,4}(?:回复|回覆|发送|留言|私信).{0,20}|后台.{0,10}|内.{0,6}|对话框.{0,6}|下面.{0,6}|.{0,8}二维码.{0,6}|我的?|自己的?|相应的?|对应的?)$/i;
/** Where a name without marks is over and the sentence goes on. */
const GOES_ON =
  /推送|获取|領取|领取|回复|回覆|分享|发送|即可|免费|阅读|查看|观看|每[天日周]|定期|第一时间|持续|专注|进入|进群|加入|一起|了解|输入|[后後]台|下载|更新|发布|关注|将会|会在|为(?:大家|你|您)/;
const LONGEST_BARE = 14;
const LATIN_HEAD = /^[A-Za-z0-9][\w.+-]{1,20}(?=[\u4e00-\u9fff])/;
const LEADING = /^(?:我们的?|微信|官方)(?=.{2})/;

/** The account named last in a text; null when it names none. */
export function accountIn(raw: string): string | null {
  const text = raw.replace(LINK, '$1').replaceAll('**', '');
  if (!/[公订服][众眾阅务号]|关注|關注|[后後]台|wechat|weixin|account/i.test(text)) return null;
  for (const form of [MARKED_BEFORE, MARKED_AFTER, FOLLOWED, IN_BACK_OFFICE, BARE_LATIN, BARE_AFTER, BARE_HAN, WECHAT_ACCOUNT]) {
    const names = matchesOf(form, text)
      .map((match) => nameOf(form === BARE_AFTER ? bareName(match[1] ?? '') : (match[1] ?? '')))
      .filter((name) => name !== null);
    const last = names.at(-1);
    if (last) return last;
  }
  return null;
}

/** Up to the verb that follows it; what is still as long as a sentence is only its Latin word, or no name. */
function bareName(written: string): string {
  const verb = written.search(GOES_ON);
  const name = verb > 0 ? written.slice(0, verb) : written;
  return name.length <= LONGEST_BARE || !/[\u4e00-\u9fff]/.test(name) ? name : (LATIN_HEAD.exec(name)?.[0] ?? '');
}

function nameOf(written: string): string | null {
  const name = written.replace(/[*_`]/g, '').trim().replace(LEADING, '');
  return name.length < 2 || NOBODY.test(name) ? null : name;
}
