// WeChat's XML: elements without attributes, text and CDATA, nothing else. What is more than that is refused, not guessed at;
// values stay strings, character for character.

const MOST_ELEMENTS = 200;
const DEEPEST = 8;
const OPEN = /<([A-Za-z_][\w.-]{0,63})\s*(\/?)>/y;
const CLOSE = /<\/([A-Za-z_][\w.-]{0,63})\s*>/y;
const DECLARATION = /^\s*<\?xml version="1\.0"(?: encoding="utf-8")?\s*\?>/i;
const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));|&/gi;
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
/** What XML 1.0 cannot hold, not even in CDATA. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

class Malformed extends Error {}

/** Name → text of the elements right under `<xml>`; undefined when the document is anything but WeChat's plain XML. */
export function readXml(document: string): Map<string, string> | undefined {
  try {
    return read(document);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** `<Name><![CDATA[value]]></Name>`; a value cannot close its own section. */
export function element(name: string, value: string): string {
  return `<${name}><![CDATA[${value.replace(FORBIDDEN, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}

function read(document: string): Map<string, string> {
  const values = new Map<string, string>();
  const open: string[] = [];
  let elements = 0;
  let value = '';
  const take = (text: string) => {
    if (open.length === 2) value += text;
    else if (open.length < 2 && text.trim() !== '') throw new Malformed();
  };
  const close = () => {
    const name = open.pop() ?? '';
    if (open.length !== 1) return;
    if (values.has(name)) throw new Malformed();
    values.set(name, value);
  };
  let at = DECLARATION.exec(document)?.[0].length ?? 0;
  while (at < document.length) {
    if (document[at] !== '<') {
      const next = document.indexOf('<', at);
      const end = next < 0 ? document.length : next;
      take(withoutReferences(document.slice(at, end)));
      at = end;
    } else if (document.startsWith('<![CDATA[', at)) {
      const end = document.indexOf(']]>', at);
      if (end < 0 || open.length === 0) throw new Malformed();
      take(document.slice(at + 9, end));
      at = end + 3;
    } else if (document[at + 1] === '/') {
      const [tag, name] = match(CLOSE, document, at);
      if (name !== open.at(-1)) throw new Malformed();
      close();
      at += tag.length;
    } else {
      const [tag, name = '', empty] = match(OPEN, document, at);
      // One root, and it is called xml.
      if (open.length === 0 && (name !== 'xml' || elements > 0)) throw new Malformed();
      elements += 1;
      open.push(name);
      if (elements > MOST_ELEMENTS || open.length > DEEPEST) throw new Malformed();
      if (open.length === 2) value = '';
      if (empty) close();
      at += tag.length;
    }
  }
  if (open.length > 0 || elements === 0) throw new Malformed();
  return values;
}

/** Also what begins a document type, a comment or a processing instruction fails here. */
function match(expression: RegExp, document: string, at: number): RegExpExecArray {
  expression.lastIndex = at;
  const found = expression.exec(document);
  if (!found) throw new Malformed();
  return found;
}

/** There are five names and the numbers; a document cannot define more. */
function withoutReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_, name?: string, decimal?: string, hexadecimal?: string) => {
    const sign = name === undefined ? fromCode(decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16)) : NAMED.get(name);
    if (sign === undefined) throw new Malformed();
    return sign;
  });
}

function fromCode(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined;
}
