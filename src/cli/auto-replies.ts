// What a platform's own automatic replies hold, beside what the pages and slides.yaml answer.
import type { AutoReplies, AutoReply, Link } from '../adapter.js';
import { commandOf, referenceOf } from '../answer/commands.js';
import { fold } from '../answer/fold.js';
import type { Catalog, CodeEntry } from '../content/catalog.js';
import { safeUrl } from '../render/index.js';

/**
 * same: emcee answers with these links. missing: it has none for this word yet. differs: it has others, or other passwords.
 * no-link: the reply holds nothing that slides.yaml could hold. placeholder: the code stands in slides.yaml already, and waits for its
 * link. reserved: emcee itself means something by the word (a page to turn, a number of a list, a command).
 */
export type RuleState = 'same' | 'missing' | 'differs' | 'no-link' | 'placeholder' | 'reserved';

export interface ComparedRule {
  keyword: string;
  match: 'equal' | 'contain';
  state: RuleState;
  /** Of the platform's reply. */
  links: Link[];
  /** What emcee answers instead. */
  ours: string[];
  /** All of its text, and the kinds of what cannot be taken along. */
  text: string;
  /** What stands beside the links, and slides.yaml cannot hold. */
  beside: string[];
}

const ANCHOR = /<a\s[^<>]*?href\s*=\s*["']?([^"'\s>]+)["']?[^<>]*>([^<]*)<\/a>/gi;
const ADDRESS = /https?:\/\/[!-;=?-[\]_a-z~]+/gi;
const PASSWORD = /(?:提取码|访问码|密码|password|pwd|code)\s*[:：是为]?\s*([a-z0-9]{3,8})(?![a-z0-9])/i;
const PASSWORDS = new RegExp(PASSWORD.source, 'gi');
const TRAILING = /[.,;:!?)\]]+$/;
const LONGEST_LABEL = 60;

/** `held`: codes that stand in slides.yaml without a link. */
export function compareRules({ keywords }: AutoReplies, catalog: Catalog, held: Iterable<string> = []): ComparedRule[] {
  const waiting = new Set([...held].map(fold));
  const byFold = new Map<string, CodeEntry[]>();
  for (const entry of catalog.codes.values()) {
    const folded = fold(entry.code);
    byFold.set(folded, [...(byFold.get(folded) ?? []), entry]);
  }
  const compared = new Map<string, ComparedRule>();
  for (const { keyword, match, replies } of keywords) {
    // A word may stand in several rules; the platform answers with any of them.
    const known = compared.get(keyword);
    const folded = fold(keyword);
    const read = replies.map(partsOf);
    const links = distinct([...(known?.links ?? []), ...read.flatMap((each) => each.links)]);
    const ours = (byFold.get(folded) ?? []).flatMap((entry) => entry.links);
    const state = stateOf(links, ours);
    const text = [known?.text, ...replies.map(wordsOf)].filter(Boolean).join('\n');
    const beside = [...(known?.beside ?? []), ...read.flatMap((each) => each.beside)];
    const rule = { keyword, match, links, ours: ours.map(({ url }) => url), text, beside };
    compared.set(keyword, { ...rule, state: state === 'missing' ? mayBeAdded(folded, waiting) : state });
  }
  return [...compared.values()];
}

function stateOf(links: readonly Link[], ours: readonly Link[]): RuleState {
  if (links.length === 0) return ours.length > 0 ? 'differs' : 'no-link';
  if (ours.length === 0) return 'missing';
  return links.every((link) => ours.some((each) => isSame(link, each))) ? 'same' : 'differs';
}

/** A password may stand in the address itself. */
function isSame({ url, password }: Link, ours: Link): boolean {
  if (safeUrl(ours.url) !== url) return false;
  return !password || ours.password === password || new URL(url).searchParams.get('pwd') === password;
}

/** A second key would make slides.yaml unreadable, and a code goes before all else that a word may mean. */
function mayBeAdded(folded: string, waiting: ReadonlySet<string>): RuleState {
  if (waiting.has(folded)) return 'placeholder';
  return commandOf(folded) || referenceOf(folded) ? 'reserved' : 'missing';
}

interface Parts {
  links: Link[];
  /** What slides.yaml cannot hold. */
  beside: string[];
}

/** The links of a reply with their labels, the passwords that a netdisk asks for, and what stands beside them. */
function partsOf(reply: AutoReply): Parts {
  if ('other' in reply) return { links: [], beside: [`(${reply.other})`] };
  if ('link' in reply) {
    const url = safeUrl(reply.link.url);
    return { links: url ? [{ ...reply.link, url }] : [], beside: [] };
  }
  const text = plain(reply.text);
  const found = [...text.matchAll(ADDRESS)].flatMap(({ 0: match, index }) => {
    const written = match.replace(TRAILING, '');
    const url = safeUrl(written);
    return url ? [{ url, at: index, end: index + written.length }] : [];
  });
  const gaps = [...found, undefined].map((link, index) => text.slice(found[index - 1]?.end ?? 0, link?.at));
  const passwords = gaps.map((gap) => PASSWORD.exec(gap)?.[1]);
  // Behind its link, unless there is one before the first and none behind the last.
  const goBefore = passwords[0] !== undefined && passwords.at(-1) === undefined;
  const beside: string[] = [];
  const links = found.map(({ url }, index): Link => {
    const password = passwords[goBefore ? index : index + 1];
    const lines = (gaps[index] ?? '').replace(PASSWORDS, '').split('\n');
    const label = bare(lines.at(-1) ?? '');
    const isLabel = label.length <= LONGEST_LABEL;
    beside.push(...(isLabel ? lines.slice(0, -1) : lines));
    return { label: isLabel ? label : '', url, ...(password && { password }) };
  });
  beside.push(...(gaps.at(-1) ?? '').replace(PASSWORDS, '').split('\n'));
  return { links, beside: beside.map(bare).filter((each) => each !== '') };
}

/** Without the signs that led to a link or parted it from the text. */
function bare(text: string): string {
  return text.replace(/^[\s:：,，;；.。、>\-—→()（）]+|[\s:：,，;；。、>\-—→(（]+$/g, '');
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
