/** What organizers must hear of while nobody looks: deliveries that do not get away, ends that nobody knows, platforms gone silent. */
import { restOf } from '../ledger/rest.js';
import type { Notice, Open, Store } from '../store/port.js';
import type { Platform } from './platforms.js';

const LOOK_MS = 60_000;
/** A delivery that is due this long is stuck. */
const STUCK_MS = 15 * 60_000;
/** An unknown end that read-back has not settled by now is for a person to settle. */
const UNKNOWN_MS = 30 * 60_000;

export interface WatchParts {
  store: Pick<Store, 'open'>;
  platforms(): readonly Platform[];
  /** Why an organizer has paused an instance; undefined: it goes on. */
  paused?(instance: string): string | undefined;
  notify(text: Notice['text']): void;
  words: {
    stuck(instance: string, count: number, minutes: number): Notice['text'];
    unknown(instance: string, count: number): Notice['text'];
    silent(instance: string, minutes: number): Notice['text'];
  };
  now(): number;
}

/** Returns what ends the watch. */
export function watch(parts: WatchParts): () => void {
  const told = new Set<string>();
  const started = parts.now();
  const timer = setInterval(() => void look(parts, told, started).catch(() => undefined), LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Tells each trouble once, and again only after it was over. */
export async function look(
  { store, platforms, paused, notify, words, now }: WatchParts,
  told: Set<string>,
  started: number,
): Promise<void> {
  const tell = (trouble: string, holds: boolean, text: () => Notice['text']) => {
    if (!holds) return void told.delete(trouble);
    if (told.has(trouble)) return;
    told.add(trouble);
    notify(text());
  };
  const open = await store.open();
  for (const { instance, adapter, lastHeard, lastSent } of platforms()) {
    const capabilities = adapter.capabilities();
    const of = (state: Open['state']) => open.find((each) => each.instance === instance && each.state === state);
    const pending = of('pending');
    const late = pending ? now() - pending.oldest : 0;
    // A platform with a pace of its own lets messages wait as long as it likes; it is stuck when none leaves, though they may.
    const rests = paused?.(instance) !== undefined || restOf(capabilities, now()) !== undefined;
    const isPaced = rests || (capabilities.limits.length > 0 && now() - (lastSent ?? 0) < STUCK_MS);
    tell(`stuck ${instance}`, late > STUCK_MS && !isPaced, () => words.stuck(instance, pending?.count ?? 0, Math.round(late / 60_000)));
    const unknown = of('unknown');
    tell(`unknown ${instance}`, unknown !== undefined && now() - unknown.oldest > UNKNOWN_MS, () =>
      words.unknown(instance, unknown?.count ?? 0),
    );
    const limit = capabilities.silentAfterMs;
    const silence = now() - (lastHeard ?? started);
    tell(`silent ${instance}`, limit !== undefined && silence > limit, () => words.silent(instance, Math.round(silence / 60_000)));
  }
}
