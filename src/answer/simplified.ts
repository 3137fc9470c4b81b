import TSCharacters from 'opencc-js/dict/TSCharacters';

const HAN = /[\u3400-\u9FFF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;

let table: Map<string, string> | undefined;

/**
 * Traditional → simplified, sign by sign. Phrases are left out on purpose: a sign that folds one way inside a phrase and
 * another way outside could never be found by a part of it.
 */
export function simplified(text: string): string {
  if (!HAN.test(text)) return text;
  table ??= readTable();
  let result = '';
  for (const sign of text) result += table.get(sign) ?? sign;
  return result;
}

// Read at the first Chinese message: a millisecond that a start need not pay.
function readTable(): Map<string, string> {
  const pairs = TSCharacters.split('|').map((pair) => pair.split(' ', 2) as [string, string]);
  return new Map(pairs.filter(([from, to]) => to !== undefined && from !== to));
}
