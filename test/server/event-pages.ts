// Content folders for the page of all events, and its html taken apart.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Catalog, Community } from '../../src/content/catalog.js';
import { loadContent } from '../../src/content/load.js';
import type { Language } from '../../src/content/types.js';
import { eventsPage } from '../../src/server/events-page.js';

export const NOW = Date.parse('2024-03-01T12:00:00Z');

interface Asked {
  query?: string;
  language?: Language;
  now?: number;
  chat?: boolean;
}

/** A content folder of these files, read and thrown away; answers with the page for a query. */
export async function site(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'emcee-events-'));
  try {
    mkdirSync(join(root, 'events'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    const { catalog, community } = await loadContent(root, { now: NOW });
    return { catalog, ask: asking(catalog, community) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export function asking(catalog: Catalog, community: Community) {
  return ({ query = '', language = 'en', now = NOW, chat = false }: Asked = {}) => {
    const view = { catalog, community, now, language, query: new URLSearchParams(query), stylesheet: '/assets/events.css', chat };
    const { status, html } = eventsPage(view);
    return { status, html, ...takenApart(html) };
  };
}

/** A page with front matter; values as JSON, which is YAML too. */
export function page(keys: Record<string, unknown>): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\nWe meet.\n`;
}

interface Tag {
  name: string;
  attributes: Map<string, string>;
}

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/g;

/** Opening tags, visible text and links. Fails where anything that begins like a tag is none that was understood. */
function takenApart(html: string) {
  const body = html.replace(/^<!doctype html>/, '');
  const tags: Tag[] = [];
  const text = body.replace(TAG, (_, end: string, name: string, written: string) => {
    const attributes = [...written.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)];
    if (end === '') tags.push({ name, attributes: new Map(attributes.map(([, key, value]) => [key ?? '', decoded(value ?? '')])) });
    return ['a', 'span', 'code', 'small', 'time'].includes(name) ? '' : '\n';
  });
  expect(text).not.toContain('<');
  return {
    tags,
    text: decoded(text.replace(/\s*\n\s*/g, '\n')),
    links: tags.filter(({ name }) => name === 'a').map(({ attributes }) => attributes.get('href') ?? ''),
    titles: [...html.matchAll(/<h3[^>]*>(.*?)<\/h3>/g)].map(([, inner]) => decoded((inner ?? '').replace(TAG, ''))),
  };
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
