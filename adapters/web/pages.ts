// The chat page as Vite built it, with the community's name and welcome in it.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../src/adapter.js';

/** From dist/adapters/web, and from adapters/web in tests. */
const FOLDERS = ['../../web/', '../../dist/web/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

const built = new Map<string, string>();

/** @throws an error that says what to run when the pages were not built. */
export function builtFile(name: 'chat.html' | 'sign-in.html' | 'embed.js'): string {
  let text = built.get(name);
  if (text === undefined) {
    const folder = FOLDERS.find((each) => existsSync(`${each}${name}`));
    if (!folder) throw new Error('the web pages are not built: run `npm run build`');
    text = readFileSync(`${folder}${name}`, 'utf8');
    built.set(name, text);
  }
  return text;
}

/** @param organizer who has signed in, as emcee names them */
export function chatPage({ name, language, welcome }: ReturnType<Host['about']>, framed: boolean, organizer = ''): string {
  const values: Record<string, string> = {
    name,
    language,
    'welcome-zh': welcome.zh,
    'welcome-en': welcome.en,
    framed: String(framed),
    organizer,
  };
  return builtFile('chat.html').replace(/\{\{([a-z-]+)\}\}/g, (_, key: string) => escapeHtml(values[key] ?? ''));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
