// One Markdown file, understood: front matter, body, what extraction reads from both, and the keys that win over it.
import { explicitFacts } from './explicit.js';
import { extract } from './extract/index.js';
import { splitFrontMatter } from './frontmatter.js';
import { languageOf } from './language.js';
import { pageKeys } from './page-keys.js';
import { formatDrift, keySlips } from './page-lint.js';
import { isRefused, NOTHING } from './refused.js';
import { scan } from './scan.js';
import type { Page } from './types.js';

/**
 * Understands one page. Never throws: what is wrong stands in `problems`, and a refused page says nothing else.
 * @param file as it will be listed: relative to the content folder, with `/`
 */
export function readPage(text: string, file: string): Page {
  const { data, body, bodyLine, keyLine, problems } = splitFrontMatter(text);
  const language = languageOf(file, data, body);
  if (isRefused(problems)) return { ...NOTHING(), file, language, problems };
  const lines = scan(body, bodyLine);
  const { facts, problems: extracted } = extract({ file, data, keyLine, lines, language });
  const explicit = explicitFacts(data, keyLine, facts);
  const keys = pageKeys(data, keyLine);
  return {
    ...facts,
    ...explicit.facts,
    ...keys.keys,
    file,
    language,
    problems: [...problems, ...extracted, ...explicit.problems, ...keys.problems, ...keySlips(data, keyLine), ...formatDrift(lines)],
  };
}
