/** What a reply becomes on its way out. Pure. */
import type { Outgoing } from '../adapter.js';
import type { Answer, Memory } from '../answer/types.js';
import type { Language } from '../content/types.js';
import { DESK_ORGANIZERS_PHRASES } from '../phrases/desk-organizers.js';

export function withNotices(reply: Outgoing | undefined, notices: string): Outgoing | undefined {
  // With something to tell it is no mere hint.
  return reply && { ...reply, hint: undefined, text: [notices, reply.text].filter(Boolean).join('\n\n') };
}

/** 更多 gets the rest of this message first, then what it would have got. */
export function withRest({ memory, reply, language }: Answer, rest: Outgoing, at: number): Memory {
  const { choices = reply?.choices ?? [], more } = memory ?? {};
  if (!more || !('rest' in more)) return { choices, language, at, more: { rest, ...(more && { next: more }) } };
  const both = { ...more.rest, ...rest, text: `${rest.text}\n\n${more.rest.text}` };
  return { choices, language, at, more: { ...more, rest: both } };
}

/** To an organizer whose word was taken, but not answered in time. */
export function notSure(language: Language): Answer {
  return { kind: 'command', events: [], language, reply: { text: DESK_ORGANIZERS_PHRASES[language].notSure } };
}
