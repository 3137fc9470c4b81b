// How an event looks: its title, when and where it is, its card with slides, talks, recordings and pages.
import type { Card, Link } from '../adapter.js';
import type { Community, CommunityEvent } from '../content/catalog.js';
import type { Language, Talk } from '../content/types.js';
import type { Phrases } from '../phrases/index.js';
import { cleanText, cutCharacters, safeUrl } from '../render/index.js';
import { offsetName, phaseOf, spanOf } from './time.js';

/** More talks than these come with 更多: a reply has to fit into one message of WeChat. */
export const TALKS_PER_PAGE = 8;

const LONGEST_LABEL = 200;

export interface Viewer {
  language: Language;
  say: Phrases;
  community: Community;
  now: number;
  /** Shows the zone with every hour: what is posted is forwarded, and read by people who know nothing of the community's clock. */
  zoned?: true;
}

/** The title in the reader's language, in one harmless line. */
export function titleOf(event: CommunityEvent, { language }: Pick<Viewer, 'language'>): string {
  return oneLine(event.titles[language] ?? event.title);
}

/** One line to choose an event by: `2023-11-04 云原生 Meetup 成都站`. */
export function labelOf(event: CommunityEvent, viewer: Viewer): string {
  const mark = event.status === 'cancelled' ? viewer.say.cancelledMark : phaseOf(event, viewer.now) === 'now' ? viewer.say.ongoing : '';
  return [event.start?.slice(0, 10), titleOf(event, viewer)].filter(Boolean).join(' ') + mark;
}

/** The card of an event. `slides` come first of the links; talks of the first page, or from `offset` on. */
export function eventCard(event: CommunityEvent, slides: readonly Link[], viewer: Viewer, talks = event.talks): Card {
  const { say } = viewer;
  const phase = phaseOf(event, viewer.now);
  const open = phase !== 'past' && event.status !== 'cancelled';
  const shown = talks.slice(0, TALKS_PER_PAGE);
  const when = after(say.when, whenText(event, viewer, phase !== 'past'));
  const lines = [
    event.status === 'scheduled' ? '' : say.status[event.status],
    when,
    after(say.where, placeText(event, say)),
    ...shown.filter(({ video }) => !linkable(video)).map((talk) => `- ${talkLabel(talk, say)}`),
  ];
  const links = [
    ...slides,
    ...shown.flatMap((talk) => linkTo(talkLabel(talk, say), talk.video)),
    ...event.videos.flatMap((url, index) => linkTo(event.videos.length === 1 ? say.video : say.videoNumber(index + 1), url)),
    ...(open ? openRooms(event).flatMap((url) => linkTo(say.live, url)) : []),
    ...linkTo(say.page, event.url),
    ...(open ? linkTo(say.register, event.register) : []),
  ];
  return {
    title: titleOf(event, viewer),
    lines: lines.filter((line) => line !== ''),
    links: distinct(links),
    page: linkable(event.url),
    image: linkable(event.image),
    clock: clockOf(event, when, viewer),
  };
}

/** The rest of a long list of talks. */
export function talksCard(event: CommunityEvent, offset: number, viewer: Viewer): Card {
  const shown = event.talks.slice(offset, offset + TALKS_PER_PAGE);
  return {
    title: titleOf(event, viewer),
    lines: shown.filter(({ video }) => !linkable(video)).map((talk) => `- ${talkLabel(talk, viewer.say)}`),
    links: distinct(shown.flatMap((talk) => linkTo(talkLabel(talk, viewer.say), talk.video))),
  };
}

/** Links that lead somewhere safe, each address once; labels in one line. */
export function distinct(links: readonly Link[]): Link[] {
  const byUrl = new Map<string, Link>();
  for (const link of links) {
    const url = linkable(link.url);
    if (url && !byUrl.has(url)) byUrl.set(url, { ...link, label: oneLine(link.label), url });
  }
  return [...byUrl.values()];
}

/** A link when there is an address that is safe. */
export function linkTo(label: string, url: string | null): Link[] {
  const safe = linkable(url);
  return safe ? [{ label, url: safe }] : [];
}

/** Text of a page in one line, without what could steer the display. */
export function oneLine(text: string): string {
  return cutCharacters(cleanText(text).replace(/\n+/g, ' ').trim(), LONGEST_LABEL);
}

function linkable(url: string | null): string | undefined {
  return url ? safeUrl(url) : undefined;
}

function talkLabel(talk: Talk, say: Phrases): string {
  return oneLine(
    say.talk(
      talk.title,
      talk.speakers.map(({ name }) => name),
    ),
  );
}

/** The live rooms without those whose address is also the key. */
export function openRooms(event: CommunityEvent): string[] {
  return event.live.filter((url) => !/[?&]pwd=/i.test(url));
}

/** When it is, with the zone where that matters; empty when its page does not say. `upcoming`: not over. */
export function whenText(event: CommunityEvent, viewer: Pick<Viewer, 'say' | 'community' | 'zoned'>, upcoming: boolean): string {
  if (event.start === null) return '';
  const { say, community, zoned } = viewer;
  const start = moment(event.start, say);
  const end =
    event.end === null ? '' : `–${event.end.slice(0, 10) === event.start.slice(0, 10) ? event.end.slice(11) : moment(event.end, say)}`;
  const hour = event.start.length > 10;
  // Whoever takes part from afar, or knows the community by another clock, has to see which clock is meant.
  const zoneMatters = hour && (zoned || event.timezone !== community.timezone || (upcoming && event.online === true));
  const zone = zoneMatters ? zoneText(event, say) : '';
  return `${start}${end === '–' ? '' : end}${zone}${upcoming && event.startBasis === 'guess' ? say.toBeConfirmed : ''}`;
}

/** The start by the reader's own clock; undefined where the page tells no hour, or only lets it be guessed. */
function clockOf(event: CommunityEvent, line: string, { say }: Viewer): Card['clock'] {
  const span = event.start === null || event.start.length === 10 || event.startBasis === 'guess' ? null : spanOf(event);
  if (!span) return undefined;
  const zone = zoneText(event, say);
  return { at: span.startAt, line, zoned: line.includes(zone) ? line : `${line}${zone}`, label: say.yourTime };
}

function zoneText(event: CommunityEvent, say: Phrases): string {
  return say.zone(`${event.timezone}, ${offsetName(event)}`);
}

function moment(wall: string, say: Phrases): string {
  const day = wall.slice(0, 10);
  const weekday = say.weekdays[new Date(`${day}T00:00Z`).getUTCDay()] ?? '';
  return say.day(day, weekday, wall.slice(11));
}

/** Where it is; empty when its page does not say. */
export function placeText(event: CommunityEvent, say: Phrases): string {
  if (event.location === null) return event.online ? say.online : '';
  return `${oneLine(event.location)}${event.online ? say.alsoOnline : ''}`;
}

function after(label: string, text: string): string {
  return text === '' ? '' : `${label}${text}`;
}
