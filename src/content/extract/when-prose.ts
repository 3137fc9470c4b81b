// Days that the prose of a page gives: the sentence in which something takes place, the title, the name of the file.
import type { Line, Source } from '../types.js';
import { dayInName, findDays } from './date-words.js';
import type { Day } from './dates.js';
import { matchesOf } from './matches.js';
import { isTimedTitle, placedHeadings, timedHeadings } from './placed.js';
import { plain } from './talk-text.js';
import { readWhen, type When } from './when-text.js';

/** A day that one part of the page gives. */
export interface Mention {
  when: When;
  /** Which part of the page: two mentions agree only when their parts differ. */
  part: 'title' | 'summary' | 'body' | 'file' | 'date';
  line: number;
  /** The sentence says that something takes place (or took place) on that day. */
  happens: boolean;
  /** `Recorded on …`: as good as a label. */
  isLabel: boolean;
  /** `本文根据 5 月 26 日…整理`: the page is what was said on that day. */
  isBasis: boolean;
  /** A heading that is only a place and a day: `New York - September 29, 2016`. */
  isPlaced: boolean;
  /** The occasion of the page's title was held, or will be, on these days. */
  isHeld: boolean;
}

const LINES_READ = 24;
const LONGEST_SENTENCE = 220;
const HAS_NUMBER = /\d/;
const HAS_NUMBERED_DAY = /\d\s{0,2}[月/.年-]\s{0,2}\d/;
const HAS_NAMED_DAY =
  /(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]{0,7}\s{1,2}\d|\d(?:st|nd|rd|th)?\s(?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/;
const hasDay = (text: string) => HAS_NUMBER.test(text) && (HAS_NUMBERED_DAY.test(text) || HAS_NAMED_DAY.test(text));
const SENTENCE_END = /[。！？!?；;\n]|\.\s/;
const HAPPENS =
  /圆满|举办|举行|召开|落幕|收官|开幕|开播|开讲|开赛|如期|如约|启幕|成功举|(?:在|于).{1,40}(?:meetup|大会|峰会|沙龙|论坛|活动|分享会|见面会|conference|summit).{0,8}上|(?:将|来).{0,12}(?:直播|分享|组织)|与(?:你|您|大家)(?:相约|见面)|等你|相约|邀您|参加|\b(?:will (?:be held|take place|be on|start)|takes? place|took place|(?:was|is|be) held|hosted|join us|meeting (?:will be|is) on|recorded on|streamed on|see you)\b/i;
const NOT_OURS =
  /截止|截稿|报名|投稿|发布|上线|上期|下期|下一期|往期|deadline|due|submi|register by|until|before|proposal|published|released/i;
/** `10 月 27 日，为期两天的大会落幕`: the last day. */
const CLOSED = /(?:为期|历时|持续)[^。]{0,3}[\d一二两三四五六七][^。]{0,2}天.{0,80}(?:落幕|落下帷幕|结束|闭幕|收官)/;
const BASIS = /^[^。]{0,12}(?:根据|整理自|基于|源自|来自)[^。]{0,160}(?:整理|实录|演讲|分享)/;
const RECORDED = /^(?:recorded|held|hosted|streamed|aired|broadcast(?:ed)?|took place|taking place)(?: live)? on:?\s/i;
const LINES_JOINED = 2;
const WRAPPED = /[a-z\d,*_)]\s{0,3}$/i;
const GOES_ON = /^\s{0,3}[*_(]{0,3}[a-z\d]/;
const PUBLISHED_KEYS = ['date', 'published_at', 'publishDate', 'pubDate', 'published', 'publishedAt', 'createTime', 'created_at'];
const SUMMARY_KEYS = ['description', 'summary', 'subtitle', 'excerpt', 'descripton', 'desc'];

const isBasis = (when: When, sentence: string) =>
  when.day !== null && !when.isOpen && /^[^。]{0,6}(?:本文|本篇|文章|以下|内容)/.test(sentence) && BASIS.test(sentence);

const HELD =
  /\b(?:was|were|is|will be) held (?:on |from )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|将?于\s?20\d\d\s?年.{1,24}在.{2,30}(?:举办|举行|召开)/i;
const NAMES = /[A-Z][\w.]{4,30}/g;

/** Its sentence begins with a name that is in the title too. */
function isHeld(sentence: string, when: When, title: string | null): boolean {
  const verb = title && !when.isOpen ? sentence.search(HELD) : -1;
  return verb > 0 && matchesOf(NAMES, sentence.slice(0, verb)).some(([name]) => title?.includes(name) && !MONTH_NAME.test(name));
}

const MONTH_NAME = /^(?:January|February|March|April|August|September|October|November|December)$/;

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Every mention of a day outside labels and event keys, in the order of the page. */
export function readMentions(source: Source, title: string | null): Mention[] {
  const mentions: Mention[] = [];
  const add = (part: Mention['part'], line: number, happens: boolean, when: When, sentence = '', isLabel = false) => {
    if (when.day)
      mentions.push({
        when,
        part,
        line,
        happens,
        isLabel,
        isBasis: isBasis(when, sentence),
        isPlaced: false,
        isHeld: part === 'body' && isHeld(sentence, when, title),
      });
  };
  if (title && hasDay(title)) add('title', 0, false, readWhen(title));
  for (const key of SUMMARY_KEYS) {
    const summary = text(source.data[key]);
    if (hasDay(summary))
      eachSentence(summary, (sentence) => add('summary', source.keyLine(key), HAPPENS.test(sentence), readWhen(sentence), sentence));
  }
  readBody(source, add);
  const placed = placedHeadings(source);
  const inTitle = title && hasDay(title) ? readWhen(title) : null;
  const timed = inTitle && isTimedTitle(title, inTitle) ? [{ when: inTitle, line: 0 }] : timedHeadings(source);
  for (const { when, line } of placed.length ? placed : timed)
    mentions.push({ when, part: 'body', line, happens: true, isLabel: false, isBasis: false, isPlaced: true, isHeld: false });
  const file = dayInFile(source.file);
  if (file) add('file', 0, false, asWhen(file));
  const key = PUBLISHED_KEYS.find((name) => text(source.data[name]) !== '');
  if (key) add('date', source.keyLine(key), false, { ...readWhen(text(source.data[key])), clock: null });
  return mentions;
}

type Add = (part: Mention['part'], line: number, happens: boolean, when: When, sentence?: string, isLabel?: boolean) => void;

function readBody({ lines }: Source, add: Add): void {
  let read = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind !== 'text' && line.kind !== 'quote' && line.kind !== 'item') continue;
    if (++read > LINES_READ) return;
    if (!hasDay(line.text)) continue;
    const shown = plain(paragraph(lines, at)).replace(/^[>*+-]\s/, '');
    if (RECORDED.test(shown)) add('body', line.number, true, readWhen(shown), '', true);
    else if (line.kind !== 'item')
      eachSentence(shown, (sentence) => add('body', line.number, HAPPENS.test(sentence), readWhen(sentence), sentence));
  }
}

/** An English sentence goes on in the lines below. */
function paragraph(lines: readonly Line[], at: number): string {
  let text = lines[at]?.text ?? '';
  for (let next = at + 1; next <= at + LINES_JOINED && WRAPPED.test(text); next++) {
    const line = lines[next];
    if (line?.kind !== 'text' || !GOES_ON.test(line.text)) break;
    text = `${text.trimEnd()} ${line.text.trimStart()}`;
  }
  return text;
}

/** A sentence about the day after the last full stop often says where or what: a day keeps the sentence that follows it. */
function eachSentence(written: string, tell: (sentence: string) => void): void {
  const sentences = written.split(SENTENCE_END);
  sentences.forEach((sentence, index) => {
    if (sentence.length > LONGEST_SENTENCE || !hasDay(sentence) || NOT_OURS.test(sentence)) return;
    if (findDays(sentence.normalize('NFKC')).length === 0) return;
    const told =
      sentence.length < 40 && sentences[index + 1] ? `${sentence}。${(sentences[index + 1] ?? '').slice(0, LONGEST_SENTENCE)}` : sentence;
    if (!CLOSED.test(told) || readWhen(told).lastDay) tell(told);
  });
}

const POSTS = /(?:^|[/_-])_?(?:posts|drafts|blog)(?:\/|__)/i;

/** The day of publication that the name of a post gives. */
export const dayOfPost = (file: string): Day | null => (POSTS.test(file) ? dayInName(file.slice(file.search(/[^/]*$/))) : null);

/** Posts are named by their day of publication, so only other names tell. */
function dayInFile(file: string): Day | null {
  if (POSTS.test(file)) return null;
  return dayInName(file.slice(file.lastIndexOf('/') + 1)) ?? dayInName(file);
}

function asWhen(day: Day): When {
  return {
    day,
    lastDay: null,
    isSeries: false,
    clock: null,
    lastClock: null,
    weekday: null,
    offset: null,
    zone: null,
    isRecurring: false,
    isMixed: false,
    isOpen: false,
  };
}
