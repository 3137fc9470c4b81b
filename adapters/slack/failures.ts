// Slack's refusals (docs.slack.dev/reference/methods/chat.postMessage#errors) as SendErrors, each with a sentence for organizers.
import { SendError, type SendReason } from '../../src/adapter.js';

export type Language = 'zh' | 'en';
type Sentence = Record<Language, (where: string) => string>;

const say = (en: (where: string) => string, zh: (where: string) => string): Sentence => ({ en, zh });

const SENTENCES = {
  notInChannel: say(
    (where) => `The bot is not in ${where}: write /invite @emcee there.`,
    (where) => `机器人不在 ${where} 里：请在那里输入 /invite @emcee 邀请它。`,
  ),
  noChannel: say(
    (where) => `Slack knows no ${where}, or it is private and the bot is not in it: invite the bot, or correct the address in emcee.yaml.`,
    (where) => `Slack 里没有 ${where}，或它是私有频道而机器人不在其中：请邀请机器人，或改正 emcee.yaml 里的地址。`,
  ),
  archived: say(
    (where) => `${where} is archived: unarchive it in Slack, or name another channel in emcee.yaml.`,
    (where) => `${where} 已归档：请在 Slack 里取消归档，或在 emcee.yaml 里换一个频道。`,
  ),
  restricted: say(
    (where) => `Only some people may post in ${where}: allow the bot in that channel's settings (“Posting permissions”).`,
    (where) => `${where} 只允许部分人发言：请在该频道设置的“发帖权限”里允许机器人。`,
  ),
  noPerson: say(
    (where) => `Slack knows no ${where} any more, or the bot may not write to them.`,
    (where) => `Slack 里已经没有 ${where}，或机器人不能给对方发消息。`,
  ),
  messagesTab: say(
    (where) => `Members cannot chat with the bot (${where}): in the app's settings open App Home and switch on the Messages tab.`,
    (where) => `成员无法与机器人私聊（${where}）：请在应用设置的 App Home 里打开 Messages 标签页。`,
  ),
  signedOut: say(
    () => 'Slack no longer accepts SLACK_BOT_TOKEN: reinstall the app to the workspace and copy the new Bot User OAuth Token (xoxb-…).',
    () => 'Slack 不再接受 SLACK_BOT_TOKEN：请把应用重新安装到工作区，并复制新的 Bot User OAuth Token（xoxb-…）。',
  ),
  scope: say(
    () =>
      'The Slack app lacks a permission: compare its scopes with adapters/slack/manifest.yaml, add what is missing and reinstall the app.',
    () => 'Slack 应用缺少权限：请对照 adapters/slack/manifest.yaml 补上缺少的 scope，然后重新安装应用。',
  ),
  tooLong: say(
    (where) => `The message for ${where} is too long for Slack: shorten it.`,
    (where) => `发给 ${where} 的消息超过了 Slack 的长度限制：请缩短。`,
  ),
  limited: say(
    (where) => `Slack asks the bot to write more slowly (${where}); it goes on by itself.`,
    (where) => `Slack 要求机器人放慢发送（${where}），之后会自动继续。`,
  ),
  unclear: say(
    (where) => `Slack gave no clear answer about a message for ${where}; emcee looks whether it arrived.`,
    (where) => `发给 ${where} 的消息，Slack 没有给出明确答复；emcee 会查看它是否送达。`,
  ),
  refused: say(
    (where) => `Slack refused a message for ${where}`,
    (where) => `Slack 拒绝了发给 ${where} 的消息`,
  ),
  unreachable: say(
    () => 'Slack cannot be reached from this machine; emcee tries again.',
    () => '这台机器连不上 Slack；emcee 会重试。',
  ),
};

type Meaning = readonly [SendReason, keyof typeof SENTENCES];

const MEANINGS = new Map<string, Meaning>([
  ...all(['not-allowed', 'notInChannel'], 'not_in_channel'),
  ...all(['unknown-target', 'noChannel'], 'channel_not_found'),
  ...all(['unknown-target', 'archived'], 'is_archived'),
  ...all(
    ['not-allowed', 'restricted'],
    ...['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
    ...['restricted_action_non_threadable_channel', 'restricted_action_thread_locked'],
  ),
  ...all(['unknown-target', 'noPerson'], 'user_not_found', 'user_disabled', 'cannot_dm_bot', 'user_not_visible'),
  ...all(['not-allowed', 'messagesTab'], 'messages_tab_disabled'),
  ...all(
    ['signed-out', 'signedOut'],
    ...['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive', 'two_factor_setup_required'],
  ),
  ...all(
    ['not-allowed', 'scope'],
    ...['missing_scope', 'no_permission', 'not_allowed_token_type', 'access_denied', 'team_access_not_granted', 'ekm_access_denied'],
  ),
  ...all(['too-long', 'tooLong'], 'msg_too_long', 'msg_blocks_too_long', 'too_many_attachments'),
]);
/** Slack says of these that some of the work may be done all the same. */
const UNCLEAR = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const WORKSPACE_WAIT_MS = 30_000;

/** What Slack's `error` means for a message to `where` (`#events`, `@ann`). */
export function refusal(error: string, where: string, language: Language): SendError {
  if (LIMITED.has(error)) return limited(WORKSPACE_WAIT_MS, error === 'message_limit_exceeded', where, language);
  if (UNCLEAR.has(error)) return unclear(where, language);
  const [reason, sentence] = MEANINGS.get(error) ?? (['refused', 'refused'] as const);
  const said = SENTENCES[sentence][language](where);
  return new SendError(reason, sentence === 'refused' ? `${said}: ${error}` : said, { maybeSent: false });
}

/** @param everywhere the whole workspace is asked to wait: then answers may go on, posts rest. */
export function limited(retryAfterMs: number, everywhere: boolean, where: string, language: Language): SendError {
  const retryScope = everywhere ? 'posts' : 'target';
  return new SendError('rate-limited', SENTENCES.limited[language](where), { maybeSent: false, retryAfterMs, retryScope });
}

/** The bytes may have arrived. */
export function unclear(where: string, language: Language, cause?: unknown): SendError {
  return new SendError('unreachable', SENTENCES.unclear[language](where), { maybeSent: true, cause });
}

/** No byte has left. */
export function unreachable(language: Language, cause?: unknown): SendError {
  return new SendError('unreachable', SENTENCES.unreachable[language](''), { maybeSent: false, cause });
}

function all(meaning: Meaning, ...errors: string[]): [string, Meaning][] {
  return errors.map((error) => [error, meaning]);
}
