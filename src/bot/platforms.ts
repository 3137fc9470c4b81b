/**
 * The adapters while they run: connecting and connecting again, their state for /healthz, and what each sees of emcee (Host).
 * One that fails never takes the others down.
 */
import type {
  Adapter,
  AdapterModule,
  Address,
  Capabilities,
  ConnectionState,
  Host,
  Incoming,
  Logger,
  Outgoing,
  Receipt,
  Sessions,
} from '../adapter.js';
import { SendError } from '../adapter.js';
import type { Senders } from '../organizers/people.js';
import type { Outcome } from '../store/port.js';

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 5 * 60_000;

export interface Platform {
  instance: string;
  module: AdapterModule;
  adapter: Adapter;
  /** What is known of who writes there. */
  senders: Senders;
  state: ConnectionState;
  /** Since when it is in that state; milliseconds since 1970, as below. */
  since: number;
  lastHeard: number | null;
  lastSent: number | null;
}

export interface PlatformsParts {
  log: Logger;
  sessions(instance: string): Sessions;
  about: Host['about'];
  receive(platform: Platform, message: Incoming): Promise<{ reply?: Outgoing }>;
  settle(deliveryId: string, outcome: Outcome): void;
  tell: Host['tell'];
  organizers?: Host['organizers'];
  namesChanged?: Host['namesChanged'];
  /** A platform went away or came back. */
  changed(platform: Platform, before: ConnectionState['is']): void;
  now?: () => number;
}

export class Platforms {
  readonly all: Platform[] = [];
  readonly #parts: PlatformsParts;
  readonly #retries = new Set<NodeJS.Timeout>();
  #closing = false;

  constructor(parts: PlatformsParts) {
    this.#parts = parts;
  }

  /** Makes an adapter; it receives nothing before `connect`. */
  add(module: AdapterModule, settings: Record<string, unknown>): void {
    const instance = module.name;
    try {
      const adapter = module.create(settings, instance);
      if (typeof adapter?.send !== 'function') throw new TypeError(`create() of '${instance}' gave no adapter`);
      const senders = module.unstableIds?.(settings) ? 'changing' : (module.senders ?? 'account');
      this.all.push({
        instance,
        module,
        adapter,
        senders,
        state: { is: 'connecting' },
        since: this.#now(),
        lastHeard: null,
        lastSent: null,
      });
    } catch (error) {
      this.#parts.log.error({ err: error, adapter: instance }, 'an adapter cannot be created');
    }
  }

  /** Settles when every adapter is connected or has failed for the first time (it is then tried again). */
  async connect(): Promise<void> {
    await Promise.all(this.all.map((platform) => this.#connect(platform, FIRST_RETRY_MS)));
  }

  /** The adapter that an address belongs to, while it is online. */
  of(address: string): Platform | undefined {
    const instance = address.slice(0, address.indexOf(':'));
    return this.all.find((platform) => platform.instance === instance && platform.state.is === 'online');
  }

  /** A message has left through this instance. */
  sent(instance: string): void {
    const platform = this.all.find((each) => each.instance === instance);
    if (platform) platform.lastSent = this.#now();
  }

  /** Names of the instances that are online. */
  online(): string[] {
    return this.all.filter(({ state }) => state.is === 'online').map(({ instance }) => instance);
  }

  capabilities(address: string): Capabilities | undefined {
    return this.of(address)?.adapter.capabilities(address as Address);
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const retry of this.#retries) clearTimeout(retry);
    await Promise.all(
      this.all.map(async (platform) => {
        await Promise.resolve()
          .then(() => platform.adapter.close())
          .catch((error) => this.#parts.log.error({ err: error, adapter: platform.instance }, 'an adapter did not close'));
        platform.state = { is: 'closed' };
      }),
    );
  }

  async #connect(platform: Platform, retryMs: number): Promise<void> {
    try {
      await platform.adapter.connect(this.#host(platform));
      // Unless it has said otherwise itself: it may wait for a login.
      if (platform.state.is === 'connecting' || platform.state.is === 'offline') this.#report(platform, { is: 'online' });
    } catch (error) {
      if (this.#closing) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.#report(platform, { is: 'offline', reason, retryAt: new Date(this.#now() + retryMs) });
      const retry = setTimeout(() => {
        this.#retries.delete(retry);
        void this.#connect(platform, Math.min(retryMs * 2, LONGEST_RETRY_MS));
      }, retryMs);
      retry.unref();
      this.#retries.add(retry);
    }
  }

  #report(platform: Platform, state: ConnectionState): void {
    if (this.#closing) return;
    const before = platform.state.is;
    platform.state = state;
    if (state.is === before) return;
    platform.since = this.#now();
    const { log } = this.#parts;
    if (state.is === 'offline') log.warn({ adapter: platform.instance, reason: state.reason }, 'a platform is not reachable');
    else log.info({ adapter: platform.instance, state: state.is }, 'a platform changed its state');
    this.#parts.changed(platform, before);
  }

  #host(platform: Platform): Host {
    const { log, about, sessions, receive, settle, tell, organizers, namesChanged = () => undefined } = this.#parts;
    return {
      receive: (message) => {
        platform.lastHeard = this.#now();
        return receive(platform, message);
      },
      settle: (deliveryId, result) => settle(deliveryId, late(result)),
      report: (state) => this.#report(platform, state),
      tell,
      namesChanged,
      about,
      log,
      sessions: sessions(platform.instance),
      organizers,
    };
  }

  #now(): number {
    return (this.#parts.now ?? Date.now)();
  }
}

function late(result: Receipt | SendError): Outcome {
  if (!(result instanceof SendError)) return { state: 'sent', platformId: result.platformId, receipt: result.state, counts: result.counts };
  return result.maybeSent ? { state: 'unknown', reason: result.message } : { state: 'refused', reason: result.reason };
}
