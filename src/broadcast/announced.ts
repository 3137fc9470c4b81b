// Which event an organizer wants announced. Pure.
import { CodeIndex } from '../answer/codes.js';
import { fold } from '../answer/fold.js';
import { phaseOf } from '../answer/time.js';
import type { Catalog, CommunityEvent } from '../content/catalog.js';
import { suggestion } from '../content/did-you-mean.js';
import type { Refusal } from './types.js';

const MOST_TITLES = 5;

export type Announced = { is: 'event'; event: CommunityEvent } | { is: 'refused'; why: Refusal };

/** By code, id or title. Only what is still to come, or under way, at the instant at which it is told. */
export function announced(written: string, catalog: Catalog, at: number): Announced {
  const text = written.trim();
  const found = named(text, catalog);
  const open = found.filter((event) => event.status !== 'cancelled' && ['upcoming', 'now'].includes(phaseOf(event, at) ?? ''));
  const [event, another] = open;
  if (event && !another) return { is: 'event', event };
  if (another) return refused({ is: 'several-events', text, titles: open.slice(0, MOST_TITLES).map(({ title }) => title) });
  const [closed] = found;
  if (closed) return refused({ is: whyNot(closed, at), title: closed.title });
  const folded = fold(text);
  const draft = catalog.pages.find(
    (page) => page.draft && (page.id === text || page.codes.includes(text) || (page.title !== null && fold(page.title) === folded)),
  );
  if (draft) return refused({ is: 'event-draft', title: draft.title ?? draft.file });
  const near = new CodeIndex(catalog.codes).near(folded)[0]?.code ?? suggestion(text, [...catalog.byId.keys()]);
  return refused({ is: 'unknown-event', text, ...(near !== undefined && { meant: near }) });
}

function named(text: string, { codes, byId, events }: Catalog): readonly CommunityEvent[] {
  const written = codes.get(text)?.events ?? [];
  if (written.length > 0) return written;
  const one = byId.get(text);
  if (one) return [one];
  const folded = fold(text);
  if (folded === '') return [];
  return events.filter(
    ({ title, titles, codes: own }) =>
      own.some((code) => fold(code) === folded) || [title, ...Object.values(titles)].some((each) => fold(each) === folded),
  );
}

function whyNot(event: CommunityEvent, at: number): 'event-cancelled' | 'event-over' | 'event-undated' {
  if (event.status === 'cancelled') return 'event-cancelled';
  return phaseOf(event, at) === 'past' ? 'event-over' : 'event-undated';
}

const refused = (why: Refusal): Announced => ({ is: 'refused', why });
