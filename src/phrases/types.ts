import type { EventStatus } from '../content/types.js';

/** Everything the bot says to members, in one language. Sentences are small Markdown; what is put into them is escaped before. */
export interface Phrases {
  help: string;
  /** What organizers can do in a direct chat, under the rest. */
  helpForOrganizers: string;
  welcome: string;
  youAreWelcome: string;
  /** `address` is ready for emcee.yaml. */
  whoami(address: string): string;

  slidesHere: string;
  slidesMissing: { upcoming: string; withVideos: string; withoutVideos: string };
  /** A code that gets something else than slides; `thing` from `things`, else as the page says it. */
  thingHere(thing: string): string;
  thingMissing(thing: string): string;
  things: ReadonlyMap<string, string>;

  found: string;
  nextEvent: string;
  lastEvent: string;
  noNextEvent: string;
  noLastEvent: string;
  noEvents: string;
  noEventThen: string;
  noMatch: string;
  noList: string;
  noMore: string;
  outOfRange(count: number): string;

  whichEvent: string;
  whichCode: string;
  didYouMean: string;
  /** Several events; `page` of `pages`. */
  list(count: number, page: number, pages: number): string;
  moreTalks: string;

  more: string;
  /** What a member types for it. */
  sayMore: string;
  slides: string;
  slidesOf(talk: string): string;
  getSlides(code: string): string;
  video: string;
  videoNumber(number: number): string;
  live: string;
  page: string;
  register: string;
  /** Of all events, to subscribe to. */
  calendar: string;

  status: Record<Exclude<EventStatus, 'scheduled'>, string>;
  cancelledMark: string;
  ongoing: string;
  toBeConfirmed: string;
  /** Sunday first. */
  weekdays: readonly string[];
  /** `2023-11-04（周六）14:00`; `time` may be empty. */
  day(iso: string, weekday: string, time: string): string;
  zone(name: string): string;
  /** Before a time by the reader's own clock. */
  yourTime: string;
  when: string;
  where: string;
  online: string;
  alsoOnline: string;
  /** A talk and who gives it. */
  talk(title: string, speakers: readonly string[]): string;

  /** The page of all events: plain text, no Markdown. */
  site: {
    skip: string;
    chat: string;
    heading(city: string | undefined, year: string | undefined): string;
    byCity: string;
    byYear: string;
    any: string;
    upcoming: string;
    past: string;
    undated: string;
    noEvents: string;
    noneForFilter: string;
    unknown: Record<'city' | 'year' | 'page', string>;
    allEvents: string;
    pages: string;
    pageOf(page: number, pages: number): string;
    previous: string;
    next: string;
    talks: string;
    recordings: string;
    speaker(name: string, affiliation: string): string;
    password: string;
    /** What stands before and after the code, when the event has begun and when it is still to come. */
    sendForSlides: readonly [before: string, after: string];
    sendLater: readonly [before: string, after: string];
  };
}
