// Links that organizers have set from a chat, as slides.yaml says them; and slides.yaml with them in it, its comments where they were.
import { Document, isMap, isNode, isScalar, type Pair, parseDocument, Scalar } from 'yaml';
import { keptLinks } from '../content/kept.js';
import { foldCode } from '../content/likeness.js';
import { readSlides } from '../content/slides.js';
import type { KeptRow } from '../store/desk.js';
import { UsageError } from './output.js';

const OUT = { lineWidth: 0, flowCollectionPadding: true } as const;

/** Ready for slides.yaml. Codes are quoted: `0514` keeps its zero whoever reads it. */
export function slidesYaml(rows: readonly KeptRow[]): string {
  const document = new Document({});
  for (const row of rows) document.add(document.createPair(quoted(row.name), entryOf(row)));
  return rows.length === 0 ? '' : document.toString(OUT);
}

/** @throws UsageError when the file cannot be read, or would say something else than before besides */
export function mergedYaml(before: string, rows: readonly KeptRow[], file: string): string {
  if (before.trim() === '') return slidesYaml(rows);
  const document = parseDocument(before, {
    version: '1.2',
    schema: 'core',
    // As slides.yaml is read: nothing is a number.
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !/:(?:int|float)$/.test(tag.tag)),
    uniqueKeys: false,
    logLevel: 'silent',
  });
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) throw unreadable(file);
  for (const row of rows) {
    const known = isMap(document.contents) ? document.contents.items.filter((pair) => foldCode(keyOf(pair)) === foldCode(row.name)) : [];
    if (known.length === 0) document.add(document.createPair(quoted(row.name), entryOf(row)));
    for (const pair of known) {
      const old = pair.value;
      const value = document.createNode(entryOf(row, isMap(old) ? old.get('for') : undefined));
      if (isNode(old)) Object.assign(value, { comment: old.comment, commentBefore: old.commentBefore, spaceBefore: old.spaceBefore });
      (pair as Pair).value = value;
    }
  }
  const text = written(document, file);
  const [was, is] = [readSlides(before, 'en'), readSlides(text, 'en')];
  const kept = new Set(rows.map(({ name }) => foldCode(name)));
  const isSame = [...was.slides].every(
    ([code, { links, purpose }]) =>
      kept.has(foldCode(code)) ||
      JSON.stringify([links, purpose]) === JSON.stringify([is.slides.get(code)?.links, is.slides.get(code)?.purpose]),
  );
  if (!isSame || is.problems.length > was.problems.length) throw unreadable(file);
  return text;
}

function written(document: Document, file: string): string {
  try {
    return document.toString(OUT);
  } catch {
    // A replaced entry was an anchor that others lead to.
    throw unreadable(file);
  }
}

function entryOf(row: KeptRow, purpose?: unknown): unknown {
  const links = keptLinks(row).map(({ label, url, ...more }) => ({ ...(label && { label }), url, ...more }));
  const [only] = links;
  if (typeof purpose === 'string') return links.length === 1 ? { for: purpose, ...only } : { for: purpose, links };
  if (links.length !== 1 || !only) return links;
  return Object.keys(only).length === 1 ? only.url : only;
}

function quoted(code: string): Scalar<string> {
  const key = new Scalar(code);
  key.type = Scalar.QUOTE_SINGLE;
  return key;
}

const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key).trim();

const unreadable = (file: string) =>
  new UsageError(
    `${file} cannot be merged by itself: mend it first (emcee check), or take the entries of emcee slides export into it by hand.`,
  );
