// Which findings mean that a page cannot be used, and which that its last good version is better.
import type { Page, Problem } from './types.js';

/** The page is dangerous or unreadable: nothing of it is used. */
const REFUSED = /^(?:file-|front-matter-(?:code|size|depth|aliases|tag)$)/;
/** The page is read as well as may be, but an earlier good version of it is to be preferred. */
const BROKEN = /^(?:file-|front-matter-)/;

export function isRefused(problems: readonly Problem[]): boolean {
  return problems.some(({ level, rule }) => level === 'error' && REFUSED.test(rule));
}

export function isBroken(problems: readonly Problem[]): boolean {
  return problems.some(({ level, rule }) => level === 'error' && BROKEN.test(rule));
}

/** A page that says nothing. A new object each time: pages own their lists. */
export const NOTHING = (): Omit<Page, 'file' | 'language' | 'problems'> => ({
  kind: 'other',
  title: null,
  start: null,
  startBasis: null,
  end: null,
  timezone: null,
  location: null,
  online: null,
  codes: [],
  codeFor: {},
  account: null,
  slides: [],
  videos: [],
  live: [],
  talks: [],
  id: null,
  url: null,
  image: null,
  tags: [],
  organizers: [],
  register: null,
  status: 'scheduled',
  reminders: undefined,
  draft: false,
  publishAt: null,
  expireAt: null,
});
