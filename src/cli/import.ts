import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AdapterModule, AutoReplies } from '../adapter.js';
import { loadAdapters } from '../adapters.js';
import { readCommunity } from '../config/community.js';
import { readAdapterSettings, readEnvironment } from '../config/environment.js';
import type { Community } from '../content/catalog.js';
import { loadContent } from '../content/load.js';
import { readSlides } from '../content/slides.js';
import { escapeMarkdown } from '../render/index.js';
import { type ComparedRule, compareRules, plain } from './auto-replies.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';

interface Options {
  file?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** by-hand: emcee.yaml has words already, and nothing that is written there is moved. */
type WordState = 'kept' | 'missing' | 'by-hand';

interface Word {
  key: 'welcome' | 'no-match';
  text: string;
  state: WordState;
}

/**
 * `emcee import wechat-rules`: what the platform answers by itself beside what emcee answers, and what emcee lacks written into slides.yaml
 * and emcee.yaml. Changes nothing that is there. Exit code 1 when something needs a decision.
 */
export async function importCommand(what: string, options: Options): Promise<Outcome> {
  const { content, pagesCache, adapters } = readEnvironment();
  const module = await moduleOf(what, adapters);
  const replies = await repliesOf(module, options.file);
  const { catalog, community } = await loadContent(content, { now: Date.now(), cacheFile: pagesCache });
  const rules = compareRules(replies, catalog);
  const missing = rules.filter(({ state }) => state === 'missing');
  const words = wordsOf(replies, community, /^words\s*:/m.test(textOf(join(content, 'emcee.yaml'))));
  const lacking = words.filter(({ state }) => state === 'missing');
  const changes = [
    ...(missing.length > 0 ? [withSlides(join(content, 'slides.yaml'), missing)] : []),
    ...(lacking.length > 0 ? [withWords(join(content, 'emcee.yaml'), lacking)] : []),
  ];
  if (!options.dryRun) for (const { file, text } of changes) replace(file, text);
  const undecided = rules.some(({ state }) => state === 'differs' || state === 'no-link') || words.some(({ state }) => state === 'by-hand');
  const written = options.dryRun ? [] : changes.map(({ file }) => file);
  if (options.json) {
    return jsonOutcome({ rules, words, written }, undecided ? 1 : 0);
  }
  return { lines: [...rules.map(described), ...words.map(wordLine), ...summary(rules, written, options)], exitCode: undecided ? 1 : 0 };
}

/** The greeting and the default reply; `hasWords`: emcee.yaml says something of its own already. */
function wordsOf({ welcome, fallback }: AutoReplies, { words }: Community, hasWords: boolean): Word[] {
  const word = (key: Word['key'], theirs: string | undefined, ours: string | undefined): Word[] =>
    theirs ? [{ key, text: escapeMarkdown(plain(theirs)), state: ours ? 'kept' : hasWords ? 'by-hand' : 'missing' }] : [];
  return [...word('welcome', welcome, words.welcome), ...word('no-match', fallback, words.noMatch)];
}

async function moduleOf(what: string, further: string[]): Promise<AdapterModule> {
  const { modules } = await loadAdapters(further, process.cwd());
  const able = modules.filter(({ rules }) => rules);
  const module = able.find(({ name }) => what === `${name}-rules`);
  if (!module)
    throw new UsageError(`There is nothing called '${what}' to import. Known: ${able.map(({ name }) => `${name}-rules`).join(', ')}.`);
  return module;
}

async function repliesOf(module: AdapterModule, file: string | undefined): Promise<AutoReplies> {
  const { rules } = module;
  if (!rules) throw new UsageError(`${module.name} has no rules.`);
  try {
    if (file === undefined) {
      const [on] = readAdapterSettings([module]);
      if (!on)
        throw new UsageError(
          `The settings of ${module.name} are not there (.env.example lists them); or give the saved rules with --file.`,
        );
      return rules.read(await rules.fetch(on.values));
    }
    return rules.read(JSON.parse(readFileSync(resolve(file), 'utf8')));
  } catch (error) {
    if (error instanceof UsageError || (error as Error).name === 'SettingsError') throw error;
    throw new UsageError(`${file ? `${file}: ` : ''}${(error as Error).message}`);
  }
}

interface Change {
  file: string;
  text: string;
}

/** Lines at the end, so that nothing of the file is touched. @throws UsageError when it could not be read any more then */
function withSlides(file: string, missing: readonly ComparedRule[]): Change {
  const before = textOf(file);
  const lines = missing.map(({ keyword, links }) => {
    const entries = links.map(({ label, url, password }) => ({ ...(label && { label }), url, ...(password && { password }) }));
    return `${JSON.stringify(keyword)}: ${JSON.stringify(entries.length === 1 ? entries[0] : entries)}\n`;
  });
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

/** @throws UsageError when it could not be read any more then */
function withWords(file: string, words: readonly Word[]): Change {
  const before = textOf(file);
  const lines = words.map(({ key, text }) => `  ${key}: ${JSON.stringify(text)}\n`);
  const text = `${ended(before)}words:\n${lines.join('')}`;
  if (readCommunity(text).problems.length > readCommunity(before).problems.length)
    throw new UsageError(`${file} cannot be added to: mend it first (emcee check), or write into it yourself:\nwords:\n${lines.join('')}`);
  return { file, text };
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** A bot that reads it meanwhile sees the old or the new file, never half of one. */
function replace(file: string, text: string): void {
  // It may be a link to a file that lives elsewhere.
  const real = existsSync(file) ? realpathSync(file) : file;
  writeFileSync(`${real}.new`, text);
  renameSync(`${real}.new`, real);
}

function described({ keyword, match, state, links, ours, text }: ComparedRule): string {
  const wide = match === 'contain' ? ' (the platform also answers texts that contain it)' : '';
  const theirs = links.map(({ url, password }) => (password ? `${url} (${password})` : url)).join(' ');
  switch (state) {
    case 'same':
      return `= ${keyword}: emcee answers the same${wide}`;
    case 'missing':
      return `+ ${keyword}: ${theirs}${wide}`;
    case 'differs':
      return `! ${keyword}: the platform has ${theirs}, emcee has ${ours.join(' ')}: nothing is changed, choose one in slides.yaml`;
    case 'no-link':
      return `? ${keyword}: no link, so nothing for slides.yaml${wide}; put it on a page: ${text.replace(/\s+/g, ' ').slice(0, 100)}`;
  }
}

function wordLine({ key, text, state }: Word): string {
  switch (state) {
    case 'kept':
      return `= words.${key}: emcee.yaml has its own`;
    case 'missing':
      return `+ words.${key}: ${text.replace(/\s+/g, ' ').slice(0, 100)}`;
    case 'by-hand':
      return `? words.${key}: emcee.yaml has words already; write among them yourself: ${key}: ${JSON.stringify(text)}`;
  }
}

function summary(rules: readonly ComparedRule[], written: readonly string[], { dryRun }: Options): string[] {
  const count = (state: ComparedRule['state']) => rules.filter((rule) => rule.state === state).length;
  return [
    '',
    `${rules.length} keywords: ${count('same')} the same, ${count('missing')} new, ${count('differs')} differ, ${count('no-link')} without a link.`,
    ...(dryRun
      ? ['Nothing is written (--dry-run).']
      : written.length > 0
        ? [`Written: ${written.join(', ')}. Look through it, then run: emcee check`]
        : []),
  ];
}
