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
};

export type Words = typeof zh;
export type Language = 'zh' | 'en';
export const WORDS: Readonly<Record<Language, Words>> = { zh, en };

/** The first language of the browser's list that the page speaks. */
export function readerLanguage(wanted: readonly string[], otherwise: Language): Language {
  const known = wanted.map((each) => each.slice(0, 2).toLowerCase()).find((each) => each === 'zh' || each === 'en');
  return (known as Language | undefined) ?? otherwise;
}
