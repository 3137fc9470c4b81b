// A platform in memory, with moods: what the ledger and the bot are tried against.
import {
  type Adapter,
  type AdapterModule,
  type Address,
  type Capabilities,
  type Host,
  plainText,
  type Receipt,
  SendError,
} from '../../src/adapter.js';

type Mood = 'fine' | 'hang' | 'refuse' | 'cut' | 'no-connection' | { retryAfterMs: number };

export class FakePlatform {
  readonly arrived: { to: Address; text: string; deliveryId: string | undefined; at: number }[] = [];
  /** The mood of the next sends, in order; then `fine`. */
  readonly moods: Mood[] = [];
  readonly module: AdapterModule;
  capabilities: Capabilities = { proactive: 'always', rooms: true, choices: false, limits: [], gapMs: [0, 0] };
  connectErrors: Error[] = [];
  host: Host | undefined;
  underWay = 0;
  mostUnderWay = 0;
  sendMs = 0;
  readonly adapter: Adapter;

  constructor(name = 'fake', options: { passive?: boolean } = {}) {
    this.adapter = {
      connect: async (host) => {
        const error = this.connectErrors.shift();
        if (error) throw error;
        this.host = host;
      },
      close: async () => undefined,
      capabilities: () => this.capabilities,
      send: (to, wire, sendOptions) => this.#send(to, String(wire), sendOptions?.deliveryId),
    };
    this.module = {
      name,
      settings: {},
      passive: options.passive,
      format: (message) => plainText(message),
      preview: (wire) => String(wire),
      create: () => this.adapter,
    };
  }

  async #send(to: Address, text: string, deliveryId: string | undefined): Promise<Receipt> {
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      const mood = this.moods.shift() ?? 'fine';
      if (this.sendMs > 0) await new Promise((resolve) => setTimeout(resolve, this.sendMs));
      if (mood === 'hang') return await new Promise<never>(() => undefined);
      if (mood === 'refuse') throw new SendError('not-allowed', 'not in the room', { maybeSent: false });
      if (mood === 'no-connection') throw new SendError('unreachable', 'connection refused', { maybeSent: false });
      if (typeof mood === 'object') throw new SendError('rate-limited', 'slow down', { maybeSent: false, retryAfterMs: mood.retryAfterMs });
      this.arrived.push({ to, text, deliveryId, at: Date.now() });
      if (mood === 'cut') throw new SendError('unreachable', 'reset after the bytes left', { maybeSent: true });
      return { platformId: `p${this.arrived.length}`, state: 'accepted', at: new Date() };
    } finally {
      this.underWay -= 1;
    }
  }

  texts(): string[] {
    return this.arrived.map(({ text }) => text);
  }
}

const PATIENCE_MS = 45_000;

/** Waits until something holds; rejects after three quarters of a minute. */
export async function until(holds: () => boolean | Promise<boolean>, what = 'it'): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} did not come to hold in ${PATIENCE_MS / 1000} seconds`);
}

export const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
