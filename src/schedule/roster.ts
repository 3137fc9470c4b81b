/** The events by the ids they were first met under, read from the store and written back; and those that have gone away. */
import type { Catalog } from '../content/catalog.js';
import { isBroken } from '../content/refused.js';
import type { Store } from '../store/port.js';
import type { FeedEntry } from './ics/feed.js';
import { type Known, type Met, meet, missing } from './known.js';
import type { Subject } from './plan.js';

const SINCE = 'schedule:since';
const FOREVER = Number.MAX_SAFE_INTEGER;

export interface Roll {
  met: readonly Met[];
  /** Those that posts may go out about: their pages can be read. */
  subjects: Subject[];
  /** Their pages cannot be read now; the last good version answers, and nothing is posted. */
  broken: readonly Met[];
  gone: readonly Known[];
  /** When this installation began. */
  since: number;
}

type RosterStore = Pick<Store, 'knownEvents' | 'meetEvents' | 'keepEvents' | 'kvGet' | 'once'>;

/** How often what was read is read again: another replica or a confirmation may write at the same moment. */
const MOST_TRIES = 5;

/** Meets the events of a catalog. What was there when the installation began is never announced as new. */
export async function callRoll(store: RosterStore, catalog: Catalog, now: number): Promise<Roll> {
  const since = await store.kvGet(SINCE, now);
  const about = { now, first: since === undefined };
  let known: Known[] = [];
  let met: Met[] = [];
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    known = (await store.knownEvents()) as Known[];
    met = meet(catalog.events, known, about);
    const changed = met.filter(({ write }) => write === 'changed').map((each) => each.known);
    const fresh = met.filter(({ write }) => write === 'new').map((each) => each.known);
    const isWritten = changed.length === 0 || (await store.keepEvents(changed)) === changed.length;
    if (fresh.length > 0) await store.meetEvents(fresh);
    else if (isWritten) break;
  }
  // Written last: after a crash in between, this load still is the first.
  if (since === undefined) await store.once(SINCE, String(now), FOREVER, now);

  const unreadable = new Set(catalog.pages.filter(({ problems }) => isBroken(problems)).map(({ file }) => file));
  const isReadable = ({ event }: Met) => !event.pages.some((page) => unreadable.has(page));
  return {
    met,
    subjects: met.filter(isReadable).map(subjectOf),
    broken: met.filter((each) => !isReadable(each)),
    gone: missing(met, known),
    since: since === undefined ? now : Number(since),
  };
}

function subjectOf({ event, known: { id, value } }: Met): Subject {
  return { event, id, ...(!value.first && value.readyAt !== null && { publishedAt: value.readyAt }) };
}

/** An organizer has confirmed the start of an event; whatever else is written of it at the same moment stays. */
export async function keepConfirmed(store: RosterStore, id: string, start: string | null): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const known = ((await store.knownEvents()) as Known[]).find((each) => each.id === id);
    if (!known) return;
    if ((await store.keepEvents([{ ...known, value: { ...known.value, confirmed: start }, was: known.value }])) > 0) return;
  }
  throw new Error(`The start of ${id} could not be kept: it was written by others each time.`);
}

/** For the calendar that members subscribe to. */
export function entryOf({ event, known: { id, value } }: Met): FeedEntry {
  return { event, id, sequence: value.sequence, changedAt: value.changedAt };
}
