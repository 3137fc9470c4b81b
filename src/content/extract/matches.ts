// Every match of a pattern, without the copy of the pattern that `matchAll` makes on each call.

/** Calls back for each match of a global pattern, in the order of the text. */
export function eachMatch(pattern: RegExp, text: string, tell: (match: RegExpExecArray) => void): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex++;
    const next = pattern.lastIndex;
    tell(match);
    pattern.lastIndex = next;
  }
}

/** The matches of a global pattern. */
export function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  eachMatch(pattern, text, (match) => found.push(match));
  return found;
}
