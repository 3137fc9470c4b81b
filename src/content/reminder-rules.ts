// Rules for what is posted when: the same in emcee.yaml and in a page's front matter.
import { suggestion } from './did-you-mean.js';
import type { Language } from './types.js';

export type OwnWords = string | Partial<Record<Language, string>>;

export interface ReminderRule {
  before?: string;
  at?: string;
  after?: string;
  on?: string;
  /** Tags of channels; on a page without it, those of the community's rules. */
  to?: string[];
  late?: string;
  text?: OwnWords;
  /** At the very instant: no jitter, and quiet hours do not move it. */
  exact?: boolean;
}

export interface DigestRule {
  cron: string;
  to: string[];
  /** IANA; the community's when not given. */
  zone?: string;
  late?: string;
  text?: OwnWords;
  language?: Language;
}

export const SPAN = /^\d{1,4}\s?(?:m|min|h|d|w)$/;
const MOMENTS = { at: 'start', on: 'published' } as const;
/** What a text of one's own may name. */
const TEMPLATE_NAMES = ['title', 'when', 'where', 'link', 'register', 'code', 'videos'] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];
const PLACE = /\{\s*([A-Za-z]\w*)\s*\}/g;

const WHEN = ['before', 'at', 'after', 'on'] as const;
const KEYS = [...WHEN, 'to', 'late', 'text', 'exact'];

export interface Mistake {
  en: string;
  zh: string;
}

export const isMoment = (key: 'at' | 'on', value: string): boolean => value === MOMENTS[key];

/** The first name in a text that there is not, with the one that was meant. */
export function unknownName(text: OwnWords): { name: string; meant: string | undefined } | undefined {
  for (const each of typeof text === 'string' ? [text] : Object.values(text))
    for (const [, name = ''] of each.matchAll(PLACE))
      if (!TEMPLATE_NAMES.includes(name as TemplateName)) return { name, meant: suggestion(name, [...TEMPLATE_NAMES]) };
  return undefined;
}

/** Puts values into a text; a line all of whose names stand for nothing is left out. */
export function fillIn(text: string, values: Record<TemplateName, string>): string {
  const lines = text.split('\n').flatMap((line) => {
    const names = [...line.matchAll(PLACE)].map(([, name]) => values[name as TemplateName] ?? '');
    if (names.length > 0 && names.every((value) => value === '')) return [];
    return [line.replace(PLACE, (_, name: TemplateName) => values[name] ?? '')];
  });
  return lines.join('\n').trim();
}

/** The `reminders` of a page: undefined when it has none of its own; a rule with a mistake is left out. */
export function readPageRules(value: unknown): { rules: ReminderRule[] | undefined; mistakes: Mistake[] } {
  if (value === undefined || value === null) return { rules: undefined, mistakes: [] };
  if (value === false || value === 'none') return { rules: [], mistakes: [] };
  const mistakes: Mistake[] = [];
  const rules = (Array.isArray(value) ? value : [value]).flatMap((each, index) => {
    const rule = readRule(each);
    if (!('en' in rule)) return [rule];
    const number = index + 1;
    mistakes.push({ en: `reminders[${number}] ${rule.en}`, zh: `reminders[${number}] ${rule.zh}` });
    return [];
  });
  return { rules, mistakes };
}

function readRule(value: unknown): ReminderRule | Mistake {
  if (typeof value === 'string') return SPAN.test(value.trim()) ? { before: value.trim() } : SHAPE;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return SHAPE;
  const rule = Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null && each !== undefined));
  const unknown = Object.keys(rule).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    const known = KEYS.join(', ');
    return {
      en: `has the key '${unknown}', which there is not. Known: ${known}.`,
      zh: `里没有“${unknown}”这个键。可用：${known}。`,
    };
  }
  const given = WHEN.filter((key) => rule[key] !== undefined);
  const [when] = given;
  if (when === undefined || given.length > 1) return SHAPE;
  const written = String(rule[when]).trim();
  if (when === 'at' || when === 'on') {
    if (!isMoment(when, written))
      return {
        en: `'${when}: ${written}' should be '${when}: ${MOMENTS[when]}'.`,
        zh: `“${when}: ${written}”应为“${when}: ${MOMENTS[when]}”。`,
      };
  } else if (!SPAN.test(written)) return span(when, written);
  if (rule.late !== undefined && !SPAN.test(String(rule.late).trim())) return span('late', String(rule.late));
  const { text } = rule as { text?: OwnWords };
  const isText =
    typeof text === 'string' ||
    (typeof text === 'object' && !Array.isArray(text) && Object.values(text).every((each) => typeof each === 'string'));
  if (text !== undefined && !isText) return { en: 'has a `text` that is no text.', zh: '的 text 应为文字。' };
  const name = text === undefined ? undefined : unknownName(text);
  if (name) return nameMistake(name);
  const to = typeof rule.to === 'string' ? [rule.to] : (rule.to as unknown[] | undefined)?.map(String);
  return {
    [when]: written,
    ...(to && { to }),
    ...(rule.late !== undefined && { late: String(rule.late).trim() }),
    ...(text !== undefined && { text }),
    ...(rule.exact === true && { exact: true }),
  };
}

function nameMistake({ name, meant }: { name: string; meant: string | undefined }): Mistake {
  const known = TEMPLATE_NAMES.map((each) => `{${each}}`);
  return {
    en: `has a text with {${name}}, which stands for nothing.${meant ? ` Did you mean {${meant}}?` : ''} Known: ${known.join(', ')}.`,
    zh: `的文字里有 {${name}}，它不代表任何内容。${meant ? `是不是想写 {${meant}}？` : ''}可用：${known.join('、')}。`,
  };
}

const SHAPE: Mistake = {
  en: 'should have exactly one of before, at, after and on, such as { before: 1d, to: [announce] }.',
  zh: '应恰好写 before、at、after、on 中的一个，例如 { before: 1d, to: [announce] }。',
};

const span = (key: string, written: string): Mistake => ({
  en: `'${key}: ${written}' should be a span of time such as 30m, 2h, 1d or 1w.`,
  zh: `“${key}: ${written}”应为时长，例如 30m、2h、1d、1w。`,
});
