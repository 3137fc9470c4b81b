// What `emcee import` writes: lines at the end of slides.yaml and emcee.yaml, and only where they can be read afterwards.
import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { readCommunity } from '../config/community.js';
import { readSlides } from '../content/slides.js';
import type { ComparedRule } from './auto-replies.js';
import { UsageError } from './output.js';

const NAMES = { welcome: 'welcome', 'no-match': 'noMatch' } as const;

/** One of the bot's own sentences. */
export interface Said {
  key: keyof typeof NAMES;
  text: string;
}

export interface Change {
  file: string;
  text: string;
}

/** Lines at the end, so that nothing of the file is touched. @throws UsageError when it could not be read any more then */
export function withSlides(file: string, missing: readonly ComparedRule[]): Change {
  const before = textOf(file);
  const lines = missing.map((rule) => `${JSON.stringify(rule.keyword)}: ${entryOf(rule)}\n`);
  const text = `${ended(before)}${lines.join('')}`;
  const { slides, problems } = readSlides(text, 'zh');
  const whole = missing.every(({ keyword, links }) =>
    links.every(({ url }) => slides.get(keyword)?.links.some((link) => link.url === url)),
  );
  if (!whole || problems.length > readSlides(before, 'zh').problems.length)
    throw new UsageError(
      `${file} cannot be added to: mend it first (emcee check), or write these lines into it yourself:\n${lines.join('')}`,
    );
  return { file, text };
}

/** What stands behind the code in slides.yaml. */
export function entryOf({ links }: ComparedRule): string {
  const entries = links.map(({ label, url, password }) => ({ ...(label && { label }), url, ...(password && { password }) }));
  return JSON.stringify(entries.length === 1 ? entries[0] : entries);
}

/** @throws UsageError when it could not be read any more then */
export function withWords(file: string, words: readonly Said[]): Change {
  const before = textOf(file);
  const lines = words.map(({ key, text }) => `  ${key}: ${JSON.stringify(text)}\n`);
  const text = `${ended(before)}words:\n${lines.join('')}`;
  const { community: old, problems: mistakes } = readCommunity(before);
  const { community, problems } = readCommunity(text);
  // Their number alone says nothing: a file that cannot be read at all has one mistake.
  const whole = words.every(({ key }) => community.words[NAMES[key]]) && isDeepStrictEqual({ ...community, words: old.words }, old);
  if (!whole || problems.length > mistakes.length)
    throw new UsageError(`${file} cannot be added to: mend it first (emcee check), or write into it yourself:\nwords:\n${lines.join('')}`);
  return { file, text };
}

export function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** A bot that reads it meanwhile sees the old or the new file, never half of one. */
export function replace(file: string, text: string): void {
  // It may be a link to a file that lives elsewhere.
  const real = existsSync(file) ? realpathSync(file) : file;
  writeFileSync(`${real}.new`, text);
  renameSync(`${real}.new`, real);
}
