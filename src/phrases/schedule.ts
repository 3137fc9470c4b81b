// What organizers are told about the schedule, and what members hear who subscribe. Plain sentences with small Markdown.
import type { Language } from '../content/types.js';
import { count as counted } from './count.js';

export interface SchedulePhrases {
  missed(posts: readonly string[], count: number): string;
  askForSlides(title: string, code: string | undefined): string;
  unsure(title: string, start: string, page: string, word: string): string;
  held(title: string, page: string): string;
  broken(title: string, page: string): string;
  willTell(title: string, news: string, channels: number, minutes: number, word: string): string;
  changed(before: string, now: string): string;
  cancelledNews: string;
  onAgainNews: string;
  nothingToDecide: string;
  stopped(title: string): string;
  sending(title: string): string;
  confirmed(title: string, when: string): string;
  isCancelled(title: string): string;
  noSuchEvent(text: string): string;
  subscribed(title: string): string;
  subscribedToCity(city: string): string;
  alreadySubscribed(topic: string): string;
  /** From everything. */
  unsubscribed(count: number): string;
  /** @param left what reminders are still for */
  unsubscribedFrom(count: number, topic: string, left: readonly string[]): string;
  /** An event comes with the reminders for its city. */
  comesWithCity(title: string, city: string): string;
  cannotSpeakFirst: string;
  onlyDirect: string;
  whichTopic: string;
  eventIsOver(title: string): string;
  calendar(url: string): string;
}

export const SCHEDULE_PHRASES: Record<Language, SchedulePhrases> = {
  zh: {
    missed: (posts, count) => `有 ${count} 条该发的消息错过了时间，没有补发：${posts.join('；')}${count > posts.length ? ' ……' : ''}`,
    askForSlides: (title, code) =>
      `“${title}”已经结束，还没有 PPT 或录像的链接。${code === undefined ? '请写到活动页面上' : `请在 slides.yaml 里加一行：${code}: https://…`}，活动回顾会在链接有了之后发出。`,
    unsure: (title, start, page, word) =>
      `“${title}”的时间（${start}）在 ${page} 上只有一处提到，确认之前不会自动发消息。确认请回复“确认 ${word}”，或在页面上写 start:。`,
    held: (title, page) => `“${title}”的页面 ${page} 不见了（删除、改名或成了草稿），它还没发的消息先停着。`,
    broken: (title, page) => `“${title}”的页面 ${page} 现在读不了，它还没发的消息先停着，页面改好后继续。`,
    willTell: (title, news, channels, minutes, word) =>
      `“${title}”有变动：${news}。${minutes} 分钟后会通知已经收到过消息的 ${channels} 个频道。回复“现在发 ${word}”立即发出，“不发 ${word}”取消。`,
    changed: (before, now) => `${before} → ${now}`,
    cancelledNews: '已取消',
    onAgainNews: '照常举行',
    nothingToDecide: '没有等待发出的变动通知。',
    stopped: (title) => `好的，“${title}”的这次变动不通知了。`,
    sending: (title) => `好的，“${title}”的变动通知正在发出。`,
    confirmed: (title, when) => `好的，“${title}”的时间已确认：${when}。该发的消息会按规则自动发出。`,
    isCancelled: (title) => `“${title}”已取消，不会再发它的提醒。`,
    noSuchEvent: (text) => `没有找到“${text}”。请写活动口令，例如“提醒我 20231104”。`,
    subscribed: (title) => `好的，${title}开始之前会提醒你。不需要了就回复“退订”。`,
    subscribedToCity: (city) => `好的，${city}的每场活动开始之前会提醒你。不需要了就回复“退订”。`,
    alreadySubscribed: (topic) => `${topic}的提醒已经订过了。不需要了就回复“退订”。`,
    unsubscribed: (count) => (count > 0 ? '已退订，不会再提醒你。' : '你没有订过提醒。'),
    unsubscribedFrom: (count, topic, left) =>
      `${count > 0 ? `已退订${topic}` : `你没有订过${topic}的提醒`}。还订着：${left.join('、')}。全部不要了就只回复“退订”。`,
    comesWithCity: (title, city) => `${title}属于${city}的活动，你订了${city}的提醒，所以它还会提醒你。不需要了就回复“退订 ${city}”。`,
    cannotSpeakFirst: '这个平台不允许机器人主动发消息，所以没法在这里提醒你。',
    onlyDirect: '请私聊我来订提醒，这样不会打扰别人。',
    whichTopic: '请告诉我哪一场，例如“提醒我 20231104”；或者一个城市，例如“提醒我 成都”。',
    eventIsOver: (title) => `“${title}”已经结束或已取消。`,
    calendar: (url) => `可以订阅活动日历：${url}`,
  },
  en: {
    missed: (posts, count) =>
      `${count === 1 ? '1 post missed its time and was' : `${count} posts missed their time and were`} not sent: ${posts.join('; ')}${count > posts.length ? ' …' : ''}`,
    askForSlides: (title, code) =>
      `"${title}" is over, and there is no link to slides or a recording yet. ${code === undefined ? 'Please write one on its page' : `Please add one to slides.yaml: ${code}: https://…`}; the recap goes out once there is one.`,
    unsure: (title, start, page, word) =>
      `The start of "${title}" (${start}) rests on one place of ${page}; nothing is posted by itself until it is sure. Send "confirm ${word}" to confirm it, or write start: on the page.`,
    held: (title, page) => `The page of "${title}", ${page}, is gone (deleted, renamed or a draft): what was still to be posted is held.`,
    broken: (title, page) => `The page of "${title}", ${page}, cannot be read now: what was still to be posted is held until it is mended.`,
    willTell: (title, news, channels, minutes, word) =>
      `"${title}" has changed: ${news}. In ${counted(minutes, 'minute')} the ${channels === 1 ? 'channel that was' : `${channels} channels that were`} told before will hear it. Send "send now ${word}" to do it at once, "do not send ${word}" to stop it.`,
    changed: (before, now) => `${before} → ${now}`,
    cancelledNews: 'cancelled',
    onAgainNews: 'it takes place after all',
    nothingToDecide: 'No notice of a change is waiting.',
    stopped: (title) => `All right, nobody is told of this change of "${title}".`,
    sending: (title) => `All right, the notice about "${title}" goes out now.`,
    confirmed: (title, when) => `All right, the start of "${title}" is confirmed: ${when}. What is due about it goes out by itself.`,
    isCancelled: (title) => `"${title}" is cancelled: no reminders of it are sent.`,
    noSuchEvent: (text) => `There is no event "${text}". Write its code, for example "remind me 20231104".`,
    subscribed: (title) => `All right, I will remind you before ${title} begins. Send "unsubscribe" to stop that.`,
    subscribedToCity: (city) => `All right, I will remind you of each event in ${city} before it begins. Send "unsubscribe" to stop that.`,
    alreadySubscribed: (topic) => `You are subscribed to ${topic} already. Send "unsubscribe" to stop that.`,
    unsubscribed: (count) => (count > 0 ? 'Done: no more reminders for you.' : 'You have no reminders here.'),
    unsubscribedFrom: (count, topic, left) =>
      `${count > 0 ? `Done: no more reminders of ${topic}` : `You have no reminders of ${topic} here`}. Still on: ${left.join(', ')}. Send only "unsubscribe" to stop them all.`,
    comesWithCity: (title, city) =>
      `${title} comes with your reminders for all events in ${city}, so it will be there still. Send "unsubscribe ${city}" to stop those.`,
    cannotSpeakFirst: 'This platform does not let bots speak first, so I cannot remind you here.',
    onlyDirect: 'Please ask me in a direct chat, so that nobody else is disturbed.',
    whichTopic: 'Tell me which event, for example "remind me 20231104"; or a city, for example "remind me Chengdu".',
    eventIsOver: (title) => `"${title}" is over, or cancelled.`,
    calendar: (url) => `You can subscribe to the calendar: ${url}`,
  },
};

/** The same in every language: which one is told is known only when it goes out. */
export function sayToOrganizers(say: (phrases: SchedulePhrases, language: Language) => string): Record<Language, string> {
  return { en: say(SCHEDULE_PHRASES.en, 'en'), zh: say(SCHEDULE_PHRASES.zh, 'zh') };
}
