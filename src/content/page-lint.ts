// Findings that need the page's own text and keys; made when it is read, for afterwards only what was understood is kept.
import { suggestion } from './did-you-mean.js';
import { problem } from './problems.js';
import type { Line, Problem } from './types.js';

const KEYS = [
  'id',
  'title',
  'start',
  'end',
  'timezone',
  'location',
  'online',
  'status',
  'codes',
  'slides',
  'url',
  'image',
  'tags',
  'organizers',
  'account',
  'register',
  'talks',
  'reminders',
  'draft',
  'publishDate',
  'expiryDate',
];
/** Keys of Hugo, Jekyll and other sites that only look like slips of ours. */
const FOREIGN = new Set(
  'images tag ids uid urls uri state stars star stat side sides tasks tabs talk slide code organizer date data text registered titles subtitle publishdate expirydate locations imagealt'.split(
    ' ',
  ),
);
/** A key this short is one edit away from too many words. */
const SHORTEST = 4;

/** Keys that are nearly one of ours. Real sites have hundreds of keys of their own: those are none of our business. */
export function keySlips(data: Record<string, unknown>, keyLine: (key: string) => number): Problem[] {
  return Object.keys(data).flatMap((key) => {
    const meant = meantBy(key);
    return meant && !Object.hasOwn(data, meant) ? [slip(keyLine(key), key, meant)] : [];
  });
}

/** The pages of a site have the same keys: each is compared with ours once. */
const compared = new Map<string, string | undefined>();
const MOST_COMPARED = 1_000;

function meantBy(key: string): string | undefined {
  if (key.length < SHORTEST || key.length > 16 || FOREIGN.has(key) || KEYS.includes(key)) return undefined;
  if (compared.has(key)) return compared.get(key);
  const near = suggestion(key, KEYS);
  const meant = near === 'id' || near === 'end' ? undefined : near;
  if (compared.size < MOST_COMPARED) compared.set(key, meant);
  return meant;
}

/** The same download is called PPT in one sentence and PDF in another: one of them was copied from elsewhere. */
export function formatDrift(lines: readonly Line[]): Problem[] {
  let ppt = 0;
  let pdf = 0;
  for (const { text, number, kind } of lines) {
    if (kind === 'code' || text.length > 400 || !/(?:PPT|PDF)/i.test(text) || !/回复|下载|获取|reply|download/i.test(text)) continue;
    const [isPpt, isPdf] = [/PPT/i.test(text), /PDF(?!\))/i.test(text.replace(/https?:\/\/\S+/g, ''))];
    if (isPpt && isPdf) continue;
    if (isPpt) ppt ||= number;
    if (isPdf) pdf ||= number;
  }
  return ppt > 0 && pdf > 0 ? [drift(Math.max(ppt, pdf), Math.min(ppt, pdf))] : [];
}

const slip = (line: number, key: string, meant: string) =>
  problem(line, 'warning', 'key-unknown', `There is no key '${key}'. Did you mean ${meant}?`, `没有“${key}”这个键。是不是想写 ${meant}？`);

const drift = (line: number, other: number) =>
  problem(
    line,
    'warning',
    'format-drift',
    `Here and in line ${other} the same download is called PPT once and PDF once. Say which it is.`,
    `这里和第 ${other} 行对同一份下载一处写 PPT、一处写 PDF。请统一。`,
  );
