// The bot as a process over a WeChat that outlives it: killed between taking and answering, commanded from beside.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { emcee, type StartedBot, startBot, temporaryFolder } from '../../cli/emcee.js';
import { until } from '../../fakes/platform.js';
import { whereInstalled } from '../../fakes/wechaty/installed.js';
import { WeChat } from '../../fakes/wechaty/wechat.js';
import { UNPACED } from './scene.js';

// Processes start, and Wechaty takes a second to import.
vi.setConfig({ testTimeout: 120_000 });
const there = whereInstalled();

const PUPPET = fileURLToPath(new URL('../../fakes/wechaty/puppet.mjs', import.meta.url));
const SLIDES = 'https://example.org/slides/20231104';

interface Scene {
  env: Record<string, string>;
  start(): Promise<StartedBot>;
  deliveries(...options: string[]): Promise<{ state: string; address: string; reason: string | null }[]>;
}

async function onWeChat(wechat: WeChat, act: (scene: Scene) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'content/events'), { recursive: true });
  folder.write('content/slides.yaml', `'20231104': ${SLIDES}\n`);
  folder.write('content/events/2023-11-04.md', "---\ntitle: 成都站\nstart: 2023-11-04 14:00\ncodes: ['20231104']\n---\n");
  folder.write('content/emcee.yaml', "community: 社区\nlanguage: zh\nchannels: [{ name: 成都群, address: 'wechaty:成都群', tags: [a] }]\n");
  const bots: StartedBot[] = [];
  const env = {
    ...{ EMCEE_CONTENT: join(folder.path, 'content'), EMCEE_DATA: join(folder.path, 'data'), WEB_CHAT: 'off' },
    ...{ ...UNPACED, WECHATY_PUPPET: PUPPET, WECHATY_PUPPET_TOKEN: String(await wechat.listen()) },
  };
  try {
    await act({
      env,
      async start() {
        const bot = await startBot(env);
        bots.push(bot);
        return bot;
      },
      deliveries: async (...options) => JSON.parse((await emcee(['deliveries', '--json', ...options], { env })).stdout),
    });
  } finally {
    await Promise.all(bots.map((bot) => bot.kill('SIGKILL')));
    wechat.close();
    folder.remove();
  }
}

async function stateOf(bot: StartedBot): Promise<Record<string, unknown>> {
  const health = (await (await fetch(`${bot.url}/healthz`)).json()) as { adapters: { wechaty: Record<string, unknown> } };
  return health.adapters.wechaty;
}
const online = (bot: StartedBot) => until(async () => (await stateOf(bot)).is === 'online', 'the login');

there('kill -9: an answer that WeChat may have is never repeated, one that was not sent goes, nothing is answered twice', async () => {
  const world = new WeChat();
  world.room('@cd', '成都群');
  await onWeChat(world, async ({ start, deliveries }) => {
    const first = await start();
    await online(first);
    world.moods.push('took-it-and-hang');
    const asked = world.say('ann', '20231104');
    await until(() => world.sentTo('ann').length === 1);
    await first.kill('SIGKILL');
    const second = await start();
    await online(second);
    // WeChat's history after a login: the same message, still young.
    world.play({ is: 'say', id: asked, from: 'ann', to: 'me', text: '20231104' });
    world.say('ben', '20231104', '@cd');
    await until(() => world.sentTo('@cd').length === 1, 'the room goes on');
    expect(world.sentTo('ann')).toHaveLength(1);
    expect((await deliveries('--replies')).map(({ address, state }) => `${address} ${state}`)).toEqual([
      'wechaty:person:ann unknown',
      'wechaty:room:@cd sent',
    ]);
    expect(await second.kill('SIGTERM')).toBe(0);
  });
});

there('from an empty folder to a bound room, by commands beside the bot; the kill switch works from there, too', async () => {
  const world = new WeChat();
  world.signedIn = false;
  world.room('@cd', '成都群');
  await onWeChat(world, async ({ env, start }) => {
    const bot = await start();
    await until(async () => (await stateOf(bot)).is === 'waiting-for-login');
    await until(() => {
      world.play({ is: 'scan', qrcode: 'https://login.weixin.qq.com/l/SECRETSCAN', status: 2 });
      return bot.log().includes('emcee login wechaty');
    });
    expect((await emcee(['login', 'wechaty'], { env })).stdout).toMatch(/[▀▄█]{3}/);
    world.play({ is: 'login', id: 'me' });
    await online(bot);
    expect(await emcee(['login', 'wechaty'], { env })).toMatchObject({ code: 1, stdout: expect.stringContaining('waits for no login') });

    expect((await emcee(['rooms'], { env })).stdout).toBe('unbound  成都群\n');
    expect(await emcee(['rooms', 'bind', '没有'], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('These are: 成都群'),
    });
    const { stdout } = await emcee(['rooms', 'bind', '成都群'], { env });
    world.say('ann', /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(stdout)?.[0] ?? '', '@cd');
    await until(async () => JSON.parse((await emcee(['rooms', '--json'], { env })).stdout)[0].state === 'bound', 'the binding');

    expect((await emcee(['pause', 'wechaty'], { env })).stdout).toContain('wechaty is paused');
    expect((await emcee(['pause', 'nowhere'], { env })).stderr).toContain('no platform that is on');
    await new Promise((resolve) => setTimeout(resolve, 600));
    world.say('ann', '20231104', '@cd');
    await until(async () => (await stateOf(bot)).queued === 1);
    expect(world.sent).toEqual([]);
    await emcee(['resume', 'wechaty'], { env });
    await until(() => world.sentTo('@cd').length === 1);
    expect(world.sentTo('@cd')[0]).toContain(SLIDES);

    expect((await emcee(['doctor'], { env })).stdout).toMatch(/warning +platforms +wechaty: nobody can be an organizer over it/);
    expect(bot.log() + bot.stdout()).not.toMatch(/SECRETSCAN|[▀▄█]/);
    expect(await bot.kill('SIGTERM')).toBe(0);
  });
});
