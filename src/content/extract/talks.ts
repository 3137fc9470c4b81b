// Talks, speakers, recordings, slides and live rooms of one page.
import type { Problem, Source, Speaker, Talk } from '../types.js';
import { hasBrokenId, recordingKey } from './recordings.js';
import { singleTalk } from './single-talk.js';
import { mediaOfKeys, talksOfKeys } from './talk-keys.js';
import { type Dealt, dealLinks, isListOfTalks } from './talk-links.js';
import { type Marks, readMarks } from './talk-marks.js';
import { talkProblems } from './talk-problems.js';
import { type Found, readSections } from './talk-sections.js';
import { type Row, readTables } from './talk-tables.js';
import { plain } from './talk-text.js';
import { titleKey } from './talk-title.js';
import { toldTalks } from './talk-told.js';

export interface TalkFacts {
  talks: Talk[];
  videos: string[];
  slides: string[];
  live: string[];
  problems: Problem[];
}

const NO_MARKS: Marks = { marks: [], words: [] };

interface Draft extends Dealt {
  speakers: Speaker[];
  key?: string;
}

/** Reads who speaks about what, and where to see it again. */
export function extractTalks(source: Source): TalkFacts {
  const { lines, data } = source;
  const title = pageTitle(source);
  const listed = talksOfKeys(data);
  const isIndex = /(?:^|\/)_index(?:\.[a-z-]{2,7})?\.md$/i.test(source.file);
  const marks = isIndex || listed ? NO_MARKS : readMarks(lines);
  const sections = readSections(lines, marks, title);
  const drafts: Draft[] = [];
  if (!isIndex && !listed) {
    const rows = readTables(lines);
    for (const row of rows) if (!row.planned) addRow(drafts, row);
    for (const talk of sections.talks) addFound(drafts, talk);
    if (!drafts.length) for (const row of rows) addRow(drafts, row);
    if (!drafts.length) for (const talk of toldTalks(lines, title)) addFound(drafts, talk);
    if (drafts.length) shareHouses(drafts, sections.speakers);
  }
  const keys = mediaOfKeys(source);
  const single = !isIndex && !listed && drafts.length === 0 ? singleTalk(source, title, sections.speakers, marks) : null;
  if (single) drafts.push({ ...single, spans: [{ from: 0, to: lines.length }], video: null, slides: null });
  const body = dealLinks(lines, drafts);
  if (!isIndex && !listed && drafts.length === 0 && isListOfTalks(body.titled)) {
    const recorded = body.titled.filter((link) => link.video);
    for (const link of recorded.length ? recorded : body.titled) drafts.push({ ...link, spans: [], slides: null });
  }
  const talks: Talk[] = listed ?? drafts.map(({ title: own, speakers, video, slides }) => ({ title: own, speakers, video, slides }));
  const facts = { talks, ...unite(talks, single !== null, keys, body) };
  return { ...facts, problems: talkProblems(source, facts, brokenLinks([...facts.videos, ...talks.map((talk) => talk.video ?? '')])) };
}

const brokenLinks = (urls: readonly string[]) => urls.filter((url) => url !== '' && hasBrokenId(url));

function pageTitle({ data, lines }: Source): string {
  if (typeof data.title === 'string' && data.title.trim()) return data.title.trim();
  const heading = lines.find((line) => line.kind === 'heading' && line.level === 1) ?? lines.find((line) => line.kind === 'heading');
  return heading ? plain(heading.text) : '';
}

const sameSpeakers = (one: readonly Speaker[], other: readonly Speaker[]) =>
  one.length > 0 && one.length === other.length && one.every((speaker) => other.some((twin) => twin.name === speaker.name));

/** The draft that another part of the page already made of this talk. */
function known(drafts: readonly Draft[], title: string, speakers: readonly Speaker[]): Draft | undefined {
  const key = titleKey(title);
  return drafts.find((draft) => {
    draft.key ??= titleKey(draft.title);
    const own = draft.key;
    return (
      own === key ||
      (sameSpeakers(draft.speakers, speakers) && key.length > 5 && own.length > 5 && (own.includes(key) || key.includes(own)))
    );
  });
}

function merge(draft: Draft, speakers: readonly Speaker[]): void {
  if (!draft.speakers.length) draft.speakers = [...speakers];
  for (const speaker of draft.speakers) speaker.affiliation ??= speakers.find((twin) => twin.name === speaker.name)?.affiliation ?? null;
}

function addRow(drafts: Draft[], { at, title, speakers, raw }: Row): void {
  const draft = known(drafts, title, speakers);
  const span = { from: at, to: at + Math.max(1, raw.split('\n').length) };
  if (!draft) drafts.push({ title, speakers, spans: [span], video: null, slides: null });
  else merge(draft, speakers);
}

function addFound(drafts: Draft[], { title, speakers, from, to }: Found): void {
  const draft = known(drafts, title, speakers);
  if (!draft) drafts.push({ title, speakers, spans: [{ from, to }], video: null, slides: null });
  else {
    merge(draft, speakers);
    draft.spans.push({ from, to });
  }
}

/** A list of speakers elsewhere on the page may name the houses that the agenda leaves out. */
function shareHouses(drafts: readonly Draft[], others: readonly Speaker[]): void {
  const houses = new Map(others.filter((speaker) => speaker.affiliation).map((speaker) => [speaker.name, speaker.affiliation]));
  for (const draft of drafts) for (const speaker of draft.speakers) speaker.affiliation ??= houses.get(speaker.name) ?? null;
}

interface Lists {
  videos: string[];
  slides: string[];
  live: string[];
}

/** Front matter first; a single talk takes the page's first recording and deck; nothing is listed twice. */
function unite(talks: readonly Talk[], single: boolean, keys: Lists, body: Lists): Lists {
  const videos = [...keys.videos, ...body.videos];
  const slides = [...keys.slides, ...body.slides];
  const only = talks.length === 1 ? talks[0] : undefined;
  if (only && (single || videos.length === 1)) {
    const own = only.video;
    only.video = keys.videos[0] ?? own ?? videos[0] ?? null;
    if (own && own !== only.video) videos.push(own);
  }
  if (only && (single || slides.length === 1)) only.slides ??= slides[0] ?? null;
  const seen = new Set(talks.flatMap((talk) => (talk.video ? [recordingKey(talk.video)] : [])));
  const decks = new Set(talks.flatMap((talk) => (talk.slides ? [talk.slides] : [])));
  const fresh = (set: Set<string>, key: string) => !set.has(key) && set.add(key).size > 0;
  return {
    videos: videos.filter((url) => fresh(seen, recordingKey(url))),
    slides: slides.filter((url) => fresh(decks, url.replace(/\/$/, ''))),
    live: [...new Set([...keys.live, ...body.live])],
  };
}
