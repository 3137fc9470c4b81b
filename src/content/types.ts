// What emcee understands of a page. Everything in src/content works towards these types.
import type { ReminderRule } from './reminder-rules.js';

/** A finding about a page: where, how bad, and in one sentence what is wrong and how to mend it. */
export interface Problem {
  /** 1-based line in the file; 0 when the finding is about the whole file. */
  line: number;
  /** error: the page (or the key) is not used as written; warning: worth mending; info: good to know. */
  level: 'error' | 'warning' | 'info';
  /** Which rule of the lint found it (`code-duplicate`, `yaml-repaired` …): stable, for tests and for counting. */
  rule: string;
  message: { en: string; zh: string };
}

export type PageKind = 'event' | 'recap' | 'talk' | 'slides' | 'notes' | 'index' | 'other';
export type Language = 'zh' | 'en';
export type EventStatus = 'scheduled' | 'moved' | 'cancelled';

/**
 * What a start rests on (promise 8: nothing irreversible rests on a guess).
 * key: a front matter key that means the event's start; agreed: two places on the page that agree; guess: one place in the prose.
 */
export type Basis = 'key' | 'agreed' | 'guess';

export interface Speaker {
  name: string;
  affiliation: string | null;
}

export interface Talk {
  title: string;
  speakers: Speaker[];
  video: string | null;
  slides: string | null;
}

/** What extraction reads from one page. Every field is null or empty when the page does not say it. */
export interface Facts {
  kind: PageKind;
  title: string | null;
  /** `YYYY-MM-DDTHH:mm`, or `YYYY-MM-DD` when the page gives no hour; wall time in `timezone`. */
  start: string | null;
  startBasis: Basis | null;
  end: string | null;
  /** IANA name; null when neither the page nor its place tells (the community's zone then applies). */
  timezone: string | null;
  location: string | null;
  /** True when one can take part from afar, also when there is a hall as well. */
  online: boolean | null;
  /** Reply keywords, letter by letter as on the page. */
  codes: string[];
  /** What a code gets when it is not slides: code → `group`, `photos`, `source code`, `papers`, `sign-up` … */
  codeFor: Record<string, string>;
  /** The account that the code is sent to. */
  account: string | null;
  /** Links to slides and recordings that belong to no single talk. */
  slides: string[];
  videos: string[];
  /** Live rooms: neither slides nor recordings. */
  live: string[];
  talks: Talk[];
}

/** Keys that only front matter can give; they are never guessed from prose. */
export interface PageKeys {
  id: string | null;
  url: string | null;
  image: string | null;
  tags: string[];
  organizers: string[];
  register: string | null;
  status: EventStatus;
  /** undefined: the community's rules hold. */
  reminders: ReminderRule[] | undefined;
  /** Hugo: `draft`, a future `publishDate`, a past `expiryDate`. Instants in milliseconds. */
  draft: boolean;
  publishAt: number | null;
  expireAt: number | null;
}

/** One Markdown file, read and understood. */
export interface Page extends Facts, PageKeys {
  /** Relative to the content folder, with `/`. */
  file: string;
  language: Language;
  problems: Problem[];
}

/** One line of a page's body and what it is; made by scan.ts, read by every extractor. */
export interface Line {
  /** 1-based in the file, front matter included. */
  number: number;
  /** The line without its end; HTML comments are blanked out, headings have no `#`. */
  text: string;
  kind: 'text' | 'heading' | 'code' | 'table' | 'quote' | 'item' | 'rule' | 'blank';
  /** Headings: 1–6; list items: indentation in columns; else 0. */
  level: number;
}

/** What the extractors are given: front matter as data, the body as lines. */
export interface Source {
  /** As listed: relative path with `/`; only its shape may be used (a date in the name), never the name of a community. */
  file: string;
  /** Front matter: values are strings, booleans, lists and maps; dates and times stay the strings that were written. */
  data: Record<string, unknown>;
  /** Line of each top-level front matter key in the file, for problems. */
  keyLine: (key: string) => number;
  lines: Line[];
  language: Language;
}
