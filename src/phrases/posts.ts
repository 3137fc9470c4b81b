// What the bot posts by itself: reminders, recaps, digests, news of changes. Small Markdown; what is put in is escaped before.
import type { Language } from '../content/types.js';
import { count } from './count.js';

export interface PostPhrases {
  startsIn(minutes: number): string;
  inDays(days: number): string;
  startsNow: string;
  startedAgo(minutes: number): string;
  recap: string;
  newEvent: string;
  digest: string;
  /** Behind an event whose start rests on one place. */
  toBeConfirmed: string;
  more(count: number): string;
  getSlides(code: string): string;
  changed: string;
  onAgain: string;
  cancelled(title: string): string;
  wasWhen(when: string): string;
  wasWhere(where: string): string;
  subscribe(url: string): string;
}

const zhSpan = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} 小时` : '', rest > 0 ? `${rest} 分钟` : ''].filter(Boolean).join(' ');
};
const enSpan = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? count(hours, 'hour') : '', rest > 0 ? count(rest, 'minute') : ''].filter(Boolean).join(' ');
};

export const POST_PHRASES: Record<Language, PostPhrases> = {
  zh: {
    startsIn: (minutes) => `还有 ${zhSpan(minutes)}就开始：`,
    inDays: (days) => (days === 0 ? '就在今天：' : days === 1 ? '就在明天：' : `还有 ${days} 天：`),
    startsNow: '现在开始：',
    startedAgo: (minutes) => `已经开始 ${zhSpan(minutes)}：`,
    recap: '活动回顾：',
    newEvent: '新活动预告：',
    digest: '近期活动：',
    toBeConfirmed: '（待确认）',
    more: (number) => `……还有 ${number} 场`,
    getSlides: (code) => `回复 **${code}** 领取 PPT。`,
    changed: '活动有变动，请以下面的为准：',
    onAgain: '活动照常举行，请以下面的为准：',
    cancelled: (title) => `**${title}** 已取消，很抱歉。`,
    wasWhen: (when) => `原时间：${when}`,
    wasWhere: (where) => `原地点：${where}`,
    subscribe: (url) => `订阅活动日历：${url}`,
  },
  en: {
    startsIn: (minutes) => `Starts in ${enSpan(minutes)}:`,
    inDays: (days) => (days === 0 ? 'Today:' : days === 1 ? 'Tomorrow:' : `In ${days} days:`),
    startsNow: 'Starting now:',
    startedAgo: (minutes) => `Started ${enSpan(minutes)} ago:`,
    recap: 'Looking back:',
    newEvent: 'New event:',
    digest: 'Coming up:',
    toBeConfirmed: ' (to be confirmed)',
    more: (number) => `… and ${number} more`,
    getSlides: (code) => `Send **${code}** to get the slides.`,
    changed: 'This has changed; what follows is what holds now:',
    onAgain: 'This takes place after all; what follows is what holds now:',
    cancelled: (title) => `**${title}** is cancelled. We are sorry.`,
    wasWhen: (when) => `Before, it was: ${when}`,
    wasWhere: (where) => `Before, it was at: ${where}`,
    subscribe: (url) => `Subscribe to the calendar: ${url}`,
  },
};
