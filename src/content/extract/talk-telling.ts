// A report tells who spoke: `云岭科技架构师张三分享了…` below a title.
import type { Line, Speaker } from '../types.js';
import { endsWithRole, houseOf } from './affiliation.js';
import { ROLES_LATIN } from './affiliation-words.js';
import { hanName, houseLike, TITLES } from './speaker-names.js';
import { readSpeakers } from './speakers.js';
import { allHan, plain } from './talk-text.js';

const MANNER = '(?:首次|首先|随后|最后|详细|深入|系统|重点|主要|现场|则|也)?';
const TELLS = new RegExp(
  `[，,\\s]?${MANNER}(?:[为给向与跟](?:大家|我们|观众|现场观众|与会者|开发者))?${MANNER}(?:分享|介绍|展示|带来|讲解|讲述|阐述|解读|剖析|公开|演示|揭秘|分析|探讨)[了的]`,
);
const FARTHEST = 90;
const FROM = /^来自于?\s?([^，,的]{2,24})的\s?(\S.{1,30})$/;
const LATIN_WORD = /^\p{Lu}[\p{Ll}'’-]{1,20}$/u;

/** `云岭科技平台工程师 Ann Lee`: capitalised words behind a role. */
function latinLast(front: string): Speaker | null {
  const words = front.split(' ');
  let from = words.length;
  while (from > 1 && words.length - from < 3) {
    const word = words[from - 1] as string;
    if (!LATIN_WORD.test(word) || ROLES_LATIN.has(word.toLowerCase())) break;
    from--;
  }
  const before = words.slice(0, from).join(' ');
  return from < words.length && endsWithRole(before) ? { name: words.slice(from).join(' '), affiliation: houseOf(before) } : null;
}

/** `云岭科技 张三`: a house without a role. */
function behindHouse(front: string): Speaker | null {
  const space = front.lastIndexOf(' ');
  const house = front.slice(0, Math.max(0, space));
  const known = space > 1 && house.length < 20 ? hanName(front.slice(space + 1), true) : null;
  return known?.rest === '' && houseLike(house) && !house.includes(' ') ? { name: known.name, affiliation: house } : null;
}

const SECOND_ROLE = /^([^、]{4,40})、[\w -]{2,30} ([\u4e00-\u9fff]{2,4})$/;

/** Who a phrase of house, role and name names; a bare name is believed only with `老师` behind it. */
function whoSpoke(front: string): Speaker[] {
  const from = FROM.exec(front);
  if (from) {
    const house = houseOf(`${from[1]}工程师`) ?? from[1] ?? null;
    const rest = (from[2] ?? '').replace(TITLES, '');
    const alone = hanName(rest, true);
    const named = alone?.rest === '' ? [{ name: alone.name, affiliation: null }] : whoSpoke(rest);
    return named.map(({ name }) => ({ name, affiliation: house }));
  }
  const text = front.replace(TITLES, '').trimEnd();
  const latin = latinLast(text);
  if (latin) return [latin];
  const house = behindHouse(text);
  if (house) return [house];
  // `云岭科技工程师、Foo Approver 张三`: what else one does in a project need not be known.
  const [, job = '', name = ''] = SECOND_ROLE.exec(text) ?? [];
  if (name && endsWithRole(job)) return readSpeakers(`${job} ${name}`, true);
  const bare = allHan(text) && text.length < 5;
  return bare && text === front ? [] : readSpeakers(text, true);
}

/** The speaker of whom the first words below a title say that they shared something. */
export function fromTelling(lines: readonly Line[], above: number, to: number): Speaker[] {
  for (let at = above + 1; at < to; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'blank' || line.text.startsWith('![') || line.text.startsWith('<')) continue;
    if (line.kind !== 'text') return [];
    const head = plain(line.text).slice(0, FARTHEST);
    const verb = TELLS.exec(head);
    const front = verb ? head.slice(0, verb.index).trim() : '';
    return front && !/[。！？；]/.test(front) ? whoSpoke(front) : [];
  }
  return [];
}
