/** Everything the bot will post in a span of time, rendered for each channel. Pure: needs neither clock nor ledger. */
import type { Outgoing } from '../adapter.js';
import { titleOf } from '../answer/view.js';
import type { Catalog, Channel, Community, CommunityEvent } from '../content/catalog.js';
import { planDigests } from './digests.js';
import { languageOf, messageOf } from './message.js';
import { isSure, type Planned, planEvents, sendAt } from './plan.js';

export interface Preview {
  /** The due instant; quiet hours and jitter may move the post to `sent`. */
  at: number;
  sent: number;
  post: string;
  rule: string;
  event: CommunityEvent | null;
  channel: Channel;
  title: string;
  text: string;
}

/** @param show the message as the channel's platform will show it */
export function previews(
  { catalog, community }: { catalog: Catalog; community: Community },
  [from, to]: readonly [from: number, to: number],
  show: (channel: Channel, message: Outgoing) => string,
): Preview[] {
  const events = planEvents(
    catalog.events.map((event) => ({ event, id: event.id })),
    community,
  );
  return [...events.filter(({ at }) => at >= from && at < to), ...planDigests(community, from, to)]
    .sort((a, b) => a.at - b.at || (a.post < b.post ? -1 : 1))
    .flatMap((planned) => planned.channels.flatMap((channel) => shown(planned, channel)));

  function shown(planned: Planned, channel: Channel): Preview[] {
    const sent = sendAt(planned, channel, community);
    const message = messageOf(planned, channel, { catalog, community, now: sent });
    if (!message) return [];
    const event = planned.subject?.event ?? null;
    const title = event ? titleOf(event, { language: languageOf(channel, community) }) : planned.rule;
    return [{ at: planned.at, sent, post: planned.post, rule: planned.rule, event, channel, title, text: show(channel, message) }];
  }
}

/** The first instant after another at which something about an event is posted. */
export function nextPostAt({ catalog, community }: { catalog: Catalog; community: Community }, after: number): number | undefined {
  const subjects = catalog.events.map((event) => ({ event, id: event.id }));
  const ahead = planEvents(subjects, community).flatMap(({ at }) => (at >= after ? [at] : []));
  return ahead.length > 0 ? ahead.reduce((least, at) => Math.min(least, at)) : undefined;
}

/** Events still to come about which nothing is posted, for their start rests on one place of the page. */
export function unconfirmed(catalog: Catalog, today: string): CommunityEvent[] {
  return catalog.events.filter(
    (event) => event.start !== null && !isSure(event) && event.start.slice(0, 10) >= today && event.status !== 'cancelled',
  );
}
