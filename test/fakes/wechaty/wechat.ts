// WeChat as it is for an account: people, groups, what is said. It can be played inside the test's process or, over a socket, with a bot
// that is another process and may be killed.
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What the puppet is told; see puppet.mjs. */
type Step = { is: string } & Record<string, unknown>;

export interface Puppet {
  play(step: Step): unknown;
  deliver(to: string, text: string): Promise<void>;
  accepted?: string[];
  memory: { get(key: string): Promise<unknown> };
}

/** What becomes of the next messages that the bot sends. */
type Mood = 'fine' | 'hang' | 'took-it-and-hang' | { error: string };

const ME = { id: 'me', name: '司仪' };

export class WeChat {
  readonly people = new Map<string, string>([
    [ME.id, ME.name],
    ['ann', 'Ann'],
    ['ben', '小明'],
  ]);
  readonly rooms = new Map<string, { topic: string; members: string[] }>();
  /** What the bot has said, by room or person. */
  readonly sent: { to: string; text: string; at: number }[] = [];
  readonly moods: Mood[] = [];
  /** After the bot has connected: what the phone shows. */
  signedIn = true;
  #puppet: Puppet | undefined;
  #server: Server | undefined;
  #sockets = new Set<Socket>();
  #said = 0;

  room(id: string, topic: string, members: readonly string[] = [ME.id, 'ann', 'ben']): void {
    this.rooms.set(id, { topic, members: [...members] });
  }

  /** For a puppet in this process. */
  script = (puppet: Puppet): void => {
    this.#puppet = puppet;
    puppet.deliver = (to, text) => this.#take(to, text);
  };

  /** The account's contacts, rooms and, where the phone is signed in, the login. */
  begin(): void {
    for (const [id, name] of this.people) this.play({ is: 'contact', id, name });
    for (const [id, { topic, members }] of this.rooms) this.play({ is: 'room', id, topic, memberIdList: members });
    if (this.signedIn) this.play({ is: 'login', id: ME.id });
  }

  play(step: Step): void {
    if (this.#puppet) this.#puppet.play(step);
    else for (const socket of this.#sockets) socket.write(`${JSON.stringify(step)}\n`);
  }

  /** What the puppet finds in its memory card. */
  remembered(): Promise<unknown> {
    return this.#puppet?.memory.get('slot') ?? Promise.resolve(undefined);
  }

  /** Somebody says something: in a room (`@…`), or to the bot. Returns the message's id. */
  say(from: string, text: string, to = ME.id, more: Record<string, unknown> = {}): string {
    this.#said += 1;
    const id = `m${this.#said}-${from}`;
    this.play({ is: 'say', id, from, to, text, ...more });
    return id;
  }

  /** What was sent there so far. */
  sentTo(to: string): string[] {
    return this.sent.filter((each) => each.to === to).map(({ text }) => text);
  }

  /** Lets a bot that is another process connect; its WECHATY_PUPPET_TOKEN is the port. */
  async listen(): Promise<number> {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
      createInterface({ input: socket }).on('line', (line) => {
        const { id, to, text } = JSON.parse(line) as { id: number; to: string; text: string };
        this.#take(to, text).then(
          () => socket.write(`${JSON.stringify({ receipt: id })}\n`),
          (error: Error) => socket.write(`${JSON.stringify({ receipt: id, error: error.message })}\n`),
        );
      });
      this.begin();
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server?.close();
  }

  async #take(to: string, text: string): Promise<void> {
    const mood = this.moods.shift() ?? 'fine';
    if (typeof mood === 'object') throw new Error(mood.error);
    if (mood !== 'hang') this.sent.push({ to, text, at: Date.now() });
    if (mood !== 'fine') await new Promise<never>(() => undefined);
  }
}
