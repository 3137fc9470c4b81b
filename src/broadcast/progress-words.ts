// How far a broadcast is, and what became of it, in sentences. Small Markdown.
import type { Language } from '../content/types.js';
import { BROADCAST_PHRASES, type BroadcastPhrases } from '../phrases/broadcast.js';
import { escapeMarkdown } from '../render/index.js';
import { spanText, whenText } from './moments.js';
import type { Handled } from './steering.js';
import type { KeptDraft, Report, RunningBroadcast } from './types.js';

const SHOWN = ['sent', 'held', 'refused', 'unknown', 'cancelled', 'missed'] as const;

/** One line, short enough to be edited again and again. */
export function progressText(running: RunningBroadcast, language: Language): string {
  const say = BROADCAST_PHRASES[language];
  const { id, label, total, open, at, timezone, leftMs, state } = running;
  const end = {
    waiting: () => say.waits(whenText(at, timezone)),
    running: () => say.left(spanText(leftMs, language)),
    stopped: () => say.isStopped,
    done: () => say.done,
  }[state]();
  const counts = countsOf(running, say);
  return [
    escapeMarkdown(say.progress(id, label, total - open - (running.counts.cancelled ?? 0), total)),
    counts.join(language === 'zh' ? '，' : ', '),
    end,
  ]
    .filter(Boolean)
    .join(language === 'zh' ? '；' : '; ');
}

/**
 * What did not arrive, each with its reason in words.
 * @param command what to write to have it tried again, or gone on with; default: as in a chat
 */
export function reportText(report: Report, language: Language, command?: (what: 'retry' | 'resume', id: string) => string): string {
  const say = BROADCAST_PHRASES[language];
  const write = command ?? ((what, id) => `${say[what]} ${id}`);
  const { id, failures, failed, counts } = report;
  const why = (state: string, reason: string) => (state === 'held' ? say.states.held(1) : reasonText(reason, language));
  const lines = failures.map(({ channel, state, reason }) => `- ${escapeMarkdown(`${channel}: ${why(state, reason)}`)}`);
  const rest = failed - failures.length;
  return [
    progressText(report, language),
    ...(lines.length > 0 ? [say.failures, ...lines] : []),
    ...(rest > 0 ? [say.more(rest)] : []),
    ...((counts.refused ?? 0) > 0 ? [say.retryHint(write('retry', id))] : []),
    ...((counts.cancelled ?? 0) > 0 ? [say.resumeHint(write('resume', id))] : []),
  ].join('\n');
}

/** Why a delivery did not go out, in words; what the platform said itself is added where nothing else is known. */
export function reasonText(reason: string, language: Language): string {
  const { reasons, otherReason } = BROADCAST_PHRASES[language];
  return Object.hasOwn(reasons, reason) ? (reasons[reason] as string) : otherReason(reason);
}

/** After stop, resume or retry in a chat. */
export function handledText(did: 'stopped' | 'resumed' | 'retried', handled: Handled | undefined, language: Language): string {
  const say = BROADCAST_PHRASES[language];
  if (!handled) return say.noBroadcast;
  const { id } = handled.broadcast;
  const undone = undoneText(handled, `${did === 'resumed' ? say.resume : say.retry} ${id}`, language);
  return undone ?? escapeMarkdown([say[did](id, handled.count), ...goneLines(handled, language)].join('\n'));
}

/** Why nothing was done, where that has a reason. @param command what to write if it is meant all the same */
export function undoneText({ broadcast: { id, label }, stale, isOld }: Handled, command: string, language: Language): string | undefined {
  const say = BROADCAST_PHRASES[language];
  if (stale) return escapeMarkdown(say.stale[stale](id, label));
  return isOld ? escapeMarkdown(say.old(id, label, command)) : undefined;
}

/** Who does not get it any more, plain. */
export function goneLines({ gone = [] }: Handled, language: Language): string[] {
  return gone.length === 0 ? [] : [BROADCAST_PHRASES[language].gone(gone)];
}

export function draftLine({ id, label, targets, expiresAt }: KeptDraft, language: Language, now: number): string {
  return escapeMarkdown(BROADCAST_PHRASES[language].draft(id, label, targets, expiresAt <= now));
}

function countsOf({ counts }: RunningBroadcast, say: BroadcastPhrases): string[] {
  return SHOWN.flatMap((state) => ((counts[state] ?? 0) > 0 ? [say.states[state](counts[state] as number)] : []));
}
