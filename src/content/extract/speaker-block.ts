// The lines below `## 讲师` or `嘉宾：`: one or more speakers, each with a house and a biography.
import type { Line, Speaker } from '../types.js';
import { houseOf, houseOfBiography } from './affiliation.js';
import { readIntroduced, readSpeakers } from './speakers.js';
import { plain, withoutMarker } from './talk-text.js';
import { labelOf } from './talk-words.js';

interface Entry {
  speakers: Speaker[];
  about: string[];
}

/** A line's own text; a label such as `个人简介：` in front is dropped. */
function ownText(line: Line): { text: string; label: string | undefined } {
  const text = plain(withoutMarker(line.text));
  const colon = text.slice(0, 14).search(/[:：]/);
  const label = colon > 1 ? labelOf(text.slice(0, colon)) : undefined;
  return label ? { text: text.slice(colon + 1).trim(), label } : { text, label: undefined };
}

/** Gives a speaker without a house the one that the lines about them state. */
export function fillHouse(speaker: Speaker, about: readonly string[]): void {
  for (const text of about) {
    if (speaker.affiliation) return;
    const at = text.indexOf(speaker.name);
    const rest =
      at >= 0 && at < 20
        ? text
            .slice(at + speaker.name.length)
            .replace(/^\s?[（(][^（()）]{0,20}[）)]/, '')
            .replace(/^[\s,，:：–—-]*(?:花名|昵称|网名)[:：]?\s?[\u4e00-\u9fffA-Za-z]{1,12}/, '')
            .replace(/^[\s,，:：–—-]+|^(?:先生|女士|老师|博士)/, '')
        : text;
    speaker.affiliation = houseOf(rest);
  }
  speaker.affiliation ??= houseOfBiography(about.join('\n'));
}

/** Reads the speakers named in `lines[from]` up to (not including) `lines[to]`. */
export function readBlock(lines: readonly Line[], from: number, to: number): Speaker[] {
  const entries: Entry[] = [];
  let fresh = true;
  let first: Line | undefined;
  for (let at = from; at < to && at < from + 60; at++) {
    const line = lines[at];
    if (!line || line.kind === 'blank' || line.kind === 'rule') {
      fresh = true;
      continue;
    }
    if (line.kind === 'table' || line.kind === 'code') continue;
    const { text, label } = ownText(line);
    if (label === 'host') {
      if (line.kind === 'heading') break;
      continue;
    }
    if (!text) continue;
    if (/^.{2,12}[，,（(\s-]{1,2}(?:本场|本次|圆桌|论坛)?主持/.test(text)) continue;
    const entry = entries.at(-1);
    const starts = fresh || line.kind === 'item' || line.kind === 'heading';
    fresh = false;
    if (starts && label !== 'bio' && label !== 'house') {
      const alike = first && line.kind === 'item' && line.kind === first.kind && line.level === first.level;
      const speakers = alike ? readIntroduced(text) : readSpeakers(text, entry !== undefined);
      const known = speakers[0] && entries.some((one) => one.speakers.some((speaker) => speaker.name === speakers[0]?.name));
      if (speakers.length && !known) {
        first ??= line;
        entries.push({ speakers, about: [] });
        continue;
      }
    }
    entry?.about.push(text);
  }
  for (const { speakers, about } of entries) for (const speaker of speakers) fillHouse(speaker, about);
  return entries.flatMap((entry) => entry.speakers);
}
