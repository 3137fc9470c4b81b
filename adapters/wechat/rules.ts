// The console's own automatic replies (get_current_autoreply_info), which end when the account is switched to server mode.
import type { AutoReplies, AutoReply } from '../../src/adapter.js';
import type { Json } from './api/client.js';
import { clientFor, wordsOf } from './api/once.js';
import type { Settings } from './settings.js';

/** @throws Error with a sentence */
export async function fetchRules(settings: Settings): Promise<unknown> {
  const client = clientFor(settings);
  if (!client)
    throw new Error(
      'Reading the rules needs WECHAT_APP_ID and WECHAT_APP_SECRET (a personal account has them too); or save the answer of get_current_autoreply_info and name it with --file.',
    );
  try {
    return await client.call('/cgi-bin/get_current_autoreply_info');
  } catch (error) {
    throw new Error(`The rules cannot be read: ${wordsOf(error)}.`);
  }
}

/** @throws Error when it is no answer of get_current_autoreply_info */
export function readRules(json: unknown): AutoReplies {
  const info = asJson(json);
  const known = ['keyword_autoreply_info', 'add_friend_autoreply_info', 'message_default_autoreply_info', 'is_autoreply_open'];
  if (!known.some((key) => Object.hasOwn(info, key))) throw new Error('this is no answer of get_current_autoreply_info.');
  const list = asList(asJson(info.keyword_autoreply_info).list);
  const keywords = list.flatMap((rule) => {
    const replies = asList(rule.reply_list_info).flatMap(repliesOf);
    return asList(rule.keyword_list_info).flatMap(({ content, match_mode }) =>
      typeof content === 'string' && content.trim() !== ''
        ? [{ keyword: content.trim(), match: match_mode === 'contain' ? ('contain' as const) : ('equal' as const), replies }]
        : [],
    );
  });
  const welcome = textOf(info.add_friend_autoreply_info);
  const fallback = textOf(info.message_default_autoreply_info);
  return { keywords, ...(welcome && { welcome }), ...(fallback && { fallback }) };
}

function repliesOf(reply: Json): AutoReply[] {
  const { type, content } = reply;
  if (type === 'text') return typeof content === 'string' ? [{ text: content }] : [];
  if (type !== 'news') return [{ other: String(type) }];
  return asList(asJson(reply.news_info).list).flatMap(({ title, content_url }) =>
    typeof content_url === 'string' && content_url !== ''
      ? [{ link: { label: typeof title === 'string' ? title : '', url: content_url } }]
      : [],
  );
}

function textOf(info: unknown): string | undefined {
  const { type, content } = asJson(info);
  return type === 'text' && typeof content === 'string' && content.trim() !== '' ? content.trim() : undefined;
}

const asJson = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asJson) : []);
