// Everything the chat page says by itself, in both languages. What the bot says comes from the bot.
const zh = {
  events: '活动',
  startOver: '清空',
  startOverAsk: '清空这里的聊天记录，从头开始？',
  log: '聊天记录',
  you: '你',
  input: '输入口令、城市、日期或讲师',
  send: '发送',
  copy: '复制',
  copyOf: (what: string) => `复制链接：${what}`,
  copied: '已复制',
  cannotCopy: '复制不了，请长按链接',
  password: '提取码',
  copyPassword: '复制提取码',
  choices: '可以点选',
  opensElsewhere: '（在新窗口打开）',
  newBelow: '有新消息',
  waiting: '发送中…',
  unsent: '没有发出去。',
  again: '重试',
  tooLong: '这条消息太长了，请缩短后再发。',
  refused: '这条消息没有被接受。',
  tooFast: '发得太快了，稍后会自动发出。',
  connection: { connecting: '正在连接…', online: '已连接', polling: '已连接', offline: '连接断开，正在重连…' },
  suggestions: ['下一场', '活动', '帮助'],
  organizer: (name: string) => `已登录为组织者：${name}`,
  signOut: '退出登录',
  sessionOver: '登录已失效。要继续，请在你的聊天账号里私聊我，发“登录”。',
  signIn: {
    title: '组织者登录',
    about: '按下按钮，就以组织者的身份打开网页聊天。这个链接只能用一次。',
    button: '登录',
    toChat: '去聊天页面',
    states: {
      busy: '正在登录…',
      over: '这个链接用过了，或者已经过期。请在你的聊天账号里私聊机器人，再发一次“登录”。',
      'no-https': '登录需要 https。请用 https 打开，并设置 EMCEE_PUBLIC_URL。',
      'too-fast': '试得太快了，请等一分钟再试。',
      offline: '连接不上，请再试一次。',
    },
  },
};

const en: typeof zh = {
  events: 'Events',
  startOver: 'Clear',
  startOverAsk: 'Clear this conversation and start over?',
  log: 'Conversation',
  you: 'You',
  input: 'A code, a city, a date or a speaker',
  send: 'Send',
  copy: 'Copy',
  copyOf: (what: string) => `Copy the link: ${what}`,
  copied: 'Copied',
  cannotCopy: 'Copying is not allowed here: press the link and hold it',
  password: 'Password (提取码)',
  copyPassword: 'Copy the password',
  choices: 'Choose one',
  opensElsewhere: ' (opens in a new window)',
  newBelow: 'New message',
  waiting: 'Sending…',
  unsent: 'This was not sent.',
  again: 'Try again',
  tooLong: 'This message is too long. Please shorten it.',
  refused: 'This message was not accepted.',
  tooFast: 'That was quick. It will be sent in a moment.',
  connection: { connecting: 'Connecting…', online: 'Connected', polling: 'Connected', offline: 'Connection lost, reconnecting…' },
  suggestions: ['next', 'events', 'help'],
  organizer: (name: string) => `Signed in as organizer: ${name}`,
  signOut: 'Sign out',
  sessionOver: 'You are signed out. To go on, send me "sign in" in a direct chat from your own account.',
  signIn: {
    title: 'Sign in as an organizer',
    about: 'Press the button to open the web chat as an organizer. This link works once.',
    button: 'Sign in',
    toChat: 'To the chat',
    states: {
      busy: 'Signing in…',
      over: 'This link was used already, or is too old. Send "sign in" to the bot in a direct chat from your own account.',
      'no-https': 'Signing in needs https: open this page with https, and set EMCEE_PUBLIC_URL.',
      'too-fast': 'That was too quick. Please wait a minute.',
      offline: 'There is no connection. Please try again.',
    },
  },
};

export type Words = typeof zh;
export type Language = 'zh' | 'en';
export const WORDS: Readonly<Record<Language, Words>> = { zh, en };

/** The first language of the browser's list that the page speaks. */
export function readerLanguage(wanted: readonly string[], otherwise: Language): Language {
  const known = wanted.map((each) => each.slice(0, 2).toLowerCase()).find((each) => each === 'zh' || each === 'en');
  return (known as Language | undefined) ?? otherwise;
}
