import { resolve } from 'node:path';
import { readEnvironment } from '../config/environment.js';
import { loadContent } from '../content/load.js';
import type { Page } from '../content/types.js';
import { jsonOutcome, type Outcome } from './output.js';

/** `emcee pages`: what was understood of every page, drafts and index pages included. */
export async function pagesCommand(dir: string | undefined, options: { json?: boolean }): Promise<Outcome> {
  const environment = readEnvironment();
  const root = dir === undefined ? environment.content : resolve(dir);
  const { pages } = await loadContent(root, { now: Date.now(), cacheFile: environment.pagesCache });
  if (options.json) return jsonOutcome(pages.map(asJson));
  return { lines: pages.length > 0 ? pages.map(described) : [`There are no pages in ${root}.`] };
}

/** The stable shape of design 3.2. */
function asJson(page: Page): unknown {
  const { file, kind, title, start, end, timezone, location, online, codes, account, slides, videos, live, talks } = page;
  const codeFor = Object.fromEntries(codes.map((code) => [code, page.codeFor[code] ?? 'slides']));
  const problems = page.problems.map(({ line, level, message }) => ({ line, level, message: message.en }));
  return { file, kind, title, start, end, timezone, location, online, codes, codeFor, account, slides, videos, live, talks, problems };
}

function described(page: Page): string {
  const rests = page.startBasis === 'guess' ? ' (to be confirmed: it stands in one place only)' : '';
  const facts: [string, string | null][] = [
    ['title', page.title],
    ['start', page.start && `${page.start}${rests}${page.end ? ` – ${page.end}` : ''}${page.timezone ? ` ${page.timezone}` : ''}`],
    ['place', [page.location, page.online ? 'online' : null].filter(Boolean).join(', ') || null],
    ['codes', page.codes.map((code) => (page.codeFor[code] ? `${code} (${page.codeFor[code]})` : code)).join(', ') || null],
    ['account', page.codes.length > 0 ? page.account : null],
    ['slides', page.slides.join(' ') || null],
    ['videos', page.videos.join(' ') || null],
  ];
  return [
    `${page.file} [${page.kind}]`,
    ...facts.filter(([, value]) => value).map(([name, value]) => `  ${name}: ${value}`),
    ...page.talks.map(talkLine),
    ...page.problems.map(({ line, level, message }) => `  ${level}${line > 0 ? `, line ${line}` : ''}: ${message.en}`),
    '',
  ].join('\n');
}

function talkLine({ title, speakers, video, slides }: Page['talks'][number]): string {
  const who = speakers.map(({ name, affiliation }) => (affiliation ? `${name} (${affiliation})` : name)).join(', ');
  return `  talk: ${[title, who, video, slides].filter(Boolean).join(' · ')}`;
}
