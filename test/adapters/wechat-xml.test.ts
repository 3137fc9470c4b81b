import { expect, test } from 'vitest';
import { element, readXml } from '../../adapters/wechat/xml.js';

const fieldA = (inner: string) => readXml(`<xml>${inner}</xml>`)?.get('a');

test.each([
  ['<a>007</a>', '007'],
  ['<a>1e5</a>', '1e5'],
  ['<a> x </a>', ' x '],
  ['<a><![CDATA[ x ]]></a>', ' x '],
  ['<a>23456789012345678901</a>', '23456789012345678901'],
  ['<a>&lt;b&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>', '<b>&"\'A😀'],
  ['<a><![CDATA[&lt;<!DOCTYPE x><b>]]></a>', '&lt;<!DOCTYPE x><b>'],
  ['<a><![CDATA[x]]]]><![CDATA[>y]]></a>', 'x]]>y'],
  ['<a></a>', ''],
  ['<a/>', ''],
  ['\n  <a>x</a>\n', 'x'],
  ['<b><a>deep</a></b><a>x</a>', 'x'],
])('%s is %j', (inner, value) => {
  expect(fieldA(inner)).toBe(value);
});

const nested = (depth: number) => `${'<n>'.repeat(depth)}${'</n>'.repeat(depth)}`;
test.each([
  ['nothing', ''],
  ['no root', 'hello'],
  ['another root', '<html></html>'],
  ['two roots', '<xml></xml><xml></xml>'],
  ['text behind', '<xml></xml>x'],
  ['a document type', '<!DOCTYPE xml><xml></xml>'],
  ['a document type inside', '<xml><!doctype x></xml>'],
  ['a declaration of an entity', '<xml><!ENTITY a "b"></xml>'],
  ['an unknown entity', '<xml><a>&lol;</a></xml>'],
  ['a bare &', '<xml><a>a & b</a></xml>'],
  ['a NUL by number', '<xml><a>&#0;</a></xml>'],
  ['half a pair by number', '<xml><a>&#xD800;</a></xml>'],
  ['beyond Unicode', '<xml><a>&#x110000;</a></xml>'],
  ['tags that do not match', '<xml><a></b></xml>'],
  ['a tag that is not closed', '<xml><a>'],
  ['one closed too often', '<xml></xml></xml>'],
  ['a section that is not closed', '<xml><a><![CDATA[x</a></xml>'],
  ['an attribute', '<xml a="b"></xml>'],
  ['a comment', '<xml><!-- x --></xml>'],
  ['an instruction', '<xml><?php x ?></xml>'],
  ['a field twice', '<xml><a>1</a><a>2</a></xml>'],
  ['text between fields', '<xml>x<a>1</a></xml>'],
  ['nine levels', `<xml>${nested(8)}</xml>`],
  ['201 elements', `<xml>${'<n/>'.repeat(201)}</xml>`],
  ['20,000 levels', `<xml>${nested(20_000)}</xml>`],
  ['40,000 open tags', '<xml>'.repeat(40_000)],
])('%s is refused', (_, document) => {
  expect(readXml(document)).toBeUndefined();
});

test('words that objects know are names like any other', () => {
  const fields = readXml('<xml><__proto__>1</__proto__><constructor>2</constructor><hasOwnProperty>3</hasOwnProperty></xml>');
  expect([...(fields ?? [])]).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
    ['hasOwnProperty', '3'],
  ]);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});

test('whatever is written is read again, but for what XML cannot hold', () => {
  for (const value of [']]>', ']]]]>>', '<a href="x">', '&amp;', '👩‍👩‍👧‍👦', '__proto__', 'a\nb\tc', ''])
    expect(readXml(`<xml>${element('a', value)}</xml>`)?.get('a')).toBe(value);
  expect(element('a', 'x\u0000\u0008\uFFFE\uD800y')).toBe('<a><![CDATA[xy]]></a>');
});
