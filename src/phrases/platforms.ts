// What organizers hear about a platform itself: pausing it, and binding its rooms to channels.
import type { Language } from '../content/types.js';

export interface PlatformPhrases {
  noOrganizer(address: string, reason: string): string;
  paused(platform: string): string;
  resumed(platform: string): string;
  noSuchPlatform(name: string, platforms: readonly string[], is: 'pause' | 'resume', meant: string): string;
  bind(channel: string, say: string, minutes: number): string;
  confirmed(channel: string): string;
  nothingToConfirm(channel: string): string;
  noSuchChannel(name: string, channels: readonly string[]): string;
  onlyDirect: string;
}

export const PLATFORM_PHRASES: Record<Language, PlatformPhrases> = {
  zh: {
    noOrganizer: (address, reason) => `emcee.yaml 里的 ${address} 不能当组织者：${reason}`,
    paused: (platform) => `好的，${platform} 已暂停：什么都不再发出，等待的消息会留着。恢复请回复“恢复 ${platform}”。`,
    resumed: (platform) => `好的，${platform} 已恢复发送。`,
    noSuchPlatform: (name, platforms, is, meant) =>
      `没有叫“${name}”的平台，所以什么也没有改变。现在有：${platforms.join('、')}。是想说“${is === 'pause' ? '暂停' : '恢复'} ${meant}”吗？`,
    bind: (channel, say, minutes) =>
      `请在 ${minutes} 分钟内，在要绑定到频道“${channel}”的群里发送：\n\n${say}\n\n机器人要先在那个群里。这串字只能用一次，不要发到别处。`,
    confirmed: (channel) => `好的，就是那个群：频道“${channel}”接着用它。`,
    nothingToConfirm: (channel) =>
      `频道“${channel}”现在没有等待确认的群，或者符合的不止一个。请回复“绑定群 ${channel}”，拿到一串字后发到群里。`,
    noSuchChannel: (name, channels) =>
      channels.length > 0
        ? `emcee.yaml 里没有需要绑定的频道“${name}”。可以绑定的有：${channels.join('、')}。`
        : 'emcee.yaml 里没有需要绑定的频道。请先写一个，例如 address: wechaty:成都群。',
    onlyDirect: '请私聊我，这串字不能让别人看到。',
  },
  en: {
    noOrganizer: (address, reason) => `${address} in emcee.yaml cannot be an organizer: ${reason}`,
    paused: (platform) =>
      `All right, ${platform} is paused: nothing goes out any more, and what waits stays. Send "resume ${platform}" to go on.`,
    resumed: (platform) => `All right, ${platform} sends again.`,
    noSuchPlatform: (name, platforms, is, meant) =>
      `There is no platform "${name}", so nothing has changed. These are on: ${platforms.join(', ')}. Did you mean "${is} ${meant}"?`,
    bind: (channel, say, minutes) =>
      `Within ${minutes} minutes, send this in the group that shall be the channel "${channel}":\n\n${say}\n\nThe bot has to be in that group. It works once; show it to nobody else.`,
    confirmed: (channel) => `All right, that is the group: the channel "${channel}" goes on with it.`,
    nothingToConfirm: (channel) =>
      `No group of the channel "${channel}" waits to be confirmed, or several fit. Send "bind group ${channel}" and type in the group what you get.`,
    noSuchChannel: (name, channels) =>
      channels.length > 0
        ? `emcee.yaml has no channel "${name}" that has to be bound. These can be: ${channels.join(', ')}.`
        : 'emcee.yaml has no channel that has to be bound. Write one first, for example address: wechaty:chengdu.',
    onlyDirect: 'Please ask me in a direct chat: nobody else should see this.',
  },
};
