/**
 * Which room is which channel: id, topic and members together, never the topic alone, for anybody may rename a room. A room whose id has
 * changed is asked about; until then nothing goes there.
 */
import { Bound, type RoomsHost } from './bound.js';
import { challengeIn } from './challenge.js';
import type { Room } from './sdk.js';
import { type Known, Search } from './search.js';
import { bound, boundInstead, gone, renamed, STOPPED, unreadable } from './words.js';

/** Addresses of bound rooms outlive the ids of rooms. */
const PREFIX = 'bound/';
const AGAIN_MS = 60_000;

export class Rooms {
  readonly #host: RoomsHost;
  readonly #bound: Bound;
  readonly #search: Search;

  constructor(host: RoomsHost, againMs = AGAIN_MS) {
    this.#host = host;
    this.#bound = new Bound(host);
    this.#search = new Search(host, this.#bound, againMs);
  }

  open(): Promise<void> {
    return this.#bound.open();
  }

  /** Ids may be others from now on; a puppet may leave out the logout before a login. */
  signedOut(): void {
    this.#bound.signedOut();
    this.#search.signedOut();
  }

  /** After a login, now and then, until all is found and decided. One call at a time. */
  look(all: () => Promise<Room[]>, known: Known): Promise<void> {
    return this.#search.look(all, known);
  }

  /** What an address calls this room. */
  nameOf(roomId: string): string {
    const channel = this.#bound.channelOf(roomId);
    return channel === undefined ? roomId : `${PREFIX}${channel}`;
  }

  isBound(roomId: string): boolean {
    return this.#bound.channelOf(roomId) !== undefined;
  }

  /** The name in an address of a channel that is bound. */
  addressName(channel: string): string | undefined {
    return this.#bound.bindings[channel] && `${PREFIX}${channel}`;
  }

  /** The room that an address means now; `stopped` where that is not certain. */
  target(name: string): { roomId: string } | { stopped: string } | undefined {
    if (!name.startsWith(PREFIX)) return { roomId: name };
    const channel = name.slice(PREFIX.length);
    const binding = this.#bound.bindings[channel];
    if (!binding) return undefined;
    if (this.#bound.seen.has(channel)) return { roomId: binding.roomId };
    return { stopped: binding.asked ? STOPPED.asked : STOPPED.lookedFor };
  }

  /** Something is to be looked for, or to be decided. */
  get isUnsettled(): boolean {
    return this.#bound.unsettled().length > 0;
  }

  /** Whether this is the code that binds the room. */
  async hears(text: string, room: Room): Promise<boolean> {
    const login = this.#bound.login;
    // One that was not found speaks.
    if (this.#bound.unsettled().some((channel) => this.#bound.bindings[channel]?.roomId === room.id)) this.#search.soon();
    const challenge = await challengeIn(this.#host.sessions, text);
    if (!challenge) return false;
    const { channel } = challenge;
    const now = await this.#bound.read(room);
    if (!now) {
      this.#host.tell(unreadable(channel));
      return true;
    }
    let isTaken = false;
    await this.#bound.alone(login, async () => {
      isTaken = await challenge.take();
      if (!isTaken) return;
      const before = Object.entries(this.#bound.bindings).find(([name, { roomId }]) => roomId === room.id && name !== channel)?.[0];
      if (before !== undefined) delete this.#bound.bindings[before];
      await this.#bound.settle(channel, now);
      this.#host.tell(before === undefined ? bound(channel, now.topic) : boundInstead(channel, now.topic, before));
      this.#host.namesChanged();
    });
    return isTaken;
  }

  async topicChanged(room: Room, topic: string): Promise<void> {
    await this.#bound.alone(this.#bound.login, async () => {
      const channel = this.#bound.channelOf(room.id);
      const binding = channel === undefined ? undefined : this.#bound.bindings[channel];
      if (channel === undefined || !binding || binding.topic === topic) return;
      this.#host.tell(renamed(channel, binding.topic, topic));
      binding.topic = topic;
      await this.#bound.save();
    });
  }

  async membersChanged(room: Room): Promise<void> {
    const login = this.#bound.login;
    const now = this.isBound(room.id) ? await this.#bound.read(room) : undefined;
    await this.#bound.alone(login, async () => {
      const channel = this.#bound.channelOf(room.id);
      if (channel !== undefined && now) await this.#bound.settle(channel, now);
    });
  }

  /** The bot was removed from it. */
  async left(room: Room): Promise<void> {
    await this.#bound.alone(this.#bound.login, async () => {
      const channel = this.#bound.channelOf(room.id);
      const binding = channel === undefined ? undefined : this.#bound.bindings[channel];
      if (channel === undefined || !binding) return;
      this.#bound.seen.delete(channel);
      this.#bound.left.add(channel);
      binding.asked = [];
      await this.#bound.save();
      this.#host.tell(gone(channel, binding.topic));
    });
  }
}
