// A real browser for tests: the system's Chromium (`apt-get install chromium`, `brew install chromium`), or CHROMIUM_PATH. None is
// downloaded; where there is none the tests are skipped and say so.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/opt/homebrew/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const found = PLACES.find((place) => place && existsSync(place));

export const hasBrowser = found !== undefined;
if (!hasBrowser) console.warn('skipped: the tests in a browser need Chromium: apt-get install chromium, or set CHROMIUM_PATH');

/** A page and what went wrong on it: errors, dialogs, reports of its Content-Security-Policy, requests to other hosts. */
export interface Watched {
  page: Page;
  context: BrowserContext;
  wrongs: string[];
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: found, args: ['--no-sandbox'] });
}

export async function newVisitor(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  return { context, ...(await newTab(context, url)) };
}

export async function newTab(context: BrowserContext, url: string, path = '/'): Promise<{ page: Page; wrongs: string[] }> {
  const page = await context.newPage();
  const wrongs: string[] = [];
  // While the bot is down, or its limits hold, the browser itself complains about the failed request.
  page.on('console', (said) => said.type() === 'error' && !/Failed to load resource/.test(said.text()) && wrongs.push(said.text()));
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('dialog', (dialog) => {
    wrongs.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) wrongs.push(`request to ${request.url()}`);
  });
  await page.goto(`${url}${path}`);
  return { page, wrongs };
}

/** Types into the chat and waits for the answer. */
export async function ask(page: Page, text: string): Promise<string> {
  const answers = page.locator('.log > .bot');
  const before = await answers.count();
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
  await answers.nth(before).waitFor();
  return answers.nth(before).innerText();
}
