// content/emcee.yaml: the community's own settings. Every mistake is named at once, with its line.
import { Cron } from 'croner';
import * as z from 'zod/mini';
import { suggestion } from '../content/did-you-mean.js';
import { problem } from '../content/problems.js';
import { isMoment, type OwnWords, SPAN, unknownName } from '../content/reminder-rules.js';
import { isZone } from '../content/time-zone.js';
import type { Language, Problem } from '../content/types.js';
import { readYaml } from '../content/yaml.js';
import { type Given, type ReadCommunity, withDefaults } from './community-defaults.js';
import { EXPECTED, type Expectation } from './community-words.js';

// Its compiler would need `new Function`, and more time than these few values are worth.
z.config({ jitless: true });

const is = (expected: Expectation) => ({ error: expected });
const text = (expected: Expectation = 'text') => z.string(is(expected)).check(z.trim(), z.minLength(1, is(expected)));
const form = (pattern: RegExp, expected: Expectation) => text(expected).check(z.regex(pattern, is(expected)));
const list = <T extends z.core.$ZodType>(of: T) =>
  z.pipe(
    z.transform((value) => (typeof value === 'string' ? [value] : value)),
    z.array(of, is('list')),
  );
const maybe = z.optional;

const address = form(/^[\w-]+:(?:room|person|audience):\S/, 'address');
const language = z.enum(['zh', 'en'], is('language'));
const ownWords = z.union([text(), z.strictObject({ zh: maybe(text()), en: maybe(text()) })], is('text'));

const channel = z.strictObject(
  {
    name: text('channel-name'),
    address: form(/^[\w-]+:\S/, 'channel-address'),
    tags: maybe(list(text('tag'))),
    language: maybe(language),
    quiet: maybe(form(/^(?:[01]\d|2[0-3]):[0-5]\d\s?-\s?(?:[01]\d|2[0-3]):[0-5]\d$/, 'quiet')),
    rooms: maybe(z.enum(['exact', 'mention'], is('rooms'))),
  },
  is('channel'),
);

/** A text with names in it: `{title} {when}`. */
const template = ownWords.check(z.refine((words) => unknownName(words as OwnWords) === undefined, is('template')));
/** Stands above a list of events: there is no one event that names could stand for. */
const plainWords = ownWords.check(
  z.refine((words) => !/[{}]/.test(typeof words === 'string' ? words : Object.values(words).join()), is('digest-text')),
);
const moment = (key: 'at' | 'on') => text().check(z.refine((value) => isMoment(key, value), is(`moment-${key}`)));

const WHEN = ['before', 'at', 'after', 'on'] as const;
const reminder = z
  .strictObject(
    {
      before: maybe(form(SPAN, 'span')),
      at: maybe(moment('at')),
      after: maybe(form(SPAN, 'span')),
      on: maybe(moment('on')),
      to: list(text('tag')),
      late: maybe(form(SPAN, 'span')),
      text: maybe(template),
      exact: maybe(z.boolean(is('boolean'))),
    },
    is('reminder'),
  )
  .check(z.refine((rule) => WHEN.filter((key) => rule[key] !== undefined).length === 1, is('reminder-when')));

const digest = z.strictObject(
  {
    cron: form(/^\S+(?:\s+\S+){4}$/, 'cron').check(z.refine(isRareEnough, is('cron'))),
    to: list(text('tag')),
    zone: maybe(text('timezone').check(z.refine(isZone, is('timezone')))),
    late: maybe(form(SPAN, 'span')),
    text: maybe(plainWords),
    language: maybe(language),
  },
  is('digest'),
);

const webAddress = form(/^https?:\/\/[^\s/]/, 'web-address');

const KEYS = {
  community: text('community'),
  timezone: text('timezone').check(z.refine(isZone, is('timezone'))),
  language,
  organizers: list(address),
  alerts: list(address),
  everyone: list(form(/^(?:[\w-]+:(?:room|person|audience):\S|cli:\S)/, 'mentioner')),
  channels: z.array(channel, is('list')),
  reminders: z.array(reminder, is('list')),
  digests: z.array(digest, is('list')),
  remindAt: form(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'hour'),
  changesAfter: form(/^\d{1,4}\s?(?:s|m|min|h|d)$/, 'short-span'),
  jitter: form(/^\d{1,3}\s?(?:m|min)$/, 'minutes'),
  words: z.strictObject({ welcome: maybe(text()), help: maybe(text()), 'no-match': maybe(text()) }, is('map')),
  sources: list(text('source')),
  site: z.pipe(
    z.transform((value) => (typeof value === 'string' ? { base: value } : value)),
    z.strictObject({ base: webAddress, root: maybe(text()) }, is('site')),
  ),
  slidesAfterDays: form(/^\d{1,3}$/, 'days'),
  publicSlides: z.boolean(is('boolean')),
  sample: z.boolean(is('boolean')),
};
/** Which keys the objects inside know, for "did you mean". */
const INNER: Record<string, readonly string[]> = {
  channels: Object.keys(channel.shape),
  reminders: Object.keys(reminder.shape),
  digests: Object.keys(digest.shape),
  words: ['welcome', 'help', 'no-match'],
  site: ['base', 'root'],
};

/**
 * Reads emcee.yaml; an empty text gives the defaults. A key with a mistake is left out, so that commands can go on without it.
 * @param guess the language of most pages: the default where the file names none. The default zone is Asia/Shanghai for zh, else UTC.
 */
export function readCommunity(yaml: string, guess: Language = 'en'): ReadCommunity {
  const { value, problems: found, lineOf } = readYaml(yaml.charCodeAt(0) === 0xfeff ? yaml.slice(1) : yaml);
  const problems = found.map((each) => ({ ...each, rule: each.rule.replace('front-matter', 'settings') }));
  const given: Given = {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (value !== null && value !== undefined) problems.push(wrong(1, 'emcee.yaml', 'map', value));
  } else {
    for (const [key, written] of Object.entries(value)) {
      if (written === null) continue;
      if (!Object.hasOwn(KEYS, key)) {
        problems.push(unknownKey(lineOf([key]), key, Object.keys(KEYS)));
        continue;
      }
      const result = KEYS[key as keyof typeof KEYS].safeParse(withoutNulls(written));
      if (result.success) Object.assign(given, { [key]: result.data });
      else problems.push(...result.error.issues.flatMap((issue) => mistakes(key, issue, written, lineOf)));
    }
  }
  return { community: withDefaults(given, guess), problems, isGuess: given.language === undefined };
}

/** An expression that comes true, and not more often than each hour: nobody wants a digest a minute. */
function isRareEnough(expression: string): boolean {
  try {
    const runs = new Cron(expression, { timezone: 'UTC', paused: true }).nextRuns(3, new Date('2026-01-01T00:00:30Z'));
    const times = runs.map((run) => run.getTime());
    return times.length > 0 && times.every((time, at) => at === 0 || time - (times[at - 1] ?? 0) >= 3600_000);
  } catch {
    return false;
  }
}

/** `tags:` with nothing behind it is a key not given. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
}

function mistakes(key: string, issue: z.core.$ZodIssue, written: unknown, lineOf: (path: readonly PropertyKey[]) => number): Problem[] {
  const path = [key, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((unknown) => unknownKey(lineOf([...path, unknown]), unknown, INNER[key] ?? []));
  // A single text stands for a list of one.
  const at =
    typeof written === 'string'
      ? written
      : issue.path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], written);
  return [wrong(lineOf(path), shown(path), issue.message as Expectation, at)];
}

const shown = (path: readonly PropertyKey[]) =>
  path.map((step, at) => (typeof step === 'number' ? `[${step + 1}]` : `${at ? '.' : ''}${String(step)}`)).join('');

function wrong(line: number, where: string, expected: Expectation, value: unknown): Problem {
  const { en, zh } = EXPECTED[expected] ?? EXPECTED.text;
  const written = typeof value === 'string' ? value.slice(0, 60) : undefined;
  return problem(
    line,
    'error',
    'settings-value',
    `${where}${written === undefined ? '' : ` ('${written}')`} ${value === undefined ? 'is missing: it' : ''} ${en}`.replace(/\s+/g, ' '),
    `${where}${written === undefined ? '' : `（“${written}”）`}${value === undefined ? '缺失：' : ''}${zh}`,
  );
}

function unknownKey(line: number, key: string, known: readonly string[]): Problem {
  const meant = suggestion(key, known);
  return problem(
    line,
    // A slip in a known key would silently mean the default, such as another time zone.
    meant ? 'error' : 'warning',
    'settings-unknown-key',
    `There is no key '${key}' here.${meant ? ` Did you mean ${meant}?` : ''} Known: ${known.join(', ')}.`,
    `这里没有“${key}”这个键。${meant ? `是不是想写 ${meant}？` : ''}可用：${known.join('、')}。`,
  );
}
