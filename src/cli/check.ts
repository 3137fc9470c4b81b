import { resolve } from 'node:path';
import { readEnvironment } from '../config/environment.js';
import { check } from '../content/lint.js';
import { loadContent } from '../content/load.js';
import { cleanText } from '../render/index.js';
import { instant } from './instant.js';
import { jsonOutcome, type Outcome } from './output.js';

/** `emcee check`: every mistake with file, line and the mend. Exit code 1 when there is an error. */
export async function checkCommand(dir: string | undefined, options: { json?: boolean; now?: string }): Promise<Outcome> {
  const environment = readEnvironment();
  const root = dir === undefined ? environment.content : resolve(dir);
  const content = await loadContent(root, { cacheFile: environment.pagesCache });
  const { community, problems } = content;
  const now = options.now === undefined ? Date.now() : instant(options.now, community.timezone, '--now');
  const catalog = options.now === undefined ? content.catalog : content.catalogAt(now);
  const found = [...problems, ...check(catalog, community, now)].map((each) => ({ ...each, line: Math.max(1, each.line) }));
  const errors = found.filter(({ level }) => level === 'error').length;
  const warnings = found.filter(({ level }) => level === 'warning').length;
  if (options.json)
    return jsonOutcome(
      found.map(({ file, line, level, rule, message }) => ({ file, line, level, rule, message: message.en })),
      errors > 0 ? 1 : 0,
    );
  const language = community.language;
  const lines = found.map(({ file, line, level, message }) => `${cleanText(file)}:${line} ${level}: ${message[language]}`);
  const summary = `${catalog.pages.length} pages, ${catalog.events.length} events, ${catalog.codes.size} codes: ${errors} errors, ${warnings} warnings`;
  return { lines: [...lines, summary], exitCode: errors > 0 ? 1 : 0 };
}
