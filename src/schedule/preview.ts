/** Everything the bot will post in a span of time, rendered for each channel. Pure: needs neither clock nor ledger. */
import type { Outgoing } from '../adapter.js';
import { phaseOf } from '../answer/time.js';
import { titleOf } from '../answer/view.js';
import { nextChange } from '../content/build-catalog.js';
import type { Catalog, Channel, Community, CommunityEvent } from '../content/catalog.js';
import type { Loaded } from '../content/load.js';
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

/** What is public from an instant on, up to another that is not included. */
export interface Span {
  from: number;
  to: number;
  catalog: Catalog;
  /** What was public just before. */
  before: Catalog;
}

/** A new span begins whenever a page comes out or expires by itself. */
export function spansOf({ pages, catalogAt }: Pick<Loaded, 'pages' | 'catalogAt'>, from: number, to: number): Span[] {
  const spans: Span[] = [];
  let before = nextChange(pages, from - 1) === from ? catalogAt(from - 1) : undefined;
  for (let at = from; at < to; at = spans.at(-1)?.to ?? to) {
    const catalog = catalogAt(at);
    spans.push({ from: at, to: Math.min(nextChange(pages, at) ?? to, to), catalog, before: before ?? catalog });
    before = catalog;
  }
  return spans;
}

/** @param show the message as the channel's platform will show it */
export function previews(spans: readonly Span[], community: Community, show: (channel: Channel, message: Outgoing) => string): Preview[] {
  return spans.flatMap((span) =>
    [...eventPosts(span, community), ...planDigests(community, span.from, span.to)]
      .sort((a, b) => a.at - b.at || (a.post < b.post ? -1 : 1))
      .flatMap((planned) => planned.channels.flatMap((channel) => shown(planned, channel, span.catalog))),
  );

  function shown(planned: Planned, channel: Channel, catalog: Catalog): Preview[] {
    const sent = sendAt(planned, channel, community);
    const message = messageOf(planned, channel, { catalog, community, now: sent });
    if (!message) return [];
    const event = planned.subject?.event ?? null;
    const title = event ? titleOf(event, { language: languageOf(channel, community) }) : planned.rule;
    return [{ at: planned.at, sent, post: planned.post, rule: planned.rule, event, channel, title, text: show(channel, message) }];
  }
}

/** The first instant at which something about an event is posted. */
export function nextPostAt(spans: readonly Span[], community: Community): number | undefined {
  for (const span of spans) {
    const ahead = eventPosts(span, community);
    if (ahead.length > 0) return ahead.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  }
  return undefined;
}

function eventPosts({ from, to, catalog, before }: Span, community: Community): Planned[] {
  // By its pages: with a translation that comes out, an event may go by another id.
  const pages = new Set(before.events.flatMap((event) => event.pages));
  const isNew = (event: CommunityEvent) => !event.pages.some((page) => pages.has(page));
  const subjects = catalog.events.map((event) => ({
    ...{ event, id: event.id },
    ...(isNew(event) && phaseOf(event, from) === 'upcoming' && { publishedAt: from }),
  }));
  return planEvents(subjects, community).flatMap((planned) => {
    const { at, until, subject } = planned;
    // Due before its page came out, and still worth sending then.
    if (at < from && until > from && subject?.publishedAt === from) return [{ ...planned, at: from }];
    return at >= from && at < to ? [planned] : [];
  });
}

/** Events still to come about which nothing is posted, for their start rests on one place of the page. */
export function unconfirmed(catalog: Catalog, today: string): CommunityEvent[] {
  return catalog.events.filter(
    (event) => event.start !== null && !isSure(event) && event.start.slice(0, 10) >= today && event.status !== 'cancelled',
  );
}
