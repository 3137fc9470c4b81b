// Which broadcast is meant by a word that names none. Pure.
import type { Did } from './steering.js';
import type { RunningBroadcast } from './types.js';

/** What is older is gone on with only by who names it: its text may hold no more. */
const RECENT_MS = 24 * 3600_000;

/** @param all the newest first. What this can be done to; what goes out now before what waits for its time, then one's own. */
export function likeliest(did: Did, all: readonly RunningBroadcast[], person: string, now: number): RunningBroadcast | undefined {
  const fits = ({ state, counts }: RunningBroadcast) => {
    if (did === 'stopped') return state === 'running' || state === 'waiting';
    return ((did === 'resumed' ? counts.cancelled : counts.refused) ?? 0) > 0;
  };
  const rank = (each: RunningBroadcast) => {
    const first = did === 'stopped' ? each.state === 'running' : !isOld(each, now);
    return (first ? 2 : 0) + (each.by === person ? 1 : 0);
  };
  return all.filter(fits).sort((a, b) => rank(b) - rank(a))[0];
}

export function isOld({ at, createdAt, stoppedAt }: Pick<RunningBroadcast, 'at' | 'createdAt' | 'stoppedAt'>, now: number): boolean {
  return Math.max(at, createdAt, stoppedAt ?? 0) < now - RECENT_MS;
}
