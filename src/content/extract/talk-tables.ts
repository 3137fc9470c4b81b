// Agendas written as tables: Markdown with a speaker column, or HTML with whatever tags its writer closed.
import type { Line, Speaker } from '../types.js';
import { readSpeakers } from './speakers.js';
import { plain } from './talk-text.js';
import { afterTime, bracketed, talkTitle } from './talk-title.js';
import { dividesPage, isPause, labelOf } from './talk-words.js';

export interface Row {
  at: number;
  title: string;
  speakers: Speaker[];
  /** The row as written: its links are the talk's. */
  raw: string;
  /** A row with a time and nobody named: a talk only where the page tells no other. */
  planned?: boolean;
}

const SPEAKER = /嘉宾|讲师|主讲|分享人|演讲人|演讲者|讲者|分享者|报告人|speaker|presenter|instructor|lecturer/i;
/** Columns that hold speakers only beside a column that surely holds titles. */
const PERSON = /^(?:who|by|name|姓名)$/i;
const SURE_TITLE = /主题|议题|题目|topic|title|talk|session|subject|presentation/i;
const TITLE = /主题|议题|题目|话题|内容|环节|标题|名称|topic|title|talk|session|subject|presentation|activity|what|agenda|event/i;
const ABOUT = /时间|日期|time|date|when|编号|序号|^#$|视频|录像|回放|video|recording|ppt|slides|幻灯|资料|links?$|简介|公司|单位|company/i;
const HOUSE = /公司|单位|机构|company|affiliation|organi[sz]ation/i;
/** A table as long as this lists the episodes of years, not one agenda. */
const MOST_ROWS = 40;

interface Columns {
  title: number;
  speaker: number;
  house: number;
}

const strip = (cell: string) => plain(cell);

function cellsOf(text: string): string[] {
  let row = text.trim();
  if (row.startsWith('|')) row = row.slice(1);
  if (row.endsWith('|')) row = row.slice(0, -1);
  return row.split('|').map((cell) => cell.trim());
}

function columnsOf(header: readonly string[]): Columns | null {
  const cells = header.map(strip);
  let speaker = cells.findIndex((cell) => cell.length < 20 && SPEAKER.test(cell));
  if (speaker < 0 && cells.some((cell) => cell.length < 20 && SURE_TITLE.test(cell)))
    speaker = cells.findIndex((cell) => PERSON.test(cell));
  let title = cells.findIndex((cell, k) => k !== speaker && cell.length < 24 && TITLE.test(cell) && !ABOUT.test(cell));
  if (speaker >= 0 && title < 0) title = cells.findIndex((cell, k) => k !== speaker && !ABOUT.test(cell));
  if (title < 0) return null;
  return { title, speaker, house: cells.findIndex((cell, k) => k !== speaker && k !== title && HOUSE.test(cell)) };
}

function rowOf(cells: readonly string[], columns: Columns, at: number): Row | null {
  const cell = strip((cells[columns.title] ?? '').replace(/<br ?\/?>/gi, ' '));
  const inner = bracketed(cell);
  const title = inner ? inner.title : talkTitle(afterTime(cell) ?? cell);
  if (title.length < 3 || title.length > 160 || isPause(title)) return null;
  const said = columns.speaker >= 0 ? (cells[columns.speaker] ?? '') : (inner?.rest.replace(/^[-–—:：|\s]+/, '') ?? '');
  if (isPause(strip(said)) && strip(said).length > 3) return null;
  const speakers = readSpeakers(said.replace(/ ?<br ?\/?> ?/gi, '；'));
  const house = strip(cells[columns.house] ?? '');
  if (house && house.length < 40) for (const speaker of speakers) speaker.affiliation ??= house;
  return speakers.length || inner ? { at, title, speakers, raw: cells.join(' ') } : null;
}

/** A table that is one talk: `| Title | … |` above `| Speaker | … |`. */
function uprightTalk(lines: readonly Line[], from: number, to: number): Row | null {
  let title = '';
  let said = '';
  const raw: string[] = [];
  for (let at = from; at < to && at < from + 16; at++) {
    const cells = cellsOf(lines[at]?.text ?? '');
    if (cells.length !== 2) return null;
    const label = labelOf(cells[0] ?? '');
    if (label === 'title') title = talkTitle(cells[1] ?? '');
    if (label === 'speaker') said = cells[1] ?? '';
    raw.push(cells[1] ?? '');
  }
  const speakers = title && said ? readSpeakers(said) : [];
  return speakers.length ? { at: from, title, speakers, raw: raw.join('\n') } : null;
}

function rowsOfMarkdown(lines: readonly Line[], from: number, to: number): Row[] {
  const upright = uprightTalk(lines, from, to);
  if (upright) return [upright];
  const columns = columnsOf(cellsOf(lines[from]?.text ?? ''));
  if (!columns || to - from > MOST_ROWS) return [];
  const rows: Row[] = [];
  for (let at = from + 1; at < to; at++) {
    const text = lines[at]?.text ?? '';
    if (text.includes('---') && !/[\p{L}]/u.test(text)) continue;
    const row = rowOf(cellsOf(text), columns, at);
    if (row) rows.push(row);
  }
  if (columns.speaker >= 0 || rows.length > 1) return rows;
  return plannedRows(lines, from, to, columns);
}

const FEWEST_ROWS = 2;

/** Times and titles without any column for speakers. */
function plannedRows(lines: readonly Line[], from: number, to: number, columns: Columns): Row[] {
  const rows: Row[] = [];
  for (let at = from + 1; at < to; at++) {
    const cells = cellsOf(lines[at]?.text ?? '');
    const title = talkTitle(cells[columns.title] ?? '');
    if (title.length < 4 || title.length > 100 || isPause(title) || dividesPage(title)) continue;
    if (cells.some((cell, k) => k !== columns.title && afterTime(strip(cell)) !== null))
      rows.push({ at, title, speakers: [], raw: cells.join(' '), planned: true });
  }
  return rows.length < FEWEST_ROWS ? [] : rows;
}

const ROW = /<tr\b[^<>]{0,200}>/i;
const CELL = /<t[dh]\b[^<>]{0,200}>/i;

function rowsOfHtml(lines: readonly Line[], from: number, to: number): Row[] {
  const rows: Row[] = [];
  const html = lines
    .slice(from, to)
    .map((line) => line.text)
    .join('\n');
  let columns: Columns | null = null;
  for (const raw of html.split(ROW, MOST_ROWS).slice(1)) {
    const cells = raw
      .split(CELL, 12)
      .slice(1)
      .map((cell) => cell.replace(/<\/t[dhr][\s\S]*$/i, '').trim());
    if (!columns) {
      const header = columnsOf(cells);
      if (header && header.speaker >= 0) {
        columns = header;
        continue;
      }
    }
    const row = columns ? rowOf(cells, columns, from) : titledCell(cells, from);
    if (row) rows.push(row);
  }
  return rows;
}

/** Without a header only a row with a time and a 《title》 is believed. */
function titledCell(cells: readonly string[], at: number): Row | null {
  if (cells.length < 2 || !cells.some((cell) => afterTime(strip(cell)) !== null)) return null;
  for (const cell of cells) {
    const inner = bracketed(strip(cell));
    if (inner) return { at, title: inner.title, speakers: readSpeakers(inner.rest), raw: cell };
  }
  return null;
}

const OPENS_TABLE = /^\s{0,12}<table/i;

/** Reads the rows of every agenda table on the page. */
export function readTables(lines: readonly Line[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'table') {
      let to = at + 1;
      while (lines[to]?.kind === 'table') to++;
      rows.push(...rowsOfMarkdown(lines, at, to));
      at = to - 1;
    } else if (line.kind !== 'blank' && OPENS_TABLE.test(line.text)) {
      let to = at + 1;
      while (to < lines.length && !lines[to]?.text.includes('</table')) to++;
      rows.push(...rowsOfHtml(lines, at, Math.min(to + 1, lines.length)));
      at = to;
    }
  }
  return rows;
}
