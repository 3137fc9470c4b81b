// How far a broadcast is, and what became of it, in sentences. Plain text.
import { BROADCAST_PHRASES, type BroadcastPhrases } from '../phrases/broadcast.js';
import type { Broadcast, Report, RunningBroadcast } from './types.js';
import { type Reader, spanText, whenText } from './words.js';

const SHOWN = ['sent', 'held', 'refused', 'unknown', 'cancelled', 'missed'] as const;

/** One line, short enough to be edited again and again. */
export function progressText(running: RunningBroadcast, reader: Reader): string {
  const say = BROADCAST_PHRASES[reader.language];
  const { id, label, total, open, at, leftMs, state } = running;
  const end = {
    waiting: () => say.waits(whenText(at, reader)),
    running: () => say.left(spanText(leftMs, reader)),
    stopped: () => say.isStopped,
    done: () => say.done,
  }[state]();
  const counts = countsOf(running, say);
  return [say.progress(id, label, total - open, total), counts.join(reader.language === 'zh' ? '，' : ', '), end]
    .filter(Boolean)
    .join(reader.language === 'zh' ? '；' : '; ');
}

/** What did not arrive, each with its reason in words. */
export function reportText(report: Report, reader: Reader): string {
  const say = BROADCAST_PHRASES[reader.language];
  const { id, failures, failed, counts } = report;
  const lines = failures.map(
    ({ channel, state, reason }) => `- ${channel}: ${state === 'held' ? say.states.held(1) : reasonText(reason, reader)}`,
  );
  const rest = failed - failures.length;
  return [
    progressText(report, reader),
    ...(lines.length > 0 ? [say.failures, ...lines] : []),
    ...(rest > 0 ? [say.more(rest)] : []),
    ...((counts.refused ?? 0) > 0 ? [say.retryHint(id)] : []),
    ...((counts.cancelled ?? 0) > 0 ? [say.resumeHint(id)] : []),
  ].join('\n');
}

/** Why a delivery did not go out, in words; what the platform said itself is added where nothing else is known. */
export function reasonText(reason: string, { language }: Pick<Reader, 'language'>): string {
  const { reasons, otherReason } = BROADCAST_PHRASES[language];
  return Object.hasOwn(reasons, reason) ? (reasons[reason] as string) : otherReason(reason);
}

/** After stop, resume or retry. */
export function handledText(
  did: 'stopped' | 'resumed' | 'retried',
  handled: { broadcast: Broadcast; count: number } | undefined,
  { language }: Pick<Reader, 'language'>,
): string {
  const say = BROADCAST_PHRASES[language];
  return handled ? say[did](handled.broadcast.id, handled.count) : say.noBroadcast;
}

function countsOf({ counts }: RunningBroadcast, say: BroadcastPhrases): string[] {
  return SHOWN.flatMap((state) => ((counts[state] ?? 0) > 0 ? [say.states[state](counts[state] as number)] : []));
}
