// The terminal as a chat platform: what a newcomer talks to first, and the smallest complete adapter.
import { fstatSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import {
  type Adapter,
  type AdapterModule,
  type Capabilities,
  type Host,
  type Outgoing,
  plainText,
  type Receipt,
  SendError,
} from '../../src/adapter.js';

interface Streams {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

const CAPABILITIES: Capabilities = { proactive: 'always', rooms: false, choices: false, limits: [], gapMs: [0, 0] };
const CLEAR_LINE = '\r\u001b[K';

class ConsoleAdapter implements Adapter {
  readonly #streams: Streams;
  readonly #instance: string;
  readonly #underWay = new Set<Promise<unknown>>();
  #lines: Interface | undefined;
  #count = 0;

  constructor(instance: string, streams: Streams) {
    this.#instance = instance;
    this.#streams = streams;
  }

  async connect(host: Host): Promise<void> {
    const { input, output } = this.#streams;
    // Ids must differ between runs: the inbox remembers them for a day.
    const run = `${Date.now().toString(36)}-${process.pid}`;
    const lines = createInterface(input.isTTY ? { input, output, prompt: '> ' } : { input, terminal: false });
    this.#lines = lines;
    lines.on('line', (text) => {
      this.#count += 1;
      this.#take(host, `${run}-${this.#count}`, text);
    });
    // Ctrl-C and Ctrl-D on a terminal mean "I am done"; the end of a pipe or file only ends the chat.
    lines.on('close', () => {
      if (this.#lines && input.isTTY) process.kill(process.pid, 'SIGTERM');
    });
    // Without a listener the end of a pipe (`| head`) would end the process.
    output.on('error', (error) => host.report({ is: 'offline', reason: `the terminal is gone: ${error.message}` }));
    host.report({ is: 'online' });
    this.#prompt();
  }

  async close(): Promise<void> {
    const lines = this.#lines;
    this.#lines = undefined;
    lines?.close();
    await Promise.all(this.#underWay);
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  send(_to: string, wire: unknown): Promise<Receipt> {
    const { input, output } = this.#streams;
    return new Promise((resolve, reject) => {
      output.write(`${input.isTTY ? CLEAR_LINE : ''}${String(wire)}\n\n`, (error) => {
        if (error) return reject(new SendError('unreachable', `the terminal is gone: ${error.message}`, { maybeSent: true, cause: error }));
        this.#prompt();
        resolve({ state: 'delivered', at: new Date() });
      });
    });
  }

  #take(host: Host, id: string, text: string): void {
    const where = `${this.#instance}:person:local` as const;
    const receiving: Promise<unknown> = host
      .receive({ id, where, sender: { id: 'local', isBot: false }, text, addressed: true, at: new Date() })
      .catch((error) => host.log.error({ err: error }, 'a line from the terminal could not be taken'))
      .finally(() => this.#underWay.delete(receiving));
    this.#underWay.add(receiving);
  }

  #prompt(): void {
    if (this.#streams.input.isTTY) this.#lines?.prompt(true);
  }
}

/** Somebody may type here: a terminal, a pipe or a file; not the /dev/null that a service manager gives. */
function standardInputIsOpen(): boolean {
  if (process.stdin.isTTY) return true;
  try {
    const input = fstatSync(0);
    return input.isFIFO() || input.isFile() || input.isSocket();
  } catch {
    return false;
  }
}

const adapter: AdapterModule = {
  name: 'console',
  settings: {},
  enabled: standardInputIsOpen,
  format: (message: Outgoing) => plainText(message),
  preview: (wire) => String(wire),
  create: (_settings, instance) => new ConsoleAdapter(instance, { input: process.stdin, output: process.stdout }),
};
export default adapter;

/** The same over other streams, for tests. */
export function consoleOver(streams: Streams): Adapter {
  return new ConsoleAdapter('console', streams);
}
