import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { drive } from './drive.mjs';
import { type Json, startSlack } from './slack.mjs';

test('as a process of its own it takes commands by line, and answers each', async () => {
  const started = spawn(process.execPath, [fileURLToPath(new URL('main.mjs', import.meta.url)), '{"gapMs":0}']);
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Json> => JSON.parse((await lines.next()).value ?? 'null');
  const ask = (command: object) => {
    started.stdin.write(`${JSON.stringify(command)}\n`);
    return next();
  };
  const { url } = await next();
  const web = new WebClient('xoxb-test-token', { slackApiUrl: url, retryConfig: { retries: 0 } });
  await web.chat.postMessage({ channel: '#events', text: 'hello' });
  expect(await ask({ id: 1, posts: {} })).toMatchObject({ id: 1, result: [{ text: 'hello' }] });
  expect(await ask({ id: 2, state: {} })).toMatchObject({ id: 2, result: { posts: 1, sockets: 0 } });
  expect(await ask({ id: 3, dance: {} })).toEqual({ id: 3, error: "there is no command 'dance'" });
  expect(await ask({ id: 4, say: { channel: 'nowhere' } })).toEqual({ id: 4, error: "there is no channel 'nowhere'" });
  expect(await ask({ id: 5, set: { hook: 'http://127.0.0.1:1/' } })).toEqual({ id: 5, result: null });
  expect(await ask({ id: 6, say: { channel: 'UANN', text: 'x' } })).toMatchObject({ result: { responses: [{ status: 0 }] } });
  started.stdin.write('{"close":{}}\n');
  expect(await once(started, 'exit')).toEqual([0, null]);
});

test('many messages at a rate: each answer belongs to its question', async () => {
  const slack = await startSlack({ gapMs: 0 });
  const web = new WebClient(slack.botToken, { slackApiUrl: slack.url, retryConfig: { retries: 0 } });
  const bot = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { event } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    response.end();
    if (event.text !== '3')
      await web.chat.postMessage({ channel: event.channel, text: event.text, ...(event.channel === 'CEVENTS' && { thread_ts: event.ts }) });
  });
  await once(bot.listen(0, '127.0.0.1'), 'listening');
  slack.hook = `http://127.0.0.1:${(bot.address() as { port: number }).port}/`;
  const alone = await drive(slack, { count: 20, perSecond: 1_000, users: 20, waitMs: 200, raw: true });
  expect(alone).toMatchObject({ sent: 20, failed: 0, missing: 1, ack: { count: 20 }, answer: { count: 19 } });
  expect(alone.answerMs).toHaveLength(19);
  expect(await drive(slack, { count: 20, perSecond: 1_000, channel: 'CEVENTS', text: 'q{n}' })).toMatchObject({ sent: 20, missing: 0 });
  bot.closeAllConnections();
  bot.close();
  await slack.close();
});
