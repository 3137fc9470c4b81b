// What sort of page this is, from its name, its title and what was found on it.
import type { PageKind, Source, Talk } from '../types.js';

interface Found {
  title: string | null;
  start: string | null;
  hasWhenLine: boolean;
  location: string | null;
  talks: readonly Talk[];
  videos: number;
  slides: number;
  codes: number;
}

const INDEX_FILE = /(?:^|\/)_index(?:\.[a-z-]{2,7})?\.(?:md|markdown|mdx)$/i;
const RECAP_TITLE = /回顾|回放|总结|圆满|精彩|纪实|落幕|\brecap\b|retrospect|wrap.?up|highlights|summary of|looking back/i;
const OVER =
  /圆满(?:落幕|收官|举办|举行|结束|成功)|落下帷幕|成功(?:举办|举行)|精彩回顾|活动回顾|视频回放|直播回放|感谢.{0,12}(?:到来|参与|参加)|本文.{0,12}根据.{0,80}整理|本文.{0,6}整理自|\b(?:took place|was held|thanks? (?:to )?everyone who|recorded on)\b/i;
const NOTES = /会议纪要|会议记录|会议议程|周会|双周会|例会|meeting (?:notes|minutes|agenda)|^minutes\b|minutes of|学习笔记|参会笔记/i;
const NOTES_FILE = /(?:^|[/_-])(?:notes|minutes)(?:[/_.-]|$)/i;
const SLIDES_LINE = /^-{3,}$/;
const EVENT_TITLE =
  /meetup|沙龙|大会|峰会|直播|workshop|工作坊|分享会|webinar|conference|summit|论坛|活动|交流会|研讨会|开放日|马拉松|hackathon|招募|报名|预告|公开课|讲座|meeting|第.{1,6}[期届场]|站/i;
const SINGLE_TALK = /^(?:分享人|讲师|分享者|嘉宾|演讲者|speakers?|about the speaker)(?:简介|介绍)?$/i;
const LINES_READ = 60;

/** `index` and `other` pages have no start; the order says which reading wins. */
export function kindOf({ file, lines, data }: Source, found: Found): PageKind {
  if (INDEX_FILE.test(file)) return 'index';
  const title = found.title ?? '';
  if (NOTES.test(title) || NOTES_FILE.test(file)) return 'notes';
  const isEvent = found.start !== null || found.hasWhenLine || (found.location !== null && EVENT_TITLE.test(title));
  if (!isEvent && (data.createTime === undefined || !found.videos)) {
    if (RECAP_TITLE.test(title) && EVENT_TITLE.test(title)) return 'recap';
    return isDeck(lines)
      ? 'slides'
      : EVENT_TITLE.test(title) && found.talks.length > 0
        ? 'recap'
        : found.videos && found.talks.length === 1
          ? 'talk'
          : 'other';
  }
  const isTalk = found.talks.length === 1 && lines.some((line) => line.kind === 'heading' && SINGLE_TALK.test(line.text.trim()));
  if (isTalk && !found.hasWhenLine) return 'talk';
  return RECAP_TITLE.test(title) || isOver(lines) || found.talks.filter((talk) => talk.video || talk.slides).length > 1 ? 'recap' : 'event';
}

function isOver(lines: Source['lines']): boolean {
  let read = 0;
  for (const line of lines) {
    if (line.kind === 'blank' || line.kind === 'code') continue;
    if (++read > LINES_READ) return false;
    if (OVER.test(line.text.slice(0, 600))) return true;
  }
  return false;
}

/** Slides kept as Markdown: many short parts between rules, or many headings with little below. */
function isDeck(lines: Source['lines']): boolean {
  let rules = 0;
  let headings = 0;
  let texts = 0;
  for (const line of lines) {
    if (line.kind === 'rule' && SLIDES_LINE.test(line.text.trim())) rules++;
    else if (line.kind === 'heading') headings++;
    else if (line.kind === 'text' && line.text.length > 60) texts++;
  }
  return (rules > 8 && texts < rules) || (headings > 15 && texts * 4 < headings);
}
