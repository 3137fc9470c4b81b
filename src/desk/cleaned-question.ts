/** A member's question without what may tell who asked, or what they would not show: for lists that organizers read. Pure. */

const ADDRESS = /(?:https?:?|www\.)[!-~]{2,}|[\w-]+(?:\.[\w-]+){1,4}\/[!-~]*/gi;
const MAIL = /[\w.+%-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/g;
const MENTION = /@[\p{L}\p{N}_.-]{1,64}/gu;
const SECRET = /(?:微信号?|weixin|wechat|qq|密码|验证码|password|passcode|token)[:：=是为]?[!-~]{3,}/gi;
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
  return [ADDRESS, MAIL, MENTION, SECRET].reduce((left, contact) => left.replace(contact, '…'), text);
}
