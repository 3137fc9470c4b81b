// Gives every recording and deck of the body to the talk it belongs to, or to the page.
import type { Line } from '../types.js';
import { type Link, readLinks } from './links.js';
import {
  inSentence,
  isReferences,
  judgeVideo,
  LISTS,
  leadsToRecording,
  recordingKey,
  saysOwnRecording,
  saysRecording,
} from './recordings.js';
import { isDeck } from './slides-links.js';
import type { Media } from './talk-keys.js';
import { plain } from './talk-text.js';
import { talkTitle, titleKey } from './talk-title.js';
import { listedTalk, type Titled } from './titled.js';

/** A talk while links are dealt out: the lines it covers, in several places when an agenda names it too. */
export interface Dealt {
  title: string;
  spans: { from: number; to: number }[];
  video: string | null;
  slides: string | null;
}

/** A recording or deck that stands for a talk by its text alone: `[title](recording)`. */
export interface TitledLink extends Titled {
  video: string | null;
}

const PAPER = /arxiv\.org|\.pdf$|openreview\.net|openaccess|doi\.org/i;
const MANY_PAPERS = 40;

/** A list of papers links their videos and pdfs; none of them is a recording of this page's event. */
const isPaperList = (links: readonly Link[]) =>
  links.length > 2 * MANY_PAPERS &&
  links.filter((link) => PAPER.test(link.url) && !/ppt|slide|幻灯/i.test(link.label)).length > MANY_PAPERS;

const DOWNLOAD = /下载链接|下载|链接|download/gi;

/** Where every line's heading and introducing line are; both decide what a bare link is. */
class Surroundings {
  private heading = '';
  private lead = '';
  private at = 0;

  constructor(private readonly lines: readonly Line[]) {}

  /** Moves forward to a line; links come in the order of lines. */
  moveTo(at: number): { heading: string; lead: string } {
    for (; this.at < at; this.at++) {
      const line = this.lines[this.at] as Line;
      if (line.kind === 'heading') {
        this.heading = plain(line.text);
        this.lead = '';
      } else if (line.kind === 'text' || line.kind === 'item' || line.kind === 'quote') {
        if (!line.text.includes('//'))
          this.lead = line.text.length < 120 && /[:：]\s{0,4}(?:<br ?\/?>)?[\s*]{0,4}$/.test(line.text.slice(-24)) ? line.text : '';
      }
    }
    const own = this.lines[at];
    return { heading: own?.kind === 'heading' ? '' : this.heading, lead: this.lead };
  }
}

const NOTHING_AROUND = { label: '', before: '', lead: '', heading: '' };
const PDF = /\.pdf(?:[?#]|$)/i;

/** Sorts the links of the body; `talks` receive theirs. */
export function dealLinks(lines: readonly Line[], talks: Dealt[]): Media & { titled: TitledLink[] } {
  const media: Media & { titled: TitledLink[] } = { videos: [], slides: [], live: [], titled: [] };
  const surroundings = new Surroundings(lines);
  const byKey = new Map(talks.map((talk) => [titleKey(talk.title), talk]));
  const seen = new Set<string>();
  const decks: { link: Link; talk: Dealt | undefined }[] = [];
  const links = readLinks(lines);
  if (isPaperList(links)) return media;
  // The line whose links are words of a sentence.
  let prose = -1;
  for (const link of links) {
    const { heading, lead } = surroundings.moveTo(link.at);
    const label = link.label ? plain(link.label) : '';
    const before = link.before;
    const judged = judgeVideo(link.url, label, before || lead, heading, link.embedded, lines[link.at - 1]?.text);
    const prosaic = judged === 'recording' && !link.embedded && !saysOwnRecording(label) && !leadsToRecording(before);
    if (prosaic && (link.at === prose || inSentence(lines[link.at]?.text ?? '', before, label, link.url))) prose = link.at;
    const verdict = prosaic && (link.at === prose || isReferences(heading) || (lead && isReferences(plain(lead)))) ? null : judged;
    const around = { label: link.label, before, lead: leadsOn(lines[link.at], before) ? lead : '', heading };
    const deck = verdict === null && isDeck(link.url, link.embedded ? NOTHING_AROUND : around);
    if (verdict === null && !deck && (!label || !PDF.test(link.url))) continue;
    const own = isOwnTitle(label) && (verdict === 'recording' || label.startsWith('《')) ? listedTalk(label.replace(DOWNLOAD, '')) : null;
    const named = label && byKey.size ? byKey.get(titleKey(own ? own.title : talkTitle(label.replace(DOWNLOAD, '')))) : undefined;
    const talk = named ?? talks.find((one) => one.spans.some((span) => link.at >= span.from && link.at < span.to));
    if (verdict === 'live') media.live.push(link.url);
    else if (verdict === 'recording') {
      const key = recordingKey(link.url);
      if (seen.has(key)) continue;
      seen.add(key);
      if (talk && !talk.video && !LISTS.test(link.url)) talk.video = link.url;
      else media.videos.push(link.url);
      if (!talk && own && saysRecording(`${heading} ${lead}`)) media.titled.push({ ...own, video: link.url });
    } else if (deck || named) {
      decks.push({ link, talk });
      if (deck && !talk && own && label.startsWith('《')) media.titled.push({ ...own, video: null });
    }
  }
  giveDecks(decks, media);
  return media;
}

/** A line above introduces only links that stand first on theirs. */
const leadsOn = (line: Line | undefined, before: string) =>
  line?.kind !== 'heading' && before.replace(/<br ?\/?>|[\s\-*>+•]|\d[.)]/g, '') === '';

const NO_TITLE =
  /视频|回放|录像|直播|点击|戳|链接|观看|地址|这里|官网|哔哩|\bvideos?\b|record|\bwatch\b|\bhere\b|youtube|bilibili|b ?站|\blink\b|http|\/\//i;
const isOwnTitle = (label: string) => label.length >= 6 && label.length < 100 && !NO_TITLE.test(label);

/** A repository's front page says nothing beside the folder inside it. */
function giveDecks(decks: readonly { link: Link; talk: Dealt | undefined }[], media: Media): void {
  const urls = decks.map(({ link }) => link.url.replace(/\/$/, ''));
  const given = new Set<string>();
  decks.forEach(({ link, talk }, k) => {
    const own = urls[k] as string;
    if (given.has(own) || urls.some((other) => other.startsWith(`${own}/`))) return;
    given.add(own);
    if (talk && !talk.slides) talk.slides = link.url;
    else media.slides.push(link.url);
  });
}

/** Whether a list of titled recordings stands under words that say so. */
export const isListOfTalks = (titled: readonly TitledLink[]) => titled.length > 1 && titled.length < 30;
