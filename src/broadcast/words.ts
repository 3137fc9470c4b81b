// Broadcasts in sentences, for every surface that shows text. Plain text: a surface that reads Markdown escapes it.
import { wallTime } from '../content/time-zone.js';
import type { Language } from '../content/types.js';
import { BROADCAST_PHRASES } from '../phrases/broadcast.js';
import type { Confirmed, Draft, KeptDraft, Plan, Proposed, QuotaLine, Refusal, Rendering } from './types.js';

export interface Reader {
  language: Language;
  /** The community's zone. */
  timezone: string;
  now: number;
}

/** A preview in its parts: what is to be known, what each platform shows, and what to say to confirm it. */
export interface PreviewParts {
  title: string;
  facts: string[];
  renderings: { heading: string; text: string }[];
  confirm: string;
}

export function previewParts({ id, plan, number, needsCount }: Draft, reader: Reader): PreviewParts {
  const say = BROADCAST_PHRASES[reader.language];
  const count = plan.targets.length;
  return {
    title: say.preview(id),
    facts: factsOf(plan, reader),
    renderings: plan.renderings.map((each) => renderingParts(each, reader)),
    confirm: needsCount ? say.confirmCount(number, count) : say.confirm(number),
  };
}

/** @param rendering only this one, where all are too long for one message */
export function previewText(draft: Draft, reader: Reader, rendering?: Rendering): string {
  const { title, facts, renderings, confirm } = previewParts(draft, reader);
  const shown = rendering ? [renderingParts(rendering, reader)] : renderings;
  return [title, ...facts, '', ...shown.flatMap(({ heading, text }) => [heading, text, '']), confirm].join('\n');
}

/** Where the platform's limits show most. */
export function strictest({ renderings }: Plan): Rendering {
  return [...renderings].sort((a, b) => Number(b.isCut) - Number(a.isCut) || a.text.length - b.text.length)[0] as Rendering;
}

function renderingParts({ platform, language, channels, text, isCut }: Rendering, reader: Reader): { heading: string; text: string } {
  const say = BROADCAST_PHRASES[reader.language];
  return { heading: say.rendering(platform, language, channels), text: isCut ? `${text}\n${say.cut}` : text };
}

function factsOf(plan: Plan, reader: Reader): string[] {
  const say = BROADCAST_PHRASES[reader.language];
  return [
    say.to(
      plan.targets.length,
      plan.targets.map(({ channel }) => channel),
    ),
    ...unreachableLines(plan.unreachable, reader),
    plan.at === undefined ? say.atOnce : say.at(whenText(plan.at, reader)),
    ...(plan.targets.length > 1 ? [say.takes(spanText(plan.takesMs, reader))] : []),
    ...(plan.everyone ? [say.everyone] : []),
    ...plan.quota.map(({ of, left, count, planned, needs, resetsAt }) =>
      say.quota(of, left, count, planned, needs, whenText(resetsAt, reader)),
    ),
  ];
}

function unreachableLines(unreachable: Plan['unreachable'], { language }: Reader): string[] {
  const byWhy = new Map<Plan['unreachable'][number]['why'], string[]>();
  for (const { channel, why } of unreachable) {
    const names = byWhy.get(why);
    if (names) names.push(channel);
    else byWhy.set(why, [channel]);
  }
  return [...byWhy].map(([why, names]) => BROADCAST_PHRASES[language].unreachable[why](names));
}

export function refusalText(why: Refusal, reader: Reader): string {
  const say = BROADCAST_PHRASES[reader.language].refusals;
  switch (why.is) {
    case 'no-text':
      return say.noText;
    case 'long-text':
      return say.longText(why.characters, why.most);
    case 'no-target':
      return say.noTarget;
    case 'unknown-target':
      return [...why.names.map(({ name, meant }) => say.unknownTarget(name, meant)), say.known(why.known)].join('\n');
    case 'nobody':
      return [say.nobody, ...unreachableLines(why.unreachable, reader)].join('\n');
    case 'unknown-event':
      return say.unknownEvent(why.text, why.meant);
    case 'several-events':
      return say.severalEvents(why.text, why.titles);
    case 'event-cancelled':
      return say.cancelled(why.title);
    case 'event-over':
      return say.over(why.title);
    case 'event-undated':
      return say.undated(why.title);
    case 'event-draft':
      return say.draft(why.title);
    case 'past':
      return say.past;
    case 'far':
      return say.far;
    case 'everyone':
      return say.everyone;
    case 'quota':
      return why.lines
        .filter(({ fits }) => !fits)
        .flatMap((line) => quotaRefusal(line, reader))
        .join('\n');
  }
}

function quotaRefusal({ of, needs, left, planned, resetsAt, channels }: QuotaLine, reader: Reader): string[] {
  const say = BROADCAST_PHRASES[reader.language].refusals;
  const resets = whenText(resetsAt, reader);
  return [say.quota(of, needs, left, planned, resets), say.quotaMend(channels, resets)];
}

/** What became of a word or a wish; the surface shows the draft of those that carry one (previewText). */
export function answerText(
  result: Exclude<Confirmed, { is: 'changed' }> | Exclude<Proposed, { is: 'proposed' }>,
  reader: Reader,
  /** How a person is called. */
  nameOf: (person: string) => string = (person) => person,
): string {
  const say = BROADCAST_PHRASES[reader.language];
  switch (result.is) {
    case 'confirmed': {
      const { id, total, at } = result.broadcast;
      if (result.again) return say.again(id);
      return at > reader.now ? say.planned(id, total, whenText(at, reader)) : say.begun(id, total);
    }
    case 'refused':
      return refusalText(result.why, reader);
    case 'count-needed':
      return say.countNeeded(result.draft.number);
    case 'wrong':
      return say.wrong(result.triesLeft);
    case 'not-yours':
      return say.notYours(nameOf(result.by));
    case 'taken':
      return say.taken(result.broadcast.id, nameOf(result.broadcast.by));
    case 'gone': {
      const id = 'id' in result ? (result.id ?? '') : '';
      return result.why === 'expired' ? say.expired(id) : result.why === 'no-tries' ? say.noTries(id) : say.noDraft;
    }
  }
}

export function draftLine({ id, label, targets, expiresAt }: KeptDraft, { language, now }: Reader): string {
  return BROADCAST_PHRASES[language].draft(id, label, targets, expiresAt <= now);
}

export const changedText = ({ language }: Reader): string => BROADCAST_PHRASES[language].changed;

/** Wall time in the community's zone. */
export function whenText(at: number, { timezone }: Reader): string {
  return `${wallTime(at, timezone).replace('T', ' ')} (${timezone})`;
}

export function spanText(ms: number, { language }: Reader): string {
  return BROADCAST_PHRASES[language].span(Math.ceil(ms / 1000));
}
