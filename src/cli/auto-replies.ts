// What a platform's own automatic replies hold, beside what the pages and slides.yaml answer.
import type { AutoReplies, AutoReply, Link } from '../adapter.js';
import { fold } from '../answer/fold.js';
import type { Catalog, CodeEntry } from '../content/catalog.js';
import { safeUrl } from '../render/index.js';

/**
 * same: emcee answers with these links. missing: it has none for this word yet. differs: it has others.
 * no-link: the reply holds nothing that slides.yaml could hold.
 */
export type RuleState = 'same' | 'missing' | 'differs' | 'no-link';

export interface ComparedRule {
  keyword: string;
  match: 'equal' | 'contain';
  state: RuleState;
  /** Of the platform's reply. */
  links: Link[];
  /** What emcee answers instead. */
  ours: string[];
  /** Its text where there is no link, and the kinds of what cannot be taken along. */
  text: string;
}

const ANCHOR = /<a\s[^<>]*?href\s*=\s*["']?([^"'\s>]+)["']?[^<>]*>([^<]*)<\/a>/gi;
const ADDRESS = /https?:\/\/[!-;=?-[\]_a-z~]+/gi;
const PASSWORD = /(?:提取码|访问码|密码|password|pwd|code)\s*[:：是为]?\s*([a-z0-9]{3,8})(?![a-z0-9])/i;
const TRAILING = /[.,;:!?)\]]+$/;
const LONGEST_LABEL = 60;

export function compareRules({ keywords }: AutoReplies, catalog: Catalog): ComparedRule[] {
  const byFold = new Map<string, CodeEntry[]>();
  for (const entry of catalog.codes.values()) {
    const folded = fold(entry.code);
    byFold.set(folded, [...(byFold.get(folded) ?? []), entry]);
  }
  const compared = new Map<string, ComparedRule>();
  for (const { keyword, match, replies } of keywords) {
    // A word may stand in several rules; the platform answers with any of them.
    const known = compared.get(keyword);
    const links = distinct([...(known?.links ?? []), ...replies.flatMap(linksOf)]);
    const ours = (byFold.get(fold(keyword)) ?? []).flatMap((entry) => entry.links.map(({ url }) => url));
    const text = [known?.text, ...replies.map(wordsOf)].filter(Boolean).join('\n');
    compared.set(keyword, { keyword, match, state: stateOf(links, ours), links, ours, text });
  }
  return [...compared.values()];
}

function stateOf(links: readonly Link[], ours: readonly string[]): RuleState {
  if (links.length === 0) return ours.length > 0 ? 'same' : 'no-link';
  if (ours.length === 0) return 'missing';
  return links.every(({ url }) => ours.some((each) => safeUrl(each) === url)) ? 'same' : 'differs';
}

/** The links of a reply with their labels, and the password that a netdisk asks for. */
function linksOf(reply: AutoReply): Link[] {
  if ('other' in reply) return [];
  if ('link' in reply) {
    const url = safeUrl(reply.link.url);
    return url ? [{ ...reply.link, url }] : [];
  }
  const text = plain(reply.text);
  const found = [...text.matchAll(ADDRESS)].map((match) => ({
    url: match[0].replace(TRAILING, ''),
    at: match.index,
    end: match.index + match[0].length,
  }));
  return found.flatMap(({ url, at, end }, index): Link[] => {
    const safe = safeUrl(url);
    if (!safe) return [];
    const password = PASSWORD.exec(text.slice(end, found[index + 1]?.at))?.[1];
    const before =
      text
        .slice(found[index - 1]?.end ?? 0, at)
        .split('\n')
        .at(-1) ?? '';
    const label = before.replace(/[\s:：,，>\-—→]+$/, '').trim();
    return [{ label: label.length <= LONGEST_LABEL ? label : '', url: safe, ...(password && { password }) }];
  });
}

/** The console's texts may hold links as HTML. */
export function plain(text: string): string {
  return text.replace(ANCHOR, (_, url: string, label: string) => `${label.trim()} ${url}`.trim()).replace(/<br\s*\/?>/gi, '\n');
}

function wordsOf(reply: AutoReply): string {
  if ('other' in reply) return `(${reply.other})`;
  return 'text' in reply ? plain(reply.text) : '';
}

function distinct(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [link.url, link])).values()];
}
