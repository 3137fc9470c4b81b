import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '../config/environment.js';
import { loadContent } from '../content/load.js';
import { jsonOutcome, type Outcome, UsageError } from './output.js';

interface Options {
  start: string;
  end?: string;
  place?: string;
  code?: string;
  json?: boolean;
}

/** `emcee new`: a page from a title, a start and a place, ready to edit. Never writes over a page. */
export async function newCommand(title: string, options: Options): Promise<Outcome> {
  const start = wallTime('--start', options.start);
  const end = options.end && wallTime('--end', /^\d{1,2}:\d\d$/.test(options.end) ? `${start.slice(0, 10)} ${options.end}` : options.end);
  if (end && end < start.slice(0, end.length)) throw new UsageError(`--end: ${end} is before the start, ${start}.`);
  const { content, pagesCache } = readEnvironment();
  const { catalog, community } = await loadContent(content, { now: Date.now(), cacheFile: pagesCache });
  const code = options.code?.trim() || freeCode(start.slice(0, 10).replaceAll('-', ''), (each) => catalog.codes.has(each));
  if (/[`\n\r]/.test(code)) throw new UsageError('--code: a code may hold letters, digits and signs, but no backtick and no line break.');
  if (catalog.codes.has(code))
    throw new UsageError(`--code: ${code} stands on ${catalog.codes.get(code)?.events[0]?.title ?? 'another page'} already. Take another.`);
  const folder = join(content, 'events');
  const file = join(folder, `${start.slice(0, 10)}${slug(title)}.md`);
  if (existsSync(file)) throw new UsageError(`${file} is there already; emcee new writes over nothing.`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    page({ title, start, end, place: options.place, code, timezone: community.timezone, chinese: community.language === 'zh' }),
    { flag: 'wx' },
  );
  if (options.json) return jsonOutcome({ file, code });
  return {
    lines: [
      `${file} is written. Edit it, then run: emcee check`,
      `When the slides are there, add to ${join(content, 'slides.yaml')}: '${code}': https://…`,
    ],
  };
}

/** `2027-05-15 14:00` or `2027-05-15` → the same with a T. @throws UsageError */
function wallTime(option: string, written: string): string {
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d{1,2}:\d\d))?$/.exec(written.trim()) ?? [];
  const iso = day && (hour ? `${day}T${hour.padStart(5, '0')}` : day);
  const at = iso && new Date(hour ? `${iso}:00Z` : `${iso}T00:00:00Z`);
  // A Date rolls 31 February over into March: only what comes back unchanged was a real day.
  if (!iso || !at || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(iso))
    throw new UsageError(`${option}: '${written}' is no time. Write it as "2027-05-15 14:00" or "2027-05-15".`);
  return iso;
}

function freeCode(day: string, taken: (code: string) => boolean): string {
  for (const suffix of ['', ...'abcdefghijklmnopqrstuvwxyz']) if (!taken(day + suffix)) return day + suffix;
  return day;
}

function slug(title: string): string {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return words ? `-${[...words].slice(0, 40).join('').replace(/-+$/, '')}` : '';
}

interface Given {
  title: string;
  start: string;
  end: string | undefined;
  place: string | undefined;
  code: string;
  timezone: string;
  chinese: boolean;
}

function page({ title, start, end, place, code, timezone, chinese }: Given): string {
  const online = place !== undefined && /^(online|线上)$/i.test(place.trim());
  const keys = [
    `title: ${JSON.stringify(title)}`,
    `start: ${start}`,
    ...(end ? [`end: ${end}`] : []),
    `timezone: ${timezone}`,
    ...(place && !online ? [`location: ${JSON.stringify(place)}`] : []),
    ...(online ? ['online: true'] : []),
    `codes: [${JSON.stringify(code)}]`,
    '# talks:',
    `#   - title: ${chinese ? '议题' : 'a talk'}`,
    `#     speakers: [{ name: ${chinese ? '姓名, affiliation: 单位' : 'name, affiliation: house'} }]`,
  ];
  const body = chinese
    ? `写给大家看的介绍。\n\n关注公众号，回复关键词 \`${code}\`，获取 PPT 下载链接。`
    : `What the event is about.\n\nSend \`${code}\` to the bot to get the slides.`;
  return `---\n${keys.join('\n')}\n---\n\n${body}\n`;
}
