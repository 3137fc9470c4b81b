// What stands in the way of a connection to Slack, and how to mend it: for /healthz, the log, `emcee doctor` and organizers.
import type { Language } from './failures.js';

type Sentence = Record<Language, string>;

const BOT_TOKEN: Record<string, Sentence> = {
  invalid_auth: {
    en: 'Slack does not accept SLACK_BOT_TOKEN: copy the Bot User OAuth Token (xoxb-…) from “OAuth & Permissions” again',
    zh: 'Slack 不接受 SLACK_BOT_TOKEN：请从“OAuth & Permissions”重新复制 Bot User OAuth Token（xoxb-…）',
  },
  account_inactive: {
    en: 'the app is no longer installed in the workspace: install it again (“Install App”) and copy the new Bot User OAuth Token',
    zh: '应用已不在工作区里：请重新安装（“Install App”），并复制新的 Bot User OAuth Token',
  },
  missing_scope: {
    en: 'the app lacks a permission: compare “OAuth & Permissions” with adapters/slack/manifest.yaml, then reinstall the app',
    zh: '应用缺少权限：请对照 adapters/slack/manifest.yaml 检查“OAuth & Permissions”，然后重新安装应用',
  },
};

const APP_TOKEN: Record<string, Sentence> = {
  invalid_auth: {
    en: 'Slack does not accept SLACK_APP_TOKEN: generate an app-level token (xapp-…) with the scope connections:write under “Basic Information”',
    zh: 'Slack 不接受 SLACK_APP_TOKEN：请在“Basic Information”里生成带 connections:write 的 App-Level Token（xapp-…）',
  },
  missing_scope: {
    en: 'SLACK_APP_TOKEN lacks the scope connections:write: generate a new app-level token with it under “Basic Information”',
    zh: 'SLACK_APP_TOKEN 缺少 connections:write：请在“Basic Information”里生成带这个 scope 的新 App-Level Token',
  },
};

const SAME: Record<string, string> = {
  not_authed: 'invalid_auth',
  token_revoked: 'account_inactive',
  token_expired: 'account_inactive',
  not_allowed_token_type: 'invalid_auth',
};

/** @param about which token the call was made with */
export function explain(error: unknown, about: 'bot' | 'app', language: Language): string {
  const code = (error as { data?: { error?: unknown } }).data?.error;
  if (typeof code === 'string') {
    // A proxy or a portal answers with a page of its own: nobody wants to read that here.
    if (!/^[\w.-]{1,60}$/.test(code))
      return language === 'zh' ? '回答的不是 Slack（是不是有代理？）' : 'what answers is not Slack (a proxy?)';
    const known = (about === 'bot' ? BOT_TOKEN : APP_TOKEN)[SAME[code] ?? code];
    return known?.[language] ?? (language === 'zh' ? `Slack 回答：${code}` : `Slack answers: ${code}`);
  }
  const { retryAfter, original, message } = error as { retryAfter?: number; original?: Error; message?: string };
  if (retryAfter !== undefined) return language === 'zh' ? 'Slack 要求稍等一会儿' : 'Slack asks to wait a little';
  const cause = (original?.cause as Error | undefined)?.message ?? original?.message;
  if (cause) return language === 'zh' ? `连不上 Slack（${cause}）` : `Slack cannot be reached (${cause})`;
  return message ?? String(error);
}

/** Scopes that manifest.yaml asks for, and what does not work without each. */
export const SCOPES: Record<string, string> = {
  'chat:write': 'the bot cannot answer',
  'app_mentions:read': 'the bot does not hear mentions',
  'im:history': 'the bot does not hear direct messages',
  'channels:history': 'the bot hears no codes in channels without a mention, and cannot look whether a post arrived',
  'groups:history': 'the same in private channels',
  'channels:read': 'channels cannot be found by name',
  'groups:read': 'private channels cannot be found by name',
  'im:write': 'the bot cannot look whether a direct message arrived',
  'users:read': 'people cannot be found by name',
  commands: 'there is no /emcee',
};
/** Without these nothing works. */
export const NEEDED_SCOPES: readonly string[] = ['chat:write'];
/** These are missing on purpose with manifest-mentions.yaml. */
export const READING_SCOPES: readonly string[] = ['channels:history', 'groups:history'];
