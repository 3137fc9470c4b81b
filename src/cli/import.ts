import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AdapterModule, AutoReplies } from '../adapter.js';
import { loadAdapters } from '../adapters.js';
import { readAdapterSettings, readEnvironment } from '../config/environment.js';
import type { Community } from '../content/catalog.js';
import { loadContent } from '../content/load.js';
import { readSlides } from '../content/slides.js';
import { escapeMarkdown } from '../render/index.js';
import { type ComparedRule, compareRules, plain } from './auto-replies.js';
import { entryOf, replace, type Said, textOf, withSlides, withWords } from './import-changes.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';

interface Options {
  file?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** by-hand: emcee.yaml has words already, and nothing that is written there is moved. */
type WordState = 'kept' | 'missing' | 'by-hand';

interface Word extends Said {
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
  const { slides } = readSlides(textOf(join(content, 'slides.yaml')), 'zh');
  const held = [...slides].flatMap(([code, { links }]) => (links.length === 0 ? [code] : []));
  const rules = compareRules(replies, catalog, held);
  const missing = rules.filter(({ state }) => state === 'missing');
  const words = wordsOf(replies, community, /^words\s*:/m.test(textOf(join(content, 'emcee.yaml'))));
  const lacking = words.filter(({ state }) => state === 'missing');
  const changes = [
    ...(missing.length > 0 ? [withSlides(join(content, 'slides.yaml'), missing)] : []),
    ...(lacking.length > 0 ? [withWords(join(content, 'emcee.yaml'), lacking)] : []),
  ];
  if (!options.dryRun) for (const { file, text } of changes) replace(file, text);
  const undecided = rules.some(isUndecided) || words.some(({ state }) => state === 'by-hand');
  const written = options.dryRun ? [] : changes.map(({ file }) => file);
  if (options.json) {
    return jsonOutcome({ rules, words, written }, undecided ? 1 : 0);
  }
  return {
    lines: [
      ...rules.flatMap((rule) => [described(rule), ...besideLine(rule)]),
      ...words.map(wordLine),
      ...summary(rules, written, options),
    ],
    exitCode: undecided ? 1 : 0,
  };
}

function isUndecided({ state, beside }: ComparedRule): boolean {
  return state === 'missing' ? beside.length > 0 : state !== 'same';
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

function described(rule: ComparedRule): string {
  const { keyword, match, state, links, ours, text } = rule;
  const wide = match === 'contain' ? ' (the platform also answers texts that contain it)' : '';
  const theirs = links.map(({ url, password }) => (password ? `${url} (${password})` : url)).join(' ') || `no link (${short(text)})`;
  switch (state) {
    case 'same':
      return `= ${keyword}: emcee answers the same${wide}`;
    case 'missing':
      return `+ ${keyword}: ${theirs}${wide}`;
    case 'differs':
      return `! ${keyword}: the platform has ${theirs}, emcee has ${ours.join(' ')}: nothing is changed, choose one in slides.yaml`;
    case 'no-link':
      return `? ${keyword}: no link, so nothing for slides.yaml${wide}; put it on a page: ${short(text)}`;
    case 'placeholder':
      return `? ${keyword}: stands in slides.yaml without a link; write there, behind it: ${entryOf(rule)}`;
    case 'reserved':
      return `? ${keyword}: members say this to turn a page, to choose or to command, and a code would take it from them. If it shall be one, write into slides.yaml: ${JSON.stringify(keyword)}: ${entryOf(rule)}`;
  }
}

/** Members get it no more after the switch. */
function besideLine({ links, beside }: ComparedRule): string[] {
  return links.length > 0 && beside.length > 0 ? [`    not taken along: ${beside.join(' / ').slice(0, 300)}`] : [];
}

const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 100);

function wordLine({ key, text, state }: Word): string {
  switch (state) {
    case 'kept':
      return `= words.${key}: emcee.yaml has its own`;
    case 'missing':
      return `+ words.${key}: ${short(text)}`;
    case 'by-hand':
      return `? words.${key}: emcee.yaml has words already; write among them yourself: ${key}: ${JSON.stringify(text)}`;
  }
}

function summary(rules: readonly ComparedRule[], written: readonly string[], { dryRun }: Options): string[] {
  const count = (state: ComparedRule['state']) => rules.filter((rule) => rule.state === state).length;
  return [
    '',
    `${rules.length} keywords: ${count('same')} the same, ${count('missing')} new, ${count('differs')} differ, ${count('no-link')} without a link, ${count('placeholder') + count('reserved')} to be written by hand.`,
    ...(dryRun
      ? ['Nothing is written (--dry-run).']
      : written.length > 0
        ? [`Written: ${written.join(', ')}. Look through it, then run: emcee check`]
        : []),
  ];
}
