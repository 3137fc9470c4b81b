// Who is in a room, as far as it has to be known again: names change less often than the ids of some puppets.
import { createHash } from 'node:crypto';

const MOST = 500;

/** Shortened hashes: enough to compare, no list of members. */
export function fingerprint(names: readonly string[]): string[] {
  const hashes = names.filter(Boolean).map((name) => createHash('sha256').update(name).digest('hex').slice(0, 8));
  return [...new Set(hashes)].toSorted().slice(0, MOST);
}

/** How much of the larger one both have, from 0 to 1. */
export function likeness(one: readonly string[], other: readonly string[]): number {
  const most = Math.max(one.length, other.length);
  if (most === 0) return 0;
  const known = new Set(one);
  return other.filter((each) => known.has(each)).length / most;
}
