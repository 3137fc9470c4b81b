// What a broadcast says, in each language: the organizer's text, or the announcement of an event made from its page. Pure.
import type { Outgoing } from '../adapter.js';
import { titleOf } from '../answer/view.js';
import type { Catalog, Community, CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { messageOf } from '../schedule/message.js';
import { announced } from './announced.js';
import { labelOf, MOST_CHARACTERS, textFor, textsOf } from './text.js';
import type { Refusal, Wanted } from './types.js';

export type Said =
  | { is: 'said'; message(language: Language): Outgoing; label: string; event?: CommunityEvent }
  | { is: 'refused'; why: Refusal };

/** @param at the instant at which it goes out */
export function said({ say, everyone }: Wanted, { catalog, community }: { catalog: Catalog; community: Community }, at: number): Said {
  const mention = everyone ? ({ mention: 'everyone' } as const) : {};
  if ('text' in say) {
    const texts = textsOf(say.text);
    if (texts.any === '') return { is: 'refused', why: { is: 'no-text' } };
    if (say.text.length > MOST_CHARACTERS)
      return { is: 'refused', why: { is: 'long-text', characters: say.text.length, most: MOST_CHARACTERS } };
    return { is: 'said', label: labelOf(texts.any), message: (language) => ({ text: textFor(texts, language), ...mention }) };
  }
  const found = announced(say.event, catalog, at);
  if (found.is === 'refused') return found;
  const { event } = found;
  // As on the day that the page was published: words that count the hours would change between the preview and the confirmation.
  const planned = { post: '', rule: '', when: 'published' as const, at, until: at, subject: { event, id: event.id }, channels: [] };
  const message = (language: Language): Outgoing => ({
    ...(messageOf(planned, { language }, { catalog, community, now: at }) as Outgoing),
    ...mention,
  });
  return { is: 'said', label: titleOf(event, { language: community.language }), message, event };
}
