// Whether two titles, places or days may mean the same; for pages of one event, which rarely write them alike.

/** What a title is about: letters and digits only, without the words that announcements and recaps add. */
export function core(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(
      /\.html?$|活动|回顾|报名|预告|议程|圆满|落幕|精彩|开启|开始|即将|直播|录像|视频|资料|下载|ppt|recap|announcement|agenda|registration/g,
      '',
    )
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** 0–1: how many pairs of neighbouring letters two cores share (Dice). */
function likeness(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  for (let at = 1; at < a.length; at++) count(pairs, a.slice(at - 1, at + 1), 1);
  let shared = 0;
  for (let at = 1; at < b.length; at++) {
    const pair = b.slice(at - 1, at + 1);
    const left = pairs.get(pair) ?? 0;
    if (left > 0) {
      shared++;
      pairs.set(pair, left - 1);
    }
  }
  return (2 * shared) / (a.length + b.length - 2);
}

function count(pairs: Map<string, number>, pair: string, by: number): void {
  pairs.set(pair, (pairs.get(pair) ?? 0) + by);
}

/** Titles of one event or one talk: nearly alike, or one is the other with something added. Both are cores. */
export function alike(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 6 && long.includes(short)) return true;
  return likeness(a, b) >= 0.7;
}

/** Two places that cannot be one: both are given, and no word or pair of Chinese characters stands in both. */
export function placesDiffer(a: string | null, b: string | null): boolean {
  if (!a || !b) return false;
  const words = new Set(placeWords(a));
  return !placeWords(b).some((word) => words.has(word));
}

function placeWords(place: string): string[] {
  const text = place.normalize('NFKC').toLowerCase();
  const chinese = [...text.matchAll(/[\u3400-\u9fff]+/g)].flatMap(([run]) =>
    Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2)),
  );
  return [...chinese, ...(text.match(/[a-z\u00c0-\u024f]{3,}/g) ?? [])];
}

/** Days since 1970 of a start; null without one. */
export function dayNumber(start: string | null): number | null {
  if (!start) return null;
  const day = Date.UTC(Number(start.slice(0, 4)), Number(start.slice(5, 7)) - 1, Number(start.slice(8, 10))) / 86_400_000;
  return Number.isNaN(day) ? null : day;
}

/** A code as people type it: width, case, spaces and hyphens do not count. */
export function foldCode(code: string): string {
  return code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\u200b-\u200d\ufeff‐-―-]+/g, '');
}
