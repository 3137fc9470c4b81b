// What an organizer wrote, in the languages that it was written in. Pure.
import type { Language } from '../content/types.js';
import { plainText } from '../render/index.js';

/** Longer than this no platform shows in one message; each cuts to its own limit before. */
export const MOST_CHARACTERS = 20_000;
const LABEL_CHARACTERS = 40;

export interface Texts {
  /** For whoever has no part of their own. */
  any: string;
  own: Partial<Record<Language, string>>;
}

/** A line `[zh]` or `[en]` alone begins that language's part; what stands before the first is everybody's else. */
export function textsOf(written: string): Texts {
  const parts: Record<Language | 'any', string[]> = { any: [], zh: [], en: [] };
  let current: Language | 'any' = 'any';
  for (const line of written.replace(/\r\n?/g, '\n').split('\n')) {
    const mark = /^\s*[[【](zh|en)[\]】]\s*$/i.exec(line)?.[1]?.toLowerCase() as Language | undefined;
    if (mark) current = mark;
    else parts[current].push(line);
  }
  const [any, zh, en] = [parts.any, parts.zh, parts.en].map((lines) => {
    const text = lines.join('\n').trim();
    return isEmpty(text) ? '' : text;
  }) as [string, string, string];
  return { any: any || zh || en, own: { ...(zh && { zh }), ...(en && { en }) } };
}

/** Nothing that could be seen: blanks, signs without width, marks alone. */
function isEmpty(text: string): boolean {
  return plainText({ text }).replace(/[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu, '') === '';
}

export function textFor({ any, own }: Texts, language: Language): string {
  return own[language] ?? any;
}

/** How it begins, in one line. */
export function labelOf(text: string): string {
  const line =
    plainText({ text })
      .split('\n')
      .find((each) => each.trim() !== '')
      ?.trim() ?? '';
  const signs = [...line];
  return signs.length > LABEL_CHARACTERS ? `${signs.slice(0, LABEL_CHARACTERS - 1).join('')}…` : line;
}
