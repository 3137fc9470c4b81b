// New friends, and who joins a bound room.
import { type Heard, isRecent } from './heard.js';
import type { Rooms } from './rooms.js';
import { type Bot, type Contact, FRIENDSHIP, type Friendship, type Room } from './sdk.js';
import type { Welcome } from './settings.js';

/** Twenty who join at once are welcomed together. */
const ONCE_IN_MS = 10 * 60_000;

export interface WelcomeParts {
  wanted: readonly Welcome[];
  bot: Bot;
  heard: Heard;
  rooms: Rooms;
  oldMs: number;
}

export class Welcomes {
  readonly #parts: WelcomeParts;
  readonly #welcomed = new Map<string, number>();

  constructor(parts: WelcomeParts) {
    this.#parts = parts;
  }

  async friendship(friendship: Friendship): Promise<void> {
    const { wanted, heard } = this.#parts;
    if (friendship.type() === FRIENDSHIP.receive && wanted.includes('accept')) await friendship.accept();
    if (friendship.type() !== FRIENDSHIP.confirm || !wanted.includes('friends')) return;
    const contact = friendship.contact();
    await this.#welcome(`friend:${friendship.id}`, heard.whereIs(undefined, contact.id), contact);
  }

  async joined(room: Room, newcomers: readonly Contact[], at: Date): Promise<void> {
    const { wanted, bot, heard, rooms, oldMs } = this.#parts;
    const [one] = newcomers.filter(({ id }) => id !== bot.currentUser.id);
    if (!one || !wanted.includes('rooms') || !rooms.isBound(room.id) || !isRecent(at, oldMs)) return;
    const last = this.#welcomed.get(room.id) ?? Number.NEGATIVE_INFINITY;
    if (at.getTime() - last < ONCE_IN_MS) return;
    this.#welcomed.set(room.id, at.getTime());
    await this.#welcome(`join:${room.id}:${one.id}:${at.getTime()}`, heard.whereIs(room, one.id), one);
  }

  async #welcome(id: string, where: ReturnType<Heard['whereIs']>, contact: Contact): Promise<void> {
    const sender = { id: contact.id, name: contact.name(), isBot: false };
    await this.#parts.heard.receive({ id, where, sender, text: '', addressed: false, arrived: true, at: new Date() });
  }
}
