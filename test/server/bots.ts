// Bots for a test file: started for it, ended with it.
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { SAMPLE, type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { say } from '../fakes/http.js';

/** One bot, which survives whatever the tests try: at the end it still answers, has logged no failure, and ends in good order. */
export function toughBot(): () => StartedBot {
  const folder = temporaryFolder();
  let bot: StartedBot;
  beforeAll(async () => {
    bot = await startBot({ EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, 'data') });
    await fetch(bot.url);
  });
  afterAll(async () => {
    const { status } = await say(bot.url);
    const code = await bot.kill();
    folder.remove();
    expect([status, code]).toEqual([200, 0]);
    expect(bot.log()).not.toMatch(/"level":"(error|fatal)"|Warning/);
  });
  return () => bot;
}

/** Starts bots with folders of their own, or with one that an earlier bot had. */
export function severalBots(): {
  folder: ReturnType<typeof temporaryFolder>;
  start(more?: Record<string, string>, data?: string): Promise<StartedBot>;
} {
  const folder = temporaryFolder();
  const started: StartedBot[] = [];
  afterAll(async () => {
    await Promise.all(started.map((each) => each.kill('SIGKILL')));
    folder.remove();
  });
  return {
    folder,
    async start(more = {}, data = `data${started.length}`) {
      const bot = await startBot({ EMCEE_CONTENT: SAMPLE, EMCEE_DATA: join(folder.path, data), ...more });
      started.push(bot);
      return bot;
    },
  };
}
