// What is kept of bound rooms, and what of it is certain since the login.
import type { Host } from '../../src/adapter.js';
import { type Binding, type Bindings, type Candidate, ROOMS } from './challenge.js';
import { candidateOf } from './likely.js';
import type { Room } from './sdk.js';

export type RoomsHost = Pick<Host, 'sessions' | 'tell' | 'namesChanged' | 'log'>;

/** How long a puppet may take to tell who is in a room. */
const ANSWER_MS = 10_000;

export class Bound {
  readonly #host: RoomsHost;
  bindings: Bindings = {};
  /** Ids hold within one login; what began in an earlier one says nothing any more. */
  login = 0;
  /** Since this login: channels whose room was seen, that were asked about, whose room the bot was removed from. */
  readonly seen = new Set<string>();
  readonly asked = new Set<string>();
  readonly left = new Set<string>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(host: RoomsHost) {
    this.#host = host;
  }

  async open(): Promise<void> {
    this.bindings = (await this.#host.sessions.get<Bindings>(ROOMS)) ?? {};
  }

  async save(): Promise<void> {
    await this.#host.sessions.set(ROOMS, this.bindings);
  }

  signedOut(): void {
    this.login += 1;
    for (const channels of [this.seen, this.asked, this.left]) channels.clear();
  }

  channelOf(roomId: string): string | undefined {
    return Object.keys(this.bindings).find((channel) => this.bindings[channel]?.roomId === roomId && this.seen.has(channel));
  }

  /** Channels whose room is to be looked for, or to be decided. */
  unsettled(): string[] {
    return Object.keys(this.bindings).filter((channel) => this.waiting(channel));
  }

  /** The binding of a channel whose room is not certain yet. */
  waiting(channel: string): Binding | undefined {
    return this.seen.has(channel) || this.left.has(channel) ? undefined : this.bindings[channel];
  }

  async settle(channel: string, now: Candidate): Promise<void> {
    this.bindings[channel] = now;
    this.seen.add(channel);
    this.asked.delete(channel);
    this.left.delete(channel);
    await this.save();
  }

  /** Undefined: the puppet cannot tell now. */
  read(room: Room): Promise<Candidate | undefined> {
    return candidateOf(room, ANSWER_MS).catch((error) => {
      this.#host.log.warn({ err: error }, 'a group of WeChat cannot be read');
      return undefined;
    });
  }

  /** One change after the other, none of an earlier login; a failure is told and ends with itself. */
  alone(login: number, work: () => Promise<void>): Promise<void> {
    const done = this.#work
      .then(() => (login === this.login ? work() : undefined))
      .catch((error) => this.#host.log.error({ err: error }, 'the rooms of WeChat cannot be kept'));
    this.#work = done;
    return done;
  }
}
