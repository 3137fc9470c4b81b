// What organizers hear in a chat about a broadcast: how to go on. What it is and how far it is stands in broadcast.ts.
import type { Language } from '../content/types.js';

export interface BroadcastDeskPhrases {
  onlyDirect: string;
  /** Which words lead where, under a preview. */
  confirmByButton(number: string): string;
  confirmByNumber(number: string): string;
  confirmByCount(number: string, count: number): string;
  orElse(id: string): string;
  send: string;
  discard: string;
  saySend(id: string, hash: string): string;
  sayDiscard(id: string): string;
  giveText: string;
  noText: string;
  neverMind: string;
  changed: string;
  started(label: string, count: number): string;
  planned(label: string, count: number, when: string): string;
  followIt: string;
  wrong(left: number): string;
  wrongCount(left: number): string;
  countNeeded(number: string, count: number): string;
  signInAgain: string;
  gone: Record<'unknown' | 'expired' | 'no-tries', string>;
  notYours: string;
  taken(label: string): string;
  discarded(id: string): string;
  noDraft(id: string): string;
  noDrafts: string;
  drafts: string;
  noBroadcast: string;
  broadcasts: string;
  wrongTime: string;
}

export const BROADCAST_DESK_PHRASES: Record<Language, BroadcastDeskPhrases> = {
  zh: {
    onlyDirect: '群发的事请私聊告诉我，这样预览不会被大家看到。',
    confirmByButton: (number) => `点“发送”就发出，或回复数字 ${number}（10 分钟内有效）。`,
    confirmByNumber: (number) => `确认发送请回复数字 ${number}（10 分钟内有效）。`,
    confirmByCount: (number, count) => `频道很多，请再看一遍。确认发送请回复“${number} ${count}”：数字和频道数（10 分钟内有效）。`,
    orElse: (id) => `修改请回复“修改 ${id} 新的内容”，不要了请回复“丢弃 ${id}”。`,
    send: '发送',
    discard: '丢弃',
    saySend: (id, hash) => `发送 ${id} #${hash}`,
    sayDiscard: (id) => `丢弃 ${id}`,
    giveText: '好的，请把要群发的内容发给我（10 分钟内）。不发了请回复“算了”。',
    noText: '这条消息没有文字，没法群发。请把要发的内容写给我。',
    neverMind: '好的，没有发出任何消息。',
    changed: '预览之后有了变化（页面、频道或内容），所以还没有发。下面是现在的样子：',
    started: (label, count) => `“${label}”开始发送，一共 ${count} 个频道。`,
    planned: (label, count, when) => `“${label}”会在 ${when} 发往 ${count} 个频道。`,
    followIt: '回复“进度”查看，回复“停止”马上停下。',
    wrong: (left) => (left > 0 ? `数字不对，还可以试 ${left} 次。` : '数字不对，次数用完了。请回复“草稿”，再看一次预览。'),
    wrongCount: (left) => `数字和频道数有一个不对，还可以试 ${left} 次。`,
    signInAgain: '登录已经超过 10 分钟。为了安全，发送之前请再登录一次：在你自己的聊天账号里私聊我发“登录”，打开链接，再回来确认。',
    countNeeded: (number, count) => `频道超过 100 个，请连同频道数一起回复：“${number} ${count}”。`,
    gone: {
      unknown: '没有等待确认的群发。',
      expired: '确认时间（10 分钟）已过，没有发出。回复“草稿”可以再看一次预览。',
      'no-tries': '试错次数已用完，没有发出。回复“草稿”可以再看一次预览。',
    },
    notYours: '这条群发是另一位组织者准备的，请由本人确认。',
    taken: (label) => `“${label}”已经确认过了，不会再发一次。回复“进度”查看。`,
    discarded: (id) => `草稿 ${id} 已丢弃，没有发出任何消息。`,
    noDraft: (id) => `没有草稿 ${id}。回复“草稿”查看现有的。`,
    noDrafts: '现在没有草稿。写一条：“群发 @标签 内容”。',
    drafts: '草稿，回复“查看 编号”再看预览：',
    noBroadcast: '还没有群发过。写一条：“群发 @标签 内容”。',
    broadcasts: '最近的群发：',
    wrongTime: '这个时间看不懂。请写成“2026-12-01 18:00”或“明天 18:00”。',
  },
  en: {
    onlyDirect: 'Please write to me directly about broadcasts, so that not everybody sees the preview.',
    confirmByButton: (number) => `Tap "Send" to send it, or answer with the number ${number} (within 10 minutes).`,
    confirmByNumber: (number) => `To send it, answer with the number ${number} (within 10 minutes).`,
    confirmByCount: (number, count) =>
      `These are many channels: please read it once more. To send it, answer "${number} ${count}", the number and how many channels (within 10 minutes).`,
    orElse: (id) => `"edit ${id} new text" changes it, "discard ${id}" drops it.`,
    send: 'Send',
    discard: 'Discard',
    saySend: (id, hash) => `send ${id} #${hash}`,
    sayDiscard: (id) => `discard ${id}`,
    giveText: 'All right: now send me the message itself (within 10 minutes). "never mind" drops it.',
    noText: 'That message has no text, so it cannot be broadcast. Please write to me what is to be said.',
    neverMind: 'All right, nothing was sent.',
    changed:
      'Something has changed since the preview (a page, the channels or the text), so nothing was sent. This is what it would be now:',
    started: (label, count) => `"${label}" is on its way to ${count} ${count === 1 ? 'channel' : 'channels'}.`,
    planned: (label, count, when) => `"${label}" will go to ${count} ${count === 1 ? 'channel' : 'channels'} at ${when}.`,
    followIt: '"progress" tells how far it is, "stop" stops it at once.',
    wrong: (left) =>
      left > 0
        ? `That is not the number; ${left} ${left === 1 ? 'try is' : 'tries are'} left.`
        : 'That is not the number, and there are no tries left. Send "drafts" to see the preview again.',
    wrongCount: (left) => `The number or how many channels is not right; ${left} ${left === 1 ? 'try is' : 'tries are'} left.`,
    signInAgain:
      'You signed in more than ten minutes ago. To be safe, please sign in once more before anything is sent: say "sign in" to me in a direct chat from your own account, open the link, and confirm it again.',
    countNeeded: (number, count) => `There are more than 100 channels: please answer with how many as well, "${number} ${count}".`,
    gone: {
      unknown: 'No broadcast is waiting for a confirmation.',
      expired: 'The ten minutes to confirm are over; nothing was sent. Send "drafts" to see the preview again.',
      'no-tries': 'There are no tries left; nothing was sent. Send "drafts" to see the preview again.',
    },
    notYours: 'Another organizer has prepared this broadcast; please let them confirm it.',
    taken: (label) => `"${label}" was confirmed already and does not go out twice. "progress" tells how far it is.`,
    discarded: (id) => `The draft ${id} is dropped; nothing was sent.`,
    noDraft: (id) => `There is no draft ${id}. "drafts" lists those there are.`,
    noDrafts: 'There are no drafts. Write one: "broadcast @tag the text".',
    drafts: 'Drafts; "show" and the name shows one again:',
    noBroadcast: 'Nothing was broadcast yet. Write one: "broadcast @tag the text".',
    broadcasts: 'The latest broadcasts:',
    wrongTime: 'That time cannot be read. Write it as "2026-12-01 18:00" or "tomorrow 18:00".',
  },
};
