// What Wechaty tells: who is signed in, what is said, what happens in rooms.
import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../../src/adapter.js';
import type { Heard } from './heard.js';
import type { Login } from './login.js';
import type { Rooms } from './rooms.js';
import type { Bot, Contact, Friendship, Message, Room } from './sdk.js';
import type { Troubles } from './troubles.js';
import type { Welcomes } from './welcome.js';

/** An account that still has no room at all after so many times the grace has none. */
const NONE_AFTER = 10;

export interface Ears {
  host: Host;
  rooms: Rooms;
  heard: Heard;
  login: Login;
  troubles: Troubles;
  welcomes: Welcomes;
  timing: { look: number; grace: number };
  isClosed(): boolean;
}

/** Returns what ends the looking for rooms. */
export function listen(bot: Bot, { host, rooms, heard, login, troubles, welcomes, timing, isClosed }: Ears): () => void {
  /** Nothing that fails in a listener may end the process. */
  const on = <Args extends never[]>(event: string, listener: (...args: Args) => unknown) =>
    void bot.on(event, (...args: never[]) => {
      if (isClosed() && event !== 'error') return;
      void (async () => listener(...(args as unknown as Args)))().catch((error) =>
        host.log.error({ err: error, event }, 'an event of WeChat could not be handled'),
      );
    });
  /** The login that is there; undefined: nobody is signed in. */
  let current: { at: number; isReady: boolean } | undefined;
  let looking: Promise<void> | undefined;
  const look = () => {
    const forMs = Date.now() - (current?.at ?? Date.now());
    const known = { isAll: current?.isReady === true || forMs > timing.grace, isNone: forMs > NONE_AFTER * timing.grace };
    const ended = rooms
      .look(() => bot.Room.findAll(), known)
      .catch((error) => host.log.warn({ err: error }, 'the groups of WeChat cannot be listed'))
      .finally(() => {
        if (looking === ended) looking = undefined;
      });
    looking = ended;
    return ended;
  };
  const signedOut = () => {
    current = undefined;
    looking = undefined;
    rooms.signedOut();
    login.signedOut();
  };
  on('error', (error: Error) => {
    troubles.note(error);
    if (!isClosed() && !bot.isLoggedIn) login.failed();
  });
  on('scan', (scan: string, status: number) => login.scan(scan, status));
  on('login', async () => {
    const mine = { at: Date.now(), isReady: false };
    current = mine;
    rooms.signedOut();
    // What waits for a room would else be put off; but a puppet that takes long holds nobody up.
    await Promise.race([look(), delay(timing.look, undefined, { ref: false })]);
    if (current === mine) await login.signedIn({ id: bot.currentUser.id, name: bot.currentUser.name() });
  });
  on('ready', () => {
    if (current) current.isReady = true;
  });
  on('logout', signedOut);
  on('message', (message: Message) => heard.take(message));
  on('room-topic', (room: Room, topic: string) => rooms.topicChanged(room, topic));
  on('room-join', async (room: Room, newcomers: Contact[], _inviter: Contact, at: Date) => {
    await rooms.membersChanged(room);
    await welcomes.joined(room, newcomers, at);
  });
  on('room-leave', (room: Room, leavers: Contact[]) =>
    leavers.some(({ id }) => id === bot.currentUser.id) ? rooms.left(room) : rooms.membersChanged(room),
  );
  on('friendship', (friendship: Friendship) => welcomes.friendship(friendship));
  const timer = setInterval(() => {
    // Wechaty leaves out a logout where it cannot read the account's own contact.
    if (!bot.isLoggedIn && current) signedOut();
    else if (!bot.isLoggedIn) login.wait();
    else if (current && rooms.isUnsettled && !looking) void look();
  }, timing.look);
  timer.unref();
  return () => clearInterval(timer);
}
