// When a page's event is, and what that rests on. A wrong start is announced to everybody: when in doubt, none.
import type { Basis, Problem, Source } from '../types.js';
import { isNextDay, type Span, writeClock } from './clock.js';
import { type Day, daysBetween, nextDay, sameDay, type WrittenDay, weekdayOf, writeDay } from './dates.js';
import type { Labelled } from './labels.js';
import { matchesOf } from './matches.js';
import { type KeyedWhen, whenOfKeys } from './when-keys.js';
import * as say from './when-problems.js';
import { type Mention, readMentions } from './when-prose.js';
import { readWhen, type When } from './when-text.js';
import { type Hints, withYear } from './year.js';

export interface Start {
  start: string | null;
  startBasis: Basis | null;
  end: string | null;
  offset: number | null;
  /** Words beside the time that stand for a zone. */
  zone: string | null;
  /** A labelled line names a day or says that it repeats, whether or not a start could be told. */
  isNamed: boolean;
  problems: Problem[];
}

/** A `when` line of the body. */
interface Written {
  when: When;
  line: number;
  at: number;
  section: number;
}

/** The one place that is believed, its day with a year. */
interface Chosen {
  when: When;
  day: Day;
  line: number;
  basis: Basis;
}

const NOTHING: Start = { start: null, startBasis: null, end: null, offset: null, zone: null, isNamed: false, problems: [] };
/** Days further apart belong to different events: the page is a list. */
const LONGEST_SERIES = 45;
/** A day told in prose this far from the page's own date belongs to a story about something else. */
const FAR = 120;
/** Within a month of it even the year is clear. */
const NEAR = 31;
/** A line with only hours belongs to the day named at most so many lines before it. */
const LINES_APART = 6;
const YEARS = /(?<!\d)(20\d{2})(?!\d)/g;
const YEAR = /(?<!\d)(20\d{2})(?!\d)/;
const EVENT_TITLE =
  /meetup|回顾|沙龙|大会|峰会|直播|workshop|工作坊|分享会|[^网本]站(?:$|[^点])|webinar|conference|summit|论坛|活动|交流会|研讨会|发布会|开放日|马拉松|hackathon|camp\b|\bday\b|线上|线下|第\s?[\d一二三四五六七八九十]{1,4}\s?[期届场]|#\d|recap|meeting|\bcall\b|live|talk|讲座|公开课/i;

/** Reads start, end and their basis from front matter, labelled lines and the prose. */
export function readStart(source: Source, labels: readonly Labelled[], title: string | null): Start {
  const keyed = whenOfKeys(source);
  const written = labels
    .filter(({ subject }) => subject === 'when')
    .map(({ value, line, at, section }) => ({ when: readWhen(value), line, at, section }));
  const dated = isEventPage(labels, title, written) ? written.filter(({ when }) => when.day && !when.isOpen && !when.isRecurring) : [];
  const mentions = isComplete(keyed) ? [] : readMentions(source, title);
  if (!keyed && !dated.length && !mentions.some((mention) => mention.happens || mention.part === 'title')) return unread(written);
  const hints = hintsOf(source, title, [keyed?.start, ...dated.map(({ when }) => when)], mentions);
  const problems: Problem[] = [];
  if (keyed?.start.isRecurring) return { ...NOTHING, isNamed: true, problems: [say.recurring(keyed.line)] };
  const chosen = ofKey(keyed, hints) ?? ofLabels(dated, hints, problems) ?? (dated.length ? null : ofProse(mentions, hints, title));
  if (!chosen) {
    const rest = unread(written);
    return { ...rest, isNamed: rest.isNamed || dated.length > 0, problems: [...problems, ...rest.problems] };
  }
  const others = dated.filter(({ line }) => line !== chosen.line);
  return finish({ chosen, keyed, others, written, mentions, hints, title, problems });
}

/** A key with day, year and hour needs nothing from the prose. */
const isComplete = (keyed: KeyedWhen | null) =>
  keyed !== null && keyed.isSure && keyed.start.day !== null && keyed.start.day.year !== null && isSpan(keyed.start.clock);

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
    published: full(published?.when)[0] ?? null,
    year: year ? Number(year) : null,
  };
}

function ofKey(keyed: KeyedWhen | null, hints: Hints): Chosen | null {
  if (!keyed?.start.day || keyed.start.isOpen) return null;
  const day = withYear(keyed.start.day, keyed.start.weekday, hints);
  return day && { when: keyed.start, day, line: keyed.line, basis: keyed.isSure ? 'key' : 'guess' };
}

function ofLabels(dated: readonly Written[], hints: Hints, problems: Problem[]): Chosen | null {
  const resolved = dated.map(({ when, line }) => {
    const day = when.day && withYear(when.day, when.weekday, hints);
    if (!day) problems.push(say.noYear(line));
    return day && { when, day, line, basis: 'guess' as const };
  });
  const first = resolved[0];
  // Lines further down are often left over from another event: when the first cannot be told, none is taken.
  if (!first) return null;
  const apart = resolved.map((other) => (other ? Math.abs(daysBetween(first.day, other.day)) : 0));
  if (Math.max(...apart) > LONGEST_SERIES) {
    problems.push(say.several(first.line));
    return null;
  }
  return first;
}

/** The sentence that says that something takes place; only on a page that is about an event. */
function ofProse(mentions: readonly Mention[], hints: Hints, title: string | null): Chosen | null {
  const recorded = mentions.find(({ isLabel, when }) => isLabel && when.day && when.day.year !== null);
  if (recorded?.when.day)
    return { when: recorded.when, day: { ...recorded.when.day, year: recorded.when.day.year ?? 0 }, line: recorded.line, basis: 'guess' };
  if (!title || !EVENT_TITLE.test(title)) return null;
  const told = mentions.filter(
    ({ part, when }) => (part === 'body' || part === 'summary' || part === 'title') && !when.isOpen && !when.isRecurring,
  );
  for (const mention of [...told.filter(({ happens }) => happens), ...told.filter(({ part }) => part === 'title')]) {
    const { when, line, part } = mention;
    const day = when.day && withYear(when.day, when.weekday, hints);
    if (!day || (when.weekday !== null && weekdayOf(day) !== when.weekday)) continue;
    const agrees = mentions.some((other) => other.part !== part && other.when.day && sameDay(day, other.when.day));
    const hasRival = told.some((other) => other.happens && other.when.day && !sameDay(day, other.when.day));
    const apart = hints.published ? Math.abs(daysBetween(hints.published, day)) : 0;
    const isTold = !hasRival && (when.day?.year !== null || apart <= NEAR);
    if (apart <= FAR && (agrees || isTold)) return { when, day, line, basis: 'guess' };
  }
  return null;
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

/** Pages are copied from the last one: a year in the title that is not the start's is a sign of it. */
function isOtherYear(day: Day, title: string | null): boolean {
  const years = matchesOf(YEARS, title ?? '').map((match) => Number(match[1]));
  return years.length === 1 && Math.abs((years[0] ?? day.year) - day.year) >= 1;
}

function finish({ chosen, keyed, others, written, mentions, hints, title, problems }: Reading): Start {
  const { day, line } = chosen;
  const { clock, source } = hourOf(chosen, others, written, mentions);
  if (clock === 'unsure') problems.push(say.hourUnsure(line));
  const span = clock === 'unsure' ? null : clock;
  const isOtherWeekday = chosen.when.weekday !== null && weekdayOf(day) !== chosen.when.weekday;
  if (isOtherWeekday) problems.push(say.weekday(line, writeDay(day)));
  const rivals = others.filter((other) => other.when.day && !sameDay(day, other.when.day));
  const isSeries = rivals.some((rival) => rival.section !== others[0]?.section || rivals.length > 1) || chosen.when.isSeries;
  const contradicts = contradiction(chosen, span, others, rivals, isSeries);
  if (contradicts) problems.push(say.contradiction(contradicts, line));
  const isAgreed = agrees(chosen, span, others, mentions);
  if (chosen.basis !== 'key' && !isAgreed && (isOtherWeekday || outvoted(day, mentions))) return { ...NOTHING, isNamed: true, problems };
  const isDoubtful = contradicts !== null || isOtherWeekday || isOtherYear(day, title);
  return {
    start: span ? `${writeDay(day)}T${writeClock(span.start)}` : writeDay(day),
    startBasis: isDoubtful ? 'guess' : chosen.basis !== 'key' && isAgreed ? 'agreed' : chosen.basis,
    end: isSeries ? null : endOf(chosen, span, keyed, hints),
    offset: chosen.when.offset ?? source.offset,
    zone: chosen.when.zone ?? source.zone,
    isNamed: written.some(({ when }) => when.day !== null),
    problems,
  };
}

/** The chosen place may give only the day: its hour then stands on a line of its own, or where the same day is named again. */
function hourOf(
  chosen: Chosen,
  others: readonly Written[],
  written: readonly Written[],
  mentions: readonly Mention[],
): { clock: When['clock']; source: When } {
  if (chosen.when.clock) return { clock: chosen.when.clock, source: chosen.when };
  const own = written.find(({ line }) => line === chosen.line);
  const sameDayAgain = [...others, ...mentions].find(({ when }) => when.clock && when.day && sameDay(chosen.day, when.day));
  const hoursOnly = written.filter(({ when }) => when.clock && !when.day && !when.isOpen);
  const near = own ? hoursOnly.find(({ at }) => Math.abs(at - own.at) <= LINES_APART) : hoursOnly.length === 1 ? hoursOnly[0] : undefined;
  const found = near ?? sameDayAgain;
  return { clock: found?.when.clock ?? null, source: found?.when ?? chosen.when };
}

/** The line that says otherwise. A key for the event outweighs a series of talks, but not a plain other day. */
function contradiction(
  chosen: Chosen,
  span: Span | null,
  others: readonly Written[],
  rivals: readonly Written[],
  isSeries: boolean,
): number | null {
  if (rivals.length && !(isSeries && chosen.basis !== 'key')) {
    const agreeing = others.some((other) => other.when.day && sameDay(chosen.day, other.when.day));
    if (!agreeing) return rivals[0]?.line ?? null;
  }
  const clashing = others.find(
    ({ when }) => when.day && sameDay(chosen.day, when.day) && span && isSpan(when.clock) && when.clock.start !== span.start,
  );
  return clashing && !isSeries ? clashing.line : null;
}

/** Two other parts of the page agree on a day close by: this one was left over from the event before. */
function outvoted(day: Day, mentions: readonly Mention[]): boolean {
  const votes = mentions.filter(({ when, part }) => part !== 'body' && when.day && when.day.year !== null && !sameDay(day, when.day));
  return votes.some(({ when, part }) =>
    votes.some((other) => other.part !== part && other.when.day && when.day && isSame(other.when.day, when.day)),
  );
}

const isSame = (one: WrittenDay, other: WrittenDay) => one.year === other.year && one.month === other.month && one.day === other.day;

const isSpan = (clock: When['clock']): clock is Span => clock !== null && clock !== 'unsure';

function agrees(chosen: Chosen, span: Span | null, others: readonly Written[], mentions: readonly Mention[]): boolean {
  const same = (when: When) =>
    when.day !== null && !when.isOpen && sameDay(chosen.day, when.day) && (!span || !isSpan(when.clock) || when.clock.start === span.start);
  return (
    others.some(({ when }) => same(when)) ||
    mentions.some(({ when, line }) => line !== chosen.line && same(when)) ||
    mentions.some(({ when, part }) => part === 'title' && same(when) && chosen.line !== 0)
  );
}

function endOf(chosen: Chosen, span: Span | null, keyed: KeyedWhen | null, hints: Hints): string | null {
  const { when, day } = chosen;
  if (keyed?.end && chosen.basis !== 'guess') {
    const lastDay = keyed.end.day ? withYear(keyed.end.day, null, hints) : day;
    const clock = isSpan(keyed.end.clock) ? keyed.end.clock.start : null;
    if (lastDay && (clock !== null || daysBetween(day, lastDay) > 0)) return write(lastDay, clock);
  }
  const last = when.lastDay ? withYear({ ...when.lastDay, year: when.lastDay.year ?? day.year }, null, hints) : null;
  const hour = when.lastClock ?? span?.end ?? null;
  if (last && daysBetween(day, last) > 0) return write(last, span ? hour : null);
  return hour === null ? null : write(isNextDay(hour) ? nextDay(day) : day, hour);
}

const write = (day: Day, clock: number | null) => (clock === null ? writeDay(day) : `${writeDay(day)}T${writeClock(clock)}`);
