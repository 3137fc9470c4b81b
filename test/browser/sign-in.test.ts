import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { until } from '../fakes/platform.js';
import { ask, hasBrowser, launch, newTab, newVisitor } from './browser.js';

describe.skipIf(!hasBrowser)('signing in with a browser', () => {
  const data = temporaryFolder();
  let browser: Browser;
  let bot: StartedBot;
  beforeAll(async () => {
    // The sample's organizer sits at the terminal.
    [browser, bot] = await Promise.all([launch(), startBot({ EMCEE_DATA: data.path }, { stdin: 'pipe' })]);
  });
  afterAll(async () => {
    await browser?.close();
    await bot?.kill();
    data.remove();
  });

  test('from the terminal’s link to the chat as an organizer, and out again', async () => {
    const { page, context, wrongs } = await newVisitor(browser, bot.url);
    expect(await ask(page, '组织者')).not.toContain('console:person:local');

    bot.say('登录');
    await until(() => /#[\w-]{43}/.test(bot.stdout()), 'the link');
    const path = /\/sign-in#[\w-]{43}/.exec(bot.stdout())?.[0] ?? '';
    const door = await newTab(context, bot.url, path);
    // Neither what is shown nor the history keeps the token.
    await door.page.getByRole('button', { name: '登录' }).waitFor();
    expect(door.page.url()).toBe(`${bot.url}/sign-in`);
    await door.page.getByRole('button', { name: '登录' }).click();
    await door.page.waitForURL(`${bot.url}/`);
    await door.page.getByText('已登录为组织者：console:person:local').waitFor();
    expect(await ask(door.page, '组织者')).toContain('console:person:local');
    expect(await door.page.evaluate(() => document.cookie)).toBe('');

    const again = await newTab(context, bot.url, path);
    await again.page.getByRole('button', { name: '登录' }).click();
    await again.page.getByText('用过了').waitFor();

    await door.page.getByRole('button', { name: '退出登录' }).click();
    await door.page.getByText('已登录为组织者').waitFor({ state: 'detached' });
    expect(await ask(door.page, '组织者名单')).not.toContain('console:person:local');
    expect([...wrongs, ...door.wrongs, ...again.wrongs]).toEqual([]);
    await context.close();
  });
});
