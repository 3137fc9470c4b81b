import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../fakes/platform.js';
import { emcee, SAMPLE, type StartedBot, startBot, temporaryFolder } from './emcee.js';

let folder: ReturnType<typeof temporaryFolder>;
let bots: StartedBot[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.kill('SIGKILL')));
  bots = [];
  folder.remove();
});

const env = (more: Record<string, string> = {}) => ({ EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, 'data'), ...more });
async function start(more: Record<string, string> = {}, options: { stdin?: 'pipe' | 'ignore' } = {}): Promise<StartedBot> {
  const bot = await startBot(env(more), options);
  bots.push(bot);
  return bot;
}

describe('emcee start with nothing configured', () => {
  test('chats on standard input and answers /healthz', async () => {
    const bot = await start({}, { stdin: 'pipe' });
    bot.say('20231104');
    await until(() => bot.stdout().includes('example.org/slides/20231104'), 'the slides link');
    const health = await fetch(`${bot.url}/healthz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ ok: true, events: 7, adapters: { console: { is: 'online' } } });
    expect(bot.log()).toContain('sample content');
    expect(await bot.kill()).toBe(0);
  });

  test.skipIf(process.platform !== 'linux')('goes on quietly when whoever read its log has gone away', async () => {
    mkdirSync(join(folder.path, 'events'));
    folder.write('emcee.yaml', 'community: x\n');
    const bot = await start({ EMCEE_CONTENT: folder.path, EMCEE_DATA: join(folder.path, 'data') });
    bot.child.stderr?.destroy();
    // A mistake is worth a line in the log.
    folder.write('events/bad.md', '---\nstart: never\ntitle: [\n---\n');
    const worked = () => {
      const fields = readFileSync(`/proc/${bot.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    };
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = worked();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    // In hundredths of a second: a bot that has nothing to do does nearly nothing, on a slow machine too.
    expect(worked() - before).toBeLessThan(60);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  });

  test('answers carry security headers, also a 404, and details stay on this machine', async () => {
    const bot = await start();
    for (const path of ['/', '/nowhere', '/hooks/none', '/%E0%A4%A', '/hooks/%00', '/healthz']) {
      const response = await fetch(bot.url + path);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('x-powered-by')).toBeNull();
    }
    const forwarded = await fetch(`${bot.url}/healthz`, { headers: { 'X-Forwarded-For': '8.8.8.8' } });
    expect(await forwarded.json()).toEqual({ ok: true });
    expect((await fetch(`${bot.url}/healthz`, { method: 'POST' })).status).toBe(405);
  });

  test('a signal stops it in good order; a taken port and wrong settings are told in words', async () => {
    const bot = await start();
    expect(await bot.kill('SIGINT')).toBe(0);
    const taken = createServer().listen(0, '127.0.0.1');
    await until(() => taken.listening);
    const port = String((taken.address() as AddressInfo).port);
    const second = await emcee(['start'], { env: env({ PORT: port }) });
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
    taken.close();
    const wrong = await emcee(['start'], { env: env({ PORT: 'x', LOG_LEVEL: 'loud' }) });
    expect(wrong.code).toBe(2);
    for (const name of ['PORT', 'LOG_LEVEL']) expect(wrong.stderr).toContain(name);
  });
});

/** Somebody else's adapter: plain JavaScript in a folder outside the project, nothing of emcee imported. */
const TINY = `
import { appendFileSync, existsSync } from 'node:fs';
if (process.env.TINY_TIMER) setInterval(() => {}, 1000);
export default {
  name: 'tiny',
  settings: { TINY_OUT: { description: 'The file that messages are written to.' } },
  format: (message) => ({ text: [message.text, ...(message.card?.links ?? []).map((link) => link.url)].join(' ') }),
  preview: (wire) => wire.text,
  create({ TINY_OUT }, instance) {
    let host;
    return {
      connect: (given) => { host = given; return process.env.TINY_DEAF ? new Promise(() => {}) : Promise.resolve(); },
      close: () => process.env.TINY_DEAF ? new Promise(() => {}) : Promise.resolve(),
      capabilities: () => ({ proactive: 'always', rooms: true, choices: false, limits: [], gapMs: [0, 0] }),
      async send(to, wire, { deliveryId }) {
        if (existsSync(TINY_OUT + '.hang')) return new Promise(() => {});
        appendFileSync(TINY_OUT, JSON.stringify({ to, text: wire.text, deliveryId }) + '\\n');
        return { platformId: deliveryId, state: 'accepted', at: new Date() };
      },
      webhook: {
        maxBytes: 1000,
        async handle({ body, query }) {
          if (query) return { status: 200, body: query };
          const { id, text } = JSON.parse(body.toString());
          await host.receive({ id, where: instance + ':person:ann', sender: { id: 'ann', isBot: false }, text, addressed: true, at: new Date() });
          return { status: 200, body: 'kept' };
        },
      },
    };
  },
};
`;

describe('an adapter from a folder outside the project', () => {
  let tiny: Record<string, string>;
  let out = '';
  beforeEach(() => {
    mkdirSync(join(folder.path, 'tiny-adapter'));
    folder.write('tiny-adapter/index.mjs', TINY);
    out = join(folder.path, 'out');
    tiny = { EMCEE_ADAPTERS: join(folder.path, 'tiny-adapter'), TINY_OUT: out };
  });
  const sent = () =>
    existsSync(out)
      ? readFileSync(out, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  const post = (bot: StartedBot, body: string | object) =>
    fetch(`${bot.url}/hooks/tiny`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

  test('answers its members; a repeat is answered once, also after a restart', async () => {
    const bot = await start(tiny);
    const replies = await Promise.all([1, 2, 3].map(() => post(bot, { id: 'm1', text: '２０２３１１０４' })));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    await until(() => sent().length === 1);
    expect(sent()).toMatchObject([{ to: 'tiny:person:ann', text: expect.stringContaining('https://example.org/slides/20231104') }]);
    await bot.kill();
    const again = await start(tiny);
    await post(again, { id: 'm1', text: '20231104' });
    await post(again, { id: 'm2', text: 'help' });
    await until(() => sent().length === 2);
    await again.kill();
  });

  test('killed between accept and send: nothing accepted is lost, what may have left is not repeated', async () => {
    const bot = await start(tiny);
    folder.write('out.hang', '');
    await post(bot, { id: 'under way', text: '20231104' });
    await post(bot, { id: 'waiting', text: 'help' });
    await bot.kill('SIGKILL');
    const { unlinkSync } = await import('node:fs');
    unlinkSync(`${out}.hang`);
    const next = await start(tiny);
    await until(() => sent().length === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent().map(({ deliveryId }) => deliveryId)).toEqual(['reply:tiny:waiting']);
    await next.kill();
  });

  test('a message that its code chokes on, or one that is too long, takes nothing down', async () => {
    const bot = await start(tiny);
    expect((await post(bot, 'no json')).status).toBe(500);
    expect((await post(bot, 'x'.repeat(5_000)).catch(() => ({ status: 413 }))).status).toBe(413);
    expect((await post(bot, { id: 'm1', text: '__proto__' })).status).toBe(200);
    expect((await post(bot, { id: 'm2', text: '20231104' })).status).toBe(200);
    await until(() => sent().some(({ text }) => text.includes('slides/20231104')));
    await bot.kill();
  });

  test('one whose code is broken leaves the others alone; one that is not there is a wrong setting', async () => {
    const broken = folder.write('broken.mjs', 'throw new Error("on purpose")');
    const bot = await start({ ...tiny, EMCEE_ADAPTERS: `${broken},${tiny.EMCEE_ADAPTERS}` });
    expect(bot.log()).toContain('on purpose');
    expect((await post(bot, { id: 'm1', text: '20231104' })).status).toBe(200);
    await bot.kill();
    const missing = await emcee(['start'], { env: env({ EMCEE_ADAPTERS: './nowhere.mjs' }) });
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('nowhere.mjs')]);
  });

  test('one that never connects holds nobody back, and nothing keeps a signal from ending the bot', async () => {
    const bot = await start({ ...tiny, TINY_DEAF: '1' }, { stdin: 'pipe' });
    bot.say('20231104');
    await until(() => bot.stdout().includes('slides/20231104'));
    expect(await bot.kill()).toBe(0);
  }, 40_000);

  test('a bot that did not start ends, whatever an adapter left running', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await until(() => taken.listening);
    const { code } = await emcee(['start'], {
      env: env({ ...tiny, TINY_TIMER: '1', PORT: String((taken.address() as AddressInfo).port) }),
    });
    expect(code).toBe(1);
    taken.close();
  });

  test('its webhook gets the query whole', async () => {
    const bot = await start(tiny);
    expect(await (await fetch(`${bot.url}/hooks/tiny?a=1?b=2&c=%E0`)).text()).toBe('a=1?b=2&c=%E0');
    await bot.kill();
  });

  test('a package that is not installed is a wrong setting', async () => {
    const { code, stderr } = await emcee(['start'], { env: env({ EMCEE_ADAPTERS: 'no-such-package' }) });
    expect([code, stderr]).toEqual([2, expect.stringContaining('no-such-package')]);
  });

  test('secrets do not reach the log', async () => {
    const bot = await start({ ...tiny, EMCEE_METRICS_TOKEN: 'canary-token-canary' });
    await fetch(`${bot.url}/hooks/tiny?signature=canary-signature`, { method: 'POST', body: 'canary-token-canary' });
    await bot.kill();
    expect(bot.log()).not.toContain('canary');
  });
});
