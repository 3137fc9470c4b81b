/** Binding a room: an organizer gets a code, somebody types it in the room. Codes and answers pass through the store, for commands run beside the bot. */
import { randomInt } from 'node:crypto';
import type { RoomBinding, Sessions } from '../../src/adapter.js';

const FOR_MS = 30 * 60_000;
/** Without what is mistaken for something else. */
const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE = /^(?:绑定|bind)?\s*([A-Z2-9]{4})-?([A-Z2-9]{4})$/i;

const challengeKey = (code: string) => `challenge:${code}`;
const confirmedKey = (channel: string) => `confirmed:${channel}`;
export const ROOMS = 'rooms';

export interface Candidate {
  roomId: string;
  topic: string;
  members: string[];
}

export interface Binding extends Candidate {
  /** Which rooms look like it, where organizers are asked; undefined: it is certain. */
  asked?: Candidate[];
}

export type Bindings = Record<string, Binding>;

export function bindingOver(sessions: Sessions): RoomBinding {
  const all = async () => (await sessions.get<Bindings>(ROOMS)) ?? {};
  return {
    async list() {
      return Object.entries(await all()).map(([channel, { topic, asked }]) => ({
        channel,
        topic,
        state: asked ? 'asked' : 'bound',
        candidates: (asked ?? []).map((each) => ({ topic: each.topic, members: each.members.length })),
      }));
    },
    async bind(channel) {
      const code = Array.from({ length: 8 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
      await sessions.set(challengeKey(code), channel, FOR_MS);
      return { say: `${code.slice(0, 4)}-${code.slice(4)}`, forMs: FOR_MS };
    },
    async confirm(channel) {
      const [one, another] = (await all())[channel]?.asked ?? [];
      if (!one || another) return false;
      await sessions.set(confirmedKey(channel), one.roomId, FOR_MS);
      return true;
    },
  };
}

export interface Challenge {
  channel: string;
  /** Once: false where it was taken meanwhile. */
  take(): Promise<boolean>;
}

/** What this text binds. */
export async function challengeIn(sessions: Sessions, text: string): Promise<Challenge | undefined> {
  const [, first, second] = CODE.exec(text.normalize('NFKC').trim()) ?? [];
  if (!first || !second) return undefined;
  const key = challengeKey(`${first}${second}`.toUpperCase());
  const channel = await sessions.get<string>(key);
  return channel === undefined ? undefined : { channel, take: () => sessions.delete(key) };
}

/** The room that an organizer has confirmed for this channel. */
export function confirmation(sessions: Sessions, channel: string) {
  const key = confirmedKey(channel);
  return { get: () => sessions.get<string>(key), forget: () => sessions.delete(key) };
}
