/** What an organizer types about organizers. Pure. */
import { foldLine } from '../answer/fold.js';
import type { Language } from '../content/types.js';

type Command = 'link' | 'sign-in' | 'sign-out' | 'list' | 'remove' | 'here';
/** `about`: as it was written: another case is another account. */
export type OrganizerWish = { is: Command; about: string; language: Language };

const COMMANDS: readonly [Command, RegExp, Language][] = [
  ['link', /^(?:绑定|绑定账号|关联账号)$/u, 'zh'],
  ['link', /^link(?: (?:an |my )?account)?$/, 'en'],
  ['sign-in', /^(?:登录|登陆)(?:网页|网页聊天)?$/u, 'zh'],
  ['sign-in', /^(?:sign ?in|log ?in)$/, 'en'],
  ['sign-out', /^(?:退出登录|退出登陆|登出)$/u, 'zh'],
  ['sign-out', /^(?:sign ?out|log ?out)$/, 'en'],
  ['list', /^组织者(?:名单|列表)?$/u, 'zh'],
  ['list', /^organi[sz]ers$/, 'en'],
  ['remove', /^移除[\s:：]*(.*)$/u, 'zh'],
  ['remove', /^remove(?: (.*))?$/, 'en'],
  ['here', /^(?:这里|这个群)$/u, 'zh'],
  ['here', /^here$/, 'en'],
];

/** Undefined: it is about none of these. */
export function readOrganizerWish(text: string): OrganizerWish | undefined {
  const folded = foldLine(text);
  for (const [is, pattern, language] of COMMANDS) {
    const found = pattern.exec(folded);
    if (found) return { is, about: found[1] ? text.replace(/^(?:移除|\S+)[\s:：]*/u, '').trim() : '', language };
  }
  return undefined;
}
