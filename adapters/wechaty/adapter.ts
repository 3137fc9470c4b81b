import type { Adapter, Address, Capabilities, Host, Receipt, SendOptions, Wire } from '../../src/adapter.js';
import { SendError } from '../../src/adapter.js';
import { failureOf } from './failures.js';
import { Heard } from './heard.js';
import { listen } from './listen.js';
import { Login } from './login.js';
import { type Memory, memoryOver } from './memory.js';
import { capabilitiesOf } from './pace.js';
import { Rooms } from './rooms.js';
import type { Bot, Contact, Load, Room } from './sdk.js';
import { load, loadSdk, type Sdk } from './sdk.js';
import type { WechatySettings } from './settings.js';
import { stopKeepingLogin } from './stopping.js';
import { Troubles } from './troubles.js';
import { Welcomes } from './welcome.js';
import { within } from './within.js';
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
  puppet: object;
  memory: Memory;
  heard: Heard;
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
  #closed = false;
  #stopLooking = (): void => undefined;
  #giveConsoleBack = (): void => undefined;

  constructor(settings: WechatySettings, instance: string, parts: WechatyParts = {}) {
    this.#settings = settings;
    this.#instance = instance;
    this.#timing = parts.timing ?? TIMING;
    this.#parts = parts;
    this.#capabilities = capabilitiesOf(settings);
  }

  /** @throws Error that says what to mend; it may be called again */
  async connect(given: Host): Promise<void> {
    const { WECHATY_PUPPET: name, WECHATY_PUPPET_TOKEN: token, WECHATY_WELCOME: wanted } = this.#settings;
    const { show = onTerminal, load: from = load } = this.#parts;
    this.#troubles ??= new Troubles(given.log, token);
    const troubles = this.#troubles;
    const host: Host = Object.assign(Object.create(given) as Host, { log: troubles.masking(given.log) });
    this.#host = host;
    this.#giveConsoleBack();
    this.#giveConsoleBack = troubles.takeConsole();
    const sdk = await loadSdk(name, host.about().language, from);
    const memory = await memoryOver(host.sessions, sdk.MemoryCard);
    const { old: oldMs, retry: retryMs, grace } = this.#timing;
    const rooms = new Rooms(host, grace);
    await rooms.open();
    const { bot, puppet } = this.#build(sdk, memory, troubles);
    const heard = new Heard({ instance: this.#instance, host, bot, rooms, oldMs, retryMs });
    const login = new Login({ host, troubles, show, load: from, graceMs: grace });
    const welcomes = new Welcomes({ wanted, bot, heard, rooms, oldMs });
    this.#stopLooking();
    this.#stopLooking = listen(bot, { host, rooms, heard, login, troubles, welcomes, timing: this.#timing, isClosed: () => this.#closed });
    this.#rooms = rooms;
    this.#connected = { bot, puppet, memory, heard };
    await login.open();
    await this.#start(this.#connected, troubles);
    login.begin();
    if (this.#closed) await this.#stop({ bot, puppet, memory, heard });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopLooking();
    const connected = this.#connected;
    this.#connected = undefined;
    const settled = Promise.resolve(connected?.heard.settled()).then(() => Promise.allSettled(this.#underWay));
    await within(this.#timing.close, settled).catch(() => undefined);
    if (connected) await this.#stop(connected);
    this.#giveConsoleBack();
  }

  capabilities(to?: Address): Capabilities {
    const target = to?.startsWith(`${this.#instance}:room:`) ? this.#rooms?.target(to.slice(`${this.#instance}:room:`.length)) : undefined;
    return target && 'stopped' in target ? { ...this.#capabilities, stopped: target.stopped } : this.#capabilities;
  }

  async send(to: Address, wire: Wire, options: SendOptions = {}): Promise<Receipt> {
    const sending = this.#send(to, String(wire), options);
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

  async #send(to: Address, text: string, { signal }: SendOptions): Promise<Receipt> {
    const language = this.#host?.about().language ?? 'en';
    const target = await this.#target(to, language);
    // Finding it may have taken long: what was given up meanwhile is not said late.
    if (signal?.aborted) throw new SendError('unreachable', SAYS[language].late, { maybeSent: false });
    try {
      const message = await target.say(text);
      return { platformId: message?.id, state: 'accepted', at: new Date() };
    } catch (error) {
      const failure = failureOf(this.#troubles?.maskedError(error) ?? error, to, language);
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

  /** @throws Error without the token: what a puppet says goes to /healthz and to organizers */
  #build(sdk: Sdk, memory: Memory, troubles: Troubles): { bot: Bot; puppet: object } {
    try {
      const puppet = new sdk.Puppet({ token: this.#settings.WECHATY_PUPPET_TOKEN });
      return { bot: sdk.build({ name: 'emcee', puppet, memory: memory.card }), puppet };
    } catch (error) {
      throw new Error(`WeChat (Wechaty): ${troubles.maskedError(error).message}`);
    }
  }

  /** Wechaty tells the failure of a start as an event like any other. */
  async #start(connected: Connected, troubles: Troubles): Promise<void> {
    const { bot } = connected;
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
    await this.#stop(connected);
    throw new Error(`WeChat (Wechaty): ${troubles.masked(failed.message)}`);
  }

  async #stop({ bot, puppet, memory }: Connected): Promise<void> {
    await stopKeepingLogin(bot, puppet, memory, this.#timing.close).catch((error) =>
      this.#host?.log.warn({ err: error }, 'Wechaty did not stop in good order'),
    );
  }
}
