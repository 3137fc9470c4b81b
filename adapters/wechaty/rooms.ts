/**
 * Which room is which channel: id, topic and members together, never the topic alone, for anybody may rename a room. A room whose id has
 * changed is asked about; until then nothing goes there.
 */
import type { Host } from '../../src/adapter.js';
import { type Bindings, type Candidate, confirmed, ROOMS, taken } from './challenge.js';
import { fingerprint, likeness } from './fingerprint.js';
import type { Room } from './sdk.js';
import { ask, bound, boundInstead, gone, renamed, STOPPED } from './words.js';

/** Addresses of bound rooms outlive the ids of rooms. */
const PREFIX = 'bound/';
/** Below this, one id with another topic is another room. */
const SAME_MEMBERS = 0.3;
/** From here on it may be the room even under another topic. */
const ALMOST_SAME_MEMBERS = 0.6;
const MOST_CANDIDATES = 5;

export class Rooms {
  readonly #host: Pick<Host, 'sessions' | 'tell' | 'namesChanged' | 'log'>;
  #bindings: Bindings = {};
  /** Channels whose room was seen since the login. */
  readonly #seen = new Set<string>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(host: Pick<Host, 'sessions' | 'tell' | 'namesChanged' | 'log'>) {
    this.#host = host;
  }

  async open(): Promise<void> {
    this.#bindings = (await this.#host.sessions.get<Bindings>(ROOMS)) ?? {};
  }

  /** Ids may be others from now on. */
  signedOut(): void {
    this.#seen.clear();
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
    if (binding.asked) return { stopped: STOPPED.asked };
    return this.#seen.has(channel) ? { roomId: binding.roomId } : { stopped: STOPPED.lookedFor };
  }

  /** Something is to be looked for, or to be decided. */
  get isUnsettled(): boolean {
    return Object.entries(this.#bindings).some(([channel, { asked }]) => asked !== undefined || !this.#seen.has(channel));
  }

  /** Whether this is the code that binds the room. */
  async hears(text: string, room: Room): Promise<boolean> {
    const channel = await taken(this.#host.sessions, text);
    if (channel === undefined) return false;
    await this.#alone(async () => {
      const before = Object.entries(this.#bindings).find(([name, { roomId }]) => roomId === room.id && name !== channel)?.[0];
      if (before !== undefined) delete this.#bindings[before];
      const now = await candidateOf(room);
      this.#bindings[channel] = now;
      this.#seen.add(channel);
      await this.#save();
      this.#host.tell(before === undefined ? bound(channel, now.topic) : boundInstead(channel, now.topic, before));
      this.#host.namesChanged();
    });
    return true;
  }

  /** After a login, until all is found. `isAll`: the puppet knows all its rooms by now. */
  look(all: () => Promise<Room[]>, isAll: boolean): Promise<void> {
    return this.#alone(async () => {
      await this.#takeConfirmed();
      const missing = Object.keys(this.#bindings).filter((channel) => !this.#seen.has(channel) && !this.#bindings[channel]?.asked);
      if (missing.length === 0) return;
      const rooms = await all();
      for (const channel of missing) await this.#find(channel, rooms, isAll);
    });
  }

  async topicChanged(room: Room, topic: string): Promise<void> {
    await this.#alone(async () => {
      const channel = this.#channelOf(room.id);
      const binding = channel === undefined ? undefined : this.#bindings[channel];
      if (channel === undefined || !binding || binding.topic === topic) return;
      this.#host.tell(renamed(channel, binding.topic, topic));
      binding.topic = topic;
      await this.#save();
    });
  }

  async membersChanged(room: Room): Promise<void> {
    await this.#alone(async () => {
      const channel = this.#channelOf(room.id);
      if (channel === undefined) return;
      this.#bindings[channel] = { ...(await candidateOf(room)) };
      await this.#save();
    });
  }

  /** The bot was removed from it. */
  async left(room: Room): Promise<void> {
    await this.#alone(async () => {
      const channel = this.#channelOf(room.id);
      const binding = channel === undefined ? undefined : this.#bindings[channel];
      if (channel === undefined || !binding) return;
      binding.asked = [];
      await this.#save();
      this.#host.tell(gone(channel, binding.topic));
    });
  }

  async #find(channel: string, rooms: readonly Room[], isAll: boolean): Promise<void> {
    const binding = this.#bindings[channel];
    if (!binding) return;
    const same = rooms.find(({ id }) => id === binding.roomId);
    if (same) {
      const now = await candidateOf(same);
      if (now.topic === binding.topic || likeness(now.members, binding.members) >= SAME_MEMBERS) {
        if (now.topic !== binding.topic) this.#host.tell(renamed(channel, binding.topic, now.topic));
        this.#bindings[channel] = now;
        this.#seen.add(channel);
        return this.#save();
      }
    }
    // It may still come.
    if (!isAll) return;
    const fits = await this.#fits(binding, rooms);
    binding.asked = fits;
    await this.#save();
    const shown = fits.map((fit) => ({
      topic: fit.topic,
      members: fit.members.length,
      likeness: likeness(fit.members, binding.members),
    }));
    this.#host.tell(ask(channel, binding.topic, shown));
  }

  /** Rooms that may be it: by topic, else by members. One that is another channel's is not. */
  async #fits(binding: Candidate, rooms: readonly Room[]): Promise<Candidate[]> {
    const candidates: Candidate[] = [];
    for (const room of rooms) if (!this.isBound(room.id)) candidates.push(await candidateOf(room));
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

  async #takeConfirmed(): Promise<void> {
    for (const [channel, { asked = [] }] of Object.entries(this.#bindings)) {
      if (asked.length !== 1) continue;
      const roomId = await confirmed(this.#host.sessions, channel);
      const candidate = asked.find((each) => each.roomId === roomId);
      if (!candidate) continue;
      this.#bindings[channel] = candidate;
      this.#seen.add(channel);
      await this.#save();
      this.#host.tell(bound(channel, candidate.topic));
    }
  }

  #channelOf(roomId: string): string | undefined {
    return Object.keys(this.#bindings).find((channel) => {
      const binding = this.#bindings[channel];
      return binding?.roomId === roomId && !binding.asked && this.#seen.has(channel);
    });
  }

  async #save(): Promise<void> {
    await this.#host.sessions.set(ROOMS, this.#bindings);
  }

  /** One change after the other; a failure is told and ends with itself. */
  #alone(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work).catch((error) => this.#host.log.error({ err: error }, 'the rooms of WeChat cannot be kept'));
    this.#work = done;
    return done;
  }
}

async function candidateOf(room: Room): Promise<Candidate> {
  const members = await room.memberAll();
  return { roomId: room.id, topic: await room.topic(), members: fingerprint(members.map((member) => member.name())) };
}
