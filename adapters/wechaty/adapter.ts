import { setTimeout as delay } from 'node:timers/promises';
import type { Adapter, Address, Capabilities, Host, Receipt, Wire } from '../../src/adapter.js';
import { SendError } from '../../src/adapter.js';
import { failureOf } from './failures.js';
import { Heard } from './heard.js';
import { Login } from './login.js';
import { memoryOver } from './memory.js';
import { capabilitiesOf } from './pace.js';
import { Rooms } from './rooms.js';
import type { Bot, Contact, Friendship, Load, Message, Room } from './sdk.js';
import { load, loadSdk } from './sdk.js';
import type { WechatySettings } from './settings.js';
import { Troubles } from './troubles.js';
import { Welcomes } from './welcome.js';
import { type Language, LIMITED, SAYS } from './words.js';

export interface WechatyTiming {
  /** How often rooms that are not found yet, and what organizers have confirmed, are looked for. */
  look: number;
  /** Some puppets never say that they know all their rooms: after this they do. */
  grace: number;
  /** Older messages are history. */
  old: number;
  retry: number;
  /** How long closing waits for the puppet. */
  close: number;
}

const TIMING: WechatyTiming = { look: 2_000, grace: 60_000, old: 120_000, retry: 500, close: 5_000 };

export interface WechatyParts {
  timing?: WechatyTiming;
  load?: Load;
  /** Shows the picture that is to be scanned. */
  show?(picture: string): void;
}

interface Connected {
  bot: Bot;
  heard: Heard;
}

interface Ears {
  host: Host;
  rooms: Rooms;
  heard: Heard;
  login: Login;
  troubles: Troubles;
}

/** Nothing is written where nobody stands before it. */
function onTerminal(picture: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${picture}\n`);
}

export class WechatyAdapter implements Adapter {
  readonly #settings: WechatySettings;
  readonly #instance: string;
  readonly #timing: WechatyTiming;
  readonly #parts: WechatyParts;
  readonly #capabilities: Capabilities;
  readonly #underWay = new Set<Promise<unknown>>();
  #connected: Connected | undefined;
  #rooms: Rooms | undefined;
  #troubles: Troubles | undefined;
  #host: Host | undefined;
  #looking: NodeJS.Timeout | undefined;
  #closed = false;
  #giveConsoleBack = (): void => undefined;

  constructor(settings: WechatySettings, instance: string, parts: WechatyParts = {}) {
    this.#settings = settings;
    this.#instance = instance;
    this.#timing = parts.timing ?? TIMING;
    this.#parts = parts;
    this.#capabilities = capabilitiesOf(settings);
  }

  /** @throws Error that says what to mend; it may be called again */
  async connect(host: Host): Promise<void> {
    this.#host = host;
    const { WECHATY_PUPPET: name, WECHATY_PUPPET_TOKEN: token } = this.#settings;
    const { show = onTerminal, load: from = load } = this.#parts;
    this.#troubles ??= new Troubles(host.log, token);
    const troubles = this.#troubles;
    this.#giveConsoleBack();
    this.#giveConsoleBack = troubles.takeConsole();
    const sdk = await loadSdk(name, host.about().language, from);
    const memory = await memoryOver(host.sessions, sdk.MemoryCard);
    const rooms = new Rooms(host);
    await rooms.open();
    const bot = sdk.build({ name: 'emcee', puppet: new sdk.Puppet({ token }), memory });
    const { old: oldMs, retry: retryMs } = this.#timing;
    const heard = new Heard({ instance: this.#instance, host, bot, rooms, oldMs, retryMs });
    const login = new Login({ host, troubles, show, load: from, graceMs: this.#timing.grace });
    this.#listen(bot, { host, rooms, heard, login, troubles });
    this.#rooms = rooms;
    this.#connected = { bot, heard };
    await login.open();
    await this.#start(bot, troubles);
    login.begin();
    if (this.#closed) await this.#stop(bot);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    const connected = this.#connected;
    this.#connected = undefined;
    if (connected) await Promise.race([connected.heard.settled(), delay(this.#timing.close, undefined, { ref: false })]);
    await Promise.allSettled(this.#underWay);
    if (connected) await this.#stop(connected.bot);
    this.#giveConsoleBack();
  }

  capabilities(to?: Address): Capabilities {
    const target = to?.startsWith(`${this.#instance}:room:`) ? this.#rooms?.target(to.slice(`${this.#instance}:room:`.length)) : undefined;
    return target && 'stopped' in target ? { ...this.#capabilities, stopped: target.stopped } : this.#capabilities;
  }

  async send(to: Address, wire: Wire): Promise<Receipt> {
    const sending = this.#send(to, String(wire));
    this.#underWay.add(sending);
    try {
      return await sending;
    } finally {
      this.#underWay.delete(sending);
    }
  }

  async resolve(name: string): Promise<Address | undefined> {
    const known = this.#rooms?.addressName(name);
    return known === undefined ? undefined : `${this.#instance}:room:${known}`;
  }

  async #send(to: Address, text: string): Promise<Receipt> {
    const language = this.#host?.about().language ?? 'en';
    const target = await this.#target(to, language);
    try {
      const message = await target.say(text);
      return { platformId: message?.id, state: 'accepted', at: new Date() };
    } catch (error) {
      const failure = failureOf(error, to, language);
      if (failure.reason === 'rate-limited') this.#host?.tell(LIMITED);
      throw failure;
    }
  }

  async #target(to: Address, language: Language): Promise<Room | Contact> {
    const bot = this.#connected?.bot;
    const refused = (reason: 'unreachable' | 'unknown-target', message: string) => new SendError(reason, message, { maybeSent: false });
    if (!bot?.isLoggedIn) throw refused('unreachable', SAYS[language].notSignedIn);
    const [instance, kind, ...rest] = to.split(':');
    const id = rest.join(':');
    const room = kind === 'room' ? this.#rooms?.target(id) : undefined;
    if (room && 'stopped' in room) throw refused('unreachable', room.stopped);
    const target =
      instance !== this.#instance
        ? undefined
        : room
          ? await bot.Room.find({ id: room.roomId })
          : kind === 'person'
            ? await bot.Contact.find({ id })
            : undefined;
    // A room that was there at the login and is not now: Wechaty hides why it could not be asked for.
    if (!target && room && this.#rooms?.isBound(room.roomId)) throw refused('unreachable', SAYS[language].unknown(to));
    if (!target) throw refused('unknown-target', SAYS[language].unknown(to));
    return target;
  }

  #listen(bot: Bot, { host, rooms, heard, login, troubles }: Ears): void {
    const { WECHATY_WELCOME: wanted } = this.#settings;
    const welcomes = new Welcomes({ wanted, bot, heard, rooms, oldMs: this.#timing.old });
    /** Nothing that fails in a listener may end the process. */
    const on = <Args extends never[]>(event: string, listener: (...args: Args) => unknown) =>
      void bot.on(event, (...args: never[]) => {
        if (this.#closed && event !== 'error') return;
        void (async () => listener(...(args as unknown as Args)))().catch((error) =>
          host.log.error({ err: error, event }, 'an event of WeChat could not be handled'),
        );
      });
    let signedInAt = 0;
    let isReady = false;
    let looking: Promise<void> | undefined;
    const look = () => {
      looking ??= rooms
        .look(() => bot.Room.findAll(), isReady || Date.now() - signedInAt > this.#timing.grace)
        .finally(() => {
          looking = undefined;
        });
      return looking;
    };
    on('error', (error: Error) => {
      troubles.note(error);
      if (!this.#closed && !bot.isLoggedIn) login.failed();
    });
    on('scan', (scan: string, status: number) => login.scan(scan, status));
    on('login', async () => {
      signedInAt = Date.now();
      isReady = false;
      // What waits for a room would else be put off; but a puppet that takes long holds nobody up.
      await Promise.race([look(), delay(this.#timing.look, undefined, { ref: false })]);
      await login.signedIn();
    });
    on('ready', () => {
      isReady = true;
    });
    on('logout', () => {
      rooms.signedOut();
      login.signedOut();
    });
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
    clearInterval(this.#looking);
    this.#looking = setInterval(() => {
      if (!bot.isLoggedIn) login.wait();
      else if (rooms.isUnsettled) void look();
    }, this.#timing.look);
    this.#looking.unref();
  }

  /** Wechaty tells the failure of a start as an event like any other. */
  async #start(bot: Bot, troubles: Troubles): Promise<void> {
    let failed: Error | undefined;
    bot.on('error', (error: Error) => {
      failed ??= error;
    });
    let began = false;
    const begins = () => {
      began = true;
    };
    bot.on('scan', begins).on('login', begins);
    await bot.start();
    if (!failed || began || bot.isLoggedIn) return;
    await this.#stop(bot);
    throw new Error(`WeChat (Wechaty): ${troubles.masked(failed.message)}`);
  }

  async #stop(bot: Bot): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#timing.close);
    });
    await Promise.race([bot.stop().catch((error) => this.#host?.log.warn({ err: error }, 'Wechaty did not stop in good order')), late]);
    clearTimeout(timer);
  }
}
