// What emcee says unasked reaches the open pages of its visitors: once, all of it, and nobody else's.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYBODY, Mailboxes } from '../../adapters/web/mailboxes.js';
import type { Sessions } from '../../src/adapter.js';
import { temporaryFolder } from '../cli/emcee.js';
import { newCookie, type OpenStream, openStream, raw, say } from '../fakes/http.js';
import { until } from '../fakes/platform.js';
import { severalBots } from './bots.js';

const { start } = severalBots();

describe('posts', () => {
  const streams: OpenStream[] = [];
  const open = async (...args: Parameters<typeof openStream>) => {
    const stream = await openStream(...args);
    streams.push(stream);
    return stream;
  };
  const CODES = ['20360517', '20360618'];
  let organizer: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    const first = await start();
    organizer = newCookie();
    const address = /web:person:[\w-]+/.exec((await say(first.url, { cookie: organizer, text: 'whoami' })).body.reply?.text ?? '')?.[0];
    const content = temporaryFolder();
    const pages = CODES.map((code) => `---\ntitle: Meetup ${code}\nstart: 2036-05-17 14:00\ncodes: ['${code}']\n---\n`);
    content.write('emcee.yaml', `community: Ours\ntimezone: UTC\nlanguage: en\norganizers: ['${address}']\n`);
    mkdirSync(join(content.path, 'events'));
    pages.forEach((page, index) => void content.write(`events/page${index}.md`, page));
    env = { EMCEE_CONTENT: content.path };
    return () => content.remove();
  });
  afterAll(() => streams.forEach((stream) => void stream.close()));

  test('reach the streams of their visitor only, once, also after a killed bot and a new connection', async () => {
    const ours = await start(env, 'posts');
    const [visitor, bystander] = [newCookie(), newCookie()];
    const [mine, again, other] = await Promise.all([organizer, organizer, bystander].map((cookie) => open(ours.url, cookie)));
    for (const stream of [mine, again, other]) await until(() => stream?.text().includes('event: hello') === true, 'the greeting');
    await say(ours.url, { cookie: visitor, text: CODES[0] });
    await until(() => mine?.posts().length === 1 && again?.posts().length === 1, 'the notice on both pages');
    const [post] = mine?.posts() ?? [];
    expect(post?.message.text).toContain(CODES[0]);
    expect(other?.posts()).toEqual([]);

    const unseen = async (url: string, ...args: [query?: string, headers?: Record<string, string>]) => {
      const stream = await open(url, organizer, ...args);
      await until(() => stream.text().includes('event: hello'), 'the greeting');
      return stream.posts();
    };
    const seq = String(post?.seq);
    expect(await unseen(ours.url, `?after=${seq}`)).toEqual([]);
    expect(await unseen(ours.url, '?after=0')).toEqual([post]);
    expect(await unseen(ours.url, '?after=0', { 'Last-Event-ID': seq })).toEqual([]);
    await ours.kill('SIGKILL');
    await until(() => mine?.ended() === true, 'the end of the stream');

    const next = await start(env, 'posts');
    expect(await unseen(next.url, `?after=${seq}`)).toEqual([]);
    expect(await unseen(next.url, '?after=0')).toEqual([post]);
    await say(next.url, { cookie: visitor, text: CODES[1] });
    const posts = async (cookie: string, query: string) =>
      (await (await fetch(`${next.url}/api/chat/posts${query}`, { headers: { Cookie: cookie } })).json()).posts;
    await until(async () => (await posts(organizer, `?after=${seq}`)).length === 1, 'the second notice');
    expect((await unseen(next.url, '', { 'Last-Event-ID': seq })).map(({ message }) => message.text)).toEqual([
      expect.stringContaining(CODES[1] ?? ''),
    ]);
    expect(await posts(bystander, '?after=0')).toEqual([]);
    expect(await next.kill()).toBe(0);
  });

  test('go to six pages of one visitor, not to a seventh; a signal ends open streams and the bot', async () => {
    const ours = await start();
    const cookie = newCookie();
    const six = await Promise.all([1, 2, 3, 4, 5, 6].map(() => open(ours.url, cookie)));
    expect(six.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect((await open(ours.url, cookie)).status).toBe(429);
    expect((await open(ours.url, newCookie())).status).toBe(200);
    six[0]?.close();
    await until(async () => (await open(ours.url, cookie)).status === 200, 'a free place');
    expect(await ours.kill()).toBe(0);
    await until(() => six.every((stream) => stream.ended()), 'the end of the streams');
  });
});

describe('streams', () => {
  // A HEAD opens a stream that nobody can close: six of them, and the visitor has no more pages until a restart.
  test('a HEAD takes no place', async () => {
    const bot = await start();
    const cookie = newCookie();
    for (let i = 0; i < 7; i++) {
      const head = `HEAD /api/chat/stream HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`;
      expect(await raw(bot.url, head)).toMatch(/^HTTP\/1.1 (200|404|405)/);
    }
    const stream = await openStream(bot.url, cookie);
    stream.close();
    expect(stream.status).toBe(200);
  });

  // `unseen` reads everybody's box first and the visitor's own, slowly, after it: what is posted meanwhile is in neither.
  test('what is posted to everybody while a page opens is not missed', async () => {
    const kept = new Map<string, unknown>();
    let slow: Promise<unknown> = Promise.resolve();
    const sessions: Sessions = {
      get: async <T>(key: string) => {
        if (key === 'box:visitor') await slow;
        return kept.get(key) as T | undefined;
      },
      set: async (key, value) => kept.set(key, value),
      delete: async (key) => kept.delete(key),
    };
    const mailboxes = await Mailboxes.open(sessions);
    const first = await mailboxes.add(EVERYBODY, { text: 'first' }, 'd1', 1_000);
    // The page opens; its stream is there, and is told of new posts, only when this has settled.
    let go = () => undefined as unknown;
    slow = new Promise((resolve) => {
      go = () => resolve(undefined);
    });
    const opening = mailboxes.unseen('visitor', first.seq, 2_000);
    await mailboxes.add(EVERYBODY, { text: 'second' }, 'd2', 2_000);
    go();
    expect((await opening).map(({ message }) => message.text)).toEqual(['second']);
  });
});
