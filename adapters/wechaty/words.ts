// What the adapter itself says to organizers. What members have written, the names of groups above all, is shown and never read as markup.
import { cleanText, cutCharacters, escapeMarkdown } from '../../src/adapter.js';

export type Language = 'zh' | 'en';
export type Sentence = Record<Language, string>;

const LONGEST_NAME = 60;
const plain = (name: string) => escapeMarkdown(cutCharacters(cleanText(name).replace(/\s+/g, ' '), LONGEST_NAME));
const percent = (likeness: number) => `${Math.round(likeness * 100)}%`;

export const SIGNED_OUT: Sentence = {
  zh: '微信账号（Wechaty）已退出登录，群里的消息收不到也发不出。请用手机微信扫码重新登录：登录网页聊天后打开 /scan，或在运行 emcee 的机器上执行 npx emcee login wechaty。',
  en: 'The WeChat account (Wechaty) is signed out: nothing is heard or sent there. Sign in by scanning with WeChat on the phone: open /scan in the web chat where you have signed in, or run npx emcee login wechaty on the machine that runs emcee.',
};

export const SIGNED_IN: Sentence = { zh: '微信账号（Wechaty）已重新登录。', en: 'The WeChat account (Wechaty) is signed in again.' };

export function otherAccount(now: string, before: string): Sentence {
  return {
    zh: `微信（Wechaty）现在登录的是另一个账号“${plain(now)}”，之前是“${plain(before)}”。如果不是你们有意换的，请在那个账号的手机上退出登录，再用原来的账号扫码。`,
    en: `WeChat (Wechaty) is now signed in with another account, "${plain(now)}"; before it was "${plain(before)}". If you did not mean that, sign it out on that account's phone and scan with the right one.`,
  };
}

/** A code was typed, and the puppet could not tell who is in the room. */
export function unreadable(channel: string): Sentence {
  return {
    zh: `绑定频道“${plain(channel)}”的那串字收到了，但暂时读不到这个群，所以还没有绑定。请过一会儿在群里再发一次。`,
    en: `The code for the channel "${plain(channel)}" was heard, but the group could not be read just then, so it is not bound yet. Please type it there once more in a moment.`,
  };
}

export function bound(channel: string, topic: string): Sentence {
  return {
    zh: `微信群“${plain(topic)}”已绑定为频道“${plain(channel)}”。`,
    en: `The WeChat group "${plain(topic)}" is now the channel "${plain(channel)}".`,
  };
}

export function boundInstead(channel: string, topic: string, before: string): Sentence {
  return {
    zh: `微信群“${plain(topic)}”已改绑为频道“${plain(channel)}”；频道“${plain(before)}”现在没有群了。`,
    en: `The WeChat group "${plain(topic)}" is now the channel "${plain(channel)}"; the channel "${plain(before)}" has no group any more.`,
  };
}

export function renamed(channel: string, before: string, topic: string): Sentence {
  return {
    zh: `频道“${plain(channel)}”的微信群由“${plain(before)}”改名为“${plain(topic)}”。emcee 会继续使用它。`,
    en: `The WeChat group of the channel "${plain(channel)}" was renamed from "${plain(before)}" to "${plain(topic)}". emcee stays with it.`,
  };
}

export function gone(channel: string, topic: string): Sentence {
  return {
    zh: `机器人已不在频道“${plain(channel)}”的微信群“${plain(topic)}”里，或找不到它了。要发往那里的消息先停着：请把机器人拉回群里，再回复“绑定群 ${plain(channel)}”。`,
    en: `The bot is no longer in the WeChat group "${plain(topic)}" (channel "${plain(channel)}"), or cannot find it. What is to go there waits: invite the bot again, then send "bind group ${plain(channel)}".`,
  };
}

export interface Fit {
  topic: string;
  members: number;
  likeness: number;
}

/** The room's id is another one; `fits` look like it. */
export function ask(channel: string, topic: string, fits: readonly Fit[]): Sentence {
  const [one, another] = fits;
  if (!one) return gone(channel, topic);
  const shown = fits.map((fit) => ({
    zh: `“${plain(fit.topic)}”（${fit.members} 人，${percent(fit.likeness)} 的成员名相同）`,
    en: `"${plain(fit.topic)}" (${fit.members} members, ${percent(fit.likeness)} of the names are the same)`,
  }));
  const zh = shown.map((each) => each.zh).join('、');
  const en = shown.map((each) => each.en).join(', ');
  if (another)
    return {
      zh: `频道“${plain(channel)}”的微信群“${plain(topic)}”换了编号，看起来像它的不止一个：${zh}。弄清楚之前不往里发消息：请回复“绑定群 ${plain(channel)}”，把拿到的一串字发到对的群里。`,
      en: `The WeChat group "${plain(topic)}" (channel "${plain(channel)}") has another id, and several look like it: ${en}. Nothing goes there until it is clear: send "bind group ${plain(channel)}" and type what you get in the right one.`,
    };
  return {
    zh: `频道“${plain(channel)}”的微信群“${plain(topic)}”换了编号，现在像它的是${zh}。确认之前不往里发消息：是它就回复“确认群 ${plain(channel)}”，不是就回复“绑定群 ${plain(channel)}”。`,
    en: `The WeChat group "${plain(topic)}" (channel "${plain(channel)}") has another id; this one looks like it: ${en}. Nothing goes there before you say so: send "confirm group ${plain(channel)}" if it is, "bind group ${plain(channel)}" if not.`,
  };
}

export const STOPPED = {
  lookedFor: 'the group is still being looked for after the login',
  asked: 'organizers were asked which group it is',
};

export const LIMITED: Sentence = {
  zh: '微信提示操作过于频繁：emcee 一小时内不再发送。请考虑调低 WECHATY_DAILY，或放慢 WECHATY_PACE。',
  en: 'WeChat says that the account does too much: emcee sends nothing for an hour. Consider a lower WECHATY_DAILY or a slower WECHATY_PACE.',
};

export const SAYS: Record<Language, { notSignedIn: string; late: string; unknown(to: string): string; unclear(to: string): string }> = {
  zh: {
    notSignedIn: '微信账号没有登录。',
    late: '等待的时间到了，消息没有发出。',
    unknown: (to) => `微信里找不到 ${to}。`,
    unclear: (to) => `发给 ${to} 的消息不知道有没有送到：Wechaty 没有给出明确答复。`,
  },
  en: {
    notSignedIn: 'The WeChat account is not signed in.',
    late: 'Its time was up before the message was sent.',
    unknown: (to) => `WeChat knows no ${to}.`,
    unclear: (to) => `Nobody knows whether the message for ${to} arrived: Wechaty gave no clear answer.`,
  },
};

export const UNSTABLE: Record<'change' | 'unknown', Sentence> = {
  change: {
    zh: '这个 puppet 每次登录后成员的编号都会变，编号说明不了是谁。请用其他平台（例如 Slack）上的账号当组织者。',
    en: 'with this puppet people get other ids at each login, so that an id does not tell who somebody is. Name an organizer on another platform, such as Slack.',
  },
  unknown: {
    zh: '不知道这个 puppet 的成员编号在重新登录后是否不变。确认不变之后再设置 WECHATY_STABLE_IDS=yes（见 docs/wechaty.md）。',
    en: 'nobody knows whether people keep their ids with this puppet. When you have seen that they do, set WECHATY_STABLE_IDS=yes (docs/wechaty.md).',
  },
};
