/**
 * Which room is which channel: id, topic and members together, never the topic alone, for anybody may rename a room. A room whose id has
 * changed is asked about; until then nothing goes there.
 */
import type { Host } from '../../src/adapter.js';
import { type Binding, type Bindings, type Candidate, challengeIn, confirmation, ROOMS } from './challenge.js';
import { likeness } from './fingerprint.js';
import { candidateOf, fitsOf, isSame } from './likely.js';
import type { Room } from './sdk.js';
import { within } from './within.js';
import { ask, bound, boundInstead, gone, renamed, STOPPED, unreadable } from './words.js';

/** Addresses of bound rooms outlive the ids of rooms. */
const PREFIX = 'bound/';

type RoomsHost = Pick<Host, 'sessions' | 'tell' | 'namesChanged' | 'log'>;

export interface RoomsTiming {
  /** How long a puppet may take to tell who is in one room, and to list all of them. */
  answerMs: number;
  listMs: number;
  /** How often rooms that organizers were asked about are looked for nevertheless. */
  againMs: number;
}

const TIMING: RoomsTiming = { answerMs: 10_000, listMs: 60_000, againMs: 60_000 };

/** What a list of rooms is worth by now. */
export interface Known {
  /** The puppet has had the time to learn of all rooms. */
  isAll: boolean;
  /** A puppet that fails lists none: only after long is the account in no room. */
  isNone: boolean;
}

export class Rooms {
  readonly #host: RoomsHost;
  readonly #timing: RoomsTiming;
  #bindings: Bindings = {};
  /** Ids hold within one login; what began in an earlier one says nothing any more. */
  #login = 0;
  /** Since this login: channels whose room was seen, that were asked about, whose room the bot was removed from. */
  readonly #seen = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #left = new Set<string>();
  #againAt = 0;
  /** The rooms among which organizers were asked to choose. */
  #chosenFrom = '';
  #work: Promise<unknown> = Promise.resolve();

  constructor(host: RoomsHost, timing: Partial<RoomsTiming> = {}) {
    this.#host = host;
    this.#timing = { ...TIMING, ...timing };
  }

  async open(): Promise<void> {
    this.#bindings = (await this.#host.sessions.get<Bindings>(ROOMS)) ?? {};
  }

  /** Ids may be others from now on; a puppet may leave out the logout before a login. */
  signedOut(): void {
    this.#login += 1;
    for (const channels of [this.#seen, this.#asked, this.#left]) channels.clear();
    this.#againAt = 0;
    this.#chosenFrom = '';
  }

  /** What an address calls this room. */
  nameOf(roomId: string): string {
    const channel = this.#channelOf(roomId);
    return channel === undefined ? roomId : `${PREFIX}${channel}`;
  }

  isBound(roomId: string): boolean {
    return this.#channelOf(roomId) !== undefined;
  }

  /** The name in an address of a channel that is bound. */
  addressName(channel: string): string | undefined {
    return this.#bindings[channel] && `${PREFIX}${channel}`;
  }

  /** The room that an address means now; `stopped` where that is not certain. */
  target(name: string): { roomId: string } | { stopped: string } | undefined {
    if (!name.startsWith(PREFIX)) return { roomId: name };
    const channel = name.slice(PREFIX.length);
    const binding = this.#bindings[channel];
    if (!binding) return undefined;
    if (this.#seen.has(channel)) return { roomId: binding.roomId };
    return { stopped: binding.asked ? STOPPED.asked : STOPPED.lookedFor };
  }

  /** Something is to be looked for, or to be decided. */
  get isUnsettled(): boolean {
    return this.#unsettled().length > 0;
  }

  /** Whether this is the code that binds the room. */
  async hears(text: string, room: Room): Promise<boolean> {
    const login = this.#login;
    // One that was not found speaks.
    if (this.#unsettled().some((channel) => this.#bindings[channel]?.roomId === room.id)) this.#againAt = 0;
    const challenge = await challengeIn(this.#host.sessions, text);
    if (!challenge) return false;
    const { channel } = challenge;
    const now = await this.#read(room);
    if (!now) {
      this.#host.tell(unreadable(channel));
      return true;
    }
    let isTaken = false;
    await this.#alone(login, async () => {
      isTaken = await challenge.take();
      if (!isTaken) return;
      const before = Object.entries(this.#bindings).find(([name, { roomId }]) => roomId === room.id && name !== channel)?.[0];
      if (before !== undefined) delete this.#bindings[before];
      await this.#settle(channel, now);
      this.#host.tell(before === undefined ? bound(channel, now.topic) : boundInstead(channel, now.topic, before));
      this.#host.namesChanged();
    });
    return isTaken;
  }

  /** After a login, now and then, until all is found and decided. One call at a time. */
  async look(all: () => Promise<Room[]>, { isAll, isNone }: Known): Promise<void> {
    const login = this.#login;
    const missing = this.#unsettled();
    const decided = await this.#decided(missing);
    const isDue = missing.some((channel) => !this.#asked.has(channel)) || Date.now() >= this.#againAt;
    if (missing.length === 0 || (!isDue && decided.size === 0)) return;
    const rooms = await within(this.#timing.listMs, all());
    if (login !== this.#login) return;
    this.#againAt = Date.now() + this.#timing.againMs;
    if (rooms.length === 0 && !isNone) return;
    const unread = new Set<string>();
    for (const channel of missing) if (!(await this.#find(channel, rooms, login))) unread.add(channel);
    for (const [channel, roomId] of decided)
      await this.#takeDecision(
        channel,
        rooms.find(({ id }) => id === roomId),
        login,
      );
    // What is not there may still come.
    if (isAll)
      await this.#ask(
        missing.filter((channel) => !unread.has(channel)),
        rooms,
        login,
      );
  }

  async topicChanged(room: Room, topic: string): Promise<void> {
    await this.#alone(this.#login, async () => {
      const channel = this.#channelOf(room.id);
      const binding = channel === undefined ? undefined : this.#bindings[channel];
      if (channel === undefined || !binding || binding.topic === topic) return;
      this.#host.tell(renamed(channel, binding.topic, topic));
      binding.topic = topic;
      await this.#save();
    });
  }

  async membersChanged(room: Room): Promise<void> {
    const login = this.#login;
    const now = this.isBound(room.id) ? await this.#read(room) : undefined;
    await this.#alone(login, async () => {
      const channel = this.#channelOf(room.id);
      if (channel !== undefined && now) await this.#settle(channel, now);
    });
  }

  /** The bot was removed from it. */
  async left(room: Room): Promise<void> {
    await this.#alone(this.#login, async () => {
      const channel = this.#channelOf(room.id);
      const binding = channel === undefined ? undefined : this.#bindings[channel];
      if (channel === undefined || !binding) return;
      this.#seen.delete(channel);
      this.#left.add(channel);
      binding.asked = [];
      await this.#save();
      this.#host.tell(gone(channel, binding.topic));
    });
  }

  #unsettled(): string[] {
    return Object.keys(this.#bindings).filter((channel) => !this.#seen.has(channel) && !this.#left.has(channel));
  }

  /** The id that it has had, with members or the topic of then: it is the room, also where organizers were asked. False: nobody knows. */
  async #find(channel: string, rooms: readonly Room[], login: number): Promise<boolean> {
    const same = rooms.find(({ id }) => id === this.#bindings[channel]?.roomId);
    if (!same) return true;
    const now = await this.#read(same);
    if (!now) return false;
    await this.#alone(login, async () => {
      const before = this.#waiting(channel);
      if (!before || before.roomId !== now.roomId || !isSame(before, now)) return;
      await this.#settle(channel, now);
      if (before.asked) this.#host.tell(bound(channel, now.topic));
      else if (now.topic !== before.topic) this.#host.tell(renamed(channel, before.topic, now.topic));
    });
    return true;
  }

  /** What organizers have said about what they were asked since the login. */
  async #decided(channels: readonly string[]): Promise<Map<string, string>> {
    const decided = new Map<string, string>();
    for (const channel of channels) {
      const roomId = this.#asked.has(channel) ? await confirmation(this.#host.sessions, channel).get() : undefined;
      if (roomId !== undefined) decided.set(channel, roomId);
    }
    return decided;
  }

  /** `room`: the one that was confirmed, where it is still there. */
  async #takeDecision(channel: string, room: Room | undefined, login: number): Promise<void> {
    const now = room && (await this.#read(room));
    if (room && !now) return;
    await this.#alone(login, async () => {
      await confirmation(this.#host.sessions, channel).forget();
      const [one, another] = this.#waiting(channel)?.asked ?? [];
      if (!now || another || one?.roomId !== now.roomId) return;
      await this.#settle(channel, now);
      this.#host.tell(bound(channel, now.topic));
    });
  }

  async #ask(channels: readonly string[], rooms: readonly Room[], login: number): Promise<void> {
    const open = channels.filter((channel) => this.#waiting(channel));
    const others = rooms.filter(({ id }) => !this.isBound(id));
    const chosenFrom = others
      .map(({ id }) => id)
      .toSorted()
      .join(' ');
    if (chosenFrom === this.#chosenFrom && open.every((channel) => this.#asked.has(channel))) return;
    const read = await Promise.all(others.map((room) => this.#read(room)));
    const candidates = read.filter((each) => each !== undefined);
    await this.#alone(login, async () => {
      if (candidates.length === others.length) this.#chosenFrom = chosenFrom;
      for (const channel of open) await this.#askAbout(channel, candidates);
    });
  }

  async #askAbout(channel: string, candidates: readonly Candidate[]): Promise<void> {
    const binding = this.#waiting(channel);
    if (!binding) return;
    const fits = fitsOf(binding, candidates);
    const before = binding.asked?.map(({ roomId }) => roomId);
    binding.asked = fits;
    this.#asked.add(channel);
    await this.#save();
    // Once is enough, over restarts too, while the question is the same.
    if (before?.join(' ') === fits.map(({ roomId }) => roomId).join(' ')) return;
    const shown = fits.map(({ topic, members }) => ({ topic, members: members.length, likeness: likeness(members, binding.members) }));
    this.#host.tell(ask(channel, binding.topic, shown));
  }

  /** The binding of a channel whose room is not certain yet. */
  #waiting(channel: string): Binding | undefined {
    return this.#seen.has(channel) || this.#left.has(channel) ? undefined : this.#bindings[channel];
  }

  async #settle(channel: string, now: Candidate): Promise<void> {
    this.#bindings[channel] = now;
    this.#seen.add(channel);
    this.#asked.delete(channel);
    this.#left.delete(channel);
    await this.#save();
  }

  #channelOf(roomId: string): string | undefined {
    return Object.keys(this.#bindings).find((channel) => this.#bindings[channel]?.roomId === roomId && this.#seen.has(channel));
  }

  /** Undefined: the puppet cannot tell now. */
  async #read(room: Room): Promise<Candidate | undefined> {
    return candidateOf(room, this.#timing.answerMs).catch((error) => {
      this.#host.log.warn({ err: error }, 'a group of WeChat cannot be read');
      return undefined;
    });
  }

  async #save(): Promise<void> {
    await this.#host.sessions.set(ROOMS, this.#bindings);
  }

  /** One change after the other, none of an earlier login; a failure is told and ends with itself. */
  #alone(login: number, work: () => Promise<void>): Promise<void> {
    const done = this.#work
      .then(() => (login === this.#login ? work() : undefined))
      .catch((error) => this.#host.log.error({ err: error }, 'the rooms of WeChat cannot be kept'));
    this.#work = done;
    return done;
  }
}
