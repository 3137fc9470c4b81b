// The keys of an event page (docs/content.md) that say outright what extraction would otherwise read from the page's form.
import { problem } from './problems.js';
import { isZone, wallTime } from './time-zone.js';
import type { Facts, Problem } from './types.js';
import { asText, linksOf, textsOf } from './values.js';
import { readTime } from './written-time.js';

type Data = Record<string, unknown>;
type KeyLine = (key: string) => number;

/** What the keys say; only the fields they give. A value that cannot be read is named, and what was extracted stays. */
export function explicitFacts(data: Data, keyLine: KeyLine, extracted: Facts): { facts: Partial<Facts>; problems: Problem[] } {
  const problems: Problem[] = [];
  const facts: Partial<Facts> = { ...words(data), ...codes(data) };

  if (typeof data.timezone === 'string' && data.timezone.trim() !== '') {
    if (isZone(data.timezone.trim())) facts.timezone = data.timezone.trim();
    else if (keyLine('start') > 0) problems.push(noZone(keyLine('timezone'), data.timezone));
  }
  Object.assign(facts, times(data, keyLine, facts.timezone ?? null, extracted, problems));
  return { facts, problems };
}

function words(data: Data): Partial<Facts> {
  const facts: Partial<Facts> = {};
  const title = asText(data.title);
  if (title) facts.title = title;
  const account = asText(data.account);
  if (account) facts.account = account;
  if (typeof data.online === 'boolean') facts.online = data.online;
  const location = asText(data.location);
  if (location && /^(?:online|virtual|remote|线上|在线)$/i.test(location)) {
    facts.location = null;
    facts.online ??= true;
  } else if (location && !/^https?:/i.test(location)) facts.location = location;
  const slides = linksOf(data.slides);
  if (slides.length > 0) facts.slides = slides;
  return facts;
}

/** `codes` is a word, a list of words, or of `{ code, for }` where a code gets something else than slides. */
function codes(data: Data): Partial<Facts> {
  if (data.codes === undefined || data.codes === null || typeof data.codes === 'boolean') return {};
  const codeFor: Record<string, string> = {};
  const list = (Array.isArray(data.codes) ? data.codes : [data.codes]).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return textsOf(entry);
    const { code, for: purpose } = entry as Data;
    const [word] = textsOf(code);
    if (word && typeof purpose === 'string') Object.defineProperty(codeFor, word, { value: purpose, enumerable: true, configurable: true });
    return word ? [word] : [];
  });
  return { codes: [...new Set(list)], ...(Object.keys(codeFor).length > 0 ? { codeFor } : {}) };
}

function times(data: Data, keyLine: KeyLine, zone: string | null, extracted: Facts, problems: Problem[]): Partial<Facts> {
  const facts: Partial<Facts> = {};
  const place = (value: unknown) => {
    const time = readTime(value);
    if (time?.offset === undefined) return time?.wall;
    if (zone) return wallTime(Date.parse(`${time.wall}:00Z`) - time.offset * 60_000, zone);
    const hours = -time.offset / 60;
    if (Number.isInteger(hours)) facts.timezone = hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '+' : ''}${hours}`;
    return time.wall;
  };
  const start = place(data.start);
  if (start) {
    facts.start = start;
    facts.startBasis = 'key';
  } else if (asText(data.start)) problems.push(noTime(keyLine('start'), 'start', String(data.start)));

  const day = (start ?? extracted.start)?.slice(0, 10);
  const hour = typeof data.end === 'string' && /^\d{1,2}:\d{2}$/.test(data.end.trim()) ? data.end.trim() : undefined;
  const end = place(hour && day ? `${day} ${hour}` : data.end);
  if (end) facts.end = end;
  else if (asText(data.end)) problems.push(noTime(keyLine('end'), 'end', String(data.end)));
  // An end that was read elsewhere belongs to the start that was read elsewhere.
  else if (start && extracted.end && (extracted.end < start || extracted.end.slice(0, 10) !== start.slice(0, 10))) facts.end = null;
  return facts;
}

const noTime = (line: number, key: string, value: string) =>
  problem(
    line,
    'warning',
    `${key}-unreadable`,
    `'${key}: ${value.slice(0, 40)}' is no time. Write it as 2027-05-15 14:00, or 2027-05-15.`,
    `“${key}: ${value.slice(0, 40)}”不是时间。请写成 2027-05-15 14:00 或 2027-05-15。`,
  );

const noZone = (line: number, value: string) =>
  problem(
    line,
    'warning',
    'timezone-unknown',
    `'timezone: ${value.slice(0, 40)}' is no time zone. Write its full name, such as Asia/Shanghai or Europe/Berlin.`,
    `“timezone: ${value.slice(0, 40)}”不是时区。请写全名，例如 Asia/Shanghai 或 Europe/Berlin。`,
  );
