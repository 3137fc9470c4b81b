/** What members can be reminded of: one event, or all events in a city. */
import { type City, cityNamed, cityOf } from '../answer/cities.js';
import { phaseOf } from '../answer/time.js';
import { titleOf } from '../answer/view.js';
import type { CommunityEvent } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import { escapeMarkdown } from '../render/index.js';

export interface Topic {
  /** As the store keeps it. */
  key: string;
  /** As Markdown. */
  name: string;
  city: City | undefined;
  /** The event that it is about; undefined: the whole city. */
  event?: CommunityEvent;
}

interface Seen {
  language: Language;
  idOf(event: CommunityEvent): string;
}

export const cityTopic = (city: City, language: Language): Topic => ({ key: `city:${city.key}`, name: city[language], city });

export const eventTopic = (event: CommunityEvent, { language, idOf }: Seen): Topic => ({
  ...{ key: `event:${idOf(event)}`, name: escapeMarkdown(titleOf(event, { language })) },
  ...{ city: cityOf(event), event },
});

/** Nobody is reminded of it any more. */
export function isOver({ event }: Topic, now: number): boolean {
  return event !== undefined && (event.status === 'cancelled' || phaseOf(event, now) === 'past');
}

/** The topics with these keys; an event that is no more on any page is none. */
export function topicsOf(keys: readonly string[], events: readonly CommunityEvent[], seen: Seen): Topic[] {
  const byKey = new Map(events.map((event) => [`event:${seen.idOf(event)}`, event]));
  return keys.flatMap((key) => {
    const event = byKey.get(key);
    if (event) return [eventTopic(event, seen)];
    const city = key.startsWith('city:') ? cityNamed(key.slice('city:'.length)) : undefined;
    return city ? [cityTopic(city, seen.language)] : [];
  });
}
