// The only place that calls the YAML parser: the core schema, without its numbers, so that `0514` and `1e5` stay as written.
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Scalar } from 'yaml';
import { problem } from './problems.js';
import type { Problem } from './types.js';

const MAX_ALIASES = 100;
const MAX_DEPTH = 20;

export interface Yaml {
  /** Strings, booleans, null, lists and maps; undefined when the text was refused or is no YAML. */
  value: unknown;
  /** Lines count from 1 at the beginning of the text. */
  problems: Problem[];
  /** A refused text must not be repaired: it is dangerous, not mistaken. */
  refused: boolean;
  /** 1-based line of what stands at this path, or of the nearest thing around it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Parses one YAML document strictly. Duplicate keys are left out and named; everything else that is wrong leaves no value. */
export function readYaml(text: string): Yaml {
  if (isTooDeep(text)) return refuse(tooDeep(1));
  const lines = new LineCounter();
  const document = withoutStacks(() =>
    parseDocument(text, {
      version: '1.2',
      schema: 'core',
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !/:(?:int|float)$/.test(tag.tag)),
      resolveKnownTags: false,
      stringKeys: true,
      // The parser compares each key with all before it: thousands of codes would take seconds.
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: lines,
      logLevel: 'silent',
    }),
  );
  const lineOf = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const tag = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (tag) return refuse(unknownTag(lineOf(tag.pos[0])));

  const [mistake] = document.errors;
  if (mistake) return { value: undefined, problems: [notYaml(lineOf(mistake.pos[0]), mistake.message)], refused: false, lineOf: nowhere };

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const { message } = error as Error;
    if (/Excessive alias/.test(message)) return refuse(tooManyAliases(1));
    return { value: undefined, problems: [notYaml(1, message)], refused: false, lineOf: nowhere };
  }
  if (depthOf(value) > MAX_DEPTH) return refuse(tooDeep(1));

  const problems = [...duplicates(document.contents)].map(({ key, offset, isTop }) => {
    // Which of the two was meant is anybody's guess, so neither is used.
    if (isTop) delete (value as Record<string, unknown>)[key];
    return duplicateKey(lineOf(offset), key);
  });
  let top: Map<string, number> | undefined;
  return {
    value,
    problems,
    refused: false,
    lineOf: (path) => {
      const [key, ...rest] = path;
      if (rest.length > 0 || !isMap(document.contents)) return lineOf(offsetOf(document, path));
      top ??= new Map(document.contents.items.map((pair) => [keyOf(pair.key), (pair.key as Scalar).range?.[0] ?? 0]));
      return lineOf(top.get(String(key)) ?? 0);
    },
  };
}

/** Keys that stand twice in one map, wherever it is; each is named where it stands again. */
function* duplicates(node: unknown, isTop = true): Generator<{ key: string; offset: number; isTop: boolean }> {
  if (isSeq(node)) for (const item of node.items) yield* duplicates(item, false);
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    const key = keyOf(pair.key);
    if (seen.has(key)) yield { key, offset: (pair.key as Scalar).range?.[0] ?? 0, isTop };
    seen.add(key);
    yield* duplicates(pair.value, false);
  }
}

const keyOf = (key: unknown) => (isScalar(key) ? String(key.value) : '');

/** The parser makes an Error for each mistake; thousands of stack traces would take most of a second. */
function withoutStacks<T>(work: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

const refuse = (found: Problem): Yaml => ({ value: undefined, problems: [found], refused: true, lineOf: nowhere });

const nowhere = () => 1;

/** Where the key at this path begins; an item of a list has no key and begins itself. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (!pair) return offset;
      offset = (pair.key as Scalar).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    } else return offset;
  }
  return offset;
}

/** Brackets and compact `- - -` are counted before parsing: the parser itself would need seconds for thousands of them. */
function isTooDeep(text: string): boolean {
  if (/(?:[-?:][ \t]+){20}/.test(text)) return true;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 0x5b || sign === 0x7b) {
      if (++depth > MAX_DEPTH) return true;
    } else if ((sign === 0x5d || sign === 0x7d) && depth > 0) depth--;
  }
  return false;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const each of Object.values(value)) deepest = Math.max(deepest, depthOf(each));
  return deepest + 1;
}

const tooDeep = (line: number) =>
  problem(
    line,
    'error',
    'front-matter-depth',
    `The settings are nested more than ${MAX_DEPTH} deep, so they are not read. Make them flatter.`,
    `设置嵌套超过 ${MAX_DEPTH} 层，未读取。请减少层级。`,
  );

const tooManyAliases = (line: number) =>
  problem(
    line,
    'error',
    'front-matter-aliases',
    `The YAML uses more than ${MAX_ALIASES} aliases (*name), so it is not read. Write the values out.`,
    `YAML 里的别名（*name）超过 ${MAX_ALIASES} 个，未读取。请直接写出内容。`,
  );

const unknownTag = (line: number) =>
  problem(
    line,
    'error',
    'front-matter-tag',
    'YAML tags that begin with ! are not read here. Take the tag away, or put the value in quotes.',
    '这里不读取以 ! 开头的 YAML 标签。请去掉标签，或者给值加上引号。',
  );

const duplicateKey = (line: number, key: string) =>
  problem(
    line,
    'error',
    'front-matter-duplicate',
    `The key '${key}' stands here twice, so neither is used. Keep one of the two.`,
    `键“${key}”写了两次，两个都不采用。请只保留一个。`,
  );

function notYaml(line: number, message: string): Problem {
  const detail = message.split('\n')[0] ?? message;
  return problem(
    line,
    'error',
    'front-matter-broken',
    `This is no valid YAML (${detail}). Often a quote or bracket is not closed, or a value with a colon needs quotes around it.`,
    `这里不是有效的 YAML（${detail}）。常见原因：引号或括号没有闭合，或者带冒号的值需要加引号。`,
  );
}
