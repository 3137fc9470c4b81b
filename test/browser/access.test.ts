// Without a mouse, for screen readers, without JavaScript, in another site's frame, behind a proxy that knows no streams.
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { ask, hasBrowser, launch, newVisitor } from './browser.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds that is serious or worse (WCAG 2.2 A and AA). */
async function serious(page: Page): Promise<string[]> {
  const context = page.context();
  // The page's own policy lets no foreign script in: axe runs where that policy does not reach.
  const session = await context.newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0]?.html }));
  });
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, html }) => `${id}: ${html}`);
}

describe.skipIf(!hasBrowser)('everybody can use the pages', () => {
  const data = temporaryFolder();
  let browser: Browser;
  let bot: StartedBot;
  let site: Server;
  let siteUrl: string;
  /** Whose script the site has on its page. */
  let embedded: string;
  beforeAll(async () => {
    site = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(
        `<!doctype html><html lang="zh"><title>community</title><body><h1>社区</h1><script src="${embedded}/embed.js" async></script>`,
      );
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    siteUrl = `http://localhost:${(site.address() as AddressInfo).port}`;
    [browser, bot] = await Promise.all([launch(), startBot({ EMCEE_DATA: data.path, WEB_EMBED_ORIGINS: siteUrl })]);
    embedded = bot.url;
  });
  afterAll(async () => {
    await browser?.close();
    await bot?.kill();
    site.close();
    site.closeAllConnections();
    data.remove();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious in the chat, on /events and /sign-in: %s', async (colorScheme) => {
    const { page, context } = await newVisitor(browser, bot.url, { colorScheme });
    await ask(page, '20231104');
    await ask(page, '活动');
    await ask(page, 'x'.repeat(900));
    expect(await serious(page)).toEqual([]);
    for (const path of ['/events', '/events?year=1900', '/sign-in']) {
      await page.goto(`${bot.url}${path}`);
      expect(await serious(page)).toEqual([]);
    }
    await context.close();
  });

  test('with the keyboard only: ask, choose, copy, and the focus is always to be seen', async () => {
    const { page, context } = await newVisitor(browser, bot.url, { viewport: { width: 1280, height: 800 } });
    const focused = () =>
      page.evaluate(() => {
        const at = document.activeElement;
        const outline = at && getComputedStyle(at).outlineStyle;
        return { text: at?.getAttribute('aria-label') ?? at?.textContent ?? '', seen: outline !== 'none' };
      });
    // The input has the focus from the start.
    await page.keyboard.type('活动');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.log > .bot').count()).toBe(2);
    let chosen = false;
    for (let step = 0; step < 30 && !chosen; step += 1) {
      await page.keyboard.press('Shift+Tab');
      const { text, seen } = await focused();
      expect(seen, `no focus ring on '${text}'`).toBe(true);
      chosen = text.includes('2023-11-04');
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.log > .bot').count()).toBe(3);
    expect(await page.locator('.log > .bot').last().innerText()).toContain('成都站');
    await context.close();
  });

  test('/events can be read without JavaScript, the chat says where to go', async () => {
    const { page, context } = await newVisitor(browser, bot.url, { javaScriptEnabled: false });
    await page.getByRole('link', { name: '活动列表' }).click();
    expect(await page.locator('article').count()).toBe(7);
    await page.getByRole('link', { name: '2023' }).first().click();
    expect(await page.locator('article').count()).toBe(2);
    expect(await page.locator('body').innerText()).not.toContain('example.org/slides');
    await context.close();
  });

  test('on a community’s own site: a button opens the chat, which answers; Escape closes it', async () => {
    const context = await browser.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(siteUrl);
    await page.getByRole('button', { name: '活动助手' }).click();
    const chat = page.frameLocator('iframe');
    await chat.getByRole('textbox').fill('20231104');
    await chat.getByRole('textbox').press('Enter');
    await chat.locator('.card').waitFor();
    expect(await chat.locator('.card a.button').first().getAttribute('href')).toBe('https://example.org/slides/20231104');
    await page.locator('h1').click();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('iframe').isHidden()).toBe(true);
    expect(await page.evaluate(() => Object.keys(window).filter((name) => /^(embed|source|script|e|t|n)$/.test(name)))).toEqual([]);
    await context.close();
  });

  test('a site that is not on the list cannot show it', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (said) => refused.push(said.text()));
    await page.goto(siteUrl.replace('localhost', '127.0.0.1'));
    await page.getByRole('button', { name: '活动助手' }).click();
    await expect.poll(() => refused.join('\n')).toMatch(/frame-ancestors/);
    await context.close();
  });

  test('over https a framed visitor stays the same one: "1" means what was offered', async () => {
    const folder = temporaryFolder();
    const secure = await startBot({ EMCEE_DATA: folder.path, WEB_EMBED_ORIGINS: siteUrl, EMCEE_PUBLIC_URL: 'https://bot.example' });
    const context = await browser.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    embedded = secure.url;
    await page.goto(siteUrl);
    await page.getByRole('button', { name: '活动助手' }).click();
    const chat = page.frameLocator('iframe');
    for (const text of ['活动', '1']) {
      await chat.getByRole('textbox').fill(text);
      await chat.getByRole('textbox').press('Enter');
      await expect.poll(() => chat.locator('.log > .bot').count()).toBe(text === '1' ? 3 : 2);
    }
    expect(await chat.locator('.log > .bot').last().innerText()).toContain('2036-05-17');
    await context.close();
    embedded = bot.url;
    await secure.kill();
    folder.remove();
  });

  test('where streams do not get through, the page asks now and then, and posts arrive all the same', async () => {
    const context = await browser.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    await page.route('**/api/chat/stream*', (route) => route.fulfill({ status: 502, body: 'no streams here' }));
    await page.route('**/api/chat/posts*', (route) => route.fulfill({ json: { posts: [{ seq: 7, message: { text: '明天见' } }] } }));
    await page.goto(bot.url);
    await page.getByText('明天见').waitFor();
    await page.locator('.connection.polling').waitFor();
    expect(await page.getByText('明天见').count()).toBe(1);
    await context.close();
  });
});
