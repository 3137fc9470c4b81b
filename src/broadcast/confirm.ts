// An organizer's word on a draft. What goes out is planned from the draft now: only if it is what was shown does the word count.
import type { DeskStore } from '../store/desk.js';
import type { NewPost, Target } from '../store/port.js';
import { type DraftRow, KIND, needsCount, proofOf } from './drafts.js';
import { broadcastOf, committed, type PastRow, past } from './past.js';
import type { Prepared } from './plan.js';
import type { Confirmed, Draft, Maker, Refusal, Wanted, Word } from './types.js';

/** 48 bits, of a draft that only its maker can confirm. */
const SHORTEST_HASH = 12;

export interface ConfirmParts {
  store: Pick<DeskStore, 'posts' | 'take'>;
  now: number;
  /** Everybody's, the newest first. */
  drafts(): Promise<DraftRow[]>;
  prepare(wanted: Wanted, maker: Maker): Promise<Prepared | { is: 'refused'; why: Refusal }>;
  /** Keeps the draft with a new number, for what it is now; undefined: it was taken meanwhile. */
  showAnew(row: DraftRow, prepared: Prepared, maker: Maker): Promise<Draft | undefined>;
  aboutOf(prepared: Prepared): Promise<{ id: string; facts: unknown } | undefined>;
}

export async function confirm(word: Word, maker: Maker, parts: ConfirmParts): Promise<Confirmed> {
  const row = await meant(word, maker, parts);
  if (!('value' in row)) return row;
  const { id, value } = row;
  if (row.expiresAt <= parts.now) return { is: 'gone', why: 'expired', id };
  const prepared = await parts.prepare(value.wanted, maker);
  if (prepared.is === 'refused') return prepared;
  const { plan } = prepared;
  const isOldButton = word.hash !== undefined && !isHash(word.hash, value.hash);
  if (plan.hash !== value.hash || isOldButton || value.said.includes(maker.key)) return changed(row, prepared, maker, parts);
  const count = plan.targets.length;
  const number = word.number?.trim() ?? (word.hash === undefined ? '' : value.number);
  const isRight = number === value.number;
  if (isRight && needsCount(count) && word.count === undefined) return { is: 'count-needed', draft: { id, number, count } };
  const about = { now: parts.now, event: await parts.aboutOf(prepared) };
  const commit = committed(row, prepared, maker, about);
  const said = proofOf(number, plan.hash, needsCount(count) ? (word.count ?? 0) : undefined);
  return taken(row, said, commit, maker, parts);
}

async function taken(
  row: DraftRow,
  proof: string,
  { post, targets, row: made }: { post: NewPost; targets: Target[]; row: PastRow },
  maker: Maker,
  parts: ConfirmParts,
): Promise<Confirmed> {
  const { id } = row;
  const result = await parts.store.take({ id, kind: KIND, person: maker.person, proof, by: maker.key }, parts.now, { post, targets });
  if (result.is === 'taken') {
    const earlier = result.again ? await ofDraft(id, parts) : undefined;
    return { is: 'confirmed', broadcast: broadcastOf(earlier ?? made), again: result.again };
  }
  if (result.is === 'wrong') {
    // It was edited between our look and the word: the number was right for what is no more.
    const now = (await parts.drafts()).find((each) => each.id === id);
    if (now && now.value.hash !== row.value.hash) {
      const prepared = await parts.prepare(now.value.wanted, maker);
      return prepared.is === 'refused' ? prepared : changed(now, prepared, maker, parts);
    }
    return result.triesLeft > 0 ? result : { is: 'gone', why: 'no-tries', id };
  }
  const { why } = result;
  if (why !== 'taken') return { is: 'gone', why, id };
  const winner = await ofDraft(id, parts);
  return winner ? { is: 'taken', broadcast: broadcastOf(winner) } : { is: 'gone', why: 'unknown', id };
}

async function changed(row: DraftRow, prepared: Prepared, maker: Maker, parts: ConfirmParts): Promise<Confirmed> {
  const draft = await parts.showAnew(row, prepared, maker);
  if (draft) return { is: 'changed', draft };
  const winner = await ofDraft(row.id, parts);
  return winner ? { is: 'taken', broadcast: broadcastOf(winner) } : { is: 'gone', why: 'unknown', id: row.id };
}

/** The draft that a word is about: by its id, by its number, else the newest of this person that still counts. */
async function meant({ id, number }: Word, maker: Maker, parts: ConfirmParts): Promise<DraftRow | Confirmed> {
  const all = await parts.drafts();
  const own = all.filter(({ person }) => person === maker.person);
  const isMeant = (draft: string, itsNumber: string) =>
    id === undefined ? itsNumber === number?.trim() : draft === id.trim().toLowerCase();
  const mine = own.find((row) => isMeant(row.id, row.value.number));
  if (mine) return mine;
  const gone = (await past(parts.store)).find(
    ({ note }) => isMeant(note.draft, note.number) && (id !== undefined || note.person === maker.person),
  );
  if (gone)
    return gone.note.confirmedBy === maker.key
      ? { is: 'confirmed', broadcast: broadcastOf(gone), again: true }
      : { is: 'taken', broadcast: broadcastOf(gone) };
  const theirs = all.find((row) => isMeant(row.id, row.value.number));
  if (theirs) return { is: 'not-yours', by: theirs.person };
  // A slip in the number is a try on what waits.
  const newest = id === undefined ? own.find(({ expiresAt }) => expiresAt > parts.now) : undefined;
  return newest ?? { is: 'gone', why: 'unknown', ...(id !== undefined && { id }) };
}

async function ofDraft(id: string, { store }: ConfirmParts): Promise<PastRow | undefined> {
  return (await past(store)).find(({ note }) => note.draft === id);
}

/** A button may carry only the beginning. */
function isHash(given: string, hash: string): boolean {
  return given.length >= SHORTEST_HASH && hash.startsWith(given.toLowerCase());
}
