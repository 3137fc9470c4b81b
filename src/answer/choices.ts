// Lists to choose from: numbered, a page at a time, remembered until the member's next message refers back to them.
import type { Choice, Outgoing } from '../adapter.js';
import type { CommunityEvent } from '../content/catalog.js';
import type { Answer, AnswerKind, Memory } from './types.js';
import { labelOf, type Viewer } from './view.js';

export const EVENTS_PER_PAGE = 6;
/** What is kept of a question so that 更多 can ask it again. */
const LONGEST_QUERY = 200;

/** A reply that offers choices, and remembers them. */
export function offer(kind: AnswerKind, events: readonly string[], reply: Outgoing, viewer: Viewer, more?: Memory['more']): Answer {
  const choices = reply.choices ?? [];
  return {
    kind,
    events: [...events],
    reply,
    memory: { choices, more, language: viewer.language, at: viewer.now },
    language: viewer.language,
  };
}

/** A page of events to choose from; `query` is asked again for the next one. */
export function listPage(
  kind: AnswerKind,
  found: readonly CommunityEvent[],
  query: string,
  offset: number,
  viewer: Viewer,
  sayFor: (event: CommunityEvent) => string,
): Answer {
  const { say } = viewer;
  const shown = found.slice(offset, offset + EVENTS_PER_PAGE);
  const next = offset + EVENTS_PER_PAGE;
  const paged = found.length > EVENTS_PER_PAGE && query.length <= LONGEST_QUERY;
  const choices = shown.map((event): Choice => ({ label: labelOf(event, viewer), say: sayFor(event) }));
  if (paged && next < found.length) choices.push({ label: say.more, say: say.sayMore });
  const text = say.list(found.length, offset / EVENTS_PER_PAGE + 1, Math.ceil(found.length / EVENTS_PER_PAGE));
  const ids = shown.map(({ id }) => id);
  return offer(kind, ids, { text, choices }, viewer, paged ? { query, offset: next } : undefined);
}
