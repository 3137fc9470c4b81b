// TOML front matter (`+++`), with values in the same form as YAML's: dates, times and numbers as strings.
import { parse, TomlDate, TomlError } from 'smol-toml';
import { problem } from './problems.js';
import type { Yaml } from './yaml.js';

/** Parses TOML. Lines count from 1 at the beginning of the text. */
export function readToml(text: string): Pick<Yaml, 'value' | 'problems'> {
  try {
    return {
      value: strings(parse(text, { maxDepth: 20, integersAsBigInt: true, unsafeKeyBehaviour: 'drop' })),
      problems: [],
    };
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    const detail = (error as Error).message.split('\n')[0];
    const found = problem(
      line,
      'error',
      'front-matter-broken',
      `This is no valid TOML (${detail}). Put texts in "quotes", one key = value a line.`,
      `这里不是有效的 TOML（${detail}）。请给文字加上 "引号"，一行写一个 key = value。`,
    );
    return { value: undefined, problems: [found] };
  }
}

function strings(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=Z|[+-]|$)/, '');
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(strings);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, strings(each)]));
  return value;
}
