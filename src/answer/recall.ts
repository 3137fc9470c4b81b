import type { Outgoing } from '../adapter.js';
import { EVENTS_PER_PAGE, offer } from './choices.js';
import { type Reference, referenceOf } from './commands.js';
import { spoken } from './event-answers.js';
import { fold } from './fold.js';
import type { Answer, Memory, Page } from './types.js';
import { TALKS_PER_PAGE, type Viewer } from './view.js';

const MEMORY_MS = 10 * 60_000;

/** What a member's reference leads to; the answerer knows how to say it. */
export interface Recalled {
  /** As if the member had sent this. */
  said(text: string): Answer;
  page(query: string, offset: number): Answer;
  talks(id: string, offset: number): Answer;
  /** The rest of a page that was too long for one message; `next` comes after it. */
  rest(more: { rest: Outgoing; next?: Page }): Answer;
}

/** The answer to a number, 更多 or 上一页: what was offered to this member in the last ten minutes. */
export function recall(reference: Reference, remembered: Memory | undefined, viewer: Viewer, then: Recalled): Answer {
  const memory = remembered && viewer.now - remembered.at <= MEMORY_MS ? remembered : undefined;
  if (!memory) return spoken('none', viewer.say.noList, viewer);
  if (reference.is !== 'number') return turn(reference.is, memory, viewer, then);
  const { choices } = memory;
  if (choices.length === 0) return spoken('none', viewer.say.noList, viewer);
  const choice = choices[reference.number - 1];
  if (!choice) return offer('choice', [], { text: viewer.say.outOfRange(choices.length), choices }, viewer, memory.more);
  // The page is turned only by the choice that says so; an event's code may be any word, 更多 as well.
  const page = choice.label === viewer.say.more || choice === choices.at(-1) ? referenceOf(fold(choice.say)) : undefined;
  return page && page.is !== 'number' ? turn(page.is, memory, viewer, then) : then.said(choice.say);
}

function turn(to: 'more' | 'back', { more }: Memory, viewer: Viewer, then: Recalled): Answer {
  if (!more) return spoken('none', viewer.say.noMore, viewer);
  if ('rest' in more) return to === 'more' ? then.rest(more) : spoken('none', viewer.say.noMore, viewer);
  const step = 'id' in more ? TALKS_PER_PAGE : EVENTS_PER_PAGE;
  const offset = to === 'more' ? more.offset : more.offset - 2 * step;
  if (offset < 0) return spoken('none', viewer.say.noMore, viewer);
  return 'id' in more ? then.talks(more.id, offset) : then.page(more.query, offset);
}
