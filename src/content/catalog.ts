// The catalog: all events, ready to be asked. Built from pages by merge.ts, read by src/answer; never changed in place.
import type { Link } from '../adapter.js';
import type { DigestRule, ReminderRule } from './reminder-rules.js';
import type { Basis, EventStatus, Language, Page, Problem, Talk } from './types.js';

/** One event: a meetup page with its talk pages, its older announcement and its translations. */
export interface CommunityEvent {
  /** Stable (design 3.5): front matter `id`, else the leading page's path; kept in the store once it was posted. */
  id: string;
  /** Pages relative to the content folder; the leading page first. */
  pages: string[];
  title: string;
  /** The same event in the other language, where a translated page exists. */
  titles: Partial<Record<Language, string>>;
  language: Language;
  /** Wall time in `timezone`: `YYYY-MM-DDTHH:mm` or `YYYY-MM-DD`. */
  start: string | null;
  startBasis: Basis | null;
  end: string | null;
  timezone: string;
  location: string | null;
  online: boolean | null;
  status: EventStatus;
  codes: string[];
  /** Code → what it gets when it is not slides (`group`, `photos`, …). */
  codeFor: Record<string, string>;
  account: string | null;
  talks: Talk[];
  slides: string[];
  videos: string[];
  live: string[];
  url: string | null;
  image: string | null;
  register: string | null;
  tags: string[];
  organizers: string[];
  /** Its own rules instead of the community's; undefined: it has none of its own. */
  reminders: ReminderRule[] | undefined;
}

export interface Catalog {
  /** In no particular order; `findIndex` by id is never needed: see `byId`. */
  events: readonly CommunityEvent[];
  byId: ReadonlyMap<string, CommunityEvent>;
  /** Code as written → the events it stands on (more than one is a conflict) and the links of slides.yaml. An alias → its code's entry. */
  codes: ReadonlyMap<string, CodeEntry>;
  pages: readonly Page[];
  /** Findings about the content as a whole, each with its file. */
  problems: readonly (Problem & { file: string })[];
}

export interface CodeEntry {
  code: string;
  events: readonly CommunityEvent[];
  /** From slides.yaml, or the page's own slides; empty: not uploaded yet. */
  links: readonly Link[];
  /** What the code gets; `slides` unless a page says otherwise. */
  purpose: string;
  /** An organizer has set the links from a chat: they are all that it gets, whatever the page says. */
  isKept?: true;
}

/** content/emcee.yaml, read and checked by src/config/community.ts. */
export interface Community {
  name: string;
  /** IANA. */
  timezone: string;
  language: Language;
  organizers: string[];
  /** Addresses for notices; the organizers when not given. */
  alerts: string[];
  /** Who may mention everyone in a broadcast: addresses, or `cli:alice`; nobody when not given. */
  everyone?: string[];
  channels: Channel[];
  reminders: ReminderRule[];
  digests: DigestRule[];
  /** `09:00`: when a day's reminder goes out where the page tells no hour. */
  remindAt?: string;
  /** `10m`: a changed page has to be still so long before members are told. */
  changesAfter?: string;
  /** Posts go out up to so long after they are due, each at an instant of its own; off when not given. */
  jitter?: string;
  words: { welcome?: string; help?: string; noMatch?: string };
  /** Further folders with globs, relative to the content folder; read, never changed. */
  sources: string[];
  /** Turns a page's path into its web address. */
  site: Site | null;
  /** Days after an event without slides before `check` says so. */
  slidesAfterDays: number;
  /** The page of all events shows the links to slides too; else they stay what a code gets. */
  publicSlides: boolean;
  /** Where members subscribe to the calendar; not in emcee.yaml, for it is where the bot runs. */
  calendarUrl?: string | undefined;
  /** The content that came with emcee: real platforms get answers, but no automatic posts. */
  sample: boolean;
}

export interface Channel {
  name: string;
  /** An address, or a platform's name such as `slack:#events`. */
  address: string;
  tags: string[];
  language?: Language;
  /** `22:00-08:00`, wall time of the community. */
  quiet?: string;
  /** mention: in this room even exact codes need a mention. */
  rooms?: 'exact' | 'mention';
}

export interface Site {
  base: string;
  /** Folder that is cut off the front of a page's path, for example `../website/content/zh`. */
  root?: string;
}
