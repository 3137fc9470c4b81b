// Looking for bound rooms after a login: by the id that they had, else by asking organizers.
import type { Bound, RoomsHost } from './bound.js';
import { type Candidate, confirmation } from './challenge.js';
import { likeness } from './fingerprint.js';
import { fitsOf, isSame } from './likely.js';
import type { Room } from './sdk.js';
import { within } from './within.js';
import { ask, bound, renamed } from './words.js';

/** How long a puppet may take to list all rooms. */
const LIST_MS = 60_000;

/** What a list of rooms is worth by now. */
export interface Known {
  /** The puppet has had the time to learn of all rooms. */
  isAll: boolean;
  /** A puppet that fails lists none: only after long is the account in no room. */
  isNone: boolean;
}

export class Search {
  readonly #host: RoomsHost;
  readonly #bound: Bound;
  readonly #againMs: number;
  #againAt = 0;
  /** The rooms among which organizers were asked to choose. */
  #chosenFrom = '';

  /** `againMs`: how often rooms that organizers were asked about are looked for nevertheless. */
  constructor(host: RoomsHost, bound: Bound, againMs: number) {
    this.#host = host;
    this.#bound = bound;
    this.#againMs = againMs;
  }

  signedOut(): void {
    this.#againAt = 0;
    this.#chosenFrom = '';
  }

  /** One that was not found has been heard of. */
  soon(): void {
    this.#againAt = 0;
  }

  /** After a login, now and then, until all is found and decided. One call at a time. */
  async look(all: () => Promise<Room[]>, { isAll, isNone }: Known): Promise<void> {
    const login = this.#bound.login;
    const missing = this.#bound.unsettled();
    const decided = await this.#decided(missing);
    const isDue = missing.some((channel) => !this.#bound.asked.has(channel)) || Date.now() >= this.#againAt;
    if (missing.length === 0 || (!isDue && decided.size === 0)) return;
    const rooms = await within(LIST_MS, all());
    if (login !== this.#bound.login) return;
    this.#againAt = Date.now() + this.#againMs;
    if (rooms.length === 0 && !isNone) return;
    const unread = new Set<string>();
    for (const channel of missing) if (!(await this.#find(channel, rooms, login))) unread.add(channel);
    for (const [channel, roomId] of decided) {
      const room = rooms.find(({ id }) => id === roomId);
      await this.#takeDecision(channel, room, login);
    }
    // What is not there may still come.
    const gone = missing.filter((channel) => !unread.has(channel));
    if (isAll) await this.#ask(gone, rooms, login);
  }

  /** The id that it has had, with members or the topic of then: it is the room, also where organizers were asked. False: nobody knows. */
  async #find(channel: string, rooms: readonly Room[], login: number): Promise<boolean> {
    const same = rooms.find(({ id }) => id === this.#bound.bindings[channel]?.roomId);
    if (!same) return true;
    const now = await this.#bound.read(same);
    if (!now) return false;
    await this.#bound.alone(login, async () => {
      const before = this.#bound.waiting(channel);
      if (!before || before.roomId !== now.roomId || !isSame(before, now)) return;
      await this.#bound.settle(channel, now);
      if (before.asked) this.#host.tell(bound(channel, now.topic));
      else if (now.topic !== before.topic) this.#host.tell(renamed(channel, before.topic, now.topic));
    });
    return true;
  }

  /** What organizers have said about what they were asked since the login. */
  async #decided(channels: readonly string[]): Promise<Map<string, string>> {
    const decided = new Map<string, string>();
    for (const channel of channels) {
      const roomId = this.#bound.asked.has(channel) ? await confirmation(this.#host.sessions, channel).get() : undefined;
      if (roomId !== undefined) decided.set(channel, roomId);
    }
    return decided;
  }

  /** `room`: the one that was confirmed, where it is still there. */
  async #takeDecision(channel: string, room: Room | undefined, login: number): Promise<void> {
    const now = room && (await this.#bound.read(room));
    if (room && !now) return;
    await this.#bound.alone(login, async () => {
      await confirmation(this.#host.sessions, channel).forget();
      const [one, another] = this.#bound.waiting(channel)?.asked ?? [];
      if (!now || another || one?.roomId !== now.roomId) return;
      await this.#bound.settle(channel, now);
      this.#host.tell(bound(channel, now.topic));
    });
  }

  async #ask(channels: readonly string[], rooms: readonly Room[], login: number): Promise<void> {
    const open = channels.filter((channel) => this.#bound.waiting(channel));
    const others = rooms.filter(({ id }) => this.#bound.channelOf(id) === undefined);
    const chosenFrom = listed(others.map(({ id }) => id));
    if (chosenFrom === this.#chosenFrom && open.every((channel) => this.#bound.asked.has(channel))) return;
    const read = await Promise.all(others.map((room) => this.#bound.read(room)));
    const candidates = read.filter((each) => each !== undefined);
    await this.#bound.alone(login, async () => {
      if (candidates.length === others.length) this.#chosenFrom = chosenFrom;
      for (const channel of open) await this.#askAbout(channel, candidates);
    });
  }

  async #askAbout(channel: string, candidates: readonly Candidate[]): Promise<void> {
    const binding = this.#bound.waiting(channel);
    if (!binding) return;
    const fits = fitsOf(binding, candidates);
    const before = binding.asked;
    binding.asked = fits;
    this.#bound.asked.add(channel);
    await this.#bound.save();
    // Once is enough, over restarts too, while the question is the same.
    if (before && idsOf(before) === idsOf(fits)) return;
    const shown = fits.map(({ topic, members }) => ({ topic, members: members.length, likeness: likeness(members, binding.members) }));
    this.#host.tell(ask(channel, binding.topic, shown));
  }
}

const listed = (ids: readonly string[]) => ids.toSorted().join(' ');
const idsOf = (candidates: readonly Candidate[]) => listed(candidates.map(({ roomId }) => roomId));
