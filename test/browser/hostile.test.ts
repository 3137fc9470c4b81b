import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedBot, startBot, temporaryFolder } from '../cli/emcee.js';
import { ask, hasBrowser, launch, newVisitor } from './browser.js';
import { HOSTILE } from './hostile-strings.js';

const quoted = (text: string) => JSON.stringify(text);

/** A page whose every field is hostile. */
function eventPage(text: string, index: number): string {
  const talk = { title: text, speakers: [{ name: text, affiliation: text }], video: text, slides: text };
  const fields = { title: `${text} ${index}`, location: text, url: text, image: text, register: text, account: text };
  return [
    '---',
    ...Object.entries(fields).map(([key, value]) => `${key}: ${quoted(value)}`),
    `start: ${2020 + (index % 20)}-03-01T10:00`,
    `codes: [x${1000 + index}]`,
    `tags: [${quoted(text)}]`,
    `live: [${quoted(text)}]`,
    `talks: [${JSON.stringify(talk)}]`,
    '---',
    text,
    '',
  ].join('\n');
}

describe.skipIf(!hasBrowser)('hostile text in every field that a page shows', () => {
  const content = temporaryFolder();
  let browser: Browser;
  let bot: StartedBot;
  beforeAll(async () => {
    mkdirSync(join(content.path, 'events'));
    HOSTILE.forEach((text, index) => {
      content.write(`events/e${index}.md`, eventPage(text, index));
    });
    const links = HOSTILE.map((text, index) => {
      const link = { label: text, url: `https://example.org/${index}`, password: text, note: text };
      return `x${1000 + index}: [${JSON.stringify(link)}, ${JSON.stringify({ label: 'second', url: text })}]`;
    });
    content.write('slides.yaml', `${links.join('\n')}\n`);
    const name = '</title><script>alert(1)</script>"><img src=x onerror=alert(1)>';
    const words = { welcome: HOSTILE.slice(0, 30).join('\n'), help: HOSTILE.slice(30).join('\n') };
    content.write('emcee.yaml', `community: ${quoted(name)}\nlanguage: zh\npublicSlides: true\nwords: ${JSON.stringify(words)}\n`);
    [browser, bot] = await Promise.all([
      launch(),
      startBot({ EMCEE_CONTENT: content.path, EMCEE_DATA: join(content.path, 'data'), LOG_LEVEL: 'info' }),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await bot?.kill();
    content.remove();
  });

  const elements = (page: Page) =>
    page.evaluate(() => ({
      names: [...new Set([...document.querySelectorAll('body *')].map((each) => each.localName))],
      handlers: [...document.querySelectorAll('*')].flatMap((each) =>
        each.getAttributeNames().filter((name) => /^on|^style$|^srcdoc$/.test(name)),
      ),
      links: [...document.querySelectorAll('a')].map((each) => each.protocol),
    }));
  const PLAIN = ['a', 'article', 'button', 'code', 'div', 'form', 'footer', 'h1', 'h2', 'h3', 'header', 'input', 'li', 'main', 'nav'];
  const ALLOWED = [...PLAIN, 'noscript', 'ol', 'p', 'section', 'small', 'span', 'strong', 'time', 'ul', 'script', 'dl', 'dt', 'dd'];

  const expectHarmless = async (page: Page) => {
    const { names, handlers, links } = await elements(page);
    expect(names.filter((name) => !ALLOWED.includes(name))).toEqual([]);
    expect(await page.locator('script').count()).toBeLessThanOrEqual(1);
    expect(handlers).toEqual([]);
    expect(links.filter((protocol) => !/^(https?|mailto):$/.test(protocol))).toEqual([]);
  };

  test('as codes, cards, lists and choices in the chat: no dialog, no policy report, no foreign element', async () => {
    const folder = await Promise.all([0, 1, 2].map(() => newVisitor(browser, bot.url)));
    // Twenty messages a minute each: three visitors ask for all of them.
    for (const [part, { page, wrongs, context }] of folder.entries()) {
      for (let index = part * 17; index < Math.min((part + 1) * 17, HOSTILE.length); index += 1) await ask(page, `x${1000 + index}`);
      await ask(page, part === 0 ? '帮助' : '活动');
      await expectHarmless(page);
      expect(await page.locator('.card').count()).toBeGreaterThan(10);
      await page.reload();
      await page.locator('.card').first().waitFor();
      await expectHarmless(page);
      expect(wrongs).toEqual([]);
      await context.close();
    }
  });

  test('as what a member says, also kept over a reload', async () => {
    const { page, wrongs, context } = await newVisitor(browser, bot.url);
    for (const text of HOSTILE.slice(0, 18)) {
      await ask(page, text);
      expect(await page.locator('.log > .me').last().locator('p').innerText()).toContain(text.trim());
    }
    await page.reload();
    await page.locator('.me').first().waitFor();
    await expectHarmless(page);
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test('as what the browser kept, if somebody else has written there', async () => {
    const { page, wrongs, context } = await newVisitor(browser, bot.url);
    await page.evaluate((texts) => {
      const entries = texts.map((text, at) => ({
        from: 'bot',
        id: `x${at}`,
        at,
        message: {
          text,
          card: { title: text, lines: [text], links: [{ label: text, url: text, password: text, note: text }] },
          choices: [{ label: text, say: text }],
        },
      }));
      localStorage.setItem('emcee-chat', JSON.stringify({ epoch: 1, entries }));
    }, HOSTILE);
    await page.reload();
    await page.locator('.card').first().waitFor();
    await expectHarmless(page);
    expect(wrongs).toEqual([]);
    await context.close();
  });

  test.each(['{', '{"epoch":1,"entries":[{"from":"bot","id":"a","at":1}]}', '{"epoch":1,"entries":[null,3]}'])(
    'the page comes up whatever the browser kept: %s',
    async (kept) => {
      const { page, wrongs, context } = await newVisitor(browser, bot.url);
      await page.evaluate((text) => localStorage.setItem('emcee-chat', text), kept);
      await page.reload();
      await ask(page, 'x1000');
      expect(await page.locator('.card').count()).toBe(1);
      expect(wrongs).toEqual([]);
      await context.close();
    },
  );

  test.each(['/events', '/events?page=2', '/events?year=2025', '/events?city=<script>alert(1)</script>'])('on %s', async (path) => {
    const { page, wrongs, context } = await newVisitor(browser, bot.url);
    await page.goto(`${bot.url}${path}`);
    await page.locator('h1').first().waitFor();
    await expectHarmless(page);
    expect(wrongs).toEqual([]);
    await context.close();
  });
});
