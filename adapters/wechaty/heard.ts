// A message of WeChat → what the host is told. Our own, old ones and what is no text are left out.
import type { Address, Host, Incoming } from '../../src/adapter.js';
import { withoutLeadingMention, withoutMentions } from './mentions.js';
import type { Rooms } from './rooms.js';
import { type Bot, type Message, OFFICIAL_ACCOUNT, type Room, TEXT_MESSAGE } from './sdk.js';
import { within } from './within.js';

export interface HeardParts {
  instance: string;
  host: Host;
  bot: Bot;
  rooms: Rooms;
  /** Older ones are history that a new login brings along. */
  oldMs: number;
  retryMs: number;
}

const MOST_TRIES = 6;
/** A puppet that does not tell who is meant holds nobody up for longer. */
const ANSWER_MS = 5_000;

interface Said {
  text: string;
  addressed: boolean;
}

/** A time that cannot be read is taken for an old one: better silent than an answer to history. */
export const isRecent = (at: Date, oldMs: number): boolean => Date.now() - at.getTime() <= oldMs;

/** Hands messages over, those of one conversation one after the other. */
export class Heard {
  readonly #parts: HeardParts;
  readonly #turns = new Map<string, Promise<void>>();

  constructor(parts: HeardParts) {
    this.#parts = parts;
  }

  take(message: Message): void {
    if (message.self() || message.type() !== TEXT_MESSAGE || !isRecent(message.date(), this.#parts.oldMs)) return;
    const conversation = message.room()?.id ?? message.talker().id;
    const turn = (this.#turns.get(conversation) ?? Promise.resolve())
      .then(() => this.#take(message))
      .catch((error) => this.#parts.host.log.error({ err: error }, 'a message of WeChat could not be taken'))
      .finally(() => {
        if (this.#turns.get(conversation) === turn) this.#turns.delete(conversation);
      });
    this.#turns.set(conversation, turn);
  }

  /** Settles when all that was heard is handed over. */
  async settled(): Promise<void> {
    await Promise.all(this.#turns.values());
  }

  async #take(message: Message): Promise<void> {
    const room = message.room();
    const said = room ? await this.#saidIn(room, message) : { text: message.text().trim(), addressed: true };
    if (room && (await this.#parts.rooms.hears(said.text, room))) return;
    await this.receive(this.#incoming(message, room, said));
  }

  /** WeChat tells a message once: while the store does not take it, we ask again. */
  async receive(incoming: Incoming): Promise<void> {
    const { host, retryMs, oldMs } = this.#parts;
    for (let tries = 1; ; tries += 1) {
      try {
        await host.receive(incoming);
        return;
      } catch (error) {
        if (tries >= MOST_TRIES || Date.now() - incoming.at.getTime() > oldMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryMs * 2 ** tries));
      }
    }
  }

  #incoming(message: Message, room: Room | undefined, said: Said): Incoming {
    const talker = message.talker();
    return {
      id: message.id,
      where: this.whereIs(room, talker.id),
      sender: { id: talker.id, name: talker.name(), isBot: talker.type() === OFFICIAL_ACCOUNT },
      ...said,
      at: message.date(),
    };
  }

  whereIs(room: Room | undefined, personId: string): Address {
    const { instance, rooms } = this.#parts;
    return room ? `${instance}:room:${rooms.nameOf(room.id)}` : `${instance}:person:${personId}`;
  }

  async #saidIn(room: Room, message: Message): Promise<Said> {
    const { bot } = this.#parts;
    const text = message.text();
    // Most of what a room says mentions nobody; finding out who is meant asks the puppet.
    if (!text.includes('@')) return { text: text.trim(), addressed: false };
    const alias = await within(ANSWER_MS, room.alias(bot.currentUser)).catch(() => undefined);
    const stripped = withoutMentions(text, [bot.currentUser.name(), alias]);
    if (stripped.mentioned) return { text: stripped.text, addressed: true };
    const addressed = await within(ANSWER_MS, message.mentionSelf()).catch(() => false);
    return { text: addressed ? withoutLeadingMention(text) : stripped.text, addressed };
  }
}
