/**
 * Events keep the id they were first met under: another leading page, a renamed file, a merge or a translation is the same event, and
 * nothing about it is posted anew. Pure; the store keeps what comes out.
 */
import type { CommunityEvent } from '../content/catalog.js';
import type { KnownEvent } from '../store/port.js';
import { type Facts, factsOf } from './facts.js';
import { isSure } from './plan.js';

/** What is kept of an event, as JSON. */
export interface Kept {
  pages: string[];
  codes: string[];
  facts: Facts;
  /** Was it there when this installation began? Then `on: published` is not for it. */
  first: boolean;
  /** Since when it could be announced: its start is sure, and it is still to come. */
  readyAt: number | null;
  /** The start that an organizer has confirmed. */
  confirmed: string | null;
  /** How often it has changed, and when the last time: for calendars. */
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

/** Which of the known events each event is. */
export function meet(events: readonly CommunityEvent[], known: readonly Known[], about: { now: number; first: boolean }): Met[] {
  const free = new Map(known.map((each) => [each.id, each]));
  const found = new Map<CommunityEvent, Known>();
  const claim = (event: CommunityEvent, match: Known | undefined) => {
    if (!match) return;
    found.set(event, match);
    free.delete(match.id);
  };
  for (const event of events) claim(event, free.get(event.id));
  for (const key of [pagesOf, codesOf, titleOf]) {
    const lookup = new Map(
      [...free.values()].flatMap((each) => key(each.value.pages, each.value.codes, each.value.facts).map((text) => [text, each])),
    );
    for (const event of events) {
      if (found.has(event)) continue;
      const matches = key(event.pages, event.codes, factsOf(event)).flatMap((text) => lookup.get(text) ?? []);
      claim(
        event,
        matches.find(({ id }) => free.has(id)),
      );
    }
  }
  return events.map((event) => metAs(event, found.get(event), about));
}

/** The events that were known and are no more on any page. */
export function missing(met: readonly Met[], known: readonly Known[]): Known[] {
  const here = new Set(met.map(({ known: { id } }) => id));
  const pages = new Set(met.flatMap(({ event }) => event.pages));
  return known.filter(({ id, value }) => !here.has(id) && !value.pages.some((page) => pages.has(page)));
}

const pagesOf = (pages: readonly string[]) => [...pages];
/** A code that is used again for another day's event is another event's. */
const codesOf = (_: readonly string[], codes: readonly string[], { start }: Facts) =>
  codes.map((code) => `${code}\0${start?.slice(0, 10)}`);
const titleOf = (_: readonly string[], __: readonly string[], { title, start }: Facts) => [`${title}\0${start?.slice(0, 10)}`];

function metAs(event: CommunityEvent, known: Known | undefined, { now, first }: { now: number; first: boolean }): Met {
  const facts = factsOf(event);
  const ready = isSure(confirmedAs(event, known?.value.confirmed ?? null)) ? now : null;
  if (!known) {
    const value: Kept = {
      ...{ pages: event.pages, codes: event.codes, facts, first },
      ...{ readyAt: ready, confirmed: null, sequence: 0, changedAt: now },
    };
    return { event, known: { id: event.id, firstSeen: now, value }, write: 'new' };
  }
  const { value } = known;
  const changed = JSON.stringify(value.facts) !== JSON.stringify(facts);
  const next: Kept = {
    ...value,
    // Pages that it had stay its own for a while: one that comes back is no other event.
    pages: [...new Set([...event.pages, ...value.pages])].slice(0, Math.max(20, event.pages.length)),
    codes: event.codes,
    facts,
    readyAt: value.readyAt ?? ready,
    ...(changed && { sequence: value.sequence + 1, changedAt: now }),
  };
  const isSame = JSON.stringify(next) === JSON.stringify(value);
  return {
    event: confirmedAs(event, value.confirmed),
    known: isSame ? known : { ...known, value: next },
    ...(!isSame && { write: 'changed' as const }),
  };
}

/** A start that an organizer has confirmed is as sure as one that is written down. */
function confirmedAs(event: CommunityEvent, confirmed: string | null): CommunityEvent {
  return confirmed !== null && confirmed === event.start && event.startBasis === 'guess' ? { ...event, startBasis: 'agreed' } : event;
}
