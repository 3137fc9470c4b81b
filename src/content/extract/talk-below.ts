// The lines below a title: who speaks is said without a label, or below one.
import type { Line, Speaker } from '../types.js';
import { readSpeakers, readsLikeSpeaker } from './speakers.js';
import { BELOW_HEADINGS, type Mark } from './talk-mark.js';
import { plain, withoutMarker } from './talk-text.js';

/** The line after which the value of an empty label ends: the next label, mark, or blank line behind some text. */
export function endOfValue(lines: readonly Line[], from: number, limit: number): number {
  let seen = false;
  let at = from;
  for (; at < limit; at++) {
    const blank = lines[at]?.kind === 'blank';
    if (blank && seen && lines[at + 1]?.kind !== 'item') break;
    if (!blank) seen = true;
  }
  return at;
}

/** `——name，house，role` below a title. */
const SIGNED = /^(?:—{1,2}|–{1,2}|-{2})\s?(\S.{1,78})$/;

const LINKED_NAME = /^.{0,60}?\[([^[\]]{4,40})\]\(/;

const NAME_FIRST = /^[\u4e00-\u9fff]{2,3}\s?(?:[，,]|[（(][^（()）]{1,30}[）)])/;

/** Below a title without any label: `张三 云岭科技架构师`, or `[Ann Lee](…) will show …` in an agenda. */
export function fromFirstLine(lines: readonly Line[], mark: Mark, to: number, inAgenda: boolean): Speaker[] {
  let looked = 0;
  for (let at = mark.at + 1; at < to && looked < 2; at++) {
    const line = lines[at];
    if (!line || line.kind === 'blank') continue;
    if (line.kind === 'code' || line.kind === 'table' || line.text.startsWith('![') || line.text.startsWith('{')) continue;
    looked++;
    if (line.text.length > 160 && !inAgenda) continue;
    const shown = plain(withoutMarker(line.text));
    const signed = looked === 1 && mark.level < BELOW_HEADINGS && shown.length < 80 ? SIGNED.exec(shown) : null;
    if (signed) {
      const speakers = readSpeakers(signed[1] ?? '');
      if (speakers.length) return speakers;
    }
    const text = shown;
    const sure = mark.level < BELOW_HEADINGS;
    const reads =
      line.kind !== 'quote' &&
      (readsLikeSpeaker(text, sure) || ((mark.role === 'talk' || mark.signed) && looked === 1 && NAME_FIRST.test(text)));
    if (reads) {
      const speakers = readSpeakers(text, sure);
      if (speakers.length) return speakers;
    }
    if (looked === 1 && inAgenda && line.kind === 'text') {
      const by = /^by (.{3,60})$/i.exec(text);
      const linked = by ?? LINKED_NAME.exec(line.text);
      const speakers = linked ? readSpeakers(linked[1] ?? '', true) : [];
      if (speakers.length && (by || / /.test(speakers[0]?.name ?? ''))) return speakers;
    }
  }
  return [];
}

/** Where most titles of one level have a line `name，…` below them, that line says who speaks. */
export function markSigned(lines: readonly Line[], marks: readonly Mark[]): void {
  const signed = new Map<number, Mark[]>();
  const all = new Map<number, number>();
  for (const mark of marks) {
    if (mark.role !== 'maybe' || mark.timed || mark.item || mark.pause || mark.speakers.length) continue;
    all.set(mark.level, (all.get(mark.level) ?? 0) + 1);
    let at = mark.at + 1;
    while (lines[at]?.kind === 'blank') at++;
    const line = lines[at];
    if (
      line?.kind !== 'text' ||
      line.text.charCodeAt(0) < 0x4e00 ||
      !/^[\u4e00-\u9fff]{2,3}\s?[，,（(]/.test(line.text) ||
      !readSpeakers(line.text.slice(0, 40), true).length
    )
      continue;
    const list = signed.get(mark.level);
    if (list) list.push(mark);
    else signed.set(mark.level, [mark]);
  }
  for (const [level, list] of signed)
    if (list.length > 1 && list.length * 2 >= (all.get(level) ?? 0)) for (const mark of list) mark.signed = true;
}

/** The speaker whose line stands right above a title. */
export function fromLineAbove(lines: readonly Line[], from: number): Speaker[] {
  let at = from - 1;
  while (at >= 0 && lines[at]?.kind === 'blank') at--;
  const line = lines[at];
  if (!line || (line.kind !== 'text' && line.kind !== 'item')) return [];
  const text = plain(withoutMarker(line.text));
  return readsLikeSpeaker(text, true) ? readSpeakers(text, true) : [];
}

/** Whether the names stand above their 《titles》: the first title has one above, and the last has none below. */
export function namesStandAbove(lines: readonly Line[], marks: readonly Mark[]): boolean {
  const bare = marks.filter((mark) => mark.bare && !mark.speakers.length);
  const first = bare[0];
  const last = bare.at(-1);
  if (!first || !last || !fromLineAbove(lines, first.at).length) return false;
  return !fromFirstLine(lines, last, marks[marks.indexOf(last) + 1]?.at ?? lines.length, false).length;
}
