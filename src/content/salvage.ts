// Front matter that is no valid YAML still says much: what stands on its own is read, the rest is left as written.
import type { Problem } from './types.js';
import { readYaml } from './yaml.js';

/**
 * Reads each top-level key with what is indented under it by itself; where even that fails, `key: value` as it stands.
 * For text that the strict parser could not read; a text that it refused must not come here. `problems` name the broken keys,
 * more exactly than the strict parser, which often notices only at the end of the text.
 */
export function salvage(text: string): { data: Record<string, unknown>; problems: Problem[] } {
  const data: Record<string, unknown> = {};
  const problems: Problem[] = [];
  let line = 0;
  for (const block of blocksOf(text)) {
    const { value, problems: found } = readYaml(block.join('\n'));
    const first = line;
    const last = block.findLastIndex((each) => each.trim() !== '') + 1;
    problems.push(...found.map((each) => ({ ...each, line: first + Math.min(each.line, last) })));
    line += block.length;
    const entries = isMap(value) ? Object.entries(value) : lineWise(block);
    for (const [key, each] of entries) if (key !== '__proto__' && !Object.hasOwn(data, key)) data[key] = each;
  }
  return { data, problems };
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function blocksOf(text: string): string[][] {
  const blocks: string[][] = [];
  for (const line of text.split(/\r?\n/)) {
    const starts = /^[^\s#-]/.test(line) || blocks.length === 0;
    if (starts) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}

const PAIR = /^\s*([^\s:：#'"-][^:：]{0,80}?)\s{0,8}[:：](?=\s|$|[^\s/])[ \t]*(.*)$/;

function lineWise(block: string[]): [string, unknown][] {
  const [first = '', ...rest] = block;
  const [, key, written = ''] = PAIR.exec(first) ?? [];
  if (key === undefined) return [];
  if (written.trim() !== '') return [[key, scalar(written)]];
  const inner = rest.flatMap((line): [string, unknown][] => {
    const [, innerKey, value = ''] = PAIR.exec(line) ?? [];
    return innerKey === undefined ? [] : [[innerKey, scalar(value)]];
  });
  return [[key, inner.length > 0 ? Object.fromEntries(inner.filter(([name]) => name !== '__proto__')) : null]];
}

function scalar(written: string): unknown {
  const text = written.trim();
  const quoted = /^(["'])(.*)\1$/.exec(text)?.[2];
  if (quoted !== undefined) return quoted;
  if (text === '') return null;
  return text === 'true' ? true : text === 'false' ? false : text;
}
