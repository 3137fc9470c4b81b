// Messages that the chat page would never send: each is answered or refused in words, and none costs much memory.
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedBot } from '../cli/emcee.js';
import { memoryOf, newCookie, newId, openSocket, say } from '../fakes/http.js';
import { toughBot } from './bots.js';

const tough = toughBot();
let bot: StartedBot;
beforeAll(() => {
  bot = tough();
});

describe('bodies', () => {
  const message = (text: string) => `{"id":"${newId()}","text":${text}}`;
  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half of it', '{"id":"message-0001"'],
    ['null', 'null'],
    ['true', 'true'],
    ['an array', '[]'],
    ['an array of messages', `[${message('"help"')}]`],
    ['a number', '7'],
    ['a number beyond all', '1e400'],
    ['a text', '"help"'],
    ['a text that is a number', message('1e400')],
    ['a text that is a list', message('["help"]')],
    ['a text that is an object', message('{"toString":"help"}')],
    ['a prototype', `{"__proto__":${message('"help"')}}`],
    ['a prototype by another name', `{"constructor":{"prototype":${message('"help"')}}}`],
    ['an id that is no name', '{"id":"../../etc/passwd","text":"help"}'],
    ['an id with a line end', '{"id":"message-0001\\n","text":"help"}'],
    ['a long id', `{"id":"${'i'.repeat(65)}","text":"help"}`],
    ['UTF-16', Buffer.from(message('"help"'), 'utf16le')],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x80])],
    ['deep nesting', '['.repeat(20_000)],
  ])('%s is refused in words', async (_, body) => {
    const { status, body: answer } = await say(bot.url, { body: typeof body === 'string' ? body : new Uint8Array(body) });
    expect(status).toBe(400);
    expect(answer.error).toMatch(/\w/);
  });

  test.each([
    '"\\ud800"',
    '"\\udc00 20231104 \\ud83d"',
    '"\\u0000"',
    '"a\\u0000b"',
    '""',
    '" "',
    '"__proto__"',
    '"constructor"',
    '"\\u202e\\u2066"',
  ])('the text %s has an answer, also when it is said again', async (text) => {
    const body = message(text);
    const cookie = newCookie();
    const first = await say(bot.url, { body, cookie });
    expect([first.status, typeof first.body.id]).toEqual([200, 'string']);
    expect((await say(bot.url, { body, cookie })).body).toEqual(first.body);
  });

  test('4096 bytes are a message, however they are written, and 4097 are not', async () => {
    for (const text of ['x'.repeat(4096), '界'.repeat(1365), '\u0001'.repeat(4096)])
      expect((await say(bot.url, { text })).status).toBe(200);
    for (const text of ['x'.repeat(4097), '界'.repeat(1366), '\u0001'.repeat(4097)])
      expect((await say(bot.url, { text })).status).toBe(413);
  });

  const megabytes = (count: number) =>
    new ReadableStream({
      pull(controller) {
        if (count-- > 0) controller.enqueue(new Uint8Array(1024 * 1024));
        else controller.close();
      },
    });
  test.runIf(process.platform === 'linux')('long ones are refused early and cost no memory', async () => {
    const before = memoryOf(bot.child.pid);
    for (const body of [() => 'x'.repeat(1024 * 1024), () => megabytes(1), () => megabytes(8)])
      for (let i = 0; i < 5; i++) {
        const answer = await say(bot.url, { body: body() }).catch(() => ({ status: 413 }));
        expect(answer.status).toBe(413);
      }
    expect(memoryOf(bot.child.pid) - before).toBeLessThan(20);
  });

  // Where no route takes a body, the framework's own limit holds: 1 MB each, kept until it is whole.
  test.runIf(process.platform === 'linux')('long ones for pages that are not there cost no memory either', async () => {
    const before = memoryOf(bot.child.pid);
    const part = Buffer.concat([
      Buffer.from('POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n'),
      Buffer.alloc(900_000),
    ]);
    const sockets = Array.from({ length: 100 }, () => openSocket(bot.url, part));
    await setTimeout(1_500);
    const grown = memoryOf(bot.child.pid) - before;
    for (const socket of sockets) socket.destroy();
    expect(grown).toBeLessThan(40);
  });
});
