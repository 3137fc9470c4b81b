/** Whether a word can be an alias of a code. Pure. */
import { fold } from '../answer/fold.js';
import type { CodeEntry } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import type { KeptRow } from '../store/desk.js';
import { codesOf, type FindParts, findCode, isCode, isTaken } from './code-finder.js';

/** What members and organizers say to the bot as whole messages. */
const WORDS = new Set(
  [
    '课件 别名 是 否 不 对 状态 群发 广播 进度 报告 停止 停 继续 重试 草稿 算了 登录 登陆 退出登录 绑定 组织者 这里 提醒我 订阅 退订 确认 现在发 不发 别发',
    'slides alias aliases yes no ok status broadcast progress report stop resume continue retry drafts signin login signout link',
    'organizers organisers here subscribe unsubscribe remindme confirm sendnow dontsend nevermind announce',
  ].flatMap((line) => line.split(' ')),
);

export type AliasCheck =
  | { is: 'fine'; entry: CodeEntry; before: KeptRow | undefined; near: CodeEntry | undefined }
  | { is: 'code' | 'word' }
  | { is: 'several'; entries: CodeEntry[] }
  /** What it is to stand for is no code. */
  | { is: 'unknown' };

export interface AliasParts extends FindParts {
  /** Without anything kept. */
  base: FindParts['catalog'];
  rows: readonly KeptRow[];
}

export function checkAlias(alias: string, code: string, parts: AliasParts, language: Language): AliasCheck {
  const folded = fold(alias);
  if (isTaken(alias) || WORDS.has(folded) || alias.includes('\n')) return { is: 'word' };
  const { base, rows, catalog } = parts;
  if (isCode(base, alias) || rows.some((row) => row.kind === 'slides' && fold(row.name) === folded)) return { is: 'code' };
  const found = findCode(code, parts, language);
  if (found.is === 'several') return { is: 'several', entries: found.entries };
  const entry = found.is === 'shared' || (found.is === 'code' && found.rest === '') ? found.entry : undefined;
  if (!entry) return { is: 'unknown' };
  const near = codesOf(catalog)
    .near(folded)
    .find((other) => other.code !== entry.code && !other.events.some((event) => entry.events.includes(event)));
  return { is: 'fine', entry, before: aliasRow(rows, alias), near };
}

/** The kept row of an alias, in whatever spelling. */
export function aliasRow(rows: readonly KeptRow[], alias: string): KeptRow | undefined {
  const folded = fold(alias);
  const aliases = rows.filter(({ kind }) => kind === 'alias');
  return aliases.find(({ name }) => name === alias) ?? aliases.find(({ name }) => fold(name) === folded);
}

/** The kept row of a code's links, in whatever spelling. */
export function slidesRow(rows: readonly KeptRow[], code: string): KeptRow | undefined {
  const folded = fold(code);
  const slides = rows.filter(({ kind }) => kind === 'slides');
  return slides.find(({ name }) => name === code) ?? slides.find(({ name }) => fold(name) === folded);
}
