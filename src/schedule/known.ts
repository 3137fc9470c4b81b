/**
 * Events keep the id they were first met under: another leading page, a renamed file, a merge or a translation is the same event, and
 * nothing about it is posted anew. Pure; the store keeps what comes out.
 *
 * - Known, Kept: an event as the store has it: its id, when it was first seen, and what is kept of it.
 * - Met: an event of the pages with the Known that it is.
 * - Roll: all that are met now, and those whose pages are gone or cannot be read (roster.ts).
 * - Subject: a Met as the plan needs it (plan.ts). Facts: what members are told of it that may change (facts.ts).
 * - Told: a delivery about an event, with the Facts it went out with (the store).
 */
import type { CommunityEvent } from '../content/catalog.js';
import type { KnownEvent } from '../store/port.js';
import { isOver } from './changes.js';
import { type Facts, factsOf } from './facts.js';
import { isSure } from './plan.js';

/** What is kept of an event, as JSON. */
export interface Kept {
  pages: string[];
  codes: string[];
  facts: Facts;
  /** Was it there when this installation began? Then `on: published` is not for it. */
  first: boolean;
  /** Since when its start is sure, so that it could be announced. */
  readyAt: number | null;
  /** The start that an organizer has confirmed. */
  confirmed: string | null;
  /** How often its facts have changed, and when the last time (at first: when it was met). For calendars. */
  sequence: number;
  changedAt: number;
}

export type Known = KnownEvent & { value: Kept };

export interface Met {
  event: CommunityEvent;
  known: Known;
  /** undefined: as it was kept; else what is to be written. */
  write?: 'new' | 'changed';
}

/**
 * Which of the known events each event is. What an event says of itself, a code or a title on a day, is surer than where it stands: a
 * page may be renamed while another takes its name, or be used again for the next event.
 */
export function meet(events: readonly CommunityEvent[], known: readonly Known[], about: { now: number; first: boolean }): Met[] {
  const free = new Map(known.map((each) => [each.id, each]));
  const found = new Map<CommunityEvent, Known>();
  const claim = (event: CommunityEvent, match: Known | undefined) => {
    if (!match) return;
    found.set(event, match);
    free.delete(match.id);
  };
  const claimBy = (key: Key, may: (event: CommunityEvent, known: Known) => boolean) => {
    const lookup = new Map<string, Known[]>();
    for (const each of free.values())
      for (const text of key({ ...each.value, id: each.id })) lookup.set(text, [...(lookup.get(text) ?? []), each]);
    for (const event of events) {
      if (found.has(event)) continue;
      const matches = key({ ...event, facts: factsOf(event) }).flatMap((text) => lookup.get(text) ?? []);
      claim(
        event,
        matches.find((each) => free.has(each.id) && may(event, each)),
      );
    }
  };
  claimBy(idOf, isAlike);
  claimBy(codesOf, () => true);
  claimBy(titleOf, () => true);
  // What was known is over, and this is still to come: the page is used again, for another event.
  const isStill = (event: CommunityEvent, { value: { facts } }: Known) =>
    event.start === null || !isOver(event, facts, about.now) || isOver(event, factsOf(event), about.now);
  claimBy(({ pages }) => pages, isStill);
  claimBy(idOf, isStill);

  const pages = new Set(events.flatMap((event) => event.pages));
  const taken = new Set(known.map(({ id }) => id));
  return events.map((event) => {
    const match = found.get(event);
    return match ? metAgain(event, match, pages, about.now) : metFirst(event, freeId(event.id, taken), about);
  });
}

/** The events that were known and are no more on any page. */
export function missing(met: readonly Met[], known: readonly Known[]): Known[] {
  const here = new Set(met.map(({ known: { id } }) => id));
  const pages = new Set(met.flatMap(({ event }) => event.pages));
  return known.filter(({ id, value }) => !here.has(id) && !value.pages.some((page) => pages.has(page)));
}

type Key = (each: Pick<Kept, 'pages' | 'codes' | 'facts'> & { id: string }) => readonly string[];

const idOf: Key = ({ id }) => [id];
const dayOf = ({ start }: Facts) => start?.slice(0, 10);
/** A code that is used again for another day's event is another event's. */
const codesOf: Key = ({ codes, facts }) => codes.map((code) => `${code}\0${dayOf(facts)}`);
const titleOf: Key = ({ facts }) => [`${facts.title}\0${dayOf(facts)}`];

function isAlike(event: CommunityEvent, { value: { codes, facts } }: Known): boolean {
  return dayOf(facts) === event.start?.slice(0, 10) && (facts.title === event.title || codes.some((code) => event.codes.includes(code)));
}

/** The id is another event's where that had this page before. */
function freeId(id: string, taken: Set<string>): string {
  let own = id;
  for (let number = 2; taken.has(own); number += 1) own = `${id}~${number}`;
  taken.add(own);
  return own;
}

function metFirst(event: CommunityEvent, id: string, { now, first }: { now: number; first: boolean }): Met {
  const value: Kept = {
    ...{ pages: event.pages, codes: event.codes, facts: factsOf(event), first },
    ...{ readyAt: isSure(event) ? now : null, confirmed: null, sequence: 0, changedAt: now },
  };
  return { event, known: { id, firstSeen: now, value }, write: 'new' };
}

function metAgain(event: CommunityEvent, known: Known, pagesNow: ReadonlySet<string>, now: number): Met {
  const { value } = known;
  const facts = factsOf(event);
  const changed = JSON.stringify(value.facts) !== JSON.stringify(facts);
  const confirmed = confirmedAs(event, value.confirmed);
  // Pages that it had stay its own for a while, unless they are another's now: one that comes back is no other event.
  const had = value.pages.filter((page) => !pagesNow.has(page));
  const next: Kept = {
    ...value,
    pages: [...new Set([...event.pages, ...had])].slice(0, Math.max(20, event.pages.length)),
    codes: event.codes,
    facts,
    // Not later than now: the clock may have been ahead.
    readyAt: value.readyAt === null ? (isSure(confirmed) ? now : null) : Math.min(value.readyAt, now),
    ...(changed && { sequence: value.sequence + 1, changedAt: now }),
  };
  if (JSON.stringify(next) === JSON.stringify(value)) return { event: confirmed, known };
  return { event: confirmed, known: { ...known, value: next, was: value }, write: 'changed' };
}

/** A start that an organizer has confirmed is as sure as one that is written down. */
function confirmedAs(event: CommunityEvent, confirmed: string | null): CommunityEvent {
  return confirmed !== null && confirmed === event.start && event.startBasis === 'guess' ? { ...event, startBasis: 'agreed' } : event;
}
