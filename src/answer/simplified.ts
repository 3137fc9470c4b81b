import TSCharacters from 'opencc-js/dict/TSCharacters';

let table: Map<string, string> | undefined;

/**
 * Traditional → simplified, sign by sign. Phrases are left out on purpose: a sign that folds one way inside a phrase and
 * another way outside could never be found by a part of it.
 */
export function simplified(text: string): string {
  let result = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x3400) continue;
    table ??= readTable();
    const wide = unit >= 0xd800 && unit < 0xdc00;
    const simple = table.get(wide ? text.slice(at, at + 2) : text.charAt(at));
    if (simple === undefined) continue;
    result += text.slice(from, at) + simple;
    if (wide) at++;
    from = at + 1;
  }
  return from === 0 ? text : result + text.slice(from);
}

// Read at the first Chinese message: a millisecond that a start need not pay.
function readTable(): Map<string, string> {
  const pairs = TSCharacters.split('|').map((pair) => pair.split(' ', 2) as [string, string]);
  return new Map(pairs.filter(([from, to]) => to !== undefined && from !== to));
}
