/** What an organizer types for a broadcast, as a wish. Pure. */
import type { Language } from '../content/types.js';

export type BroadcastWish =
  /** `say` undefined: the message that it answers, or the next one. `at`: wall time of the community, `2026-11-22T10:00`, or days from today. */
  | {
      is: 'propose';
      say: { text: string } | { event: string } | undefined;
      to: string[];
      except: string[];
      everyone: boolean;
      at?: WrittenTime;
    }
  | { is: 'send'; id: string; hash: string }
  /** `at` null: its time is taken off. */
  | { is: 'edit'; id: string; text: string; to: string[]; except: string[]; everyone?: boolean; at?: WrittenTime | null }
  | { is: 'show' | 'discard'; id: string }
  | { is: 'drafts' | 'list' | 'never-mind' }
  | { is: 'progress' | 'report' | 'stop' | 'resume' | 'retry'; id: string | undefined };

/** `day`: YYYY-MM-DD, or how many days from today. */
export interface WrittenTime {
  day: string | number;
  /** HH:mm */
  time: string;
}

export type Understood = BroadcastWish & { language: Language };

/** As src/broadcast makes them, so that "show events" is a question. */
const ID = '([a-z]\\d[a-z]\\d[a-z])';
const WISHES: readonly [RegExp, Language, (...parts: string[]) => BroadcastWish | undefined][] = [
  [/^(?:群发|广播)(?:[\s:：]+|(?=[@＠-]))([\s\S]*)$|^(?:群发|广播)$/u, 'zh', (rest = '') => proposal(rest)],
  [/^broadcast(?:\s+([\s\S]*))?$/i, 'en', (rest = '') => proposal(rest)],
  [/^(?:公告|发公告|预告)[\s:：]+([\s\S]+)$/u, 'zh', (rest = '') => announcement(rest)],
  [/^announce\s+([\s\S]+)$/i, 'en', (rest = '') => announcement(rest)],
  [new RegExp(`^发送\\s*${ID}\\s*#([\\w-]{8,64})$`, 'iu'), 'zh', (id = '', hash = '') => ({ is: 'send', id: id.toLowerCase(), hash })],
  [new RegExp(`^send\\s+${ID}\\s*#([\\w-]{8,64})$`, 'i'), 'en', (id = '', hash = '') => ({ is: 'send', id: id.toLowerCase(), hash })],
  [new RegExp(`^(?:修改|改)\\s*${ID}[\\s:：]+([\\s\\S]+)$`, 'iu'), 'zh', (id = '', rest = '') => change(id, rest)],
  [new RegExp(`^edit\\s+${ID}[\\s:：]+([\\s\\S]+)$`, 'i'), 'en', (id = '', rest = '') => change(id, rest)],
  ...named('show', '查看|再看', 'show'),
  ...named('discard', '丢弃|删除草稿', 'discard'),
  [/^(?:草稿|草稿箱)$/u, 'zh', () => ({ is: 'drafts' })],
  [/^drafts$/i, 'en', () => ({ is: 'drafts' })],
  [/^(?:群发记录|群发列表)$/u, 'zh', () => ({ is: 'list' })],
  [/^broadcasts$/i, 'en', () => ({ is: 'list' })],
  [/^(?:算了|不发了)$/u, 'zh', () => ({ is: 'never-mind' })],
  [/^never ?mind$/i, 'en', () => ({ is: 'never-mind' })],
  ...maybeNamed('progress', '进度', 'progress'),
  ...maybeNamed('report', '报告|群发报告', 'report'),
  ...maybeNamed('stop', '停止|停止群发|停', 'stop'),
  // "继续" alone asks for the next page of an answer: whoever reads on must not send.
  ...named('resume', '继续', 'continue'),
  ...maybeNamed('resume', '继续群发|恢复群发', 'resume|resume broadcast'),
  ...maybeNamed('retry', '重试', 'retry'),
];

/** Undefined: it is about no broadcast. */
export function readBroadcastWish(text: string): Understood | undefined {
  const trimmed = text.trim();
  for (const [pattern, language, wishOf] of WISHES) {
    const found = pattern.exec(trimmed);
    const wish = found && wishOf(...found.slice(1));
    if (wish) return { ...wish, language };
  }
  return undefined;
}

/** `4821`, or `4821 2000` where the count is asked for. A year is never such a number. */
export function readNumber(text: string): { number: string; count?: number } | undefined {
  const found = /^(\d{4})(?:[\s,，]+(\d{1,7}))?$/.exec(text.trim().normalize('NFKC'));
  if (/^(?:19|20)/.test(found?.[1] ?? '')) return undefined;
  return found?.[1] === undefined ? undefined : { number: found[1], ...(found[2] !== undefined && { count: Number(found[2]) }) };
}

function named(is: 'show' | 'discard' | 'resume', zh: string, en: string): typeof WISHES {
  const wish = (id = ''): BroadcastWish => ({ is, id: id.toLowerCase() });
  return [
    [new RegExp(`^(?:${zh})\\s*${ID}$`, 'iu'), 'zh', wish],
    [new RegExp(`^(?:${en})\\s+${ID}$`, 'i'), 'en', wish],
  ];
}

function maybeNamed(is: 'progress' | 'report' | 'stop' | 'resume' | 'retry', zh: string, en: string): typeof WISHES {
  const wish = (id?: string): BroadcastWish => ({ is, id: id?.toLowerCase() });
  return [
    [new RegExp(`^(?:${zh})(?:\\s*${ID})?$`, 'iu'), 'zh', wish],
    [new RegExp(`^(?:${en})(?:\\s+${ID})?$`, 'i'), 'en', wish],
  ];
}

function proposal(rest: string): BroadcastWish {
  const { text, everyone = false, ...given } = readTargets(rest);
  return { is: 'propose', say: text === '' ? undefined : { text }, everyone, ...given };
}

/** Which event stands before, between or after the targets. */
function announcement(rest: string): BroadcastWish | undefined {
  const [first = '', ...others] = rest.split(/(?=[\s](?:[@＠]|-[@＠]))/u);
  const { text, everyone = false, ...given } = readTargets(`${others.join('')} ${first}`);
  return text === '' ? undefined : { is: 'propose', say: { event: text }, everyone, ...given };
}

function change(id: string, rest: string): BroadcastWish {
  if (AT_ONCE.test(rest)) return { is: 'edit', id: id.toLowerCase(), text: '', to: [], except: [], at: null };
  return { is: 'edit', id: id.toLowerCase(), ...readTargets(rest) };
}

const DAYS: Record<string, number> = { 今天: 0, today: 0, 明天: 1, tomorrow: 1, 后天: 2 };
const TIME = /^(?:(\d{4}-\d\d-\d\d)[ T]|(今天|明天|后天|today|tomorrow)\s*)(\d{1,2})[:：](\d\d)(?:\s+|$)/iu;
const TARGET = /^(-)?[@＠](?:"([^"\n]{1,100})"|“([^”\n]{1,100})”|([^\s@＠,，]{1,100}))[,，]?(?:\s+|$)/u;
const LEFT_OUT = /^(-)()()([^\s@＠,，\d-][^\s@＠,，]{0,99})[,，]?(?:\s+|$)/u;
const EVERYONE = /^([+-])(?:everyone|所有人)(?:\s+|$)/iu;
/** Only as the whole change: a text may begin so, too. */
const AT_ONCE = /^(?:now|at once|现在|马上|立即)$/iu;

/** `明天 10:00 @成都 -@random +所有人 the text`: what stands before the text, in any order. */
function readTargets(rest: string): { text: string; to: string[]; except: string[]; everyone?: boolean; at?: WrittenTime } {
  const to: string[] = [];
  const except: string[] = [];
  let everyone: boolean | undefined;
  let at: WrittenTime | undefined;
  let text = rest.trimStart();
  for (;;) {
    // Once it is clear that targets are meant, `-random` is one that is left out, as on the command line.
    const all = EVERYONE.exec(text);
    const target = all ? null : (TARGET.exec(text) ?? (to.length > 0 ? LEFT_OUT.exec(text) : null));
    const time = at ? null : TIME.exec(text);
    const found = all ?? target ?? time;
    if (!found) return { text: text.trim(), to, except, ...(everyone !== undefined && { everyone }), ...(at && { at }) };
    if (target) (target[1] ? except : to).push((target[2] || target[3] || target[4] || '').trim());
    else if (time) at = { day: time[1] ?? DAYS[(time[2] ?? '').toLowerCase()] ?? 0, time: `${time[3]?.padStart(2, '0')}:${time[4]}` };
    else everyone = all?.[1] === '+';
    text = text.slice(found[0].length);
  }
}
