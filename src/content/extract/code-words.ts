// Words around a keyword that say whether it is one.

export const GETS =
  /获取|獲取|领取|領取|获得|獲得|下载|下載|即可|可得|得到|索取|查看|申请|入群|进群|加群|拉群|报名|参与|参加|阅读|就?有.{0,6}(?:资源|资料|福利|ppt|课件|视频|链接)|收到|拿到|拿走|有惊喜|观看|抽奖|打包|免费|\bto (?:get|receive|download|join|claim)\b|\bfor the\b|\band (?:get|receive|download)\b|\bto our\b/i;
/** What is handed out for a keyword. */
export const THINGS = /ppt|pdf|课件|讲义|幻灯|资料|源码|代码|链接|电子书|文档|视频|回放|照片|图片|群|slides?|deck|recording/i;
const FOLLOWS = /关注|關注|公众号|公眾號|订阅号|服务号|后台|後台|小助手|扫码|扫描|微信|wechat|weixin|official account|\bfollow\b|\bbot\b/i;
/** For a keyword without marks: `系统后台` is somebody's console. */
const FOLLOWS_CLEARLY = /关注|關注|公众号|公眾號|订阅号|服务号|小助手|扫码|扫描|微信|(?<![\u4e00-\u9fff])[后後]台/;
/** The back end of a program is no account. */
const BACK_END =
  /(?:服务[器端]?|伺服器|管理|系统|程序|网站|站点|商家|运营|应用|项目|云端?|博客|登[录陆]|数据库?|监控|控制台)的?[后後]台|[后後]台(?:服务|进程|线程|运行|执行|任务|程序|管理|系统|数据|页面|登[录陆]|接口|开发|代码|日志)/g;
const ACCOUNT = /公众号|公眾號|订阅号|服务号|公众平台|(?:关注|關注)(?![点度的到于])/;
/** Other places where people are asked to reply. */
export const ELSEWHERE = /邮件|邮箱|e-?mail|\bissue|评论|留言板|帖子|楼层|工单|\bpr\b|pull request|thread|弹幕|聊天区|\bcomment|slack/i;
/** Somebody else replies, or has replied. */
export const NOT_ASKED = /(?:自动|收到|及时|尽快|已经?|未|没有?|快速|统一|服务[端器]|客户端|系统|程序|接口|对方|对端|节点|会|并不|不再)$/;
export const NAMES_KEYWORD = /[键鍵]|口令|暗号/;
/** Sent to a person, who is not this bot. */
export const TO_A_PERSON = /加.{0,16}(?:好友|微信)|微信号|个人微信|as (?:your |a )?friend/i;
/** `获取 PPT 请回复…`, `PPT 下载：回复…`: what one gets, right before the verb. */
const BENEFIT =
  /(?:获取|下载|领取|索取|想要|需要)[^。！!？?\n]{0,10}(?:ppt|pdf|课件|讲义|幻灯片?|资料|源码|电子书|视频|slides?)[^。！!？?\n]{0,12}$|(?:ppt|pdf|课件|讲义|幻灯片?|资料|源码|电子书|视频|slides?)[^。！!？?\n]{0,6}(?:下载|获取|领取)[^。！!？?\n]{0,12}$/i;

const withoutBackEnds = (text: string) => (text.includes('台') ? text.replace(BACK_END, '') : text);
const lastSentence = (text: string) => text.slice(Math.max(text.lastIndexOf('。'), text.lastIndexOf('\n'), text.lastIndexOf('！')) + 1);

/** The words before the verb speak of somebody who is followed. */
export const follows = (text: string) => FOLLOWS.test(withoutBackEnds(text));
export const followsClearly = (text: string) => FOLLOWS_CLEARLY.test(withoutBackEnds(text));
/** The verb's own sentence names an account, and no program's back end. */
export function namesAccount(before: string): boolean {
  const sentence = lastSentence(before);
  return ACCOUNT.test(sentence) && withoutBackEnds(sentence) === sentence;
}
/** An account, or its back office, is close by. */
export const isAccountNear = (text: string) => /公众号|公眾號|订阅号|服务号|[后後]台/.test(withoutBackEnds(text));
export const isBenefit = (before: string) => BENEFIT.test(before.slice(-40));
