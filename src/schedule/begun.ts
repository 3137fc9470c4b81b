/** Since when each digest rule has been there: one that is new, or put an hour later, does not make up for what was before it. */
import type { Community } from '../content/catalog.js';
import type { Store } from '../store/port.js';
import { digestKey } from './digests.js';

const BEGUN = 'schedule:digests';

/**
 * By the keys of the rules.
 * @param isFirst this installation has just begun: a digest that was due a moment ago is still wanted
 */
export async function digestsBegun(
  store: Pick<Store, 'kvGet' | 'kvSet'>,
  community: Community,
  { now, isFirst }: { now: number; isFirst: boolean },
): Promise<Record<string, number>> {
  const text = (await store.kvGet(BEGUN, now)) ?? '{}';
  const before = JSON.parse(text) as Record<string, number>;
  const keys = community.digests.map((digest) => digestKey(digest, community)).sort();
  const begun = Object.fromEntries(keys.map((key) => [key, Math.min(before[key] ?? (isFirst ? 0 : now), now)]));
  if (JSON.stringify(begun) !== text) await store.kvSet(BEGUN, JSON.stringify(begun), null);
  return begun;
}
