// The only place that calls gray-matter. It never sees more than the bounded head of a page, always gets options
// (without them it caches, and a mistake is silent the second time), and its code engines are off.
import matter from 'gray-matter';
import { readPlainYaml } from './plain-yaml.js';
import { problem } from './problems.js';
import { salvage } from './salvage.js';
import { readToml } from './toml.js';
import type { Problem } from './types.js';
import { readYaml } from './yaml.js';

const MAX_BYTES = 16_384;
/** gray-matter looks for comments in a way that takes quadratic time in line ends. */
const MAX_LINES = 2_000;
/** Of one page; who mends these sees the rest. */
const MAX_PROBLEMS = 5;

export interface FrontMatter {
  /** Strings, booleans, null, lists and maps; dates, times and numbers are the strings that were written. */
  data: Record<string, unknown>;
  /** Empty when the page was refused. */
  body: string;
  /** 1-based line of the body's first line in the file. */
  bodyLine: number;
  /** 1-based line of a top-level key in the file; 0 when it is not there. */
  keyLine(key: string): number;
  problems: Problem[];
}

interface Head {
  fence: '---' | '+++';
  /** What stands behind the first fence: a language word, a comment, or nothing. */
  word: string;
  text: string;
  /** 1-based line of the head's first line. */
  line: number;
  body: string;
  bodyLine: number;
  closed: boolean;
}

/** Splits a page into front matter and body. Never throws and never runs anything that stands on the page. */
export function splitFrontMatter(text: string): FrontMatter {
  const page = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const head = findHead(page);
  if (!head || (head.fence === '---' && !/^(?:|#.*|\S+)$/.test(head.word))) return bodyOnly(page);
  const refusal = refusalOf(head);
  if (refusal) return refused(refusal);
  if (!head.closed) return unclosed(head) ?? bodyOnly(page);

  const { data, problems, isRefused, isText } = read(head);
  if (isText) return bodyOnly(page);
  const found = problems.map((each) => ({ ...each, line: each.line + head.line - 1 }));
  if (isRefused) return refused(...found);
  return { data, body: head.body, bodyLine: head.bodyLine, keyLine: keyLineOf(head), problems: found };
}

function findHead(page: string): Head | undefined {
  const opening = /^(?:[ \t]*\r?\n){0,100}(---|\+\+\+)([^\r\n]*)(?:\r?\n|$)/.exec(page);
  const fence = opening?.[1] as Head['fence'] | undefined;
  const word = opening?.[2]?.trim() ?? '';
  if (!opening || !fence || word.startsWith(fence.charAt(0)) || (fence === '+++' && word !== '')) return undefined;
  const start = opening[0].length;
  const line = 1 + countLines(page, 0, start);
  const closing = fence === '---' ? /^---[ \t]*\r?$/gm : /^\+\+\+[ \t]*\r?$/gm;
  closing.lastIndex = start;
  const close = closing.exec(page);
  if (!close) return { fence, word, text: page.slice(start), line, body: '', bodyLine: line, closed: false };
  const after = closing.lastIndex + (page[closing.lastIndex] === '\n' ? 1 : 0);
  const bodyLine = line + countLines(page, start, after);
  return { fence, word, text: page.slice(start, close.index), line, body: page.slice(after), bodyLine, closed: true };
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function refusalOf({ fence, word, text, line, closed }: Head): Problem | undefined {
  if (fence === '---' && word !== '' && !word.startsWith('#') && !/^ya?ml$/i.test(word)) return otherLanguage(line - 1, word.slice(0, 20));
  if (closed && (text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES)) return tooLong(line);
  if (closed && text.replace(/\r\n/g, '\n').split(/[\n\r\u2028\u2029]/, MAX_LINES + 1).length > MAX_LINES) return tooLong(line);
  return undefined;
}

interface Outcome {
  data: Record<string, unknown>;
  problems: Problem[];
  isRefused?: boolean;
  /** What stands between the fences is prose: the fences are rules of Markdown. */
  isText?: boolean;
}

function read(head: Head): Outcome {
  let outcome: Outcome = { data: {}, problems: [] };
  const engine = (parse: (text: string) => Outcome) => ({
    parse: () => {
      outcome = parse(head.text);
      return outcome.data;
    },
  });
  const never = {
    parse: (): object => {
      throw new Error('Front matter is data, never code.');
    },
  };
  matter(`${head.fence}\n${head.text}${head.fence}\n`, {
    language: head.fence === '+++' ? 'toml' : 'yaml',
    delimiters: head.fence,
    engines: { yaml: engine(yamlData), toml: engine(tomlData), javascript: never, js: never, json: never, coffee: never },
  });
  return outcome;
}

function yamlData(text: string): Outcome {
  const plain = readPlainYaml(text);
  if (plain) return { data: plain, problems: [] };
  const strict = readYaml(text);
  if (strict.refused) return { data: {}, problems: strict.problems, isRefused: true };
  if (strict.value !== undefined) return asMap(strict.value, strict.problems);
  if (text.includes('\t')) {
    const tidied = readYaml(text.replace(/^\t+/gm, (tabs) => '  '.repeat(tabs.length)).replace(/\t/g, ' '));
    if (isMap(tidied.value)) return { data: tidied.value, problems: [tabs(strict.problems[0]?.line ?? 1), ...tidied.problems] };
  }
  const { data, problems } = salvage(text);
  return { data, problems: (problems.length > 0 ? problems : strict.problems).slice(0, MAX_PROBLEMS) };
}

function tomlData(text: string): Outcome {
  const { value, problems } = readToml(text);
  return asMap(value ?? {}, problems);
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function asMap(value: unknown, problems: Problem[]): Outcome {
  if (isMap(value)) return { data: value, problems };
  return { data: {}, problems, isText: value !== null };
}

/** A first fence without a second one: half a file, or a page that merely begins with a rule. */
function unclosed(head: Head): FrontMatter | undefined {
  if (!/^[^\s:：#]{1,40}[ \t]?[:=]/.test(head.text)) return undefined;
  const end = /\r?\n[ \t]*\r?\n/.exec(head.text.slice(0, MAX_BYTES));
  const text = head.text.slice(0, end ? end.index : MAX_BYTES);
  const skipped = end ? end.index + end[0].length : text.length;
  return {
    data: salvage(text).data,
    body: head.text.slice(skipped),
    bodyLine: head.line + countLines(head.text, 0, skipped),
    keyLine: keyLineOf({ ...head, text }),
    problems: [notClosed(head.line - 1, head.fence)],
  };
}

const bodyOnly = (body: string): FrontMatter => ({ data: {}, body, bodyLine: 1, keyLine: () => 0, problems: [] });

const refused = (...problems: Problem[]): FrontMatter => ({ data: {}, body: '', bodyLine: 1, keyLine: () => 0, problems });

function keyLineOf({ text, line }: Pick<Head, 'text' | 'line'>): (key: string) => number {
  let lines: Map<string, number> | undefined;
  return (key) => {
    lines ??= new Map(
      text.split('\n').flatMap((row, at): [string, number][] => {
        const name = /^(?:"([^"]+)"|'([^']+)'|([^\s:=#[\]"'-][^:=：]*?))[ \t]*[:=：]|^\[([^\]]+)\]/.exec(row.slice(0, 200));
        const key = name?.[1] ?? name?.[2] ?? name?.[3] ?? name?.[4];
        return key === undefined ? [] : [[key, line + at]];
      }),
    );
    return lines.get(key) ?? 0;
  };
}

const otherLanguage = (line: number, word: string) =>
  problem(
    line,
    'error',
    'front-matter-code',
    `The page begins with '---${word}'. Front matter is YAML here and is never run as code: write '---' alone, and YAML below it.`,
    `页面以“---${word}”开头。这里的 front matter 只能是 YAML，绝不会作为代码执行：请只写“---”，下面写 YAML。`,
  );

const tooLong = (line: number) =>
  problem(
    line,
    'error',
    'front-matter-size',
    `The front matter is longer than ${MAX_BYTES / 1024} kB or ${MAX_LINES} lines, so the page is not read. Move what is long into the text below it.`,
    `front matter 超过 ${MAX_BYTES / 1024} kB 或 ${MAX_LINES} 行，页面未读取。请把长内容移到下面的正文里。`,
  );

const tabs = (line: number) =>
  problem(
    line,
    'warning',
    'yaml-repaired',
    'There is a tab in the front matter, which YAML does not allow; it was read as a space. Put a space in its place.',
    'front matter 里有制表符（Tab），YAML 不允许；已当作空格读取。请换成空格。',
  );

const notClosed = (line: number, fence: string) =>
  problem(
    line,
    'error',
    'front-matter-unclosed',
    `The front matter that begins here has no end. Put a line with only ${fence} under it.`,
    `从这里开始的 front matter 没有结尾。请在它下面加一行，只写 ${fence}。`,
  );
