// Drafts as they wait in the store: their ids, their numbers, and the proof that a word has to give.
import { createHash, randomInt } from 'node:crypto';
import type { Address } from '../adapter.js';
import { fold } from '../answer/fold.js';
import type { Catalog } from '../content/catalog.js';
import type { Language } from '../content/types.js';
import type { NewProposal, Proposal } from '../store/desk.js';
import type { Prepared } from './plan.js';
import type { Draft, KeptDraft, Maker, Wanted } from './types.js';

export const KIND = 'broadcast';
const MINUTE_MS = 60_000;
/** A number that lies about for longer is one that somebody else may find. */
const NUMBER_COUNTS_MS = 10 * MINUTE_MS;
const KEPT_MS = 7 * 24 * 60 * MINUTE_MS;
const TRIES = 5;
/** Above this a slip reaches too many: how many it goes to has to be typed. */
const MOST_WITHOUT_COUNT = 100;
/** Without those that are taken for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';
const SHAPE = [LETTERS, DIGITS, LETTERS, DIGITS, LETTERS];

/** What is kept of a draft, as JSON. */
export interface DraftValue {
  wanted: Wanted;
  number: string;
  hash: string;
  label: string;
  targets: number;
  language: Language;
  reportTo?: Address;
  /** The messages that have made it what it is: one that comes again changes nothing. */
  said: string[];
}

export type DraftRow = Proposal & { value: DraftValue };

/** Short enough to be typed; of one message always the same. @param attempt for where that one is in use */
export function draftId({ person, key }: Maker, attempt: number): string {
  const hash = createHash('sha256').update(`${person}\0${key}\0${attempt}`).digest();
  return SHAPE.map((signs, index) => signs[(hash.readUInt16BE(2 * index) as number) % signs.length]).join('');
}

/** Four digits that are no event's code, no year, and no other draft's. */
export function newNumber(catalog: Catalog, used: ReadonlySet<string>): string {
  for (;;) {
    const number = String(randomInt(1_000, 10_000));
    if (/^(?:19|20)/.test(number) || used.has(number) || catalog.codes.has(number)) continue;
    if (![...catalog.codes.keys()].some((code) => code.length < 12 && fold(code) === number)) return number;
  }
}

export const needsCount = (targets: number): boolean => targets > MOST_WITHOUT_COUNT;

/** What a word has to come to: who says it has seen exactly this. */
export function proofOf(number: string, hash: string, count: number | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([number, hash, count ?? null]))
    .digest('hex');
}

interface Writing {
  id: string;
  wanted: Wanted;
  number: string;
  plan: Prepared['plan'];
  said: readonly string[];
}

export function proposalOf({ id, wanted, number, plan, said }: Writing, maker: Maker, now: number): NewProposal {
  const count = plan.targets.length;
  const { person, key, language, reportTo } = maker;
  const value: DraftValue = {
    ...{ wanted, number, hash: plan.hash, label: plan.label, targets: count, language },
    ...(reportTo && { reportTo }),
    said: [...new Set([...said, key])],
  };
  return {
    id,
    // The same message about the same plan is the same proposal; pages that have changed meanwhile make it another.
    madeBy: `${key} ${plan.hash}`,
    kind: KIND,
    person,
    value,
    proof: proofOf(number, plan.hash, needsCount(count) ? count : undefined),
    tries: TRIES,
    expiresAt: now + NUMBER_COUNTS_MS,
    keptUntil: Math.max(now, wanted.at ?? 0) + KEPT_MS,
  };
}

export function shown({ id, value: { wanted, number }, expiresAt }: DraftRow, { plan }: Prepared): Draft {
  return { id, wanted, plan, number, expiresAt, needsCount: needsCount(plan.targets.length) };
}

export function listed({ id, value: { wanted, label, targets }, createdAt, expiresAt }: DraftRow): KeptDraft {
  return { id, wanted, label, targets, madeAt: createdAt, expiresAt };
}
