// The account that a code is sent to: the words around 公众号 before the verb.
import { matchesOf } from './matches.js';

const MARKED_BEFORE =
  /[「『【“"《[`]\s{0,2}([^「」『』【】“”"《》[\]`\n]{2,30}?)\s{0,2}[」』】”"》\]`]\s{0,3}(?:官方)?(?:微信|wechat)?\s{0,2}(?:公众号|公眾號|公众平台|订阅号|服务号|公号)/gi;
const MARKED_AFTER =
  /(?:公众号|公眾號|公众平台|订阅号|服务号|公号)\s{0,2}[:：]?\s{0,2}[「『【“"《[`]\s{0,2}([^「」『』【】“”"《》[\]`\n]{2,30}?)\s{0,2}[」』】”"》\]`]/gi;
const FOLLOWED =
  /(?:关注|關注|follow)(?:微信|官方|我们的?|社区)?\s{0,2}[:：]?\s{0,2}[「『【“"《[`]\s{0,2}([^「」『』【】“”"《》[\]`\n]{2,30}?)\s{0,2}[」』】”"》\]`]/gi;
const BARE_LATIN = /((?:[A-Za-z0-9][\w.+-]{0,20}\s){0,3}[A-Za-z0-9][\w.+-]{1,20})\s{0,2}(?:官方)?(?:微信)?(?:公众号|公眾號|订阅号|服务号)/g;
const BARE_AFTER = /(?:公众号|公眾號|订阅号|服务号)(?:\s{0,2}[:：]\s{0,2}|\s{1,2})([^\s，。,；;、“”"'`()（）「」【】『』]{2,24})/g;
const BARE_HAN =
  /(?:关注|關注|在)\s{0,2}([^\s，。,；;、“”"'`()（）「」『』《》【】[\]:：]{2,20}?)\s{0,2}(?:官方)?(?:微信)?(?:公众号|公眾號|订阅号|服务号)/g;
const WECHAT_ACCOUNT =
  /(?:(?:wechat|weixin)\s)?(?:official\s)?account\s{0,2}[:：]?\s{0,2}[“"'`*「]{1,3}([^“”"'`*「」\n]{2,30}?)[”"'`*」]{1,3}/gi;
const LINK = /\[([^[\]]{1,40})\]\([^()]{0,200}\)/g;
/** Words that stand where a name would, and name nobody. */
const NOBODY =
  /^(?:我们的?|本|微信|官方|上方|下方|以下|同名|该|这个|社区|扫码|二维码|并|的|公众号|our|the|us|wechat|weixin|扫描.{0,12}|文末.{0,6}|(?:后|並|并|请|[，,])?(?:后台|後台|在|内)?.{0,4}(?:回复|回覆|发送|留言|私信).{0,20}|后台.{0,10}|内.{0,6}|对话框.{0,6}|下面.{0,6}|.{0,8}二维码.{0,6})$/i;
const LEADING = /^(?:我们的?|微信|官方)(?=.{2})/;

/** The account named last in a text; null when it names none. */
export function accountIn(raw: string): string | null {
  const text = raw.replace(LINK, '$1').replaceAll('**', '');
  if (!/[公订服][众眾阅务号]|关注|關注|wechat|weixin|account/i.test(text)) return null;
  for (const form of [MARKED_BEFORE, MARKED_AFTER, FOLLOWED, BARE_LATIN, BARE_AFTER, BARE_HAN, WECHAT_ACCOUNT]) {
    const names = matchesOf(form, text)
      .map((match) => nameOf(match[1] ?? ''))
      .filter((name) => name !== null);
    const last = names.at(-1);
    if (last) return last;
  }
  return null;
}

function nameOf(written: string): string | null {
  const name = written.replace(/[*_`]/g, '').trim().replace(LEADING, '');
  return name.length < 2 || NOBODY.test(name) ? null : name;
}
