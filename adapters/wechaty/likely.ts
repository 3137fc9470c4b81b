// Which room a binding may mean, by its id, its topic and its members.
import type { Candidate } from './challenge.js';
import { fingerprint, likeness } from './fingerprint.js';
import type { Room } from './sdk.js';
import { within } from './within.js';

/** Below this, one id with another topic is another room. */
const SAME_MEMBERS = 0.3;
/** From here on it may be the room even under another topic. */
const ALMOST_SAME_MEMBERS = 0.6;
const MOST_CANDIDATES = 5;

/** @throws Error where the puppet fails, or does not answer in time */
export async function candidateOf(room: Room, limitMs: number): Promise<Candidate> {
  const [members, topic] = await within(limitMs, Promise.all([room.memberAll(), room.topic()]));
  return { roomId: room.id, topic, members: fingerprint(members.map((member) => member.name())) };
}

/** Whether what has the same id now is the same room. */
export function isSame(before: Candidate, now: Candidate): boolean {
  return now.topic === before.topic || likeness(now.members, before.members) >= SAME_MEMBERS;
}

/** Rooms that may be it: by topic, else by members. */
export function fitsOf(binding: Candidate, candidates: readonly Candidate[]): Candidate[] {
  const fits = candidates
    .map((each) => ({ each, isNamed: each.topic === binding.topic, likeness: likeness(each.members, binding.members) }))
    .filter(({ isNamed, likeness }) => likeness >= (isNamed ? SAME_MEMBERS / 2 : ALMOST_SAME_MEMBERS))
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_CANDIDATES);
  // A community's groups have many members in common: topic and members together outdo members alone.
  const named = fits.filter(({ isNamed }) => isNamed);
  const isClear = named.length === 1 && named.every((fit) => fit.likeness >= ALMOST_SAME_MEMBERS);
  return (isClear ? named : fits).map(({ each }) => each);
}
