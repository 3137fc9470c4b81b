// The house in `云岭科技高级研发工程师` or `Senior Engineer at Foo Labs`: what stands before the role, without the field of work.
import {
  AMBIGUOUS,
  FIELD_ENDINGS,
  FIELDS,
  JOB_LATIN,
  NO_HOUSE,
  RANK_ENDINGS,
  RANKS,
  ROLE_ENDINGS,
  ROLE_HAN_ANYWHERE,
  ROLES_LATIN,
  SUFFIX,
  SUFFIX_TAIL,
  WEAK,
} from './affiliation-words.js';

const LAST_WORD = /([A-Za-z-]{2,20})\W{0,3}$/;
const endsLatinRole = (text: string) => {
  const last = text.charCodeAt(text.length - 1);
  return last < 128 && ROLES_LATIN.has((LAST_WORD.exec(text.slice(-24))?.[1] ?? '').toLowerCase());
};

/** Whether a text ends with what somebody is: `…架构师`, `… Engineer`. */
export const endsWithRole = (text: string) => ROLE_ENDINGS.of(text) !== undefined || endsLatinRole(text);
const hasRole = (text: string) =>
  ROLE_HAN_ANYWHERE.test(text) ||
  (/[A-Za-z]{2}/.test(text) &&
    text
      .toLowerCase()
      .split(/[^a-z-]+/)
      .some((word) => ROLES_LATIN.has(word)));

/** Takes role, rank and field of work off the end; what is left is the house. */
const GLUED = /(?<=[\u4e00-\u9fff])(?:C[ETIOP]O|VP|PMC|SRE|Leader|Lead|Maintainer|Committer|Founder)$/i;

const notAmbiguous = (field: string) => !AMBIGUOUS.has(field);

function peeled(text: string, cautious = false): string {
  let rest = text;
  let ranked = cautious;
  for (let turn = 0; turn < 12 && rest; turn++) {
    const trimmed = rest.replace(/[\s兼&、/·-]{1,5}$/, '').replace(GLUED, '');
    const rank = RANK_ENDINGS.of(trimmed);
    const word = rank ?? ROLE_ENDINGS.of(trimmed) ?? FIELD_ENDINGS.of(trimmed, ranked ? notAmbiguous : undefined);
    if (!word) return trimmed;
    if (rank) ranked = true;
    const left = trimmed.slice(0, -word.length);
    if (left.length === 1) return trimmed;
    rest = left;
  }
  return rest;
}

function suffixCut(text: string): string | undefined {
  SUFFIX.lastIndex = 1;
  const hit = SUFFIX.exec(text);
  if (!hit) return undefined;
  let end = hit.index + hit[0].length;
  for (let turn = 0; turn < 4; turn++) {
    const more = SUFFIX_TAIL.exec(text.slice(end));
    if (!more) break;
    end += more[0].length;
  }
  const latin = /[A-Za-z]$/.test(hit[0]) && /^[A-Za-z]/.test(text.slice(end));
  return latin || end < 4 ? undefined : text.slice(0, end);
}

const isBrand = (word: string) => /[A-Z0-9]/.test(word.slice(1)) || /^[a-z]/.test(word);

/** A house whose name starts in Latin letters: one brand, or several plain capitalised words. */
function latinHouse(text: string): string {
  const words = text.split(' ');
  const taken: string[] = [];
  for (const word of words) {
    const latin = /^[A-Za-z0-9À-ɏΑ-ω.&'’+-]+/.exec(word)?.[0] ?? '';
    const fold = latin.toLowerCase();
    if (!latin || (taken.length > 0 && JOB_LATIN.has(fold)) || ROLES_LATIN.has(fold) || (JOB_LATIN.has(fold) && latin.length < word.length))
      break;
    if (!taken.length && (JOB_LATIN.has(fold) || !/^[A-Z0-9a-z]/.test(latin))) return '';
    const brand = taken.length > 0 && isBrand(taken.at(-1) ?? '');
    if (brand || (taken.length > 0 && /^[a-z]/.test(latin))) break;
    taken.push(latin);
    if (latin.length < word.length) break;
  }
  return taken.join(' ').replace(/[.&+-]+$/, '');
}

const PREFIX =
  /^(?:来自于?|目前|现任职于|现就职于|就职于|任职于|供职于|现任|现为|现在|现|担任|任|一名|是|is an?|works? (?:at|for)|from|at|@|working (?:at|for)|the) ?/i;
const FORMER = /^(?:曾|原|前|先后|毕业|former|ex-|previously|历史)/i;
const AT = /(?:^| )(?:at|@|from|of|with|for) ?([A-Z0-9][\w.&'’ /-]{1,40})$/;
const VERBS = /[的了着等年]|负责|专注|从事|拥有|热爱|热衷|致力|参与|主导|具有|喜欢|擅长|毕业|曾|目前|主要|来自|分享|介绍|大家|我们|http/;
const ORG =
  /(?:公司|集团|科技|大学|学院|研究院|研究所|银行|社区|基金会|互联网|软件|网|云|金服|通讯|通信|电视台|总台|实验室|工作室|Inc\.?|Labs?)$/;
const PRONOUN = /^(?:she|he|they|remote|online|virtual|slides?|video|tbc|tba|tbd|recording|demo)\b/i;

/** The house in one clause; `weak` when it is only a project that somebody contributes to. */
export function houseOfClause(raw: string, alone: boolean): { house: string; weak: boolean } | null {
  let text = raw.trim().replace(/[.。！!]+$/, '');
  for (let turn = 0; turn < 3; turn++) {
    const shorter = text.replace(PREFIX, '');
    if (shorter === text) break;
    text = shorter;
  }
  if (text.length < 2 || text.length > 80 || FORMER.test(text) || NO_HOUSE.test(text) || PRONOUN.test(text)) return null;
  const at = AT.exec(text);
  if (at?.[1] && at.index >= 0 && /[A-Za-z]/.test(text[0] ?? '')) {
    if (at.index === 0 || hasRole(text)) return { house: at[1].trim(), weak: false };
    return alone && looksLikeHouse(text) ? { house: text, weak: false } : null;
  }
  if (DOES.test(text)) return null;
  if (!hasRole(text) && !TRADE.test(text)) return alone && looksLikeHouse(text) ? { house: text, weak: false } : null;
  const pause = text.indexOf('、');
  if (pause > 0 && PROJECT_ROLE.test(text.slice(0, pause))) {
    const employer = houseOfClause(text.slice(pause + 1), false);
    if (employer && !employer.weak) return employer;
  }
  if (pause > 0 && (hasRole(text.slice(0, pause)) || TRADE.test(text.slice(0, pause)))) text = text.slice(0, pause);
  const of = text.indexOf('的');
  if (of >= 2 && of <= 16) text = text.slice(0, of);
  if (CONTRIBUTES.test(text)) return null;
  const house = houseBeforeRole(text);
  return house ? { house, weak: WEAK.test(raw) } : null;
}

/** A first word without role or department loses only what no house's name ends with. */
const PEELABLE = /(?:部|团队|小组|中心|事业群)$/;
const TRADE = /[\u4e00-\u9fff](?:研发|开发|运维|测试|产品|运营|售前|算法|前端|后端)$/;
/** Whoever contributes to a project works elsewhere; its maintainers often stand for it. */
const CONTRIBUTES = /(?:贡献者|\bcontributors?)$/i;
/** `Foo Maintainer、云岭科技工程师`: the project is no house when a company follows. */
const PROJECT_ROLE = /(?:maintainer|committer|reviewer|approver|contributor|\bpmc(?: member)?|维护者|贡献者)$/i;
const DOES = /同时|也是|主导|参与|推动|一直|长期|先后|专注|从事|致力|毕业|擅长|热爱|热衷|拥有|负责(?!人)/;

function houseBeforeRole(text: string): string | null {
  const cut = suffixCut(text);
  if (cut) return cut;
  const first = text[0] ?? '';
  if (/[A-Za-z0-9]/.test(first)) {
    const latin = latinHouse(text);
    if (latin.length > 1 && /[A-Za-z]/.test(latin)) return latin;
    return null;
  }
  const space = text.search(/[\s/&]/);
  const head = space > 1 ? text.slice(0, space) : text;
  const whole = head === text || PEELABLE.test(head) || RANK_ENDINGS.of(head) !== undefined || endsWithRole(head);
  const house = peeled(head, !whole);
  return house.length > 1 && !/^[\d年]|[：:（(）)]/.test(house) && house.length <= 24 ? house : null;
}

const LATIN_HOUSE = /^[A-Z\u00c0-\u00de][\w\u00c0-\u024f.&'’+-]*(?: (?:[A-Z0-9/&|\u00c0-\u00de][\w\u00c0-\u024f.&'’+-]*|of|and|the|for))*$/;

function looksLikeHouse(text: string): boolean {
  if (text.length > 48 || VERBS.test(text) || RANKS.some((rank) => text.startsWith(rank))) return false;
  if (ORG.test(text)) return true;
  if (LATIN_HOUSE.test(text)) return text.split(' ').length <= 5 && !text.split(' ').every((word) => JOB_LATIN.has(word.toLowerCase()));
  return /^[\u4e00-\u9fffA-Za-z0-9 ]{2,12}$/.test(text) && !/^\d/.test(text) && !peeledAway(text);
}

const peeledAway = (text: string) => FIELDS.includes(text) || RANKS.includes(text);

const CLAUSES = /[，,；;|｜\n]|。|\. (?=[A-Z])|--|——| [-–—] /;

/** The house in what is said after a speaker's name; null when none is stated. */
export function houseOf(text: string): string | null {
  const clauses = text.slice(0, 240).split(CLAUSES, 6);
  let weak: string | null = null;
  let seen = 0;
  let onlyRole = false;
  for (const clause of clauses) {
    if (!clause.trim()) continue;
    const found = houseOfClause(clause, seen === 0 || (seen === 1 && onlyRole));
    onlyRole = seen === 0 && endsWithRole(clause.trim()) && !found;
    seen++;
    if (found && !found.weak) return found.house;
    if (found) weak ??= found.house;
  }
  return weak;
}

const JOINED = /(?:目前就职于|现就职于|就职于|任职于|供职于|目前在|现在|加入了?)\s?([^，,。；;、\s（(]{2,16}|[A-Z][\w.-]{1,24})/g;

/** The house named in a biography's prose: `目前就职于…`, `2016 年加入…`; what was before does not count. */
export function houseOfBiography(text: string): string | null {
  const prose = text.slice(0, 400);
  let found: string | null = null;
  for (const hit of prose.matchAll(JOINED)) {
    if (/[曾原前]|先后|毕业后?/.test(prose.slice(Math.max(0, hit.index - 4), hit.index))) continue;
    const raw = (hit[1] ?? '').replace(/(?:担任|任|从事|负责|工作|后).*$/, '');
    const house = suffixCut(raw) ?? peeled(raw);
    if (house.length > 1 && !/团队|部$|工作|社区|以来/.test(house)) found ??= house;
  }
  return found;
}
