// Whatever happens inside, WeChat gets a well-formed answer: the text, or `success`.
import { afterEach, describe, expect, test } from 'vitest';
import wechat from '../../adapters/wechat/index.js';
import type { Adapter, Host, Outgoing } from '../../src/adapter.js';
import { testHost } from '../contracts/adapter.js';
import { request, TOKEN, text } from '../fakes/wechat/account.js';

const never = <Value>() => new Promise<Value>(() => undefined);
const failing = () => Promise.reject(new Error('the disk is full'));
const HINT: Outgoing = { text: 'how to ask', hint: true };

let adapter: Adapter;
afterEach(() => adapter.close());

async function connect(changes: Partial<Host>, reply: Outgoing = { text: 'the slides' }): Promise<void> {
  adapter = wechat.create({ WECHAT_TOKEN: TOKEN, WECHAT_HINTS: 'hourly', WECHAT_API_URL: 'http://127.0.0.1:9' }, 'wechat');
  await adapter.connect({ ...testHost(() => reply), ...changes });
}
async function arrives(xml = text('20231104')): Promise<string> {
  const { query, body } = request({ token: TOKEN }, xml);
  const search = new URLSearchParams(query).toString();
  const signal = new AbortController().signal;
  const response = await adapter.webhook?.handle({ method: 'POST', path: '', query: search, headers: {}, body: Buffer.from(body), signal });
  expect(response?.status).toBe(200);
  return String(response?.body);
}
const sessions = (work: () => Promise<never>) => ({ get: work, set: work, delete: work });

describe.each([
  ['hangs', never],
  ['fails', failing],
] as const)('a bot that %s', (_, work) => {
  test('WeChat hears success', async () => {
    await connect({ receive: work });
    expect(await arrives()).toBe('success');
  });

  test('what is kept between messages is not waited for', async () => {
    await connect({ sessions: sessions(work) });
    expect(await arrives()).toContain('the slides');
    await adapter.close();
    await connect({ sessions: sessions(work) }, HINT);
    expect(await arrives()).toContain('how to ask');
    // This process remembers it all the same.
    expect(await arrives(text('hello'))).toBe('success');
  });
});

test('four deliveries of a message that takes its time are one for the bot', async () => {
  let asked = 0;
  await connect({
    receive: async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { reply: { text: `answer ${asked}` } };
    },
  });
  const xml = text('20231104');
  const answers = await Promise.all([1, 2, 3, 4].map(() => arrives(xml)));
  expect(answers.every((answer) => answer.includes('answer 1'))).toBe(true);
  expect(asked).toBe(1);
});

test('before it is connected, and after it was closed, WeChat is asked to try again', async () => {
  adapter = wechat.create({ WECHAT_TOKEN: TOKEN, WECHAT_HINTS: 'hourly', WECHAT_API_URL: 'http://127.0.0.1:9' }, 'wechat');
  await expect(arrives()).rejects.toThrow(/503/);
  await adapter.connect(testHost(() => ({ text: 'x' })));
  expect(await arrives()).toContain('x');
  await adapter.close();
  await expect(arrives()).rejects.toThrow(/503/);
});
