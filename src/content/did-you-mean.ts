// Near misses of a known word.

/** The known word that a slip of the keyboard (one edit; two in longer words) makes of this one; undefined for a known or foreign word. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  if (known.includes(word)) return undefined;
  let best: string | undefined;
  let fewest = word.length > 6 ? 2 : 1;
  for (const each of known) {
    if (Math.abs(each.length - word.length) > fewest) continue;
    const edits = editsBetween(word.toLowerCase(), each.toLowerCase(), fewest);
    if (edits > fewest || (edits === fewest && best !== undefined)) continue;
    best = each;
    fewest = edits;
  }
  return best;
}

/** Insertions, deletions, changes and swaps of neighbours; more than `most` is only known to be more. */
export function editsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let edits = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}
