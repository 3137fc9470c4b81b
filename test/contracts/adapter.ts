/**
 * What every adapter has to do, as a list of cases that any test runner can run:
 *
 *   for (const { name, run } of adapterContract(subject)) test(name, run);
 *
 * Adapters that live elsewhere import it from 'emcee/contract'.
 */
import assert from 'node:assert/strict';
import type { Adapter, AdapterModule, Address, ConnectionState, Host, Incoming, Outgoing, SendError } from '../../src/adapter.js';

/** The adapter under test, over a platform that the test can look into. */
export interface Subject {
  module: AdapterModule;
  /** A new adapter on a fresh platform. */
  create(): Adapter | Promise<Adapter>;
  /** An address that can be written to. */
  address: Address;
  /** What arrived at the platform so far, as text. */
  arrived(): string[] | Promise<string[]>;
  /** Lets somebody say this on the platform; undefined where the adapter only sends. */
  say?(text: string): void | Promise<void>;
  /** Makes the next send fail; undefined where it cannot. */
  breakNextSend?(): void | Promise<void>;
  /** Frees what the platform holds. */
  close?(): void | Promise<void>;
}

export interface Case {
  name: string;
  run(): Promise<void>;
}

const LINK = 'https://example.org/slides/20231104?a=1&b=2';
const MESSAGES: readonly Outgoing[] = [
  { text: 'hello' },
  { text: '**bold** and [a link](https://example.org/x)\n- one\n- two' },
  {
    text: 'the card',
    card: {
      title: '云原生 + AI Meetup 成都站',
      lines: ['2023-11-04 14:00'],
      links: [{ label: 'slides', url: LINK, password: 'abcd', note: 'n' }],
    },
  },
  {
    text: 'which?',
    choices: [
      { label: 'one', say: '1' },
      { label: 'two', say: '2' },
    ],
  },
  { text: '<script>alert(1)</script> <!channel> @everyone \u202e\u0000 ]]>' },
  { text: `${'long '.repeat(5_000)}`, card: { title: 'long', links: [{ label: 'slides', url: LINK }] } },
];

export function adapterContract(subject: Subject): Case[] {
  const { module } = subject;
  const cases: Case[] = [];
  const add = (name: string, run: () => void | Promise<void>) => cases.push({ name: `${module.name}: ${name}`, run: async () => run() });
  const withAdapter = (name: string, run: (adapter: Adapter, host: TestHost) => Promise<void>) =>
    add(name, async () => {
      const host = testHost();
      const adapter = await subject.create();
      try {
        await adapter.connect(host);
        await run(adapter, host);
      } finally {
        await adapter.close();
        await subject.close?.();
      }
    });

  add('its name is a word of small letters, and each setting says what it is', () => {
    assert.match(module.name, /^[a-z][a-z0-9-]*$/);
    for (const [name, setting] of Object.entries(module.settings)) {
      assert.match(name, /^[A-Z][A-Z0-9_]*$/);
      assert.ok(setting.description.length > 10, `${name} has no description`);
    }
  });

  add('format is pure: the same message gives the same wire, which is plain JSON, and leaves the message alone', () => {
    for (const message of MESSAGES) {
      const before = JSON.stringify(message);
      const wire = module.format(message);
      assert.deepEqual(module.format(message), wire);
      assert.deepEqual(JSON.parse(JSON.stringify(wire)), wire);
      assert.equal(JSON.stringify(message), before);
    }
  });

  add('a preview shows the link itself, its password and every choice', () => {
    const [, , card, choices] = MESSAGES.map((message) => module.preview(module.format(message)));
    assert.ok(card?.includes(LINK), `the link is missing in: ${card}`);
    assert.ok(card?.includes('abcd'), 'the password is missing');
    assert.ok(choices?.includes('one') && choices.includes('two'), 'a choice is missing');
  });

  withAdapter('connects, says so, and tells what it can do', async (adapter, host) => {
    assert.ok(!host.states.some(({ is }) => is === 'offline'), 'it reported offline');
    const { proactive, limits, gapMs } = adapter.capabilities();
    assert.ok(proactive === 'always' || proactive === 'never' || proactive.withinMs > 0);
    assert.ok(gapMs[0] >= 0 && gapMs[1] >= gapMs[0]);
    for (const limit of limits) assert.ok(limit.count > 0);
  });

  withAdapter('what is sent arrives, in order, with a receipt', async (adapter) => {
    // A platform that only takes answers in its own requests (a WeChat account without customer service).
    if (adapter.capabilities().proactive === 'never') return;
    const receipts = [];
    for (const text of ['first', 'second', 'third'])
      receipts.push(await adapter.send(subject.address, module.format({ text }), { deliveryId: text }));
    for (const receipt of receipts) assert.ok(receipt.at instanceof Date && ['accepted', 'waiting', 'delivered'].includes(receipt.state));
    const arrived = (await subject.arrived()).join('\n');
    const places = ['first', 'second', 'third'].map((text) => arrived.indexOf(text));
    assert.ok(
      places.every((place, i) => place >= 0 && (i === 0 || place > (places[i - 1] ?? 0))),
      `arrived: ${arrived}`,
    );
  });

  const { say, breakNextSend } = subject;
  if (say)
    withAdapter('what is said reaches the host, with an id, an address and a sender', async (_adapter, host) => {
      await say('20231104');
      await say('help');
      const heard = await host.heard(2);
      assert.deepEqual(
        heard.map(({ text }) => text),
        ['20231104', 'help'],
      );
      assert.equal(new Set(heard.map(({ id }) => id)).size, 2, 'two messages have one id');
      for (const { where, sender, at } of heard) {
        assert.match(where, new RegExp(`^${module.name}:(room|person|audience):.+`));
        assert.ok(sender.id.length > 0 && !sender.isBot && at instanceof Date);
      }
    });

  if (breakNextSend && !module.passive)
    withAdapter('a send that fails rejects with a SendError', async (adapter) => {
      await breakNextSend();
      await assert.rejects(adapter.send(subject.address, module.format({ text: 'lost' })), (error: SendError) => {
        assert.equal(error.name, 'SendError');
        assert.equal(typeof error.maybeSent, 'boolean');
        return true;
      });
    });

  add('close may come twice, and before connect', async () => {
    const adapter = await subject.create();
    await adapter.close();
    await adapter.close();
    await subject.close?.();
  });
  return cases;
}

export interface TestHost extends Host {
  states: ConnectionState[];
  /** Notices to organizers, in English. */
  told: string[];
  /** All that was heard so far. */
  messages: Incoming[];
  /** Settles when so many messages were heard; rejects after five seconds. */
  heard(count: number): Promise<Incoming[]>;
}

/** A host that keeps what it hears. */
export function testHost(answer: (message: Incoming) => Outgoing | undefined = () => undefined): TestHost {
  const messages: Incoming[] = [];
  const states: ConnectionState[] = [];
  const told: string[] = [];
  const kept = new Map<string, unknown>();
  const silent = () => undefined;
  return {
    states,
    told,
    messages,
    receive: async (message) => {
      messages.push(message);
      const reply = answer(message);
      return reply ? { reply } : {};
    },
    settle: silent,
    report: (state) => void states.push(state),
    tell: (notice) => void told.push(notice.en),
    namesChanged: silent,
    about: () => ({ name: 'emcee', language: 'en', welcome: { zh: '你好！', en: 'Hello!' } }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    sessions: {
      get: async <T>(key: string) => kept.get(key) as T | undefined,
      set: async (key, value) => kept.set(key, value),
      delete: async (key) => kept.delete(key),
    },
    async heard(count) {
      for (let waited = 0; messages.length < count && waited < 5_000; waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
      assert.ok(messages.length >= count, `heard ${messages.length} of ${count} messages`);
      return messages.slice(0, count);
    },
  };
}
