// What WeChat's sending interfaces take and refuse.
import { type Json, no, type WeChatApi } from './api.js';

const MOST_BYTES = 2048;
const DAY_MS = 24 * 3600_000;
let lastId = 2_247_483_647_000_000_000n;

export function customSend(api: WeChatApi, body: Json): Json {
  if (api.kind === 'personal') return no(48001, 'api unauthorized');
  const openId = String(body.touser ?? '');
  const follower = api.followers.get(openId);
  if (!follower) return no(40003, 'invalid openid');
  if (follower.left) return no(45015, 'response out of time limit or subscription is canceled');
  const text = textOf(body);
  if (typeof text !== 'string') return text;
  const open = follower.windows.filter(({ until }) => until > api.now());
  if (open.length === 0) return no(45015, 'response out of time limit or subscription is canceled');
  const window = open.find(({ left }) => left > 0);
  if (!window) return no(45047, 'out of response count limit');
  if (api.customLeft <= 0) return no(45009, 'reach max api daily quota limit');
  api.customLeft -= 1;
  window.left -= 1;
  api.sent.push({ how: 'custom', to: openId, text });
  return no(0, 'ok');
}

export function massSend(api: WeChatApi, body: Json): Json {
  if (api.kind === 'personal') return no(48001, 'api unauthorized');
  const { is_to_all, tag_id } = (body.filter ?? {}) as Json;
  if (is_to_all !== true && !(typeof tag_id === 'number' && api.tags.has(tag_id))) return no(40050, 'invalid tag id');
  const text = textOf(body);
  if (typeof text !== 'string') return text;
  const { clientmsgid } = body as { clientmsgid?: string };
  if (clientmsgid !== undefined && Buffer.byteLength(clientmsgid) > 64) return no(45067, 'clientmsgid size exceeds limit');
  const to = is_to_all === true ? 'all' : String(tag_id);
  // Without an id of its own WeChat takes a digest of audience and content.
  const key = clientmsgid ?? `${to} ${text}`;
  const before = api.massById.get(key);
  if (before && api.now() - before.at < DAY_MS) return { ...no(45065, 'clientmsgid exist'), msg_id: before.msgId };
  if (api.massLeft <= 0) return no(45028, 'has no masssend quota');
  api.massLeft -= 1;
  lastId += 1n;
  const msgId = String(lastId);
  api.massById.set(key, { msgId, at: api.now() });
  api.sent.push({ how: 'mass', to, text, clientmsgid, msgId });
  return { ...no(0, 'send job submission success'), msg_id: msgId, msg_data_id: String(lastId + 7n) };
}

export function preview(api: WeChatApi, body: Json): Json {
  if (api.kind === 'personal') return no(48001, 'api unauthorized');
  const openId = String(body.touser ?? '');
  if (!api.followers.has(openId) || api.followers.get(openId)?.left) return no(43004, 'require subscribe');
  const text = textOf(body);
  if (typeof text !== 'string') return text;
  if (api.previewsLeft <= 0) return no(45009, 'reach max api daily quota limit');
  api.previewsLeft -= 1;
  lastId += 1n;
  api.sent.push({ how: 'preview', to: openId, text });
  return { ...no(0, 'preview success'), msg_id: String(lastId) };
}

/** The text, or why the message is none. */
function textOf({ msgtype, text, news }: Json): string | Json {
  if (msgtype === 'news') {
    const [article, another] = ((news as Json)?.articles ?? []) as Json[];
    if (!article || another) return no(45008, 'article count out of limit');
    return `${article.title} ${article.description} ${article.url}`;
  }
  if (msgtype !== 'text') return no(40008, 'invalid message type');
  const content = (text as Json | undefined)?.content;
  if (typeof content !== 'string' || content === '') return no(44004, 'empty content');
  if (Buffer.byteLength(content) > MOST_BYTES) return no(45002, 'content size out of limit');
  return content;
}
