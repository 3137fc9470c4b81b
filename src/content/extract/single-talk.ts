// A page that is one talk: its title is the page's, its speakers are those the page introduces.
import type { Source, Speaker } from '../types.js';
import { houseOf } from './affiliation.js';
import { readSpeakers } from './speakers.js';
import { speakersOfKeys } from './talk-keys.js';
import type { Marks } from './talk-marks.js';
import { talkTitle, titleKey, withoutSeries } from './talk-title.js';
import { isGathering } from './talk-words.js';

/** `… - 直播回顾`, `… | 活动实录`: what kind of page it is, not what the talk is called. */
const DECORATION = /\s?[-|｜—]{1,2}\s?[^-|｜—\s]{0,8}(?:回顾|整理|实录)$/;
const MOST_SPEAKERS = 4;

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** `Ann Lee - Foo Labs, Sweden` as the subtitle of a talk's page. */
function fromSubtitle(data: Record<string, unknown>): Speaker[] {
  if (text(data.type).toLowerCase() !== 'talk') return [];
  const [name = '', ...rest] = text(data.subtitle).split(/ [-–—] /);
  const speakers = rest.length ? readSpeakers(name, true) : [];
  for (const speaker of speakers) speaker.affiliation ??= houseOf(rest.join(' - ')) ?? null;
  return speakers;
}

/** The author of a page that does little but show a recording. */
function fromAuthor({ data, lines }: Source): Speaker[] {
  const author = text(data.author);
  if (!author) return [];
  let prose = 0;
  for (const line of lines) if (line.kind !== 'blank' && line.kind !== 'heading') prose += line.text.length;
  const shows = prose < 400 && lines.some((line) => /youtube|bilibili|<video|视频/i.test(line.text));
  return shows ? readSpeakers(author, true) : [];
}

/** The talk that the whole page is about, or null. */
export function singleTalk(
  source: Source,
  pageTitle: string,
  introduced: readonly Speaker[],
  { marks }: Marks,
): { title: string; speakers: Speaker[] } | null {
  if (!pageTitle) return null;
  let speakers = [...introduced];
  if (!speakers.length) speakers = speakersOfKeys(source.data);
  if (!speakers.length) speakers = fromSubtitle(source.data);
  if (!speakers.length) speakers = fromAuthor(source);
  if (!speakers.length || speakers.length > MOST_SPEAKERS || isGathering(pageTitle)) return null;
  for (const speaker of speakers) speaker.affiliation ??= houseBesideName(source, speaker.name);
  const emphasised = (rest: string) => {
    const key = titleKey(rest);
    return (
      marks.some((mark) => titleKey(mark.title) === key) ||
      source.lines.some((line) => line.text.includes(rest) && standsAlone(line.text, rest))
    );
  };
  return { title: withoutSeries(talkTitle(pageTitle.replace(DECORATION, '')), emphasised), speakers };
}

/** In emphasis, quotes or 《》, or a heading of its own. */
function standsAlone(line: string, title: string): boolean {
  const at = line.indexOf(title);
  return /[*_《"“「]$/.test(line.slice(0, at)) && /^[.。!]?[*_》"”」]/.test(line.slice(at + title.length));
}

const END = /[，。；、！：:;,!\s“”"]/;

/** `云岭科技的张三老师` in the prose. */
function houseBesideName({ lines }: Source, name: string): string | null {
  for (const line of lines) {
    const at = line.text.indexOf(`的${name}`);
    if (at < 2) continue;
    let from = at;
    while (from > 0 && at - from < 24 && !END.test(line.text[from - 1] as string)) from--;
    const house = line.text.slice(from, at).replace(/^.*(?:来自于?|邀请了?到?了?|由|是)/, '');
    if (house.length >= 2 && house.length <= 16) return houseOf(`${house}工程师`) ?? house;
  }
  return null;
}
