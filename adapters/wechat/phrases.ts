// What the adapter itself adds to a reply.

export interface Phrases {
  /** Under links that were asked for: netdisks often do not open inside WeChat. */
  openElsewhere: string;
  password: string;
  /** Where a page goes on; 更多 and more are what src/answer understands. */
  nextPage: string;
  /** In the place of a link that no message can hold. */
  tooLong: string;
  /** Before what did not fit into the message before. */
  rest: string;
}

const zh: Phrases = {
  openElsewhere: '手机打不开请复制到电脑浏览器',
  password: '提取码：',
  nextPage: '回复 更多 看下一页',
  tooLong: '（链接太长，微信一条消息放不下，请向组织者索取）',
  rest: '接上页：',
};

const en: Phrases = {
  openElsewhere: 'If it does not open on your phone, copy it into a browser on a computer.',
  password: 'Password (提取码): ',
  nextPage: 'Reply more for the next page',
  tooLong: '(The link is too long for a message of WeChat. Please ask the organizers for it.)',
  rest: 'Continued:',
};

/** In the language that a message is in. */
export function phrasesFor(text: string): Phrases {
  return /\p{Script=Han}/u.test(text) ? zh : en;
}
