// What the adapter itself says to members and organizers, beside the sentences of failures.ts and explain.ts.
import type { Language } from './failures.js';

/** To whom a slash command or a tap could not be taken from: Slack repeats neither. */
export const SORRY: Record<Language, string> = {
  en: 'Sorry, that did not work just now. Please try again in a moment.',
  zh: '抱歉，刚才没能处理好。请稍后再试一次。',
};

/** More than 30,000 events an hour (docs.slack.dev/apis/events-api/app_rate_limited). */
export const LIMITED: Record<Language, string> = {
  en: 'Slack holds back events: the workspace says more in an hour than an app may hear. Members may have to ask again; with manifest-mentions.yaml the bot hears less.',
  zh: 'Slack 暂时不再推送消息：工作区一小时的消息数超过了应用的上限。成员可能需要再问一次；换用 manifest-mentions.yaml 可以少接收消息。',
};

export const REMOVED: Record<Language, string> = {
  en: 'the app was removed from the workspace, or its token was revoked: install it again and copy the new Bot User OAuth Token',
  zh: '应用已从 Slack 工作区卸载，或 token 已失效：请重新安装，并复制新的 Bot User OAuth Token',
};

export function archived(name: string): Record<Language, string> {
  return {
    en: `${name} is archived in Slack: unarchive it, or name another channel in emcee.yaml.`,
    zh: `Slack 频道 ${name} 已归档：请取消归档，或在 emcee.yaml 里换一个频道。`,
  };
}

/** Of a channel that emcee speaks in. */
export const MOVED: Record<string, (name: string, newName: string) => Record<Language, string>> = {
  rename: (name, newName) => ({
    en: `The Slack channel ${name} is now called #${newName}. emcee stays with it; please write the new name in emcee.yaml.`,
    zh: `Slack 频道 ${name} 已改名为 #${newName}。emcee 会继续使用它；请在 emcee.yaml 里写上新名字。`,
  }),
  archive: (name) => ({
    en: `The Slack channel ${name} was archived: emcee can no longer post there.`,
    zh: `Slack 频道 ${name} 已归档：emcee 无法再往那里发消息。`,
  }),
  deleted: (name) => ({
    en: `The Slack channel ${name} was deleted: emcee can no longer post there.`,
    zh: `Slack 频道 ${name} 已被删除：emcee 无法再往那里发消息。`,
  }),
  left: (name) => ({
    en: `The bot is no longer in the Slack channel ${name}: write /invite @emcee there, or emcee cannot post.`,
    zh: `机器人已不在 Slack 频道 ${name} 里：请在那里输入 /invite @emcee，否则 emcee 无法发消息。`,
  }),
};

export function noWelcome(names: readonly string[]): Record<Language, string> {
  return {
    en: `SLACK_WELCOME names channels that the bot cannot see: ${names.join(', ')}. Invite the bot there, or correct the setting.`,
    zh: `SLACK_WELCOME 里有机器人看不到的频道：${names.join('、')}。请把机器人邀请进去，或改正设置。`,
  };
}
