// The page's title: front matter before the first heading that is one.
import type { Line, Source } from '../types.js';
import { subjectOf } from './label-names.js';
import { plain } from './talk-text.js';

const LONGEST = 200;
const PLACEHOLDER = /^(?:fixme|todo|tbd|tba|untitled|title|标题|无标题|xxx+)$/i;
/** Headings of sections stand first on pages whose title is in front matter, in a picture, or nowhere. */
const SECTION =
  /^(?:注意事项|概要|概述|简介|介绍|背景|前言|导引|引言|摘要|目录|议程|日程|活动(?:时间|地点|介绍|详情|日程|议程|回顾|概要|简介|信息)|时间|地点|日期|分享(?:内容)?简介|讲师(?:简介)?|嘉宾(?:简介)?|分享人简介|议题(?:简介|信息|介绍)?|相关链接|参考(?:资料|链接)?|table of contents?|contents?|overview|introduction|agenda|schedule|about|summary|abstract|links?|references?|description|notes?|welcome|faq|date|location|speakers?|talks?)$/i;
const ONLY_DATE = /^[\d\s年月日./:：()（）-]{4,24}$/;
const IMAGE_ONLY = /^!\[|^<img\b|^\[!\[/i;
const RAW_HEADING = /^\s{0,8}<h1\b[^<>]{0,200}>([^\n]{1,400}?)<\/h1>/i;
const TITLE_KEYS = ['title', 'Title', 'headline', 'name', 'topic', '标题'];

/** Null when the page has none: a section's name or a date alone is no title. */
export function readTitle({ data, lines }: Source): string | null {
  for (const key of TITLE_KEYS) {
    const value = data[key];
    const title = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
    if (title && !PLACEHOLDER.test(title)) return title.length > LONGEST * 2 ? title.slice(0, LONGEST * 2) : title;
  }
  let first: string | null = null;
  for (const line of lines) {
    const raw = line.kind === 'text' && line.text.includes('<h1') ? RAW_HEADING.exec(line.text)?.[1] : undefined;
    const shown = raw ? headingTitle({ ...line, text: raw }) : null;
    if (shown !== null) return shown;
    if (line.kind !== 'heading') continue;
    const title = headingTitle(line);
    if (title === null) continue;
    if (line.level === 1) return title;
    first ??= title;
  }
  return first;
}

function headingTitle(line: Line): string | null {
  if (IMAGE_ONLY.test(line.text)) return null;
  const title = plain(line.text);
  if (!title || title.length > LONGEST || PLACEHOLDER.test(title) || ONLY_DATE.test(title)) return null;
  if (subjectOf(title.split(/[：:]/, 1)[0] ?? '') !== null) return null;
  return SECTION.test(title.replace(/^[\s\d.、一二三四五六七八九十]{1,6}(?=\D)|[：:]$/g, '')) ? null : title;
}
