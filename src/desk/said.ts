/** Answers of the organizers' desk. */
import type { Choice } from '../adapter.js';
import type { Answer } from '../answer/types.js';
import type { Language } from '../content/types.js';

/** `rest`: what did not fit and comes with 更多; `at`: now. */
export function spoken(text: string, language: Language, more: { choices?: Choice[]; rest?: string; at?: number } = {}): Answer {
  const { choices, rest, at = 0 } = more;
  return {
    kind: 'command',
    events: [],
    language,
    reply: { text, ...(choices && { choices }) },
    ...(rest !== undefined && { memory: { choices: [], language, at, more: { rest: { text: rest } } } }),
  };
}

export async function said(text: string, language: Language): Promise<Answer> {
  return spoken(text, language);
}
