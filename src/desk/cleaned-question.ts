/** A member's question without what may tell who asked, or what they would not show: for lists that organizers read. Pure. */

const ADDRESS = /(?:https?:?|www\.)[!-~]{2,}|[\w-]+(?:\.[\w-]+){1,4}\/[!-~]*/gi;
const MAIL = /[\w.+%-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/g;
const MENTION = /@[\p{L}\p{N}_.-]{1,64}/gu;
const SECRET = /(?:微信号?|weixin|wechat|qq|密码|验证码|password|passcode|token)[:：=是为]?[!-~]{3,}/gi;
const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文';
const AFTER_NAME = '(?=想|要|怎|能|可|请|在|来|是|的|和|老师|同学|$|[^\\p{Script=Han}])';
/** Who somebody says that they are. Without blanks nothing tells where a name ends: rather too much is taken away than too little. */
const NAMES = [
  new RegExp(
    `(?:我叫|我名叫|叫我|我的名字[是叫]?|姓名[:=是]?|本人|联系人[:=是]?)(?:[\\p{Script=Han}]{2,4}?${AFTER_NAME}|[\\p{Script=Han}]{1,4}|[a-z]+)`,
    'giu',
  ),
  new RegExp(`(?:我是|这里是)[${SURNAMES}][\\p{Script=Han}]{1,2}?${AFTER_NAME}`, 'gu'),
  /(?:my ?name ?is|i ?am ?called|call ?me|我(?:叫|是)(?=[a-z])) ?[a-z]+/gi,
];
/** Identity cards, phones, accounts; a day of this or the last century is none. */
const DIGITS = /\+?\d[\dx]{6,}/gi;
const DAY = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
/** `wxida1b2c3`, `u01abcdef2`, `oabc…`, `a1b2c3d4`: as folding leaves them, without their dashes. */
const IDS = [
  /wxid[a-z0-9]{4,}|gh[0-9a-f]{12}|(?<![a-z0-9])[uw]0[a-z0-9]{7,10}(?![a-z0-9])/gi,
  /(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9_-]{16,}/gi,
  /(?<![a-z0-9])[a-z]{1,3}(?:\d{1,3}[a-z]{1,3}){2,}\d{0,3}(?![a-z0-9])/gi,
];
const SHORTEST = 2;
const LONGEST = 40;

/** Undefined: nothing is left that an organizer could use. */
export function cleanedQuestion(folded: string): string | undefined {
  const clean = IDS.reduce((text, id) => text.replace(id, '…'), withoutContacts(folded))
    .replace(DIGITS, (run) => (DAY.test(run) ? run : '…'))
    .replace(/…[…\s]*/g, '…')
    .trim();
  const signs = [...clean];
  const said = clean.replace(/[^\p{L}\p{N}]/gu, '');
  if ([...said].length < SHORTEST) return undefined;
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join('')}…` : clean;
}

function withoutContacts(text: string): string {
  return [ADDRESS, MAIL, MENTION, SECRET, ...NAMES].reduce((left, contact) => left.replace(contact, '…'), text);
}
