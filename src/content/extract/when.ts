// When a page's event is, and what that rests on. A wrong start is announced to everybody: when in doubt, none.
import type { Basis, Problem, Source } from '../types.js';
import { spelledOut } from './compact.js';
import { sameDay, weekdayOf, writeDay } from './dates.js';
import type { Labelled } from './labels.js';
import { agrees, contradiction, isOtherInTitle, outvoted } from './when-check.js';
import { EVENT_TITLE, ofKey, ofLabels, ofProse } from './when-choose.js';
import { endOf, hourOf, withEnd, write } from './when-hours.js';
import { type KeyedWhen, whenOfKeys } from './when-keys.js';
import { isDigest, isToldElsewhere, linesOfOthers, ownByName } from './when-own.js';
import { type Chosen, isSpan, type Written } from './when-parts.js';
import { say } from './when-problems.js';
import { dayOfPost, type Mention, readMentions } from './when-prose.js';
import { linesOfSessions } from './when-sessions.js';
import { readWhen, type When } from './when-text.js';
import type { Hints } from './year.js';

export interface Start {
  start: string | null;
  startBasis: Basis | null;
  end: string | null;
  offset: number | null;
  /** Words beside the time that stand for a zone. */
  zone: string | null;
  /** A labelled line names a day or says that it repeats, whether or not a start could be told. */
  isNamed: boolean;
  /** Labels from this line's index on belong to another occasion. */
  foreignFrom: number;
  problems: Problem[];
}

const NOTHING: Start = {
  start: null,
  startBasis: null,
  end: null,
  offset: null,
  zone: null,
  isNamed: false,
  foreignFrom: Number.POSITIVE_INFINITY,
  problems: [],
};
/** The place of another occasion may stand a few lines before its time. */
const LINES_BEFORE = 6;
const YEAR = /(?<!\d)(20\d{2})(?!\d)/;
/** Reads start, end and their basis from front matter, labelled lines and the prose. */
export function readStart(source: Source, labels: readonly Labelled[], title: string | null): Start {
  const keyed = whenOfKeys(source);
  const labelled = labels
    .filter(({ subject }) => subject === 'when')
    .map(({ value, line, at, section, isOccasion }) => ({ when: readWhen(spelledOut(value)), line, at, section, isOccasion }));
  if (!keyed && isDigest(title)) return { ...NOTHING, foreignFrom: 0 };
  const sessions = linesOfSessions(source.lines, labelled, title);
  const ofSession = new Set([...sessions].map(({ line }) => line));
  const mentions = isComplete(keyed) ? [] : readMentions(source, title).filter(({ line }) => !ofSession.has(line));
  const written = withoutSessions(labelled, sessions, mentions);
  const all = isEventPage(labels, title, labelled) ? written.filter(({ when }) => when.day && !when.isOpen && !when.isRecurring) : [];
  const foreign = keyed ? new Set<Written>() : linesOfOthers(source.lines, all, title !== null && EVENT_TITLE.test(title));
  const based = mentions.find(({ isBasis }) => isBasis);
  const isOwn = (line: Written) => (based ? sameWritten(line.when, based.when) : !foreign.has(line) || isToldElsewhere(line, mentions));
  const dated = ownByName(all.filter(isOwn));
  const other = all.find((line) => !isOwn(line));
  const sessionDay = [...sessions].find(({ when }) => when.day !== null && !when.isOpen);
  const before = other ? Math.max(other.section, other.at - LINES_BEFORE) : Number.POSITIVE_INFINITY;
  const foreignFrom = [...sessions].reduce((first, { section }) => Math.min(first, section), before);
  if (
    !keyed &&
    !dated.length &&
    !mentions.some((mention) => mention.happens || mention.isBasis || mention.isPlaced || mention.part === 'title')
  )
    return { ...unreadOf(written, sessionDay), foreignFrom };
  const hints = hintsOf(source, title, [keyed?.start, ...dated.map(({ when }) => when)], mentions);
  const problems: Problem[] = [];
  if (keyed?.start.isRecurring) return { ...NOTHING, isNamed: true, problems: [say.recurring(keyed.line)] };
  const chosen =
    ofKey(keyed, hints) ?? ofLabels(dated, hints, mentions, problems) ?? (dated.length ? null : ofProse(mentions, hints, title));
  if (!chosen) {
    const rest = unreadOf(written, sessionDay);
    return { ...rest, isNamed: rest.isNamed || dated.length > 0, foreignFrom, problems: [...problems, ...rest.problems] };
  }
  const others = dated.filter(({ line }) => line !== chosen.line);
  return { ...finish({ chosen, keyed, others, written, mentions, hints, title, problems }), foreignFrom };
}

/** Each on a day of its own, and all at the same hour. */
function isEvenings(sessions: ReadonlySet<Written>): boolean {
  const whens = [...sessions].map(({ when }) => when);
  const hours = new Set(whens.map(({ clock }) => (isSpan(clock) ? clock.start : null)));
  return (
    hours.size === 1 &&
    !hours.has(null) &&
    whens.length > 1 &&
    new Set(whens.map(({ day }) => `${day?.month}-${day?.day}`)).size === whens.length
  );
}

/** Of the sessions' lines only a day that the page tells elsewhere is left: never their hours. */
function withoutSessions(labelled: readonly Written[], sessions: ReadonlySet<Written>, mentions: readonly Mention[]): readonly Written[] {
  if (!sessions.size) return labelled;
  const own = labelled.filter((line) => !sessions.has(line));
  if (own.some(({ when }) => when.day)) return own;
  const told = [...sessions].find((line) => isToldElsewhere(line, mentions));
  if (!told) return own;
  if (isEvenings(sessions)) return [...own, { ...told, when: { ...told.when, isSeries: true } }];
  return [...own, { ...told, when: { ...told.when, clock: null, lastClock: null } }];
}

function unreadOf(written: readonly Written[], sessionDay: Written | undefined): Start {
  const rest = unread(written);
  return sessionDay ? { ...rest, isNamed: true, problems: [...rest.problems, say.several(sessionDay.line)] } : rest;
}

const sameWritten = (one: When, other: When) => one.day?.month === other.day?.month && one.day?.day === other.day?.day;

/** A key with day, year and hour needs nothing from the prose. */
const isComplete = (keyed: KeyedWhen | null) =>
  keyed?.isSure && keyed.start.day !== null && keyed.start.day.year !== null && isSpan(keyed.start.clock);

/** Articles carry a bare `日期：` or `Date:` too: something else on the page must speak of an event. */
function isEventPage(labels: readonly Labelled[], title: string | null, written: readonly Written[]): boolean {
  if (title && EVENT_TITLE.test(title)) return true;
  return (
    labels.some(({ subject, isOccasion }) => subject !== 'when' || isOccasion) ||
    written.some(({ when }) => isSpan(when.clock) && when.clock.end !== null)
  );
}

/** No day could be read: what the lint says then, and whether a line was about one at all. */
function unread(written: readonly Written[]): Start {
  const problems: Problem[] = [];
  const repeats = written.find(({ when }) => when.isRecurring);
  const open = written.find(({ when }) => when.isOpen);
  const mixed = written.find(({ when }) => when.isMixed);
  if (repeats) problems.push(say.recurring(repeats.line));
  else if (open) problems.push(say.open(open.line));
  else if (mixed) problems.push(say.mixed(mixed.line));
  return { ...NOTHING, isNamed: problems.length > 0, problems };
}

function hintsOf(source: Source, title: string | null, whens: readonly (When | undefined)[], mentions: readonly Mention[]): Hints {
  const full = (when: When | undefined) => (when?.day && when.day.year !== null ? [{ ...when.day, year: when.day.year }] : []);
  const published = mentions.find(({ part }) => part === 'date');
  const year = YEAR.exec(title ?? '')?.[1] ?? YEAR.exec(source.file)?.[1];
  return {
    days: [...whens.flatMap(full), ...mentions.filter(({ part, happens }) => happens || part !== 'body').flatMap(({ when }) => full(when))],
    published: full(published?.when)[0] ?? dayOfPost(source.file),
    year: year ? Number(year) : null,
  };
}

interface Reading {
  chosen: Chosen;
  keyed: KeyedWhen | null;
  others: readonly Written[];
  written: readonly Written[];
  mentions: readonly Mention[];
  hints: Hints;
  title: string | null;
  problems: Problem[];
}

function finish({ chosen, keyed, others, written, mentions, hints, title, problems }: Reading): Omit<Start, 'foreignFrom'> {
  const { day, line } = chosen;
  const { clock, source } = hourOf(chosen, others, written, mentions);
  if (clock === 'unsure') problems.push(say.hourUnsure(line));
  const span = clock === 'unsure' ? null : withEnd(clock, day, others, mentions);
  const isOtherWeekday = chosen.when.weekday !== null && weekdayOf(day) !== chosen.when.weekday;
  if (isOtherWeekday) problems.push(say.weekday(line, writeDay(day)));
  const rivals = others.filter((other) => other.when.day && !sameDay(day, other.when.day));
  const own = written.find((place) => place.line === line);
  const isSeries = chosen.when.isSeries || (own ? rivals.some(({ section }) => section !== own.section) : rivals.length > 1);
  const contradicts = contradiction(chosen, span, others, rivals, isSeries);
  if (contradicts) problems.push(say.contradiction(contradicts, line));
  else if (isSeries) problems.push(say.series(line));
  const isAgreed = agrees(chosen, span, others, mentions);
  if (chosen.basis !== 'key' && !isAgreed && (isOtherWeekday || outvoted(day, mentions))) return { ...NOTHING, isNamed: true, problems };
  const isDoubtful = contradicts !== null || isOtherWeekday || isOtherInTitle(day, title);
  const start = write(day, span?.start ?? null);
  const end = isSeries ? null : endOf(chosen, span, keyed, hints);
  return {
    start,
    startBasis: isDoubtful ? 'guess' : chosen.basis !== 'key' && isAgreed ? 'agreed' : chosen.basis,
    end: end !== null && end > start ? end : null,
    offset: chosen.when.offset ?? source.offset,
    zone: chosen.when.zone ?? source.zone,
    isNamed: written.some(({ when }) => when.day !== null),
    problems,
  };
}
