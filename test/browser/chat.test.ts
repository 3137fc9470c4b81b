import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { ask, hasBrowser, launch, newTab, newVisitor } from './browser.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe.skipIf(!hasBrowser)('the chat page in a browser', () => {
  const data = temporaryFolder();
  let browser: Browser;
  let bot: StartedBot;
  beforeAll(async () => {
    [browser, bot] = await Promise.all([launch(), startBot({ EMCEE_DATA: data.path })]);
  });
  afterAll(async () => {
    await browser?.close();
    await bot?.kill();
    data.remove();
  });

  test.each([
    ['phone', PHONE, 'zh-CN', 'light'],
    ['desktop', { viewport: { width: 1280, height: 800 } }, 'en-US', 'dark'],
  ] as const)('20231104 gets the card with slides and six videos: %s', async (_name, size, locale, colorScheme) => {
    const { page, context, wrongs } = await newVisitor(browser, bot.url, { ...size, locale, colorScheme });
    await ask(page, '20231104');
    const links = page.locator('.card a.button');
    expect(await links.count()).toBe(7);
    expect(await links.first().getAttribute('href')).toBe('https://example.org/slides/20231104');
    const slides = await links.first().boundingBox();
    expect(slides?.height).toBeGreaterThanOrEqual(44);
    // Nothing sticks out to the side, and the slides are in view without scrolling.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect((slides?.y ?? -1) > 0 && (slides?.y ?? 9999) < size.viewport.height).toBe(true);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale === 'zh-CN' ? 'zh-CN' : 'en');
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test('the first paint is small, and asks no other host for anything', async () => {
    const { page, context, wrongs } = await newVisitor(browser, 'about:blank', {});
    let bytes = 0;
    page.on('response', async (response) => {
      if (!response.url().includes('/stream')) bytes += (await response.request().sizes()).responseBodySize;
    });
    await page.goto(bot.url);
    await page.locator('.connection.online').waitFor();
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(60_000);
    expect(wrongs.filter((each) => !each.includes(bot.url))).toEqual([]);
    await context.close();
  });

  test('choices are buttons; 更多 pages on; the numbers can be typed too', async () => {
    const { page, context } = await newVisitor(browser, bot.url);
    expect(await ask(page, '活动')).toContain('7');
    const answers = page.locator('.log > .bot');
    await answers.last().getByRole('button', { name: '更多' }).click();
    await expect.poll(() => answers.last().innerText()).toContain('2/2');
    await answers.nth(1).getByRole('button', { name: '成都站' }).first().click();
    await expect.poll(() => answers.last().innerText()).toContain('成都站');
    await ask(page, '活动');
    expect(await ask(page, '1')).toContain('2036-05-17');
    await context.close();
  });

  test('a link is copied with one tap', async () => {
    const { page, context } = await newVisitor(browser, bot.url, PHONE);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask(page, '20231104');
    const copy = page.getByRole('button', { name: '复制链接：六个议题的 PPT' });
    await copy.tap();
    await expect.poll(() => copy.innerText()).toBe('已复制');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://example.org/slides/20231104');
    await context.close();
  });

  test('messages are kept over a reload, and two tabs of one visitor agree', async () => {
    const { page, context } = await newVisitor(browser, bot.url);
    await ask(page, '20231104');
    const second = await newTab(context, bot.url);
    await ask(second.page, '下一场');
    const texts = (of: typeof page) => of.locator('.log > *').allInnerTexts();
    await expect.poll(() => texts(page)).toEqual(await texts(second.page));
    await page.reload();
    expect(await texts(page)).toEqual(await texts(second.page));
    // The list asked for in one tab is answered by its number in the other: they are one visitor.
    await ask(page, '活动');
    expect(await ask(second.page, '1')).toContain('2036-05-17');
    await context.close();
  });

  test('two visitors share nothing', async () => {
    const one = await newVisitor(browser, bot.url);
    const two = await newVisitor(browser, bot.url);
    await ask(one.page, '活动');
    expect(await ask(two.page, '1')).not.toContain('2036-05-17');
    expect(await two.page.locator('.log').innerText()).not.toContain('活动列表');
    const who = [await ask(one.page, '我是谁'), await ask(two.page, '我是谁')];
    expect(who[0]).toMatch(/web:person:[\w-]{22}/);
    expect(who[0]).not.toBe(who[1]);
    await Promise.all([one.context.close(), two.context.close()]);
  });

  test('offline, what is said waits; back online it is answered once', async () => {
    const { page, context } = await newVisitor(browser, bot.url);
    await page.locator('.connection.online').waitFor();
    await context.setOffline(true);
    await page.locator('.connection.offline').waitFor();
    await page.getByRole('textbox').fill('20231104');
    await page.getByRole('textbox').press('Enter');
    await page.getByText('发送中').waitFor();
    await context.setOffline(false);
    await page.locator('.card').waitFor();
    await page.locator('.connection.online').waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    await context.close();
  });

  test('the bot restarts under an open page: the page says so, comes back by itself, and nothing is lost', async () => {
    const folder = temporaryFolder();
    const port = String(20_000 + (process.pid % 20_000));
    let own = await startBot({ EMCEE_DATA: folder.path, PORT: port });
    const { page, context, wrongs } = await newVisitor(browser, own.url);
    await ask(page, '活动');
    await own.kill('SIGKILL');
    await page.locator('.connection.offline').waitFor();
    await page.getByRole('textbox').fill('1');
    await page.getByRole('textbox').press('Enter');
    own = await startBot({ EMCEE_DATA: folder.path, PORT: port });
    await expect.poll(() => page.locator('.log > .bot').last().innerText(), { timeout: 20_000 }).toContain('2036-05-17');
    await page.locator('.connection.online').waitFor();
    expect(await page.locator('.log > .me').count()).toBe(2);
    expect(wrongs).toEqual([]);
    await context.close();
    await own.kill();
    folder.remove();
  });

  test('what the bot says by itself appears on the open page it is for, at once and once', async () => {
    const content = temporaryFolder();
    mkdirSync(join(content.path, 'events'));
    content.write('events/past.md', '---\ntitle: 往期活动\nstart: 2024-03-01T10:00\ncodes: [20240301]\n---\n');
    content.write('emcee.yaml', 'language: zh\n');
    const own = await startBot({ EMCEE_CONTENT: content.path, EMCEE_DATA: join(content.path, 'data') });
    const [organizer, member] = [await newVisitor(browser, own.url), await newVisitor(browser, own.url)];
    const address = /web:person:[\w-]{22}/.exec(await ask(organizer.page, '我是谁'))?.[0];
    content.write('emcee.yaml', `language: zh\norganizers: [${address}]\n`);
    await expect
      .poll(
        async () => {
          await ask(member.page, '20240301');
          return organizer.page.locator('.log > .bot').count();
        },
        { timeout: 15_000, interval: 1_000 },
      )
      .toBe(3);
    expect(await organizer.page.locator('.log > .bot').last().innerText()).toContain('20240301');
    await organizer.page.reload();
    expect(await organizer.page.locator('.log > .bot').count()).toBe(3);
    await Promise.all([organizer.context.close(), member.context.close()]);
    await own.kill();
    content.remove();
  });

  test('too fast: the page says that it waits, and keeps what is to be sent over a reload', async () => {
    const { page, context } = await newVisitor(browser, bot.url);
    for (let i = 0; i < 22; i += 1) {
      await page.getByRole('textbox').fill(`谢谢 ${i}`);
      await page.getByRole('textbox').press('Enter');
    }
    await page.getByText('稍后会自动发出').waitFor();
    await page.reload();
    await page.getByText('稍后会自动发出').waitFor();
    expect(await page.locator('.log > .me').count()).toBe(22);
    expect(await page.locator('.log > .bot').count()).toBe(21);
    expect(await page.getByText('发送中').count()).toBe(2);
    await context.close();
  });

  test('a link to a code fills the input, and sends nothing', async () => {
    const { context } = await newVisitor(browser, bot.url);
    const { page } = await newTab(context, bot.url, '/#say=20231104');
    expect(await page.getByRole('textbox').inputValue()).toBe('20231104');
    expect(await page.locator('.log > .me').count()).toBe(0);
    await context.close();
  });

  test('clearing the chat makes the visitor somebody new', async () => {
    const { page, context, wrongs } = await newVisitor(browser, bot.url);
    const before = await ask(page, '我是谁');
    page.removeAllListeners('dialog');
    page.once('dialog', (dialog) => void dialog.accept());
    const forgotten = page.waitForResponse(/forget/);
    await page.getByRole('button', { name: '清空' }).click();
    await forgotten;
    await expect.poll(() => page.locator('.log > .me').count()).toBe(0);
    expect(await ask(page, '我是谁')).not.toBe(before);
    expect(wrongs).toEqual([]);
    await context.close();
  });
});
