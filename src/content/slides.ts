// slides.yaml: what a code gets. The links stay out of the public pages on purpose: they are the point of a code.
import type { Link } from '../adapter.js';
import { problem } from './problems.js';
import { salvage } from './salvage.js';
import type { Language, Problem } from './types.js';
import { asText, isWebLink } from './values.js';
import { readYaml } from './yaml.js';

export interface SlidesEntry {
  links: Link[];
  /** What the code gets when it is not slides: `group`, `photos` … */
  purpose: string | null;
  /** 1-based line in slides.yaml. */
  line: number;
}

/** Code as written → what it gets. */
export type Slides = ReadonlyMap<string, SlidesEntry>;

export const NO_SLIDES: Slides = new Map();

const LINK_KEYS = ['label', 'url', 'password', 'note'];

/** Reads slides.yaml. An entry with a mistake is named and left out; the others hold. Labels that are not given are in `language`. */
export function readSlides(yaml: string, language: Language): { slides: Slides; problems: Problem[] } {
  const text = yaml.charCodeAt(0) === 0xfeff ? yaml.slice(1) : yaml;
  const { value, problems: found, refused, lineOf } = readYaml(text);
  const problems = found.map((each) => ({ ...each, rule: each.rule.replace('front-matter', 'slides') }));
  const slides = new Map<string, SlidesEntry>();
  const entries = value === undefined && !refused ? salvage(text).data : value;
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) {
    if (entries) problems.push(notAMap());
    return { slides, problems };
  }
  for (const [written, given] of Object.entries(entries)) {
    const code = written.trim();
    const line = lineOf([written]);
    const complain = (en: string, zh: string) => problems.push(problem(line, 'error', 'slides-entry', `${code}: ${en}`, `${code}：${zh}`));
    slides.set(code, { ...entryOf(given, language, complain), line });
  }
  return { slides, problems };
}

type Complain = (en: string, zh: string) => void;

function entryOf(given: unknown, language: Language, complain: Complain): { links: Link[]; purpose: string | null } {
  if (given === null) return { links: [], purpose: null };
  const map = asMap(given);
  const purpose = asText(map?.for) ?? null;
  const { for: _, links, ...link } = map ?? {};
  const list = map ? [...(Array.isArray(links) ? links : []), ...(Object.keys(link).length > 0 ? [link] : [])] : [given].flat();
  const read = list.flatMap((each: unknown) => linkOf(each, complain));
  return {
    links: read.map((each, at) => ({ ...each, label: each.label || defaultLabel(purpose, language, read.length > 1 ? at + 1 : 0) })),
    purpose,
  };
}

function linkOf(given: unknown, complain: Complain): Link[] {
  const map = asMap(given) ?? { url: given };
  const url = asText(map.url);
  const strange = Object.keys(map).find((key) => !LINK_KEYS.includes(key));
  if (strange)
    complain(
      `there is no key '${strange.slice(0, 40)}' here; known are ${LINK_KEYS.join(', ')}.`,
      `没有“${strange.slice(0, 40)}”这个键；可用 ${LINK_KEYS.join('、')}。`,
    );
  if (url === undefined || !isWebLink(url)) {
    complain(
      `'${(url ?? '').slice(0, 80)}' is no link. Write the whole address, with https:// in front.`,
      `“${(url ?? '').slice(0, 80)}”不是链接。请写完整的网址，以 https:// 开头。`,
    );
    return [];
  }
  const password = asText(map.password);
  const note = asText(map.note);
  return [{ label: asText(map.label) ?? '', url, ...(password && { password }), ...(note && { note }) }];
}

/** 0: the only link. */
function defaultLabel(purpose: string | null, language: Language, number: number): string {
  const word = purpose ?? (language === 'zh' ? 'PPT' : 'Slides');
  return number > 0 ? `${word} ${number}` : word;
}

const asMap = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const notAMap = () =>
  problem(
    1,
    'error',
    'slides-entry',
    "Write one code a line with its link: '20231104': https://…",
    "请一行写一个口令和它的链接：'20231104': https://…",
  );
