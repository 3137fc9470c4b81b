// Reply keywords: what a member must send to get something. A false one makes the bot answer chatter, so the sentence must say so.

import { problem } from '../problems.js';
import type { Problem, Source } from '../types.js';
import { accountIn } from './account.js';
import { type Asked, asked } from './code-phrases.js';
import { purposeOf } from './code-purpose.js';
import { isAccountNear } from './code-words.js';

export interface CodeFacts {
  codes: string[];
  codeFor: Record<string, string>;
  account: string | null;
  problems: Problem[];
}

/** Every sentence that asks for a keyword holds one of these. */
const HINT = /回[复覆複]|[发發]送|输入|留言|私信|[rR]eply|eyword|e[Cc]hat/;
const hasHint = (text: string) => HINT.test(text);
const LIKELY = /获取|領取|领取|下载|即可|进群|入群|\bto (?:get|join)\b/;
/** `（回复“…”获取）`, where the page has named the account once, further up. */
const IN_BRACKET = /[（(]\s{0,2}$/;
const GETS_IN_BRACKET = /^[^（()）]{0,12}(?:获取|獲取|领取|領取|下载)[^（()）]{0,12}[)）]/;
const ACCOUNT = /公众号|公眾號|订阅号|服务号/;
const ACCOUNT_READ = 400;
const SUMMARY_KEYS = ['description', 'summary'];
const LINES_ABOVE = 3;
const LONGEST_LINE = 2000;

/** Reads the codes of a page, what they get when it is not slides, and the account they are sent to. */
export function readCodes({ lines, data, keyLine }: Source): CodeFacts {
  const facts: CodeFacts = { codes: [], codeFor: Object.create(null) as Record<string, string>, account: null, problems: [] };
  for (const key of SUMMARY_KEYS) {
    const summary = data[key];
    if (typeof summary === 'string' && hasHint(summary)) collect(facts, asked(summary.slice(0, LONGEST_LINE), ''), keyLine(key), '', '');
  }
  let heading = '';
  const page: Followed = { isNamed: false, account: null };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line || line.kind === 'blank' || line.kind === 'code') continue;
    if (line.kind === 'heading') heading = line.text;
    if (line.text.length > LONGEST_LINE) continue;
    if (hasHint(line.text)) {
      const above = textsAbove(lines, at);
      collect(facts, asked(line.text, following(lines, at)), line.number, above, heading, page);
    }
    if (ACCOUNT.test(line.text)) {
      page.isNamed = true;
      page.account = accountIn(line.text.slice(0, ACCOUNT_READ)) ?? page.account;
    }
  }
  return facts;
}

/** What the lines above say about an account. */
interface Followed {
  isNamed: boolean;
  account: string | null;
}

function collect(facts: CodeFacts, found: Asked[], line: number, above: string, heading: string, page?: Followed): void {
  for (const { code, before, after, isSure } of found) {
    const isAside = page?.isNamed === true && IN_BRACKET.test(before) && GETS_IN_BRACKET.test(after);
    const account = accountIn(before) ?? accountIn(after) ?? accountIn(above) ?? (isAside ? page.account : null);
    if (account === code) continue;
    if (!isSure && !account && !isAside && !isAccountNear(`${above.slice(-80)}${before}`)) {
      if (LIKELY.test(after)) facts.problems.push(doubtful(line, code));
      continue;
    }
    facts.account ??= account;
    if (facts.codes.includes(code)) continue;
    facts.codes.push(code);
    const purpose = purposeOf(code, after, before, heading);
    if (purpose) facts.codeFor[code] = purpose;
  }
}

function textsAbove(lines: Source['lines'], at: number): string {
  const above: string[] = [];
  for (let k = at - 1; k >= 0 && k >= at - LINES_ABOVE; k--) {
    const line = lines[k];
    if (!line || line.kind === 'heading' || line.kind === 'code' || line.kind === 'table') break;
    if (line.kind !== 'blank') above.unshift(line.text.slice(-160));
  }
  return above.join(' ');
}

/** A sentence may go on in the line below. */
function following(lines: Source['lines'], at: number): string {
  const next = lines[at + 1];
  const line = next?.kind === 'blank' ? lines[at + 2] : next;
  return line && (line.kind === 'text' || line.kind === 'quote' || line.kind === 'item') ? line.text.slice(0, 120) : '';
}

const doubtful = (line: number, code: string) =>
  problem(
    line,
    'info',
    'code-doubtful',
    `'${code}' may be a reply keyword, but the sentence names no account. If it is one, write \`codes: ["${code}"]\` in the front matter.`,
    `“${code}”可能是回复关键词，但这句话没有说发给哪个公众号。如果是，请在 front matter 里写 \`codes: ["${code}"]\`。`,
  );
