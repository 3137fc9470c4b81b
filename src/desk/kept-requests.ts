/** What an organizer types about slides links and aliases. Pure. */
import type { Language } from '../content/types.js';

export type KeptRequest =
  /** The code or the event, and whatever links follow it. */
  | { is: 'slides'; about: string }
  | { is: 'remove-slides'; about: string }
  /** A code that no page names, with links that were sent before. */
  | { is: 'new-code'; code: string; token: string }
  /** `code` undefined: what is it now? An empty alias: which are there? */
  | { is: 'alias'; alias: string; code: string | undefined }
  | { is: 'remove-alias'; alias: string }
  | { is: 'yes' | 'no'; token: string | undefined };

export type UnderstoodRequest = KeptRequest & { language: Language };

const TOKEN = '(?:\\s*#([0-9a-f]{8}))';
const FORMS: readonly [RegExp, Language, (...parts: (string | undefined)[]) => KeptRequest][] = [
  [/^(?:删除|移除|撤回|去掉)课件(?:链接)?[\s:：]*([\s\S]*)$/u, 'zh', (about = '') => ({ is: 'remove-slides', about })],
  [/^(?:remove|delete) (?:the )?slides(?:$|[\s:]+([\s\S]*)$)/i, 'en', (about = '') => ({ is: 'remove-slides', about })],
  [/^(?:删除|移除|撤回|去掉)别名[\s:：]*(.*)$/u, 'zh', (alias = '') => ({ is: 'remove-alias', alias })],
  [/^(?:remove|delete) (?:the )?alias(?:$|[\s:]+(.*)$)/i, 'en', (alias = '') => ({ is: 'remove-alias', alias })],
  [new RegExp(`^新口令\\s+(\\S{1,60})${TOKEN}$`, 'iu'), 'zh', (code = '', token = '') => ({ is: 'new-code', code, token })],
  [new RegExp(`^new code\\s+(\\S{1,60})${TOKEN}$`, 'i'), 'en', (code = '', token = '') => ({ is: 'new-code', code, token })],
  [/^(?:设置|更新|修改)?课件(?:链接)?[\s:：,，]*([\s\S]*)$/u, 'zh', (about = '') => ({ is: 'slides', about })],
  [/^(?:set )?slides(?:$|[\s:]+([\s\S]*)$)/i, 'en', (about = '') => ({ is: 'slides', about })],
  [/^(?:设置)?别名[\s:：]*(.*)$/u, 'zh', (rest = '') => aliasIn(rest)],
  [/^(?:set )?alias(?:es)?(?:$|[\s:]+(.*)$)/i, 'en', (rest = '') => aliasIn(rest)],
  [new RegExp(`^(?:是|是的|对|对的)${TOKEN}?[。.!！]?$`, 'iu'), 'zh', (token) => ({ is: 'yes', token: token?.toLowerCase() })],
  [new RegExp(`^(?:yes|yep|ok)${TOKEN}?[.!]?$`, 'i'), 'en', (token) => ({ is: 'yes', token: token?.toLowerCase() })],
  [new RegExp(`^(?:否|不|不是|不对)${TOKEN}?[。.!！]?$`, 'iu'), 'zh', (token) => ({ is: 'no', token: token?.toLowerCase() })],
  [new RegExp(`^no${TOKEN}?[.!]?$`, 'i'), 'en', (token) => ({ is: 'no', token: token?.toLowerCase() })],
];
const DRAFTED = new RegExp(`^([\\s\\S]*?)${TOKEN}$`, 'i');
const EQUALS = /\s*(?:=>|->|[=＝→]|(?<=\s)[:：](?=\s))\s*/;

/** Undefined: it is about none of these. */
export function readKeptRequest(text: string): UnderstoodRequest | undefined {
  const trimmed = text.trim();
  for (const [form, language, requestOf] of FORMS) {
    const found = form.exec(trimmed);
    if (found) return { ...requestOf(...found.slice(1)), language };
  }
  return undefined;
}

/** `20231104 #1a2b3c4d`: a code that was chosen for links that were sent before. */
export function readDrafted(about: string): { about: string; token: string } | undefined {
  const found = DRAFTED.exec(about);
  return found?.[2] === undefined ? undefined : { about: found[1] ?? '', token: found[2].toLowerCase() };
}

function aliasIn(rest: string): KeptRequest {
  const [alias = '', ...code] = rest.split(EQUALS);
  return { is: 'alias', alias: alias.trim(), code: code.length === 0 ? undefined : code.join('=').trim() };
}
