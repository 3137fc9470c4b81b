// Broadcasts in sentences, for every surface that shows text. What a chat shows is small Markdown, with whatever was put in shown as it is.
import type { Language } from '../content/types.js';
import { BROADCAST_PHRASES } from '../phrases/broadcast.js';
import { escapeMarkdown } from '../render/index.js';
import { spanText, whenText } from './moments.js';
import type { Draft, Plan, QuotaLine, Refusal, Rendering } from './types.js';

/** More than this is too long for one message of some platform, with what is said around it. */
const MOST_BYTES = 1_200;

/** A preview in its parts, plain: what is to be known, what each platform shows, and what to say to confirm it. */
export interface PreviewParts {
  title: string;
  facts: string[];
  renderings: { heading: string; text: string }[];
  confirm: string;
}

export function previewParts({ id, plan, number, needsCount }: Draft, language: Language): PreviewParts {
  const say = BROADCAST_PHRASES[language];
  const count = plan.targets.length;
  return {
    title: say.preview(id),
    facts: factsOf(plan, language),
    renderings: plan.renderings.map((each) => renderingParts(each, language)),
    confirm: needsCount ? say.confirmCount(number, count) : say.confirm(number),
  };
}

/**
 * A preview for a chat, without what to say to confirm it. Where it is too long for one message: how many get it and the rendering that
 * the platform's limits cut most; everything else is the `rest`.
 */
export function previewText(draft: Draft, language: Language, mostBytes = MOST_BYTES): { text: string; rest?: string } {
  const { title, facts, renderings } = previewParts(draft, language);
  const shown = renderings.map(({ heading, text }) => `${heading}\n${text}`);
  // A day and a time, or who is left out, are added by a word: the text need not be written again.
  facts.push(BROADCAST_PHRASES[language].changes(draft.id));
  const whole = [title, ...facts, '', shown.join('\n\n')].join('\n');
  if (Buffer.byteLength(whole) <= mostBytes) return { text: escapeMarkdown(whole) };
  const first = draft.plan.renderings.indexOf(strictest(draft.plan));
  const rest = shown.filter((_, index) => index !== first).join('\n\n');
  const text = [title, ...facts, '', shown[first] ?? ''].join('\n');
  return { text: escapeMarkdown(text), ...(rest !== '' && { rest: escapeMarkdown(rest) }) };
}

/** Where the platform's limits show most. */
function strictest({ renderings }: Plan): Rendering {
  return [...renderings].sort((a, b) => Number(b.isCut) - Number(a.isCut) || a.text.length - b.text.length)[0] as Rendering;
}

function renderingParts(
  { platform, language: shown, channels, text, isCut }: Rendering,
  language: Language,
): { heading: string; text: string } {
  const say = BROADCAST_PHRASES[language];
  return { heading: say.rendering(platform, shown, channels), text: isCut ? `${text}\n${say.cut}` : text };
}

function factsOf(plan: Plan, language: Language): string[] {
  const say = BROADCAST_PHRASES[language];
  return [
    say.to(
      plan.targets.length,
      plan.targets.map(({ channel }) => channel),
    ),
    ...unreachableLines(plan.unreachable, language),
    plan.at === undefined ? say.atOnce : say.at(whenText(plan.at, plan.timezone)),
    ...(plan.targets.length > 1 ? [say.takes(spanText(plan.takesMs, language))] : []),
    ...plan.paces.map((pace) => pace[language]),
    ...(plan.everyone ? [say.everyone] : []),
    ...plan.quota.map(({ of, left, count, planned, needs, resetsAt, timezone }) =>
      say.quota(of, left, count, planned, needs, whenText(resetsAt, timezone)),
    ),
  ];
}

function unreachableLines(unreachable: Plan['unreachable'], language: Language): string[] {
  const byWhy = new Map<Plan['unreachable'][number]['why'], string[]>();
  for (const { channel, why } of unreachable) {
    const names = byWhy.get(why);
    if (names) names.push(channel);
    else byWhy.set(why, [channel]);
  }
  return [...byWhy].map(([why, names]) => BROADCAST_PHRASES[language].unreachable[why](names));
}

/** Small Markdown. */
export function refusalText(why: Refusal, language: Language): string {
  return escapeMarkdown(refusalOf(why, language));
}

function refusalOf(why: Refusal, language: Language): string {
  const say = BROADCAST_PHRASES[language].refusals;
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
      // All of those that were meant were left out, too.
      if (why.unreachable.length === 0) return say.allLeftOut;
      return [say.nobody, ...unreachableLines(why.unreachable, language)].join('\n');
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
        .flatMap((line) => quotaRefusal(line, language))
        .join('\n');
  }
}

function quotaRefusal({ of, needs, left, planned, resetsAt, timezone, channels }: QuotaLine, language: Language): string[] {
  const say = BROADCAST_PHRASES[language].refusals;
  const resets = whenText(resetsAt, timezone);
  return [say.quota(of, needs, left, planned, resets), say.quotaMend(channels, resets)];
}

export { draftLine, goneLines, handledText, progressText, reasonText, reportText, undoneText } from './progress-words.js';
