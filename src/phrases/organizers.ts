// What organizers are told without having asked.
import type { Language } from '../content/types.js';

export interface OrganizerPhrases {
  bundle(notices: readonly string[], more: number): string;
  codeWithoutLink(code: string): string;
  platformGone(name: string, reason: string): string;
  platformBack(name: string): string;
  stuck(name: string, count: number, minutes: number): string;
  unknownEnds(name: string, count: number): string;
  silent(name: string, minutes: number): string;
  channelUnknown(channel: string, name: string): string;
  channelUnbound(channel: string, name: string): string;
  channelElsewhere(channel: string, name: string, address: string): string;
}

export const ORGANIZER_PHRASES: Record<Language, OrganizerPhrases> = {
  en: {
    bundle: (notices, more) =>
      [
        'For organizers:',
        ...notices.map((notice) => `- ${notice}`),
        ...(more > 0 ? [`- … and ${more} more: run \`emcee check\` to see all.`] : []),
      ].join('\n'),
    codeWithoutLink: (code) =>
      `A member asked for ${code}, and its slides have no link yet. To set one, write to me directly: slides ${code} https://… password abcd`,
    platformGone: (name, reason) => `${name} cannot be reached: ${reason}. emcee keeps trying.`,
    platformBack: (name) => `${name} is connected again.`,
    stuck: (name, count, minutes) =>
      `${count} messages for ${name} wait, the oldest for ${minutes} minutes. See \`emcee deliveries --state pending\`.`,
    unknownEnds: (name, count) =>
      `Of ${count} messages for ${name} nobody knows whether they arrived. Please look there, then say so: \`emcee deliveries --state unknown\`, \`emcee deliveries resolve ID sent|again\`.`,
    silent: (name, minutes) => `${name} has said nothing for ${minutes} minutes. If that is unusual, look whether it is still connected.`,
    channelUnknown: (channel, name) =>
      `The channel ${channel} cannot be found: there is no ${name} that the bot can see. Invite the bot there, or correct the address in emcee.yaml.`,
    channelUnbound: (channel, name) =>
      `The channel ${channel} (${name}) is not bound to a group yet. Send me "bind group ${channel}" in a direct chat, or run \`emcee rooms bind\`.`,
    channelElsewhere: (channel, name, address) =>
      `The name ${name} (channel ${channel}) no longer leads to where it did: the room was renamed, archived or made anew. emcee stays with ${address}; to change that, write the new name or its id in emcee.yaml.`,
  },
  zh: {
    bundle: (notices, more) =>
      [
        '给组织者的提醒：',
        ...notices.map((notice) => `- ${notice}`),
        ...(more > 0 ? [`- ……还有 ${more} 条，运行 \`emcee check\` 查看全部。`] : []),
      ].join('\n'),
    codeWithoutLink: (code) => `有成员索取 ${code}，但课件还没有链接。私聊我就能补上：课件 ${code} https://… 提取码 abcd`,
    platformGone: (name, reason) => `${name} 连接不上：${reason}。emcee 会继续重试。`,
    platformBack: (name) => `${name} 已重新连接。`,
    stuck: (name, count, minutes) =>
      `${name} 有 ${count} 条消息没有发出去，最早的一条已等了 ${minutes} 分钟。运行 \`emcee deliveries --state pending\` 查看。`,
    unknownEnds: (name, count) =>
      `${name} 有 ${count} 条消息不知道有没有送到。请去那边看一看，再告诉我结果：\`emcee deliveries --state unknown\`、\`emcee deliveries resolve ID sent|again\`。`,
    silent: (name, minutes) => `${name} 已经 ${minutes} 分钟没有动静了。如果不太正常，请看看连接是否还在。`,
    channelUnknown: (channel, name) => `找不到频道 ${channel}：机器人看不到 ${name}。请把机器人邀请进去，或改正 emcee.yaml 里的地址。`,
    channelUnbound: (channel, name) => `频道 ${channel}（${name}）还没有绑定群。请私聊我“绑定群 ${channel}”，或运行 \`emcee rooms bind\`。`,
    channelElsewhere: (channel, name, address) =>
      `${name}（频道 ${channel}）指向的已经不是原来的地方：房间改名、归档或重建了。emcee 仍用 ${address}；要更换，请在 emcee.yaml 里写新名字或 id。`,
  },
};

/** The same notice in every language: which one is told is known only when it goes out. */
export function inEveryLanguage(say: (phrases: OrganizerPhrases) => string): Record<Language, string> {
  return { en: say(ORGANIZER_PHRASES.en), zh: say(ORGANIZER_PHRASES.zh) };
}

/** What src/bot/watch.ts says. */
export const WATCH_WORDS = {
  stuck: (...args: Parameters<OrganizerPhrases['stuck']>) => inEveryLanguage((say) => say.stuck(...args)),
  unknown: (...args: Parameters<OrganizerPhrases['unknownEnds']>) => inEveryLanguage((say) => say.unknownEnds(...args)),
  silent: (...args: Parameters<OrganizerPhrases['silent']>) => inEveryLanguage((say) => say.silent(...args)),
};

/** What src/bot/channels.ts says. */
export const CHANNEL_WORDS = {
  unknown: (...args: Parameters<OrganizerPhrases['channelUnknown']>) => inEveryLanguage((say) => say.channelUnknown(...args)),
  unbound: (...args: Parameters<OrganizerPhrases['channelUnbound']>) => inEveryLanguage((say) => say.channelUnbound(...args)),
  elsewhere: (...args: Parameters<OrganizerPhrases['channelElsewhere']>) => inEveryLanguage((say) => say.channelElsewhere(...args)),
};
