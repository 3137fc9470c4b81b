// A quick reader for the YAML that front matter nearly always is: maps, lists and one-line values. The full parser needs
// 0.3 ms and more a page. Whatever is not plainly of that kind is left to it; a test compares the two on random texts.
const LEAVE_IT = Symbol('the full parser has to read this');
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const BOOLEANS = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const KEY = /^([A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff-]*):(?: +|$)/;
const ODD = /[\0-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff]/;
const MAX_DEPTH = 15;

interface Row {
  indent: number;
  text: string;
}

/** Front matter as data, or undefined when this text is for the full parser. Values are strings, booleans, null, lists, maps. */
export function readPlainYaml(text: string): Record<string, unknown> | undefined {
  const rows = rowsOf(text);
  if (rows?.[0]?.indent !== 0) return undefined;
  const reader = { rows, at: 0 };
  try {
    const value = readMap(reader, 0, 0);
    return reader.at === rows.length ? value : undefined;
  } catch (error) {
    if (error === LEAVE_IT) return undefined;
    throw error;
  }
}

function rowsOf(text: string): Row[] | undefined {
  const rows: Row[] = [];
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    let indent = 0;
    while (line.charCodeAt(indent) === 0x20) indent++;
    let end = line.length;
    // Not trim(): YAML's spaces are only these.
    while (end > indent && line.charCodeAt(end - 1) === 0x20) end--;
    if (end === indent || line.charCodeAt(indent) === 0x23) continue;
    const content = line.slice(indent, end);
    // Emoji are harmless; lone surrogates, tabs and control characters are not ours to judge.
    if (ODD.test(content) && ODD.test(content.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return undefined;
    rows.push({ indent, text: content });
  }
  return rows;
}

interface Reader {
  rows: Row[];
  at: number;
}

function readMap(reader: Reader, indent: number, depth: number): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw LEAVE_IT;
  const map: Record<string, unknown> = {};
  for (let row = reader.rows[reader.at]; row && row.indent === indent; row = reader.rows[reader.at]) {
    const found = KEY.exec(row.text);
    const key = found?.[1];
    if (!found || key === undefined || key in map) throw LEAVE_IT;
    reader.at++;
    map[key] = readValue(reader, row.text.slice(found[0].length), indent, depth);
  }
  const next = reader.rows[reader.at];
  if (next && next.indent > indent) throw LEAVE_IT;
  return map;
}

function readValue(reader: Reader, written: string, indent: number, depth: number): unknown {
  const next = reader.rows[reader.at];
  if (written !== '' && !written.startsWith('#')) {
    if (next && next.indent > indent) throw LEAVE_IT;
    return readScalar(written);
  }
  if (!next || next.indent < indent) return null;
  if (isItem(next)) return readList(reader, next.indent, depth + 1);
  return next.indent > indent ? readMap(reader, next.indent, depth + 1) : null;
}

const isItem = (row: Row) => row.text.startsWith('- ') || row.text === '-';

function readList(reader: Reader, indent: number, depth: number): unknown[] {
  if (depth > MAX_DEPTH) throw LEAVE_IT;
  const list: unknown[] = [];
  for (let row = reader.rows[reader.at]; row && row.indent === indent && isItem(row); row = reader.rows[reader.at]) {
    let inner = 1;
    while (row.text.charCodeAt(inner) === 0x20) inner++;
    const content = row.text.slice(inner);
    if (content === '' || content.startsWith('- ') || content === '-' || content.startsWith('#')) throw LEAVE_IT;
    if (KEY.test(content)) {
      reader.rows[reader.at] = { indent: indent + inner, text: content };
      list.push(readMap(reader, indent + inner, depth + 1));
    } else {
      reader.at++;
      list.push(readScalar(content));
    }
    const next = reader.rows[reader.at];
    if (next && next.indent > indent) throw LEAVE_IT;
  }
  return list;
}

function readScalar(written: string): unknown {
  const sign = written[0];
  if (sign === '"' || sign === "'" || sign === '[' || sign === '{') {
    const flow: Flow = { text: written, at: 0 };
    const value = readFlow(flow, 0);
    const end = flow.at;
    skipSpaces(flow);
    if (flow.at < written.length && (written[flow.at] !== '#' || flow.at === end)) throw LEAVE_IT;
    return value;
  }
  const comment = written.indexOf(' #');
  const plain = comment < 0 ? written : written.slice(0, comment).replace(/ {1,100}$/, '');
  if (/^[-?:,\]}#&*!|>%@`]|: |:$/.test(plain)) throw LEAVE_IT;
  return meant(plain);
}

/** `true`, `~` and the like are values; everything else, numbers and dates too, is the string that was written. */
function meant(plain: string): unknown {
  if (NULLS.has(plain)) return null;
  return BOOLEANS.get(plain) ?? plain;
}

interface Flow {
  text: string;
  at: number;
}

function skipSpaces(flow: Flow): void {
  while (flow.text.charCodeAt(flow.at) === 0x20) flow.at++;
}

function readFlow(flow: Flow, depth: number): unknown {
  const sign = flow.text[flow.at];
  if (depth > MAX_DEPTH) throw LEAVE_IT;
  if (sign === '"' || sign === "'") return readQuoted(flow, sign);
  if (sign === '[') return readFlowList(flow, depth);
  if (sign === '{') return readFlowMap(flow, depth);
  const found = /[^-?:,[\]{}#&*!|>%@`"' ](?:[^,[\]{}:# ]|:(?=[^ ,[\]{}])| (?=[^ #:,[\]{}]))*/y;
  found.lastIndex = flow.at;
  const plain = found.exec(flow.text)?.[0];
  if (plain === undefined) throw LEAVE_IT;
  flow.at += plain.length;
  return meant(plain);
}

function readQuoted(flow: Flow, quote: string): string {
  const end = flow.text.indexOf(quote, flow.at + 1);
  const text = flow.text.slice(flow.at + 1, end);
  if (end < 0 || flow.text[end + 1] === "'" || (quote === '"' && text.includes('\\'))) throw LEAVE_IT;
  flow.at = end + 1;
  return text;
}

function readFlowList(flow: Flow, depth: number): unknown[] {
  const list: unknown[] = [];
  flow.at++;
  for (skipSpaces(flow); flow.text[flow.at] !== ']'; skipSpaces(flow)) {
    list.push(readFlow(flow, depth + 1));
    endOfEntry(flow, ']');
  }
  flow.at++;
  return list;
}

function readFlowMap(flow: Flow, depth: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  flow.at++;
  for (skipSpaces(flow); flow.text[flow.at] !== '}'; skipSpaces(flow)) {
    const key = /[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff-]*(?=: )/y;
    key.lastIndex = flow.at;
    const name = key.exec(flow.text)?.[0];
    if (name === undefined || name in map) throw LEAVE_IT;
    flow.at += name.length + 1;
    skipSpaces(flow);
    map[name] = readFlow(flow, depth + 1);
    endOfEntry(flow, '}');
  }
  flow.at++;
  return map;
}

function endOfEntry(flow: Flow, close: string): void {
  skipSpaces(flow);
  if (flow.text[flow.at] === ',') flow.at++;
  else if (flow.text[flow.at] !== close) throw LEAVE_IT;
}
