// What members are told of an event that may change later, and whether something told differs from what holds now. Pure.
import { fold } from '../answer/fold.js';
import type { CommunityEvent } from '../content/catalog.js';
import type { EventStatus } from '../content/types.js';

export interface Facts {
  title: string;
  start: string | null;
  end: string | null;
  timezone: string;
  location: string | null;
  status: EventStatus;
}

export type Difference = 'start' | 'end' | 'place' | 'status';

export function factsOf({ title, start, end, timezone, location, status }: CommunityEvent): Facts {
  return { title, start, end, timezone, location, status };
}

/** What members who were told `before` have to know. What only became more exact, or is no longer read from the page, is no news. */
export function differences(before: Facts, now: Facts): Difference[] {
  const found: Difference[] = [];
  if ((before.status === 'cancelled') !== (now.status === 'cancelled')) found.push('status');
  const isMoved = isOther(before.start, now.start) || (before.start !== null && before.timezone !== now.timezone);
  if (isMoved) found.push('start');
  if (!isMoved && isOther(before.end, now.end)) found.push('end');
  if (before.location !== null && now.location !== null && !isSamePlace(before.location, now.location)) found.push('place');
  return found;
}

function isOther(before: string | null, now: string | null): boolean {
  if (before === null || now === null) return false;
  const shorter = Math.min(before.length, now.length);
  return before.slice(0, shorter) !== now.slice(0, shorter);
}

/** One that says more of the same place is the same place. */
function isSamePlace(before: string, now: string): boolean {
  const [a, b] = [fold(before), fold(now)];
  return a.includes(b) || b.includes(a);
}
